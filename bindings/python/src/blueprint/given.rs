//! What is given for a transition.

use jalon::blueprint::Given;
use jalon::value::Value;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyType};

use crate::output;
use crate::reading::{Held, name};
use crate::value;

/// Fields by name, or a `jalon.Given` with what else is given.
pub fn read(given: Option<&Bound<'_, PyAny>>) -> PyResult<Given> {
    let Some(given) = given else { return Ok(Given::new()) };
    if let Ok(dict) = given.cast_exact::<PyDict>() {
        return Ok(Given { fields: fields(dict)?, ..Given::new() });
    }
    if !given.is_instance(class(given.py())?)? {
        return Ok(Given { fields: value::fields(given)?, ..Given::new() });
    }
    let part = |name: &str| given.getattr(name);
    Ok(Given {
        fields: value::fields(&part("fields")?)?,
        note: part("note")?.extract()?,
        attachments: part("attachments")?.extract()?,
        ticked: part("ticked")?.extract()?,
        records: records(&value::value(&part("records")?)?),
    })
}

fn fields(dict: &Bound<'_, PyDict>) -> PyResult<Vec<(String, Value)>> {
    // Values may run code of theirs, which may change the dict.
    let entries: Vec<_> = dict.iter().collect();
    let field = |(key, value): &(Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        Ok((name(key)?.to_owned(), Held::read(value)?.into_value()))
    };
    entries.iter().map(field).collect()
}

/// The ids of records by module.
fn records(value: &Value) -> Vec<(String, String)> {
    let Value::Record(modules) = value else { return Vec::new() };
    let of = |value: &Value| {
        let json = value.to_json();
        json.as_str().map_or_else(|| json.to_string(), str::to_owned)
    };
    let each = modules.iter().flat_map(|(module, ids)| {
        let ids = match ids {
            Value::List(ids) => ids.iter().map(of).collect(),
            id => vec![of(id)],
        };
        ids.into_iter().map(|id| (module.clone(), id))
    });
    each.collect()
}

/// As a `jalon.Given`.
pub fn python<'py>(py: Python<'py>, given: &Given) -> PyResult<Bound<'py, PyAny>> {
    let fields = PyDict::new(py);
    for (name, value) in &given.fields {
        fields.set_item(name, output::python(py, value)?)?;
    }
    let records = PyDict::new(py);
    for (module, id) in &given.records {
        match records.get_item(module)? {
            Some(ids) => ids.cast_into::<PyList>()?.append(id)?,
            None => records.set_item(module, PyList::new(py, [id])?)?,
        }
    }
    let (note, attachments, ticked) = (&given.note, &given.attachments, &given.ticked);
    class(py)?.call1((fields, note, attachments, ticked, records))
}

fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "jalon.blueprint", "Given")
}
