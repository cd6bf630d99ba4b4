//! Expressions, compiled: conditions inside them become blocks, dates become numbered times.

use super::block::Builder;
use super::pool::Lowered;
use super::time::{Axis, TimeId};
use crate::checked::{Domain, Expr, ExprKind, FieldRef, ScoreId};
use crate::lexicon::{Aggregate, Arithmetic, Function, Unit};
use crate::template::Escape;
use crate::value::Value;

/// A compiled expression.
#[derive(Clone, Debug)]
pub(crate) enum Code {
    /// A constant.
    Const(Value),
    /// A date, a time or a date word.
    Time(Axis, TimeId),
    /// A field.
    Field(FieldRef),
    /// Another score of the record.
    Score(ScoreId),
    /// `- x`
    Negate(Box<Code>),
    /// `a + b`
    Binary(Box<Code>, Arithmetic, Box<Code>),
    /// A date moved.
    Shift {
        /// From where.
        base: Box<Code>,
        /// Later or earlier.
        forward: bool,
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
    },
    /// A function.
    Call(Function, Vec<Code>),
    /// Over a list of records.
    Aggregate {
        /// Which.
        aggregate: Aggregate,
        /// The records.
        list: FieldRef,
        /// What is read of each; `None` for a count.
        field: Option<Box<Code>>,
        /// The nested block that says which count.
        filter: Option<usize>,
    },
    /// The nested block decides.
    If(usize, Box<Code>, Box<Code>),
    /// Texts one after the other.
    Template(Vec<Code>),
    /// One of them, written as its place asks.
    Escaped(Box<Code>, Escape),
}

impl Builder<'_> {
    /// Compiles an expression of the frame of the block being built.
    pub(super) fn code(&mut self, expr: &Expr) -> Code {
        match &expr.kind {
            ExprKind::Const(value) => Code::Const(value.clone()),
            ExprKind::Time(spec) => {
                let axis = if expr.domain == Domain::DateTime { Axis::Micros } else { Axis::Days };
                Code::Time(axis, self.times.add(spec, axis))
            }
            ExprKind::Field(field) => Code::Field(field.clone()),
            ExprKind::Score(id) => Code::Score(*id),
            ExprKind::Negate(part) => Code::Negate(Box::new(self.code(part))),
            ExprKind::Binary(left, sign, right) => {
                Code::Binary(Box::new(self.code(left)), *sign, Box::new(self.code(right)))
            }
            ExprKind::Shift { base, forward, count, unit } => Code::Shift {
                base: Box::new(self.code(base)),
                forward: *forward,
                count: *count,
                unit: *unit,
            },
            ExprKind::Call(function, parts) => {
                Code::Call(*function, parts.iter().map(|part| self.code(part)).collect())
            }
            ExprKind::Aggregate { aggregate, list, field, filter } => Code::Aggregate {
                aggregate: *aggregate,
                list: list.clone(),
                field: field.as_ref().map(|field| Box::new(self.code(field))),
                filter: filter.as_ref().map(|filter| self.nest(&Lowered::new(filter))),
            },
            ExprKind::If(condition, then, otherwise) => {
                let nested = self.nest(&Lowered::new(condition));
                Code::If(nested, Box::new(self.code(then)), Box::new(self.code(otherwise)))
            }
            ExprKind::Escaped(part, escape) => Code::Escaped(Box::new(self.code(part)), *escape),
            ExprKind::Template(parts) => {
                Code::Template(parts.iter().map(|part| self.code(part)).collect())
            }
        }
    }
}
