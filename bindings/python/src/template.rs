//! Texts with fields.

use jalon::lang::Lang;
use jalon::program;
use pyo3::prelude::*;

use crate::clock::{When, clock};
use crate::error::try_run;
use crate::{reasons, value};

/// A compiled text with fields.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Template {
    core: program::Template,
    lang: Lang,
}

impl Template {
    pub fn of(core: program::Template, lang: Lang) -> Template {
        Template { core, lang }
    }
}

#[pymethods]
impl Template {
    #[getter]
    fn reads_clock(&self) -> bool {
        self.core.reads_clock()
    }

    /// Warnings and notes, as JSON.
    fn diagnostics(&self) -> String {
        reasons::diagnostics(self.core.diagnostics())
    }

    /// The text for a record.
    fn render(&self, record: &Bound<'_, PyAny>, when: When<'_>) -> PyResult<String> {
        let py = record.py();
        let clock = clock(py, &when, self.core.program(), self.lang)?;
        let record = value::fields(record)?;
        try_run(py, self.lang, || self.core.render(&record, &clock))
    }
}
