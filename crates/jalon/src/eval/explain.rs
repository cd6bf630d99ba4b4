//! Why a criterion holds or does not, as data and as a sentence.

pub(crate) mod errors;
pub(crate) mod leaf;
pub(crate) mod sentence;
pub(crate) mod walk;

use serde::Serialize;

use crate::checked::content::Content;
use crate::lexicon::{Op, Quantifier};
use crate::source::Span;

/// Why a criterion holds or does not.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The hash of what the criterion says.
    pub content: Content,
    /// Whether it holds. A criterion that reads a value of the wrong type never holds.
    pub holds: bool,
    /// The parts, as the criterion is written.
    pub root: Node,
    /// Values of the wrong type, and names that contradict each other.
    pub errors: Vec<RecordError>,
}

/// One part of an explained criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Node {
    /// All parts must hold.
    All {
        /// Whether they do.
        holds: bool,
        /// The parts.
        parts: Vec<Node>,
    },
    /// One part must hold.
    Any {
        /// Whether one does.
        holds: bool,
        /// The parts.
        parts: Vec<Node>,
    },
    /// The part must not hold.
    Not {
        /// Whether the negation holds.
        holds: bool,
        /// The part.
        part: Box<Node>,
    },
    /// A criterion on a list of records.
    Related {
        /// Whether it holds.
        holds: bool,
        /// As written.
        text: String,
        /// At least one, none, or all.
        quantifier: Quantifier,
        /// How many records there are.
        count: usize,
        /// How many of them satisfy the criterion.
        matching: usize,
        /// The first record that decides (satisfies it for `AU MOINS UN` and `AUCUN`, fails it
        /// for `TOUS LES`), explained.
        decisive: Option<Box<Node>>,
    },
    /// One test.
    Leaf(LeafReason),
}

/// One test, explained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeafReason {
    /// Whether it holds.
    pub holds: bool,
    /// The leaf as written.
    pub text: String,
    /// Where it stands in the source.
    pub span: Span,
    /// The field or expression read, as declared or as written.
    pub field: String,
    /// The operator.
    pub op: Op,
    /// What was read.
    pub value: Read,
    /// What the value was compared with, where that is not in the text: the value of another
    /// field or expression.
    pub compared_with: Vec<Read>,
    /// The interval that a date word or a window stood for, ends as ISO text; `null` where
    /// unbounded.
    pub interval: Option<(Option<String>, Option<String>)>,
    /// The reason that people miss.
    pub because: Option<Because>,
}

/// A value as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", content = "value", rename_all = "snake_case")]
pub enum Read {
    /// A value, printed; personal fields are masked as `•••`.
    Value(String),
    /// The field is there and holds nothing.
    Empty,
    /// The record does not carry the field.
    Absent,
    /// A value that the field's type cannot hold, printed.
    WrongType(String),
}

/// The silent causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The field is empty.
    Empty,
    /// The record does not carry the field.
    Absent,
    /// The value is of the wrong type.
    WrongType,
    /// It would be otherwise if case did not count.
    Case,
    /// It would be otherwise if accents did not count.
    Accents,
    /// It would be otherwise without the spaces around the value.
    OuterSpaces,
    /// The value is none of those that the list declares.
    Unlisted,
}

/// A value that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// The module, if it is declared.
    pub module: Option<String>,
    /// The field.
    pub field: String,
    /// The value, printed and shortened; masked where personal.
    pub value: String,
    /// What the field holds, or what is wrong.
    pub problem: Problem,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Problem {
    /// It is not of the type named (`number`, `date`, `checkbox`…).
    WrongType {
        /// The type, as its English keyword.
        expected: String,
    },
    /// Two names of one field carry different values.
    Conflict {
        /// The two keys.
        keys: (String, String),
    },
    /// Strict mode: the record does not carry the field.
    Absent,
    /// Arithmetic failed: division by zero, or beyond 28 digits.
    Arithmetic,
}
