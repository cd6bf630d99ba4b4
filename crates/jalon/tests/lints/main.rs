//! The analysis of criteria and rules, held against the record executor.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod findings;
mod properties;
mod random;

use jalon::diagnostic::{Diagnostic, Fix};
use jalon::program::Loader;

/// The findings of a program.
fn check(text: &str) -> Vec<Diagnostic> {
    Loader::default().source("test.jalon", text).check().list
}

/// A text with a fix applied.
fn mended(text: &str, fix: &Fix) -> String {
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    text
}
