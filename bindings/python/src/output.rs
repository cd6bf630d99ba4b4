//! The engine's values into Python's, exactly.

use jalon::value::{Instant, Value};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyType};

use crate::value::{EPOCH_ORDINAL, decimal};

/// A value: `None`, `bool`, `Decimal`, `str`, `date`, `datetime` (aware for an instant, naive for
/// local time), `list` or `dict`.
pub fn python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Empty => py.None().into_bound(py),
        Value::Bool(ticked) => ticked.into_pyobject(py)?.to_owned().into_any(),
        Value::Number(number) => decimal(py, *number)?,
        Value::Text(text) => text.into_pyobject(py)?.into_any(),
        Value::Date(date) => {
            let ordinal = i64::from(date.days()) + EPOCH_ORDINAL;
            match date_class(py)?.call_method1("fromordinal", (ordinal,)) {
                Ok(date) => date,
                // before the year 1, or after 9999
                Err(_) => date.to_string().into_pyobject(py)?.into_any(),
            }
        }
        Value::DateTime(local) => match datetime(py, local.micros(), false) {
            Ok(datetime) => datetime,
            Err(_) => local.to_string().into_pyobject(py)?.into_any(),
        },
        Value::Instant(at) => match instant(py, *at) {
            Ok(datetime) => datetime,
            Err(_) => at.to_string().into_pyobject(py)?.into_any(),
        },
        Value::List(items) => {
            let items = items.iter().map(|item| python(py, item));
            PyList::new(py, items.collect::<PyResult<Vec<_>>>()?)?.into_any()
        }
        Value::Record(fields) => {
            let dict = PyDict::new(py);
            for (name, value) in fields {
                dict.set_item(name, python(py, value)?)?;
            }
            dict.into_any()
        }
        Value::Invalid(_) => match value.to_json().as_str() {
            Some(shown) => shown.into_pyobject(py)?.into_any(),
            None => py.None().into_bound(py),
        },
    })
}

/// An instant as an aware `datetime` of UTC.
pub fn instant(py: Python<'_>, at: Instant) -> PyResult<Bound<'_, PyAny>> {
    datetime(py, at.micros(), true)
}

fn datetime(py: Python<'_>, micros: i64, aware: bool) -> PyResult<Bound<'_, PyAny>> {
    static MOMENT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    MOMENT.import(py, "jalon._reading", "moment")?.call1((micros, aware))
}

fn date_class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "datetime", "date")
}
