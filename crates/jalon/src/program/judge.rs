//! A score and criteria over one record at once.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Criterion, Error, Judge, Lent, Program, Score};
use crate::eval::RecordError;
use crate::plan::entry::{Place, Plan};
use crate::score::runner::Runner;
use crate::value::{Clock, Record, Wanted};

impl Program {
    /// A score, criteria, or both, for many records under one clock.
    ///
    /// ```
    /// use jalon::{Clock, Program};
    /// use serde_json::json;
    ///
    /// let program = Program::parse("score Fit\n  +10 if Country IS Monaco\n")?;
    /// let criteria = [program.criterion("Country ISN'T EMPTY", None)?];
    /// let mut judge = program.judge(Some(&program.score(None)?), &criteria, &Clock::default())?;
    /// assert!(!judge.run(&json!({"Country": "Monaco"})));
    /// assert_eq!(judge.total().to_string(), "10");
    /// assert_eq!(judge.held().collect::<Vec<_>>(), [true]);
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::ClockNeeded`]; [`Error::Unknown`] for a score or a criterion of another program.
    pub fn judge(
        &self,
        score: Option<&Score>,
        criteria: &[Criterion],
        clock: &Clock,
    ) -> Result<Judge, Error> {
        let foreign = |what, name: &str| {
            let name = name.to_owned();
            Err(Error::Unknown { what, name, suggestion: None })
        };
        if let Some(score) = score
            && !self.is(score.program())
        {
            return foreign("score", score.name());
        }
        if criteria.iter().any(|criterion| !self.is(criterion.program())) {
            return foreign("criterion", "");
        }
        let (plan, places) = match (score, criteria) {
            (Some(score), []) => (score.plan.clone(), Vec::new()),
            (None, [criterion]) => (criterion.plan.clone(), vec![Place { score: None, root: 0 }]),
            _ => {
                let conditions: Vec<_> =
                    criteria.iter().map(|criterion| criterion.condition.as_deref()).collect();
                let id = score.map(|score| score.id);
                let (plan, places) = Plan::of_all(id, &conditions, &self.0.checked);
                (Arc::new(plan), places)
            }
        };
        let runner = Runner::new(plan, clock, self.0.strict)?;
        Ok(Judge { program: self.clone(), score: score.cloned(), places, runner })
    }

    /// Whether two are the same, not merely equal.
    pub fn is(&self, other: &Program) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether a value of the wrong type or an absent field is an error.
    pub fn is_strict(&self) -> bool {
        self.0.strict
    }
}

impl Judge {
    /// Moves the clock.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn set_clock(&mut self, clock: &Clock) -> Result<(), Error> {
        Ok(self.runner.set_clock(clock)?)
    }

    /// The clock it runs under.
    pub fn clock(&self) -> &Clock {
        &self.runner.clock
    }

    /// Judges a record; whether a value of the wrong type was met.
    pub fn run<R: Record + ?Sized>(&mut self, record: &R) -> bool {
        self.runner.run(&Lent(record))
    }

    /// After [`Judge::run`]: the score's total; 0 without a score.
    pub fn total(&self) -> Decimal {
        self.score.as_ref().map_or(Decimal::ZERO, |score| self.runner.total_of(score.id))
    }

    /// After [`Judge::run`]: whether each criterion holds, in their order.
    pub fn held(&self) -> impl ExactSizeIterator<Item = bool> + Clone {
        self.places.iter().map(|place| self.runner.holds_at(*place))
    }

    /// The values of the wrong type in a record, named.
    pub fn errors<R: Record + ?Sized>(&self, record: &R) -> Vec<RecordError> {
        let mut runner = self.runner.clone();
        let record = &Lent(record);
        runner.run(record);
        self.program.errors(&runner, record)
    }

    /// The fields of the record that it reads.
    pub fn wanted(&self) -> Wanted {
        Wanted::of_plan(&self.runner.plan, |plan, mut visit| plan.each_field(&mut visit))
    }

    /// The program that it belongs to.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The score that it runs.
    pub fn score(&self) -> Option<&Score> {
        self.score.as_ref()
    }
}
