//! When a score can change by itself: expiries, decay, date words, events to come.
//!
//! The instants at which something moves are computed exactly; the score is evaluated at each
//! in turn, and the first at which its total differs is the answer.

use super::events::{each_event, has_happened, moment};
use super::runner::Runner;
use crate::eval::expr::Machine;
use crate::eval::run::{Context, State};
use crate::eval::value::{Buffers, Frame};
use crate::plan::block::{Block, Input, Source};
use crate::plan::code::Code;
use crate::plan::entry::Plan;
use crate::plan::kernel::Kernel;
use crate::plan::score::{EventPlan, LineKind, Points};
use crate::plan::time::{Axis, TimeId};
use crate::value::typed::{self, Typed};
use crate::value::{Clock, Date, Instant, Moment, Record, ValueRef};

/// After so many instants at which something moves and the total does not, the next one is
/// given as it is: the score is worth evaluating again then.
const PATIENCE: usize = 400;

/// The earliest instant after the runner's clock at which the total of a record differs.
pub(crate) fn next_change(runner: &Runner, record: &dyn Record) -> Option<Instant> {
    runner.clock.now?;
    let mut later = runner.clone();
    later.run(record);
    let total = later.total();
    for _ in 0..PATIENCE {
        let next = next_move(&mut later, record)?;
        let clock = Clock { now: Some(next), ..later.clock.clone() };
        later.set_clock(&clock).ok()?;
        later.run(record);
        if later.total() != total {
            return Some(next);
        }
    }
    next_move(&mut later, record)
}

/// The earliest instant after the runner's clock at which anything moves.
fn next_move(runner: &mut Runner, record: &dyn Record) -> Option<Instant> {
    let plan = runner.plan.clone();
    let mut buffers = Buffers::default();
    let mut moves = Moves {
        plan: &plan,
        context: Context {
            clock: &runner.clock,
            times: &runner.times,
            totals: &runner.totals,
            strict: runner.strict,
            moment: None,
        },
        buffers: &mut buffers,
        next: None,
    };
    let frame = Frame::new(record);
    for score in &plan.scores {
        moves.block(&score.block, &frame);
        for line in &score.lines {
            match &line.kind {
                LineKind::Fixed { .. } => {}
                LineKind::Computed { points, .. } => moves.code(&score.block, points, &frame),
                LineKind::Events(events) => moves.events(events, &frame),
            }
        }
    }
    moves.next
}

struct Moves<'m> {
    plan: &'m Plan,
    context: Context<'m>,
    buffers: &'m mut Buffers,
    next: Option<Instant>,
}

impl Moves<'_> {
    fn at(&mut self, instant: Option<Instant>) {
        let now = self.context.clock.now;
        let later = instant.filter(|instant| now.is_some_and(|now| *instant > now));
        self.next = match (self.next, later) {
            (Some(next), Some(later)) => Some(next.min(later)),
            (next, later) => next.or(later),
        };
    }

    /// The start of the day after today.
    fn at_midnight(&mut self) {
        let clock = self.context.clock;
        let tomorrow = clock.today().and_then(|today| today.plus_days(1));
        self.at(tomorrow.map(|date| clock.zone.start_of(date)));
    }

    fn block(&mut self, block: &Block, frame: &Frame<'_>) {
        for source in &block.sources {
            if let Input::Code { code, .. } = &source.input {
                self.code(block, code, frame);
            }
            self.source(block, source, frame);
        }
        for (term, _) in block.compares.iter().flat_map(|compare| &compare.terms) {
            self.code(block, term, frame);
        }
        for related in &block.related {
            self.each(frame.get(&related.list), &block.nested[related.nested], frame);
        }
    }

    fn each(&mut self, list: ValueRef<'_>, block: &Block, frame: &Frame<'_>) {
        let Typed::Value(records) = typed::records(list) else { return };
        for index in 0..records.len() {
            if let Some(record) = typed::record(records.at(index)) {
                self.block(block, &Frame { record, outer: Some(frame) });
            }
        }
    }

    /// The date tests on a value: each date word moves past it at a time of its own.
    fn source(&mut self, block: &Block, source: &Source, frame: &Frame<'_>) {
        let times: Vec<(Axis, TimeId)> = match &source.kernel {
            Kernel::Time(axis, kernel) => kernel.times().map(|id| (*axis, id)).collect(),
            Kernel::Dynamic(kernel) => kernel.times().collect(),
            _ => return,
        };
        if !times.iter().any(|(_, id)| self.reads_now(*id)) {
            return;
        }
        let value = match &source.input {
            Input::Field(field) => frame.get(field),
            Input::Code { code, .. } => {
                let mut nested: Vec<State> = block.nested.iter().map(State::new).collect();
                let mut machine = Machine {
                    block,
                    nested: &mut nested,
                    context: &self.context,
                    buffers: self.buffers,
                };
                let Ok(value) = machine.eval(code, frame) else { return };
                match typed::moment(value.lend(&self.buffers.arena)) {
                    Typed::Value(moment) => return self.pass(moment, &times),
                    _ => return,
                }
            }
        };
        if let Typed::Value(moment) = typed::moment(value) {
            self.pass(moment, &times);
        }
    }

    fn pass(&mut self, moment: Moment, times: &[(Axis, TimeId)]) {
        let clock = self.context.clock;
        for (axis, id) in times {
            let place = match axis {
                Axis::Days => Moment::Date(clock.zone.date_of(moment)),
                Axis::Micros => Moment::Instant(clock.zone.instant_of(moment)),
            };
            if let Some((spec, _)) = self.plan.times.list.get(*id as usize) {
                self.at(spec.next_change(place, clock));
            }
        }
    }

    fn reads_now(&self, id: TimeId) -> bool {
        self.plan.times.list.get(id as usize).is_some_and(|(spec, _)| spec.reads_now())
    }

    /// An expression that reads the clock may move at midnight.
    fn code(&mut self, block: &Block, code: &Code, frame: &Frame<'_>) {
        match code {
            Code::Const(_) | Code::Field(_) | Code::Score(_) => {}
            Code::Time(_, id) => {
                if self.reads_now(*id) {
                    self.at_midnight();
                }
            }
            Code::Negate(part) | Code::Escaped(part, _) | Code::Shift { base: part, .. } => {
                self.code(block, part, frame);
            }
            Code::Binary(left, _, right) => {
                self.code(block, left, frame);
                self.code(block, right, frame);
            }
            Code::Call(_, parts) | Code::Template(parts) => {
                for part in parts {
                    self.code(block, part, frame);
                }
            }
            Code::Aggregate { list, field, filter, .. } => {
                if let Some(filter) = filter {
                    self.each(frame.get(list), &block.nested[*filter], frame);
                }
                if let Some(field) = field {
                    self.code(block, field, frame);
                }
            }
            Code::If(nested, then, otherwise) => {
                self.block(&block.nested[*nested], frame);
                self.code(block, then, frame);
                self.code(block, otherwise, frame);
            }
        }
    }

    fn events(&mut self, plan: &EventPlan, frame: &Frame<'_>) {
        let clock = self.context.clock;
        each_event(plan, frame.record, |event| {
            let inner = Frame { record: event, outer: Some(frame) };
            self.block(&plan.block, &inner);
            if let Points::Code(code) = &plan.points {
                self.code(&plan.block, code, &inner);
            }
            let Typed::Value(moment) = moment(event, &plan.at_key) else { return };
            if !has_happened(moment, clock) {
                return self.at(Some(clock.zone.instant_of(moment)));
            }
            let day = clock.zone.date_of(moment);
            if let Some((count, unit)) = plan.window {
                let first = |today: Date| clock.shift_date(today, -i64::from(count), unit);
                if clock.today().is_none_or(|today| first(today) > day) {
                    return;
                }
                self.at(first_day(clock, |today| first(today) > day));
            }
            if self.still_decays(plan, day, &inner) {
                self.at_midnight();
            }
        });
    }
}

impl Moves<'_> {
    /// Whether an event still gives points that tomorrow may be fewer.
    fn still_decays(&mut self, plan: &EventPlan, day: Date, event: &Frame<'_>) -> bool {
        let (Some(decay), Some(today)) = (&plan.decay, self.context.clock.today()) else {
            return false;
        };
        let points = match &plan.points {
            Points::Const(points) => Some(*points),
            Points::Code(code) => {
                let mut state = State::new(&plan.block);
                let (nested, context) = (&mut state.nested, &self.context);
                let buffers = &mut *self.buffers;
                let mut machine = Machine { block: &plan.block, nested, context, buffers };
                machine.number(code, event).ok().flatten()
            }
        };
        let age = u32::try_from(today.days() - day.days()).unwrap_or(0);
        points.and_then(|p| decay.apply(p, age)).is_some_and(|points| !points.is_zero())
    }
}

/// The start of the first day after today on which something that stays so becomes so.
fn first_day(clock: &Clock, holds: impl Fn(Date) -> bool) -> Option<Instant> {
    let (mut before, mut after) = (clock.today()?, Date::MAX);
    if holds(before) || !holds(after) {
        return None;
    }
    while after.days() - before.days() > 1 {
        let middle = Date::from_days(before.days() + (after.days() - before.days()) / 2);
        if holds(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
    Some(clock.zone.start_of(after))
}
