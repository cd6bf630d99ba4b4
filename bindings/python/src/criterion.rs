//! Criteria.

use jalon::lang::Lang;
use jalon::program;
use pyo3::prelude::*;

use crate::clock::{When, clock};
use crate::error::try_run;
use crate::frame::Frame;
use crate::reasons::Reasons;
use crate::value;

/// A compiled criterion.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Criterion {
    pub core: program::Criterion,
    pub lang: Lang,
}

#[pymethods]
impl Criterion {
    /// A criterion without a program.
    #[new]
    fn new(py: Python<'_>, text: &str) -> PyResult<Criterion> {
        let core = try_run(py, Lang::default(), || program::Criterion::parse(text))?;
        let lang = core.program().lang();
        Ok(Criterion { core, lang })
    }

    #[getter]
    fn reads_clock(&self) -> bool {
        self.core.reads_clock()
    }

    /// Whether it holds.
    fn matches(&self, py: Python<'_>, record: &Bound<'_, PyAny>, when: When<'_>) -> PyResult<bool> {
        let clock = clock(py, &when, self.lang)?;
        let record = value::record(record)?;
        try_run(py, self.lang, || self.core.matches(&record, &clock))
    }

    /// Why it holds or does not.
    fn explain(
        &self,
        py: Python<'_>,
        record: &Bound<'_, PyAny>,
        when: When<'_>,
    ) -> PyResult<Reasons> {
        let clock = clock(py, &when, self.lang)?;
        let record = value::record(record)?;
        let core = try_run(py, self.lang, || self.core.explain(&record, &clock))?;
        Ok(Reasons::of_criterion(core, self.lang))
    }

    /// A stream of one boolean column; with `lazy`, batch by batch.
    fn stream<'py>(
        &self,
        frame: &Bound<'py, PyAny>,
        when: When<'py>,
        lazy: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        Frame::read(frame, &when, self.lang)?.matched(frame.py(), &self.core, lazy)
    }
}
