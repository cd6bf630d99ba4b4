//! The exact analysis of criteria and of the rules that they decide.

use super::criterion::Lints;
use super::criterion::sites::Sites;
use super::criterion::space::Space;
use super::{criterion, rules};
use crate::checked::CheckedProgram;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// What an analysis found, and how much of it stayed open.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// What is proven or has a witness that the executor confirms, in no order.
    pub findings: Vec<Diagnostic>,
    /// How many questions stayed undecided: nothing is said of these.
    pub undecided: usize,
}

/// Analyses the criteria of a program without errors.
///
/// ```
/// use jalon::{check, lint, source::Sources, syntax};
///
/// let text = "règle R\n  quand créé\n  si Montant > 10 ET Montant > 5\n  alors\n    Statut : grand\n";
/// let mut sources = Sources::default();
/// let id = sources.add("rules.jalon", text);
/// let (document, _) = syntax::parse(id, text, &syntax::Limits::default());
/// let (program, _) = check::check(&[document], &sources);
/// let analysis = lint::analyse(&program, &sources);
/// assert_eq!(sources.slice(analysis.findings[0].span), "Montant > 5");
/// ```
pub fn analyse(program: &CheckedProgram, sources: &Sources) -> Analysis {
    let mut space = Space::new(program);
    let sites = Sites::of(program, &mut space);
    space.close();
    let mut lints = Lints::new(&space, sources, sites.list.len());
    criterion::lint(&sites, &mut lints);
    rules::lint(&sites, &mut lints);
    lints.analysis
}
