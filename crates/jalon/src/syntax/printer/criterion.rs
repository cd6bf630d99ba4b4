//! Criteria as text.

use super::quoting::{list_name, parts_bounds, reads_as_empty};
use super::{name, print_expr, quote, value};
use crate::lang::Lang;
use crate::lexicon::{Form, Op, Unit};
use crate::syntax::ast::{Criterion, Item, Lapse, Leaf, Left, Right, Split};
use crate::syntax::leaf::operator_place;

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
            list_name(&related.of),
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

/// A leaf. Quotes that no name or value needs by itself go where the operator would be found
/// elsewhere without them: `"VENTE EST FRANCE" EST oui`.
fn print_leaf(leaf: &Leaf, lang: Lang) -> String {
    let split = &leaf.split;
    let (first, rest) = print_right(split, lang);
    let mut attempt = String::new();
    for (quote_left, quote_first) in [(false, false), (false, true), (true, false), (true, true)] {
        let left = match &split.left {
            Left::Field(field) if quote_left => quote(&field.text),
            Left::Field(field) => name(field),
            Left::Expr(expr) => print_expr(expr, lang),
        };
        let first = match &first {
            Some(text) if quote_first => quote(text),
            Some(text) => text.clone(),
            None => String::new(),
        };
        let operator = match &split.right {
            Right::Period { count, unit, .. } => window(split.op.op, *count, *unit, lang),
            _ => spelling(split.op.op, split.op.form, lang),
        };
        attempt = format!("{left} {operator} {first}{rest}");
        attempt.truncate(attempt.trim_end_matches(' ').len());
        let start = left.len() + 1;
        let end = match split.right {
            Right::Nothing => None,
            _ => Some(start + operator.len()),
        };
        if operator_place(&attempt)
            .is_some_and(|place| place.start == start && end.is_none_or(|end| end == place.end))
        {
            break;
        }
    }
    attempt
}

/// The right side: what comes first if it is a bare value, and everything else.
fn print_right(split: &Split, lang: Lang) -> (Option<String>, String) {
    let bare = |item: &Item| item.expr.is_none() && value(&item.name) == item.name.text;
    let (texts, between): (Vec<(bool, String)>, &str) = match &split.right {
        Right::Nothing | Right::Period { .. } => return (None, String::new()),
        Right::Regex { pattern, ignore_case, .. } => return (None, regex(pattern, *ignore_case)),
        Right::Items(items) => {
            let equality = matches!(split.op.op, Op::Is | Op::IsNot);
            let alone = items.len() == 1;
            let print = |(i, item): (usize, &Item)| {
                let text = &item.name.text;
                let empty = equality && reads_as_empty(text, i == 0, alone);
                if empty && item.expr.is_none() {
                    (false, quote(text))
                } else {
                    (bare(item), print_item(item, lang))
                }
            };
            (items.iter().enumerate().map(print).collect(), ", ")
        }
        Right::Range(low, high) => {
            let first = match &low.expr {
                None if parts_bounds(&low.name.text) => (false, quote(&low.name.text)),
                _ => (bare(low), print_item(low, lang)),
            };
            let between = match split.op.op {
                Op::ChangesFrom => lang.pick(" À ", " TO "),
                _ => lang.pick(" ET ", " AND "),
            };
            (vec![first, (false, print_item(high, lang))], between)
        }
    };
    let first_is_bare = texts.first().is_some_and(|(bare, _)| *bare);
    let mut texts: Vec<String> = texts.into_iter().map(|(_, text)| text).collect();
    if !first_is_bare {
        return (None, texts.join(between));
    }
    let first = std::mem::take(&mut texts[0]);
    (Some(first), texts.join(between))
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

/// `1 jour`, `90 jours`
pub(super) fn lapse(lapse: Lapse, lang: Lang) -> String {
    format!("{} {}", lapse.count, unit_word(lapse.unit, lapse.count, lang))
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
