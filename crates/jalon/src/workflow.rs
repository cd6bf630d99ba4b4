//! Workflow: what happened, and what is to be done about it.
//!
//! The engine is pure. An [`Event`] (a record was created, changed, deleted, an activity came in, a
//! timer is due) and a [`Context`] (the clock, the [`State`] that the host stores, related records)
//! give a [`Decision`]: new values with the expected old ones, ordered effects with ids that make
//! them idempotent, timers, what changed in the state, and why each rule fired or did not. Nothing
//! is performed; the same input gives the same output, byte for byte.
//!
//! An event is settled in **waves**. In a wave every trigger and criterion reads the records as the
//! wave found them; the rules that hold act in source order, each action reads the updates before
//! it, the later write wins. The wave's net changes are the next wave's update event.

mod act;
mod approvals;
mod cascade;
mod compile;
mod decision;
mod effect;
mod event;
mod fire;
mod guard;
mod incoming;
mod people;
mod process;
mod related;
mod report;
mod schedule;
mod state;
mod timers;
mod trace;
mod validate;
mod world;
mod write;
mod wrong;

pub use decision::{
    ActionError, ApprovalChange, Decision, Effect, EffectKind, FieldChange, Refusal, ScoreChange,
    TimerChange,
};
pub use event::{Context, Event, EventKind, Related};
pub use incoming::{EventError, Incoming};
pub use related::RelatedRecords;
pub use schedule::Due;
pub use state::{RecordKey, RecordState, State, StateError, Timer, TimerCause};
pub use trace::{Held, Outcome, Step};

pub(crate) use cascade::{decide, record_id};
pub(crate) use compile::Automation;
pub(crate) use people::bare_name;
pub(crate) use report::value as shown;
pub(crate) use schedule::{due, next_run, order};
