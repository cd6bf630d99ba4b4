//! Tests beside the rules, checked: what happens, and what is expected.

use rust_decimal::Decimal;

use super::RuleId;
use crate::checked::{Condition, Expr, FieldRef, ScoreId};
use crate::lexicon::Op;
use crate::schema::ModuleId;
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
    pub module: Option<ModuleId>,
    /// The folded name of an undeclared module, if one is written.
    pub open_module: Option<String>,
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
    /// Who acts.
    As(String),
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
    /// What must be so.
    Expect(Expectation),
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
    /// A timer is armed (of this rule, due then), or none is.
    Timer {
        /// Of which rule.
        rule: Option<RuleId>,
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
    /// Of blueprints; not judged yet.
    Blueprint(String),
}
