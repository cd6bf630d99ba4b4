//! Criteria.

use jalon::lang::Lang;
use jalon::program;
use jalon_arrow::{FrameJob, JobOptions};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::clock::{When, clock};
use crate::desk::Desk;
use crate::error::try_run;
use crate::frame::{self, Answer, Frame, How};
use crate::program::Program;
use crate::reasons::{self, Reasons};

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

    /// What it says.
    fn sentence(&self, lang: Option<&str>) -> PyResult<String> {
        Ok(self.core.sentence(reasons::lang(lang)?.unwrap_or(self.desk.lang)))
    }

    /// Whether it holds.
    fn matches(&self, record: &Bound<'_, PyAny>, when: When<'_>) -> PyResult<bool> {
        let clock = clock(record.py(), &when, self.core.program(), self.desk.lang)?;
        self.desk.run(record, &clock, |judge, _| judge.held().all(|held| held))
    }

    /// Why it holds or does not.
    fn explain(&self, record: &Bound<'_, PyAny>, when: When<'_>) -> PyResult<Reasons> {
        let clock = clock(record.py(), &when, self.core.program(), self.desk.lang)?;
        let core =
            self.desk.detached(record, &clock, |record| self.core.explain(record, &clock))?;
        Ok(Reasons::of_criterion(core, self.desk.lang))
    }

    /// The fields that a frame with these columns has none for.
    fn missing(&self, names: Vec<String>) -> Vec<String> {
        frame::missing(&self.core.fields(), names)
    }

    /// The columns that a frame is read from, by place.
    fn places(&self, names: Vec<String>, when: When<'_>) -> Vec<usize> {
        frame::places(&self.core.fields(), names, &when)
    }

    /// A frame with the verdicts and the reasons.
    fn explain_frame<'py>(
        &self,
        frame: &Bound<'py, PyAny>,
        when: When<'py>,
        lang: Option<&str>,
        how: How,
    ) -> Answer<'py> {
        let asked = reasons::lang(lang)?.unwrap_or(self.desk.lang);
        let job = |now| FrameJob::explain_criterion(&self.core, now, asked);
        Frame::read(frame, &when, self.core.program(), self.desk.lang)?.answer(how, job)
    }
}

/// A frame with whether each of some named criteria holds.
#[pyfunction]
pub fn match_frame<'py>(
    criteria: Vec<(String, PyRef<'py, Criterion>)>,
    frame: &Bound<'py, PyAny>,
    when: When<'py>,
    threads: Option<usize>,
    how: How,
) -> Answer<'py> {
    let threads = crate::frame::threads(threads)?;
    let Some((_, first)) = criteria.first() else {
        return Err(PyValueError::new_err("there is no criterion to match"));
    };
    let (program, lang) = (first.core.program().clone(), first.desk.lang);
    let criteria = criteria.into_iter().map(|(name, one)| (name, one.core.clone())).collect();
    let options = JobOptions { threads, lang, contributions: false };
    Frame::read(frame, &when, &program, lang)?
        .answer(how, |now| FrameJob::matching(criteria, now, options))
}
