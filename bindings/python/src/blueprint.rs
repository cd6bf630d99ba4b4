//! Records in their blueprints, asked one at a time with instances that the host keeps.

mod fired;
mod given;
mod guide;
mod instance;
mod offer;
mod reader;
mod refusal;

use std::fmt;
use std::sync::Mutex;

use jalon::blueprint::{Due, Obstacle};
use jalon::lang::Lang;
use jalon::program::{self, BlueprintScope, Error, Firing, Made, Outcome};
use jalon::users::User;
use jalon::value::Clock;
use jalon::workflow::{Context, State as Kept};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyTuple};
use serde_json::json;

pub use fired::Fired;
pub use instance::Instance;
pub use offer::Offer;
pub use refusal::{Refusal, refused};

use crate::clock::{When, clock};
use crate::error::{exception, read, try_run};
use crate::program::Program;
use crate::reasons::json;
use crate::state::State;
use crate::users::Users;
use crate::value;
use guide::Guide;
use offer::Offers;
use reader::Reader;

/// A blueprint, or all of a program, under one clock.
#[pyclass(frozen, subclass, module = "jalon._native")]
#[derive(Debug)]
pub struct Blueprint {
    core: program::Program,
    lang: Lang,
    scope: BlueprintScope,
    clock: Clock,
    users: Option<Py<Users>>,
    nothing: Kept,
    reader: Reader,
    guide: Guide,
    offers: Mutex<Offers>,
}

#[pymethods]
impl Blueprint {
    #[new]
    fn new(
        py: Python<'_>,
        program: &Program,
        name: Option<&str>,
        users: Option<Py<Users>>,
        when: When<'_>,
    ) -> PyResult<Blueprint> {
        let core = program.core.clone();
        Ok(Blueprint {
            scope: read(py, core.blueprint_scope(name), program.lang)?,
            clock: clock(py, &when, &core, program.lang)?,
            core,
            lang: program.lang,
            users,
            nothing: Kept::new(),
            reader: Reader::default(),
            guide: Guide::default(),
            offers: Mutex::default(),
        })
    }

    /// Its name; nothing where all of a program are meant.
    #[getter]
    fn name(&self) -> Option<&str> {
        self.scope.name()
    }

    /// Lets a record into the blueprint that takes it.
    #[pyo3(signature = (record, module=None))]
    fn enter(&self, record: &Bound<'_, PyAny>, module: Option<&str>) -> PyResult<Option<Instance>> {
        let context = self.context(&self.nothing, false);
        let entered =
            self.reader.with(record, |record| self.scope.enter(module, record, &context))?;
        Ok(read(record.py(), entered, self.lang)?.map(Instance::of))
    }

    /// The names of the transitions that may be made now.
    #[pyo3(signature = (instance, record, by=None))]
    fn offered<'py>(
        &self,
        instance: &Bound<'py, Instance>,
        record: &Bound<'py, PyAny>,
        by: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let (from, by) = (self.known(instance)?, self.user(by)?);
        let prepared = (&self.core, &self.clock);
        self.guide.offered(prepared, from, record, (by.as_ref(), self.known_users()))
    }

    /// The transitions that leave the state of a record.
    #[pyo3(signature = (instance, record, by=None, why=false))]
    fn available<'py>(
        &self,
        instance: &Bound<'py, Instance>,
        record: &Bound<'py, PyAny>,
        by: Option<&Bound<'py, PyAny>>,
        why: bool,
    ) -> PyResult<Bound<'py, PyList>> {
        let py = record.py();
        let offers = self.offers_of(instance, record, by, why)?;
        let offers = self.names(|names| {
            let offers = offers.into_iter().map(|offer| names.offer(py, offer, self.lang));
            offers.collect::<PyResult<Vec<_>>>()
        })?;
        PyList::new(py, offers)
    }

    /// Makes a transition.
    #[pyo3(signature = (
        instance, transition, given, record, by=None, *,
        id=None, record_id=None, state=None, related=None, trace=false
    ))]
    #[expect(clippy::too_many_arguments, reason = "they are named ones in Python")]
    fn fire(
        &self,
        instance: &Bound<'_, Instance>,
        transition: &str,
        given: Option<&Bound<'_, PyAny>>,
        record: &Bound<'_, PyAny>,
        by: Option<&Bound<'_, PyAny>>,
        id: Option<&str>,
        record_id: Option<&str>,
        state: Option<&Bound<'_, PyAny>>,
        related: Option<&Bound<'_, PyAny>>,
        trace: bool,
    ) -> PyResult<Fired> {
        let around = Around { id, record_id, state, related, trace };
        let py = record.py();
        self.attempt(instance, transition, given, record, by, &around)?
            .map_err(|error| exception(py, error, self.lang))
    }

    /// Makes a transition, or tells why not.
    #[pyo3(signature = (
        instance, transition, given, record, by=None, *,
        id=None, record_id=None, state=None, related=None, trace=false
    ))]
    #[expect(clippy::too_many_arguments, reason = "they are named ones in Python")]
    fn try_fire<'py>(
        &self,
        instance: &Bound<'py, Instance>,
        transition: &str,
        given: Option<&Bound<'py, PyAny>>,
        record: &Bound<'py, PyAny>,
        by: Option<&Bound<'py, PyAny>>,
        id: Option<&str>,
        record_id: Option<&str>,
        state: Option<&Bound<'py, PyAny>>,
        related: Option<&Bound<'py, PyAny>>,
        trace: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let around = Around { id, record_id, state, related, trace };
        let py = record.py();
        match self.attempt(instance, transition, given, record, by, &around)? {
            Ok(fired) => Ok(Bound::new(py, fired)?.into_any()),
            Err(Error::Refused(found)) => {
                Ok(Bound::new(py, Refusal::of(found, self.lang))?.into_any())
            }
            Err(error) => Err(exception(py, error, self.lang)),
        }
    }

    /// What a transition tells and asks for, as JSON, and the draft of it.
    #[pyo3(name = "_form")]
    fn form<'py>(
        &self,
        instance: &Bound<'py, Instance>,
        transition: &str,
        record: &Bound<'py, PyAny>,
    ) -> PyResult<(String, Option<Bound<'py, PyAny>>)> {
        let py = record.py();
        let from = self.known(instance)?;
        let form = self.reader.with(record, |record| {
            let form = self.core.form(from, transition, record, &self.clock)?;
            Ok((json!(form).to_string(), form.draft))
        })?;
        let (form, draft) = form.map_err(|error| exception(py, error, self.lang))?;
        Ok((form, draft.map(|draft| given::python(py, &draft)).transpose()?))
    }

    /// Keeps what is given so far for a transition.
    #[pyo3(signature = (instance, transition, given, by=None))]
    fn save_draft(
        &self,
        py: Python<'_>,
        instance: &Bound<'_, Instance>,
        transition: &str,
        given: Option<&Bound<'_, PyAny>>,
        by: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Instance> {
        let (given, by, from) = (given::read(given)?, self.user(by)?, self.known(instance)?);
        try_run(py, self.lang, || {
            self.core.save_draft(from, transition, &given, by.as_ref(), &self.clock)
        })
        .map(Instance::of)
    }

    /// What happens to an instance by itself, as JSON.
    #[pyo3(name = "_steps")]
    fn steps(&self, py: Python<'_>, instance: &Bound<'_, Instance>) -> PyResult<String> {
        let from = self.known(instance)?;
        json(&try_run(py, self.lang, || Ok(self.core.steps(from, &self.clock)))?)
    }

    /// Does what has become due, given as JSON.
    #[pyo3(name = "_take_step", signature = (
        instance, due, record, *, id=None, record_id=None, state=None, related=None, trace=false
    ))]
    #[expect(clippy::too_many_arguments, reason = "they are named ones in Python")]
    fn take_step(
        &self,
        instance: &Bound<'_, Instance>,
        due: &str,
        record: &Bound<'_, PyAny>,
        id: Option<&str>,
        record_id: Option<&str>,
        state: Option<&Bound<'_, PyAny>>,
        related: Option<&Bound<'_, PyAny>>,
        trace: bool,
    ) -> PyResult<Fired> {
        let py = record.py();
        let from = self.known(instance)?;
        let due: Due = serde_json::from_str(due)
            .map_err(|error| PyValueError::new_err(format!("due= is no step: {error}")))?;
        let related =
            related.map(|given| fired::related(given, self.lang)).transpose()?.unwrap_or_default();
        let related = related.lent();
        let state = state.map(kept).transpose()?;
        let state = state.as_ref().map(|state| state.get().read());
        let context =
            self.context(state.as_deref().unwrap_or(&self.nothing), trace).related(&related);
        let taken = self.reader.with(record, |record| {
            let id = id.unwrap_or_default();
            let firing = Firing {
                id,
                transition: "",
                given: jalon::blueprint::Given::NONE,
                record,
                record_id,
                by: None,
            };
            self.core.take_step(from, &due, &firing, &context)
        })?;
        drop(state);
        let (instance, decision) = taken.map_err(|error| exception(py, error, self.lang))?;
        let outcome = Outcome::Decided(Box::new(decision));
        Fired::of(py, Made { instance, outcome }, self.lang, self.clock.zone)
    }

    /// Takes a record out of its process.
    fn exit(&self, py: Python<'_>, instance: &Bound<'_, Instance>) -> PyResult<Instance> {
        let from = self.known(instance)?;
        try_run(py, self.lang, || self.core.exit(from, &self.clock)).map(Instance::of)
    }
}

/// What may go with a transition.
struct Around<'a, 'py> {
    id: Option<&'a str>,
    record_id: Option<&'a str>,
    state: Option<&'a Bound<'py, PyAny>>,
    related: Option<&'a Bound<'py, PyAny>>,
    trace: bool,
}

impl Blueprint {
    /// Makes a transition, or says what the core does.
    fn attempt(
        &self,
        instance: &Bound<'_, Instance>,
        transition: &str,
        given: Option<&Bound<'_, PyAny>>,
        record: &Bound<'_, PyAny>,
        by: Option<&Bound<'_, PyAny>>,
        around: &Around<'_, '_>,
    ) -> PyResult<Result<Fired, Error>> {
        let py = record.py();
        let from = self.known(instance)?;
        let (given, by) = (given::read(given)?, self.user(by)?);
        let related = around
            .related
            .map(|given| fired::related(given, self.lang))
            .transpose()?
            .unwrap_or_default();
        let related = related.lent();
        let state = around.state.map(kept).transpose()?;
        let state = state.as_ref().map(|state| state.get().read());
        let context =
            self.context(state.as_deref().unwrap_or(&self.nothing), around.trace).related(&related);
        let made = self.reader.with(record, |record| {
            let (id, by) = (around.id.unwrap_or_default(), by.as_ref());
            let record_id = around.record_id;
            let firing = Firing { id, transition, given: &given, record, record_id, by };
            let fired = self.core.fire(from, &firing, &context)?;
            Ok(self.names(|names| fired.keep(|name| names.text(py, name))))
        })?;
        Ok(match made {
            Ok(made) => Ok(Fired::of(py, made, self.lang, self.clock.zone)?),
            Err(error) => Err(error),
        })
    }

    fn context<'c>(&'c self, state: &'c Kept, trace: bool) -> Context<'c> {
        Context::new(&self.clock, state).users(self.known_users()).trace(trace)
    }

    fn known_users(&self) -> &jalon::users::Users {
        self.users.as_ref().map_or(jalon::users::Users::NONE, |users| users.get().read())
    }

    /// An instance that may be asked about here.
    fn known<'i>(
        &self,
        instance: &'i Bound<'_, Instance>,
    ) -> PyResult<&'i jalon::blueprint::Instance> {
        let core = &instance.get().core;
        read(instance.py(), self.scope.expect(core), self.lang)?;
        Ok(core)
    }

    fn offers_of(
        &self,
        instance: &Bound<'_, Instance>,
        record: &Bound<'_, PyAny>,
        by: Option<&Bound<'_, PyAny>>,
        why: bool,
    ) -> PyResult<Vec<jalon::blueprint::Offer<&str>>> {
        let (from, by) = (self.known(instance)?, self.user(by)?);
        let context = self.context(&self.nothing, why);
        let offers = self
            .reader
            .with(record, |record| self.core.available(from, record, by.as_ref(), &context))?;
        offers.map_err(|error| exception(record.py(), error, self.lang))
    }

    /// Works with the names that were given to Python before.
    fn names<T>(&self, work: impl FnOnce(&mut Offers) -> T) -> T {
        match self.offers.try_lock() {
            Ok(mut offers) => work(&mut offers),
            Err(_) => work(&mut Offers::default()),
        }
    }

    /// Who acts: a name, or what is known of a user.
    fn user(&self, by: Option<&Bound<'_, PyAny>>) -> PyResult<Option<User>> {
        let Some(by) = by else { return Ok(None) };
        if let Ok(name) = by.extract::<&str>() {
            return Ok(Some(User::named(name)));
        }
        let user = User::read(&value::value(by)?.to_json());
        read(by.py(), user, self.lang).map(Some)
    }
}

/// The native side of a state.
fn kept<'py>(state: &Bound<'py, PyAny>) -> PyResult<Bound<'py, State>> {
    let native = state.getattr("_native").and_then(|native| Ok(native.cast_into()?));
    native.map_err(|_| PyTypeError::new_err("state= is a jalon.State"))
}

/// An object of Python's that is made when it is first asked for.
struct Told(PyOnceLock<Py<PyAny>>);

impl Default for Told {
    fn default() -> Told {
        Told(PyOnceLock::new())
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Told")
    }
}

impl Told {
    /// One that is there already.
    fn of(py: Python<'_>, object: Py<PyAny>) -> Told {
        let told = PyOnceLock::new();
        told.get_or_init(py, || object);
        Told(told)
    }

    fn or_make<'py>(
        &self,
        py: Python<'py>,
        make: impl FnOnce() -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<&Bound<'py, PyAny>> {
        Ok(self.0.get_or_try_init(py, || make().map(Bound::unbind))?.bind(py))
    }
}

/// Obstacles for Python, with what is said of them.
pub fn obstacles<'py>(
    py: Python<'py>,
    found: &[Obstacle],
    lang: Lang,
) -> PyResult<Bound<'py, PyAny>> {
    let told = Obstacle::told(found).to_string();
    py.import("jalon.blueprint")?.getattr("_obstacles")?.call1((told, lang.code()))
}
