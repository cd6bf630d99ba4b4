//! Mistakes in programs that are right: criteria that never hold, rules that are never reached,
//! values that nothing uses. What cannot be decided is not reported.

mod analysis;
mod criterion;
mod domain;
pub mod ignore;
mod people;
mod rules;
mod whole;

pub use analysis::{Analysis, analyse};
pub use people::{OF_PEOPLE, people};
#[cfg(test)]
pub(crate) use whole::links;

use crate::checked::CheckedProgram;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::syntax::ast::Document;

/// The doubts about a program without errors, in no order.
pub fn lint(
    program: &CheckedProgram,
    documents: &[Document],
    sources: &Sources,
) -> Vec<Diagnostic> {
    let mut found = analyse(program, sources).findings;
    whole::lint(program, documents, sources, &mut found);
    found
}
