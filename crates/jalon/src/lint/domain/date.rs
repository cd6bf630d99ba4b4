//! Dates: the ends of the intervals that the tests stand for.
//!
//! Fixed dates keep their order whatever the clock says; so do words counted in days, and words
//! of one kind of period (this week, last week). That no date meets others is not known.

use super::{Answer, Cell, Demand, MOST_COMPARED};
use crate::lexicon::{Period, Unit};
use crate::plan::atom::ConstantTest;
pub(super) use crate::plan::time::Axis;
use crate::plan::time::{TimeTest, passes};
use crate::value::{Clock, Date, Instant, Interval, TimeSpec, Value};

/// A date, or a point in time.
pub(super) fn solve(demands: &[Demand<'_>], clock: &Clock, axis: Axis) -> Answer {
    let mut tests: Vec<(&TimeTest, Vec<Interval>, bool)> = Vec::with_capacity(demands.len());
    for demand in demands {
        let test = match demand.test {
            ConstantTest::Empty => continue,
            ConstantTest::Time(test) => test,
            _ => return Answer::Perhaps,
        };
        let Some(intervals) = intervals(test, clock, axis) else { return Answer::Perhaps };
        tests.push((test, intervals, demand.negated));
    }
    let places = places(tests.iter().flat_map(|(_, intervals, _)| intervals));
    if places.len() * places.len() > MOST_COMPARED {
        return Answer::Perhaps;
    }
    let met = places.into_iter().find(|place| {
        let passes = |test: &TimeTest, intervals: &[Interval]| passes(test.test, *place, intervals);
        tests.iter().all(|(test, intervals, negated)| passes(test, intervals) != *negated)
    });
    match met {
        Some(place) => value(place, axis).map_or(Answer::Perhaps, Answer::Yes),
        None if keep_order(tests.iter().flat_map(|(test, ..)| &test.terms), axis) => Answer::No,
        None => Answer::Perhaps,
    }
}

/// What a test stands for under a clock.
fn intervals(test: &TimeTest, clock: &Clock, axis: Axis) -> Option<Vec<Interval>> {
    let interval = |spec: &TimeSpec| match axis {
        Axis::Days => spec.date_interval(clock).ok(),
        Axis::Micros => spec.instant_interval(clock).ok(),
    };
    test.terms.iter().map(interval).collect()
}

/// The ends of intervals, and a place before them all.
fn places<'i>(intervals: impl Iterator<Item = &'i Interval>) -> Vec<i64> {
    let mut places: Vec<i64> = intervals.flat_map(|i| [i.from, i.to]).flatten().collect();
    places.sort_unstable();
    places.dedup();
    let before = places.first().map_or(0, |first| first.saturating_sub(1));
    places.push(before);
    places
}

/// Adds the ends of the intervals that tests stand for.
pub(super) fn cells(
    tests: &[&ConstantTest],
    clock: &Clock,
    axis: Axis,
    out: &mut Vec<Cell>,
) -> Option<()> {
    let mut known: Vec<Vec<Interval>> = Vec::with_capacity(tests.len());
    for test in tests {
        known.push(match test {
            ConstantTest::Empty => Vec::new(),
            ConstantTest::Time(test) => intervals(test, clock, axis)?,
            _ => return None,
        });
    }
    for place in places(known.iter().flatten()) {
        let Some(value) = value(place, axis) else { continue };
        let mut at = 0;
        out.push(Cell::new(value, tests, |test| {
            at += 1;
            matches!(test, ConstantTest::Time(test) if passes(test.test, place, &known[at - 1]))
        }));
    }
    Some(())
}

fn value(place: i64, axis: Axis) -> Option<Value> {
    match axis {
        Axis::Days => Date::checked_from_days(place).map(Value::Date),
        Axis::Micros => Instant::checked_from_micros(place).map(Value::Instant),
    }
}

/// What keeps its place among others of its kind under every clock and in every zone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A civil date or a local time.
    Local,
    /// A point in time.
    Instant,
    /// So many days from today.
    Days,
    /// This period, the last or the next.
    Period(Period),
}

/// Whether the ends of intervals stand in one order under every clock.
fn keep_order<'t>(specs: impl Iterator<Item = &'t TimeSpec>, axis: Axis) -> bool {
    let mut first = None;
    specs
        .into_iter()
        .all(|spec| kind(spec, axis).is_some_and(|kind| *first.get_or_insert(kind) == kind))
}

fn kind(spec: &TimeSpec, axis: Axis) -> Option<Kind> {
    let by_days = |unit: Unit| matches!(unit, Unit::Day | Unit::Week);
    match spec {
        TimeSpec::Day(_) | TimeSpec::Local(_) => Some(Kind::Local),
        TimeSpec::Instant(_) if axis == Axis::Micros => Some(Kind::Instant),
        TimeSpec::Relative(word) if word.period == Period::Day => Some(Kind::Days),
        TimeSpec::Relative(word) => Some(Kind::Period(word.period)),
        TimeSpec::Window(_, _, unit) if axis == Axis::Days && by_days(*unit) => Some(Kind::Days),
        TimeSpec::Shift { base, unit, .. } if by_days(*unit) => {
            kind(base, axis).filter(|kind| matches!(kind, Kind::Days | Kind::Local))
        }
        // An instant is on another date in another zone, and on a date-time a window ends at this
        // moment, wherever in the day that is.
        TimeSpec::Instant(_) | TimeSpec::Now | TimeSpec::Window(..) | TimeSpec::Shift { .. } => {
            None
        }
    }
}
