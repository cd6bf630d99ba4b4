//! Names and values: a text, `{"quoted": "…"}` for one in quotes; expressions, and values that
//! are either.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::super::{Expr, ExprKind, Item, Name};
use super::tagged::only_member;
use crate::lang::Lang;
use crate::source::Span;
use crate::syntax::print_expr;

const QUOTED: &str = "quoted";

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.quoted {
            return serializer.serialize_str(&self.text);
        }
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(QUOTED, &self.text)?;
        map.end()
    }
}

/// A name without a place.
fn name(text: String, quoted: bool) -> Name {
    Name { span: Span::default(), text, quoted }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Quote {
    Quoted(String),
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or {\"quoted\": text}")
    }

    fn visit_str<E>(self, text: &str) -> Result<Name, E> {
        Ok(name(text.to_owned(), false))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Name, A::Error> {
        let Quote::Quoted(text) = only_member(map)?;
        Ok(name(text, true))
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_any(NameVisitor)
    }
}

/// A quoted name inside an expression: only its text, since the tag says the rest.
pub(in super::super) mod quoted {
    use super::{Deserialize, Deserializer, Name, Serializer, name};

    pub(in super::super::super) fn serialize<S: Serializer>(
        quoted: &Name,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&quoted.text)
    }

    pub(in super::super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Name, D::Error> {
        Ok(name(String::deserialize(deserializer)?, true))
    }
}

impl Serialize for Expr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.kind {
            ExprKind::Name(name) => name.serialize(serializer),
            kind => kind.serialize(serializer),
        }
    }
}

struct ExprVisitor;

impl<'de> Visitor<'de> for ExprVisitor {
    type Value = ExprKind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or an object of one member")
    }

    fn visit_str<E>(self, text: &str) -> Result<ExprKind, E> {
        Ok(ExprKind::Name(name(text.to_owned(), false)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ExprKind, A::Error> {
        only_member(map)
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Expr, D::Error> {
        let kind = deserializer.deserialize_any(ExprVisitor)?;
        Ok(Expr { span: Span::default(), kind })
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.expr {
            Some(expr) => expr.serialize(serializer),
            None => self.name.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Item, D::Error> {
        let expr = Expr::deserialize(deserializer)?;
        Ok(match expr.kind {
            ExprKind::Name(name) => Item { name, expr: None },
            _ => {
                Item { name: name(print_expr(&expr, Lang::Fr), false), expr: Some(Box::new(expr)) }
            }
        })
    }
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::super::super::{Expr, ExprKind, Item, Name};

    impl JsonSchema for Name {
        fn schema_name() -> Cow<'static, str> {
            "Name".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "A name or a value as written; one in quotes is never a field, a keyword or a tick.",
                "anyOf": [
                    {"type": "string"},
                    {
                        "type": "object",
                        "properties": {"quoted": {"type": "string"}},
                        "required": ["quoted"],
                        "additionalProperties": false,
                    },
                ],
            })
        }
    }

    impl JsonSchema for Expr {
        fn schema_name() -> Cow<'static, str> {
            "Expression".into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let computed = generator.subschema_for::<ExprKind>();
            json_schema!({
                "description": "An expression: a bare word (a number, a date, a date word, a field, a constant) as a text, or what it is computed from.",
                "anyOf": [{"type": "string"}, computed],
            })
        }
    }

    impl JsonSchema for Item {
        fn schema_name() -> Cow<'static, str> {
            Expr::schema_name()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            Expr::json_schema(generator)
        }

        fn schema_id() -> Cow<'static, str> {
            Expr::schema_id()
        }
    }
}
