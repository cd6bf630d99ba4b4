//! A transition that was made.

use jalon::blueprint;
use jalon::lang::Lang;
use jalon::program::{Made, Outcome};
use jalon::value::Zone;
use jalon::workflow::RelatedRecords;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::{Instance, Told};
use crate::error::raise;
use crate::workflow::decided;
use crate::{output, value};

/// A transition that was made; nothing has been done yet.
#[pyclass(frozen, module = "jalon.blueprint")]
#[derive(Debug)]
pub struct Fired {
    /// Where the record stands from now on.
    #[pyo3(get)]
    instance: Py<Instance>,
    outcome: Outcome<Py<PyString>>,
    lang: Lang,
    zone: Zone,
    told: Told,
}

impl Fired {
    pub fn of(py: Python<'_>, made: Made<Py<PyString>>, lang: Lang, zone: Zone) -> PyResult<Fired> {
        let Made { instance, outcome } = made;
        let instance = Py::new(py, Instance::of(instance))?;
        Ok(Fired { instance, outcome, lang, zone, told: Told::default() })
    }
}

#[pymethods]
impl Fired {
    /// The new values of the record's own fields, by name.
    #[getter]
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let fields = PyDict::new(py);
        match &self.outcome {
            Outcome::Written(written) => {
                for field in written.fields() {
                    fields.set_item(field.name.bind(py), output::python(py, &field.new)?)?;
                }
            }
            Outcome::Decided(decision) => {
                for change in decision.own_changes() {
                    fields.set_item(&change.field, output::python(py, &change.new)?)?;
                }
            }
        }
        Ok(fields)
    }

    /// All of it as a decision.
    #[getter]
    fn decision<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        let make = || {
            let instance = &self.instance.get().core;
            let decision = self.outcome.decision(instance, "", |name| text(py, name));
            let parts = decided(py, decision, self.lang, self.zone)?;
            let class = py.import("jalon.workflow")?.getattr("Decision")?;
            class.call_method1("_of", (parts,))
        };
        self.told.or_make(py, make)
    }

    /// The new values, those of other records too.
    #[getter]
    fn changes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.decision(py)?.getattr("changes")
    }

    /// What else is to be done, in order.
    #[getter]
    fn effects<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        if self.outcome.effects().is_empty() {
            return Ok(PyTuple::empty(py).into_any());
        }
        self.decision(py)?.getattr("effects")
    }

    /// What happens to timers.
    #[getter]
    fn timers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        if self.outcome.timers().is_empty() {
            return Ok(PyTuple::empty(py).into_any());
        }
        self.decision(py)?.getattr("timers")
    }

    /// Of a process that is `continu`, what is offered from here; nothing of another.
    #[getter]
    fn next<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        if self.outcome.next().is_none() {
            return Ok(py.None().into_bound(py));
        }
        self.decision(py)?.getattr("next")
    }

    /// Whether it was made: of what `try_fire` gives, a refusal says the contrary.
    #[classattr]
    fn made() -> bool {
        true
    }

    fn __repr__(&self) -> String {
        let blueprint::Instance { blueprint, state, .. } = &self.instance.get().core;
        let (changes, effects) = (self.outcome.count(), self.outcome.effects().len());
        format!("<jalon.blueprint.Fired {blueprint}: {state} changes={changes} effects={effects}>")
    }
}

/// A name; one that Python can no longer say is empty.
fn text<'n>(py: Python<'_>, name: &'n Py<PyString>) -> &'n str {
    name.to_str(py).unwrap_or_default()
}

/// Records that the record refers to or lists: by module, each with an `id`.
pub fn related(given: &Bound<'_, PyAny>, lang: Lang) -> PyResult<RelatedRecords> {
    let mut all = RelatedRecords::default();
    for (module, records) in value::record(given)?.iter() {
        let module: String = module.extract()?;
        for record in records.try_iter()? {
            let added = all.add(&module, value::fields(&record?)?);
            added.map_err(|error| raise(given.py(), "RecordError", error.message(lang)))?;
        }
    }
    Ok(all)
}
