//! What changes from one program to another.

use jalon::diff;
use jalon::lang::Lang;
use pyo3::prelude::*;

use crate::error::run;
use crate::program::Program;
use crate::reasons::json;

/// What changes, as JSON; then its report and its summary, each in French and in English.
#[pyfunction]
pub fn compare(
    py: Python<'_>,
    old: &Program,
    new: &Program,
) -> PyResult<(String, [String; 2], [String; 2])> {
    let (old, new) = (old.core.clone(), new.core.clone());
    let found = run(py, || diff::diff(&old, &new))?;
    let report = [found.report(Lang::Fr), found.report(Lang::En)];
    let summary = [found.summary(Lang::Fr), found.summary(Lang::En)];
    Ok((json(&found)?, report, summary))
}
