//! Doubts about programs as a whole, and what comments ask to ignore.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod cycles;
mod ignore;
mod values;

use jalon::diagnostic::Diagnostic;
use jalon::program::Loader;

/// What checking a text gives, in the order of the text.
fn checked(text: &str) -> Vec<Diagnostic> {
    let list = Loader::default().source("test.jalon", text).check().list;
    let errors: Vec<_> = list.iter().filter(|d| d.code.id.starts_with('E')).collect();
    assert!(errors.is_empty() || text.contains("txte"), "{text}\n{errors:#?}");
    list
}

/// The codes that it gives.
fn codes(text: &str) -> Vec<&'static str> {
    checked(text).iter().map(|d| d.code.id).collect()
}

/// The codes of the loops of rules.
fn loops(text: &str) -> Vec<&'static str> {
    let range = "0830".."0836";
    codes(text).into_iter().filter(|code| range.contains(&&code[1..])).collect()
}
