//! NDJSON, or a JSON array with one object a line.

use std::io::{self, Write};

use super::cells::{Cells, Columns, quote};
use super::sink::Sink;
use super::{Added, AddedColumn, AddedKind};
use crate::data::{Batch, Content};

/// Writes objects. Those that were read as JSON keep their text as it was written.
#[derive(Debug)]
pub(super) struct JsonPen {
    sink: Sink,
    array: bool,
    added: Vec<(String, AddedKind)>,
    line: String,
    any: bool,
}

impl JsonPen {
    pub(super) fn new(sink: Sink, array: bool, added: &[AddedColumn]) -> JsonPen {
        let added = added
            .iter()
            .map(|column| {
                let mut name = String::new();
                quote(&column.name, &mut name);
                (name, column.kind)
            })
            .collect();
        JsonPen { sink, array, added, line: String::new(), any: false }
    }

    pub(super) fn write(
        &mut self,
        batch: &Batch,
        columns: &Columns,
        keep: Option<&[bool]>,
        added: &[Vec<Added>],
    ) -> io::Result<u64> {
        let names: Vec<String> = columns
            .names
            .iter()
            .map(|name| {
                let mut quoted = String::new();
                quote(name, &mut quoted);
                quoted
            })
            .collect();
        let mut cells = Cells::new(batch, columns);
        let mut written = 0;
        for row in (0..batch.len()).filter(|row| keep.is_none_or(|keep| keep[*row])) {
            cells.move_to(row);
            self.begin();
            if let Content::Json(rows) = batch.content() {
                self.open_raw(rows.row(row).raw());
            } else {
                self.line.push('{');
                for (column, name) in names.iter().enumerate() {
                    self.key(name);
                    cells.json(column, &mut self.line);
                }
            }
            for (column, values) in added.iter().enumerate() {
                self.added(column, &values[row]);
            }
            self.line.push('}');
            if !self.array {
                self.line.push('\n');
            }
            self.sink.write_all(self.line.as_bytes())?;
            written += 1;
        }
        Ok(written)
    }

    fn begin(&mut self) {
        self.line.clear();
        if self.array {
            self.line.push_str(if self.any { ",\n" } else { "[\n" });
        }
        self.any = true;
    }

    /// An object as written, up to its last brace.
    fn open_raw(&mut self, raw: &str) {
        let inside = raw.strip_suffix('}').unwrap_or(raw).trim_end();
        if inside.contains(['\n', '\r']) {
            compact(inside, &mut self.line);
        } else {
            self.line.push_str(inside);
        }
    }

    fn key(&mut self, quoted: &str) {
        if !self.line.ends_with('{') {
            self.line.push(',');
        }
        self.line.push_str(quoted);
        self.line.push(':');
    }

    fn added(&mut self, column: usize, value: &Added) {
        let (name, kind) = self.added[column].clone();
        self.key(&name);
        match value {
            Added::Empty => self.line.push_str("null"),
            Added::Text(json) if kind == AddedKind::Json => self.line.push_str(json),
            Added::Text(text) => quote(text, &mut self.line),
            number => number.text(&mut self.line),
        }
    }

    pub(super) fn finish(mut self) -> io::Result<Sink> {
        if self.array {
            self.sink.write_all(if self.any { b"\n]\n" } else { b"[]\n" })?;
        }
        Ok(self.sink)
    }
}

/// JSON on one line: white space outside texts goes.
fn compact(json: &str, line: &mut String) {
    let (mut quoted, mut escaped) = (false, false);
    for c in json.chars() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
            line.push(c);
        } else if !c.is_ascii_whitespace() {
            quoted = c == '"';
            line.push(c);
        }
    }
}
