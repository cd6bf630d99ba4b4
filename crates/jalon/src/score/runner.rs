//! Running a plan over many records under one clock, with buffers that are reused.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::run::{ScoreState, Sum};
use crate::checked::ScoreId;
use crate::eval::marks::ALWAYS;
use crate::eval::run::{Context, State, fill_from, refill};
use crate::eval::value::{Buffers, Frame};
use crate::plan::block::overlap;
use crate::plan::entry::{Place, Plan};
use crate::value::{Clock, FieldKey, Interval, Lent, NoClock, Record};

/// A plan with a clock and everything that a record needs room for.
#[derive(Clone, Debug)]
pub(crate) struct Runner {
    pub(crate) plan: Arc<Plan>,
    pub(crate) clock: Clock,
    pub(crate) strict: bool,
    pub(crate) times: Vec<Interval>,
    pub(crate) scores: Vec<ScoreState>,
    pub(crate) criterion: Option<State>,
    pub(crate) buffers: Buffers,
    /// The totals of all scores that something reads: all but the last.
    pub(crate) totals: Vec<(ScoreId, Decimal)>,
    /// How often the clock was set, and one more.
    moment: u64,
}

impl Runner {
    /// A plan under a clock; an error when it reads the clock and there is none.
    pub(crate) fn new(plan: Arc<Plan>, clock: &Clock, strict: bool) -> Result<Runner, NoClock> {
        let mut runner = Runner {
            clock: clock.clone(),
            strict,
            times: Vec::with_capacity(plan.times.list.len()),
            scores: plan.scores.iter().map(ScoreState::new).collect(),
            criterion: plan.criterion.as_ref().map(State::new),
            buffers: Buffers::default(),
            totals: Vec::with_capacity(plan.scores.len()),
            moment: ALWAYS,
            plan,
        };
        runner.set_clock(clock)?;
        Ok(runner)
    }

    /// Moves the clock: every date word is resolved once.
    pub(crate) fn set_clock(&mut self, clock: &Clock) -> Result<(), NoClock> {
        if clock.now.is_none() && self.plan.reads_clock() {
            return Err(NoClock);
        }
        self.moment += 1;
        self.clock = clock.clone();
        self.plan.times.resolve(clock, &mut self.times)?;
        for (state, plan) in self.scores.iter_mut().zip(&self.plan.scores) {
            state.set_clock(plan, clock);
        }
        Ok(())
    }

    /// Runs everything on a record; whether a value of the wrong type was met.
    #[inline(never)]
    pub(crate) fn run<R: Record + ?Sized>(&mut self, record: &R) -> bool {
        let Runner { plan, clock, strict, times, scores, criterion, buffers, totals, moment } =
            self;
        let moment = Some(*moment);
        let lent = Lent(record);
        let frame = Frame::new(&lent);
        let mut wrong = false;
        // Written only where needed: who reads a list right after waits for the write.
        if !totals.is_empty() {
            totals.clear();
        }
        if !buffers.arena.is_empty() {
            buffers.arena.clear();
        }
        for (index, (score, state)) in plan.scores.iter().zip(scores).enumerate() {
            let context = Context { clock, times, totals, strict: *strict, moment };
            state.run(score, record, &frame, &context, buffers);
            wrong |= state.wrong;
            if index + 1 < plan.scores.len() || criterion.is_some() {
                totals.push((score.id, state.sum.decimal()));
            }
        }
        if let (Some(block), Some(state)) = (&plan.criterion, criterion) {
            let context = Context { clock, times, totals, strict: *strict, moment };
            fill_from(block, state, record, &frame, &context, buffers);
            wrong |= overlap(&block.errors, &state.bits);
        }
        wrong
    }

    /// [`Runner::run`] on a record with records around it.
    pub(crate) fn run_on(&mut self, frame: &Frame<'_>) {
        let Runner { plan, clock, strict, times, scores, criterion, buffers, totals, moment } =
            self;
        let moment = Some(*moment);
        totals.clear();
        buffers.arena.clear();
        for (score, state) in plan.scores.iter().zip(scores) {
            let context = Context { clock, times, totals, strict: *strict, moment };
            state.run(score, frame.record, frame, &context, buffers);
            totals.push((score.id, state.sum.decimal()));
        }
        if let (Some(block), Some(state)) = (&plan.criterion, criterion) {
            let context = Context { clock, times, totals, strict: *strict, moment };
            fill_from(block, state, frame.record, frame, &context, buffers);
        }
    }

    /// [`Runner::run_on`] after a record of which only some fields were others; what is around it
    /// may have been another.
    pub(crate) fn run_again(&mut self, frame: &Frame<'_>, is_other: &dyn Fn(&FieldKey) -> bool) {
        if !self.plan.scores.is_empty() {
            return self.run_on(frame);
        }
        let Runner { plan, clock, strict, times, criterion, buffers, totals, moment, .. } = self;
        let moment = Some(*moment);
        buffers.arena.clear();
        if let (Some(block), Some(state)) = (&plan.criterion, criterion) {
            let context = Context { clock, times, totals, strict: *strict, moment };
            refill(block, state, frame, &context, buffers, is_other);
        }
    }

    /// After [`Runner::run`]: whether the criterion holds.
    #[inline]
    pub(crate) fn holds(&self) -> bool {
        match (&self.plan.criterion, &self.criterion) {
            (Some(block), Some(state)) => {
                block.roots.first().is_some_and(|root| root.holds(&state.bits))
            }
            _ => false,
        }
    }

    /// After [`Runner::run`]: whether one of several conditions holds.
    #[inline]
    pub(crate) fn holds_at(&self, place: Place) -> bool {
        let (block, state) = match place.score {
            Some(index) => (
                self.plan.scores.get(index).map(|score| &score.block),
                self.scores.get(index).map(|state| &state.block),
            ),
            None => (self.plan.criterion.as_ref(), self.criterion.as_ref()),
        };
        match (block.and_then(|block| block.roots.get(place.root)), state) {
            (Some(root), Some(state)) => root.holds(&state.bits),
            _ => false,
        }
    }

    /// After [`Runner::run`]: the total of one of the scores.
    pub(crate) fn total_of(&self, id: ScoreId) -> Decimal {
        let mut all = self.plan.scores.iter().zip(&self.scores);
        let found = all.find(|(score, _)| score.id == id);
        found.map_or(Decimal::ZERO, |(_, state)| state.sum.decimal())
    }

    /// After [`Runner::run`]: the total of the last score. (Inlined to where it is wanted: a decimal
    /// is written in parts, and who copies it whole waits for the writes.)
    #[inline]
    pub(crate) fn total(&self) -> Decimal {
        self.scores.last().map_or(Sum::default(), |score| score.sum).decimal()
    }

    /// What stays the same for all records.
    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            clock: &self.clock,
            times: &self.times,
            totals: &self.totals,
            strict: self.strict,
            moment: Some(self.moment),
        }
    }
}
