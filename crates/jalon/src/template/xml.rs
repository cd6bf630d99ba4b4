//! Whether the text around the fields is well-formed XML.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{Finding, Problem};

/// What XML asks of the tags and signs that were read.
#[derive(Debug, Default)]
pub(super) struct WellFormed {
    /// The open elements, and the place of each one's tag.
    open: Vec<(String, Range<usize>)>,
    /// The attributes of the tag at hand.
    attributes: FxHashSet<String>,
    /// Whether the outermost element was seen.
    rooted: bool,
    /// The first text outside any element.
    outside: Option<Range<usize>>,
    /// The tag at hand is already reported.
    bad: bool,
}

impl WellFormed {
    /// The name of an attribute ends.
    pub(super) fn attribute(&mut self, name: &str, at: usize, findings: &mut Vec<Finding>) {
        if !is_name(name) || !self.attributes.insert(name.to_owned()) {
            self.bad_tag(at.saturating_sub(name.len())..at, findings);
        }
    }

    /// Something in the tag at hand is not as XML wants it.
    pub(super) fn bad_tag(&mut self, range: Range<usize>, findings: &mut Vec<Finding>) {
        if !std::mem::replace(&mut self.bad, true) {
            findings.push(Finding { problem: Problem::BadTag, range });
        }
    }

    /// A tag ends.
    pub(super) fn tag(
        &mut self,
        name: &str,
        range: Range<usize>,
        closing: bool,
        empty: bool,
        findings: &mut Vec<Finding>,
    ) {
        if !is_name(name) || (closing && !self.attributes.is_empty()) {
            self.bad_tag(range.clone(), findings);
        }
        self.attributes.clear();
        self.bad = false;
        if closing {
            return self.end_tag(name, range, findings);
        }
        if self.open.is_empty() && std::mem::replace(&mut self.rooted, true) {
            findings.push(Finding { problem: Problem::SecondRoot, range: range.clone() });
        }
        if !empty {
            self.open.push((name.to_owned(), range));
        }
    }

    fn end_tag(&mut self, name: &str, range: Range<usize>, findings: &mut Vec<Finding>) {
        match self.open.last() {
            Some((open, _)) if open == name => drop(self.open.pop()),
            last => {
                let expected = last.map(|(open, _)| open.clone());
                findings.push(Finding { problem: Problem::WrongEnd(expected), range });
                // The element that is meant, if it is open, and those in it, are closed.
                if let Some(meant) = self.open.iter().rposition(|(open, _)| open == name) {
                    self.open.truncate(meant);
                }
            }
        }
    }

    /// A text or a field outside tags.
    pub(super) fn content(&mut self, range: Range<usize>) {
        if self.open.is_empty() && self.outside.is_none() {
            self.outside = Some(range);
        }
    }

    pub(super) fn end(self, findings: &mut Vec<Finding>) {
        if let (true, Some(range)) = (self.rooted, self.outside) {
            findings.push(Finding { problem: Problem::SecondRoot, range });
        }
        for (name, range) in self.open {
            findings.push(Finding { problem: Problem::NotClosed(name), range });
        }
    }
}

/// An `&…` that is no character reference, a `<` that begins no tag, a `]]>` or `--` that ends
/// nothing.
pub(super) fn sign(written: &'static str, range: Range<usize>, findings: &mut Vec<Finding>) {
    findings.push(Finding { problem: Problem::BareSign(written), range });
}

/// Whether a text is a name: letters, digits and `-._:`, a letter, `_` or `:` first.
pub(super) fn is_name(name: &str) -> bool {
    let begins = |c: char| c.is_alphabetic() || c == '_' || c == ':';
    name.starts_with(begins)
        && name.chars().all(|c| begins(c) || c.is_alphanumeric() || "-.·".contains(c))
}

/// Whether what stands between `&` and `;` is a reference that XML knows without declarations.
pub(super) fn is_reference(name: &str) -> bool {
    let Some(number) = name.strip_prefix('#') else {
        return matches!(name, "amp" | "lt" | "gt" | "quot" | "apos");
    };
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32).is_some_and(is_allowed)
        && number.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Whether XML allows a character.
pub(super) fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..'\t' | '\u{b}' | '\u{c}' | '\u{e}'..'\u{20}' | '\u{fffe}' | '\u{ffff}')
}
