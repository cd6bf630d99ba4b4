//! Programs rehearsed on records in memory.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jalon::lang::Lang;
use jalon::rehearsal;
use jalon::value::{Instant, Value, Zone};
use jalon::workflow::RecordKey;
use pyo3::prelude::*;
use serde_json::json;

use crate::clock::{When, clock, moment};
use crate::error::{raise, run, try_run};
use crate::program::Program;
use crate::state::State;
use crate::users::Users;
use crate::workflow::{Decided, decided, incoming};
use crate::{output, value};

/// A decision and when it was made.
type Fired<'py> = (Bound<'py, PyAny>, Decided<'py>);

/// A host in memory.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Rehearsal {
    stage: Mutex<rehearsal::Rehearsal>,
    lang: Lang,
    zone: Zone,
}

impl Rehearsal {
    /// Locks; never while the interpreter is waited for.
    fn stage(&self) -> MutexGuard<'_, rehearsal::Rehearsal> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Rehearsal {
    #[new]
    fn new(
        py: Python<'_>,
        program: &Program,
        state: Option<Bound<'_, State>>,
        users: Option<Bound<'_, Users>>,
        when: When<'_>,
        trace: bool,
    ) -> PyResult<Rehearsal> {
        let clock = clock(py, &when, &program.core, program.lang)?;
        let zone = clock.zone;
        let users = Users::of(users.as_ref()).clone();
        let mut stage = rehearsal::Rehearsal::new(&program.core, clock).with_users(users);
        if let Some(state) = state {
            stage = stage.resume(state.get().read().clone(), [].into());
        }
        if trace {
            stage = stage.tracing();
        }
        Ok(Rehearsal { stage: Mutex::new(stage), lang: program.lang, zone })
    }

    /// Puts a record on the stage, without an event.
    fn put(&self, module: &str, record: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = record.py();
        let record = Value::Record(value::fields(record)?).to_json();
        let key = RecordKey::of(module, &record);
        let key = key.map_err(|error| raise(py, "RecordError", error.message(self.lang)))?;
        self.stage().put(key, record);
        Ok(())
    }

    /// Sends an event.
    fn send<'py>(&self, event: &Bound<'py, PyAny>) -> PyResult<Decided<'py>> {
        let event_read = incoming(event, self.lang)?;
        let py = event.py();
        let decision = try_run(py, self.lang, || self.stage().send(&event_read))?;
        decided(py, decision, self.lang, self.zone)
    }

    /// Lets the clock go on, and fires what is due on the way.
    fn advance<'py>(&self, until: &Bound<'py, PyAny>) -> PyResult<Vec<Fired<'py>>> {
        let py = until.py();
        let until = moment(until, "until", self.lang)?;
        let fired = try_run(py, self.lang, || {
            let mut stage = self.stage();
            let until = stage.clock().zone.instant_of(until);
            stage.advance(until)
        })?;
        let one = |fired: rehearsal::Fired| {
            Ok((output::instant(py, fired.at)?, decided(py, fired.decision, self.lang, self.zone)?))
        };
        fired.into_iter().map(one).collect()
    }

    /// The present.
    fn now<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let now: Option<Instant> = run(py, || self.stage().clock().now)?;
        now.map(|now| output::instant(py, now)).transpose()
    }

    /// The records: module, id and fields, as JSON.
    fn records(&self, py: Python<'_>) -> PyResult<String> {
        run(py, || {
            let stage = self.stage();
            let list =
                stage.records().iter().map(|(key, record)| json!([key.module, key.id, record]));
            serde_json::Value::Array(list.collect()).to_string()
        })
    }

    /// What is remembered.
    fn state(&self, py: Python<'_>) -> PyResult<State> {
        run(py, || State::of(self.stage().state().clone()))
    }
}
