//! The canonical layout of a text, as edits.

use jalon::diagnostic::Severity;
use jalon::lang::Lang;
use jalon::source::SourceId;
use jalon::syntax::{Limits, parse, print};
use lsp_types::{Range, TextEdit};

use crate::text::{Encoding, Text};

/// The edits that lay out a text; none where it has errors: what cannot be read stays.
pub fn edits(text: &Text, encoding: Encoding) -> Option<Vec<TextEdit>> {
    let mut new = formatted(text.as_str())?;
    if text.as_str().contains("\r\n") {
        new = new.replace('\n', "\r\n");
    }
    if new == text.as_str() {
        return Some(Vec::new());
    }
    Some(vec![difference(text, &new, encoding)])
}

/// The text in its canonical layout.
fn formatted(text: &str) -> Option<String> {
    let (document, found) = parse(SourceId(0), text, &Limits::default());
    if found.iter().any(|finding| finding.severity() == Severity::Error) {
        return None;
    }
    let lang = document.lang.unwrap_or(Lang::Fr);
    Some(print(&document, lang))
}

/// One edit from a text to another, without the lines that both begin and end with.
fn difference(old: &Text, new: &str, encoding: Encoding) -> TextEdit {
    let (a, b) = (old.as_str().as_bytes(), new.as_bytes());
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let before = a[..same].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let rest = a.len().min(b.len()) - before;
    let same = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let tail = &a[a.len() - same..];
    let after = tail.iter().position(|byte| *byte == b'\n').map_or(0, |at| tail.len() - at - 1);
    let end = old.position(a.len() - after, encoding);
    let range = Range::new(old.position(before, encoding), end);
    let new_text = new.get(before..b.len() - after).unwrap_or(new).to_owned();
    TextEdit { range, new_text }
}
