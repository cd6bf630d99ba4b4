//! Schedules: when they run, and which records they take.

use std::cmp::Ordering;

use serde::Serialize;

use super::state::{RecordKey, State, Timer};
use crate::checked::workflow::Schedule;
use crate::checked::{CheckedProgram, Domain};
use crate::eval::functions::print;
use crate::value::fold::{TextMode, fold};
use crate::value::typed::{self, Typed};
use crate::value::{Clock, Date, Instant, LocalDateTime, Record, TimeOfDay, ValueRef, Zone};

/// Something whose time has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Due<'s> {
    /// A timer: to be sent as an event of its record.
    Timer {
        /// Whose.
        record: RecordKey,
        /// Which.
        timer: Timer,
    },
    /// A schedule: the records it takes are to be sent to it, one by one.
    Schedule {
        /// Its name.
        name: &'s str,
        /// When it was to run.
        at: Instant,
    },
}

impl Due<'_> {
    /// When it was due.
    pub fn at(&self) -> Instant {
        match self {
            Due::Timer { timer, .. } => timer.due,
            Due::Schedule { at, .. } => *at,
        }
    }
}

/// What is due, the earliest first: timers up to now, and schedules since the state was last
/// [ticked](State::tick).
pub(crate) fn due<'s>(
    program: &'s CheckedProgram,
    state: &State,
    now: Instant,
    zone: Zone,
) -> Vec<Due<'s>> {
    /// More runs of one schedule than this in one look are one long sleep of the host.
    const MOST: usize = 10_000;
    let timers = state.due(now).into_iter();
    let mut due: Vec<Due<'s>> =
        timers.map(|(record, timer)| Due::Timer { record, timer }).collect();
    if let Some(since) = state.ticked {
        for schedule in &program.schedules {
            let mut last = since;
            for _ in 0..MOST {
                let Some(at) = next_run(schedule, last, zone).filter(|at| *at <= now) else {
                    break;
                };
                due.push(Due::Schedule { name: &schedule.name, at });
                last = at;
            }
        }
    }
    due.sort_by_key(Due::at);
    due
}

/// When a schedule runs next after an instant. Recurrences of several weeks, months or years are
/// counted from the first Monday of 2000.
pub(crate) fn next_run(schedule: &Schedule, after: Instant, zone: Zone) -> Option<Instant> {
    let start = LocalDateTime::new(Date::ymd(2000, 1, 3)?, TimeOfDay::MIDNIGHT);
    schedule.recurrence.next_after(start, after, zone)
}

/// Orders records as a schedule says; what is empty comes last.
pub(crate) fn order(
    schedule: &Schedule,
    a: &dyn Record,
    b: &dyn Record,
    clock: &Clock,
) -> Ordering {
    for (field, descending) in &schedule.sort {
        let (left, right) = (a.get(&field.key), b.get(&field.key));
        let ordering = match (typed::is_empty(left), typed::is_empty(right)) {
            (true, true) => Ordering::Equal,
            (true, false) => return Ordering::Greater,
            (false, true) => return Ordering::Less,
            (false, false) => compare(left, right, field.domain, clock),
        };
        let ordering = if *descending { ordering.reverse() } else { ordering };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    Ordering::Equal
}

fn compare(left: ValueRef<'_>, right: ValueRef<'_>, domain: Domain, clock: &Clock) -> Ordering {
    let times = matches!(domain, Domain::Date | Domain::DateTime);
    if !times
        && let (Typed::Value(left), Typed::Value(right)) =
            (typed::number(left), typed::number(right))
    {
        return left.cmp(&right);
    }
    if let (Typed::Value(left), Typed::Value(right)) =
        (typed::date_time(left, clock.zone), typed::date_time(right, clock.zone))
    {
        return left.cmp(&right);
    }
    let text = |value| {
        let mut text = String::new();
        print(value, &mut text);
        fold(&text, TextMode::default()).into_owned()
    };
    text(left).cmp(&text(right))
}
