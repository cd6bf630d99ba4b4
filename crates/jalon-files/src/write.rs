//! Records written back, with columns added: CSV, NDJSON, a JSON array, Parquet, or a table for
//! people.

mod added;
mod cells;
mod csv;
mod json;
mod parquet;
mod sink;
mod table;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

pub use self::added::{Added, AddedColumn, AddedKind, AddedRows};
pub use self::sink::Sink;

use self::cells::Columns;
use crate::data::{Batch, Content, Format, Header};
use crate::error::{FileError, FileProblem};

/// How many names that come too late are kept.
const MOST_LATE: usize = 20;

/// Where rows are written, and how.
#[derive(Clone, Debug)]
pub struct Output {
    /// The file; `None` for standard output.
    pub path: Option<PathBuf>,
    /// How rows are laid out.
    pub layout: Layout,
}

/// How rows are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// As data.
    Data(Format),
    /// As a table for people: the first rows and the columns that fit.
    Table {
        /// How many rows are shown.
        rows: usize,
        /// How many characters wide it may be.
        width: usize,
    },
}

/// What was written in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The rows, shown or not.
    pub rows: u64,
    /// The rows that a table does not show.
    pub left_out: u64,
    /// Names that objects bear only after the columns were fixed by the first rows: what they
    /// hold is not in the output. The first ones, if there are many.
    pub late: Vec<String>,
}

/// Writes rows one batch after the other. Nothing stands in a file before
/// [`DataWriter::finish`] has put it there: what was in it stays until then.
#[derive(Debug)]
pub struct DataWriter {
    path: PathBuf,
    added: Vec<AddedColumn>,
    columns: Option<Columns>,
    header: Header,
    pen: Option<Pen>,
    sink: Option<Sink>,
    layout: Layout,
    rows: u64,
    late: Vec<String>,
}

/// The writer of one layout.
#[derive(Debug)]
enum Pen {
    Csv(Box<csv::CsvPen>),
    Json(json::JsonPen),
    Parquet(Box<parquet::ParquetPen>),
    Table(table::TablePen),
}

impl DataWriter {
    /// A writer of rows that come from data with this header.
    ///
    /// # Errors
    ///
    /// The file cannot be made, or the data already has a column of an added name.
    pub fn create(
        output: &Output,
        header: &Header,
        added: Vec<AddedColumn>,
    ) -> Result<DataWriter, FileError> {
        let path = output.path.clone().unwrap_or_else(|| PathBuf::from("-"));
        if let Some(names) = header.names() {
            let names = jalon_arrow::ColumnNames::new(names);
            if let Some(twice) = added.iter().find(|a| names.position(&a.name).is_some()) {
                return Err(exists(&path, &twice.name));
            }
        }
        let sink = Sink::create(output.path.as_deref())
            .map_err(|error| FileError::new(&path, refused(error)))?;
        Ok(DataWriter {
            path,
            added,
            columns: header.names().map(Columns::new),
            header: header.clone(),
            pen: None,
            sink: Some(sink),
            layout: output.layout,
            rows: 0,
            late: Vec::new(),
        })
    }

    /// Writes the rows of a batch: all, or those kept. `added` holds the values of all the
    /// batch's rows.
    pub fn write(
        &mut self,
        batch: &Batch,
        keep: Option<&[bool]>,
        added: &AddedRows,
    ) -> Result<(), FileError> {
        if batch.is_empty() {
            return Ok(());
        }
        self.refuse_twice(batch)?;
        let columns = self.columns.get_or_insert_with(|| Columns::of_objects(batch)).clone();
        let path = self.path.clone();
        let io = |error| FileError::new(&path, FileProblem::Io(error));
        let pen = self.pen()?;
        let written = match pen {
            Pen::Csv(pen) => pen.write(batch, &columns, keep, added).map_err(io)?,
            Pen::Json(pen) => pen.write(batch, &columns, keep, added).map_err(io)?,
            Pen::Table(pen) => pen.write(batch, &columns, keep, added),
            Pen::Parquet(pen) => pen
                .write(batch, &columns, keep, added)
                .map_err(|problem| FileError::new(&path, FileProblem::Format(problem)))?,
        };
        self.rows += written;
        self.note_late(batch, &columns);
        Ok(())
    }

    /// Ends the file and puts it in its place.
    pub fn finish(mut self) -> Result<Written, FileError> {
        let path = self.path.clone();
        let io = |error| FileError::new(&path, FileProblem::Io(error));
        self.columns.get_or_insert_default();
        self.pen()?;
        let left_out = match self.layout {
            Layout::Data(_) => 0,
            Layout::Table { rows, .. } => self.rows.saturating_sub(rows as u64),
        };
        let written = Written { rows: self.rows, left_out, late: std::mem::take(&mut self.late) };
        let Some(pen) = self.pen.take() else {
            return Ok(written);
        };
        let sink = match pen {
            Pen::Csv(pen) => pen.finish(),
            Pen::Json(pen) => pen.finish().map_err(io)?,
            Pen::Table(pen) => pen.finish().map_err(io)?,
            Pen::Parquet(pen) => pen
                .finish()
                .map_err(|problem| FileError::new(&path, FileProblem::Format(problem)))?,
        };
        sink.finish().map_err(io)?;
        Ok(written)
    }

    /// The delimiter that the file's extension or the input's own tells.
    fn delimiter(&self) -> char {
        let tabs = self.path.extension().is_some_and(|name| name.eq_ignore_ascii_case("tsv"));
        match &self.header {
            _ if tabs => '\t',
            Header::Csv { delimiter, .. } => char::from(*delimiter),
            _ => ',',
        }
    }

    /// The pen of the layout, made when the columns are known.
    fn pen(&mut self) -> Result<&mut Pen, FileError> {
        if let (Some(sink), Some(columns)) = (self.sink.take(), &self.columns) {
            let io = |error| FileError::new(&self.path, FileProblem::Io(error));
            let added = &self.added;
            let pen = match self.layout {
                Layout::Data(Format::Csv) => {
                    let pen =
                        csv::CsvPen::new(sink, self.delimiter(), &self.header, columns, added);
                    Pen::Csv(Box::new(pen.map_err(io)?))
                }
                Layout::Data(Format::Ndjson) => Pen::Json(json::JsonPen::new(sink, false, added)),
                Layout::Data(Format::JsonArray) => Pen::Json(json::JsonPen::new(sink, true, added)),
                Layout::Data(Format::Parquet) => {
                    let pen = parquet::ParquetPen::new(sink, &self.header, columns, added);
                    let refused = |why| FileError::new(&self.path, FileProblem::Format(why));
                    Pen::Parquet(Box::new(pen.map_err(refused)?))
                }
                Layout::Table { rows, width } => {
                    Pen::Table(table::TablePen::new(sink, columns, added, rows, width))
                }
            };
            self.pen = Some(pen);
        }
        let missing = || FileProblem::Io(std::io::ErrorKind::BrokenPipe.into());
        self.pen.as_mut().ok_or_else(|| FileError::new(&self.path, missing()))
    }

    /// Refuses objects that already bear an added name.
    fn refuse_twice(&self, batch: &Batch) -> Result<(), FileError> {
        let Content::Json(rows) = batch.content() else {
            return Ok(());
        };
        let twice = self.added.iter().find(|added| rows.names().exact(&added.name).is_some());
        twice.map_or(Ok(()), |added| Err(exists(&self.path, &added.name)))
    }

    /// Notes the names that come too late to have a column.
    fn note_late(&mut self, batch: &Batch, columns: &Columns) {
        let objects_stay = matches!(self.pen, Some(Pen::Json(_)));
        let Content::Json(rows) = batch.content() else {
            return;
        };
        let names = rows.names().names();
        if objects_stay || names == columns.names || self.late.len() >= MOST_LATE {
            return;
        }
        let known: HashSet<&String> = columns.names.iter().chain(&self.late).collect();
        let late: Vec<String> =
            names.iter().filter(|name| !known.contains(name)).cloned().collect();
        self.late.extend(late);
        self.late.truncate(MOST_LATE);
    }
}

/// A file that cannot be made: what is not found is its folder.
fn refused(error: io::Error) -> FileProblem {
    match error.kind() {
        io::ErrorKind::NotFound => FileProblem::NoFolder,
        _ => FileProblem::Io(error),
    }
}

fn exists(path: &Path, name: &str) -> FileError {
    FileError::new(path, FileProblem::ColumnExists(name.to_owned()))
}

#[cfg(test)]
mod tests;
