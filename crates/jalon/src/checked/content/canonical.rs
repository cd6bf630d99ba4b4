//! JSON with one spelling: members in the order of their names, no white space.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Content;

/// The hash of a value.
pub(super) fn hash(value: &Value) -> Content {
    Content(Sha256::digest(text(value)).into())
}

/// Its one spelling.
pub(super) fn text(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(values) => {
            out.push('[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(value, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            // In order whatever feature of serde_json another crate turns on.
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (at, (name, value)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        // Texts, and numbers that are whole: serde_json spells each in one way.
        _ => out.push_str(&value.to_string()),
    }
}
