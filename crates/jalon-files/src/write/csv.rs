//! CSV, with the delimiter of the input where that was CSV.

use std::io::{self, Write};

use super::cells::{Cells, Columns};
use super::sink::Sink;
use super::{Added, AddedColumn};
use crate::data::{Batch, Header};

/// Writes CSV in UTF-8, with a byte order mark where the input had one.
#[derive(Debug)]
pub(super) struct CsvPen {
    sink: Sink,
    delimiter: char,
    /// Columns in all; one empty cell alone is quoted, since a blank line is no row.
    width: usize,
    text: String,
    line: String,
    /// Cells in the line so far.
    cells: usize,
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
        let (text, line) = (String::new(), String::new());
        let mut pen = CsvPen { sink, delimiter, width, text, line, cells: 0 };
        if width > 0 {
            for name in columns.names.iter().chain(added.iter().map(|column| &column.name)) {
                pen.cell(name);
            }
            pen.end_line()?;
        }
        Ok(pen)
    }

    pub(super) fn write(
        &mut self,
        batch: &Batch,
        columns: &Columns,
        keep: Option<&[bool]>,
        added: &[Vec<Added>],
    ) -> io::Result<u64> {
        let mut cells = Cells::new(batch, columns);
        let mut written = 0;
        let mut text = std::mem::take(&mut self.text);
        for row in (0..batch.len()).filter(|row| keep.is_none_or(|keep| keep[*row])) {
            cells.move_to(row);
            match &cells {
                Cells::Csv(row) => {
                    let plain = !self.has_special(row.text()) && self.width > 1;
                    for column in 0..columns.names.len() {
                        let cell = row.cell(column);
                        if plain { self.plain(cell) } else { self.cell(cell) }
                    }
                }
                cells => {
                    for column in 0..columns.names.len() {
                        text.clear();
                        cells.text(column, &mut text);
                        self.cell(&text);
                    }
                }
            }
            for values in added {
                text.clear();
                values[row].text(&mut text);
                self.cell(&text);
            }
            self.end_line()?;
            written += 1;
        }
        self.text = text;
        Ok(written)
    }

    /// Adds a cell to the line, quoted where it must be.
    fn cell(&mut self, cell: &str) {
        if self.has_special(cell) || (cell.is_empty() && self.width == 1) {
            self.plain("");
            self.quoted(cell);
        } else {
            self.plain(cell);
        }
    }

    /// Adds a cell to the line as it is.
    fn plain(&mut self, cell: &str) {
        if self.cells > 0 {
            self.line.push(self.delimiter);
        }
        self.cells += 1;
        self.line.push_str(cell);
    }

    /// Whether a text holds what only a quoted cell may hold.
    fn has_special(&self, text: &str) -> bool {
        let delimiter = self.delimiter as u8;
        let special = |byte: u8| matches!(byte, b'"' | b'\n' | b'\r') || byte == delimiter;
        text.bytes().fold(false, |found, byte| found | special(byte)) // no early end: vectorised
    }

    fn quoted(&mut self, cell: &str) {
        self.line.push('"');
        for (place, part) in cell.split('"').enumerate() {
            if place > 0 {
                self.line.push_str("\"\"");
            }
            self.line.push_str(part);
        }
        self.line.push('"');
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.line.push('\n');
        let written = self.sink.write_all(self.line.as_bytes());
        self.line.clear();
        self.cells = 0;
        written
    }

    pub(super) fn finish(self) -> Sink {
        self.sink
    }
}
