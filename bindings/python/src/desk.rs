//! Where records are judged one at a time, with what was prepared for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use jalon::lang::Lang;
use jalon::program::{self, Criterion, Error, Program, Score};
use jalon::value::{Cell, Clock, Layout, Picked, Value, Wanted};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::{INTERNAL, exception, raise, try_run};
use crate::reading::{Cells, Held, Layouts};
use crate::value;

/// A score, criteria or both, of one program, with what is reused from record to record.
#[derive(Debug)]
pub struct Desk {
    program: Program,
    score: Option<Score>,
    criteria: Vec<Criterion>,
    pub lang: Lang,
    /// What the last call left; a call that cannot have it, because another thread or the record
    /// itself is calling too, prepares its own.
    ready: Mutex<Option<Ready>>,
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
        self.with(py, clock, |_| ())
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
        self.with(py, clock, |ready| {
            let wrong = ready.run(&dict, self.lang)?;
            Ok(answer(&ready.judge, wrong))
        })?
    }

    /// Works on a record away from the interpreter, with its reasons for instance.
    pub fn detached<T: Send>(
        &self,
        record: &Bound<'_, PyAny>,
        clock: &Clock,
        work: impl Fn(&Picked<'_, [Value]>) -> Result<T, Error> + Sync,
    ) -> PyResult<T> {
        let py = record.py();
        let dict = value::record(record)?;
        let done = self.with(py, clock, |ready| {
            loop {
                let (layout, cells) = ready.copy(&dict)?;
                let (done, missed) = try_run(py, self.lang, || {
                    let picked = Picked::new(&ready.wanted, &layout, cells.as_slice());
                    let done = work(&picked);
                    Ok((done, picked.missed()))
                })?;
                match missed {
                    Some(field) => ready.want(&field),
                    None => return PyResult::Ok(done),
                }
            }
        })??;
        done.map_err(|error| exception(py, error, self.lang))
    }

    /// Works with what is ready for a clock; after a panic that is dropped, not reused.
    fn with<T>(
        &self,
        py: Python<'_>,
        clock: &Clock,
        work: impl FnOnce(&mut Ready) -> T,
    ) -> PyResult<T> {
        let mut own = None;
        let mut kept = self.ready.try_lock();
        let place = kept.as_deref_mut().unwrap_or(&mut own);
        let made = match place {
            Some(ready) if ready.judge.clock() == clock => Ok(ready),
            Some(ready) => ready.judge.set_clock(clock).map(|()| ready),
            None => self.make(clock).map(|ready| place.insert(ready)),
        };
        let ready = made.map_err(|error| exception(py, error, self.lang))?;
        catch_unwind(AssertUnwindSafe(|| work(ready))).map_err(|_| {
            *place = None;
            raise(py, "JalonError", INTERNAL)
        })
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
        if let Some(wrong) = self.run_simple(dict) {
            return Ok(wrong);
        }
        loop {
            let (layout, values) = self.layouts.pick(&self.wanted, dict)?;
            let mut cells = Cells::new();
            for value in &values {
                cells.push(Held::read(value)?);
            }
            let picked = Picked::new(&self.wanted, layout, cells.as_slice());
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

    /// The same of a record of simple values that has the names of the last one, where nothing is
    /// wrong in strict mode. Nothing runs code of Python's meanwhile.
    fn run_simple(&mut self, dict: &Bound<'_, PyDict>) -> Option<bool> {
        let mut cells = Cells::new();
        let layout = self.layouts.look(dict, &mut cells)?;
        let picked = Picked::new(&self.wanted, layout, cells.as_slice());
        let wrong = self.judge.run(&picked);
        let is_done = picked.missed().is_none() && !(wrong && self.judge.program().is_strict());
        is_done.then_some(wrong)
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
