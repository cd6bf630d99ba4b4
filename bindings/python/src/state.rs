//! What is remembered between events.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use jalon::lang::Lang;
use jalon::workflow::{self, RecordKey};
use pyo3::prelude::*;

use crate::clock::{When, clock};
use crate::error::{run, try_run};
use crate::program::Program;
use crate::reasons::json;
use crate::{error, output};

/// What is remembered; threads may share it.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct State(RwLock<workflow::State>);

impl State {
    pub fn of(core: workflow::State) -> State {
        State(RwLock::new(core))
    }

    /// Reads; never while the interpreter is waited for, so that no two threads wait for each other.
    pub fn read(&self) -> RwLockReadGuard<'_, workflow::State> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, workflow::State> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl State {
    /// Nothing remembered, or what was written as JSON.
    #[new]
    #[pyo3(signature = (text=None))]
    fn new(py: Python<'_>, text: Option<&str>) -> PyResult<State> {
        let core = match text {
            None => workflow::State::new(),
            Some(text) => {
                let core = run(py, || workflow::State::read(text))?;
                error::read(py, core, Lang::default())?
            }
        };
        Ok(State::of(core))
    }

    /// As JSON.
    fn json(&self, py: Python<'_>) -> PyResult<String> {
        run(py, || self.read().write())
    }

    /// Puts in what a decision changed.
    fn apply(&self, changed: &State) {
        let changed = changed.read().clone();
        self.write().apply(&changed);
    }

    /// Forgets that rules have fired once for a record.
    fn forget(&self, module: String, id: String, rule: Option<&str>) {
        self.write().forget(&RecordKey { module, id }, rule);
    }

    /// When the next timer is due.
    fn next_due<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let next = run(py, || self.read().next_due())?;
        next.map(|at| output::instant(py, at)).transpose()
    }

    /// What is due, as JSON.
    fn due(&self, py: Python<'_>, program: &Program, when: When<'_>) -> PyResult<String> {
        let clock = clock(py, &when, &program.core, program.lang)?;
        try_run(py, program.lang, || {
            let state = self.read();
            Ok(json(&program.core.due(&state, &clock)?))
        })?
    }

    /// Says that what was due until now has been taken care of.
    fn tick(&self, py: Python<'_>, program: &Program, when: When<'_>) -> PyResult<()> {
        let clock = clock(py, &when, &program.core, program.lang)?;
        try_run(py, program.lang, || {
            self.write().tick(clock.now.ok_or(jalon::program::Error::ClockNeeded)?);
            Ok(())
        })
    }
}
