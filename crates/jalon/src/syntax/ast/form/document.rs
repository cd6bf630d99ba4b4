//! Documents: `{"version": 1, "declarations": [{"doc": ["…"], "rule": {…}}]}`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::super::{Comment, Declaration, DeclarationKind, Document};
use super::Refusal;
use super::tagged::Tagged;
use crate::lang::Lang;
use crate::source::{SourceId, Span};

/// The version of the form.
pub(crate) const VERSION: u32 = 1;

/// A program's text as JSON.
#[derive(serde::Serialize)]
struct Written<'d> {
    /// The version of the form: 1.
    version: u32,
    /// What a `langue` line says; without one keywords may be of either language.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Lang>,
    /// Everything declared, in order.
    declarations: Vec<WrittenDeclaration<'d>>,
    /// Comments behind the last declaration.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comments: Vec<&'d str>,
}

/// A declaration: its comments, and one member with what it declares.
#[derive(serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Declaration", deny_unknown_fields))]
struct WrittenDeclaration<'d> {
    /// Comments above it that are not its documentation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comments: Vec<&'d str>,
    /// The comment lines directly above it.
    #[serde(default, skip_serializing_if = "<[String]>::is_empty")]
    doc: &'d [String],
    #[serde(flatten)]
    kind: &'d DeclarationKind,
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (declarations, below) = self.with_comments();
        let declarations =
            declarations.into_iter().map(|(declaration, comments)| WrittenDeclaration {
                comments: comments.iter().map(|one| one.text.as_str()).collect(),
                doc: &declaration.doc,
                kind: &declaration.kind,
            });
        let declarations = declarations.collect();
        let comments = below.iter().map(|one| one.text.as_str()).collect();
        Written { version: VERSION, language: self.lang, declarations, comments }
            .serialize(serializer)
    }
}

/// A program's text as JSON.
#[derive(serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Program"))]
#[serde(deny_unknown_fields)]
struct Read {
    /// The version of the form: 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    version: u32,
    /// What a `langue` line says; without one keywords may be of either language.
    #[serde(default)]
    language: Option<Lang>,
    /// Everything declared, in order.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<WrittenDeclaration<'static>>"))]
    declarations: Vec<ReadDeclaration>,
    /// Comments behind the last declaration.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    comments: Vec<Line>,
    /// The schema that an editor checks it by; it says nothing.
    #[serde(default, rename = "$schema")]
    _schema: Option<String>,
}

/// A comment: one line, the spaces around it taken away.
struct Line(String);

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Line, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.contains(['\n', '\r']) {
            return Err(D::Error::custom(Refusal::LineBreak));
        }
        Ok(Line(text.trim().to_owned()))
    }
}

struct ReadDeclaration {
    comments: Vec<Line>,
    doc: Vec<Line>,
    kind: DeclarationKind,
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Document, D::Error> {
        let read = Read::deserialize(deserializer)?;
        if read.version != VERSION {
            return Err(D::Error::custom(Refusal::Version));
        }
        // Places only say in which order things stand.
        let mut at = 0;
        let mut place = || {
            at += 1;
            Span { source: SourceId::default(), start: at - 1, end: at }
        };
        let mut document = Document { lang: read.language, ..Document::default() };
        for one in read.declarations {
            let above = one.comments.into_iter().map(|Line(text)| Comment {
                span: place(),
                text,
                inside: false,
            });
            document.comments.extend(above);
            let declaration = Declaration {
                span: place(),
                doc: one.doc.into_iter().map(|Line(text)| text).collect(),
                kind: one.kind,
            };
            document.declarations.push(declaration);
        }
        let below = read.comments.into_iter().map(|Line(text)| Comment {
            span: place(),
            text,
            inside: false,
        });
        document.comments.extend(below);
        Ok(document)
    }
}

struct DeclarationVisitor;

impl<'de> Visitor<'de> for DeclarationVisitor {
    type Value = ReadDeclaration;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a declaration")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ReadDeclaration, A::Error> {
        let (mut comments, mut doc, mut kind) = (Vec::new(), Vec::new(), None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "comments" => comments = map.next_value()?,
                "doc" => doc = map.next_value()?,
                _ if kind.is_some() => return Err(A::Error::custom(Refusal::NoKind)),
                _ => kind = Some(map.next_value_seed(Tagged::new(key))?),
            }
        }
        let kind = kind.ok_or_else(|| A::Error::custom(Refusal::NoKind))?;
        Ok(ReadDeclaration { comments, doc, kind })
    }
}

impl<'de> Deserialize<'de> for ReadDeclaration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ReadDeclaration, D::Error> {
        deserializer.deserialize_map(DeclarationVisitor)
    }
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator};

    use super::{Document, Read};

    impl JsonSchema for Document {
        fn schema_name() -> Cow<'static, str> {
            Read::schema_name()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            Read::json_schema(generator)
        }
    }
}
