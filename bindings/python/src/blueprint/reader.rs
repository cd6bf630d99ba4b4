//! Records looked at where they are, for as long as something works on them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use jalon::value::{FieldKey, Layout, Picked, Record, Wanted};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::{INTERNAL, raise};
use crate::reading::{Cells, Held, Layouts};
use crate::value;

/// What is known of the fields that are read; a call that cannot have it, because another thread
/// or the record itself is calling too, learns them anew.
#[derive(Debug, Default)]
pub struct Reader(Mutex<Reading>);

/// The fields that are read, and what the names of records mean.
#[derive(Debug, Default)]
pub struct Reading {
    wanted: Wanted,
    layouts: Layouts,
    /// Of a record that is not looked at.
    unread: Layout,
}

impl Reader {
    /// Works on a record; again where the work reads a field for the first time.
    pub fn with<T>(
        &self,
        record: &Bound<'_, PyAny>,
        work: impl FnMut(&dyn Record) -> T,
    ) -> PyResult<T> {
        let dict = value::record(record)?;
        let mut own = Reading::default();
        let mut kept = self.0.try_lock();
        let ready = kept.as_deref_mut().unwrap_or(&mut own);
        let done = catch_unwind(AssertUnwindSafe(|| ready.run(&dict, work)));
        done.unwrap_or_else(|_| {
            *ready = Reading::default();
            Err(raise(record.py(), "JalonError", INTERNAL))
        })
    }
}

impl Reading {
    pub fn new(wanted: Wanted) -> Reading {
        Reading { wanted, ..Reading::default() }
    }

    /// Works on a record, which is not looked at where nothing of it is read; again where the work
    /// reads a field for the first time.
    pub fn run<T>(
        &mut self,
        dict: &Bound<'_, PyDict>,
        mut work: impl FnMut(&dyn Record) -> T,
    ) -> PyResult<T> {
        if let Some(done) = self.run_simple(dict, &mut work) {
            return Ok(done);
        }
        loop {
            let (layout, values) = self.layouts.pick(&self.wanted, dict)?;
            let mut cells = Cells::new();
            for value in &values {
                cells.push(Held::read(value)?);
            }
            let picked = Picked::new(&self.wanted, layout, cells.as_slice());
            let done = work(&picked);
            match picked.missed() {
                Some(field) => self.want(&field),
                None => return Ok(done),
            }
        }
    }

    /// The same on a record of simple values that has the names of the last one.
    fn run_simple<T>(
        &mut self,
        dict: &Bound<'_, PyDict>,
        work: &mut impl FnMut(&dyn Record) -> T,
    ) -> Option<T> {
        let mut cells = Cells::new();
        let layout = if self.wanted.is_empty() {
            &self.unread
        } else {
            self.layouts.look(dict, &mut cells)?
        };
        let picked = Picked::new(&self.wanted, layout, cells.as_slice());
        let done = work(&picked);
        picked.missed().is_none().then_some(done)
    }

    /// From now on, this field is read too.
    fn want(&mut self, field: &FieldKey) {
        self.wanted.add(field);
        self.layouts = Layouts::default();
    }
}
