//! Blueprints as written: the guided ways of a record from state to state.

use serde::{Deserialize, Serialize};

use super::{Action, Actor, Criterion, Item, Lapse, Must, Name};
use crate::source::Span;

/// `parcours "Parcours Affaire" sur Affaires, champ Étape` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Blueprint {
    /// Its name.
    pub name: Name,
    /// The module it governs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// `champ Étape`: the list field that holds the state.
    pub field: Name,
    /// `inactif`: it keeps its text and governs nothing.
    #[serde(default, skip_serializing_if = "super::form::is_false")]
    pub inactive: bool,
    /// `continu`: run through in one go.
    #[serde(default, skip_serializing_if = "super::form::is_false")]
    pub continuous: bool,
    /// `entrée si …`: which records it takes; none takes every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Criterion>,
    /// `états …`, `gagné …`, `perdu …`, `final …`, `défaut …`, `état …`, in source order; one
    /// state may stand in several lines. None at all: the values of the list are the states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<State>,
    /// `délai …`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
    /// Its transitions, in source order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
}

/// What one line says of a state; a line `états A, B` says it of several.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Its name: a value of the field.
    pub name: Name,
    /// `défaut`, `gagné`, `perdu`, `final`, `ouvert`, `fermé`, in source order.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::form::roles")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<StateRole>"))]
    pub roles: Vec<(Span, StateRole)>,
    /// `probabilité 20 %`: the number as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<Name>,
    /// `libellé "Qualified"`, `libellé en "Qualified"`: labels, with their language if one is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::form::labels")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<super::form::labels::Shape>"))]
    pub labels: Vec<(Option<crate::lang::Lang>, Name)>,
}

/// What a state is in the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// Which state.
    pub state: Name,
    /// How long it may last.
    pub after: Lapse,
    /// `calendrier Siège`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// `rappel 1 jour avant, Alice`, each with who is reminded; nobody is the record's owner.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::form::reminders")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<super::form::reminders::Shape>"))]
    pub reminders: Vec<(Lapse, Vec<Actor>)>,
    /// `escalade rôle "Directeur"`, `escalade 2 jours après, utilisateur Alice`: level by level,
    /// how long after the deadline (none is at it) and who is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::form::escalations")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<super::form::escalations::Shape>"))]
    pub escalations: Vec<(Option<Lapse>, Vec<Actor>)>,
}

/// `transition "Faire relire" de Démonstration du produit vers Examen juridique` and its parts;
/// also a child of a parallel one, `enfant "Juridique"`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// Its first line.
    #[serde(skip)]
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Single, common, automatic, parallel.
    pub kind: TransitionKind,
    /// From where to where; a child goes the way of its parent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Route>,
    /// `avant`: who may, and when it is offered.
    #[serde(default, skip_serializing_if = "Before::is_empty")]
    pub before: Before,
    /// `pendant`: what must be given.
    #[serde(default, skip_serializing_if = "During::is_empty")]
    pub during: During,
    /// `après`: what is done then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Action>,
    /// The children of a parallel transition: it is done when all of them are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Transition>,
}

/// `de A, B vers C`, `vers C, sauf depuis D`: states may hold the words that part them, so every
/// reading is kept and `check` takes the one whose names are states.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "super::form::RouteForm", into = "super::form::RouteForm")]
pub struct Route {
    /// Where it stands.
    pub span: Span,
    /// As written, white space collapsed outside quotes.
    pub text: String,
    /// The first reading; where just one names states of the blueprint, that one.
    pub split: RouteSplit,
    /// The other readings, left to right.
    pub others: Vec<RouteSplit>,
    /// Whether the blueprint's own states, or the words alone, leave just one reading.
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
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// `propriétaires …`; none is everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Owner>,
    /// `si …`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Criterion>,
}

impl Before {
    fn is_empty(&self) -> bool {
        self.owners.is_empty() && self.criterion.is_none()
    }
}

/// Who may make a transition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Owner {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// Who.
    pub kind: OwnerKind,
}

/// The kinds of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct During {
    /// `message "…"`: templates to be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Item>,
    /// `obligatoire A, B`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<Name>,
    /// `facultatif A, B`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub optional: Vec<Name>,
    /// `valider Montant >= 1000, message "…"`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub musts: Vec<Must>,
    /// `note obligatoire`, `pièce jointe facultative`, `cocher "Contrat signé", "RIB reçu"`,
    /// `fiche Devis obligatoire`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Extra>,
}

impl During {
    fn is_empty(&self) -> bool {
        let During { messages, required, optional, musts, extras } = self;
        messages.is_empty()
            && required.is_empty()
            && optional.is_empty()
            && musts.is_empty()
            && extras.is_empty()
    }
}

/// What else may be asked for during a transition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// What.
    pub kind: ExtraKind,
    /// Whether it must be given.
    #[serde(default, skip_serializing_if = "super::form::is_false")]
    pub required: bool,
}

/// The kinds of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
