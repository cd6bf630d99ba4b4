//! Approvals, checked: which records need one, who is asked, and what is done then.

use super::blueprint::Owner;
use super::workflow::{Action, Trigger};
use super::{Condition, FieldRef};
use crate::lexicon::Unit;
use crate::schema::ModuleId;
use crate::source::Span;
pub use crate::syntax::ast::Quorum;

/// Index of an approval in [`super::CheckedProgram::approvals`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ApprovalId(pub u32);

/// What records need before they go on.
#[derive(Clone, Debug)]
pub struct Approval {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// The module it governs; none where nothing is declared.
    pub module: Option<ModuleId>,
    /// The folded name of an undeclared module, if one is written.
    pub open_module: Option<String>,
    /// Whether it asks nobody.
    pub inactive: bool,
    /// When records are submitted by themselves: saves of the record, never a timer.
    pub triggers: Vec<Trigger>,
    /// Which records need it; `None` is every one.
    pub condition: Option<Condition>,
    /// While it waits, only rules and these fields may change the record; `None` locks nothing.
    pub lock: Option<Vec<FieldRef>>,
    /// Whether those who are asked may hand their vote to others.
    pub delegation: bool,
    /// The field that names the record's owner, who may take a request back.
    pub owner: Option<FieldRef>,
    /// Asked one after the other; at least one.
    pub levels: Vec<Level>,
    /// Done when a record is submitted.
    pub submitted: Vec<Action>,
    /// Done when the last level has agreed.
    pub approved: Vec<Action>,
    /// Done when a level has refused.
    pub rejected: Vec<Action>,
    /// Done when the request is taken back.
    pub recalled: Vec<Action>,
}

impl Approval {
    /// Its actions: on submission, approval, refusal and recall.
    pub fn actions(&self) -> [&[Action]; 4] {
        [&self.submitted, &self.approved, &self.rejected, &self.recalled]
    }
}

/// One level.
#[derive(Clone, Debug)]
pub struct Level {
    /// The line.
    pub span: Span,
    /// As written.
    pub source: String,
    /// Who is asked; at least one.
    pub approvers: Vec<Owner>,
    /// How many must agree.
    pub quorum: Quorum,
    /// How long it may take.
    pub deadline: Option<Deadline>,
    /// Where it does not hold, the level is skipped.
    pub condition: Option<Condition>,
}

/// How long a level may take.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// How long.
    pub after: (u32, Unit),
    /// By which calendar, by its index; `None` is the program's first.
    pub calendar: Option<u32>,
    /// How long before, those who have not answered are reminded.
    pub reminders: Vec<(u32, Unit)>,
    /// What happens then.
    pub then: Lapsed,
}

/// What happens when nobody has decided in time.
#[derive(Clone, Debug, PartialEq)]
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
