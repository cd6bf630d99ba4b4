//! Scores.

use jalon::lang::Lang;
use jalon::program;
use pyo3::prelude::*;

use crate::clock::When;
use crate::desk::Desk;
use crate::frame::Frame;

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

    /// A stream of the columns added; with `whole`, of the frame with them, batch by batch.
    fn stream<'py>(
        &self,
        frame: &Bound<'py, PyAny>,
        when: When<'py>,
        whole: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        Frame::read(frame, &when, self.desk.lang)?.scored(frame.py(), &self.core, whole)
    }
}
