//! Why each rule fired or did not.

use serde::Serialize;

use super::state::RecordKey;
use crate::approval::Entry;
use crate::blueprint::Obstacle;
use crate::checked::Stage;
use crate::eval::Node;
use crate::value::Value;

/// One thing that the engine did or found, in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// The order of the stages, as declared or by default.
    Pipeline {
        /// In order.
        stages: Vec<Stage>,
    },
    /// A stage begins.
    Stage {
        /// Which.
        stage: Stage,
    },
    /// A wave begins: these records changed.
    Wave {
        /// From 1.
        number: u32,
        /// The records.
        records: Vec<RecordKey>,
    },
    /// A rule was considered for a record.
    Rule {
        /// Its name.
        rule: String,
        /// For which record.
        record: RecordKey,
        /// What came of it.
        #[serde(flatten)]
        outcome: Outcome,
    },
    /// A field got a value.
    Write {
        /// Whose field.
        record: RecordKey,
        /// The field.
        field: String,
        /// Its value until then.
        old: Value,
        /// Its value from then on.
        new: Value,
        /// By which rule.
        rule: String,
        /// The rule whose value was written over, of this wave.
        over: Option<String>,
    },
    /// A message was held back.
    Guarded {
        /// The rule that wanted it.
        rule: String,
        /// The action, as written.
        action: String,
        /// The guard, as written.
        guard: String,
        /// How many were sent in its time, where that is too many.
        sent: Option<u32>,
        /// The guard's criterion explained, where it does not hold.
        why: Option<Node>,
    },
    /// A record has entered a blueprint, moved in it, or left it.
    Process {
        /// Which.
        record: RecordKey,
        /// The blueprint.
        blueprint: String,
        /// The transition; none is an entry, a forced write, or an exit.
        #[serde(skip_serializing_if = "Option::is_none")]
        transition: Option<String>,
        /// From where; none at the entry.
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// To where; none where it leaves.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    /// An automatic transition was due, and is not made.
    NotMade {
        /// The record.
        record: RecordKey,
        /// The transition.
        transition: String,
        /// Why.
        because: Vec<Obstacle>,
    },
    /// Something happened to a request for approval.
    Approval {
        /// Of which record.
        record: RecordKey,
        /// The approval's name.
        approval: String,
        /// What.
        #[serde(flatten)]
        entry: Entry,
    },
    /// A record was named of which nothing is known: its own rules were not considered.
    Unknown {
        /// Which.
        record: RecordKey,
    },
}

/// What came of a rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It fired.
    Fired {
        /// The trigger, as written.
        trigger: String,
        /// Which of its conditions held, from 1.
        branch: u32,
        /// That condition explained; none where it has none.
        why: Option<Node>,
    },
    /// None of its triggers was set off.
    NotTriggered,
    /// Triggered, but no condition holds: each explained.
    NotHeld {
        /// The trigger, as written.
        trigger: String,
        /// The conditions, in order.
        why: Vec<Node>,
    },
    /// Triggered and held, but it did not act.
    Held {
        /// Why.
        because: Held,
        /// Whether it would have changed a value.
        would_change: bool,
    },
    /// Its timer was due, but its condition no longer holds: dropped.
    Dropped {
        /// The condition explained.
        why: Option<Node>,
    },
}

/// Why a rule that held did not act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// `une seule fois`: it has fired for this record.
    FiredBefore,
    /// `au passage`: it held before the change too.
    HeldBefore,
    /// Chaining `une fois`: it has fired in this cascade.
    OncePerEvent,
    /// Chaining `aucun`, or deeper than `profondeur N`.
    Depth,
}
