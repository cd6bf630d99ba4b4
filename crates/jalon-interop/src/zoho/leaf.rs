//! One comparison of Zoho's.

use jalon::checked::Domain;
use jalon::lexicon::{Op, Period, Relative};
use serde_json::{Map, Value as Json};

use super::{COMPARATORS, EMPTY, NOT_EMPTY};
use crate::build::Setting;
use crate::json::{scalar, text_of};
use crate::left_out::{LeftOut, Place, reasons};
use crate::tree::{Leaf, Operand, Tree, complement};

/// Days that have a placeholder, and how far they are from today.
pub(super) const DAYS: &[(&str, i8)] = &[("${TODAY}", 0), ("${YESTERDAY}", -1), ("${TOMORROW}", 1)];
/// The placeholders of the present instant.
pub(super) const NOW: &[&str] = &["${CURRENTTIME}", "${EXECUTION_TIME}"];

/// Reads one comparison. Keys go by the names that Zoho CRM and Zoho Desk give them.
pub(crate) fn read(
    given: &Map<String, Json>,
    at: &Place<'_>,
    setting: &Setting<'_>,
) -> Result<Tree, LeftOut> {
    let field = field(given, at)?;
    let op = comparator(given, at)?;
    if let Some(other) = given.get("type").filter(|kind| !kind.is_null() && *kind != "value") {
        let place = at.key("type");
        return Err(place.left_out(&reasons::VALUE_TYPE).arg("type", other));
    }
    let place = at.key("value");
    let value = given.get("value").unwrap_or(&Json::Null);
    let values = values(value, &place)?;
    let (empties, values): (Vec<_>, Vec<_>) =
        values.into_iter().partition(|value| emptiness(value).is_some());
    let leaf = |op, values| Leaf { field: field.clone(), op, values };
    if matches!(op, Op::IsEmpty | Op::IsNotEmpty) {
        return Ok(Tree::Leaf(leaf(op, Vec::new())));
    }
    let mut parts = Vec::new();
    for value in &empties {
        // `equal ${EMPTY}` and `not_equal ${NOTEMPTY}` say the same.
        let empty = emptiness(value) == Some(true);
        parts.push(Tree::Leaf(match op {
            Op::Is => leaf(if empty { Op::IsEmpty } else { Op::IsNotEmpty }, Vec::new()),
            Op::IsNot => leaf(if empty { Op::IsNotEmpty } else { Op::IsEmpty }, Vec::new()),
            _ => return Err(place.left_out(&reasons::EMPTY_VALUE)),
        }));
    }
    if parts.is_empty() || !values.is_empty() {
        let equality = matches!(op, Op::Is | Op::IsNot);
        let mut read = Vec::with_capacity(values.len());
        for value in values {
            read.push(placeholder(value, &field, setting, &place)?);
        }
        let leaf = leaf(op, read);
        if equality && setting.is_set(&leaf.field) {
            return Err(place.left_out(&reasons::SET_EQUALITY));
        }
        setting.leaf(&leaf, &place)?;
        parts.insert(0, Tree::Leaf(leaf));
    }
    Ok(if complement(op).is_some() && op.complement_of().is_some() {
        Tree::all(parts)
    } else {
        Tree::any(parts)
    })
}

fn field(given: &Map<String, Json>, at: &Place<'_>) -> Result<String, LeftOut> {
    let mut named = ["field", "api_name", "fieldName"].into_iter();
    let Some((key, value)) = named.find_map(|key| Some((key, given.get(key)?))) else {
        return Err(at.left_out(&reasons::MISSING).arg("key", "field"));
    };
    let place = at.key(key);
    let name = match value {
        Json::Object(field) => {
            let inner = place.key("api_name");
            match field.get("api_name") {
                Some(name) => text_of(name, &inner)?,
                None => return Err(place.left_out(&reasons::MISSING).arg("key", "api_name")),
            }
        }
        name => text_of(name, &place)?,
    };
    if name.trim().is_empty() {
        return Err(place.left_out(&reasons::NO_FIELD));
    }
    Ok(name.to_owned())
}

fn comparator(given: &Map<String, Json>, at: &Place<'_>) -> Result<Op, LeftOut> {
    let mut named = ["comparator", "condition", "operator"].into_iter();
    let Some((key, value)) = named.find_map(|key| Some((key, given.get(key)?))) else {
        return Err(at.left_out(&reasons::MISSING).arg("key", "comparator"));
    };
    let place = at.key(key);
    let name = text_of(value, &place)?;
    let found = COMPARATORS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim()));
    found.map(|(_, op)| *op).ok_or_else(|| {
        let known: Vec<&str> = COMPARATORS.iter().take(14).map(|(name, _)| *name).collect();
        let unknown = place.left_out(&reasons::UNKNOWN_OPERATOR).arg("operator", name);
        unknown.arg("known", known.join(", "))
    })
}

/// One value or several; `null` stands for nothing.
fn values(value: &Json, at: &Place<'_>) -> Result<Vec<Operand>, LeftOut> {
    match value {
        Json::Null => Ok(vec![Operand::Text(EMPTY.to_owned())]),
        Json::Array(items) => {
            items.iter().enumerate().map(|(i, item)| one(item, &at.index(i))).collect()
        }
        value => Ok(vec![one(value, at)?]),
    }
}

/// A value; a record that is referred to is known by its id.
fn one(value: &Json, at: &Place<'_>) -> Result<Operand, LeftOut> {
    match value {
        Json::Object(record) => match record.get("id") {
            Some(id) => scalar(id, &at.key("id")),
            None => Err(at.left_out(&reasons::NOT_A_VALUE)),
        },
        value => scalar(value, at),
    }
}

/// Whether a value stands for nothing, or for anything.
fn emptiness(value: &Operand) -> Option<bool> {
    match value {
        Operand::Text(text) if text.eq_ignore_ascii_case(EMPTY) => Some(true),
        Operand::Text(text) if text.eq_ignore_ascii_case(NOT_EMPTY) => Some(false),
        _ => None,
    }
}

/// A value, or the day or instant that a placeholder stands for.
fn placeholder(
    value: Operand,
    field: &str,
    setting: &Setting<'_>,
    at: &Place<'_>,
) -> Result<Operand, LeftOut> {
    let Operand::Text(text) = &value else { return Ok(value) };
    let same = |known: &&str| known.eq_ignore_ascii_case(text);
    if let Some((_, offset)) = DAYS.iter().find(|(known, _)| same(known)) {
        return Ok(Operand::Relative(Relative { period: Period::Day, offset: *offset }));
    }
    if NOW.iter().any(same) {
        return Ok(Operand::Now);
    }
    if text.starts_with("${") {
        return Err(at.left_out(&reasons::PLACEHOLDER).arg("value", text));
    }
    let domain = setting.field(field).and_then(|field| field.ty.domain(field.mode));
    let may_be_date = matches!(domain, None | Some(Domain::Date | Domain::DateTime));
    if may_be_date && is_unordered_date(text) {
        return Err(at.left_out(&reasons::UNORDERED_DATE).arg("value", text));
    }
    Ok(value)
}

/// `01-02-2025`: the day first, or the month.
fn is_unordered_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), [a, b, c] if digits(a, 2) && digits(b, 2) && digits(c, 4))
}
