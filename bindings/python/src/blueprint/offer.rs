//! What a record is offered.

use std::collections::HashMap;

use jalon::blueprint::{self, Obstacle};
use jalon::lang::Lang;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyType};

use super::{Told, obstacles};

/// What is pickled: its names, whether it is offered and half filled in, why not.
type Kept<'py> = (
    Bound<'py, PyString>,
    Option<Bound<'py, PyString>>,
    Bound<'py, PyString>,
    (bool, bool),
    Bound<'py, PyAny>,
);

/// A transition that leaves the state of a record.
#[pyclass(frozen, module = "jalon.blueprint")]
#[derive(Debug)]
pub struct Offer {
    /// Its name.
    #[pyo3(get)]
    transition: Py<PyString>,
    /// Of a child, the parallel transition it belongs to.
    #[pyo3(get)]
    parent: Option<Py<PyString>>,
    /// The state it leads to.
    #[pyo3(get)]
    to: Py<PyString>,
    /// Whether it may be made now, by this actor.
    #[pyo3(get)]
    offered: bool,
    /// Whether something was saved for it.
    #[pyo3(get)]
    draft: bool,
    found: Vec<Obstacle>,
    lang: Lang,
    told: Told,
}

impl Offer {
    /// An offer with names of its own.
    pub fn of(py: Python<'_>, offer: blueprint::Offer<String>, lang: Lang) -> Offer {
        let text = |text: &str| PyString::new(py, text).unbind();
        Offer {
            transition: text(&offer.transition),
            parent: offer.parent.as_deref().map(text),
            to: text(&offer.to),
            offered: offer.offered,
            draft: offer.draft,
            found: offer.why_not,
            lang,
            told: Told::default(),
        }
    }
}

#[pymethods]
impl Offer {
    /// An offer as it was pickled, with what was told of it.
    #[new]
    fn again(
        py: Python<'_>,
        transition: Py<PyString>,
        parent: Option<Py<PyString>>,
        to: Py<PyString>,
        made: (bool, bool),
        why_not: Py<PyAny>,
    ) -> Offer {
        let (offered, draft) = made;
        let (found, lang, told) = (Vec::new(), Lang::default(), Told::of(py, why_not));
        Offer { transition, parent, to, offered, draft, found, lang, told }
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyType>, Kept<'py>)> {
        let name = |name: &Py<PyString>| name.bind(py).clone();
        let (transition, to) = (name(&self.transition), name(&self.to));
        let made = (self.offered, self.draft);
        let why_not = self.why_not(py)?.clone();
        let kept = (transition, self.parent.as_ref().map(name), to, made, why_not);
        Ok((py.get_type::<Offer>(), kept))
    }

    /// Why it may not be made; filled only where reasons are asked for.
    #[getter]
    fn why_not<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        let make = || obstacles(py, &self.found, self.lang);
        self.told.or_make(py, make)
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let text = |text: &Py<PyString>| text.bind(py).to_string();
        let offered = if self.offered { "offered" } else { "not offered" };
        format!("<jalon.Offer {} → {}: {offered}>", text(&self.transition), text(&self.to))
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, Offer>) -> PyResult<bool> {
        let other = other.get();
        let same = |a: &Py<PyString>, b: &Py<PyString>| a.bind(py).as_any().eq(b.bind(py));
        let parents = match (&self.parent, &other.parent) {
            (Some(one), Some(other)) => same(one, other)?,
            (None, None) => true,
            _ => false,
        };
        Ok(parents
            && same(&self.transition, &other.transition)?
            && same(&self.to, &other.to)?
            && (self.offered, self.draft) == (other.offered, other.draft)
            && self.why_not(py)?.eq(other.why_not(py)?)?)
    }
}

/// The offers and names that were made before: most are the same again. They are told by where
/// their names stand in the program, which stays.
#[derive(Debug, Default)]
pub struct Offers {
    names: HashMap<usize, Py<PyString>, Quick>,
    offers: HashMap<(usize, bool, bool), Py<Offer>, Quick>,
}

type Quick = rustc_hash::FxBuildHasher;

impl Offers {
    /// An offer.
    pub fn offer<'py>(
        &mut self,
        py: Python<'py>,
        offer: blueprint::Offer<&str>,
        lang: Lang,
    ) -> PyResult<Bound<'py, Offer>> {
        let key = (offer.transition.as_ptr().addr(), offer.offered, offer.draft);
        if offer.why_not.is_empty()
            && let Some(known) = self.offers.get(&key)
        {
            return Ok(known.bind(py).clone());
        }
        let alike = offer.why_not.is_empty();
        let made = Offer {
            transition: self.text(py, offer.transition),
            parent: offer.parent.map(|parent| self.text(py, parent)),
            to: self.text(py, offer.to),
            offered: offer.offered,
            draft: offer.draft,
            found: offer.why_not,
            lang,
            told: Told::default(),
        };
        let made = Bound::new(py, made)?;
        if alike {
            self.offers.insert(key, made.clone().unbind());
        }
        Ok(made)
    }

    /// A text of the program for Python.
    pub fn text(&mut self, py: Python<'_>, text: &str) -> Py<PyString> {
        let make = || PyString::new(py, text).unbind();
        self.names.entry(text.as_ptr().addr()).or_insert_with(make).clone_ref(py)
    }
}
