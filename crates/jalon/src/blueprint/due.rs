//! What a process waits for: automatic transitions, reminders, escalations.

use serde::{Deserialize, Serialize};

use super::compile::{Process, checked};
use super::instance::Instance;
use super::run::Run;
use crate::checked::blueprint::{Deadline, StateId, TransitionKind};
use crate::checked::workflow::Actor;
use crate::lexicon::Unit;
use crate::value::{Clock, Instant};

/// Something that happens to an instance by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// When.
    pub at: Instant,
    /// What.
    pub step: DueStep,
}

/// The kinds of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum DueStep {
    /// Somebody is reminded of a deadline to come.
    Reminder {
        /// Which of the deadline's reminders.
        number: u32,
    },
    /// A deadline has passed, and somebody is told.
    Escalation {
        /// Which of the deadline's levels.
        level: u32,
    },
    /// An automatic transition is made, if its criterion holds.
    Transition {
        /// Its name.
        transition: String,
    },
}

/// What an instance waits for in its state, the earliest first; of what is due at one time, each
/// is there until it has been taken care of itself.
pub(super) fn steps(
    run: &Run<'_, '_>,
    process: &Process,
    state: StateId,
    instance: &Instance,
) -> Vec<Due> {
    let blueprint = process.declared(run.program);
    let mut due = Vec::new();
    for leaving in &process.state_plan(state).leaving {
        let transition = checked(blueprint, leaving.which);
        if let TransitionKind::Automatic(count, unit) = transition.kind {
            let at = run.clock.shift_instant(instance.since, i64::from(count), unit);
            let transition = transition.name.clone();
            due.push(Due { at, step: DueStep::Transition { transition } });
        }
    }
    if let Some(deadline) = &blueprint.states[state.0 as usize].deadline {
        let clock = clock(run, deadline);
        let end = shifted(&clock, instance.since, deadline.after, 1);
        for (number, (before, _)) in (0..).zip(&deadline.reminders) {
            let at = shifted(&clock, end, *before, -1);
            due.push(Due { at, step: DueStep::Reminder { number } });
        }
        for (level, (after, _)) in (0..).zip(&deadline.escalations) {
            let at = after.map_or(end, |after| shifted(&clock, end, after, 1));
            due.push(Due { at, step: DueStep::Escalation { level } });
        }
    }
    due.retain(|due| !instance.told.contains(&due.step));
    // At one time people are told first, and transitions are tried as they are written.
    due.sort_by_key(|due| (due.at, matches!(due.step, DueStep::Transition { .. })));
    due
}

/// Until when the state of an instance may last.
pub(crate) fn deadline(run: &Run<'_, '_>, instance: &Instance) -> Option<Instant> {
    let (process, state) = run.place(instance).ok()?;
    let deadline = process.declared(run.program).states[state.0 as usize].deadline.as_ref()?;
    Some(shifted(&clock(run, deadline), instance.since, deadline.after, 1))
}

/// Who is told at a reminder or an escalation; nobody named is the record's owner.
pub(crate) fn told<'p>(
    run: &Run<'p, '_>,
    instance: &Instance,
    step: &DueStep,
) -> Option<&'p [Actor]> {
    let (process, state) = run.place(instance).ok()?;
    let deadline = process.declared(run.program).states[state.0 as usize].deadline.as_ref()?;
    match step {
        DueStep::Reminder { number } => {
            deadline.reminders.get(*number as usize).map(|(_, who)| who.as_slice())
        }
        DueStep::Escalation { level } => {
            deadline.escalations.get(*level as usize).map(|(_, who)| who.as_slice())
        }
        DueStep::Transition { .. } => None,
    }
}

/// The clock with the calendar of a deadline.
fn clock(run: &Run<'_, '_>, deadline: &Deadline) -> Clock {
    let named = deadline.calendar.and_then(|index| run.program.calendars.get(index as usize));
    let clock = run.clock.clone();
    match named {
        Some(named) => clock.with_calendar(named.calendar.clone()),
        None => clock,
    }
}

fn shifted(clock: &Clock, from: Instant, (count, unit): (u32, Unit), sign: i64) -> Instant {
    clock.shift_instant(from, i64::from(count) * sign, unit)
}
