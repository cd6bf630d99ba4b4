//! NDJSON, or a JSON array with one object a line.

use std::io::{self, Write};

use super::cells::{Cells, Columns, quote};
use super::sink::Sink;
use super::{Added, AddedColumn, AddedKind, AddedRows};
use crate::data::{Batch, Content};

/// So many bytes are written out at once.
const MOST_LINES: usize = 1 << 16;

/// Writes objects. Those that were read as JSON keep their text as it was written.
#[derive(Debug)]
pub(super) struct JsonPen {
    sink: Sink,
    array: bool,
    added: Vec<(String, AddedKind)>,
    /// Lines that are not written out yet.
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
        added: &AddedRows,
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
        let ends: Vec<String> = added.kept().iter().map(|values| self.end(values)).collect();
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
            if let Some(end) = ends.get(added.number(row)) {
                let end = if self.line.ends_with('{') { &end[1..] } else { end };
                self.line.push_str(end);
            }
            self.line.push('}');
            if !self.array {
                self.line.push('\n');
            }
            written += 1;
            if self.line.len() >= MOST_LINES {
                self.flush()?;
            }
        }
        self.flush()?;
        Ok(written)
    }

    fn begin(&mut self) {
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

    /// Added values after other fields.
    fn end(&self, values: &[Added]) -> String {
        let mut end = String::new();
        for ((name, kind), value) in self.added.iter().zip(values) {
            end.push(',');
            end.push_str(name);
            end.push(':');
            match value {
                Added::Empty => end.push_str("null"),
                Added::Text(json) if *kind == AddedKind::Json => end.push_str(json),
                Added::Text(text) => quote(text, &mut end),
                number => number.text(&mut end),
            }
        }
        end
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = self.sink.write_all(self.line.as_bytes());
        self.line.clear();
        written
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
