//! Workflow rules as written: triggers, conditions, actions.

use serde::Serialize;

use super::{Criterion, Item, Lapse, Name};
use crate::source::Span;

/// `règle "CM3" sur Prospects` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Rule {
    /// Its name.
    pub name: Name,
    /// The module it governs.
    pub module: Option<Name>,
    /// The `quand` lines.
    pub triggers: Vec<Trigger>,
    /// `à chaque fois`, `au passage`, `une seule fois`; none is `à chaque fois`.
    pub repetition: Option<(Span, Repetition)>,
    /// `si … sinon si … sinon`, in source order, at least one; the first that holds acts. Only
    /// the first of a rule without `si`, and the last `sinon`, have no criterion.
    pub branches: Vec<Branch>,
}

impl Rule {
    /// Its first condition; none holds of every record.
    pub fn criterion(&self) -> Option<&Criterion> {
        self.branches.first().and_then(|branch| branch.criterion.as_ref())
    }
}

/// How often a rule fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Repetition {
    /// `à chaque fois`: at every save where trigger and criterion hold.
    EveryTime,
    /// `au passage`: only when the criterion was false before this change and is true after.
    OnEntering,
    /// `une seule fois`: once per record.
    OnlyOnce,
}

/// One condition and what it does.
#[derive(Clone, Debug, Serialize)]
pub struct Branch {
    /// From `si`, `sinon` or `alors` to its last action.
    pub span: Span,
    /// `si …`; none holds of every record.
    pub criterion: Option<Criterion>,
    /// Done at once, in source order.
    pub actions: Vec<Action>,
    /// `puis 3 jours après` and the actions under it, in source order.
    pub later: Vec<Later>,
}

/// `puis 3 jours après`: actions on a timer, counted from the rule's firing.
#[derive(Clone, Debug, Serialize)]
pub struct Later {
    /// The line that opens it.
    pub span: Span,
    /// How long after.
    pub after: Lapse,
    /// `à 10h30`: the local time of day, as written; none keeps the time of the firing.
    pub at: Option<Name>,
    /// `sans revérifier`: do not ask the criterion again when due.
    pub unchecked: bool,
    /// What is done then.
    pub actions: Vec<Action>,
}

/// One `quand` line.
#[derive(Clone, Debug, Serialize)]
pub struct Trigger {
    /// What follows `quand`.
    pub span: Span,
    /// What it waits for.
    pub kind: TriggerKind,
}

/// What a rule waits for.
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
pub struct DateTrigger {
    /// The date or date-time field.
    pub field: Name,
    /// `3 jours avant`
    pub offset: Option<Offset>,
    /// `à 10h30`, as written.
    pub at: Option<Name>,
    /// `chaque mois`, `chaque année`: the unit it comes back by.
    pub every: Option<crate::lexicon::Unit>,
}

/// `3 jours avant`, `2 heures après`.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Offset {
    /// How far.
    pub lapse: Lapse,
    /// After the field's date, or before it.
    pub after: bool,
}

/// One action.
#[derive(Clone, Debug, Serialize)]
pub struct Action {
    /// The whole line.
    pub span: Span,
    /// What is done.
    pub kind: ActionKind,
}

/// The actions.
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
pub struct Update {
    /// `forcer`: also while a blueprint governs the field.
    pub forced: bool,
    /// `chaque Contacts.Adresse`: on each related record.
    pub each: bool,
    /// The field, or the path through a reference or a list.
    pub target: Name,
    /// `:`, `+=` or `-=`
    pub change: Change,
    /// The values; one but for multi-lists. The unquoted word `vide` alone empties the field.
    pub values: Vec<Item>,
}

/// How an update changes a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Change {
    /// `:`
    Set,
    /// `+=`: adds to a number or to a multi-list.
    Add,
    /// `-=`: takes from a number or from a multi-list.
    Remove,
}

/// When a task is due or a meeting begins.
#[derive(Clone, Debug, Serialize)]
pub enum Due {
    /// `dans 1 jour ouvré`
    In(Lapse),
    /// `demain`, `2026-07-01`, `Date Auto plus 2 jours`
    At(Item),
}

/// `tâche "…"` and what follows its subject.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
    /// Its subject: a template.
    pub subject: Item,
    /// `échéance …`
    pub due: Option<Due>,
    /// `priorité haute`
    pub priority: Option<Name>,
    /// `pour Alice`
    pub to: Option<Actor>,
    /// `terminée`: made as done already.
    pub done: bool,
    /// Further fields: `description "…"`.
    pub settings: Vec<Setting>,
}

/// A named option of an action: `objet "…"`, `texte "…"`.
#[derive(Clone, Debug, Serialize)]
pub struct Setting {
    /// Which, by its French keyword: `objet`, `texte`, `html`, `copie`, `description`, `lieu`.
    pub key: String,
    /// Where the keyword stands.
    pub span: Span,
    /// Its values.
    pub values: Vec<Item>,
}

/// `e-mail "Écosystème" à Adresse e-mail, objet "…"`; an alert has the same parts.
#[derive(Clone, Debug, Serialize)]
pub struct Email {
    /// The template's name, or the alert's text.
    pub template: Item,
    /// Fields, users, addresses; none where it is not said.
    pub to: Vec<Actor>,
    /// `objet`, `texte`, `html`, `copie`
    pub settings: Vec<Setting>,
}

/// `fonction Calcul(Montant, 2)`.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    /// The host's function.
    pub name: Name,
    /// Its arguments.
    pub arguments: Vec<Item>,
}

/// `créer Affaires avec Nom = "${Société}"`.
#[derive(Clone, Debug, Serialize)]
pub struct Create {
    /// Of which module.
    pub module: Name,
    /// Its fields and their values.
    pub fields: Vec<(Name, Item)>,
}

/// `affecter à Alice`, `affecter à "Prospects entrants"`.
#[derive(Clone, Debug, Serialize)]
pub struct Assignment {
    /// To whom; a bare name may be that of an `affectation`.
    pub to: Actor,
}

/// `rendez-vous "Démo", dans 2 jours ouvrés, durée 30 minutes`.
#[derive(Clone, Debug, Serialize)]
pub struct Meeting {
    /// Its title: a template.
    pub title: Item,
    /// When it begins.
    pub start: Due,
    /// `durée 30 minutes`
    pub length: Option<Lapse>,
    /// `avec Alice`
    pub with: Vec<Actor>,
    /// `lieu "…"`, `description "…"`
    pub settings: Vec<Setting>,
}

/// Somebody: a field, a user, a role, a group, an address.
#[derive(Clone, Debug, Serialize)]
pub struct Actor {
    /// `utilisateur`, `rôle`, `groupe`, `champ`; a bare name is a field if one is declared, else
    /// a user.
    pub kind: Option<ActorKind>,
    /// Who.
    pub name: Name,
}

/// The kinds of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
