//! Doubts about a program as a whole: what its rules do to each other, what its scores can reach,
//! which of its values nothing uses.

mod answers;
mod components;
mod cycles;
mod dependent;
mod fields;
mod parts;
mod reach;
mod uses;
mod values;

#[cfg(test)]
pub(crate) use cycles::links;

use crate::checked::CheckedProgram;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::syntax::ast::Document;

/// Adds the doubts about a program without errors, in no order.
pub(super) fn lint(
    program: &CheckedProgram,
    documents: &[Document],
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) {
    reach::lint(program, documents, out);
    dependent::lint(program, documents, out);
    values::lint(program, documents, sources, out);
    cycles::lint(program, out);
}
