//! CSV, with the delimiter of the input where that was CSV.

use std::io::{self, Write};

use super::cells::{Cells, Columns};
use super::sink::Sink;
use super::{Added, AddedColumn, AddedRows};
use crate::data::{Batch, Content, Header};

/// So many bytes are written out at once.
const MOST_LINES: usize = 1 << 16;

/// Writes CSV in UTF-8, with a byte order mark where the input had one.
#[derive(Debug)]
pub(super) struct CsvPen {
    sink: Sink,
    delimiter: char,
    /// Columns in all; one empty cell alone is quoted, since a blank line is no row.
    width: usize,
    text: String,
    /// Lines that are not written out yet.
    lines: String,
}

impl CsvPen {
    pub(super) fn new(
        mut sink: Sink,
        delimiter: char,
        header: &Header,
        columns: &Columns,
        added: &[AddedColumn],
    ) -> io::Result<CsvPen> {
        if matches!(header, Header::Csv { bom: true, .. }) {
            sink.write_all(b"\xef\xbb\xbf")?;
        }
        let width = columns.names.len() + added.len();
        let mut lines = String::new();
        let names = columns.names.iter().chain(added.iter().map(|column| &column.name));
        for (place, name) in names.enumerate() {
            if place > 0 {
                lines.push(delimiter);
            }
            quoted(name, delimiter, width, &mut lines);
        }
        if width > 0 {
            lines.push('\n');
        }
        let mut pen = CsvPen { sink, delimiter, width, text: String::new(), lines };
        pen.flush()?;
        Ok(pen)
    }

    pub(super) fn write(
        &mut self,
        batch: &Batch,
        columns: &Columns,
        keep: Option<&[bool]>,
        added: &AddedRows,
    ) -> io::Result<u64> {
        let ends: Vec<String> = added.kept().iter().map(|values| self.end(values)).collect();
        let same_delimiter = match batch.content() {
            Content::Csv(cells) => char::from(cells.delimiter()) == self.delimiter,
            _ => false,
        };
        let mut cells = Cells::new(batch, columns);
        let mut written = 0;
        let mut text = std::mem::take(&mut self.text);
        for row in (0..batch.len()).filter(|row| keep.is_none_or(|keep| keep[*row])) {
            cells.move_to(row);
            match &cells {
                Cells::Csv(row) => {
                    if let Some(cells) = row.as_written().filter(|_| same_delimiter) {
                        self.lines.push_str(cells);
                    } else {
                        let cell = |column, text: &mut String| text.push_str(row.cell(column));
                        self.row(columns, cell, &mut text);
                    }
                }
                cells => self.row(columns, |column, text| cells.text(column, text), &mut text),
            }
            if let Some(end) = ends.get(added.number(row)) {
                let end = if columns.names.is_empty() { end.get(1..).unwrap_or("") } else { end };
                self.lines.push_str(end);
            }
            self.lines.push('\n');
            written += 1;
            if self.lines.len() >= MOST_LINES {
                self.flush()?;
            }
        }
        self.text = text;
        self.flush()?;
        Ok(written)
    }

    /// Adds the cells of a row, each quoted where it must be.
    fn row(
        &mut self,
        columns: &Columns,
        mut cell: impl FnMut(usize, &mut String),
        text: &mut String,
    ) {
        for column in 0..columns.names.len() {
            text.clear();
            cell(column, text);
            if column > 0 {
                self.lines.push(self.delimiter);
            }
            quoted(text, self.delimiter, self.width, &mut self.lines);
        }
    }

    /// Added values after other cells.
    fn end(&self, values: &[Added]) -> String {
        let (mut end, mut text) = (String::new(), String::new());
        for value in values {
            text.clear();
            value.text(&mut text);
            end.push(self.delimiter);
            quoted(&text, self.delimiter, self.width, &mut end);
        }
        end
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = self.sink.write_all(self.lines.as_bytes());
        self.lines.clear();
        written
    }

    pub(super) fn finish(self) -> Sink {
        self.sink
    }
}

/// Adds a cell, quoted where it must be; `width` is how many cells a row has.
fn quoted(cell: &str, delimiter: char, width: usize, line: &mut String) {
    let special = |byte: u8| matches!(byte, b'"' | b'\n' | b'\r') || byte == delimiter as u8;
    let any = cell.bytes().fold(false, |found, byte| found | special(byte)); // no early end: vectorised
    if !any && (width > 1 || !cell.is_empty()) {
        line.push_str(cell);
        return;
    }
    line.push('"');
    for (place, part) in cell.split('"').enumerate() {
        if place > 0 {
            line.push_str("\"\"");
        }
        line.push_str(part);
    }
    line.push('"');
}
