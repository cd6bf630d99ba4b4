//! The events of a line: which count, and for how much.
//!
//! In order: events not after now; the window; the criterion; the earliest of each civil day;
//! each event's points decayed by its age.

use rust_decimal::Decimal;

use super::run::{LineState, ScoreState};
use crate::eval::arithmetic::add;
use crate::eval::expr::Machine;
use crate::eval::run::{Context, fill};
use crate::eval::value::{Buffers, Frame};
use crate::plan::block::overlap;
use crate::plan::score::{EventPlan, Points};
use crate::schema::TextMode;
use crate::value::fold::folds_to;
use crate::value::read::NumberText;
use crate::value::typed::{self, Typed};
use crate::value::{Clock, Date, FieldKey, Moment, Record};

/// An event that passed window and criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    /// Its civil day; `None` without a date.
    pub(super) day: Option<Date>,
    /// Its instant, or the first of its day.
    at: i64,
    /// Which it is, among all events of the line's fields.
    index: usize,
    /// Its points, before decay.
    points: Decimal,
}

/// Calls `visit` with each event of a line's type; `false` where a field that should hold
/// events holds something else.
pub(crate) fn each_event<'a>(
    plan: &EventPlan,
    record: &'a dyn Record,
    mut visit: impl FnMut(&'a dyn Record),
) -> bool {
    let mut good = true;
    for (index, list) in plan.lists.iter().enumerate() {
        if plan.lists[..index].contains(list) {
            continue;
        }
        let events = match typed::records(record.get(list)) {
            Typed::Value(events) => events,
            Typed::Absent | Typed::Empty => continue,
            Typed::Wrong => {
                good = false;
                continue;
            }
        };
        for index in 0..events.len() {
            let Some(event) = typed::record(events.at(index)) else { continue };
            if is_of_type(plan, event) {
                visit(event);
            }
        }
    }
    good
}

fn is_of_type(plan: &EventPlan, event: &dyn Record) -> bool {
    let mut digits = NumberText::default();
    let Typed::Value(text) = typed::text(event.get(&plan.type_key), &mut digits) else {
        return false;
    };
    plan.types.iter().any(|known| folds_to(text, known, TextMode::default()))
}

/// When an event happened: its moment, `None` without a date.
pub(crate) fn moment(event: &dyn Record, at: &FieldKey) -> Typed<Moment> {
    typed::moment(event.get(at))
}

/// Whether a moment is not after the present; a date counts from the start of its day.
pub(crate) fn has_happened(moment: Moment, clock: &Clock) -> bool {
    match moment {
        Moment::Date(date) => clock.today().is_some_and(|today| date <= today),
        other => clock.now.is_some_and(|now| clock.zone.instant_of(other) <= now),
    }
}

impl ScoreState {
    /// Counts the events of a line.
    pub(super) fn events(
        &mut self,
        plan: &EventPlan,
        line: usize,
        frame: &Frame<'_>,
        context: &Context<'_>,
        buffers: &mut Buffers,
    ) -> LineState {
        let mut state = LineState::default();
        self.queue.clear();
        let first_day = self.first_days[line];
        let clock = context.clock;
        let good = each_event(plan, frame.record, |event| {
            state.counts.found += 1;
            let (day, at) = match moment(event, &plan.at_key) {
                Typed::Value(moment) if !has_happened(moment, clock) => {
                    state.counts.future += 1;
                    return;
                }
                Typed::Value(moment) => {
                    let day = clock.zone.date_of(moment);
                    (Some(day), clock.zone.instant_of(moment).micros())
                }
                Typed::Absent | Typed::Empty => (None, 0),
                Typed::Wrong => {
                    state.counts.refused += 1;
                    state.failed = true;
                    return;
                }
            };
            if day.zip(first_day).is_some_and(|(day, first)| day < first) {
                state.counts.expired += 1;
                return;
            }
            let inner = Frame { record: event, outer: Some(frame) };
            let bits = &mut self.events[line];
            fill(&plan.block, bits, &inner, context, buffers);
            state.failed |= overlap(&plan.block.errors, &bits.bits);
            if !plan.block.roots.iter().all(|root| root.holds(&bits.bits)) {
                state.counts.refused += 1;
                return;
            }
            let points = match &plan.points {
                Points::Const(points) => Ok(Some(*points)),
                Points::Code(code) => {
                    let nested = &mut bits.nested;
                    Machine { block: &plan.block, nested, context, buffers }.number(code, &inner)
                }
            };
            if let Ok(points) = points {
                let (index, points) = (self.queue.len(), points.unwrap_or_default());
                self.queue.push(Occurrence { day, at, index, points });
            } else {
                state.failed = true;
                state.counts.refused += 1;
            }
        });
        state.failed |= !good;
        self.sum(plan, clock.today(), &mut state);
        state
    }

    /// Adds up the events that passed, the earliest of each day first.
    fn sum(&mut self, plan: &EventPlan, today: Option<Date>, state: &mut LineState) {
        if plan.per_day.is_some() {
            self.queue.sort_unstable();
        }
        let (mut day, mut of_day) = (None, 0);
        for event in &self.queue {
            if event.day != day {
                (day, of_day) = (event.day, 0);
            }
            of_day += 1;
            if event.day.is_some() && plan.per_day.is_some_and(|most| of_day > most) {
                state.counts.over_daily_limit += 1;
                continue;
            }
            state.counts.counted += 1;
            state.counts.undated += u32::from(event.day.is_none());
            let points = match (&plan.decay, event.day, today) {
                (Some(decay), Some(day), Some(today)) => {
                    let age = u32::try_from(today.days() - day.days()).unwrap_or(0);
                    decay.apply(event.points, age)
                }
                _ => Some(event.points),
            };
            match points.and_then(|points| add(state.uncapped, points)) {
                Some(sum) => state.uncapped = sum,
                None => state.failed = true,
            }
        }
    }
}
