//! Where the parts of a criterion begin and end in the text.

use crate::checked::Condition;
use crate::source::{Sources, Span};

/// Words before a bracket that belong to it.
const NOT: &[&str] = &["NON", "NOT"];

/// The place of a part, its brackets and the `NON` before them included; `None` where it has none.
pub(in crate::lint) fn extent(condition: &Condition, sources: &Sources) -> Option<Span> {
    match condition {
        Condition::Test(test) => around(test.span, sources),
        Condition::Related(related) => around(related.span, sources),
        Condition::Not(part) => negated(extent(part, sources)?, sources),
        Condition::All(parts) | Condition::Any(parts) => {
            let mut extents = parts.iter().map(|part| extent(part, sources));
            let first = extents.next()??;
            let whole = extents.try_fold(first, |whole, next| {
                next.filter(|next| next.source == whole.source).map(|next| whole.to(next))
            });
            around(whole?, sources)
        }
    }
}

/// A place with the brackets right around it.
fn around(mut span: Span, sources: &Sources) -> Option<Span> {
    let text = &sources.get(span.source)?.text;
    if span.start >= span.end {
        return None;
    }
    loop {
        let before = text.get(..span.start as usize)?.trim_end();
        let after = text.get(span.end as usize..)?;
        let open = before.strip_suffix('(');
        let close = after.trim_start().strip_prefix(')');
        let (Some(open), Some(close)) = (open, close) else { return Some(span) };
        if is_not(open) || is_list(open) {
            // The bracket belongs to the word before it.
            return Some(span);
        }
        span.start = open.len() as u32;
        span.end = (text.len() - close.len()) as u32;
    }
}

fn negated(inner: Span, sources: &Sources) -> Option<Span> {
    let text = &sources.get(inner.source)?.text;
    let open = text.get(..inner.start as usize)?.trim_end().strip_suffix('(')?.trim_end();
    let close = text.get(inner.end as usize..)?.trim_start().strip_prefix(')')?;
    let word = NOT.iter().find(|word| open.ends_with(*word))?;
    let span = Span {
        start: (open.len() - word.len()) as u32,
        end: (text.len() - close.len()) as u32,
        ..inner
    };
    around(span, sources)
}

fn is_not(before: &str) -> bool {
    let word = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    NOT.contains(&word)
}

/// Whether a bracket after this text holds a criterion on the records of a list, or arguments.
fn is_list(before: &str) -> bool {
    let word = before.trim_end();
    !before[word.len()..].contains('\n')
        && !word.is_empty()
        && !word.ends_with(['(', ':'])
        && !CONNECTIVES.iter().any(|connective| {
            word.strip_suffix(connective).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
}

/// Words after which a bracket opens a group.
const CONNECTIVES: &[&str] =
    &["ET", "AND", "OU", "OR", "si", "if", "Si", "If", "valider", "validate", "quand", "when"];
