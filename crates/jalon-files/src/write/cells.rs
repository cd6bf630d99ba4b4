//! The cells of any row, as text and as JSON.

use jalon_arrow::Row;
use serde_json::Value;

use crate::data::{Batch, Content, CsvRow, JsonCell, JsonRow};

/// The columns that rows are written in.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    pub(super) names: Vec<String>,
}

/// The cells of one row.
#[derive(Debug)]
pub(super) enum Cells<'b> {
    Csv(CsvRow<'b>),
    /// An object, and the number of each column's name in it.
    Json(JsonRow<'b>, Vec<Option<usize>>),
    Arrow(Row<'b>),
}

impl Columns {
    pub(super) fn new(names: Vec<&str>) -> Columns {
        Columns { names: names.into_iter().map(str::to_owned).collect() }
    }

    /// The names that the objects of the first batch bear, in the order they appear.
    pub(super) fn of_objects(batch: &Batch) -> Columns {
        match batch.content() {
            Content::Json(rows) => Columns { names: rows.names().names().to_vec() },
            _ => Columns::default(),
        }
    }
}

impl<'b> Cells<'b> {
    pub(super) fn new(batch: &'b Batch, columns: &Columns) -> Cells<'b> {
        match batch.content() {
            Content::Csv(cells) => Cells::Csv(cells.row(0)),
            Content::Json(rows) => {
                let numbers = columns.names.iter().map(|name| rows.names().exact(name));
                Cells::Json(rows.row(0), numbers.collect())
            }
            Content::Arrow(_, rows) => Cells::Arrow(rows.row(0)),
        }
    }

    pub(super) fn move_to(&mut self, row: usize) {
        match self {
            Cells::Csv(cells) => cells.move_to(row),
            Cells::Json(object, _) => object.move_to(row),
            Cells::Arrow(cells) => cells.move_to(row),
        }
    }

    fn json_cell(&self, column: usize) -> Option<JsonCell<'b>> {
        match self {
            Cells::Json(object, numbers) => object.cell((*numbers.get(column)?)?),
            _ => None,
        }
    }

    /// Appends a cell as plain text; nothing where it is empty.
    pub(super) fn text(&self, column: usize, text: &mut String) {
        match self {
            Cells::Csv(cells) => text.push_str(cells.cell(column)),
            Cells::Arrow(cells) => cells.write_text(column, text),
            Cells::Json(..) => match self.json_cell(column) {
                None | Some(JsonCell::Value(Value::Null)) => {}
                Some(JsonCell::Text(string)) => text.push_str(string),
                Some(JsonCell::Value(Value::String(string))) => text.push_str(string),
                Some(JsonCell::Value(other)) => text.push_str(&other.to_string()),
            },
        }
    }

    /// Appends a cell as JSON.
    pub(super) fn json(&self, column: usize, json: &mut String) {
        match self {
            Cells::Csv(cells) => match cells.cell(column) {
                "" => json.push_str("null"),
                cell => quote(cell, json),
            },
            Cells::Arrow(cells) => cells.write_json(column, json),
            Cells::Json(..) => match self.json_cell(column) {
                None => json.push_str("null"),
                Some(JsonCell::Text(text)) => quote(text, json),
                Some(JsonCell::Value(value)) => json.push_str(&value.to_string()),
            },
        }
    }
}

/// Appends a text as a JSON string.
pub(super) fn quote(text: &str, json: &mut String) {
    json.push_str(&Value::from(text).to_string());
}
