//! Criteria as written.

use serde::{Deserialize, Serialize};

use super::{Expr, Name, form};
use crate::lexicon::{Form, Op, Quantifier, Unit};
use crate::source::Span;

/// A criterion: leaves joined by connectives. `All` and `Any` have at least two parts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Criterion {
    /// `A ET B`
    All(Vec<Criterion>),
    /// `A OU B`
    Any(Vec<Criterion>),
    /// `NON (A)`
    #[serde(with = "form::not")]
    #[cfg_attr(feature = "schema", schemars(with = "Criterion"))]
    Not(Box<Not>),
    /// `AU MOINS UN Contacts (A)`
    Related(Box<Related>),
    /// `Pays EST France`
    #[serde(rename = "test")]
    Leaf(Box<Leaf>),
}

/// `NON (A)`.
#[derive(Clone, Debug)]
pub struct Not {
    /// From the keyword to the closing bracket.
    pub span: Span,
    /// What is negated.
    pub criterion: Criterion,
}

/// A criterion on related records or events.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Related {
    /// From the keyword to the closing bracket.
    #[serde(skip)]
    pub span: Span,
    /// At least one, none, or all.
    pub quantifier: Quantifier,
    /// The field that holds them.
    pub of: Name,
    /// What each must satisfy.
    pub criterion: Criterion,
}

/// One test. `text` is the whole leaf; `split` the split that the capitals rule chooses;
/// `others` the splits at the other operators in it, at most [`Leaf::MAX_SPLITS`].
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The whole leaf.
    pub span: Span,
    /// Its text, typography normalised, white space collapsed outside quotes.
    pub text: String,
    /// Field, operator and value by the capitals rule.
    pub split: Split,
    /// The other ways to read it, left to right.
    pub others: Vec<Split>,
}

impl Leaf {
    /// More operators than this in one leaf is an error that asks for quotes.
    pub const MAX_SPLITS: usize = 16;
}

/// One reading of a leaf.
#[derive(Clone, Debug)]
pub struct Split {
    /// What is read.
    pub left: Left,
    /// How it is compared.
    pub op: Operator,
    /// With what.
    pub right: Right,
}

/// The left side: a field or path, or one function call or aggregate.
#[derive(Clone, Debug)]
pub enum Left {
    /// `Pays`, `Compte.Type`
    Field(Name),
    /// `jours entre(Créé le, maintenant)`, `NOMBRE DE Contacts (…)`
    Expr(Expr),
}

/// An operator as written.
#[derive(Clone, Copy, Debug)]
pub struct Operator {
    /// Where it stands.
    pub span: Span,
    /// Which one.
    pub op: Op,
    /// As a word or as a sign: printing does not swap synonyms.
    pub form: Form,
}

/// The right side.
#[derive(Clone, Debug)]
pub enum Right {
    /// `EST VIDE`, `CHANGE`
    Nothing,
    /// `EST a, b`; never empty
    Items(Vec<Item>),
    /// `ENTRE a ET b`, `PASSE DE a À b`
    Range(Box<Item>, Box<Item>),
    /// `DANS LES 7 DERNIERS jours`
    Period {
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
        /// Where the count and the unit stand.
        span: Span,
    },
    /// `CORRESPOND À /regex/i`
    Regex {
        /// Between the slashes.
        pattern: String,
        /// Whether `i` follows.
        ignore_case: bool,
        /// Where it stands, slashes included.
        span: Span,
    },
}

/// One value on the right. Which reading holds depends on the left side's type, so both are
/// kept: the text, and the expression it spells where it spells more than a name or a number.
#[derive(Clone, Debug)]
pub struct Item {
    /// Text, place, quotes.
    pub name: Name,
    /// `Budget * 2`, `aujourd'hui plus 100 jours`, `minuscules(Ville)`; a bare name is `None`.
    pub expr: Option<Box<Expr>>,
}
