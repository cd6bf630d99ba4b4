//! What rules do: actions, and what they are made of.

use super::WebhookId;
use crate::checked::{Expr, FieldRef, ScoreId};
use crate::lexicon::{Priority, Unit};
use crate::schema::ModuleId;
use crate::source::Span;
use crate::syntax::ast::Change;
use serde::Serialize;

/// One action.
#[derive(Clone, Debug, Serialize)]
pub struct Action {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// As written.
    #[serde(skip)]
    pub source: String,
    /// What is done.
    pub kind: ActionKind,
}

/// The actions.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// A field gets a value.
    Update(Update),
    /// `tâche`
    Task(Task),
    /// `e-mail`
    Email(Message),
    /// `alerte`
    Alert(Message),
    /// `webhook N`
    Webhook(WebhookId),
    /// `fonction N(…)`
    Function {
        /// The host's function.
        name: String,
        /// Its arguments.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        arguments: Vec<Expr>,
    },
    /// `score N`: computed now.
    Score(ScoreId),
    /// `convertir en …`: into these modules, as written; none is as the host does.
    Convert(Vec<String>),
    /// `créer M avec …`
    Create {
        /// The module as written.
        module: String,
        /// Its fields by their declared (or written) name, and their values.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        fields: Vec<(String, Expr)>,
    },
    /// `étiqueter …`
    Tag(Vec<String>),
    /// `retirer l'étiquette …`
    Untag(Vec<String>),
    /// `affecter à …`
    Assign(Actor),
    /// `rendez-vous …`
    Meeting(Meeting),
    /// `supprimer`
    Delete,
}

/// A field update.
#[derive(Clone, Debug, Serialize)]
pub struct Update {
    /// `forcer`: also where the field is the state of a blueprint that the record is in.
    pub forced: bool,
    /// Which field of which record.
    pub target: Target,
    /// How it changes.
    pub change: Change,
    /// The values, read on the rule's record by the field's domain; none empties the field, more
    /// than one only on a multi-list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Expr>,
}

/// The field that an update writes.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A field of the rule's record.
    Own(FieldRef),
    /// `Compte.Type`: a field of the record that a reference names.
    Through {
        /// The reference, a field of the rule's record.
        reference: FieldRef,
        /// The module it refers to.
        module: ModuleId,
        /// The field of that record.
        field: FieldRef,
    },
    /// `chaque Contacts.Adresse`: a field of each related record.
    Each {
        /// The list, a field of the rule's record.
        list: FieldRef,
        /// The module of its records.
        module: ModuleId,
        /// The field of each.
        field: FieldRef,
    },
}

/// `tâche "…"`.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
    /// Its subject.
    pub subject: Expr,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// `priorité haute`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Actor>,
    /// Made as done already.
    pub done: bool,
    /// Further fields by key, such as `description`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<(String, Expr)>,
}

/// When a task is due or a meeting begins.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// So long after now.
    In(u32, Unit),
    /// At a date or a time.
    At(Expr),
}

/// `e-mail "…" à …`, `alerte "…"`.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// The template's name, or the alert's text.
    pub template: Expr,
    /// To whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Actor>,
    /// `objet`, `texte`, `html`, `copie` and their values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<(String, Expr)>,
}

/// `rendez-vous "…"`.
#[derive(Clone, Debug, Serialize)]
pub struct Meeting {
    /// Its title.
    pub title: Expr,
    /// When it begins.
    pub start: Due,
    /// How long it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<(u32, Unit)>,
    /// With whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Actor>,
    /// `lieu`, `description` and their values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<(String, Expr)>,
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Who a field names: a user, an address.
    Field(FieldRef),
    /// A user by name.
    User(String),
    /// All of a role.
    Role(String),
    /// All of a group.
    Group(String),
    /// An e-mail address.
    Address(String),
}
