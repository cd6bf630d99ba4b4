//! The canonical layout of a text, as edits.

use jalon::Loader;
use lsp_types::{Range, TextEdit, Uri};

use crate::analysis::SourceFile;
use crate::text::{Encoding, Text};

/// The edits that lay out one file of a program; none where it has errors: what cannot be read
/// stays. The types that other files declare decide about its values.
pub fn edits(files: &[SourceFile], uri: &Uri, encoding: Encoding) -> Option<Vec<TextEdit>> {
    let at = files.iter().position(|file| file.uri == *uri)?;
    let loader = files.iter().fold(Loader::default(), |loader, file| {
        loader.source(file.name.clone(), file.text.as_str())
    });
    let formatted = loader.format(None).files.into_iter().nth(at)?;
    if formatted.broken {
        return None;
    }
    let old = &files.get(at)?.text;
    let mut new = formatted.text;
    if old.as_str().contains("\r\n") && !new.contains('\r') {
        new = new.replace('\n', "\r\n");
    }
    if new == old.as_str() {
        return Some(Vec::new());
    }
    Some(vec![difference(old, &new, encoding)])
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
