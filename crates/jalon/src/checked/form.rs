//! The checked program as data: fields by their declared names, numbers by their value, and
//! what is named by an index as `{"$score": 3}`, which [`super::content`] resolves.

use rust_decimal::Decimal;
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use super::approval::ApprovalId;
use super::blueprint::{BlueprintId, StateId};
use super::workflow::{RuleId, WebhookId};
use super::{FieldRef, ScoreId};
use crate::lang::Lang;
use crate::schema::{Field, FieldType, ModuleId};
use crate::value::{FieldKey, Value};

/// What stands in for the name behind an index.
macro_rules! references {
    ($($id:ident: $mark:literal;)+) => {$(
        impl Serialize for $id {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                reference($mark, self.0, serializer)
            }
        }
    )+};
}

references! {
    ModuleId: "$module";
    ScoreId: "$score";
    WebhookId: "$webhook";
    RuleId: "$rule";
    StateId: "$state";
    BlueprintId: "$blueprint";
    ApprovalId: "$approval";
}

fn reference<S: Serializer>(mark: &str, index: u32, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(mark, &index)?;
    map.end()
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
pub(super) fn calendar<S: Serializer>(index: &Option<u32>, to: S) -> Result<S::Ok, S::Error> {
    match index {
        Some(index) => reference("$calendar", *index, to),
        None => to.serialize_none(),
    }
}

impl Serialize for FieldRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("field", name(&self.key))?;
        if self.depth > 0 {
            map.serialize_entry("depth", &self.depth)?;
        }
        map.serialize_entry("domain", &self.domain)?;
        map.end()
    }
}

fn name(key: &FieldKey) -> &str {
    key.names.first().map_or("", String::as_str)
}

pub(super) fn key<S: Serializer>(key: &FieldKey, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(name(key))
}

pub(super) fn keys<S: Serializer>(keys: &[FieldKey], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(keys.iter().map(name))
}

/// A constant with its type: the text `3` is not the number.
struct Constant<'v>(&'v Value);

impl Serialize for Constant<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tag = match self.0 {
            Value::Empty => return serializer.serialize_none(),
            Value::Bool(ticked) => return serializer.serialize_bool(*ticked),
            Value::List(items) => return serializer.collect_seq(items.iter().map(Constant)),
            Value::Number(_) => "number",
            Value::Text(_) => "text",
            Value::Date(_) => "date",
            Value::DateTime(_) => "local",
            Value::Instant(_) => "instant",
            Value::Record(_) => "record",
            Value::Invalid(_) => "invalid",
        };
        let mut map = serializer.serialize_map(Some(1))?;
        match self.0 {
            Value::Number(number) => map.serialize_entry(tag, &Plain(number))?,
            Value::Record(fields) => {
                let fields: Vec<_> =
                    fields.iter().map(|(name, value)| (name, Constant(value))).collect();
                map.serialize_entry(tag, &fields)?;
            }
            value => map.serialize_entry(tag, value)?,
        }
        map.end()
    }
}

pub(super) fn constant<S: Serializer>(value: &Value, to: S) -> Result<S::Ok, S::Error> {
    Constant(value).serialize(to)
}

/// A number by its value, however many zeros end it.
struct Plain<'n>(&'n Decimal);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.normalize())
    }
}

pub(super) fn number<S: Serializer>(number: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    Plain(number).serialize(to)
}

#[expect(clippy::ref_option, reason = "serde asks so")]
pub(super) fn limit<S: Serializer>(limit: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
    limit.as_ref().map(Plain).serialize(to)
}

#[expect(clippy::ref_option, reason = "serde asks so")]
pub(super) fn limits<S: Serializer>(
    limits: &Option<(Decimal, Decimal)>,
    to: S,
) -> Result<S::Ok, S::Error> {
    limits.as_ref().map(|(low, high)| (Plain(low), Plain(high))).serialize(to)
}

pub(super) fn thresholds<S: Serializer, T: Serialize>(
    thresholds: &[(Decimal, T)],
    to: S,
) -> Result<S::Ok, S::Error> {
    to.collect_seq(thresholds.iter().map(|(from, what)| (Plain(from), what)))
}

/// Labels by language: the order in which they are said does not count.
pub(super) fn labels<S: Serializer>(labels: &[(Lang, String)], to: S) -> Result<S::Ok, S::Error> {
    let mut sorted: Vec<_> = labels.iter().collect();
    sorted.sort_by_key(|(lang, _)| lang.code());
    to.collect_seq(sorted)
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut field = serializer.serialize_struct("Field", 9)?;
        field.serialize_field("name", name(&self.key))?;
        field.serialize_field("aliases", self.key.names.get(1..).unwrap_or_default())?;
        field.serialize_field("type", &self.ty)?;
        field.serialize_field("mode", &self.mode)?;
        field.serialize_field("required", &self.required)?;
        field.serialize_field("unique", &self.unique)?;
        field.serialize_field("max_length", &self.max_length)?;
        field.serialize_field("personal", &self.personal)?;
        field.serialize_field("default", &self.default.as_ref().map(Constant))?;
        field.end()
    }
}

impl Serialize for FieldType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut ty = serializer.serialize_map(None)?;
        ty.serialize_entry("is", self.keyword(Lang::En))?;
        match self {
            FieldType::Picklist(values) | FieldType::MultiPicklist(values) => {
                ty.serialize_entry("values", values)?;
            }
            FieldType::Reference(module) | FieldType::Records(module) => {
                ty.serialize_entry("of", module)?;
            }
            FieldType::Events(attributes) => ty.serialize_entry("attributes", attributes)?,
            FieldType::Formula(index) => ty.serialize_entry("formula", &Formula(*index))?,
            _ => {}
        }
        ty.end()
    }
}

/// A formula by its number.
struct Formula(u32);

impl Serialize for Formula {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        reference("$formula", self.0, serializer)
    }
}
