//! A log replayed through a blueprint: which moves it accepts, which it refuses and why, how
//! long states last, and how far cases come.
//!
//! Only the structure is judged: which state follows which, by which transition and, where all
//! its owners are users by name, by whom. A log holds no records, so criteria and fields that
//! must be given are not looked at.

mod figures;
mod reason;
mod report;
mod told;
mod walk;
mod ways;

pub use figures::Times;
pub use reason::Reason;
pub use report::{Begin, Moves, Origin, Refusal, Replay, StateReplay, TransitionReplay, Unknown};
pub use told::Told;

use serde::Serialize;

use self::walk::Walk;
use self::ways::Ways;
use super::log::{Log, key};
use crate::checked::blueprint::Blueprint;
use crate::lang::UnknownChoice;
use crate::value::Clock;

/// What the names in a log are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// States: a case moves from each to the next.
    States,
    /// Transitions: a case begins in the default state, and each event makes one.
    Transitions,
}

impl Reading {
    /// The reading of a name: `states` or `transitions`.
    ///
    /// # Errors
    /// Another name, with those two.
    pub fn named(name: &str) -> Result<Reading, UnknownChoice> {
        match name {
            "states" => Ok(Reading::States),
            "transitions" => Ok(Reading::Transitions),
            _ => Err(UnknownChoice::new("reading", name, ["states", "transitions"])),
        }
    }

    /// What the names in a log are for a blueprint: transitions where more events bear the name of
    /// a transition than of a state.
    pub fn of(blueprint: &Blueprint, log: &Log) -> Reading {
        let states: Vec<String> = blueprint.states.iter().map(|state| key(&state.name)).collect();
        let transitions = blueprint.transitions.iter();
        let transitions: Vec<String> = transitions
            .flat_map(|one| std::iter::once(one).chain(&one.children))
            .map(|one| key(&one.name))
            .collect();
        let (mut as_states, mut as_transitions) = (0, 0);
        for (name, count) in log.names.iter().zip(log.counts()) {
            let name = key(name);
            as_states += if states.contains(&name) { count } else { 0 };
            as_transitions += if transitions.contains(&name) { count } else { 0 };
        }
        if as_transitions > as_states { Reading::Transitions } else { Reading::States }
    }
}

/// Replays a log through a blueprint. The clock's calendar and zone say when automatic transitions
/// are due; its present is not read.
///
/// ```
/// use jalon::blueprint::log::{Event, LogBuilder};
/// use jalon::blueprint::replay::{Reading, replay};
/// use jalon::{Clock, source::Sources, syntax};
///
/// let text = "blueprint Support, field Status\n  states Open, Waiting\n  final Solved\n  \
///             transition \"Ask\" from Open to Waiting\n  transition \"Solve\" from Waiting to Solved\n";
/// let mut sources = Sources::default();
/// let source = sources.add("support.jalon", text);
/// let (document, _) = syntax::parse(source, text, &syntax::Limits::default());
/// let (program, _) = jalon::check::check(&[document], &sources);
///
/// let mut log = LogBuilder::default();
/// for what in ["Open", "Waiting", "Open", "Solved"] {
///     log.push(&Event { case: "12", what, ..Event::default() }).unwrap();
/// }
/// let report = replay(&program.blueprints[0], &log.build(), Reading::States, &Clock::default());
/// assert_eq!((report.accepted, report.refused), (1, 2));
/// ```
pub fn replay(blueprint: &Blueprint, log: &Log, reading: Reading, clock: &Clock) -> Replay {
    let ways = Ways::new(blueprint, log);
    let mut walk = Walk::new(&ways, clock);
    for case in log.by_case() {
        walk.case(case, reading);
    }
    report::of(walk, log, reading)
}
