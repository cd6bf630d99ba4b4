//! Texts in their canonical layout.

use jalon::lang::Lang;
use jalon::program::format::{self as formatter, Formatting};
use jalon::program::{Error, Loader};
use pyo3::prelude::*;

use crate::error::{exception, run, try_run};
use crate::reasons;

/// What became of one text: its name, the text, and the places that were kept as written.
type Formatted = (String, String, Vec<(u32, u32)>);

/// Formats texts that are one program.
#[pyfunction]
#[pyo3(signature = (sources, lang=None))]
pub fn format(
    py: Python<'_>,
    sources: Vec<(String, String)>,
    lang: Option<&str>,
) -> PyResult<Vec<Formatted>> {
    let lang = reasons::lang(lang)?;
    let Formatting { files, diagnostics } = run(py, || {
        let loader = Loader::default();
        let loader = sources.into_iter().fold(loader, |all, (name, text)| all.source(name, text));
        loader.format(lang)
    })?;
    if files.iter().any(|file| file.broken) {
        return Err(exception(py, Error::Diagnostics(diagnostics), lang.unwrap_or_default()));
    }
    let places = |kept: &[jalon::source::Span]| {
        let positions = kept.iter().map(|span| diagnostics.sources.position(*span));
        positions.map(|at| (at.line, at.column)).collect()
    };
    Ok(files.into_iter().map(|file| (file.name, file.text, places(&file.kept))).collect())
}

/// Formats a criterion that stands alone.
#[pyfunction]
#[pyo3(signature = (text, lang=None))]
pub fn format_criterion(py: Python<'_>, text: &str, lang: Option<&str>) -> PyResult<String> {
    let lang = reasons::lang(lang)?;
    try_run(py, Lang::default(), || formatter::criterion(text, lang).map_err(Error::Diagnostics))
}
