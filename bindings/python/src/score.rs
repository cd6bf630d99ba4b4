//! Scores.

use jalon::lang::Lang;
use jalon::program;
use jalon_arrow::{FrameJob, JobOptions};
use pyo3::prelude::*;

use crate::clock::{When, clock};
use crate::error::try_run;
use crate::frame::{self, Answer, Frame, How};
use crate::reasons::{self, Reasons};
use crate::value;

/// A compiled score.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Score {
    pub core: program::Score,
    pub lang: Lang,
}

/// Total, stars, label, and whether a wrong value was met.
type Total<'s, 'py> = (Bound<'py, PyAny>, Option<u32>, Option<&'s str>, bool);

#[pymethods]
impl Score {
    #[getter]
    fn name(&self) -> &str {
        self.core.name()
    }

    /// Total, stars, label, and whether a wrong value was met.
    fn total<'s, 'py>(
        &'s self,
        py: Python<'py>,
        record: &Bound<'py, PyAny>,
        when: When<'py>,
    ) -> PyResult<Total<'s, 'py>> {
        let clock = clock(py, &when, self.lang)?;
        let record = value::record(record)?;
        let found = try_run(py, self.lang, || {
            let found = self.core.scorer(&clock)?.total(&record);
            if found.has_errors {
                self.core.evaluate(&record, &clock)?; // which refuses them in strict mode
            }
            Ok(found)
        })?;
        let (stars, label) = (self.core.stars(found.total), self.core.label(found.total));
        Ok((value::decimal(py, found.total)?, stars, label, found.has_errors))
    }

    /// The total with its reasons.
    fn evaluate(
        &self,
        py: Python<'_>,
        record: &Bound<'_, PyAny>,
        when: When<'_>,
    ) -> PyResult<Reasons> {
        let clock = clock(py, &when, self.lang)?;
        let record = value::record(record)?;
        let core = try_run(py, self.lang, || self.core.evaluate(&record, &clock))?;
        Ok(Reasons::of_score(core, self.lang))
    }

    /// The columns that a frame is read from, by place.
    fn places(&self, names: Vec<String>, when: When<'_>) -> Vec<usize> {
        frame::places(&self.core.fields(), names, &when)
    }

    /// A frame with its score.
    fn frame<'py>(
        &self,
        frame: &Bound<'py, PyAny>,
        when: When<'py>,
        threads: Option<usize>,
        contributions: bool,
        how: How,
    ) -> Answer<'py> {
        let threads = crate::frame::threads(threads)?;
        let options = JobOptions { lang: self.lang, threads, contributions };
        let job = |now| FrameJob::score(&self.core, now, options);
        Frame::read(frame, &when, self.lang)?.answer(how, job)
    }

    /// A frame with its score and the reasons.
    fn explain_frame<'py>(
        &self,
        frame: &Bound<'py, PyAny>,
        when: When<'py>,
        lang: Option<&str>,
        how: How,
    ) -> Answer<'py> {
        let asked = reasons::lang(lang)?.unwrap_or(self.lang);
        let options = JobOptions { lang: self.lang, ..JobOptions::default() };
        let job = |now| FrameJob::explain_score(&self.core, now, options, asked);
        Frame::read(frame, &when, self.lang)?.answer(how, job)
    }
}
