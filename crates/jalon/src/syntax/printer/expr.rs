//! Expressions as text.

use super::criterion::unit_word;
use super::{name, print_criterion, value};
use crate::lang::Lang;
use crate::lexicon::Arithmetic;
use crate::syntax::ast::{Expr, ExprKind};

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
    print(expr, Strength::Condition, lang)
}

fn print(expr: &Expr, least: Strength, lang: Lang) -> String {
    let text = bare(expr, lang);
    if strength(&expr.kind) < least { format!("({text})") } else { text }
}

fn bare(expr: &Expr, lang: Lang) -> String {
    match &expr.kind {
        ExprKind::Name(text) => value(text),
        ExprKind::Score(score) => format!("score {}", name(score)),
        ExprKind::Negate(negated) => format!("- {}", print(negated, Strength::Signed, lang)),
        ExprKind::Binary(left, sign, right) => {
            let own = binary_strength(*sign);
            let tighter = if own == Strength::Sum { Strength::Product } else { Strength::Signed };
            let (left, right) = (print(left, own, lang), print(right, tighter, lang));
            format!("{left} {} {right}", sign.sign())
        }
        ExprKind::Shift { base, forward, count, unit } => {
            let way = if *forward { "plus" } else { lang.pick("moins", "minus") };
            let base = print(base, Strength::Operand, lang);
            format!("{base} {way} {count} {}", unit_word(*unit, *count, lang))
        }
        ExprKind::Call(function, arguments) => {
            let arguments: Vec<_> = arguments.iter().map(|a| print_expr(a, lang)).collect();
            format!("{}({})", function.word(lang), arguments.join(", "))
        }
        ExprKind::Aggregate { aggregate, path, filter } => {
            let filter = filter.as_ref().map(|filter| print_criterion(filter, lang));
            let word = aggregate.word(lang).to_uppercase();
            format!("{word} {} ({})", name(path), filter.unwrap_or_default())
        }
        ExprKind::If(criterion, then, otherwise) => {
            let criterion = print_criterion(criterion, lang);
            let (then, otherwise) = (print_expr(then, lang), print_expr(otherwise, lang));
            lang.pick(
                format!("si ({criterion}) alors {then} sinon {otherwise}"),
                format!("if ({criterion}) then {then} else {otherwise}"),
            )
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
