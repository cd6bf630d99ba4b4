//! What two versions of a blueprint do not say alike.

mod compare;
mod text;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

pub(crate) use compare::changes;

/// What changes of one blueprint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Its name, in the old program where it has it.
    pub blueprint: String,
    /// Its name in the new program, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed: Option<String>,
    /// Its content in the old program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// Its content in the new program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// What changes, where both have it; nothing where the contents are equal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// Something that changes of a blueprint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Of what.
    #[serde(flatten)]
    pub of: Of,
    /// In what way.
    #[serde(flatten)]
    pub what: What,
}

/// The parts of a blueprint that change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Of {
    /// The whole.
    Blueprint,
    /// The order of its states.
    States,
    /// The order of its transitions.
    Transitions,
    /// A state.
    State {
        /// Which.
        state: String,
    },
    /// A transition.
    Transition {
        /// Which.
        transition: String,
        /// Which of its children.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        child: Option<String>,
    },
}

/// The ways in which they change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum What {
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
    /// The map leads from it to this state of the new version.
    Became {
        /// To which.
        to: String,
    },
    /// The same stand in another order.
    Reordered,
    /// It says something else.
    Changed {
        /// In which part.
        part: Part,
        /// What the old version says.
        before: Said,
        /// What the new version says; the same where only something that it names has changed.
        after: Said,
    },
}

/// What is said of blueprints, states and transitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The module it governs.
    Module,
    /// The field that holds the state.
    Field,
    /// Whether it governs.
    Active,
    /// Whether it is run through in one go.
    Continuous,
    /// Which records it takes.
    Entry,
    /// How the name is spelled.
    Name,
    /// What a state is in the process.
    Role,
    /// Whether records begin in a state.
    Default,
    /// How likely a record is to be won.
    Probability,
    /// The labels of a state.
    Labels,
    /// How long a state may last.
    Deadline,
    /// The kind of a transition, and the delay of an automatic one.
    Kind,
    /// From where to where.
    Route,
    /// Who may make it.
    Owners,
    /// When it is offered.
    Condition,
    /// What is to be read.
    Messages,
    /// The fields that must be given.
    Required,
    /// The fields that may be given.
    Optional,
    /// What must hold.
    Validations,
    /// What else is asked for.
    Extras,
    /// What is done then.
    After,
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Said {
    fn new(text: impl Fn(Lang) -> String) -> Said {
        Said { fr: text(Lang::Fr), en: text(Lang::En) }
    }

    /// The text of a language.
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.fr, &self.en)
    }
}
