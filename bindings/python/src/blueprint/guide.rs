//! What is offered, asked of many records: the same names again are the same tuple.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use jalon::blueprint::Instance;
use jalon::program::{self, Error, Offered, Program};
use jalon::users::{User, Users};
use jalon::value::Clock;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::reader::Reading;
use crate::error::{INTERNAL, exception, raise};
use crate::value;

/// How many tuples are kept.
const KEPT: usize = 1024;

/// What was prepared by the calls before; a call that cannot have it, because another thread or
/// the record itself is calling too, prepares its own.
#[derive(Debug, Default)]
pub struct Guide(Mutex<Option<Ready>>);

#[derive(Debug)]
struct Ready {
    core: program::Guide,
    /// Of each state, what its guards and owners read.
    readings: Vec<Option<Reading>>,
    names: HashMap<Offered, Py<PyTuple>, rustc_hash::FxBuildHasher>,
}

/// Who looks at a record, and what is known of users.
pub type Seen<'a> = (Option<&'a User>, &'a Users);

impl Guide {
    /// The names of the transitions that a record is offered.
    pub fn offered<'py>(
        &self,
        (program, clock): (&Program, &Clock),
        instance: &Instance,
        record: &Bound<'py, PyAny>,
        seen: Seen<'_>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let dict = value::record(record)?;
        let mut own = None;
        let mut kept = self.0.try_lock();
        let place = kept.as_deref_mut().unwrap_or(&mut own);
        let ready = place.get_or_insert_with(|| Ready::new(program, clock));
        let done = catch_unwind(AssertUnwindSafe(|| ready.offered(instance, &dict, seen)));
        done.unwrap_or_else(|_| {
            *place = None;
            Err(raise(record.py(), "JalonError", INTERNAL))
        })
    }
}

impl Ready {
    fn new(program: &Program, clock: &Clock) -> Ready {
        Ready { core: program.guide(clock), readings: Vec::new(), names: HashMap::default() }
    }

    fn offered<'py>(
        &mut self,
        instance: &Instance,
        dict: &Bound<'py, PyDict>,
        (by, users): Seen<'_>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let py = dict.py();
        let lang = self.core.program().lang();
        let told = |error: Error| exception(py, error, lang);
        let mut stand = self.core.at(instance).map_err(told)?;
        let index = stand.index();
        if index >= self.readings.len() {
            self.readings.resize_with(index + 1, || None);
        }
        let reading = self.readings[index].get_or_insert_with(|| Reading::new(stand.wanted()));
        let offered = reading.run(dict, |record| stand.offered(record, by, users))?;
        let offered = offered.map_err(told)?;
        if let Some(names) = self.names.get(&offered) {
            return Ok(names.bind(py).clone());
        }
        let names = PyTuple::new(py, self.core.names(&offered).collect::<Vec<_>>())?;
        if self.names.len() < KEPT {
            self.names.insert(offered, names.clone().unbind());
        }
        Ok(names)
    }
}
