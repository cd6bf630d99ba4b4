//! Criteria: one record with its reasons, or many without.

use std::sync::Arc;

use super::{Criterion, Diagnostics, Error, Matcher, Program, Verdict};
use crate::checked::Condition;
use crate::columnar::ColumnarMatcher;
use crate::eval::explain::walk::Walk;
use crate::eval::value::{Buffers, Frame};
use crate::eval::{Explanation, Node, RecordError};
use crate::plan::entry::Plan;
use crate::score::runner::Runner;
use crate::value::{Clock, FieldKey, Lent, Record};

impl Criterion {
    /// A criterion without a program: fields are dynamic, and its own words tell the language of
    /// its messages.
    ///
    /// ```
    /// use jalon::{Clock, Criterion};
    /// use serde_json::json;
    ///
    /// let criterion = Criterion::parse("Pays EST Monaco OU Code postal COMMENCE PAR 98")?;
    /// let lead = json!({"Pays": "France", "Code postal": "98000"});
    /// assert!(criterion.matches(&lead, &Clock::default())?);
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with it, as [`Error::Diagnostics`].
    pub fn parse(text: &str) -> Result<Criterion, Error> {
        super::Loader::default().criterion(text)
    }

    /// The checked criterion: names resolved, types known. A rule without `si` has none.
    pub fn condition(&self) -> Option<&Condition> {
        self.condition.as_deref()
    }

    /// Whether it reads the clock.
    pub fn reads_clock(&self) -> bool {
        self.plan.reads_clock()
    }

    /// The warnings and notes it was compiled with.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The program that it belongs to.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The fields of the record that it reads, each once.
    pub fn fields(&self) -> Vec<&FieldKey> {
        fields(&self.plan)
    }

    /// Whether it holds; false where a value is of the wrong type ([`Criterion::explain`] says so).
    ///
    /// # Errors
    /// [`Error::ClockNeeded`]; in strict mode [`Error::Record`].
    pub fn matches<R: Record + ?Sized>(&self, record: &R, clock: &Clock) -> Result<bool, Error> {
        Ok(self.program.run(&self.plan, record, clock)?.holds())
    }

    /// Why it holds or does not.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`]; in strict mode [`Error::Record`].
    pub fn explain<R: Record + ?Sized>(
        &self,
        record: &R,
        clock: &Clock,
    ) -> Result<Explanation, Error> {
        let mut runner = self.program.run(&self.plan, record, clock)?;
        let holds = runner.holds();
        let record = &Lent(record);
        let errors = self.program.errors(&runner, record);
        let root = self.root(&mut runner, record);
        Ok(Explanation { content: self.content(), holds, root, errors })
    }

    fn root(&self, runner: &mut Runner, record: &dyn Record) -> Node {
        let everything = Node::All { holds: true, parts: Vec::new() };
        let (Some(condition), Some(block)) = (&self.condition, &self.plan.criterion) else {
            return everything;
        };
        let (Some(mut state), Some(root)) = (runner.criterion.clone(), block.roots.first()) else {
            return everything;
        };
        let frame = Frame::new(record);
        let mut walk = Walk {
            block,
            state: &mut state,
            frame: &frame,
            context: &runner.context(),
            buffers: &mut Buffers::default(),
            names: &self.program.0.checked.names,
        };
        walk.explain(condition, &root.tree)
    }

    /// For many records given as columns, under one clock.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn columnar(&self, clock: &Clock) -> Result<ColumnarMatcher, Error> {
        let runner = Runner::new(self.plan.clone(), clock, self.program.0.strict)?;
        Ok(ColumnarMatcher::new(runner))
    }

    /// Several criteria of one program for many records given as columns: what they share is
    /// tested once. Those of another program than the first one's are left out of the first
    /// matcher and stand in one of their own, each with the places of its criteria.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn columnar_many(
        criteria: &[Criterion],
        clock: &Clock,
    ) -> Result<Vec<(ColumnarMatcher, Vec<usize>)>, Error> {
        let mut matchers = Vec::new();
        let mut left: Vec<usize> = (0..criteria.len()).collect();
        while let Some(&first) = left.first() {
            let program = &criteria[first].program;
            let same = |index: &usize| Arc::ptr_eq(&criteria[*index].program.0, &program.0);
            let (places, others): (Vec<usize>, Vec<usize>) = left.iter().partition(|i| same(i));
            let conditions: Vec<_> =
                places.iter().map(|place| criteria[*place].condition.as_deref()).collect();
            let plan = Arc::new(Plan::of_conditions(&conditions, &program.0.checked));
            let runner = Runner::new(plan, clock, program.0.strict)?;
            matchers.push((ColumnarMatcher::new(runner), places));
            left = others;
        }
        Ok(matchers)
    }

    /// For many records under one clock.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn matcher(&self, clock: &Clock) -> Result<Matcher, Error> {
        let runner = Runner::new(self.plan.clone(), clock, self.program.0.strict)?;
        Ok(Matcher { criterion: self.clone(), runner })
    }
}

impl Matcher {
    /// Moves the clock.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn set_clock(&mut self, clock: &Clock) -> Result<(), Error> {
        Ok(self.runner.set_clock(clock)?)
    }

    /// Whether a record satisfies the criterion.
    #[inline]
    pub fn test<R: Record + ?Sized>(&mut self, record: &R) -> Verdict {
        let has_errors = self.runner.run(record);
        Verdict { holds: self.runner.holds(), has_errors }
    }

    /// The values of the wrong type in a record, named.
    pub fn errors<R: Record + ?Sized>(&self, record: &R) -> Vec<RecordError> {
        let mut runner = self.runner.clone();
        let record = &Lent(record);
        runner.run(record);
        self.criterion.program.errors(&runner, record)
    }

    /// The criterion that it runs.
    pub fn criterion(&self) -> &Criterion {
        &self.criterion
    }
}

/// The fields of the record that a plan reads, each once.
pub(super) fn fields(plan: &Plan) -> Vec<&FieldKey> {
    let mut fields: Vec<&FieldKey> = Vec::new();
    plan.each_field(&mut |key, _| {
        if !fields.contains(&key) {
            fields.push(key);
        }
    });
    fields
}
