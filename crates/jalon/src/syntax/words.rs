//! Words, quotes and names.

use std::ops::Range;

use super::ast;
use super::normal::Normal;
use crate::diagnostic::Diagnostic;

/// Parses comma-separated names, each bare or quoted.
pub(crate) fn names(
    normal: &Normal,
    range: Range<usize>,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<ast::Name>> {
    let _ = (normal, range, out);
    None
}
