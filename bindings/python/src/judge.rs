//! What is prepared for many records one at a time, and the score of one.

use std::fmt;

use jalon::program;
use jalon::value::Clock;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyTuple};
use rust_decimal::Decimal;

use crate::clock::{When, clock};
use crate::criterion::Criterion;
use crate::desk::Desk;
use crate::program::Program;
use crate::reasons::Reasons;
use crate::score::Score;
use crate::value;

/// A score, a criterion or several, ready to judge records under one clock.
#[pyclass(frozen, subclass, module = "jalon._native")]
#[derive(Debug)]
pub struct Judge {
    desk: Desk,
    clock: Clock,
    answer: Answer,
}

/// What is answered.
#[derive(Debug)]
enum Answer {
    Total,
    Holds,
    All(Tuples),
}

/// The tuples of verdicts that were given, by the verdicts as bits.
struct Tuples(Box<[PyOnceLock<Py<PyTuple>>]>);

impl fmt::Debug for Tuples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tuples", self.0.len())
    }
}

impl Tuples {
    /// How many criteria may have all their tuples kept.
    const KEPT: usize = 10;

    fn new(criteria: usize) -> Tuples {
        let count = if criteria <= Tuples::KEPT { 1 << criteria } else { 0 };
        Tuples((0..count).map(|_| PyOnceLock::new()).collect())
    }

    fn of<'py>(
        &self,
        py: Python<'py>,
        held: impl ExactSizeIterator<Item = bool> + Clone,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let make = || PyTuple::new(py, held.clone());
        if self.0.is_empty() {
            return make();
        }
        let bits = held.clone().fold(0, |bits, held| bits << 1 | usize::from(held));
        let kept = self.0[bits].get_or_try_init(py, || make().map(Bound::unbind))?;
        Ok(kept.bind(py).clone())
    }
}

#[pymethods]
impl Judge {
    /// Its answers are, when `single`, that of the score or of the criterion; otherwise the total
    /// and a tuple of whether each criterion holds.
    #[new]
    fn new(
        py: Python<'_>,
        program: &Program,
        score: Option<&Score>,
        criteria: Vec<PyRef<'_, Criterion>>,
        when: When<'_>,
        single: bool,
    ) -> PyResult<Judge> {
        let criteria: Vec<_> = criteria.iter().map(|criterion| criterion.core.clone()).collect();
        let answer = match (single, score) {
            (false, _) => Answer::All(Tuples::new(criteria.len())),
            (true, Some(_)) => Answer::Total,
            (true, None) => Answer::Holds,
        };
        let score = score.map(|score| score.core.clone());
        // By itself, a criterion may be of any program.
        let core = match (&score, criteria.as_slice()) {
            (None, [criterion]) => criterion.program(),
            _ => &program.core,
        };
        let clock = clock(py, &when, core, program.lang)?;
        let desk = Desk::new(core.clone(), score, criteria, program.lang);
        desk.prepare(py, &clock)?;
        Ok(Judge { desk, clock, answer })
    }

    /// Judges a record.
    fn __call__<'py>(&self, record: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = record.py();
        match &self.answer {
            Answer::Total => {
                let total = self.desk.run(record, &self.clock, |judge, _| judge.total())?;
                value::decimal(py, total)
            }
            Answer::Holds => {
                let holds =
                    self.desk.run(record, &self.clock, |judge, _| judge.held().all(|held| held))?;
                Ok(PyBool::new(py, holds).to_owned().into_any())
            }
            Answer::All(tuples) => self.desk.run(record, &self.clock, |judge, _| {
                let held = tuples.of(py, judge.held())?.into_any();
                let total = value::decimal(py, judge.total())?;
                Ok(PyTuple::new(py, [total, held])?.into_any())
            })?,
        }
    }
}

/// The score of a record, its reasons not worked out.
#[pyclass(frozen, subclass, module = "jalon._native")]
#[derive(Debug)]
pub struct Scored {
    program: Py<PyAny>,
    score: Py<Score>,
    record: Py<PyAny>,
    now: Option<Py<PyAny>>,
    zone: Option<Py<PyAny>>,
    clock: Clock,
    total: Decimal,
    /// Whether a value of the wrong type was met.
    #[pyo3(get)]
    has_errors: bool,
}

#[pymethods]
impl Scored {
    #[new]
    fn new<'py>(
        program: Py<PyAny>,
        score: Bound<'py, Score>,
        record: Bound<'py, PyAny>,
        now: Option<Bound<'py, PyAny>>,
        zone: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Scored> {
        let desk = &score.get().desk;
        let when = (now, zone);
        let clock = clock(record.py(), &when, score.get().core.program(), desk.lang)?;
        let (total, has_errors) =
            desk.run(&record, &clock, |judge, wrong| (judge.total(), wrong))?;
        let kept = |object: Option<Bound<'py, PyAny>>| object.map(Bound::unbind);
        let (now, zone) = (kept(when.0), kept(when.1));
        let (score, record) = (score.unbind(), record.unbind());
        Ok(Scored { program, score, record, now, zone, clock, total, has_errors })
    }

    /// What it was made of: the program, the record, `now` and `zone`.
    fn made_of<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (&self.program, &self.record, &self.now, &self.zone).into_pyobject(py)
    }

    #[getter]
    fn name(&self) -> &str {
        self.core().name()
    }

    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        value::decimal(py, self.total)
    }

    #[getter]
    fn stars(&self) -> Option<u32> {
        self.core().stars(self.total)
    }

    #[getter]
    fn label(&self) -> Option<&str> {
        self.core().label(self.total)
    }

    /// The total with its reasons, from the record as it is now.
    fn evaluate(&self, py: Python<'_>) -> PyResult<Reasons> {
        let desk = &self.score.get().desk;
        let core = self.core();
        let record = self.record.bind(py);
        let reasons =
            desk.detached(record, &self.clock, |record| core.evaluate(record, &self.clock))?;
        Ok(Reasons::of_score(reasons, desk.lang))
    }
}

impl Scored {
    fn core(&self) -> &program::Score {
        &self.score.get().core
    }
}
