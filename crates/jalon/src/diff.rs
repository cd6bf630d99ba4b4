//! What two programs do not say alike: declarations added, removed, renamed, and what has changed
//! in those that stay.
//!
//! Programs are compared by what they mean, not by how they are written: formatting, comments,
//! the language of keywords and the order of what has no order make no difference. Declarations
//! that have no sentence of their own (approvals, calendars, tests …) are compared line by line,
//! as they are printed.

mod canonical;
mod compare;
mod lines;
mod node;
mod rules;
mod schema;
mod scores;
mod text;

use serde::{Deserialize, Serialize};

use crate::blueprint::changes as process;
pub use crate::blueprint::changes::Said;
use crate::program::Program;

/// What changes from one program to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff {
    /// What changes: first what decides differently, then names and tests.
    pub changes: Vec<Change>,
}

/// Something that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What it is.
    pub of: Part,
    /// Its name, where it has one; in the old program where that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The module it stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// Its name in the new program, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed: Option<String>,
    /// In what way it changes.
    pub change: How,
    /// What the old program says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Said>,
    /// What the new program says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Said>,
    /// What to beware of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warning: Option<Said>,
    /// What changes inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Of a blueprint: what changes inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<process::Change>,
}

/// In what way something changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Only the new program has it.
    Added,
    /// Only the old program has it.
    Removed,
    /// It says the same under another name.
    Renamed,
    /// It says something else.
    Changed,
    /// The same stand in another order, which matters.
    Reordered,
}

/// The things that change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A module.
    Module,
    /// A named constant.
    Constant,
    /// A rule.
    Rule,
    /// The order of the rules.
    Rules,
    /// A score.
    Score,
    /// A blueprint.
    Blueprint,
    /// The order of the blueprints.
    Blueprints,
    /// An approval.
    Approval,
    /// A validation.
    Validation,
    /// A dependency between fields.
    Dependency,
    /// A consent guard.
    Guard,
    /// A schedule.
    Schedule,
    /// A webhook.
    Webhook,
    /// A calendar.
    Calendar,
    /// The currencies.
    Currencies,
    /// How rules set each other off.
    Chaining,
    /// The order of the stages.
    Pipeline,
    /// A test.
    Test,
    /// A field or an attribute of events.
    Field,
    /// The type of a field.
    Type,
    /// A value of a list or of a constant.
    Value,
    /// A further name of a module or a field.
    Synonym,
    /// A property of a field.
    Property,
    /// What a rule waits for.
    Trigger,
    /// How often a rule fires.
    Repetition,
    /// What must hold.
    Criterion,
    /// A part of what must hold.
    Condition,
    /// An action, or the order of actions.
    Action,
    /// Actions on a timer.
    Later,
    /// A further branch of a rule.
    Branch,
    /// The module of a rule or a score.
    Of,
    /// A line of a score.
    Line,
    /// The points of a line.
    Points,
    /// The events that a line counts, and how.
    Events,
    /// The bound of a line.
    Cap,
    /// A group of a score.
    Group,
    /// The bounds of a group or of the total.
    Limits,
    /// The stars.
    Stars,
    /// The labels.
    Labels,
    /// A line as printed.
    Text,
}

/// What changes from an old program to a new one.
///
/// ```
/// use jalon::diff::{How, Part, diff};
/// use jalon::{Lang, Program};
///
/// let old = Program::parse("score Fit\n  +10 if Country IS France\n")?;
/// let new = Program::parse("langue fr\nscore Fit\n  +25 si Country EST France   # plus\n")?;
/// let diff = diff(&old, &new);
/// assert_eq!((diff.changes[0].of, diff.changes[0].change), (Part::Score, How::Changed));
/// assert_eq!(
///     diff.report(Lang::En),
///     "~ score “Fit”\n    ~ line\n      − add 10 points if Country is France\n      \
///      + add 25 points if Country is France\n",
/// );
/// # Ok::<(), jalon::Error>(())
/// ```
pub fn diff(old: &Program, new: &Program) -> Diff {
    let mut changes = compare::programs(old, new);
    changes.sort_by_key(|change| (!change.is_meaning(), change.of));
    Diff { changes }
}

impl Diff {
    /// Whether the programs say the same.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl Change {
    /// Whether something may be decided differently: more than a name or a test.
    pub fn is_meaning(&self) -> bool {
        self.of != Part::Test && (self.change != How::Renamed || self.warning.is_some())
    }
}
