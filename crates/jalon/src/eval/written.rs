//! Values in texts, written as their place asks.

use super::functions::print;
use super::value::Val;
use crate::template::{Escape, escape};
use crate::value::ValueRef;
use crate::value::typed;

/// Writes a value into a text. What must be printed first stands in the arena meanwhile, so that
/// nothing is allocated for a record.
pub(super) fn write(value: Val<'_>, place: Escape, arena: &mut String, out: &mut String) {
    match (place, value.lend(arena)) {
        (Escape::JsonValue, lent) => json(lent, out),
        (Escape::Plain, lent) => print(lent, out),
        (_, ValueRef::Text(text)) => escape(text, place, out),
        (_, lent) => {
            let start = out.len();
            print(lent, out);
            let print = arena.len();
            arena.push_str(&out[start..]);
            out.truncate(start);
            escape(&arena[print..], place, out);
            arena.truncate(print);
        }
    }
}

/// A value as JSON.
fn json(value: ValueRef<'_>, out: &mut String) {
    match value {
        _ if typed::is_empty(value) => out.push_str("null"),
        ValueRef::Bool(_) | ValueRef::Int(_) | ValueRef::Number(_) => print(value, out),
        ValueRef::Text(text) => escape(text, Escape::JsonValue, out),
        ValueRef::Date(_) | ValueRef::DateTime(_) | ValueRef::Instant(_) => {
            out.push('"');
            print(value, out);
            out.push('"');
        }
        ValueRef::List(list) => {
            out.push('[');
            for index in 0..list.len() {
                if index > 0 {
                    out.push(',');
                }
                json(list.at(index), out);
            }
            out.push(']');
        }
        _ => {
            let mut text = String::new();
            print(value, &mut text);
            escape(&text, Escape::JsonValue, out);
        }
    }
}
