//! The criterion of a rule: numbered items and a filter over them.

use jalon::lexicon::Op;
use jalon::syntax::ast::Criterion;
use roxmltree::Node;

use super::{Wanted, child, children, left_out, path, text};
use crate::left_out::{LeftOut, Place, reasons};
use crate::pattern::{Mixing, combine};
use crate::tree::{Leaf, Operand, Tree};

const OPERATIONS: &[(&str, Op)] = &[
    ("equals", Op::Is),
    ("notEqual", Op::IsNot),
    ("lessThan", Op::Less),
    ("lessOrEqual", Op::LessOrEqual),
    ("greaterThan", Op::Greater),
    ("greaterOrEqual", Op::GreaterOrEqual),
    ("contains", Op::Contains),
    ("notContain", Op::DoesNotContain),
    ("startsWith", Op::StartsWith),
    ("includes", Op::Contains),
    ("excludes", Op::DoesNotContain),
];

/// The object that the first item speaks of.
pub(super) fn object(rule: Node<'_, '_>) -> Option<String> {
    let field = text(child(rule, "criteriaItems")?, "field")?;
    field.split_once('.').map(|(object, _)| object.to_owned())
}

/// The criterion of a rule; none holds of every record. What cannot be carried is listed.
pub(super) fn read(
    rule: Node<'_, '_>,
    module: Option<&str>,
    wanted: &Wanted<'_>,
    out: &mut Vec<LeftOut>,
) -> Option<Criterion> {
    if let Some(formula) = child(rule, "formula") {
        out.push(left_out(formula, &reasons::FORMULA));
        return None;
    }
    let before = out.len();
    let mut leaves = Vec::new();
    for item in children(rule, "criteriaItems") {
        match self::item(item, module, wanted) {
            Ok(tree) => leaves.push(tree),
            Err(left_out) => out.push(left_out),
        }
    }
    if out.len() > before || leaves.is_empty() {
        return None;
    }
    let filter = child(rule, "booleanFilter");
    let tree = match filter.and_then(|filter| Some((filter, filter.text()?))) {
        None => Ok(Tree::all(leaves)),
        Some((node, pattern)) => combine(pattern, &leaves, Mixing::Refused, &path(node)),
    };
    let place = path(filter.unwrap_or(rule));
    let made = tree.and_then(|tree| {
        wanted.setting.criterion(&tree, &Place::Root).map_err(|mut list| {
            for left_out in &mut list {
                left_out.at.clone_from(&place);
            }
            list
        })
    });
    made.map_err(|list| out.extend(list)).ok()
}

fn item(item: Node<'_, '_>, module: Option<&str>, wanted: &Wanted<'_>) -> Result<Tree, LeftOut> {
    let Some(field) = text(item, "field") else {
        return Err(left_out(item, &reasons::MISSING).arg("key", "field"));
    };
    let field = match field.split_once('.') {
        Some((object, field)) if Some(object) == module => field,
        Some(("User" | "$User" | "Organization", _)) => {
            let place = child(item, "field").unwrap_or(item);
            return Err(left_out(place, &reasons::NOT_OF_RECORD).arg("field", field));
        }
        _ => field,
    };
    let Some(operation) = text(item, "operation") else {
        return Err(left_out(item, &reasons::MISSING).arg("key", "operation"));
    };
    let Some((_, op)) = OPERATIONS.iter().find(|(known, _)| *known == operation) else {
        let known: Vec<&str> = OPERATIONS.iter().map(|(name, _)| *name).collect();
        let unknown =
            left_out(child(item, "operation").unwrap_or(item), &reasons::UNKNOWN_OPERATOR);
        return Err(unknown.arg("operator", operation).arg("known", known.join(", ")));
    };
    if let Some(other) = child(item, "valueField") {
        let other_field = other.text().unwrap_or_default().trim();
        let own = other_field.split_once('.').filter(|(object, _)| Some(*object) == module);
        let name = own.map_or(other_field, |(_, field)| field);
        let values = vec![Operand::Field(name.to_owned())];
        return leaf(other, field, *op, values, wanted);
    }
    let place = child(item, "value").unwrap_or(item);
    let given = child(item, "value").and_then(|value| value.text()).unwrap_or_default();
    let values = values(given);
    if let Some(word) = values.iter().flatten().find(|word| is_vague_date(word)) {
        return Err(left_out(place, &reasons::PLACEHOLDER).arg("value", word));
    }
    if let Some(date) = values.iter().flatten().find(|word| is_slash_date(word)) {
        return Err(left_out(place, &reasons::UNORDERED_DATE).arg("value", date));
    }
    compared(place, field, *op, values, wanted)
}

/// A comparison with values of which one may be nothing: blank is a value in Salesforce.
fn compared(
    place: Node<'_, '_>,
    field: &str,
    op: Op,
    values: Vec<Option<String>>,
    wanted: &Wanted<'_>,
) -> Result<Tree, LeftOut> {
    let blank = values.contains(&None);
    let texts: Vec<Operand> = values.into_iter().flatten().map(Operand::Text).collect();
    let empty = |op| Tree::Leaf(Leaf { field: field.to_owned(), op, values: Vec::new() });
    let mut parts = Vec::new();
    if !texts.is_empty() {
        parts.push(leaf(place, field, op, texts, wanted)?);
    }
    match op {
        _ if !blank => {}
        Op::Is => parts.push(empty(Op::IsEmpty)),
        Op::IsNot => parts.push(empty(Op::IsNotEmpty)),
        _ => return Err(left_out(place, &reasons::EMPTY_VALUE)),
    }
    Ok(if op == Op::IsNot { Tree::all(parts) } else { Tree::any(parts) })
}

fn leaf(
    place: Node<'_, '_>,
    field: &str,
    op: Op,
    values: Vec<Operand>,
    wanted: &Wanted<'_>,
) -> Result<Tree, LeftOut> {
    let leaf = Leaf { field: field.to_owned(), op, values };
    let made = wanted.setting.leaf(&leaf, &Place::Root);
    made.map_err(|left_out| LeftOut { at: path(place), ..left_out })?;
    Ok(Tree::Leaf(leaf))
}

/// The values in one text, parted at commas outside quotes; a blank one is none.
fn values(text: &str) -> Vec<Option<String>> {
    let mut values = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match (c, values.last_mut()) {
            ('"', _) => quoted = !quoted,
            (',', _) if !quoted => values.push(String::new()),
            (c, Some(value)) => value.push(c),
            (_, None) => {}
        }
    }
    values
        .into_iter()
        .map(|value| value.trim().to_owned())
        .map(|value| Some(value).filter(|value| !value.is_empty()))
        .collect()
}

/// Salesforce's words for spans of days that Jalon reads otherwise or not at all; `TODAY`,
/// `THIS MONTH` and `LAST YEAR` mean the same on a date, and are texts on a text, in both.
fn is_vague_date(word: &str) -> bool {
    let upper = word.to_ascii_uppercase().replace('_', " ");
    let words: Vec<&str> = upper.split([' ', ':']).collect();
    let starts = matches!(words.first(), Some(&("LAST" | "NEXT" | "THIS" | "N")));
    let spans =
        ["DAY", "DAYS", "WEEK", "WEEKS", "QUARTER", "QUARTERS", "MONTHS", "YEARS", "FISCAL"];
    starts && words.iter().skip(1).any(|word| spans.contains(word))
}

/// `1/2/2025`: the month first or the day.
fn is_slash_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split(' ').next().unwrap_or_default().split('/').collect();
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(number)
}
