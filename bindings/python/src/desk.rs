//! Where records are judged one at a time, with what was prepared for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use jalon::lang::Lang;
use jalon::program::{self, Criterion, Error, Program, Score};
use jalon::value::{Cell, Clock, Layout, Picked, Value, Wanted};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use smallvec::SmallVec;

use crate::error::{INTERNAL, exception, raise, try_run};
use crate::reading::{Held, Layouts};
use crate::value;

/// A score, criteria or both, of one program, with what is reused from record to record.
#[derive(Debug)]
pub struct Desk {
    program: Program,
    score: Option<Score>,
    criteria: Vec<Criterion>,
    pub lang: Lang,
    /// What the last call left; a call that finds nothing here, because another thread or the
    /// record itself is calling too, prepares its own.
    ready: Mutex<Option<Box<Ready>>>,
}

#[derive(Debug)]
struct Ready {
    judge: program::Judge,
    wanted: Wanted,
    layouts: Layouts,
}

impl Desk {
    pub fn new(
        program: Program,
        score: Option<Score>,
        criteria: Vec<Criterion>,
        lang: Lang,
    ) -> Desk {
        Desk { program, score, criteria, lang, ready: Mutex::default() }
    }

    /// Makes ready; an error if the clock is needed and says no time, or if a part belongs to
    /// another program.
    pub fn prepare(&self, py: Python<'_>, clock: &Clock) -> PyResult<()> {
        let ready = self.take(py, clock)?;
        self.put(ready);
        Ok(())
    }

    /// Judges a record; `answer` takes what it wants of the judge, which also knows whether a
    /// wrong value was met.
    pub fn run<T>(
        &self,
        record: &Bound<'_, PyAny>,
        clock: &Clock,
        answer: impl FnOnce(&program::Judge, bool) -> T,
    ) -> PyResult<T> {
        let py = record.py();
        let dict = value::record(record)?;
        let mut ready = self.take(py, clock)?;
        let judged = catch_unwind(AssertUnwindSafe(|| {
            let wrong = ready.run(&dict, self.lang)?;
            Ok(answer(&ready.judge, wrong))
        }));
        // After a panic what was prepared is dropped, not reused.
        let judged = judged.map_err(|_| raise(py, "JalonError", INTERNAL))?;
        self.put(ready);
        judged
    }

    /// Works on a record away from the interpreter, with its reasons for instance.
    pub fn detached<T: Send>(
        &self,
        record: &Bound<'_, PyAny>,
        clock: &Clock,
        work: impl Fn(&Picked<'_, Value>) -> Result<T, Error> + Sync,
    ) -> PyResult<T> {
        let py = record.py();
        let dict = value::record(record)?;
        let mut ready = self.take(py, clock)?;
        let done = loop {
            let (layout, cells) = ready.copy(&dict)?;
            let (done, missed) = try_run(py, self.lang, || {
                let picked = Picked::new(&ready.wanted, &layout, &cells);
                let done = work(&picked);
                Ok((done, picked.missed()))
            })?;
            match missed {
                Some(field) => ready.want(&field),
                None => break done,
            }
        };
        self.put(ready);
        done.map_err(|error| exception(py, error, self.lang))
    }

    fn take(&self, py: Python<'_>, clock: &Clock) -> PyResult<Box<Ready>> {
        let ready = self.ready.try_lock().ok().and_then(|mut ready| ready.take());
        let made = match ready {
            Some(ready) if ready.judge.clock() == clock => Ok(ready),
            Some(mut ready) => ready.judge.set_clock(clock).map(|()| ready),
            None => self.make(clock).map(Box::new),
        };
        made.map_err(|error| exception(py, error, self.lang))
    }

    fn put(&self, ready: Box<Ready>) {
        if let Ok(mut place) = self.ready.try_lock() {
            *place = Some(ready);
        }
    }

    fn make(&self, clock: &Clock) -> Result<Ready, Error> {
        let judge = self.program.judge(self.score.as_ref(), &self.criteria, clock)?;
        let wanted = judge.wanted();
        Ok(Ready { judge, wanted, layouts: Layouts::default() })
    }
}

impl Ready {
    /// Whether a value of the wrong type was met; in strict mode that is an error.
    fn run(&mut self, dict: &Bound<'_, PyDict>, lang: Lang) -> PyResult<bool> {
        loop {
            let (layout, values) = self.layouts.pick(&self.wanted, dict)?;
            let mut cells = SmallVec::<[Held<'_>; 16]>::new();
            for value in &values {
                cells.push(Held::read(value)?);
            }
            let picked = Picked::new(&self.wanted, layout, &cells);
            let wrong = self.judge.run(&picked);
            let errors = (wrong && self.judge.program().is_strict())
                .then(|| Error::Record(self.judge.errors(&picked)));
            match (picked.missed(), errors) {
                (Some(field), _) => self.want(&field),
                (None, Some(errors)) => return Err(exception(dict.py(), errors, lang)),
                (None, None) => return Ok(wrong),
            }
        }
    }

    /// The values that are read, owned.
    fn copy(&mut self, dict: &Bound<'_, PyDict>) -> PyResult<(Layout, Vec<Value>)> {
        let (layout, values) = self.layouts.pick(&self.wanted, dict)?;
        let cells = values.iter().map(|value| Ok(Held::read(value)?.to_value()));
        Ok((layout.clone(), cells.collect::<PyResult<_>>()?))
    }

    /// From now on, this field is read too.
    fn want(&mut self, field: &jalon::value::FieldKey) {
        self.wanted.add(field);
        self.layouts = Layouts::default();
    }
}
