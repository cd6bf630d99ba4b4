//! Criteria.

use jalon::lang::Lang;
use jalon::program;
use pyo3::prelude::*;

use crate::clock::{Given, clock};
use crate::error::try_run;
use crate::reasons::Reasons;
use crate::{frame, value};

/// A compiled criterion.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Criterion {
    core: program::Criterion,
    /// The criterion as written, or the name of its rule.
    #[pyo3(get)]
    text: String,
    #[pyo3(get)]
    is_rule: bool,
    lang: Lang,
}

impl Criterion {
    pub fn of(core: program::Criterion, text: &str, is_rule: bool, lang: Lang) -> Criterion {
        Criterion { core, text: text.to_owned(), is_rule, lang }
    }
}

#[pymethods]
impl Criterion {
    #[new]
    fn new(py: Python<'_>, text: &str) -> PyResult<Criterion> {
        let core = try_run(py, Lang::default(), || program::Criterion::parse(text))?;
        let lang = core.lang();
        Ok(Criterion::of(core, text, false, lang))
    }

    #[getter]
    fn reads_clock(&self) -> bool {
        self.core.reads_clock()
    }

    /// Whether it holds.
    fn matches(
        &self,
        py: Python<'_>,
        record: &Bound<'_, PyAny>,
        now: Given<'_, '_>,
        zone: Given<'_, '_>,
    ) -> PyResult<bool> {
        let clock = clock(py, now, zone, self.lang)?;
        let record = value::record(record)?;
        try_run(py, self.lang, || self.core.matches(&record, &clock))
    }

    /// Why it holds or does not.
    fn explain(
        &self,
        py: Python<'_>,
        record: &Bound<'_, PyAny>,
        now: Given<'_, '_>,
        zone: Given<'_, '_>,
    ) -> PyResult<Reasons> {
        let clock = clock(py, now, zone, self.lang)?;
        let record = value::record(record)?;
        let core = try_run(py, self.lang, || self.core.explain(&record, &clock))?;
        Ok(Reasons::of_criterion(core, self.lang))
    }

    /// A stream of one boolean column.
    fn match_stream<'py>(
        &self,
        py: Python<'py>,
        frame: &Bound<'py, PyAny>,
        now: Given<'_, '_>,
        zone: Given<'_, '_>,
        lazy: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        frame::matched(py, &self.core, frame, now, zone, lazy, self.lang)
    }
}
