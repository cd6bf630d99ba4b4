//! Records from CSV, NDJSON, JSON arrays and Parquet, batch by batch in constant memory.

mod columns;
mod csv;
mod input;
mod issue;
mod json;
mod parquet;
mod sniff;

use std::path::Path;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use jalon::value::{Conflict, FieldKey, Record, ValueRef};
use jalon_arrow::{Row, Rows};
use serde_json::{Map, Value as Json};

use crate::error::FileError;

pub use self::csv::{CsvBatch, CsvRow};
pub use self::input::Progress;
pub use self::issue::{Issue, IssueKind};
pub use self::json::{JsonBatch, JsonCell, JsonRow};
pub use jalon_arrow::{ColumnNames, Found, ScoreColumns, instant_of};

use self::csv::CsvReader;
use self::input::Input;
use self::json::JsonReader;
use self::parquet::ParquetReader;

/// How many objects, or rows of columns, a batch holds at most.
pub(crate) const BATCH_ROWS: usize = 4096;
/// How many bytes of text a batch holds, but for its last row.
pub(crate) const BATCH_BYTES: usize = 1 << 20;
/// The longest row that is read: beyond, a quote or a bracket was surely never closed.
pub(crate) const MOST_ROW_BYTES: u64 = 16 << 20;

/// How data is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cells between delimiters, with a header row.
    Csv,
    /// One JSON object a line.
    Ndjson,
    /// One JSON array of objects.
    JsonArray,
    /// Columns.
    Parquet,
}

impl Format {
    /// The format that a file's extension announces.
    pub fn of_extension(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" | "tsv" | "txt" => Some(Format::Csv),
            "ndjson" | "jsonl" => Some(Format::Ndjson),
            "json" => Some(Format::JsonArray),
            "parquet" | "pq" => Some(Format::Parquet),
            _ => None,
        }
    }
}

/// What is known of the data before its first row.
#[derive(Clone, Debug)]
pub enum Header {
    /// CSV.
    Csv {
        /// The cells of the first row.
        names: Vec<String>,
        /// The delimiter.
        delimiter: u8,
        /// Whether the file began with a byte order mark.
        bom: bool,
    },
    /// NDJSON, or an array of objects: each row has its own names.
    Json {
        /// Whether it is an array.
        array: bool,
    },
    /// Parquet.
    Arrow(SchemaRef),
}

impl Header {
    /// The format of the data.
    pub fn format(&self) -> Format {
        match self {
            Header::Csv { .. } => Format::Csv,
            Header::Json { array: false } => Format::Ndjson,
            Header::Json { array: true } => Format::JsonArray,
            Header::Arrow(_) => Format::Parquet,
        }
    }

    /// The columns' names; `None` where each row has its own.
    pub fn names(&self) -> Option<Vec<&str>> {
        match self {
            Header::Csv { names, .. } => Some(names.iter().map(String::as_str).collect()),
            Header::Json { .. } => None,
            Header::Arrow(schema) => {
                Some(schema.fields().iter().map(|field| field.name().as_str()).collect())
            }
        }
    }
}

/// A file of records, read batch by batch.
///
/// ```no_run
/// # use jalon_files::data::DataReader;
/// let mut reader = DataReader::open("leads.csv".as_ref())?;
/// while let Some(batch) = reader.next_batch()? {
///     let mut row = batch.cursor();
///     for index in 0..batch.len() {
///         row.move_to(index);
///     }
/// }
/// # Ok::<(), jalon_files::FileError>(())
/// ```
#[derive(Debug)]
pub struct DataReader {
    source: Source,
    header: Header,
    progress: Progress,
    batch: Batch,
    rows_read: u64,
}

#[derive(Debug)]
enum Source {
    Csv(Box<CsvReader>),
    Json(Box<JsonReader>),
    Parquet(ParquetReader),
}

/// Rows that were read together.
#[derive(Debug)]
pub struct Batch {
    first_row: u64,
    content: Content,
    issues: Vec<Issue>,
}

/// The rows of a batch, as their format holds them.
#[derive(Debug)]
pub enum Content {
    /// Cells of text.
    Csv(CsvBatch),
    /// Objects.
    Json(JsonBatch),
    /// Columns.
    Arrow(RecordBatch, Rows),
}

/// A row of a batch, as a record; it moves from row to row.
#[derive(Debug)]
pub enum Cursor<'b> {
    /// A row of cells.
    Csv(CsvRow<'b>),
    /// An object.
    Json(JsonRow<'b>),
    /// A row of columns.
    Arrow(Row<'b>),
}

impl DataReader {
    /// Opens a file, or standard input under the name `-`; its format is told by its content.
    ///
    /// # Errors
    ///
    /// What the system says, a format that is not read, or a header that makes no sense.
    pub fn open(path: &Path) -> Result<DataReader, FileError> {
        let input = Input::open(path)?;
        let progress = input.progress();
        let (source, header) = if input.is_parquet() {
            let reader = ParquetReader::open(path, progress.clone())?;
            let header = Header::Arrow(reader.schema());
            (Source::Parquet(reader), header)
        } else if let Some(array) = input.json_layout() {
            (Source::Json(Box::new(JsonReader::new(input, array))), Header::Json { array })
        } else {
            let (reader, header) = CsvReader::open(input)?;
            (Source::Csv(Box::new(reader)), header)
        };
        let batch = source.empty_batch();
        Ok(DataReader { source, header, progress, batch, rows_read: 0 })
    }

    /// Leaves unread, where the format allows it, the columns that carry none of some fields;
    /// before the first row. The header stays as it is.
    pub fn keep_only(&mut self, fields: &[&FieldKey]) -> Result<(), FileError> {
        match &mut self.source {
            Source::Parquet(reader) => reader.keep_only(fields),
            Source::Csv(_) | Source::Json(_) => Ok(()),
        }
    }

    /// What is known before the first row.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How far reading is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// The next rows; `None` after the last.
    pub fn next_batch(&mut self) -> Result<Option<&Batch>, FileError> {
        let mut batch = std::mem::replace(&mut self.batch, self.source.empty_batch());
        let more = self.fill(&mut batch).and_then(|more| batch.parse().map(|()| more));
        self.batch = batch;
        Ok(if more? { Some(&self.batch) } else { None })
    }

    /// A batch without rows, to be filled; each thread may have its own.
    pub fn empty_batch(&self) -> Batch {
        self.source.empty_batch()
    }

    /// Fills a batch of this reader's with the next rows; false after the last. The rows are
    /// there after [`Batch::parse`], which needs the reader no more: it can be filling the next
    /// batch meanwhile.
    pub fn fill(&mut self, batch: &mut Batch) -> Result<bool, FileError> {
        batch.issues.clear();
        batch.first_row = self.rows_read;
        match (&mut self.source, &mut batch.content) {
            (Source::Csv(reader), Content::Csv(cells)) => {
                reader.fill(cells, &mut batch.issues)?;
                self.rows_read += cells.len() as u64;
                Ok(!cells.is_empty() || !batch.issues.is_empty())
            }
            (Source::Json(reader), Content::Json(rows)) => reader.fill(rows),
            (Source::Parquet(reader), content) => match reader.next()? {
                Some(columns) => {
                    let rows = Rows::new(&columns);
                    self.rows_read += rows.len() as u64;
                    *content = Content::Arrow(columns, rows);
                    Ok(true)
                }
                None => Ok(false),
            },
            _ => Ok(false),
        }
    }
}

impl Source {
    fn empty_batch(&self) -> Batch {
        let content = match self {
            Source::Csv(reader) => Content::Csv(reader.empty_batch()),
            Source::Json(reader) => Content::Json(reader.empty_batch()),
            Source::Parquet(_) => Content::Json(JsonBatch::default()),
        };
        Batch { first_row: 0, content, issues: Vec::new() }
    }
}

impl Batch {
    /// How many rows it holds.
    pub fn len(&self) -> usize {
        match &self.content {
            Content::Csv(cells) => cells.len(),
            Content::Json(rows) => rows.len(),
            Content::Arrow(columns, _) => columns.num_rows(),
        }
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes rows of what was read last. An error is of its last rows: those before it are there.
    pub fn parse(&mut self) -> Result<(), FileError> {
        match &mut self.content {
            Content::Json(rows) => rows.parse(&mut self.issues),
            Content::Csv(_) | Content::Arrow(..) => Ok(()),
        }
    }

    /// The rows as their format holds them.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Rows that could be read only in part, or not at all.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// The number of a row as people see it in the file: of a CSV the header is row 1, of NDJSON
    /// it is the line.
    pub fn row_number(&self, index: usize) -> u64 {
        match &self.content {
            Content::Csv(_) => self.first_row + index as u64 + 2,
            Content::Json(rows) => rows.row(index).number(),
            Content::Arrow(..) => self.first_row + index as u64 + 1,
        }
    }

    /// The columns by name; `None` where each row has its own.
    pub fn names(&self) -> Option<&ColumnNames> {
        match &self.content {
            Content::Csv(cells) => Some(cells.names()),
            Content::Json(_) => None,
            Content::Arrow(_, rows) => Some(rows.names()),
        }
    }

    /// A row as a JSON object: cells of CSV as texts, empty ones as null.
    pub fn object(&self, index: usize) -> Map<String, Json> {
        let named = |names: &ColumnNames, cell: &dyn Fn(usize) -> Json| {
            let names = names.names().iter().enumerate();
            names.map(|(column, name)| (name.clone(), cell(column))).collect()
        };
        match &self.content {
            Content::Csv(cells) => {
                let row = cells.row(index);
                named(cells.names(), &|column| match row.cell(column) {
                    "" => Json::Null,
                    text => Json::from(text),
                })
            }
            Content::Json(rows) => serde_json::from_str(rows.row(index).raw()).unwrap_or_default(),
            Content::Arrow(_, rows) => {
                let row = rows.row(index);
                named(rows.names(), &|column| {
                    let mut json = String::new();
                    row.write_json(column, &mut json);
                    serde_json::from_str(&json).unwrap_or_default()
                })
            }
        }
    }

    /// A cursor on the first row.
    pub fn cursor(&self) -> Cursor<'_> {
        match &self.content {
            Content::Csv(cells) => Cursor::Csv(cells.row(0)),
            Content::Json(rows) => Cursor::Json(rows.row(0)),
            Content::Arrow(_, rows) => Cursor::Arrow(rows.row(0)),
        }
    }
}

impl<'b> Cursor<'b> {
    /// The same row, with fields looked up beforehand: reading them is cheaper.
    #[must_use]
    pub fn bound(self, fields: impl IntoIterator<Item = &'b FieldKey>) -> Cursor<'b> {
        match self {
            Cursor::Csv(cells) => Cursor::Csv(cells.bound(fields)),
            Cursor::Arrow(columns) => Cursor::Arrow(columns.bound(fields)),
            Cursor::Json(object) => Cursor::Json(object.bound(fields)),
        }
    }

    /// Moves to another row of the batch.
    pub fn move_to(&mut self, row: usize) {
        match self {
            Cursor::Csv(cells) => cells.move_to(row),
            Cursor::Json(object) => object.move_to(row),
            Cursor::Arrow(columns) => columns.move_to(row),
        }
    }
}

impl Record for Cursor<'_> {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        match self {
            Cursor::Csv(row) => row.get(key),
            Cursor::Arrow(row) => row.get(key),
            Cursor::Json(object) => object.get(key),
        }
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        match self {
            Cursor::Csv(row) => row.conflict(key),
            Cursor::Arrow(row) => row.conflict(key),
            Cursor::Json(object) => object.conflict(key),
        }
    }
}

#[cfg(test)]
mod tests;
