//! Workflow rules, decided.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "tests"
)]

mod approval_properties;
mod approvals;
mod around;
mod clockwork;
mod compare;
mod relations;
mod rules;
mod tables;
mod timers;
mod told;
mod updates;
mod users;
mod vectors;
mod waves;

use jalon::rehearsal::Rehearsal;
use jalon::workflow::{Decision, EffectKind, Incoming};
use jalon::{Clock, Program, Value};
use serde_json::{Value as Json, json};

/// A stage for a program, at half past ten on 30 June 2026 in Paris.
fn stage(text: &str) -> Rehearsal {
    let program = Program::parse(text).unwrap_or_else(|error| panic!("{error}"));
    Rehearsal::new(&program, Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap()).tracing()
}

/// Sends an event.
fn send(stage: &mut Rehearsal, event: Json) -> Decision {
    let event = Incoming::read(&event).unwrap_or_else(|error| panic!("{error}"));
    stage.send(&event).unwrap_or_else(|error| panic!("{error}"))
}

/// A record of `Prospects` is created.
fn create(stage: &mut Rehearsal, record: Json) -> Decision {
    send(stage, json!({"id": "e1", "type": "created", "module": "Prospects", "record": record}))
}

/// The new values, by field.
fn changes(decision: &Decision) -> Vec<(&str, &Value)> {
    decision.changes.iter().map(|change| (change.field.as_str(), &change.new)).collect()
}

/// The effects, by kind.
fn effects(decision: &Decision) -> Vec<&EffectKind> {
    decision.effects.iter().map(|effect| &effect.kind).collect()
}
