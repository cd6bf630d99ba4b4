//! Pictures of blueprints.

use jalon::blueprint::picture::{self, Figures};
use jalon::lang::Lang;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::error::run;
use crate::reasons;

/// A blueprint to be drawn.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Picture {
    core: picture::Picture,
    lang: Lang,
}

impl Picture {
    pub fn of(core: picture::Picture, lang: Lang) -> Picture {
        Picture { core, lang }
    }

    fn drawn(
        &self,
        py: Python<'_>,
        lang: Option<&str>,
        draw: impl Send + FnOnce(&picture::Picture, Lang) -> String,
    ) -> PyResult<String> {
        let lang = reasons::lang(lang)?.unwrap_or(self.lang);
        run(py, || draw(&self.core, lang))
    }
}

#[pymethods]
impl Picture {
    #[getter]
    fn name(&self) -> &str {
        self.core.name()
    }

    /// As SVG.
    fn svg(&self, py: Python<'_>, lang: Option<&str>) -> PyResult<String> {
        self.drawn(py, lang, picture::Picture::svg)
    }

    /// As a Mermaid state diagram.
    fn mermaid(&self, py: Python<'_>, lang: Option<&str>) -> PyResult<String> {
        self.drawn(py, lang, picture::Picture::mermaid)
    }

    /// As DOT.
    fn dot(&self, py: Python<'_>, lang: Option<&str>) -> PyResult<String> {
        self.drawn(py, lang, picture::Picture::dot)
    }

    /// With figures on it, given as JSON.
    fn with_figures(&self, figures: &str) -> PyResult<Picture> {
        let figures: Figures = serde_json::from_str(figures)
            .map_err(|error| PyValueError::new_err(format!("these are no figures: {error}")))?;
        Ok(Picture::of(self.core.clone().with(figures), self.lang))
    }
}
