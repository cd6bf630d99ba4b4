//! The report on tests as data that says places and messages, for bindings.

use serde_json::{Value as Json, json};

use super::{CoveredCriterion, Failure, Report, TestResult};
use crate::lang::Lang;
use crate::program::Program;
use crate::source::{Sources, Span};

impl Report {
    /// As JSON, with the file and the line of everything, and messages in both languages.
    pub fn data(&self, program: &Program) -> Json {
        let sources = program.diagnostics().sources;
        json!({
            "passed": self.passed(),
            "tests": self.tests.iter().map(|test| test.data(&sources)).collect::<Vec<_>>(),
            "coverage": self.coverage.iter().map(|one| one.data(&sources)).collect::<Vec<_>>(),
        })
    }
}

impl TestResult {
    fn data(&self, sources: &Sources) -> Json {
        let (file, line) = place(sources, self.span);
        json!({
            "name": self.name, "module": self.module, "file": file, "line": line,
            "passed": self.passed(), "expectations": self.expectations,
            "failures": self.failures.iter().map(|one| one.data(sources)).collect::<Vec<_>>(),
        })
    }
}

impl Failure {
    fn data(&self, sources: &Sources) -> Json {
        let (file, line) = place(sources, self.span);
        json!({
            "expected": self.expected.trim(), "file": file, "line": line,
            "found": { "fr": self.message(Lang::Fr), "en": self.message(Lang::En) },
        })
    }
}

impl CoveredCriterion {
    fn data(&self, sources: &Sources) -> Json {
        let (file, line) = place(sources, self.span);
        json!({
            "of": self.of, "number": self.number, "text": self.text, "file": file, "line": line,
            "seen_true": self.seen_true, "seen_false": self.seen_false,
        })
    }
}

fn place(sources: &Sources, span: Span) -> (&str, u32) {
    let name = sources.get(span.source).map_or("", |source| source.name.as_str());
    (name, sources.position(span).line)
}
