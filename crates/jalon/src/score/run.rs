//! Running a score on a record: lines, events, caps, groups, limits.

use rust_decimal::Decimal;

use super::events::Occurrence;
use super::result::{EventCounts, EventPoints};
use crate::eval::arithmetic::add;
use crate::eval::expr::Machine;
use crate::eval::run::{Context, State, fill_from};
use crate::eval::value::{Buffers, Frame};
use crate::plan::block::{Block, overlap};
use crate::plan::score::{LineKind, ScorePlan, capped};
use crate::value::{Clock, Date, Record};

/// What a score needs room for, and after a run what it found.
#[derive(Clone, Debug)]
pub(crate) struct ScoreState {
    /// The bits of the record.
    pub(crate) block: State,
    /// The bits of one event, for each line; only those of event lines are used.
    pub(crate) events: Vec<State>,
    /// For each line the first day of its window.
    pub(crate) first_days: Vec<Option<Date>>,
    /// What each line gave.
    pub(crate) lines: Vec<LineState>,
    /// Whether each line held.
    pub(crate) held: Vec<bool>,
    /// For each group, and last for the lines without one, the sum of its computed points.
    computed: Vec<Decimal>,
    /// Likewise the sum of its constant points, scaled.
    fixed: Vec<i64>,
    /// The total.
    pub(crate) sum: Sum,
    /// Whether a value of the wrong type was met.
    pub(crate) wrong: bool,
    /// The events of the line at hand that may give points.
    pub(super) queue: Vec<Occurrence>,
}

/// A total: made a decimal only where it is read, since a decimal is written in parts and copied
/// whole, which waits for the writes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sum {
    /// An integer at a scale.
    Scaled(i64, u32),
    /// Any number.
    Exact(Decimal),
}

impl Default for Sum {
    fn default() -> Sum {
        Sum::Scaled(0, 0)
    }
}

impl Sum {
    /// As a decimal, made of parts in registers whichever way: were it copied, the copy would wait
    /// for its parts to be written.
    #[inline]
    pub(crate) fn decimal(self) -> Decimal {
        let (low, middle, high, negative, scale) = match self {
            Sum::Scaled(sum, scale) => {
                let size = sum.unsigned_abs();
                (size as u32, (size >> 32) as u32, 0, sum < 0, scale)
            }
            Sum::Exact(sum) => {
                let parts = sum.unpack();
                (parts.lo, parts.mid, parts.hi, parts.negative, parts.scale)
            }
        };
        Decimal::from_parts(low, middle, high, negative, scale)
    }
}

/// What a line gave.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LineState {
    /// Its points, after its cap.
    pub(crate) points: Decimal,
    /// Before its cap.
    pub(crate) uncapped: Decimal,
    /// What became of its events.
    pub(crate) counts: EventCounts,
    /// Whether its points could not be computed.
    pub(crate) failed: bool,
}

impl ScoreState {
    /// Room for a score.
    pub(crate) fn new(plan: &ScorePlan) -> ScoreState {
        let events = plan.lines.iter().map(|line| match &line.kind {
            LineKind::Events(events) => State::new(&events.block),
            _ => State::new(&Block::default()),
        });
        ScoreState {
            block: State::new(&plan.block),
            events: events.collect(),
            first_days: vec![None; plan.lines.len()],
            lines: vec![LineState::default(); plan.lines.len()],
            held: vec![false; plan.lines.len()],
            computed: vec![Decimal::ZERO; plan.groups.len() + 1],
            fixed: vec![0; plan.groups.len() + 1],
            sum: Sum::default(),
            wrong: false,
            queue: Vec::new(),
        }
    }

    /// Moves the windows of event lines.
    pub(crate) fn set_clock(&mut self, plan: &ScorePlan, clock: &Clock) {
        for (first, line) in self.first_days.iter_mut().zip(&plan.lines) {
            *first = match (&line.kind, clock.today()) {
                (LineKind::Events(events), Some(today)) => events
                    .window
                    .map(|(count, unit)| clock.shift_date(today, -i64::from(count), unit)),
                _ => None,
            };
        }
    }

    /// Finds the total of a record.
    #[inline]
    pub(crate) fn run<R: Record + ?Sized>(
        &mut self,
        plan: &ScorePlan,
        record: &R,
        frame: &Frame<'_>,
        context: &Context<'_>,
        buffers: &mut Buffers,
    ) {
        fill_from(&plan.block, &mut self.block, record, frame, context, buffers);
        self.add_up(plan, frame, context, buffers);
    }

    /// Finds the total of a record whose bits are filled.
    pub(crate) fn add_up(
        &mut self,
        plan: &ScorePlan,
        frame: &Frame<'_>,
        context: &Context<'_>,
        buffers: &mut Buffers,
    ) {
        self.wrong = overlap(&plan.block.errors, &self.block.bits);
        if !plan.groups.is_empty() {
            self.fixed.fill(0);
        }
        let word = self.block.bits[0];
        let ungrouped = plan.groups.len();
        let mut sum = 0_i64;
        // No sum of lines can overflow: see `MAX_POINTS`.
        for line in &plan.plain {
            let holds = line.glance.holds(word);
            self.held[line.line as usize] = holds;
            sum = sum.wrapping_add(line.points[usize::from(holds)]);
        }
        for line in plan.others.iter().map(|index| &plan.quick[*index as usize]) {
            let holds = match line.root {
                None => line.holds(word),
                Some(root) => plan.block.roots[root as usize].holds(&self.block.bits),
            };
            self.held[line.line as usize] = holds;
            let points = line.points[usize::from(holds)];
            if line.group as usize == ungrouped {
                sum = sum.wrapping_add(points);
            } else {
                let group = &mut self.fixed[line.group as usize];
                *group = group.wrapping_add(points);
            }
        }
        self.fixed[ungrouped] = sum;
        if let Some(bounds) = &plan.bounds {
            self.sum = Sum::Scaled(bounds.total(&self.fixed), plan.scale);
            return;
        }
        self.computed.fill(Decimal::ZERO);
        if plan.quick.len() < plan.lines.len() {
            for (index, line) in plan.lines.iter().enumerate() {
                if !matches!(line.kind, LineKind::Fixed { .. }) {
                    let group = line.group.unwrap_or(ungrouped);
                    self.compute(plan, index, group, frame, context, buffers);
                }
            }
        }
        self.sum = Sum::Exact(self.total(plan));
    }

    /// A line whose points are not constant.
    fn compute(
        &mut self,
        plan: &ScorePlan,
        index: usize,
        group: usize,
        frame: &Frame<'_>,
        context: &Context<'_>,
        buffers: &mut Buffers,
    ) {
        let line = &plan.lines[index];
        let mut state = LineState::default();
        match &line.kind {
            LineKind::Fixed { .. } => {}
            LineKind::Computed { root, points } => {
                self.held[index] = plan.block.roots[*root].holds(&self.block.bits);
                if self.held[index] {
                    let nested = &mut self.block.nested;
                    let mut machine = Machine { block: &plan.block, nested, context, buffers };
                    match machine.number(points, frame) {
                        Ok(points) => state.uncapped = points.unwrap_or_default(),
                        Err(_) => state.failed = true,
                    }
                }
            }
            LineKind::Events(events) => {
                state = self.events(events, index, frame, context, buffers);
                self.held[index] = state.counts.counted + state.counts.over_daily_limit > 0;
            }
        }
        state.points = capped(state.uncapped, line.cap);
        if let Some(sum) = add(self.computed[group], state.points) {
            self.computed[group] = sum;
        } else {
            state.failed = true;
            state.points = Decimal::ZERO;
        }
        self.wrong |= state.failed;
        self.lines[index] = state;
    }

    /// Adds constant points, then applies the limits of groups and of the score.
    fn total(&self, plan: &ScorePlan) -> Decimal {
        let mut total = Decimal::ZERO;
        for index in 0..self.fixed.len() {
            let sum = self.group_sum(plan, index);
            let limited = match plan.groups.get(index) {
                Some(Some((low, high))) => sum.clamp(*low, *high),
                _ => sum,
            };
            if !limited.is_zero() {
                total = add(total, limited).unwrap_or(total);
            }
        }
        if let Some((low, high)) = plan.limits {
            total = total.clamp(low, high);
        }
        total
    }

    /// After a run: the sum of a group, before its limits; the last is that of lines without one.
    pub(crate) fn group_sum(&self, plan: &ScorePlan, index: usize) -> Decimal {
        let computed = self.computed[index];
        match self.fixed[index] {
            0 => computed,
            fixed => add(computed, Decimal::new(fixed, plan.scale)).unwrap_or(computed),
        }
    }

    /// After a run: the points of a line, after its cap.
    pub(crate) fn points(&self, plan: &ScorePlan, index: usize) -> Decimal {
        match plan.lines[index].kind {
            LineKind::Fixed { points, .. } if self.held[index] => Decimal::new(points, plan.scale),
            LineKind::Fixed { .. } => Decimal::ZERO,
            _ => self.lines[index].points,
        }
    }

    /// After a run: positive and negative parts of all lines and of event lines.
    pub(crate) fn parts(&self, plan: &ScorePlan) -> (EventPoints, EventPoints) {
        let (mut all, mut touch) = (EventPoints::default(), EventPoints::default());
        let sum = |part: &mut EventPoints, points: Decimal| {
            let side = if points > Decimal::ZERO { &mut part.positive } else { &mut part.negative };
            *side = add(*side, points).unwrap_or(*side);
        };
        for (index, line) in plan.lines.iter().enumerate() {
            let points = self.points(plan, index);
            sum(&mut all, points);
            if matches!(line.kind, LineKind::Events(_)) {
                sum(&mut touch, points);
            }
        }
        (all, touch)
    }
}
