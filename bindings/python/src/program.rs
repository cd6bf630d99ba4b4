//! Programs and the evaluation of their scores.

use std::io;
use std::path::PathBuf;

use jalon::lang::Lang;
use jalon::program::{self, Loader};
use jalon_files::{FileError, FileProblem};
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::clock::{Given, clock};
use crate::criterion::Criterion;
use crate::error::{raise, run, try_run};
use crate::reasons::Reasons;
use crate::{diagnostics, frame, reasons, value};

/// A compiled program.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Program {
    core: program::Program,
    sources: Vec<(String, String)>,
    lang: Lang,
    /// As given, to pickle.
    given_lang: Option<String>,
    strict: bool,
}

/// What a program was made of: names and texts, language, strictness.
type Made = (Vec<(String, String)>, Option<String>, bool);

/// Name, total, stars, label, and whether a wrong value was met.
type Total<'py> = (String, Bound<'py, PyAny>, Option<u32>, Option<String>, bool);

#[pymethods]
impl Program {
    #[new]
    #[pyo3(signature = (sources, lang=None, strict=false))]
    fn new(
        py: Python<'_>,
        sources: Vec<(String, String)>,
        lang: Option<String>,
        strict: bool,
    ) -> PyResult<Program> {
        let wanted = reasons::lang(lang.as_deref())?;
        let mut loader = Loader::default();
        if let Some(lang) = wanted {
            loader = loader.lang(lang);
        }
        if strict {
            loader = loader.strict();
        }
        let core = try_run(py, wanted.unwrap_or_default(), || {
            sources.iter().fold(loader, |loader, (name, text)| loader.source(name, text)).load()
        })?;
        let own = core.diagnostics().lang;
        Ok(Program { core, sources, lang: own, given_lang: lang, strict })
    }

    #[getter]
    fn scores(&self) -> Vec<String> {
        self.core.score_names().map(str::to_owned).collect()
    }

    #[getter]
    fn modules(&self) -> Vec<String> {
        self.core.checked().schema.modules.iter().map(|module| module.name.clone()).collect()
    }

    #[getter]
    fn rules(&self) -> Vec<String> {
        self.core.checked().rules.iter().map(|rule| rule.name.clone()).collect()
    }

    #[getter]
    fn sources(&self) -> Vec<(String, String)> {
        self.sources.clone()
    }

    /// Warnings and notes, as JSON.
    fn diagnostics(&self) -> String {
        diagnostics::json(&self.core.diagnostics())
    }

    /// Whether it declares a score of that name.
    fn has_score(&self, name: &str) -> bool {
        self.core.score(Some(name)).is_ok()
    }

    /// Name, total, stars, label, and whether a wrong value was met.
    #[pyo3(signature = (name, record, now, zone))]
    fn total<'py>(
        &self,
        py: Python<'py>,
        name: Option<&str>,
        record: &Bound<'py, PyAny>,
        now: Given<'_, '_>,
        zone: Given<'_, '_>,
    ) -> PyResult<Total<'py>> {
        let clock = clock(py, now, zone, self.lang)?;
        let record = value::record(record)?;
        let (score, found) = try_run(py, self.lang, || {
            let score = self.core.score(name)?;
            let found = score.scorer(&clock)?.total(&record);
            Ok((score, found))
        })?;
        let (stars, label) = (score.stars(found.total), score.label(found.total));
        Ok((
            score.name().to_owned(),
            value::decimal(py, found.total)?,
            stars,
            label.map(str::to_owned),
            found.has_errors,
        ))
    }

    /// A score with its reasons.
    #[pyo3(signature = (name, record, now, zone))]
    fn evaluate(
        &self,
        py: Python<'_>,
        name: Option<&str>,
        record: &Bound<'_, PyAny>,
        now: Given<'_, '_>,
        zone: Given<'_, '_>,
    ) -> PyResult<Reasons> {
        let clock = clock(py, now, zone, self.lang)?;
        let record = value::record(record)?;
        let core = try_run(py, self.lang, || self.core.score(name)?.evaluate(&record, &clock))?;
        Ok(Reasons::of_score(core, self.lang))
    }

    /// A criterion compiled against the program.
    #[pyo3(signature = (text, module=None))]
    fn criterion(&self, py: Python<'_>, text: &str, module: Option<&str>) -> PyResult<Criterion> {
        let core = try_run(py, self.lang, || self.core.criterion(text, module))?;
        Ok(Criterion::of(core, text, false, self.lang))
    }

    /// The condition of a rule.
    fn rule(&self, py: Python<'_>, name: &str) -> PyResult<Criterion> {
        let core = try_run(py, self.lang, || self.core.rule(name))?;
        Ok(Criterion::of(core, name, true, self.lang))
    }

    /// A stream of the columns added, or of the whole frame with them, batch by batch.
    #[pyo3(signature = (name, frame, now, zone, whole))]
    fn score_stream<'py>(
        &self,
        py: Python<'py>,
        name: Option<&str>,
        frame: &Bound<'py, PyAny>,
        now: Given<'_, '_>,
        zone: Given<'_, '_>,
        whole: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let score = try_run(py, self.lang, || self.core.score(name))?;
        frame::scored(py, &score, frame, now, zone, whole, self.lang)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, Made) {
        (py.get_type::<Program>(), (self.sources.clone(), self.given_lang.clone(), self.strict))
    }
}

/// A program of files and folders.
#[pyfunction]
#[pyo3(signature = (paths, lang=None, strict=false))]
pub fn load(
    py: Python<'_>,
    paths: Vec<PathBuf>,
    lang: Option<String>,
    strict: bool,
) -> PyResult<Program> {
    let found = run(py, || jalon_files::sources(paths))?;
    let sources = found.map_err(|error| file_exception(py, &error))?;
    Program::new(py, sources, lang, strict)
}

/// An `OSError` of the right kind, or what is wrong with the content.
fn file_exception(py: Python<'_>, error: &FileError) -> PyErr {
    match error.problem() {
        FileProblem::Io(io) => io::Error::new(io.kind(), error.to_string()).into(),
        _ => raise(py, "SyntaxError", error.to_string()),
    }
}
