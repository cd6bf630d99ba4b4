//! Criteria as text.

use super::expr::expr;
use super::known::Known;
use super::quoting::{list_name, parts_bounds, reads_as_empty};
use super::text::{Piece, Text, Word, bracketed, listed, text};
use super::{named, quote, value};
use crate::lang::Lang;
use crate::lexicon::{Form, OPERATORS, Op, Unit, key};
use crate::source::Span;
use crate::syntax::ast::{Criterion, Item, Lapse, Leaf, Left, Name, Operator, Right, Split};
use crate::syntax::leaf::operator_place;

/// The canonical text of a criterion, its keywords in one language.
pub fn print_criterion(criterion: &Criterion, lang: Lang) -> String {
    self::criterion(criterion, Known::NOTHING).in_language(lang)
}

pub(super) fn criterion(criterion: &Criterion, known: Known<'_>) -> Text {
    match criterion {
        Criterion::All(parts) => join(parts, &Word::row(&["ET"], &["AND"]), known),
        Criterion::Any(parts) => join(parts, &Word::row(&["OU"], &["OR"]), known),
        Criterion::Not(not) => {
            let word = Word::row(&["NON"], &["NOT"]);
            text![word, " ", bracketed(self::criterion(&not.criterion, known))]
        }
        Criterion::Related(related) => {
            let (fr, en) = words(crate::lexicon::Quantifier::WORDS, related.quantifier);
            text![
                Word::row(fr, en).map(str::to_uppercase),
                " ",
                Piece::Named(list_name(&related.of), related.of.span),
                " ",
                bracketed(self::criterion(&related.criterion, known))
            ]
        }
        Criterion::Leaf(leaf) => print_leaf(leaf, known),
    }
}

/// The words of a member of a closed list.
pub(super) fn words<T: PartialEq>(
    table: &'static [(T, &'static [&'static str], &'static [&'static str])],
    member: T,
) -> (&'static [&'static str], &'static [&'static str]) {
    let row = table.iter().find(|(candidate, ..)| *candidate == member);
    row.map_or((&[], &[]), |(_, fr, en)| (*fr, *en))
}

fn join(parts: &[Criterion], connective: &Word, known: Known<'_>) -> Text {
    let mut out = Text::default();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.add(Piece::Connective(connective.clone()));
        }
        let text = criterion(part, known);
        match part {
            Criterion::All(_) | Criterion::Any(_) => out.add(bracketed(text)),
            _ => out.add(text),
        }
    }
    out
}

/// A leaf. Quotes that no name or value needs by itself go where the operator would be found
/// elsewhere without them, in either language: `"VENTE EST FRANCE" EST oui`.
fn print_leaf(leaf: &Leaf, known: Known<'_>) -> Text {
    let split = known.split(leaf);
    let operator = operator(split);
    let (first, rest) = print_right(split, known);
    let mut attempt = Text::default();
    for (quote_left, quote_first) in [(false, false), (false, true), (true, false), (true, true)] {
        let left = match &split.left {
            Left::Field(field) if quote_left => {
                text![Piece::Named(quote(&field.text), field.span)]
            }
            Left::Field(field) => named(field),
            Left::Expr(expr) => self::expr(expr, known),
        };
        let first = first.as_ref().map(|(text, span)| {
            let text = if quote_first { quote(text) } else { text.clone() };
            Piece::Named(text, *span)
        });
        let nothing = first.is_none() && rest.is_empty();
        let between = if nothing { "" } else { " " };
        let is_found = [Lang::Fr, Lang::En].into_iter().all(|lang| {
            let start = left.in_language(lang).len() + 1;
            let end = start + operator.in_language(lang).len();
            let ends = !matches!(split.right, Right::Nothing);
            let whole =
                text![left.clone(), " ", operator.clone(), between, first.clone(), rest.clone()];
            operator_place(&whole.in_language(lang))
                .is_some_and(|place| place.start == start && (!ends || place.end == end))
        });
        attempt = text![left, " ", operator.clone(), between, first, rest.clone()];
        if is_found {
            break;
        }
    }
    attempt
}

/// The right side: what comes first if it is a bare value, and everything else.
fn print_right(split: &Split, known: Known<'_>) -> (Option<(String, Span)>, Text) {
    let empties = known.translates() && matches!(split.op.op, Op::Becomes | Op::ChangesFrom);
    let print = |item: &Item| match item {
        Item { name, expr: None } if empties && empties_field(name) => empty(name),
        _ => self::item(item, known),
    };
    let is_bare = |text: &Text, item: &Item| match text.pieces.as_slice() {
        [Piece::Named(text, _)] => item.expr.is_none() && *text == item.name.text,
        _ => false,
    };
    let quoted = |name: &Name| text![Piece::Named(quote(&name.text), name.span)];
    let texts: Vec<Text> = match &split.right {
        Right::Nothing | Right::Period { .. } => return (None, Text::default()),
        Right::Regex { pattern, ignore_case, .. } => {
            return (None, text![regex(pattern, *ignore_case)]);
        }
        Right::Items(items) => {
            let equality = matches!(split.op.op, Op::Is | Op::IsNot);
            let alone = items.len() == 1;
            let print = |(i, item): (usize, &Item)| {
                let name = &item.name;
                let reads_empty = equality && reads_as_empty(&name.text, i == 0, alone);
                if reads_empty && item.expr.is_none() { quoted(name) } else { print(item) }
            };
            items.iter().enumerate().map(print).collect()
        }
        Right::Range(low, high) => {
            let low = match &low.expr {
                None if parts_bounds(&low.name.text) => quoted(&low.name),
                _ => print(low),
            };
            vec![low, print(high)]
        }
    };
    let first_item = match &split.right {
        Right::Items(items) => items.first(),
        Right::Range(low, _) => Some(&**low),
        _ => None,
    };
    let mut texts = texts;
    let mut first = None;
    if let (Some(text), Some(item)) = (texts.first_mut(), first_item)
        && is_bare(text, item)
    {
        first = Some((item.name.text.clone(), item.name.span));
        *text = Text::default();
    }
    let rest = match (&split.right, texts.as_slice()) {
        (Right::Range(..), [low, high]) => {
            let between = match split.op.op {
                Op::ChangesFrom => Word::row(&["À"], &["TO"]),
                _ => Word::row(&["ET"], &["AND"]),
            };
            text![low.clone(), " ", between, " ", high.clone()]
        }
        _ => listed(texts),
    };
    (first, rest)
}

/// `vide`, where it stands for nothing.
pub(super) fn empties_field(name: &Name) -> bool {
    !name.quoted && matches!(key(&name.text).as_ref(), "vide" | "empty")
}

/// The word for nothing.
pub(super) fn empty(name: &Name) -> Text {
    text![Word::row(&["vide"], &["empty"]).at(name.span)]
}

/// An operator where it stands; `= VIDE` keeps its sign.
fn operator(split: &Split) -> Text {
    let Operator { op, form, span } = split.op;
    let row = OPERATORS
        .iter()
        .find(|row| row.op == op && row.form == form)
        .or_else(|| OPERATORS.iter().find(|row| row.op == op));
    let sign = match (op, form) {
        (Op::IsEmpty, Form::Sign | Form::Ascii) => Some(Op::Is),
        (Op::IsNotEmpty, Form::Sign | Form::Ascii) => Some(Op::IsNot),
        _ => None,
    };
    if let Some(sign) = sign {
        let sign = sign.spelling(form, Lang::Fr);
        return text![sign, " ", Word::row(&["VIDE"], &["EMPTY"]).at(span)];
    }
    if let Right::Period { count, unit, span: period } = split.right {
        return text![window(op, count, unit).at(span.to(period))];
    }
    // The word that tells the language: `est` of `N'EST PAS`.
    row.map_or_else(Text::default, |row| {
        let printed = |lang| op.spelling(form, lang);
        text![Word::new(printed(Lang::Fr), printed(Lang::En), [row.fr, row.en]).at(span)]
    })
}

/// `DANS LES 7 DERNIERS jours`.
fn window(op: Op, count: u32, unit: Unit) -> Word {
    let [fr, en] = [Lang::Fr, Lang::En].map(|lang| unit_word(unit, count, lang));
    let feminine = !matches!(unit, Unit::Day | Unit::BusinessDay | Unit::Month);
    let which = match (op, feminine) {
        (Op::InLast, false) => "DERNIER",
        (Op::InLast, true) => "DERNIÈRE",
        (_, false) => "PROCHAIN",
        (_, true) => "PROCHAINE",
    };
    let fr = match op {
        Op::InLast | Op::InNext if count == 1 => {
            format!("DANS {} {which} {fr}", if feminine { "LA" } else { "LE" })
        }
        Op::InLast | Op::InNext => format!("DANS LES {count} {which}S {fr}"),
        Op::MoreThanAgo => format!("IL Y A PLUS DE {count} {fr}"),
        _ => format!("DANS PLUS DE {count} {fr}"),
    };
    let en = match op {
        Op::InLast => format!("IN THE LAST {count} {en}"),
        Op::InNext => format!("IN THE NEXT {count} {en}"),
        Op::MoreThanAgo => format!("MORE THAN {count} {en} AGO"),
        _ => format!("IN MORE THAN {count} {en}"),
    };
    Word::new(fr, en, [&["dans", "il y a"], &["in", "more than"]])
}

/// A unit after a count: the singular follows the plural in the lexicon.
pub(super) fn unit_word(unit: Unit, count: u32, lang: Lang) -> &'static str {
    let words = Unit::WORDS.iter().find(|(member, ..)| *member == unit);
    let singular = words.and_then(|(_, fr, en)| lang.pick(fr, en).get(1)).copied();
    singular.filter(|_| count == 1).unwrap_or_else(|| unit.word(lang))
}

/// The word of a unit after a count.
pub(super) fn unit(unit: Unit, count: u32) -> Word {
    let (fr, en) = words(Unit::WORDS, unit);
    Word::new(unit_word(unit, count, Lang::Fr), unit_word(unit, count, Lang::En), [fr, en])
}

/// `1 jour`, `90 jours`
pub(super) fn lapse(lapse: Lapse) -> Text {
    text![lapse.count, " ", unit(lapse.unit, lapse.count).at(lapse.span)]
}

/// Values, separated by commas.
pub fn print_items(items: &[Item], lang: Lang) -> String {
    self::items(items, Known::NOTHING).in_language(lang)
}

/// One value; an expression in its canonical form.
pub fn print_item(item: &Item, lang: Lang) -> String {
    self::item(item, Known::NOTHING).in_language(lang)
}

pub(super) fn items(items: &[Item], known: Known<'_>) -> Text {
    listed(items.iter().map(|item| self::item(item, known)))
}

pub(super) fn item(item: &Item, known: Known<'_>) -> Text {
    match &item.expr {
        Some(expr) if !known.is_constant(item.name.span) => self::expr(expr, known),
        Some(_) => text![Piece::Named(value(&item.name), item.name.span)],
        None => known.value(&item.name),
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
