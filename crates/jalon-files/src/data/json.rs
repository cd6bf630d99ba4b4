//! One JSON object a line, or an array of objects.

mod batch;
mod objects;

use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

pub use self::batch::{JsonBatch, JsonCell, JsonRow};

use super::input::{Counted, Input, RowLimit, row_error};
use super::{BATCH_BYTES, BATCH_ROWS, MOST_ROW_BYTES};
use crate::error::{Broken, FileError, FileProblem};

/// Reads objects.
pub(super) struct JsonReader {
    bytes: BufReader<io::Chain<io::Cursor<Vec<u8>>, Counted>>,
    path: PathBuf,
    array: bool,
    open: objects::Array,
    limit: RowLimit,
    row: u64,
    buffer: Vec<u8>,
}

impl std::fmt::Debug for JsonReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JsonReader").field("path", &self.path).finish_non_exhaustive()
    }
}

impl JsonReader {
    pub(super) fn new(input: Input, array: bool) -> JsonReader {
        let (path, limit) = (input.path().to_owned(), input.row_limit());
        let bytes = BufReader::with_capacity(1 << 18, input.into_bytes());
        JsonReader {
            bytes,
            path,
            array,
            open: objects::Array::default(),
            limit,
            row: 0,
            buffer: Vec::new(),
        }
    }

    pub(super) fn empty_batch(&self) -> JsonBatch {
        JsonBatch::new(self.array.then(|| self.path.clone()))
    }

    /// Fills a batch with the texts of the next objects; false after the last.
    pub(super) fn fill(&mut self, rows: &mut JsonBatch) -> Result<bool, FileError> {
        rows.clear();
        let mut bytes = 0;
        while rows.waiting() < BATCH_ROWS && bytes < BATCH_BYTES {
            self.limit.next_row(MOST_ROW_BYTES);
            let more = if self.array { self.next_object()? } else { self.next_line()? };
            if !more {
                break;
            }
            bytes += self.buffer.len();
            rows.add(&self.buffer, self.row);
        }
        Ok(rows.waiting() > 0)
    }

    /// The next line that is not blank; false at the end.
    fn next_line(&mut self) -> Result<bool, FileError> {
        loop {
            self.buffer.clear();
            let mut line = (&mut self.bytes).take(MOST_ROW_BYTES + 1);
            let read = line.read_until(b'\n', &mut self.buffer);
            self.row += 1;
            let read = read.map_err(|error| row_error(&self.path, self.row, error))?;
            if read == 0 {
                return Ok(false);
            }
            if read as u64 > MOST_ROW_BYTES {
                return Err(self.broken(Broken::TooLong));
            }
            if !self.buffer.iter().all(u8::is_ascii_whitespace) {
                return Ok(true);
            }
        }
    }

    /// The next object of an array; false at its end.
    fn next_object(&mut self) -> Result<bool, FileError> {
        self.row += 1;
        match objects::next(&mut self.bytes, &mut self.open, &mut self.buffer) {
            Ok(Ok(more)) => Ok(more),
            Ok(Err(problem)) => Err(self.broken(problem)),
            Err(error) => Err(row_error(&self.path, self.row, error)),
        }
    }

    fn broken(&self, problem: Broken) -> FileError {
        FileError::new(&self.path, FileProblem::Data { row: self.row, problem })
    }
}
