//! What is to be done.

use rust_decimal::Decimal;
use serde::Serialize;

use super::state::{RecordKey, State, Timer};
use super::trace::Step;
use crate::approval::Approval;
use crate::blueprint::{Instance, Obstacle, Offer};
use crate::checked::content::Content;
use crate::eval::RecordError;
use crate::lexicon::Priority;
use crate::value::Value;

/// What an event asks for. Nothing of it has been done yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Decision {
    /// The event's id.
    pub event: String,
    /// The hash of what the program says that decides.
    pub content: Content,
    /// The event's record; none where it has no id.
    pub record: Option<RecordKey>,
    /// Why the change must not be saved; then there is nothing else to do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<Refusal>,
    /// New values, net of the whole cascade, in the order they were first written.
    pub changes: Vec<FieldChange>,
    /// What else is to be done, in order.
    pub effects: Vec<Effect>,
    /// What happens to timers; the state says the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub timers: Vec<TimerChange>,
    /// The scores that rules wait for or asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<ScoreChange>,
    /// Actions that could not be done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ActionError>,
    /// Requests for approval as they are from now on, where they have changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<ApprovalChange>,
    /// What is remembered from now on of the records for which that changed.
    pub state: State,
    /// The rules that fired, in the order they did.
    pub fired: Vec<String>,
    /// Where the event's record stands in its blueprint from now on, where that has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process: Option<Instance>,
    /// Where that process is `continu`, the transitions that leave its state now, each offered to
    /// who acts or not, and why not: what a host leads on to without asking again. Empty at an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Vec<Offer<String>>>,
    /// Why each rule fired or did not, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Vec<Step>>,
}

impl Decision {
    /// The new values of the event's own record; of one without an id those that name no other.
    pub fn own_changes(&self) -> impl Iterator<Item = &FieldChange> {
        let is_own = |change: &&FieldChange| match &self.record {
            Some(own) => *own == change.record,
            None => change.record.id.is_empty(),
        };
        self.changes.iter().filter(is_own)
    }
}

/// Why a change must not be saved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refusal {
    /// The field at fault, if there is one.
    pub field: Option<String>,
    /// What is said.
    pub message: String,
    /// What must hold, as written; none for a property of the field.
    pub rule: Option<String>,
    /// What stands in the way of a transition, where that is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Obstacle>,
}

/// A field's new value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldChange {
    /// Whose field.
    pub record: RecordKey,
    /// The field, as declared.
    pub field: String,
    /// The value it is expected to have still.
    pub old: Value,
    /// The value it gets.
    pub new: Value,
    /// What wrote it last: the rule, the approval or the transition by its name, or the blueprint
    /// where the record entered it; empty where a dependent field was filled in.
    pub rule: String,
    /// Whether the field is `personnel`, so that reports do not show its values.
    #[serde(skip)]
    pub personal: bool,
}

/// Something to be done. Somebody is a name, in e-mails an address where it is known. Where the
/// host tells of no users, a role is `role:` and its name, a group `group:` and its name; so is one
/// of several users where one person is asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// The same for the same event, rule and record: doing it twice can be noticed.
    pub id: String,
    /// The rule that asks for it.
    pub rule: String,
    /// For which record: in JSON under its own name, since both have an `id`.
    pub record: RecordKey,
    /// What.
    #[serde(flatten)]
    pub kind: EffectKind,
}

/// The kinds of effect.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EffectKind {
    /// `tâche`
    Task {
        /// Its subject.
        subject: String,
        /// When it is due: a date, or an instant.
        due: Value,
        /// How much it matters.
        #[serde(skip_serializing_if = "Option::is_none")]
        priority: Option<Priority>,
        /// Whose it is.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        /// Made as done already.
        done: bool,
        /// Further fields.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        fields: Vec<(String, String)>,
    },
    /// `e-mail`
    Email {
        /// The template's name.
        template: String,
        /// To whom.
        to: Vec<String>,
        /// `objet`, `texte`, `html`, `copie`.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        fields: Vec<(String, String)>,
    },
    /// `alerte`
    Alert {
        /// What it says.
        text: String,
        /// To whom.
        to: Vec<String>,
        /// Further fields.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        fields: Vec<(String, String)>,
    },
    /// `webhook N`
    Webhook {
        /// Its name.
        name: String,
        /// `POST`
        method: String,
        /// The address.
        url: String,
        /// Headers.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        headers: Vec<(String, String)>,
        /// Parameters.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        parameters: Vec<(String, String)>,
        /// The body.
        #[serde(skip_serializing_if = "Option::is_none")]
        body: Option<String>,
    },
    /// `fonction N(…)`
    Function {
        /// Its name.
        name: String,
        /// Its arguments.
        arguments: Vec<Value>,
    },
    /// `convertir`
    Convert {
        /// Into which modules; none is as the host does.
        modules: Vec<String>,
    },
    /// `créer M`
    Create {
        /// Of which module.
        into: String,
        /// Its fields.
        fields: Vec<(String, Value)>,
    },
    /// `étiqueter`
    Tag {
        /// The labels to add.
        tags: Vec<String>,
    },
    /// `retirer l'étiquette`
    Untag {
        /// The labels to take off.
        tags: Vec<String>,
    },
    /// `affecter à`
    Assign {
        /// To whom.
        to: String,
    },
    /// `rendez-vous`
    Meeting {
        /// Its title.
        title: String,
        /// When it begins: a date, or an instant.
        start: Value,
        /// How long it lasts, in minutes.
        #[serde(skip_serializing_if = "Option::is_none")]
        minutes: Option<u32>,
        /// With whom.
        with: Vec<String>,
        /// Further fields.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        fields: Vec<(String, String)>,
    },
    /// `supprimer`
    Delete,
    /// What was given with a transition, to be kept with the record.
    Keep {
        /// A note.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// Attachments, as the host names them.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<String>,
        /// The items that were ticked.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        ticked: Vec<String>,
        /// Records to associate: module and id.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        records: Vec<(String, String)>,
    },
}

impl EffectKind {
    /// Its name in data, such as `email`.
    pub fn name(&self) -> &'static str {
        match self {
            EffectKind::Task { .. } => "task",
            EffectKind::Email { .. } => "email",
            EffectKind::Alert { .. } => "alert",
            EffectKind::Webhook { .. } => "webhook",
            EffectKind::Function { .. } => "function",
            EffectKind::Convert { .. } => "convert",
            EffectKind::Create { .. } => "create",
            EffectKind::Tag { .. } => "tag",
            EffectKind::Untag { .. } => "untag",
            EffectKind::Assign { .. } => "assign",
            EffectKind::Meeting { .. } => "meeting",
            EffectKind::Delete => "delete",
            EffectKind::Keep { .. } => "keep",
        }
    }
}

/// What happens to a timer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimerChange {
    /// Whose.
    pub record: RecordKey,
    /// What: `arm`, `move`, `cancel`, `done`, or `past` for one that would have been due already.
    pub change: &'static str,
    /// The timer, as it is from now on; as it was, where it is cancelled or done.
    pub timer: Timer,
}

/// A request for approval that has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ApprovalChange {
    /// Whose.
    pub record: RecordKey,
    /// As it is now.
    #[serde(flatten)]
    pub request: Approval,
}

/// A score that was computed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreChange {
    /// Whose.
    pub record: RecordKey,
    /// Which score.
    pub score: String,
    /// As it was known before, if it was.
    pub old: Option<Decimal>,
    /// As it is now.
    pub new: Decimal,
}

/// An action that could not be done; the others were.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActionError {
    /// The rule.
    pub rule: String,
    /// The action, as written.
    pub action: String,
    /// Why, in a word: `wrong_type`, `arithmetic`, `not_whole`, `no_record`, `no_recipient`,
    /// `in_process` (the state of a record in a process is written plainly), `other_version` (its
    /// blueprint has changed since).
    pub reason: &'static str,
    /// The values at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<RecordError>,
}
