//! Cells as text and as JSON, to be written back.

use std::cell::OnceCell;
use std::fmt::Write;

use jalon::value::{List, ValueRef};

use super::{Column, Data, Items, ListValue, Scratch};
use crate::rows::{Row, Table};

impl Row<'_> {
    /// Appends the value of a column as plain text: nothing where it is empty, ISO dates, lists
    /// and structs as JSON.
    pub fn write_text(&self, column: usize, text: &mut String) {
        match self.value(column) {
            ValueRef::Text(cell) => text.push_str(cell),
            ValueRef::Empty | ValueRef::Absent => {}
            ValueRef::Date(date) => push(text, date),
            ValueRef::DateTime(local) => push(text, local),
            ValueRef::Instant(instant) => push(text, instant),
            ValueRef::Invalid(shown) => push(text, format_args!("{shown:?}")),
            _ => self.write_json(column, text),
        }
    }

    /// Appends the value of a column as JSON.
    pub fn write_json(&self, column: usize, json: &mut String) {
        match self.column(column) {
            Some(column) => column.write_json(self.index(), json),
            None => json.push_str("null"),
        }
    }
}

/// Writing into a string cannot fail.
fn push(text: &mut String, value: impl std::fmt::Display) {
    let _ = write!(text, "{value}");
}

impl Column {
    fn write_json(&self, row: usize, json: &mut String) {
        let cell = OnceCell::new();
        let value = self.value(row, &cell);
        match (value, &self.data) {
            (ValueRef::Record(_), Data::Struct(table)) => table.write_json(row, json),
            (ValueRef::List(_), _) => {
                if let Some(Scratch::List(list)) = cell.get() {
                    list.write_json(json);
                }
            }
            (value, _) => scalar(value, json),
        }
    }
}

impl Table {
    fn write_json(&self, row: usize, json: &mut String) {
        json.push('{');
        for (place, (name, column)) in self.named().enumerate() {
            if place > 0 {
                json.push(',');
            }
            quote(name, json);
            json.push(':');
            column.write_json(row, json);
        }
        json.push('}');
    }
}

impl ListValue<'_> {
    fn write_json(&self, json: &mut String) {
        json.push('[');
        for place in 0..self.len() {
            if place > 0 {
                json.push(',');
            }
            let row = self.start + place;
            match self.items {
                Items::Values(column) => column.write_json(row, json),
                Items::Records { .. } if matches!(self.at(place), ValueRef::Empty) => {
                    json.push_str("null");
                }
                Items::Records { table, .. } => table.write_json(row, json),
            }
        }
        json.push(']');
    }
}

fn scalar(value: ValueRef<'_>, json: &mut String) {
    match value {
        ValueRef::Bool(ticked) => push(json, ticked),
        ValueRef::Int(number) => push(json, number),
        ValueRef::Number(number) => push(json, number),
        ValueRef::Text(text) => quote(text, json),
        ValueRef::Date(date) => quote(&date.to_string(), json),
        ValueRef::DateTime(local) => quote(&local.to_string(), json),
        ValueRef::Instant(instant) => quote(&instant.to_string(), json),
        ValueRef::Invalid(shown) => quote(&format!("{shown:?}"), json),
        _ => json.push_str("null"),
    }
}

/// Appends a text as a JSON string.
fn quote(text: &str, json: &mut String) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            c if c < ' ' => push(json, format_args!("\\u{:04x}", c as u32)),
            c => json.push(c),
        }
    }
    json.push('"');
}
