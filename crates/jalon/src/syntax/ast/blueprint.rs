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
    pub field: Name,
    /// `inactif`: it keeps its text and governs nothing.
    pub inactive: bool,
    /// `continu`: run through in one go.
    pub continuous: bool,
    /// `entrée si …`: which records it takes; none takes every one.
    pub entry: Option<Criterion>,
    /// `états …`, `gagné …`, `perdu …`, `final …`, `défaut …`, `état …`, in source order; one
    /// state may stand in several lines. None at all: the values of the list are the states.
    pub states: Vec<State>,
    /// `délai …`
    pub deadlines: Vec<Deadline>,
    /// Its transitions, in source order.
    pub transitions: Vec<Transition>,
}

/// What one line says of a state; a line `états A, B` says it of several.
#[derive(Clone, Debug, Serialize)]
pub struct State {
    /// Its name: a value of the field.
    pub name: Name,
    /// `défaut`, `gagné`, `perdu`, `final`, `ouvert`, `fermé`, in source order.
    pub roles: Vec<(Span, StateRole)>,
    /// `probabilité 20 %`: the number as written.
    pub probability: Option<Name>,
    /// `libellé "Qualified"`, `libellé en "Qualified"`: labels, with their language if one is said.
    pub labels: Vec<(Option<crate::lang::Lang>, Name)>,
}

/// What a state is in the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StateRole {
    /// `défaut`: where records begin; without one, the first state that is no end.
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
    /// `rappel 1 jour avant, Alice`, each with who is reminded; nobody is the record's owner.
    pub reminders: Vec<(Lapse, Vec<Actor>)>,
    /// `escalade rôle "Directeur"`, `escalade 2 jours après, utilisateur Alice`: level by level,
    /// how long after the deadline (none is at it) and who is told.
    pub escalations: Vec<(Option<Lapse>, Vec<Actor>)>,
}

/// `transition "Faire relire" de Démonstration du produit vers Examen juridique` and its parts;
/// also a child of a parallel one, `enfant "Juridique"`.
#[derive(Clone, Debug, Serialize)]
pub struct Transition {
    /// Its first line.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Single, common, automatic, parallel.
    pub kind: TransitionKind,
    /// From where to where; a child goes the way of its parent.
    pub route: Option<Route>,
    /// `avant`: who may, and when it is offered.
    pub before: Before,
    /// `pendant`: what must be given.
    pub during: During,
    /// `après`: what is done then.
    pub after: Vec<Action>,
    /// The children of a parallel transition: it is done when all of them are.
    pub children: Vec<Transition>,
}

/// `de A, B vers C`, `vers C, sauf depuis D`: states may hold the words that part them, so every
/// reading is kept and `check` takes the one whose names are states.
#[derive(Clone, Debug, Serialize)]
pub struct Route {
    /// Where it stands.
    pub span: Span,
    /// As written, white space collapsed outside quotes.
    pub text: String,
    /// The first reading; where just one names states of the blueprint, that one.
    pub split: RouteSplit,
    /// The other readings, left to right.
    #[serde(skip)]
    pub others: Vec<RouteSplit>,
    /// Whether the blueprint's own states, or the words alone, leave just one reading.
    #[serde(skip)]
    pub certain: bool,
}

impl Route {
    /// More readings than this is an error that asks for quotes.
    pub const MAX_SPLITS: usize = 16;

    /// Every reading, the first one first.
    pub fn splits(&self) -> impl Iterator<Item = &RouteSplit> {
        std::iter::once(&self.split).chain(&self.others)
    }
}

/// One reading of a route.
#[derive(Clone, Debug, Serialize)]
pub struct RouteSplit {
    /// `de A, B`, `depuis A, B`; none is every state but the ends and `to`.
    pub from: Vec<Name>,
    /// `vers C`
    pub to: Name,
    /// `sauf depuis D`
    pub except: Vec<Name>,
}

impl RouteSplit {
    /// Every name in it.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.from.iter().chain([&self.to]).chain(&self.except)
    }
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

impl TransitionKind {
    /// Whether it has children.
    pub fn is_parallel(&self) -> bool {
        matches!(self, TransitionKind::Parallel)
    }
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
pub struct Owner {
    /// Where it stands.
    pub span: Span,
    /// Who.
    pub kind: OwnerKind,
}

/// The kinds of them.
#[derive(Clone, Debug, Serialize)]
pub enum OwnerKind {
    /// `tous`
    Everyone,
    /// `propriétaire de la fiche`, `propriétaire`
    RecordOwner,
    /// `utilisateur du champ X`
    OfField(Name),
    /// `profil X`
    Profile(Name),
    /// `utilisateur Alice`, `rôle "Directeur"`, `groupe "Juristes"`; a bare name is a field if
    /// one is declared, else a user.
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
    /// `note obligatoire`, `pièce jointe facultative`, `cocher "Contrat signé", "RIB reçu"`,
    /// `fiche Devis obligatoire`
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
