//! The pipeline: its stages.

use crate::check::{Checker, list};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::MISSING_STAGE;
use crate::lang::Lang;
use crate::source::Span;
use crate::syntax::ast::{self, Stage};

impl Checker<'_> {
    /// The stages in the order they are declared; warns of those that are left out.
    pub(super) fn pipeline(&mut self, span: Span, pipeline: &ast::Pipeline) -> Vec<Stage> {
        let stages: Vec<Stage> = pipeline.stages.iter().map(|(_, stage)| *stage).collect();
        let missing: Vec<Stage> =
            Stage::ALL.into_iter().filter(|stage| !stages.contains(stage)).collect();
        if !missing.is_empty() {
            let names = |lang| list(missing.iter().map(|stage| stage.word(lang)));
            let warning = Diagnostic::new(&MISSING_STAGE, self.first_line(span));
            let warning = warning.arg("known_fr", names(Lang::Fr));
            self.report(warning.arg("known_en", names(Lang::En)));
        }
        stages
    }
}
