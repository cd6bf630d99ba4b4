//! What stands around rules: validation, dependent fields, calendars, currencies, schedules,
//! webhooks, the consent guard, chaining, the pipeline, and tests.

pub(crate) mod calendar;
pub(crate) mod currencies;
pub(crate) mod dependency;
pub(crate) mod guard;
pub(crate) mod schedule;
pub(crate) mod settling;
pub(crate) mod test;
pub(crate) mod validation;
pub(crate) mod webhook;

use std::ops::Range;

use super::layout::Block;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, catalogue, did_you_mean};
use crate::source::Span;

/// How many words a phrase has at most.
const MOST_WORDS: usize = 4;

/// An error for each line of a declaration that has none.
fn no_lines(reader: &mut Reader<'_>, block: &Block) -> Option<()> {
    for line in &block.lines {
        reader.fail::<()>(&catalogue::NO_LINES_HERE, line.clone());
    }
    block.lines.is_empty().then_some(())
}

/// What each line says; an error in one hides none in the others.
fn each_line<T>(
    reader: &mut Reader<'_>,
    block: &Block,
    mut read: impl FnMut(&mut Reader<'_>, Range<usize>) -> Option<T>,
) -> Option<Vec<T>> {
    let lines: Vec<Option<T>> = block.lines.iter().map(|line| read(reader, line.clone())).collect();
    lines.into_iter().collect()
}

/// An error at the first words of a range for which another phrase may be meant, or at all of it.
pub(super) fn unknown<T>(
    reader: &mut Reader<'_>,
    code: &'static Code,
    range: Range<usize>,
    phrases: impl Iterator<Item = &'static str>,
) -> Option<T> {
    let text = reader.text(range.clone());
    let phrases: Vec<_> = phrases.collect();
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace() || *c == ',');
    let ends: Vec<usize> = ends.map(|(at, _)| at).chain([text.len()]).take(MOST_WORDS).collect();
    let near = ends.iter().rev().find_map(|end| {
        let head = &text[..*end];
        let words = head.split_whitespace().count();
        let alike = phrases.iter().copied().filter(|p| p.split_whitespace().count() == words);
        let meant = did_you_mean(head, alike)?;
        (meant.to_lowercase() != head.to_lowercase()).then_some((*end, meant))
    });
    let error = match near {
        Some((end, meant)) => {
            let place = range.start..range.start + end;
            reader.diagnostic(code, place).suggest(Some(meant))
        }
        None => reader.diagnostic(code, range),
    };
    reader.report(error);
    None
}

/// Keeps what may be said once; an error where it was said before.
fn once<T>(
    reader: &mut Reader<'_>,
    kept: &mut Option<(Span, T)>,
    span: Span,
    value: T,
) -> Option<()> {
    if let Some((first, _)) = kept {
        let again = Diagnostic::new(&catalogue::TWICE, span);
        reader.report(again.label(*first, catalogue::FIRST_HERE));
        return None;
    }
    *kept = Some((span, value));
    Some(())
}

/// A text as written, white space outside quotes collapsed to one space.
pub(super) fn as_written(reader: &Reader<'_>, range: Range<usize>) -> super::ast::Name {
    let mut text = String::with_capacity(range.len());
    for place in super::scan::outside(reader.whole(), range.clone()) {
        if !place.c.is_whitespace() {
            text.push_str(reader.text(place.at..place.end));
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
    super::ast::Name { span: reader.span(range), text, quoted: false }
}

/// One value; an error where there are several.
pub(super) fn one_item(
    reader: &mut Reader<'_>,
    range: Range<usize>,
    code: &'static Code,
) -> Option<super::ast::Item> {
    let mut items = reader.items(range.clone())?;
    if items.len() == 1 {
        return items.pop();
    }
    reader.fail(code, range)
}
