//! Where the fields of a template begin and end.

use super::{Escape, Problem, Slot};

/// A part of the text.
#[derive(Debug)]
pub(super) enum Part<'t> {
    /// A literal, printed as it stands. A backslash that is not printed is in none.
    Text { at: usize, text: &'t str },
    /// A field, its escape not yet known.
    Slot(Slot<'t>),
    /// What begins as a field and is none: printed as it stands.
    Broken { at: usize, text: &'t str, problem: Problem },
}

/// Calls `see` with the parts of a text, from its beginning.
pub(super) fn parts<'t>(
    text: &'t str,
    is_module: &dyn Fn(&str) -> bool,
    mut see: impl FnMut(Part<'t>),
) {
    let mut closing = Closing { text, stop: 0 };
    let (mut seen, mut from) = (0, 0);
    while let Some(found) = text[from..].find(['\\', '$', '{']) {
        let at = from + found;
        let backslashes = text[at..].bytes().take_while(|byte| *byte == b'\\').count();
        if backslashes > 0 {
            from = at + backslashes;
            if closing.field(from).is_some() {
                // Of two backslashes one remains; an odd one makes the field a literal.
                literal(text, seen, at + backslashes / 2, &mut see);
                seen = from;
                from += 2 * (backslashes % 2);
            }
        } else if let Some((part, end)) = field(at, &mut closing, is_module) {
            literal(text, seen, at, &mut see);
            see(part);
            (seen, from) = (end, end);
        } else {
            from = at + 1;
        }
    }
    literal(text, seen, text.len(), &mut see);
}

fn literal<'t>(text: &'t str, from: usize, to: usize, see: &mut impl FnMut(Part<'t>)) {
    if from < to {
        see(Part::Text { at: from, text: &text[from..to] });
    }
}

/// Finds where fields close, reading the text once.
struct Closing<'t> {
    text: &'t str,
    /// The `}` or line end that was found last.
    stop: usize,
}

impl Closing<'_> {
    /// One past the `}` that closes the `${` at `at`, if there is one on the line.
    fn field(&mut self, at: usize) -> Option<usize> {
        let inside = self.text[at..].strip_prefix("${")?;
        if self.stop < at + 2 {
            let found = inside.find(['}', '\n']);
            self.stop = found.map_or(self.text.len(), |found| at + 2 + found);
        }
        let closes = self.text.as_bytes().get(self.stop) == Some(&b'}');
        closes.then_some(self.stop + 1)
    }
}

/// The field that begins at `at`, or what only begins as one, and where it ends.
fn field<'t>(
    at: usize,
    closing: &mut Closing<'t>,
    is_module: &dyn Fn(&str) -> bool,
) -> Option<(Part<'t>, usize)> {
    let text = closing.text;
    if !text[at..].starts_with("${") {
        let whole = old_form(&text[at..], is_module)?;
        let path = whole.trim_start_matches('$');
        let path = path[1..path.len() - 1].trim();
        let slot = Slot { at, whole, path, default: None, old: true, escape: Escape::Plain };
        return Some((Part::Slot(slot), at + whole.len()));
    }
    let Some(end) = closing.field(at) else {
        let text = &text[at..at + 2];
        return Some((Part::Broken { at, text, problem: Problem::Unclosed }, at + 2));
    };
    let whole = &text[at..end];
    let (path, default) = split_default(&whole[2..whole.len() - 1]);
    let part = if path.is_empty() {
        Part::Broken { at, text: whole, problem: Problem::Nameless }
    } else {
        Part::Slot(Slot { at, whole, path, default, old: false, escape: Escape::Plain })
    };
    Some((part, end))
}

/// `$(Module.Champ)` or `{Module.Champ}` at the beginning of a text.
fn old_form<'t>(text: &'t str, is_module: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    let (open, close) = if text.starts_with("$(") { ("$(", ')') } else { ("{", '}') };
    let inside = text.strip_prefix(open)?;
    let length = inside.find(|c| c == close || "${}()<>\"\\\n".contains(c))?;
    if !inside[length..].starts_with(close) {
        return None;
    }
    let (module, field) = inside[..length].split_once('.')?;
    let module = module.trim();
    let named =
        if close == '}' { is_module(module) } else { module.starts_with(char::is_alphabetic) };
    (named && !field.trim().is_empty()).then(|| &text[..=open.len() + length])
}

/// `Nom ou "client"`: the field and what stands for it where it is empty.
fn split_default(inside: &str) -> (&str, Option<&str>) {
    let inside = inside.trim();
    let Some(quoted) = inside.strip_suffix('"') else { return (inside, None) };
    for word in [" ou ", " or "] {
        for (at, _) in quoted.match_indices(word) {
            if let Some(default) = quoted[at + word.len()..].trim_start().strip_prefix('"') {
                return (quoted[..at].trim(), Some(default));
            }
        }
    }
    (inside, None)
}
