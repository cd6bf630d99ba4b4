//! Where a record stands.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use jalon::blueprint;
use jalon::lang::Lang;
use jalon::value::Instant;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::given;
use crate::error::read;
use crate::output;
use crate::reasons::json;

/// A record's way through a blueprint. Immutable, and small: names are shared.
#[pyclass(frozen, eq, module = "jalon")]
#[derive(Debug, PartialEq)]
pub struct Instance {
    pub core: blueprint::Instance,
}

impl Instance {
    pub fn of(core: blueprint::Instance) -> Instance {
        Instance { core }
    }
}

#[pymethods]
impl Instance {
    /// What `to_json` wrote, as text or as data.
    #[staticmethod]
    fn from_json(written: &Bound<'_, PyAny>) -> PyResult<Instance> {
        let py = written.py();
        let text = match written.extract::<String>() {
            Ok(text) => text,
            Err(_) => py.import("json")?.call_method1("dumps", (written,))?.extract()?,
        };
        let mut core = read(py, blueprint::Instance::read(&text), Lang::default())?;
        for name in [&mut core.blueprint, &mut core.content, &mut core.state] {
            *name = shared(name);
        }
        Ok(Instance { core })
    }

    /// As JSON text: the same instance gives the same text.
    fn to_json(&self) -> PyResult<String> {
        json(&self.core)
    }

    /// As plain data: what `to_json` writes.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.to_json()?,))
    }

    /// The blueprint's name.
    #[getter]
    fn blueprint(&self) -> &str {
        &self.core.blueprint
    }

    /// The content of the blueprint under which it runs: under another it does not run.
    #[getter]
    fn content(&self) -> &str {
        &self.core.content
    }

    /// The state it is in.
    #[getter]
    fn state(&self) -> &str {
        &self.core.state
    }

    /// Since when, as an aware datetime.
    #[getter]
    fn since<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::instant(py, self.core.since)
    }

    /// Which steps of its state have been taken care of.
    #[getter]
    fn told<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let steps = serde_json::to_string(&self.core.told).unwrap_or_default();
        py.import("json")?.call_method1("loads", (steps,))
    }

    /// When it was taken out of the blueprint, if it was.
    #[getter]
    fn left<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        instant(py, self.core.left)
    }

    /// What was given for transitions that were not made yet.
    #[getter]
    fn drafts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let class = class(py, "Draft")?;
        let drafts = self.core.drafts.iter().map(|draft| {
            let saved = output::instant(py, draft.saved)?;
            let given = given::python(py, &draft.given)?;
            class.call1((&*draft.transition, given, saved, draft.by.as_deref()))
        });
        PyTuple::new(py, drafts.collect::<PyResult<Vec<_>>>()?)
    }

    /// Which children of parallel transitions are done, by the transition.
    #[getter]
    fn progress<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let progress = PyDict::new(py);
        for one in &self.core.progress {
            let done = PyTuple::new(py, one.done.iter().map(|child| &**child))?;
            progress.set_item(&*one.transition, done)?;
        }
        Ok(progress)
    }

    /// How it came where it is, from its entry on.
    #[getter]
    fn history<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let class = class(py, "Move")?;
        let moves = self.core.history.moves();
        let moves = moves.into_iter().map(|made| {
            let (from, at) = (made.from.as_deref(), output::instant(py, made.at)?);
            class.call1((made.transition.as_deref(), from, &*made.to, at, made.by.as_deref()))
        });
        PyTuple::new(py, moves.collect::<PyResult<Vec<_>>>()?)
    }

    fn __repr__(&self) -> String {
        let blueprint::Instance { blueprint, state, since, .. } = &self.core;
        let left = if self.core.left.is_some() { ", left" } else { "" };
        format!("<jalon.Instance {blueprint}: {state} since {since}{left}>")
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let read = py.get_type::<Instance>().getattr("from_json")?;
        Ok((read, (self.to_json()?,)))
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }
}

fn instant(py: Python<'_>, at: Option<Instant>) -> PyResult<Option<Bound<'_, PyAny>>> {
    at.map(|at| output::instant(py, at)).transpose()
}

fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("jalon.blueprint")?.getattr(name)
}

/// The one copy of a name that many instances bear; those that none bears any longer go.
fn shared(name: &Arc<str>) -> Arc<str> {
    /// How many are kept before it is looked which of them are still of use.
    const KEPT: usize = 1024;
    static NAMES: Mutex<Option<HashSet<Arc<str>>>> = Mutex::new(None);
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let names = names.get_or_insert_default();
    if let Some(known) = names.get(name) {
        return known.clone();
    }
    if names.len() >= KEPT {
        names.retain(|name| Arc::strong_count(name) > 1);
    }
    if names.len() < KEPT {
        names.insert(name.clone());
    }
    name.clone()
}
