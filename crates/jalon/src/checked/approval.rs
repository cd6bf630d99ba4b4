//! Approvals, checked: which records need one, who is asked, and what is done then.

use serde::Serialize;

use super::blueprint::Owner;
use super::workflow::{Action, Trigger};
use super::{Condition, FieldRef, On, form};
use crate::lexicon::Unit;
use crate::source::Span;
pub use crate::syntax::ast::Quorum;

/// Index of an approval in [`super::CheckedProgram::approvals`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ApprovalId(pub u32);

/// What records need before they go on.
#[derive(Clone, Debug, Serialize)]
pub struct Approval {
    /// Its name.
    #[serde(skip)]
    pub name: String,
    /// Where its name stands.
    #[serde(skip)]
    pub span: Span,
    /// The module it governs.
    #[serde(flatten)]
    pub on: On,
    /// Whether it asks nobody.
    pub inactive: bool,
    /// When records are submitted by themselves: saves of the record, never a timer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// Which records need it; `None` is every one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// While it waits, only rules and these fields may change the record; `None` locks nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock: Option<Vec<FieldRef>>,
    /// Whether those who are asked may hand their vote to others.
    pub delegation: bool,
    /// The field that names the record's owner, who may take a request back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<FieldRef>,
    /// Asked one after the other; at least one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
    /// Done when a record is submitted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub submitted: Vec<Action>,
    /// Done when the last level has agreed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub approved: Vec<Action>,
    /// Done when a level has refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<Action>,
    /// Done when the request is taken back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recalled: Vec<Action>,
}

impl Approval {
    /// Its actions: on submission, approval, refusal and recall.
    pub fn actions(&self) -> [&[Action]; 4] {
        [&self.submitted, &self.approved, &self.rejected, &self.recalled]
    }
}

/// One level.
#[derive(Clone, Debug, Serialize)]
pub struct Level {
    /// The line.
    #[serde(skip)]
    pub span: Span,
    /// As written.
    #[serde(skip)]
    pub source: String,
    /// Who is asked; at least one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub approvers: Vec<Owner>,
    /// How many must agree.
    pub quorum: Quorum,
    /// How long it may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// Where it does not hold, the level is skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

/// How long a level may take.
#[derive(Clone, Debug, Serialize)]
pub struct Deadline {
    /// How long.
    pub after: (u32, Unit),
    /// By which calendar, by its index; `None` is the program's first.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "form::calendar")]
    pub calendar: Option<u32>,
    /// How long before, those who have not answered are reminded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<(u32, Unit)>,
    /// What happens then.
    pub then: Lapsed,
}

/// What happens when nobody has decided in time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lapsed {
    /// Those who have not answered are reminded; the level stays open.
    Remind,
    /// The level counts as agreed.
    Approve,
    /// The level counts as refused.
    Reject,
    /// These may answer too, and the first of them decides.
    Escalate(Vec<Owner>),
}
