//! Tests beside the rules.

use serde::{Deserialize, Serialize};

use super::{Criterion, Item, Name, Owner, Update};
use crate::lexicon::Op;
use crate::source::Span;

/// `test "un cliqueur" sur Prospects` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// Its name.
    pub name: Name,
    /// The module of its record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// What happens and what is expected, in source order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// One line of a test and what belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Step {
    /// The line.
    #[serde(skip)]
    pub span: Span,
    /// What it says.
    pub kind: StepKind,
}

/// The steps of a test.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum StepKind {
    /// `le 2026-06-30 à 10h30`: the clock at the beginning, as written.
    On(Name),
    /// `puis le 2026-07-03 à 10h30`: the clock goes on and timers fire.
    Then(Name),
    /// `en tant que Alice, groupe "Juristes"`: who acts from here on, and the roles, groups and
    /// profiles of that user.
    #[serde(with = "super::form::acting")]
    #[cfg_attr(feature = "schema", schemars(with = "super::form::acting::Shape"))]
    As(Name, Vec<Owner>),
    /// `avec` and the record as created.
    Given(Block),
    /// `avant` and the record before a change.
    Before(Block),
    /// `après` and the fields that change.
    After(Block),
    /// `fiche Contacts` and the fields of a record that the record at hand refers to or lists.
    #[serde(with = "super::form::related")]
    #[cfg_attr(feature = "schema", schemars(with = "super::form::related::Shape"))]
    Related(Name, Block),
    /// `événement e-mail ouvert` and its attributes.
    #[serde(with = "super::form::happening")]
    #[cfg_attr(feature = "schema", schemars(with = "super::form::happening::Shape"))]
    Event(Name, Block),
    /// `supprimé`
    Deleted,
    /// `manuel "MAJ04"`: somebody presses a rule's button.
    Manual(Name),
    /// `transition "Faire relire"` and what is given for it.
    #[serde(with = "super::form::handed")]
    #[cfg_attr(feature = "schema", schemars(with = "super::form::handed::Shape"))]
    Transition(Name, Handed),
    /// `brouillon "Faire relire"`: the same, saved half filled in.
    #[serde(with = "super::form::handed")]
    #[cfg_attr(feature = "schema", schemars(with = "super::form::handed::Shape"))]
    Draft(Name, Handed),
    /// `sortie du parcours`
    Exit,
    /// `attendu …`
    Expect(Expectation),
}

/// What is given for a transition.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Handed {
    /// The fields and their values.
    #[serde(default, skip_serializing_if = "Block::is_empty")]
    pub fields: Block,
    /// `note "…"`; more than one is an error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Item>,
    /// `pièce jointe contrat.pdf`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Name>,
    /// `cocher "Contrat signé", "RIB reçu"`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ticked: Vec<Name>,
    /// `fiche Devis`: a record of this module is associated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<Name>,
}

/// Lines of fields under a step.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Block {
    /// The fields and their values, as updates are written.
    #[serde(with = "super::form::updates")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Update>"))]
    pub fields: Vec<(Span, Update)>,
}

impl Block {
    fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

/// `attendu …`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Expectation {
    /// What is expected.
    pub kind: ExpectationKind,
}

/// What a test expects.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ExpectationKind {
    /// `score Scorex = 50`
    Score {
        /// Which score.
        score: Name,
        /// `=`, `>` …
        op: Op,
        /// The number as written.
        value: Name,
    },
    /// `règle "MAJ02" se déclenche | ne se déclenche pas`
    Rule {
        /// Which rule.
        rule: Name,
        /// Whether it must fire.
        fires: bool,
    },
    /// `Statut Lead = cliqueur à suivre`: any criterion on the record at this point.
    Criterion(Criterion),
    /// `tâche "Relancer Ferrand"`, `aucun e-mail "Écosystème"`, `webhook SMS`
    Effect {
        /// The kind of effect, by its French keyword: `tâche`, `e-mail`, `alerte`, `webhook`,
        /// `fonction`, `créer`, `étiqueter`, `affecter`, `convertir`, `rendez-vous`, `supprimer`.
        #[serde(with = "super::form::effect")]
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        kind: String,
        /// Its subject, template or name, as it is rendered; none is any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Item>,
        /// Whether there must be one, or none.
        present: bool,
    },
    /// `aucun effet`
    NoEffect,
    /// `minuterie "AP1" le 2026-09-28 à 10h30`, `aucune minuterie`
    Timer {
        /// Of which rule; none is any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<Name>,
        /// When it is due, as written; none is any time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Name>,
        /// Whether there must be one, or none.
        present: bool,
    },
    /// `refus "dix chiffres"`, `aucun refus`: whether validation refuses the change, and the message.
    Refused {
        /// The message; none is any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Item>,
        /// Whether it must be refused.
        present: bool,
    },
    /// `état Qualification`; none is `aucun état`: the record is in no blueprint.
    State(Option<Name>),
    /// `transition "Perdre" offerte | refusée`: to who acts.
    Offered {
        /// Which transition.
        transition: Name,
        /// Whether it must be offered, or not.
        offered: bool,
    },
}
