//! Scores.

use jalon::lang::Lang;
use jalon::program;
use jalon_arrow::{FrameJob, JobOptions};
use pyo3::prelude::*;

use crate::clock::When;
use crate::desk::Desk;
use crate::frame::{self, Answer, Frame, How};
use crate::reasons;

/// A compiled score.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Score {
    pub core: program::Score,
    pub desk: Desk,
}

impl Score {
    pub fn of(core: program::Score, lang: Lang) -> Score {
        let desk = Desk::new(core.program().clone(), Some(core.clone()), Vec::new(), lang);
        Score { core, desk }
    }
}

#[pymethods]
impl Score {
    #[getter]
    fn name(&self) -> &str {
        self.core.name()
    }

    /// Its lines as written, in their order.
    fn lines(&self) -> Vec<&str> {
        let lines = self.core.declaration().map_or(&[][..], |score| score.lines.as_slice());
        lines.iter().map(|line| line.source.as_str()).collect()
    }

    /// The fields that a frame with these columns has none for.
    fn missing(&self, names: Vec<String>) -> Vec<String> {
        frame::missing(&self.core.fields(), names)
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
        let options = JobOptions { lang: self.desk.lang, threads, contributions };
        let job = |now| FrameJob::score(&self.core, now, options);
        Frame::read(frame, &when, self.core.program(), self.desk.lang)?.answer(how, job)
    }

    /// A frame with its score and the reasons.
    fn explain_frame<'py>(
        &self,
        frame: &Bound<'py, PyAny>,
        when: When<'py>,
        lang: Option<&str>,
        how: How,
    ) -> Answer<'py> {
        let asked = reasons::lang(lang)?.unwrap_or(self.desk.lang);
        let options = JobOptions { lang: self.desk.lang, ..JobOptions::default() };
        let job = |now| FrameJob::explain_score(&self.core, now, options, asked);
        Frame::read(frame, &when, self.core.program(), self.desk.lang)?.answer(how, job)
    }
}
