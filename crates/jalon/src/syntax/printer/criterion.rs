//! Criteria as text.

use super::quoting::reads_as_empty;
use super::{name, print_expr, quote, value};
use crate::lang::Lang;
use crate::lexicon::{Form, Op, Unit};
use crate::syntax::ast::{Criterion, Item, Leaf, Left, Right};

/// The canonical text of a criterion, its keywords in one language.
pub fn print_criterion(criterion: &Criterion, lang: Lang) -> String {
    match criterion {
        Criterion::All(parts) => join(parts, lang.pick(" ET ", " AND "), lang),
        Criterion::Any(parts) => join(parts, lang.pick(" OU ", " OR "), lang),
        Criterion::Not(not) => {
            format!("{} ({})", lang.pick("NON", "NOT"), print_criterion(&not.criterion, lang))
        }
        Criterion::Related(related) => format!(
            "{} {} ({})",
            related.quantifier.word(lang).to_uppercase(),
            name(&related.of),
            print_criterion(&related.criterion, lang)
        ),
        Criterion::Leaf(leaf) => print_leaf(leaf, lang),
    }
}

fn join(parts: &[Criterion], connective: &str, lang: Lang) -> String {
    let print = |part: &Criterion| match part {
        Criterion::All(_) | Criterion::Any(_) => format!("({})", print_criterion(part, lang)),
        _ => print_criterion(part, lang),
    };
    parts.iter().map(print).collect::<Vec<_>>().join(connective)
}

fn print_leaf(leaf: &Leaf, lang: Lang) -> String {
    let split = &leaf.split;
    let left = match &split.left {
        Left::Field(field) => name(field),
        Left::Expr(expr) => print_expr(expr, lang),
    };
    let operator = spelling(split.op.op, split.op.form, lang);
    let right = match &split.right {
        Right::Nothing => return format!("{left} {operator}"),
        Right::Period { count, unit, .. } => {
            return format!("{left} {}", window(split.op.op, *count, *unit, lang));
        }
        Right::Items(items) if matches!(split.op.op, Op::Is | Op::IsNot) => {
            let print = |item: &Item| match &item.expr {
                None if reads_as_empty(&item.name.text) => quote(&item.name.text),
                _ => print_item(item, lang),
            };
            items.iter().map(print).collect::<Vec<_>>().join(", ")
        }
        Right::Items(items) => print_items(items, lang),
        Right::Range(low, high) => {
            let between = match split.op.op {
                Op::ChangesFrom => lang.pick("À", "TO"),
                _ => lang.pick("ET", "AND"),
            };
            format!("{} {between} {}", print_item(low, lang), print_item(high, lang))
        }
        Right::Regex { pattern, ignore_case, .. } => regex(pattern, *ignore_case),
    };
    format!("{left} {operator} {right}")
}

/// `= VIDE` keeps its sign.
fn spelling(op: Op, form: Form, lang: Lang) -> String {
    match (op, form) {
        (Op::IsEmpty, Form::Sign | Form::Ascii) => {
            format!("{} {}", Op::Is.spelling(form, lang), lang.pick("VIDE", "EMPTY"))
        }
        (Op::IsNotEmpty, Form::Sign | Form::Ascii) => {
            format!("{} {}", Op::IsNot.spelling(form, lang), lang.pick("VIDE", "EMPTY"))
        }
        _ => op.spelling(form, lang),
    }
}

/// `DANS LES 7 DERNIERS jours`.
fn window(op: Op, count: u32, unit: Unit, lang: Lang) -> String {
    let unit_word = unit_word(unit, count, lang);
    let feminine = !matches!(unit, Unit::Day | Unit::BusinessDay | Unit::Month);
    let which = match (op, feminine) {
        (Op::InLast, false) => "DERNIER",
        (Op::InLast, true) => "DERNIÈRE",
        (_, false) => "PROCHAIN",
        (_, true) => "PROCHAINE",
    };
    match (op, lang) {
        (Op::InLast | Op::InNext, Lang::Fr) if count == 1 => {
            format!("DANS {} {which} {unit_word}", if feminine { "LA" } else { "LE" })
        }
        (Op::InLast | Op::InNext, Lang::Fr) => format!("DANS LES {count} {which}S {unit_word}"),
        (Op::InLast, Lang::En) => format!("IN THE LAST {count} {unit_word}"),
        (Op::InNext, Lang::En) => format!("IN THE NEXT {count} {unit_word}"),
        (Op::MoreThanAgo, Lang::Fr) => format!("IL Y A PLUS DE {count} {unit_word}"),
        (Op::MoreThanAgo, Lang::En) => format!("MORE THAN {count} {unit_word} AGO"),
        (_, Lang::Fr) => format!("DANS PLUS DE {count} {unit_word}"),
        (_, Lang::En) => format!("IN MORE THAN {count} {unit_word}"),
    }
}

/// A unit after a count: the singular follows the plural in the lexicon.
pub(super) fn unit_word(unit: Unit, count: u32, lang: Lang) -> &'static str {
    let words = Unit::WORDS.iter().find(|(member, ..)| *member == unit);
    let singular = words.and_then(|(_, fr, en)| lang.pick(fr, en).get(1)).copied();
    singular.filter(|_| count == 1).unwrap_or_else(|| unit.word(lang))
}

/// Values, separated by commas.
pub fn print_items(items: &[Item], lang: Lang) -> String {
    items.iter().map(|item| print_item(item, lang)).collect::<Vec<_>>().join(", ")
}

/// One value; an expression in its canonical form.
pub fn print_item(item: &Item, lang: Lang) -> String {
    match &item.expr {
        Some(expr) => print_expr(expr, lang),
        None => value(&item.name),
    }
}

fn regex(pattern: &str, ignore_case: bool) -> String {
    let mut text = String::with_capacity(pattern.len() + 3);
    text.push('/');
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '/' => text.push_str("\\/"),
            '\\' => text.extend(std::iter::once(c).chain(chars.next())),
            c => text.push(c),
        }
    }
    text.push('/');
    if ignore_case {
        text.push('i');
    }
    text
}
