//! Criteria.

use jalon::lang::Lang;
use jalon::program;
use pyo3::prelude::*;

use crate::clock::{When, clock};
use crate::desk::Desk;
use crate::error::try_run;
use crate::frame::Frame;
use crate::program::Program;
use crate::reasons::Reasons;

/// A compiled criterion.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Criterion {
    pub core: program::Criterion,
    pub desk: Desk,
}

impl Criterion {
    pub fn of(core: program::Criterion, lang: Lang) -> Criterion {
        let desk = Desk::new(core.program().clone(), None, vec![core.clone()], lang);
        Criterion { core, desk }
    }
}

#[pymethods]
impl Criterion {
    /// A criterion without a program.
    #[new]
    fn new(py: Python<'_>, text: &str) -> PyResult<Criterion> {
        let core = try_run(py, Lang::default(), || program::Criterion::parse(text))?;
        let lang = core.program().lang();
        Ok(Criterion::of(core, lang))
    }

    #[getter]
    fn reads_clock(&self) -> bool {
        self.core.reads_clock()
    }

    /// Whether it was compiled against this program.
    fn is_of(&self, program: &Program) -> bool {
        self.core.program().is(&program.core)
    }

    /// Whether it holds.
    fn matches(&self, record: &Bound<'_, PyAny>, when: When<'_>) -> PyResult<bool> {
        let clock = clock(record.py(), &when, self.desk.lang)?;
        self.desk.run(record, &clock, |judge, _| judge.held().all(|held| held))
    }

    /// Why it holds or does not.
    fn explain(&self, record: &Bound<'_, PyAny>, when: When<'_>) -> PyResult<Reasons> {
        let clock = clock(record.py(), &when, self.desk.lang)?;
        let core =
            self.desk.detached(record, &clock, |record| self.core.explain(record, &clock))?;
        Ok(Reasons::of_criterion(core, self.desk.lang))
    }

    /// A stream of one boolean column; with `lazy`, batch by batch.
    fn stream<'py>(
        &self,
        frame: &Bound<'py, PyAny>,
        when: When<'py>,
        lazy: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        Frame::read(frame, &when, self.desk.lang)?.matched(frame.py(), &self.core, lazy)
    }
}
