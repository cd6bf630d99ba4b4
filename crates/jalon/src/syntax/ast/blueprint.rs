//! Blueprints as written: the guided ways of a record from state to state.

use serde::Serialize;

use super::{Action, Actor, Criterion, Item, Lapse, Must, Name};
use crate::source::Span;

/// `parcours "Parcours Affaire" sur Affaires, champ Étape` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Blueprint {
    /// Its name.
    pub name: Name,
    /// The module it governs.
    pub module: Option<Name>,
    /// `champ Étape`: the list field that holds the state.
    pub field: Option<Name>,
    /// `inactif`: it keeps its text and governs nothing.
    pub inactive: bool,
    /// `continu`: run through in one go.
    pub continuous: bool,
    /// `entrée si …`: which records it takes; none takes every one.
    pub entry: Option<Criterion>,
    /// `états …`, `gagné …`, `perdu …`, `final …`, `état …`, in source order.
    pub states: Vec<State>,
    /// `délai …`
    pub deadlines: Vec<Deadline>,
    /// Its transitions, in source order.
    pub transitions: Vec<Transition>,
}

/// A state; a line `états A, B` declares several.
#[derive(Clone, Debug, Serialize)]
pub struct State {
    /// Its name: a value of the field.
    pub name: Name,
    /// `défaut`, `gagné`, `perdu`, `final`, `ouvert`, `fermé`.
    pub role: Option<(Span, StateRole)>,
    /// `probabilité 20 %`, as written.
    pub probability: Option<Name>,
    /// `libellé "Qualified"`, `libellé en "Qualified"`: labels, with their language if one is said.
    pub labels: Vec<(Option<crate::lang::Lang>, Name)>,
}

/// What a state is in the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StateRole {
    /// `défaut`: where records begin; without one, the first state.
    Default,
    /// `ouvert`
    Open,
    /// `fermé`
    Closed,
    /// `gagné`: an end.
    Won,
    /// `perdu`: an end.
    Lost,
    /// `final`: an end.
    Final,
}

/// `délai Examen juridique, 3 jours ouvrés, rappel 1 jour avant, escalade rôle "Directeur"`.
#[derive(Clone, Debug, Serialize)]
pub struct Deadline {
    /// The whole line.
    pub span: Span,
    /// Which state.
    pub state: Name,
    /// How long it may last.
    pub after: Lapse,
    /// `calendrier Siège`
    pub calendar: Option<Name>,
    /// `rappel 1 jour avant`, each with who is reminded.
    pub reminders: Vec<(Lapse, Vec<Actor>)>,
    /// `escalade rôle "Directeur"`, `escalade 2 jours après, utilisateur Alice`: level by level,
    /// how long after the deadline (none is at it) and who is told.
    pub escalations: Vec<(Option<Lapse>, Vec<Actor>)>,
}

/// `transition "Faire relire" de Démonstration du produit vers Examen juridique` and its parts.
#[derive(Clone, Debug, Serialize)]
pub struct Transition {
    /// Its first line.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Single, common, automatic, parallel.
    pub kind: TransitionKind,
    /// What follows the name, from `de` or `vers` on, as written: `check` splits it by the declared
    /// states.
    pub route: Name,
    /// `avant`: who may, and when it is offered.
    pub before: Before,
    /// `pendant`: what must be given.
    pub during: During,
    /// `après`: what is done then.
    pub after: Vec<Action>,
    /// The children of a parallel transition: done when all of them are.
    pub children: Vec<Transition>,
}

/// The kinds of transition.
#[derive(Clone, Debug, Serialize)]
pub enum TransitionKind {
    /// `transition "N" de A, B vers C`
    Single,
    /// `transition commune "N" vers C, depuis A | , sauf depuis B`
    Common,
    /// `transition automatique "N" de A vers B après 2 jours`
    Automatic(Lapse),
    /// `transition parallèle "N" de A vers B`
    Parallel,
}

/// `avant`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Before {
    /// `propriétaires …`; none is everybody.
    pub owners: Vec<Owner>,
    /// `si …`
    pub criterion: Option<Criterion>,
}

/// Who may make a transition.
#[derive(Clone, Debug, Serialize)]
pub enum Owner {
    /// `tous`
    Everyone(Span),
    /// `propriétaire de la fiche`, `propriétaire`
    RecordOwner(Span),
    /// `utilisateur du champ X`
    OfField(Name),
    /// `profil X`
    Profile(Name),
    /// `utilisateur Alice`, `rôle "Directeur"`, `groupe "Juristes"`; a bare name is a user.
    Actor(Actor),
}

/// `pendant`
#[derive(Clone, Debug, Default, Serialize)]
pub struct During {
    /// `message "…"`: templates to be read.
    pub messages: Vec<Item>,
    /// `obligatoire A, B`
    pub required: Vec<Name>,
    /// `facultatif A, B`
    pub optional: Vec<Name>,
    /// `valider Montant >= 1000, message "…"`
    pub musts: Vec<Must>,
    /// `note obligatoire`, `pièce jointe facultative`, `liste "Contrat signé", "RIB reçu"`,
    /// `fiches Devis obligatoires`
    pub extras: Vec<Extra>,
}

/// What else may be asked for during a transition.
#[derive(Clone, Debug, Serialize)]
pub struct Extra {
    /// The whole line.
    pub span: Span,
    /// What.
    pub kind: ExtraKind,
    /// Whether it must be given.
    pub required: bool,
}

/// The kinds of it.
#[derive(Clone, Debug, Serialize)]
pub enum ExtraKind {
    /// `note`
    Note,
    /// `pièce jointe`
    Attachment,
    /// `cocher "Contrat signé", "RIB reçu"`: items to be ticked.
    Checklist(Vec<Name>),
    /// `fiche Devis`: a record of this module.
    Record(Name),
}
