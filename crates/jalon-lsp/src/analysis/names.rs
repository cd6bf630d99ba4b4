//! Names as they stand in a text, and the parts of a path.

use std::borrow::Cow;
use std::ops::Range;

/// A name or a value as written, without its quotes.
pub fn plain(raw: &str) -> Cow<'_, str> {
    let inner = raw.get(inside(raw)).unwrap_or(raw);
    if inner.contains(['\\', '\n', '\r']) {
        let unescaped = inner.replace("\\\"", "\"").replace("\\\\", "\\");
        Cow::Owned(unescaped.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(inner)
    }
}

/// The part of a text within its quotes.
pub(super) fn inside(raw: &str) -> Range<usize> {
    let mut start = 0;
    let mut end = raw.len();
    if raw.starts_with('"') && raw.len() > 1 && raw.ends_with('"') {
        start += 1;
        end -= 1;
    } else if raw.starts_with('«') && raw.ends_with('»') {
        start += '«'.len_utf8();
        end -= '»'.len_utf8();
        let text = raw.get(start..end).unwrap_or("");
        let space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
        start += text.chars().next().filter(|c| space(*c)).map_or(0, char::len_utf8);
        let text = raw.get(start..end).unwrap_or("");
        end -= text.chars().next_back().filter(|c| space(*c)).map_or(0, char::len_utf8);
    }
    start..end.max(start)
}

/// A range without the white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else { return range };
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}
