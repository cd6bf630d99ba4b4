//! Documents as JSON, without loss: what the formatter prints, as data that other tools read,
//! make and change.
//!
//! The JSON of a document says everything its text says but the layout: names, values, quotes and
//! comments. It has no places. `docs/en/guides/json.md` shows it by example, `docs/schema/program.schema.json`
//! describes it.
//!
//! ```
//! use jalon::{Lang, form, source::SourceId, syntax};
//!
//! let text = "constante Junk : Casino, Voyance\n";
//! let (document, _) = syntax::parse(SourceId(0), text, &syntax::Limits::default());
//! let json = form::to_json(&document);
//! assert_eq!(
//!     json,
//!     serde_json::json!({
//!         "version": 1,
//!         "declarations": [{"constant": {"name": "Junk", "items": ["Casino", "Voyance"]}}],
//!     }),
//! );
//! let again = form::from_json(&json.to_string())?;
//! assert_eq!(syntax::print(&again, Lang::Fr), text);
//!
//! let error = form::from_json(r#"{"version": 1, "declarations": [{"constant": {"nom": 1}}]}"#);
//! assert_eq!(
//!     error.unwrap_err().message(Lang::En),
//!     "/declarations/0/constant/nom: unknown member; there are: name, items",
//! );
//! # Ok::<(), form::Error>(())
//! ```

mod error;
mod reader;
mod same;

pub(crate) use same::check;

use serde::Deserialize;
use serde_json::Value;

pub use error::Error;

use crate::source::Span;
use crate::syntax::Limits;
use crate::syntax::ast::Document;
use error::Problem;
use reader::Reader;

/// Objects and lists stand inside each other at most so deep: what texts of [`Limits`] need, and
/// no more than any stack holds.
pub const MAX_DEPTH: usize = 400;

/// The JSON of a document; of a parsed one always [readable](from_json) again.
pub fn to_json(document: &Document) -> Value {
    // Texts, lists and objects with texts as keys: nothing that JSON cannot hold.
    serde_json::to_value(document).unwrap_or_default()
}

/// Reads the JSON of a document, and makes sure that it can be written: its text, in either
/// language, reads back as the same document.
///
/// # Errors
/// The first thing that is wrong, and where.
pub fn from_json(json: &str) -> Result<Document, Error> {
    let document = read(json)?;
    check(&document)?;
    Ok(document)
}

/// Documents as one, in their order; the language is that of the first that says one.
pub fn joined(documents: impl IntoIterator<Item = Document>) -> Document {
    let mut joined = Document::default();
    let mut start = 0;
    for document in documents {
        joined.lang = joined.lang.or(document.lang);
        let mut end = start;
        // Places go on growing, so that comments stay where they are.
        let mut later = |mut span: Span| {
            span.start = span.start.saturating_add(start);
            span.end = span.end.saturating_add(start);
            end = end.max(span.end.saturating_add(1));
            span
        };
        for mut comment in document.comments {
            comment.span = later(comment.span);
            joined.comments.push(comment);
        }
        for mut declaration in document.declarations {
            declaration.span = later(declaration.span);
            joined.declarations.push(declaration);
        }
        start = end;
    }
    joined
}

/// Reads the JSON of a document that may be one that no text says.
pub(crate) fn read(json: &str) -> Result<Document, Error> {
    let limit = Limits::default().bytes;
    if json.len() > limit {
        return Err(Problem::TooLarge { size: json.len(), limit }.into());
    }
    if depth(json) > MAX_DEPTH {
        return Err(Problem::TooDeep.into());
    }
    let mut text = serde_json::Deserializer::from_str(json);
    text.disable_recursion_limit();
    let value = Value::deserialize(&mut text).and_then(|value| text.end().map(|()| value));
    let value = value.map_err(|error| Problem::Syntax {
        line: error.line() as u32,
        column: error.column() as u32,
    })?;
    Document::deserialize(Reader(&value))
}

/// How deep brackets stand inside each other.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The JSON Schema of the form, draft 2020-12.
#[cfg(feature = "schema")]
pub fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let schema = settings.into_generator().into_root_schema_for::<Document>();
    schema.to_value()
}
