//! What the parsers of declarations share: the text, the diagnostics, and the parts of lines
//! that other parsers read.

use std::ops::Range;

use super::Limits;
use super::ast::{Criterion, Expr, Item, Name};
use super::keyword::{self, Case};
use super::layout::Block;
use super::normal::Normal;
use super::{criterion, expr, scan, words};
use crate::diagnostic::{Code, Diagnostic, catalogue};
use crate::source::Span;

/// Reads ranges of a normalised text and collects what is wrong with them.
pub(crate) struct Reader<'a> {
    normal: &'a Normal,
    limits: &'a Limits,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        normal: &'a Normal,
        limits: &'a Limits,
        out: &'a mut Vec<Diagnostic>,
    ) -> Reader<'a> {
        Reader { normal, limits, out }
    }

    /// The whole normalised text.
    pub(crate) fn whole(&self) -> &'a str {
        &self.normal.text
    }

    /// The text of a range.
    pub(crate) fn text(&self, range: Range<usize>) -> &'a str {
        self.normal.text.get(range).unwrap_or("")
    }

    /// The original place of a range.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        self.normal.span(range.start, range.end)
    }

    /// A range without the white space at its ends.
    pub(crate) fn trim(&self, range: Range<usize>) -> Range<usize> {
        scan::trim(&self.normal.text, range)
    }

    /// A finding at a range, with the range's text as `{name}`.
    pub(crate) fn diagnostic(&self, code: &'static Code, range: Range<usize>) -> Diagnostic {
        Diagnostic::new(code, self.span(range.clone())).arg("name", self.text(range))
    }

    /// Adds a finding.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.out.push(diagnostic);
    }

    /// Adds an error at a range and gives up what was being read.
    pub(crate) fn fail<T>(&mut self, code: &'static Code, range: Range<usize>) -> Option<T> {
        let diagnostic = self.diagnostic(code, range);
        self.report(diagnostic);
        None
    }

    /// An error about a declaration as a whole, which is named as it is without quotes.
    pub(crate) fn fail_named<T>(
        &mut self,
        code: &'static Code,
        place: Range<usize>,
        name: Option<&Name>,
    ) -> Option<T> {
        let error = self.diagnostic(code, place);
        self.report(match name {
            Some(name) => error.arg("name", &name.text),
            None => error,
        });
        None
    }

    /// An error when something that may be said once was said before.
    pub(crate) fn once(&mut self, first: Option<Span>, again: Span) -> Option<()> {
        let Some(first) = first else { return Some(()) };
        self.report(Diagnostic::new(&catalogue::TWICE, again).label(first, catalogue::FIRST_HERE));
        None
    }

    /// Reads something without saying what is wrong with it; `None` where something is.
    pub(crate) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.out.len();
        let result = read(self);
        self.out.truncate(before);
        result
    }

    /// What follows one of the phrases, if the range begins with it.
    pub(crate) fn after(
        &self,
        phrases: &[&str],
        range: &Range<usize>,
        case: Case,
    ) -> Option<Range<usize>> {
        let length = keyword::any(phrases, self.text(range.clone()), case)?;
        Some(self.trim(range.start + length..range.end))
    }

    /// The range without one of the phrases at its end.
    pub(crate) fn without_last(
        &self,
        phrases: &'static [&'static str],
        range: Range<usize>,
    ) -> Option<Range<usize>> {
        let found = scan::phrases(self.whole(), range.clone(), phrases).last()?;
        (found.end == range.end).then(|| self.trim(range.start..found.start))
    }

    /// A criterion.
    pub(crate) fn criterion(&mut self, range: Range<usize>) -> Option<Criterion> {
        criterion::parse(self.normal, range, self.limits, self.out)
    }

    /// An expression.
    pub(crate) fn expr(&mut self, range: Range<usize>) -> Option<Expr> {
        expr::parse(self.normal, range, self.limits, self.out)
    }

    /// Values between commas.
    pub(crate) fn items(&mut self, range: Range<usize>) -> Option<Vec<Item>> {
        criterion::items(self.normal, range, self.limits, self.out)
    }

    /// Names between commas.
    pub(crate) fn names(&mut self, range: Range<usize>) -> Option<Vec<Name>> {
        words::names(self.normal, range, self.out)
    }

    /// One name.
    pub(crate) fn name(&mut self, range: Range<usize>) -> Option<Name> {
        let before = self.out.len();
        let mut names = self.names(range.clone())?;
        if names.len() == 1 {
            return names.pop();
        }
        self.out.truncate(before);
        self.fail(&catalogue::ONE_NAME, range)
    }

    /// A name, then other names of it in brackets.
    pub(crate) fn named(&mut self, range: Range<usize>) -> Option<(Name, Vec<Name>)> {
        let range = self.trim(range);
        let open = scan::outside(self.whole(), range.clone()).find(|place| place.c == '(');
        let Some(open) = open else { return Some((self.name(range)?, Vec::new())) };
        let end = scan::bracket_end(self.whole(), open.at..range.end).unwrap_or(range.end);
        let label = self.trim(range.start..open.at);
        if label.is_empty() || end != range.end {
            return self.fail(&catalogue::MISPLACED_BRACKETS, range);
        }
        let inside = self.trim(open.end..end.saturating_sub(1).max(open.end));
        let name = self.name(label);
        let aliases = if inside.is_empty() { Some(Vec::new()) } else { self.names(inside) };
        Some((name?, aliases?))
    }

    /// The name in the head of a declaration, before ` sur M`, and that module's name.
    pub(crate) fn head(&mut self, block: &Block) -> Option<(Name, Option<Name>)> {
        let head = self.head_range(block)?;
        match self.on(&head) {
            Some(on) if on.start > head.start => {
                let name = self.trim(head.start..on.start);
                let module = self.module_after(&on, head.end);
                let name = self.name(name);
                Some((name?, Some(module?)))
            }
            _ => Some((self.name(head)?, None)),
        }
    }

    /// The last `sur` of a range.
    pub(crate) fn on(&self, range: &Range<usize>) -> Option<Range<usize>> {
        // `Sur` with a capital is a word of a name: `score Route Sur Mer`.
        let one_case = |on: &Range<usize>| {
            let word = self.text(on.clone());
            word == word.to_lowercase() || word == word.to_uppercase()
        };
        scan::phrases(self.whole(), range.clone(), keyword::ON).filter(one_case).last()
    }

    /// The module that `sur` names, up to `end`.
    pub(crate) fn module_after(&mut self, on: &Range<usize>, end: usize) -> Option<Name> {
        let module = self.trim(on.end..end);
        if module.is_empty() {
            return self.fail(&catalogue::MISSING_MODULE, on.clone());
        }
        self.name(module)
    }

    /// What follows the keyword of a declaration; an error when nothing does.
    pub(crate) fn head_range(&mut self, block: &Block) -> Option<Range<usize>> {
        let head = block.head.clone()?;
        if head.is_empty() {
            let text = self.text(block.range.clone());
            let length = text.find(char::is_whitespace).unwrap_or(text.len());
            return self
                .fail(&catalogue::MISSING_NAME, block.range.start..block.range.start + length);
        }
        Some(head)
    }

    /// A whole number, such as the 50 of `au plus 50 caractères`.
    pub(crate) fn count(&mut self, range: Range<usize>) -> Option<u32> {
        let range = self.trim(range);
        let digits: String = self.text(range.clone()).split_whitespace().collect();
        let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok());
        match number.flatten() {
            Some(count) => Some(count),
            None => self.fail(&catalogue::UNREADABLE_COUNT, range),
        }
    }

    /// A number as written: digits in groups, a decimal point or comma, a sign.
    pub(crate) fn number(&mut self, range: Range<usize>) -> Option<Name> {
        let range = self.trim(range);
        let text = self.text(range.clone());
        if is_number(text) {
            return Some(Name { span: self.span(range), text: text.to_owned(), quoted: false });
        }
        self.fail(&catalogue::UNREADABLE_NUMBER, range)
    }
}

/// Whether a text is a number as people write them.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-', '−']).unwrap_or(text).trim_start();
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let grouped = whole.bytes().all(|b| b.is_ascii_digit() || b == b' ');
    grouped
        && whole.starts_with(|c: char| c.is_ascii_digit())
        && whole.ends_with(|c: char| c.is_ascii_digit())
        && !fraction.is_empty()
        && fraction.bytes().all(|b| b.is_ascii_digit())
}
