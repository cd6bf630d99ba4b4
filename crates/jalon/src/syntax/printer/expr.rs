//! Expressions as text.

use super::criterion::{criterion, unit, words};
use super::known::Known;
use super::named;
use super::text::{Text, Word, bracketed, listed, text};
use crate::lang::Lang;
use crate::lexicon::{Aggregate, Arithmetic, Function};
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::keyword::{IF, THEN};

/// How tightly an expression binds: the place it stands in asks for at least as much, or brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Condition,
    Sum,
    Product,
    Signed,
    Operand,
}

/// The canonical text of an expression, its keywords in one language.
pub fn print_expr(expr: &Expr, lang: Lang) -> String {
    self::expr(expr, Known::NOTHING).in_language(lang)
}

pub(super) fn expr(expr: &Expr, known: Known<'_>) -> Text {
    print(expr, Strength::Condition, known)
}

fn print(expr: &Expr, least: Strength, known: Known<'_>) -> Text {
    let text = bare(expr, known);
    if strength(&expr.kind) < least { bracketed(text) } else { text }
}

fn bare(expr: &Expr, known: Known<'_>) -> Text {
    match &expr.kind {
        ExprKind::Name(name) => known.value(name),
        ExprKind::Score(score) => text!["score ", named(score)],
        ExprKind::Negate(negated) => text!["- ", print(negated, Strength::Signed, known)],
        ExprKind::Binary(left, sign, right) => {
            let own = binary_strength(*sign);
            let tighter = if own == Strength::Sum { Strength::Product } else { Strength::Signed };
            let (left, right) = (print(left, own, known), print(right, tighter, known));
            text![left, " ", sign.sign(), " ", right]
        }
        ExprKind::Shift { base, forward, count, unit } => {
            let way: (&[_], &[_]) =
                if *forward { (&["plus"], &["plus"]) } else { (&["moins"], &["minus"]) };
            let base = match &base.kind {
                ExprKind::Name(name) => known.moment(name),
                _ => print(base, Strength::Operand, known),
            };
            let unit = self::unit(*unit, *count);
            text![base, " ", Word::row(way.0, way.1), " ", *count, " ", unit]
        }
        ExprKind::Call(function, arguments) => {
            let (fr, en) = words(Function::WORDS, *function);
            let arguments = listed(arguments.iter().map(|argument| self::expr(argument, known)));
            text![Word::row(fr, en), bracketed(arguments)]
        }
        ExprKind::Aggregate { aggregate, path, filter } => {
            let (fr, en) = words(Aggregate::WORDS, *aggregate);
            let filter = filter.as_ref().map(|filter| criterion(filter, known));
            let word = Word::row(fr, en).map(str::to_uppercase);
            text![word, " ", named(path), " ", bracketed(filter)]
        }
        ExprKind::If(condition, then, otherwise) => {
            let condition = bracketed(criterion(condition, known));
            let (then, otherwise) = (self::expr(then, known), self::expr(otherwise, known));
            let otherwise = text![Word::row(&["sinon"], &["else"]), " ", otherwise];
            let then = text![Word::pair(THEN), " ", then];
            text![Word::pair(IF), " ", condition, " ", then, " ", otherwise]
        }
    }
}

fn binary_strength(sign: Arithmetic) -> Strength {
    match sign {
        Arithmetic::Add | Arithmetic::Subtract => Strength::Sum,
        Arithmetic::Multiply | Arithmetic::Divide => Strength::Product,
    }
}

fn strength(kind: &ExprKind) -> Strength {
    match kind {
        ExprKind::If(..) => Strength::Condition,
        ExprKind::Binary(_, sign, _) => binary_strength(*sign),
        ExprKind::Negate(_) => Strength::Signed,
        _ => Strength::Operand,
    }
}
