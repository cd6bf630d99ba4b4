//! The analysis of criteria and rules, held against the record executor.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod findings;
mod properties;
mod random;

use jalon::diagnostic::Diagnostic;
use jalon::program::Loader;

/// The findings of a program.
fn check(text: &str) -> Vec<Diagnostic> {
    Loader::default().source("test.jalon", text).check().list
}
