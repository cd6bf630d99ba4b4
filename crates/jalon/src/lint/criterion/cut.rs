//! The edit that takes a part out of a criterion.

use super::place::extent;
use crate::checked::Condition;
use crate::diagnostic::catalogue::REMOVE;
use crate::diagnostic::{Edit, Fix};
use crate::source::{Sources, Span};

/// Takes out one of the parts that a connective joins, and the connective beside it. `None` where
/// it has no place of its own, or a comment would go too.
pub(super) fn cut(parts: &[Condition], at: usize, sources: &Sources) -> Option<Fix> {
    let part = extent(&parts[at], sources)?;
    let span = match at.checked_sub(1) {
        Some(before) => Span { start: extent(&parts[before], sources)?.end, ..part },
        None => Span { end: extent(parts.get(1)?, sources)?.start, ..part },
    };
    let text = sources.slice(span);
    if span.start >= span.end || text.contains(['#', '\r']) {
        return None;
    }
    let edits = vec![Edit { span, text: String::new() }];
    Some(Fix { title: &REMOVE, args: [("old", one_line(sources.slice(part)))].into(), edits })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
