//! Criteria: leaves joined by connectives.

use std::ops::Range;

use super::Limits;
use super::ast;
use super::normal::Normal;
use crate::diagnostic::Diagnostic;

/// Parses a criterion that is the whole of a range.
pub(crate) fn parse(
    normal: &Normal,
    range: Range<usize>,
    limits: &Limits,
    out: &mut Vec<Diagnostic>,
) -> Option<ast::Criterion> {
    let _ = (normal, range, limits, out);
    None
}

/// Parses comma-separated values.
pub(crate) fn items(
    normal: &Normal,
    range: Range<usize>,
    limits: &Limits,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<ast::Item>> {
    let _ = (normal, range, limits, out);
    None
}
