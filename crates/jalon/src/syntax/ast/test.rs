//! Tests beside the rules.

use serde::Serialize;

use super::{Criterion, Item, Name, Owner, Update};
use crate::lexicon::Op;
use crate::source::Span;

/// `test "un cliqueur" sur Prospects` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Test {
    /// Its name.
    pub name: Name,
    /// The module of its record.
    pub module: Option<Name>,
    /// What happens and what is expected, in source order.
    pub steps: Vec<Step>,
}

/// One line of a test and what belongs to it.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The line.
    pub span: Span,
    /// What it says.
    pub kind: StepKind,
}

/// The steps of a test.
#[derive(Clone, Debug, Serialize)]
pub enum StepKind {
    /// `le 2026-06-30 à 10h30`: the clock at the beginning, as written.
    On(Name),
    /// `puis le 2026-07-03 à 10h30`: the clock goes on and timers fire.
    Then(Name),
    /// `en tant que Alice, groupe "Juristes"`: who acts from here on, and the roles, groups and
    /// profiles of that user.
    As(Name, Vec<Owner>),
    /// `avec` and the record as created.
    Given(Block),
    /// `avant` and the record before a change.
    Before(Block),
    /// `après` and the fields that change.
    After(Block),
    /// `fiche Contacts` and the fields of a record that the record at hand refers to or lists.
    Related(Name, Block),
    /// `événement e-mail ouvert` and its attributes.
    Event(Name, Block),
    /// `supprimé`
    Deleted,
    /// `manuel "MAJ04"`: somebody presses a rule's button.
    Manual(Name),
    /// `transition "Faire relire"` and what is given for it.
    Transition(Name, Handed),
    /// `brouillon "Faire relire"`: the same, saved half filled in.
    Draft(Name, Handed),
    /// `sortie du parcours`
    Exit,
    /// `attendu …`
    Expect(Expectation),
}

/// What is given for a transition.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Handed {
    /// The fields and their values.
    pub fields: Block,
    /// `note "…"`; more than one is an error.
    pub notes: Vec<Item>,
    /// `pièce jointe contrat.pdf`
    pub attachments: Vec<Name>,
    /// `cocher "Contrat signé", "RIB reçu"`
    pub ticked: Vec<Name>,
    /// `fiche Devis`: a record of this module is associated.
    pub records: Vec<Name>,
}

/// Lines of fields under a step.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Block {
    /// The fields and their values, as updates are written.
    pub fields: Vec<(Span, Update)>,
}

/// `attendu …`.
#[derive(Clone, Debug, Serialize)]
pub struct Expectation {
    /// What is expected.
    pub kind: ExpectationKind,
}

/// What a test expects.
#[derive(Clone, Debug, Serialize)]
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
        kind: String,
        /// Its subject, template or name, as it is rendered; none is any.
        name: Option<Item>,
        /// Whether there must be one, or none.
        present: bool,
    },
    /// `aucun effet`
    NoEffect,
    /// `minuterie "AP1" le 2026-09-28 à 10h30`, `aucune minuterie`
    Timer {
        /// Of which rule; none is any.
        rule: Option<Name>,
        /// When it is due, as written; none is any time.
        at: Option<Name>,
        /// Whether there must be one, or none.
        present: bool,
    },
    /// `refus "dix chiffres"`, `aucun refus`: whether validation refuses the change, and the message.
    Refused {
        /// The message; none is any.
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
