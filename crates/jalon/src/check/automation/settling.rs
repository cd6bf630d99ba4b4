//! The pipeline: its stages.

use crate::check::{Checker, list};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::MISSING_STAGE;
use crate::source::Span;
use crate::syntax::ast::{self, Stage};

impl Checker<'_> {
    /// The stages in the order they are declared; warns of those that are left out.
    pub(super) fn pipeline(&mut self, span: Span, pipeline: &ast::Pipeline) -> Vec<Stage> {
        let stages: Vec<Stage> = pipeline.stages.iter().map(|(_, stage)| *stage).collect();
        let missing: Vec<Stage> =
            Stage::ALL.into_iter().filter(|stage| !stages.contains(stage)).collect();
        if !missing.is_empty() {
            let lang = self.written_in();
            let names = list(missing.iter().map(|stage| stage.word(lang)));
            let line = self.first_line(span);
            self.report(Diagnostic::new(&MISSING_STAGE, line).arg("known", names));
        }
        stages
    }
}
