//! Criteria and rules in other people's forms.

use jalon::lang::Lang;
use jalon_interop::{FieldNames, Form, Import, LeftOut};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::criterion::Criterion;
use crate::error::{read, run, try_run};
use crate::program::Program;
use crate::reasons;

/// Reads a text of another form: text of Jalon, and what was left out as JSON.
#[pyfunction]
pub fn import_text(
    py: Python<'_>,
    form: &str,
    text: &str,
    program: Option<&Program>,
    module: Option<&str>,
    lang: Option<&str>,
    inactive: bool,
) -> PyResult<(String, String)> {
    let lang = reasons::lang(lang)?.or(program.map(|program| program.lang)).unwrap_or_default();
    let form = named(form, lang)?;
    let core = program.map(|program| &program.core);
    let import = Import { form, program: core, module, lang, inactive };
    let read = try_run(py, lang, || import.read(text))?;
    Ok((read.text, told(&read.left_out)))
}

/// Writes a criterion in another form as JSON; or nothing, what was left out as JSON, and
/// the language of messages.
#[pyfunction]
pub fn export_criterion(
    py: Python<'_>,
    criterion: &Criterion,
    form: &str,
    names: &str,
) -> PyResult<(Option<String>, String, &'static str)> {
    let lang = criterion.desk.lang;
    let form = named(form, lang)?;
    let names = read(py, FieldNames::named(names), lang)?;
    let written = run(py, || jalon_interop::export(&criterion.core, form, names))?;
    Ok(match written {
        Ok(json) => (Some(json.to_string()), told(&[]), lang.code()),
        Err(left_out) => (None, told(&left_out), lang.code()),
    })
}

fn named(form: &str, lang: Lang) -> PyResult<Form> {
    Form::named(form).map_err(|unknown| PyValueError::new_err(unknown.message(lang)))
}

/// Places, and reasons in both languages.
pub fn told(left_out: &[LeftOut]) -> String {
    LeftOut::told(left_out).to_string()
}
