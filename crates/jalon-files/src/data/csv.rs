//! CSV: any delimiter, UTF-8 or Windows-1252.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

use encoding_rs::WINDOWS_1252;
use jalon::value::{Conflict, FieldKey, Record, ValueRef};
use jalon_arrow::{Bound, ColumnNames, Found};

use super::input::{Counted, Input, RowLimit, row_error};
use super::{BATCH_BYTES, BATCH_ROWS, Header, Issue, IssueKind, MOST_ROW_BYTES, sniff};
use crate::error::{Broken, FileError, FileProblem};

/// Reads rows of cells.
pub(super) struct CsvReader {
    reader: csv::Reader<io::Chain<io::Cursor<Vec<u8>>, Counted>>,
    path: PathBuf,
    names: ColumnNames,
    encoding: Encoding,
    record: csv::ByteRecord,
    limit: RowLimit,
    row: u64,
}

/// What the file's bytes have shown so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    /// Only ASCII.
    Unknown,
    Utf8,
    Windows1252,
}

/// Rows of cells, in one buffer.
#[derive(Debug)]
pub struct CsvBatch {
    names: ColumnNames,
    text: String,
    /// Where each cell ends; rows follow each other, all as wide as the header.
    ends: Vec<usize>,
}

/// One row of cells, as a record: an empty cell is empty, any other is text, which the engine
/// reads by the field's type.
#[derive(Clone, Debug)]
pub struct CsvRow<'b> {
    batch: &'b CsvBatch,
    /// Where the row's cells begin in [`CsvBatch::ends`].
    first: usize,
    bound: Bound<'b>,
}

impl std::fmt::Debug for CsvReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CsvReader").field("path", &self.path).finish_non_exhaustive()
    }
}

impl CsvReader {
    /// Tells the delimiter and reads the header.
    pub(super) fn open(input: Input) -> Result<(CsvReader, Header), FileError> {
        let path = input.path().to_owned();
        if input.head().contains(&0) {
            return Err(input.refuse(FileProblem::Binary));
        }
        let bom = input.bom();
        let limit = input.row_limit();
        let delimiter = sniff::delimiter(input.head(), input.head().len() >= 1 << 15);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 18)
            .from_reader(input.into_bytes());
        let mut record = csv::ByteRecord::new();
        limit.next_row(MOST_ROW_BYTES);
        let found = reader.read_byte_record(&mut record).map_err(|e| failed(&path, 1, e))?;
        if !found {
            return Err(FileError::new(path, FileProblem::Empty));
        }
        let mut encoding = if bom { Encoding::Utf8 } else { Encoding::Unknown };
        let names: Vec<String> =
            record.iter().map(|cell| encoding.read(cell).0.into_owned()).collect();
        let columns = ColumnNames::new(names.iter().map(|name| name.trim().to_owned()));
        let header = Header::Csv { names, delimiter, bom };
        let names = columns;
        Ok((CsvReader { reader, path, names, encoding, record, limit, row: 1 }, header))
    }

    pub(super) fn empty_batch(&self) -> CsvBatch {
        CsvBatch {
            names: ColumnNames::new(self.names.names().iter().cloned()),
            text: String::new(),
            ends: Vec::new(),
        }
    }

    /// Fills a batch with the next rows; none after the last.
    pub(super) fn fill(
        &mut self,
        batch: &mut CsvBatch,
        issues: &mut Vec<Issue>,
    ) -> Result<(), FileError> {
        batch.text.clear();
        batch.ends.clear();
        let width = self.names.names().len();
        while batch.len() < BATCH_ROWS && batch.text.len() < BATCH_BYTES {
            self.limit.next_row(MOST_ROW_BYTES);
            let read = self.reader.read_byte_record(&mut self.record);
            if !read.map_err(|error| failed(&self.path, self.row + 1, error))? {
                break;
            }
            self.row += 1;
            let cells = self.record.len();
            if cells != width {
                let kind = IssueKind::Ragged { cells, header: width };
                issues.push(Issue { row: self.row, kind });
            }
            if !batch.push(&self.record, width, &mut self.encoding) {
                issues.push(Issue { row: self.row, kind: IssueKind::Encoding });
            }
        }
        Ok(())
    }
}

fn failed(path: &std::path::Path, row: u64, error: csv::Error) -> FileError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => row_error(path, row, error),
        other => {
            let problem = Broken::Said(format!("{other:?}"));
            FileError::new(path, FileProblem::Data { row, problem })
        }
    }
}

impl Encoding {
    /// Reads bytes as text; false when they are not UTF-8 in a file that is.
    fn read<'b>(&mut self, bytes: &'b [u8]) -> (Cow<'b, str>, bool) {
        if bytes.is_ascii() && *self == Encoding::Unknown {
            return (String::from_utf8_lossy(bytes), true);
        }
        if *self != Encoding::Windows1252 {
            if let Ok(text) = std::str::from_utf8(bytes) {
                *self = Encoding::Utf8;
                return (Cow::Borrowed(text), true);
            }
            if *self == Encoding::Unknown {
                *self = Encoding::Windows1252;
            }
        }
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        (text, *self == Encoding::Windows1252)
    }
}

impl CsvBatch {
    /// How many rows it holds.
    pub fn len(&self) -> usize {
        self.ends.len().checked_div(self.width()).unwrap_or(0)
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The columns' names.
    pub fn names(&self) -> &ColumnNames {
        &self.names
    }

    /// A cursor that stands on a row.
    pub fn row(&self, index: usize) -> CsvRow<'_> {
        CsvRow { batch: self, first: index * self.width(), bound: Bound::default() }
    }

    /// Adds a row, cut or filled to the header's width; false when it is not UTF-8 in a file
    /// that is.
    fn push(&mut self, record: &csv::ByteRecord, width: usize, encoding: &mut Encoding) -> bool {
        let bytes = record.as_slice();
        if let Ok(text) = std::str::from_utf8(bytes)
            && *encoding != Encoding::Windows1252
            && self.push_text(text, record, width)
        {
            if *encoding == Encoding::Unknown && !text.is_ascii() {
                *encoding = Encoding::Utf8;
            }
            return true;
        }
        if *encoding == Encoding::Unknown {
            *encoding = Encoding::Windows1252;
        }
        let mut known = Encoding::Windows1252;
        for cell in record.iter().take(width) {
            self.text.push_str(&known.read(cell).0);
            self.ends.push(self.text.len());
        }
        self.fill_row(record.len(), width);
        *encoding == Encoding::Windows1252
    }

    /// Adds a row of UTF-8; false (and nothing added) when a character would span two cells.
    fn push_text(&mut self, text: &str, record: &csv::ByteRecord, width: usize) -> bool {
        let (start, cells) = (self.text.len(), self.ends.len());
        let mut end = 0;
        for index in 0..record.len().min(width) {
            end = record.range(index).map_or(end, |range| range.end);
            if !text.is_char_boundary(end) {
                self.ends.truncate(cells);
                return false;
            }
            self.ends.push(start + end);
        }
        self.text.push_str(&text[..end]);
        self.fill_row(record.len(), width);
        true
    }

    fn fill_row(&mut self, cells: usize, width: usize) {
        for _ in cells..width {
            self.ends.push(self.text.len());
        }
    }

    fn width(&self) -> usize {
        self.names.names().len()
    }

    fn cell(&self, index: usize) -> &str {
        let Some(&end) = self.ends.get(index) else {
            return "";
        };
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end).unwrap_or("")
    }
}

impl<'b> CsvRow<'b> {
    /// The same row, with fields looked up beforehand.
    #[must_use]
    pub fn bound(self, fields: impl IntoIterator<Item = &'b FieldKey>) -> CsvRow<'b> {
        CsvRow { bound: self.batch.names.bind(fields), ..self }
    }

    fn find(&self, key: &FieldKey) -> Found {
        self.bound.find(key).unwrap_or_else(|| self.batch.names.find(key))
    }

    /// All cells, one after the other.
    pub(crate) fn text(&self) -> &'b str {
        let ends = &self.batch.ends;
        let last = (self.first + self.batch.width()).checked_sub(1);
        let end = last.and_then(|last| ends.get(last)).copied().unwrap_or(0);
        let start = self.first.checked_sub(1).and_then(|before| ends.get(before)).copied();
        self.batch.text.get(start.unwrap_or(0)..end).unwrap_or("")
    }

    /// Moves to another row of the batch.
    pub fn move_to(&mut self, index: usize) {
        self.first = index * self.batch.width();
    }

    /// The text of a cell; empty beyond the last.
    pub fn cell(&self, column: usize) -> &'b str {
        if column < self.batch.width() { self.batch.cell(self.first + column) } else { "" }
    }
}

impl Record for CsvRow<'_> {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        match self.find(key) {
            Found::In(column) | Found::Several(column) => match self.cell(column) {
                "" => ValueRef::Empty,
                cell => ValueRef::Text(cell),
            },
            Found::Nowhere => key.through(|reference| self.get(reference)),
        }
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        let Found::Several(first) = self.find(key) else {
            return None;
        };
        let text = |column: usize| self.cell(column).trim();
        let columns = self.batch.names.all(key);
        let other = columns.into_iter().find(|&other| text(other) != text(first))?;
        let name = |column: usize| self.batch.names.names()[column].clone();
        Some(Conflict { keys: (name(first), name(other)) })
    }
}
