//! Tests beside the rules, checked: what happens, and what is expected.

use rust_decimal::Decimal;

use super::RuleId;
use crate::checked::{Condition, Expr, FieldRef, On, ScoreId};
use crate::lexicon::Op;
use crate::source::Span;
use crate::value::TimeSpec;

/// `test "un cliqueur" sur Prospects`.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// The module of its record.
    pub on: On,
    /// What happens and what is expected.
    pub steps: Vec<Step>,
}

/// One step of a test.
#[derive(Clone, Debug)]
pub struct Step {
    /// The line.
    pub span: Span,
    /// As written.
    pub source: String,
    /// What it says.
    pub kind: StepKind,
}

/// Fields and their values, constants or dates under the test's clock, by declared name.
pub type Given = Vec<(String, Vec<Expr>)>;

/// The steps of a test.
#[derive(Clone, Debug)]
pub enum StepKind {
    /// The clock at the beginning: a date, or a date and a time, local.
    On(TimeSpec),
    /// The clock goes on and timers fire.
    Then(TimeSpec),
    /// Who acts from here on.
    As(Who),
    /// The record as created.
    Given(Given),
    /// The record before a change.
    Before(Given),
    /// The fields that change.
    After(Given),
    /// A related record, in the reference or the list of this name.
    Related(FieldRef, Given),
    /// An activity of this type id, and its attributes.
    Event(String, Given),
    /// The record is deleted.
    Deleted,
    /// Somebody presses the button of a rule.
    Manual(RuleId),
    /// Somebody makes a transition, as its blueprint names it.
    Transition(String, Handed),
    /// Somebody saves a transition half filled in.
    Draft(String, Handed),
    /// The record is taken out of its process.
    Exit,
    /// What must be so.
    Expect(Expectation),
}

/// Who acts.
#[derive(Clone, Debug, Default)]
pub struct Who {
    /// The name.
    pub name: String,
    /// The roles.
    pub roles: Vec<String>,
    /// The groups.
    pub groups: Vec<String>,
    /// The profiles.
    pub profiles: Vec<String>,
}

/// What is given for a transition.
#[derive(Clone, Debug)]
pub struct Handed {
    /// Fields.
    pub fields: Given,
    /// A note.
    pub note: Option<String>,
    /// Attachments.
    pub attachments: Vec<String>,
    /// What is ticked.
    pub ticked: Vec<String>,
    /// The modules of the records that are associated.
    pub records: Vec<String>,
}

/// What a test expects.
#[derive(Clone, Debug)]
pub enum Expectation {
    /// A score compared with a number.
    Score(ScoreId, Op, Decimal),
    /// A rule fires, or does not.
    Rule(RuleId, bool),
    /// A criterion holds of the record.
    Criterion(Condition),
    /// There is an effect of this kind (and with this name), or there is none.
    Effect {
        /// Its kind, by its French keyword.
        kind: String,
        /// Its subject, template or name.
        name: Option<String>,
        /// Whether there must be one, or none.
        present: bool,
    },
    /// No effect at all.
    NoEffect,
    /// A timer is armed (of this rule or blueprint, due then), or none is.
    Timer {
        /// Of which rule or blueprint, as declared.
        rule: Option<String>,
        /// When it is due.
        at: Option<TimeSpec>,
        /// Whether there must be one, or none.
        present: bool,
    },
    /// Validation refuses the change (with this message), or does not.
    Refused {
        /// The message.
        message: Option<String>,
        /// Whether it must be refused.
        present: bool,
    },
    /// The record is in this state of its process, or in no process.
    State(Option<String>),
    /// A transition is offered to who acts, or is not.
    Offered {
        /// Its name.
        transition: String,
        /// Whether it must be offered, or not.
        offered: bool,
    },
}
