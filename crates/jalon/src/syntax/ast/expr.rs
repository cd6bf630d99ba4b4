//! Expressions as written.

use serde::{Deserialize, Serialize};

use super::{Criterion, Name, form};
use crate::lexicon::{Aggregate, Arithmetic, Function, Unit};
use crate::source::Span;

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The forms of expressions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ExprKind {
    /// A bare word: number, date, date word, field, path or constant, as `check` finds; or a
    /// quoted text, which is always a constant (and a template where it holds `${…}`).
    #[serde(rename = "quoted", with = "form::quoted")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    Name(Name),
    /// `score Profil`
    Score(Name),
    /// `- x`
    Negate(Box<Expr>),
    /// `a + b`
    #[serde(with = "form::binary")]
    #[cfg_attr(feature = "schema", schemars(with = "form::binary::Shape"))]
    Binary(Box<Expr>, Arithmetic, Box<Expr>),
    /// `aujourd'hui plus 100 jours`
    Shift {
        /// From where.
        base: Box<Expr>,
        /// `plus` or `moins`.
        forward: bool,
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
    },
    /// `arrondi(x, 2)`
    #[serde(with = "form::call")]
    #[cfg_attr(feature = "schema", schemars(with = "form::call::Shape"))]
    Call(Function, Vec<Expr>),
    /// `SOMME DE Factures.Montant (Statut EST Payée)`
    Aggregate {
        /// Which.
        aggregate: Aggregate,
        /// The field with the records, or the path to their field.
        path: Name,
        /// Which records count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        filter: Option<Box<Criterion>>,
    },
    /// `si (critère) alors a sinon b`
    #[serde(with = "form::choice")]
    #[cfg_attr(feature = "schema", schemars(with = "form::choice::Shape"))]
    If(Box<Criterion>, Box<Expr>, Box<Expr>),
}
