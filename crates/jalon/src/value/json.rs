//! JSON objects as records.

use std::fmt::Write;

use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Number, Value as Json};

use crate::value::named::{Named, conflict, find};
use crate::value::read::{self, NumberText, decimal_of_float};
use crate::value::{Conflict, FieldKey, List, Record, Shown, Value, ValueRef};

impl Named for Map<String, Json> {
    type Value = Json;

    fn exact(&self, name: &str) -> Option<&Json> {
        self.get(name)
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl Record for Map<String, Json> {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        match find(self, key) {
            Some(value) => value_ref(value),
            None => key.through(|reference| Record::get(self, reference)),
        }
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        conflict(self, key, same)
    }
}

impl Record for Json {
    /// What is no object carries no field.
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        self.as_object().map_or(ValueRef::Absent, |object| Record::get(object, key))
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        self.as_object().and_then(|object| object.conflict(key))
    }
}

impl List for Vec<Json> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn at(&self, index: usize) -> ValueRef<'_> {
        self.as_slice().get(index).map_or(ValueRef::Empty, value_ref)
    }
}

/// A JSON value as the engine reads it.
///
/// Numbers are read from their decimal text, also with serde_json's `arbitrary_precision`.
pub fn value_ref(value: &Json) -> ValueRef<'_> {
    match value {
        Json::Null => ValueRef::Empty,
        Json::Bool(ticked) => ValueRef::Bool(*ticked),
        Json::Number(number) => match (number.as_i64(), decimal(number)) {
            (Some(whole), _) => ValueRef::Int(whole),
            (None, Some(decimal)) => ValueRef::Number(decimal),
            (None, None) => ValueRef::Invalid(number),
        },
        Json::String(text) => ValueRef::Text(text),
        Json::Array(items) => ValueRef::List(items),
        Json::Object(fields) => ValueRef::Record(fields),
    }
}

/// A JSON number as a decimal, if it has at most 28 digits.
fn decimal(number: &Number) -> Option<rust_decimal::Decimal> {
    let mut text = NumberText::default();
    write!(text, "{number}").ok()?;
    read::number(text.as_str())
}

/// Whether two values are the same; `1` and `1.0` are.
fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => match (decimal(a), decimal(b)) {
            (Some(a), Some(b)) => a == b,
            _ => a == b,
        },
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (a, b) => a == b,
    }
}

impl Value {
    /// As JSON: numbers are JSON numbers where those read back as the same decimal, otherwise
    /// their text; dates and instants are ISO text, and what no field can hold is the words for
    /// it.
    pub fn to_json(&self) -> Json {
        match self {
            Value::Empty => Json::Null,
            Value::Bool(ticked) => Json::Bool(*ticked),
            Value::Number(number) => match JsonNumber::of(*number) {
                JsonNumber::Whole(whole) => Json::from(whole),
                JsonNumber::Float(float) => Json::from(float),
                JsonNumber::Text => Json::String(number.to_string()),
            },
            Value::Text(text) => Json::String(text.clone()),
            Value::Date(date) => Json::String(date.to_string()),
            Value::DateTime(local) => Json::String(local.to_string()),
            Value::Instant(instant) => Json::String(instant.to_string()),
            Value::Invalid(Shown(shown)) => Json::String(shown.clone()),
            Value::List(items) => Json::Array(items.iter().map(Value::to_json).collect()),
            Value::Record(fields) => Json::Object(
                fields.iter().map(|(name, value)| (name.clone(), value.to_json())).collect(),
            ),
        }
    }
}

impl From<&Json> for Value {
    /// A copy; a number that no decimal holds becomes its text.
    fn from(json: &Json) -> Value {
        match json {
            Json::Null => Value::Empty,
            Json::Bool(ticked) => Value::Bool(*ticked),
            Json::Number(number) => {
                decimal(number).map_or_else(|| Value::Text(number.to_string()), Value::Number)
            }
            Json::String(text) => Value::Text(text.clone()),
            Json::Array(items) => Value::List(items.iter().map(Value::from).collect()),
            Json::Object(fields) => Value::Record(
                fields.iter().map(|(name, value)| (name.clone(), value.into())).collect(),
            ),
        }
    }
}

/// How a decimal is written in JSON without changing it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum JsonNumber {
    /// As a whole number.
    Whole(i64),
    /// As the float that is read back as the decimal.
    Float(f64),
    /// As its text: no JSON number that readers agree on holds it.
    Text,
}

impl JsonNumber {
    pub(crate) fn of(number: rust_decimal::Decimal) -> JsonNumber {
        if number.is_integer()
            && let Some(whole) = number.to_i64()
        {
            return JsonNumber::Whole(whole);
        }
        match number.to_string().parse() {
            Ok(float) if decimal_of_float(float) == Some(number) => JsonNumber::Float(float),
            _ => JsonNumber::Text,
        }
    }
}

/// A text, or a number as its text: how ids are given.
pub(crate) fn text(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
