//! Rows of cells in one buffer, as they stand in the file.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use jalon::columnar::{Carried, Column, TextColumn, Values};
use jalon::value::{Conflict, FieldKey, Record, ValueRef};
use jalon_arrow::{Bound, ColumnNames, Found};
use simdutf8::basic::from_utf8;

/// What the file's bytes have shown so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Only ASCII.
    Unknown,
    Utf8,
    Windows1252,
}

/// Rows of cells, in one buffer.
#[derive(Debug)]
pub struct CsvBatch {
    names: ColumnNames,
    pub(super) text: String,
    /// Where the cells of each row start, and one more: each cell ends a byte before the next
    /// start.
    pub(super) starts: Vec<u32>,
    /// From here on the text holds rows that do not stand so in the file.
    pub(super) copied_from: usize,
    delimiter: u8,
}

/// One row of cells, as a record: an empty cell is empty, any other is text, which the engine
/// reads by the field's type.
#[derive(Clone, Debug)]
pub struct CsvRow<'b> {
    batch: &'b CsvBatch,
    /// Where the row begins in [`CsvBatch::starts`].
    first: usize,
    bound: Bound<'b>,
}

impl Encoding {
    /// Reads bytes as text; false when they are not UTF-8 in a file that is.
    pub(super) fn read<'b>(&mut self, bytes: &'b [u8]) -> (Cow<'b, str>, bool) {
        if let Some(text) = self.utf8(bytes) {
            return (Cow::Borrowed(text), true);
        }
        if *self == Encoding::Unknown {
            *self = Encoding::Windows1252;
        }
        (windows_1252(bytes), *self == Encoding::Windows1252)
    }

    /// The bytes as UTF-8, if that is what they are.
    fn utf8<'b>(&mut self, bytes: &'b [u8]) -> Option<&'b str> {
        let text = from_utf8(bytes).ok()?;
        match self {
            Encoding::Utf8 => {}
            _ if text.is_ascii() => {}
            Encoding::Unknown => *self = Encoding::Utf8,
            Encoding::Windows1252 => return None,
        }
        Some(text)
    }
}

fn windows_1252(bytes: &[u8]) -> Cow<'_, str> {
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

impl CsvBatch {
    pub(super) fn new(names: &[String], delimiter: u8) -> CsvBatch {
        CsvBatch {
            names: ColumnNames::new(names.iter().cloned()),
            text: String::new(),
            starts: Vec::new(),
            copied_from: 0,
            delimiter,
        }
    }

    /// How many rows it holds.
    pub fn len(&self) -> usize {
        self.starts.len() / self.stride()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The columns' names.
    pub fn names(&self) -> &ColumnNames {
        &self.names
    }

    /// The byte between two cells.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// A cursor that stands on a row.
    pub fn row(&self, index: usize) -> CsvRow<'_> {
        CsvRow { batch: self, first: index * self.stride(), bound: Bound::default() }
    }

    /// How a field is carried.
    pub(in crate::data) fn column(&self, key: &FieldKey) -> Carried<'_> {
        match self.names.find(key) {
            Found::Nowhere if key.path.is_none() => Carried::Nowhere,
            Found::In(column) => {
                let (starts, bytes) = (&self.starts, self.text.as_bytes());
                let texts = TextColumn::Cells { starts, stride: self.stride(), column, bytes };
                Carried::In(Column { valid: None, values: Values::Texts(texts) })
            }
            Found::Nowhere | Found::Several(_) => Carried::ByRow,
        }
    }

    /// Takes the text that the starts are of: rows as they stand in the file, then those that
    /// were copied. The numbers of the rows that are not UTF-8 in a file that is.
    pub(super) fn decode(
        &mut self,
        rows: &[u8],
        copies: &[u8],
        encoding: &mut Encoding,
    ) -> Vec<usize> {
        self.copied_from = rows.len();
        self.text.clear();
        let (Ok(rows_text), Ok(copied_text)) = (from_utf8(rows), from_utf8(copies)) else {
            return self.decode_rows(&[rows, copies].concat(), encoding);
        };
        if *encoding != Encoding::Utf8 && !(rows.is_ascii() && copies.is_ascii()) {
            if *encoding == Encoding::Windows1252 {
                return self.decode_rows(&[rows, copies].concat(), encoding);
            }
            *encoding = Encoding::Utf8;
        }
        self.text.push_str(rows_text);
        self.text.push_str(copied_text);
        Vec::new()
    }

    /// Reads each row in its own encoding.
    fn decode_rows(&mut self, bytes: &[u8], encoding: &mut Encoding) -> Vec<usize> {
        let mut odd = Vec::new();
        let mut text = String::with_capacity(bytes.len() * 2);
        let between = char::from(self.delimiter);
        for (index, starts) in self.starts.chunks_mut(self.names.names().len() + 1).enumerate() {
            let (first, last) = (starts[0] as usize, starts[starts.len() - 1] as usize);
            let row = encoding.read(&bytes[first..last - 1]);
            if !row.1 {
                odd.push(index);
            }
            let as_it_is = matches!(row.0, Cow::Borrowed(_));
            let mut from = first;
            starts[0] = text.len() as u32;
            for start in &mut starts[1..] {
                let cell = &bytes[from..*start as usize - 1];
                from = *start as usize;
                match from_utf8(cell) {
                    Ok(cell) if as_it_is => text.push_str(cell),
                    _ => text.push_str(&windows_1252(cell)),
                }
                text.push(between);
                *start = text.len() as u32;
            }
        }
        self.text = text;
        self.copied_from = 0;
        odd
    }

    /// How many starts a row has.
    fn stride(&self) -> usize {
        self.names.names().len() + 1
    }

    fn cell(&self, index: usize) -> &str {
        let (Some(&start), Some(&next)) = (self.starts.get(index), self.starts.get(index + 1))
        else {
            return "";
        };
        self.text.get(start as usize..(next as usize).saturating_sub(1)).unwrap_or("")
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

    /// The row as it stands in the file, if it has neither quotes nor cells too many or too few.
    pub(crate) fn as_written(&self) -> Option<&'b str> {
        let CsvBatch { text, starts, copied_from, .. } = self.batch;
        let first = *starts.get(self.first)? as usize;
        let end = *starts.get(self.first + self.batch.stride() - 1)? as usize;
        (first < *copied_from).then(|| text.get(first..end.saturating_sub(1)))?
    }

    /// Moves to another row of the batch.
    pub fn move_to(&mut self, index: usize) {
        self.first = index * self.batch.stride();
    }

    /// The text of a cell; empty beyond the last.
    pub fn cell(&self, column: usize) -> &'b str {
        if column + 1 < self.batch.stride() { self.batch.cell(self.first + column) } else { "" }
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
