//! CSV, with the delimiter of the input where that was CSV.

use std::io::{self, Write};

use super::cells::{Cells, Columns};
use super::sink::Sink;
use super::{Added, AddedColumn};
use crate::data::{Batch, Header};

/// Writes CSV in UTF-8, with a byte order mark where the input had one.
#[derive(Debug)]
pub(super) struct CsvPen {
    writer: csv::Writer<Sink>,
    text: String,
}

impl CsvPen {
    pub(super) fn new(
        mut sink: Sink,
        header: &Header,
        columns: &Columns,
        added: &[AddedColumn],
    ) -> io::Result<CsvPen> {
        let (delimiter, bom) = match header {
            Header::Csv { delimiter, bom, .. } => (*delimiter, *bom),
            _ => (b',', false),
        };
        if bom {
            sink.write_all(b"\xef\xbb\xbf")?;
        }
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(sink);
        let names = columns.names.iter().chain(added.iter().map(|column| &column.name));
        writer.write_record(names).map_err(io_error)?;
        Ok(CsvPen { writer, text: String::new() })
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
        for row in (0..batch.len()).filter(|row| keep.is_none_or(|keep| keep[*row])) {
            cells.move_to(row);
            for column in 0..columns.names.len() {
                if let Cells::Csv(row) = &cells {
                    self.writer.write_field(row.cell(column)).map_err(io_error)?;
                } else {
                    self.text.clear();
                    cells.text(column, &mut self.text);
                    self.writer.write_field(&self.text).map_err(io_error)?;
                }
            }
            for values in added {
                self.text.clear();
                values[row].text(&mut self.text);
                self.writer.write_field(&self.text).map_err(io_error)?;
            }
            self.writer.write_record(None::<&[u8]>).map_err(io_error)?;
            written += 1;
        }
        Ok(written)
    }

    pub(super) fn finish(self) -> io::Result<Sink> {
        self.writer.into_inner().map_err(|error| io::Error::from(error.error().kind()))
    }
}

/// The system's error inside one of writing CSV, which tells a closed pipe from a full disk.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
