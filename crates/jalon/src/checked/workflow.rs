//! Workflow, checked: what rules wait for, test and do, and what stands around them.

mod action;
mod test;

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Condition, Expr, FieldRef, ScoreId, form};
use crate::lexicon::Unit;
use crate::recurrence::Recurrence;
use crate::schema::ModuleId;
use crate::source::Span;
pub use crate::syntax::ast::{Chaining, Change, Format, HttpMethod, Repetition, Stage};
use crate::value::TimeOfDay;
pub use action::{Action, ActionKind, Actor, Due, Meeting, Message, Target, Task, Update};
pub use test::{Expectation, Given, Handed, Step, StepKind, Test, Who};

/// Index of a rule in [`super::CheckedProgram::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u32);

/// Index of a webhook in [`super::CheckedProgram::webhooks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebhookId(pub u32);

/// A workflow rule.
#[derive(Clone, Debug, Serialize)]
pub struct Rule {
    /// Its name.
    #[serde(skip)]
    pub name: String,
    /// Where its name stands.
    #[serde(skip)]
    pub span: Span,
    /// The module it governs; none where nothing is declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<ModuleId>,
    /// The folded name of an undeclared module, if one is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_module: Option<String>,
    /// What it waits for: any of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// How often it fires.
    pub repetition: Repetition,
    /// Its conditions and what they do; the first that holds acts. At least one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<Branch>,
}

impl Rule {
    /// Its first condition; `None` holds of every record.
    pub fn condition(&self) -> Option<&Condition> {
        self.branches.first().and_then(|branch| branch.condition.as_ref())
    }
}

/// What a rule waits for.
#[derive(Clone, Debug, Serialize)]
pub struct Trigger {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// As written.
    #[serde(skip)]
    pub source: String,
    /// What it is.
    pub kind: TriggerKind,
}

/// The kinds of trigger.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TriggerKind {
    /// `créé`
    Created,
    /// `modifié`
    Updated,
    /// `créé ou modifié`
    CreatedOrUpdated,
    /// `supprimé`
    Deleted,
    /// `manuel`
    Manual,
    /// `A, B modifiés`: any of these fields changes, on an update only.
    Changed(Vec<FieldRef>),
    /// `Statut DEVIENT Client`: judged with the record before and after.
    Criterion(Condition),
    /// A date field of the record, moved.
    Date(DateTrigger),
    /// A score crosses a threshold.
    Score {
        /// Which score.
        score: ScoreId,
        /// Whether it must rise to the threshold (from below it), or fall below it.
        rising: bool,
        /// The threshold.
        #[serde(serialize_with = "form::number")]
        threshold: Decimal,
    },
    /// An activity of this type id.
    Event(String),
    /// Nothing was changed for so long.
    Idle(u32, Unit),
}

/// `3 jours avant Date Prochain Push à 10h30, chaque année`.
#[derive(Clone, Debug, Serialize)]
pub struct DateTrigger {
    /// The date or date-time field.
    pub field: FieldRef,
    /// How far from it, negative before it, and in what unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<(i64, Unit)>,
    /// The local time of day; none is midnight of a date and the instant itself of a date-time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<TimeOfDay>,
    /// Comes back every month or every year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<Unit>,
}

/// One condition of a rule and what it does.
#[derive(Clone, Debug, Serialize)]
pub struct Branch {
    /// From its `si`, `sinon` or `alors` to its last action.
    #[serde(skip)]
    pub span: Span,
    /// What must hold; `None` holds of every record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// Done at once, in source order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Done on timers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Later>,
}

/// Actions on a timer.
#[derive(Clone, Debug, Serialize)]
pub struct Later {
    /// Where `puis …` stands.
    #[serde(skip)]
    pub span: Span,
    /// How long after the rule's firing.
    pub after: (u32, Unit),
    /// The local time of day; none keeps that of the firing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<TimeOfDay>,
    /// Whether the rule's criterion is asked again when the timer is due.
    pub recheck: bool,
    /// What is done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
}

/// `validation sur Prospects`.
#[derive(Clone, Debug, Serialize)]
pub struct Validation {
    /// The module it guards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<ModuleId>,
    /// The folded name of an undeclared module, if one is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_module: Option<String>,
    /// What must hold, in source order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Must>,
}

/// One line of a validation.
#[derive(Clone, Debug, Serialize)]
pub struct Must {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// As written, without the message.
    #[serde(skip)]
    pub source: String,
    /// What must hold.
    pub condition: Condition,
    /// The fields of its leaves: the line is judged only where none of them is empty; none where
    /// the criterion itself tests `VIDE`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub judged_with: Vec<FieldRef>,
    /// What is said where it does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Expr>,
}

/// `dépendance Région selon Département sur Prospects`.
#[derive(Clone, Debug, Serialize)]
pub struct Dependency {
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
    /// Their module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<ModuleId>,
    /// The folded name of an undeclared module, if one is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_module: Option<String>,
    /// The field that depends.
    pub child: FieldRef,
    /// The field it depends on.
    pub parent: FieldRef,
    /// Values of the parent, and those that the child may have then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<(Vec<String>, Vec<String>)>,
}

/// `calendrier Siège, fuseau Europe/Paris`.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// What it says.
    pub calendar: crate::value::Calendar,
}

/// `webhook SMS`.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub span: Span,
    /// Of each module whose rules call it (`None`: nothing is declared), its texts checked there.
    pub requests: Vec<(Option<ModuleId>, Request)>,
    /// Its method.
    pub method: HttpMethod,
}

impl Webhook {
    /// Its texts for the rules of a module.
    pub fn request(&self, module: Option<ModuleId>) -> Option<&Request> {
        self.requests.iter().find(|(of, _)| *of == module).map(|(_, request)| request)
    }
}

/// The texts of a webhook, read on the record of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct Request {
    /// The address.
    pub url: Expr,
    /// Headers and their values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, Expr)>,
    /// Parameters and their values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<(String, Expr)>,
    /// The body and what kind of text it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<(Format, Expr)>,
}

/// `garde e-mail sur Prospects, au plus 2 par 7 jours, si …`.
#[derive(Clone, Debug, Serialize)]
pub struct Guard {
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
    /// As written.
    #[serde(skip)]
    pub source: String,
    /// What it guards.
    pub channel: Channel,
    /// The module of the records; neither this nor an undeclared one is every record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<ModuleId>,
    /// The folded name of an undeclared module, if one is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_module: Option<String>,
    /// At most so many in so long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<(u32, (u32, Unit))>,
    /// What must hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

/// A way to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mails.
    Email,
    /// Alerts.
    Alert,
    /// A webhook.
    Webhook(WebhookId),
}

/// `planification "…" chaque jour à 19:00`.
#[derive(Clone, Debug, Serialize)]
pub struct Schedule {
    /// Its name.
    #[serde(skip)]
    pub name: String,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
    /// The recurrence as written.
    #[serde(skip)]
    pub when: String,
    /// When it runs.
    pub recurrence: Recurrence,
    /// How many records at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// The module whose records it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<ModuleId>,
    /// The folded name of an undeclared module, if one is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_module: Option<String>,
    /// The order, each field with whether the greatest is first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<(FieldRef, bool)>,
    /// Which records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// What is done to each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
}
