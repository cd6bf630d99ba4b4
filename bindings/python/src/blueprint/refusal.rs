//! Why a transition was not made.

use jalon::blueprint::Obstacle;
use jalon::lang::Lang;
use jalon::program::Error;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

use super::{Told, obstacles};

/// A transition that was not made, and all that stands in its way; what is said of it is made when
/// it is asked for.
#[pyclass(frozen, module = "jalon.blueprint")]
#[derive(Debug)]
pub struct Refusal {
    found: Vec<Obstacle>,
    lang: Lang,
    told: Told,
}

impl Refusal {
    pub fn of(found: Vec<Obstacle>, lang: Lang) -> Refusal {
        Refusal { found, lang, told: Told::default() }
    }
}

#[pymethods]
impl Refusal {
    /// Whether it was made: it was not.
    #[classattr]
    fn made() -> bool {
        false
    }

    /// Every reason, each with a `code` and a `message()`.
    #[getter]
    fn obstacles<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        self.told.or_make(py, || obstacles(py, &self.found, self.lang))
    }

    /// All of it in words.
    #[getter]
    fn message(&self) -> String {
        Error::Refused(self.found.clone()).message(self.lang)
    }

    fn __str__(&self) -> String {
        self.message()
    }

    fn __repr__(&self) -> String {
        format!("<jalon.blueprint.Refusal: {}>", self.message())
    }
}

/// The exception that a transition is refused.
pub fn refused(py: Python<'_>, found: Vec<Obstacle>, lang: Lang) -> PyErr {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let make = || {
        let refusal = Bound::new(py, Refusal::of(found, lang))?;
        CLASS.import(py, "jalon._errors", "Refused")?.call1((refusal,))
    };
    make().map_or_else(|error| error, PyErr::from_value)
}
