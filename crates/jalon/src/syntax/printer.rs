//! Document → text.
use super::ast::Document;
use crate::lang::Lang;

/// Prints.
pub fn print(_document: &Document, _lang: Lang) -> String {
    String::new()
}
