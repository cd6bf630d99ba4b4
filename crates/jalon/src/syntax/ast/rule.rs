//! Workflow rules as written: triggers, conditions, actions.

use serde::{Deserialize, Serialize};

use super::{Criterion, Item, Lapse, Name};
use crate::source::Span;

/// `règle "CM3" sur Prospects` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name.
    pub name: Name,
    /// The module it governs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// The `quand` lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// `à chaque fois`, `au passage`, `une seule fois`; none is `à chaque fois`.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::form::repetition")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Repetition>"))]
    pub repetition: Option<(Span, Repetition)>,
    /// `si … sinon si … sinon`, in source order, at least one; the first that holds acts. Only
    /// the first of a rule without `si`, and the last `sinon`, have no criterion.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<Branch>,
}

impl Rule {
    /// Its first condition; none holds of every record.
    pub fn criterion(&self) -> Option<&Criterion> {
        self.branches.first().and_then(|branch| branch.criterion.as_ref())
    }
}

/// How often a rule fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Repetition {
    /// `à chaque fois`: at every save where trigger and criterion hold.
    EveryTime,
    /// `au passage`: only when the criterion was false before this change and is true after.
    OnEntering,
    /// `une seule fois`: once per record.
    OnlyOnce,
}

/// One condition and what it does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// From `si`, `sinon` or `alors` to its last action.
    #[serde(skip)]
    pub span: Span,
    /// `si …`; none holds of every record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Criterion>,
    /// Done at once, in source order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// `puis 3 jours après` and the actions under it, in source order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Later>,
}

/// `puis 3 jours après`: actions on a timer, counted from the rule's firing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// The line that opens it.
    #[serde(skip)]
    pub span: Span,
    /// How long after.
    pub after: Lapse,
    /// `à 10h30`: the local time of day, as written; none keeps the time of the firing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Name>,
    /// `sans revérifier`: do not ask the criterion again when due.
    #[serde(default, skip_serializing_if = "super::form::is_false")]
    pub unchecked: bool,
    /// What is done then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
}

/// One `quand` line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Trigger {
    /// What follows `quand`.
    #[serde(skip)]
    pub span: Span,
    /// What it waits for.
    pub kind: TriggerKind,
}

/// What a rule waits for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
    /// `A, B modifiés`
    Changed(Vec<Name>),
    /// `Statut DEVIENT Client`
    Criterion(Criterion),
    /// `3 jours avant Date Prochain Push à 10h30`; also a bare name that is no event type.
    Date(DateTrigger),
    /// `score Scorex atteint 50`, `score Scorex descend sous 20`
    Score {
        /// Which score.
        score: Name,
        /// Whether it must rise to the threshold, or fall below it.
        rising: bool,
        /// The threshold as written.
        threshold: Name,
    },
    /// `e-mail ouvert`; or a quote alone, which is another event type, or a date field whose name
    /// needs quotes: `check` knows.
    Event(Name),
    /// `sans modification depuis 2 jours`
    Idle(Lapse),
}

/// `3 jours avant Date Prochain Push à 10h30, chaque année`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DateTrigger {
    /// The date or date-time field.
    pub field: Name,
    /// `3 jours avant`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<Offset>,
    /// `à 10h30`, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Name>,
    /// `chaque mois`, `chaque année`: the unit it comes back by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<crate::lexicon::Unit>,
}

/// `3 jours avant`, `2 heures après`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Offset {
    /// How far.
    pub lapse: Lapse,
    /// After the field's date, or before it.
    pub after: bool,
}

/// One action.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Action {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// What is done.
    pub kind: ActionKind,
}

/// The actions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ActionKind {
    /// `Statut Lead : off`, `Compte.Type : Client`, `chaque Contacts.Adresse : Adresse`,
    /// `Étiquettes += VIP`, `Date Auto plus 100 jours`
    Update(Update),
    /// `tâche "Relancer", échéance dans 1 jour ouvré, priorité haute`
    Task(Task),
    /// `e-mail "Écosystème" à Adresse e-mail`
    Email(Email),
    /// `alerte "À rappeler" à Alice`
    Alert(Email),
    /// `webhook SMS`
    Webhook(Name),
    /// `fonction Calcul(Montant, 2)`
    Function(Call),
    /// `score Scorex`
    Score(Name),
    /// `convertir`, `convertir en Contacts, Comptes`
    Convert(Vec<Name>),
    /// `créer Affaires avec Nom = "${Société}", Montant = 1000`
    Create(Create),
    /// `étiqueter VIP, Salon`
    Tag(Vec<Name>),
    /// `retirer l'étiquette VIP`
    Untag(Vec<Name>),
    /// `affecter à Alice`
    Assign(Assignment),
    /// `rendez-vous "Démo", dans 2 jours ouvrés, durée 30 minutes`
    Meeting(Meeting),
    /// `supprimer`
    Delete,
}

/// A field update.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// `forcer`: also while a blueprint governs the field.
    #[serde(default, skip_serializing_if = "super::form::is_false")]
    pub forced: bool,
    /// `chaque Contacts.Adresse`: on each related record.
    #[serde(default, skip_serializing_if = "super::form::is_false")]
    pub each: bool,
    /// The field, or the path through a reference or a list.
    pub target: Name,
    /// `:`, `+=` or `-=`
    pub change: Change,
    /// The values; one but for multi-lists. The unquoted word `vide` alone empties the field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Item>,
}

/// How an update changes a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// `:`
    Set,
    /// `+=`: adds to a number or to a multi-list.
    Add,
    /// `-=`: takes from a number or from a multi-list.
    Remove,
}

/// When a task is due or a meeting begins.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Due {
    /// `dans 1 jour ouvré`
    In(Lapse),
    /// `demain`, `2026-07-01`, `Date Auto plus 2 jours`
    At(Item),
}

/// `tâche "…"` and what follows its subject.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Its subject: a template.
    pub subject: Item,
    /// `échéance …`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// `priorité haute`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Name>,
    /// `pour Alice`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Actor>,
    /// `terminée`: made as done already.
    #[serde(default, skip_serializing_if = "super::form::is_false")]
    pub done: bool,
    /// Further fields: `description "…"`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Setting>,
}

/// A named option of an action: `objet "…"`, `texte "…"`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Which, by its French keyword: `objet`, `texte`, `html`, `copie`, `description`, `lieu`.
    #[serde(with = "super::form::setting")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub key: String,
    /// Where the keyword stands.
    #[serde(skip)]
    pub span: Span,
    /// Its values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Item>,
}

/// `e-mail "Écosystème" à Adresse e-mail, objet "…"`; an alert has the same parts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Email {
    /// The template's name, or the alert's text.
    pub template: Item,
    /// Fields, users, addresses; none where it is not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Actor>,
    /// `objet`, `texte`, `html`, `copie`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Setting>,
}

/// `fonction Calcul(Montant, 2)`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The host's function.
    pub name: Name,
    /// Its arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<Item>,
}

/// `créer Affaires avec Nom = "${Société}"`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Create {
    /// Of which module.
    pub module: Name,
    /// Its fields and their values.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::form::set_fields")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<super::form::set_fields::Shape>"))]
    pub fields: Vec<(Name, Item)>,
}

/// `affecter à Alice`, `affecter à "Prospects entrants"`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Assignment {
    /// To whom; a bare name may be that of an `affectation`.
    pub to: Actor,
}

/// `rendez-vous "Démo", dans 2 jours ouvrés, durée 30 minutes`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Its title: a template.
    pub title: Item,
    /// When it begins.
    pub start: Due,
    /// `durée 30 minutes`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Lapse>,
    /// `avec Alice`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Actor>,
    /// `lieu "…"`, `description "…"`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Setting>,
}

/// Somebody: a field, a user, a role, a group, an address.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// `utilisateur`, `rôle`, `groupe`, `champ`; a bare name is a field if one is declared, else
    /// a user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ActorKind>,
    /// Who.
    pub name: Name,
}

/// The kinds of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ActorKind {
    /// `utilisateur`
    User,
    /// `rôle`
    Role,
    /// `groupe`
    Group,
    /// `champ`
    Field,
}
