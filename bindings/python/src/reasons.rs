//! Reasons as they cross to Python: data as JSON, sentences as text.

use std::collections::HashMap;

use jalon::lang::Lang;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Serialize;

/// What a pickled explanation keeps: its JSON, its sentences by language, its own language.
pub type Kept = (String, HashMap<&'static str, String>, &'static str);

/// A result as JSON.
pub fn json(result: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(result).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A language by its code.
pub fn lang(code: Option<&str>) -> PyResult<Option<Lang>> {
    let read = |code: &str| {
        code.parse().map_err(|()| {
            PyValueError::new_err(format!("lang= is \"fr\" or \"en\", not {code:?}"))
        })
    };
    code.map(read).transpose()
}

/// How reasons pickle: as `jalon._reading.Kept`, which answers as they do.
pub fn reduce<'py>(
    py: Python<'py>,
    result: &impl Serialize,
    own: Lang,
    sentence: impl Fn(Lang) -> String,
) -> PyResult<(Bound<'py, PyAny>, Kept)> {
    let sentences = [Lang::Fr, Lang::En].map(|lang| (lang.code(), sentence(lang))).into();
    let class = py.import("jalon._reading")?.getattr("Kept")?;
    Ok((class, (json(result)?, sentences, own.code())))
}
