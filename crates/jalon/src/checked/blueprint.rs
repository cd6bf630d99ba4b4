//! Blueprints, checked: states, who may go where, and what that takes.

use rust_decimal::Decimal;
use serde::Serialize;

use super::workflow::{Action, Actor, Must};
use super::{Condition, Expr, FieldRef, On, form};
use crate::lang::Lang;
use crate::lexicon::Unit;
use crate::source::Span;
pub use crate::syntax::ast::StateRole;

/// A blueprint has at most so many states.
pub const MAX_STATES: usize = 200;

/// Index of a blueprint in [`super::CheckedProgram::blueprints`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlueprintId(pub u32);

/// Index of a state in [`Blueprint::states`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateId(pub u32);

/// A guided process over one list field of a module.
#[derive(Clone, Debug, Serialize)]
pub struct Blueprint {
    /// Its name.
    #[serde(skip)]
    pub name: String,
    /// Where its name stands.
    #[serde(skip)]
    pub span: Span,
    /// The module it governs.
    #[serde(flatten)]
    pub on: On,
    /// The field that holds the state.
    pub field: FieldRef,
    /// Whether it governs nothing.
    pub inactive: bool,
    /// Whether it is run through in one go.
    pub continuous: bool,
    /// Which records it takes; `None` takes every one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<Condition>,
    /// Its states, in source order; exactly one is the default: the first that is no end, unless
    /// one says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<State>,
    /// Its transitions, in source order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
}

/// A state.
#[derive(Clone, Debug, Serialize)]
pub struct State {
    /// Its name: the value of the field, as declared.
    pub name: String,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
    /// What it is in the process: never [`StateRole::Default`].
    pub role: StateRole,
    /// Whether records begin here.
    pub is_default: bool,
    /// How likely a record in it is to be won, in percent.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "form::limit")]
    pub probability: Option<Decimal>,
    /// Its labels by language.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "form::labels")]
    pub labels: Vec<(Lang, String)>,
    /// How long it may last, and who is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
}

impl State {
    /// Whether a process ends here.
    pub fn is_end(&self) -> bool {
        matches!(self.role, StateRole::Won | StateRole::Lost | StateRole::Final)
    }
}

/// How long a state may last.
#[derive(Clone, Debug, Serialize)]
pub struct Deadline {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// How long.
    pub after: (u32, Unit),
    /// By which calendar, by its index; `None` is the program's first.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "form::calendar")]
    pub calendar: Option<u32>,
    /// How long before, and who is reminded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<((u32, Unit), Vec<Actor>)>,
    /// Level by level, how long after the deadline and who is told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub escalations: Vec<Escalation>,
}

/// So long after a deadline (none is at it), who is told.
pub type Escalation = (Option<(u32, Unit)>, Vec<Actor>);

/// A transition.
#[derive(Clone, Debug, Serialize)]
pub struct Transition {
    /// Its name.
    pub name: String,
    /// Where its first line stands.
    #[serde(skip)]
    pub span: Span,
    /// Single, common, automatic, parallel.
    pub kind: TransitionKind,
    /// From which states.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<StateId>,
    /// To which state.
    pub to: StateId,
    /// Who may make it; none is everybody.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Owner>,
    /// When it is offered; `None` always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// What is to be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Expr>,
    /// The fields that must be given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<FieldRef>,
    /// The fields that may be given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub optional: Vec<FieldRef>,
    /// What must hold of the record with what is given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub musts: Vec<Must>,
    /// What else may be asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Extra>,
    /// What is done then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Action>,
    /// The children of a parallel transition.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Transition>,
}

/// The kinds of transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TransitionKind {
    /// From the states it names.
    Single,
    /// From every state but the ends and its own target, unless it says from which.
    Common,
    /// By itself, so long after the state was entered.
    Automatic(u32, Unit),
    /// Done when all its children are.
    Parallel,
}

impl TransitionKind {
    /// Whether it is done when its children are.
    pub fn is_parallel(self) -> bool {
        self == TransitionKind::Parallel
    }

    /// Whether it is made by itself.
    pub fn is_automatic(self) -> bool {
        matches!(self, TransitionKind::Automatic(..))
    }
}

/// Who may make a transition.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Everybody.
    Everyone,
    /// The user that the record's only user field names.
    RecordOwner(FieldRef),
    /// The user that a field names.
    OfField(FieldRef),
    /// A user by name.
    User(String),
    /// All of a role.
    Role(String),
    /// All of a group.
    Group(String),
    /// All of a profile.
    Profile(String),
}

/// What else may be asked for during a transition.
#[derive(Clone, Debug, Serialize)]
pub struct Extra {
    /// What.
    pub kind: ExtraKind,
    /// Whether it must be given.
    pub required: bool,
}

/// The kinds of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtraKind {
    /// A note.
    Note,
    /// An attachment.
    Attachment,
    /// Items to be ticked.
    Checklist(Vec<String>),
    /// A record of this module, as declared.
    Record(String),
}
