//! CSV: any delimiter, UTF-8 or Windows-1252.

mod batch;
mod split;

use std::io::{self, Read};
use std::path::PathBuf;

pub use self::batch::{CsvBatch, CsvRow};

use self::batch::Encoding;
use self::split::{Row, Splitter};
use super::input::{Counted, Input, row_error};
use super::{Header, Issue, IssueKind, MOST_ROW_BYTES, sniff};
use crate::error::{Broken, FileError, FileProblem};

/// How many bytes of text a batch holds, but for its last row: what stays in the processor's
/// caches from reading to writing.
const BATCH_BYTES: usize = 1 << 19;
/// How many cells a batch holds, but for its last row.
const BATCH_CELLS: usize = 1 << 18;

/// Reads rows of cells.
pub(super) struct CsvReader {
    bytes: io::Chain<io::Cursor<Vec<u8>>, Counted>,
    path: PathBuf,
    names: Vec<String>,
    encoding: Encoding,
    splitter: Splitter,
    /// What was read last, up to `filled`; it begins with a row.
    buffer: Vec<u8>,
    filled: usize,
    /// Whether nothing is left to read but that.
    at_end: bool,
    /// Rows whose cells had to be copied, and where the copies are made.
    copied: Vec<usize>,
    copies: Vec<u8>,
    /// The last row read; the header is row 1.
    row: u64,
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
        let delimiter = sniff::delimiter(input.head(), input.head().len() >= 1 << 15);
        let mut reader = CsvReader {
            bytes: input.into_bytes(),
            path,
            names: Vec::new(),
            encoding: if bom { Encoding::Utf8 } else { Encoding::Unknown },
            splitter: Splitter::new(delimiter),
            buffer: Vec::new(),
            filled: 0,
            at_end: false,
            copied: Vec::new(),
            copies: Vec::new(),
            row: 0,
        };
        let names = reader.header()?;
        reader.names = names.iter().map(|name| name.trim().to_owned()).collect();
        Ok((reader, Header::Csv { names, delimiter, bom }))
    }

    pub(super) fn empty_batch(&self) -> CsvBatch {
        CsvBatch::new(&self.names, self.splitter.delimiter())
    }

    /// Reads the first row.
    fn header(&mut self) -> Result<Vec<String>, FileError> {
        let (mut starts, mut copies) = (Vec::new(), Vec::new());
        let mut wanted = 1 << 12;
        let (end, copied) = loop {
            self.read(wanted)?;
            let read = &self.buffer[..self.filled];
            match self.splitter.row(read, 0, self.at_end, &mut starts, &mut copies) {
                Row::Plain(end) => break (end, false),
                Row::Copied(end) => break (end, true),
                Row::Nothing if self.at_end => {
                    return Err(FileError::new(&self.path, FileProblem::Empty));
                }
                Row::Nothing | Row::Unended => wanted = self.more()?,
            }
        };
        self.row = 1;
        let text = if copied { &copies } else { &self.buffer };
        let cells = starts.windows(2).map(|cell| &text[cell[0] as usize..cell[1] as usize - 1]);
        let names = cells.map(|cell| self.encoding.read(cell).0.into_owned()).collect();
        self.forget(end);
        Ok(names)
    }

    /// Fills a batch with the next rows; none after the last.
    pub(super) fn fill(
        &mut self,
        batch: &mut CsvBatch,
        issues: &mut Vec<Issue>,
    ) -> Result<(), FileError> {
        batch.starts.clear();
        let mut wanted = BATCH_BYTES;
        let end = loop {
            self.read(wanted)?;
            let end = self.split(batch, issues);
            if !batch.is_empty() || self.at_end {
                break end;
            }
            wanted = self.more()?;
        };
        self.place_copies(batch, end);
        for odd in batch.decode(&self.buffer[..end], &self.copies, &mut self.encoding) {
            issues.push(Issue { row: self.row + 1 + odd as u64, kind: IssueKind::Encoding });
        }
        issues.sort_by_key(|issue| issue.row);
        self.row += batch.len() as u64;
        self.copies.clear();
        self.forget(end);
        Ok(())
    }

    /// Reads until there are so many bytes, or no more.
    fn read(&mut self, wanted: usize) -> Result<(), FileError> {
        if self.buffer.len() < wanted {
            self.buffer.resize(wanted, 0);
        }
        while self.filled < wanted && !self.at_end {
            match self.bytes.read(&mut self.buffer[self.filled..wanted]) {
                Ok(0) => self.at_end = true,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(row_error(&self.path, self.row + 1, error)),
            }
        }
        Ok(())
    }

    /// Forgets the first bytes that were read.
    fn forget(&mut self, end: usize) {
        self.buffer.copy_within(end..self.filled, 0);
        self.filled -= end;
    }

    /// How many bytes to read where a row does not end in these; an error when it is too long.
    fn more(&self) -> Result<usize, FileError> {
        if self.filled as u64 > MOST_ROW_BYTES {
            let problem = FileProblem::Data { row: self.row + 1, problem: Broken::TooLong };
            return Err(FileError::new(&self.path, problem));
        }
        Ok(self.filled.max(1) * 2)
    }

    /// Splits what was read into the rows of a batch; where the last whole row ends.
    fn split(&mut self, batch: &mut CsvBatch, issues: &mut Vec<Issue>) -> usize {
        let CsvReader { splitter, at_end, copied, copies, names, .. } = self;
        let bytes = &self.buffer[..self.filled];
        let stride = names.len() + 1;
        let starts = &mut batch.starts;
        let mut end = 0;
        while starts.len() < BATCH_CELLS {
            let (first, before) = (starts.len(), copies.len());
            let row = splitter.row(bytes, end, *at_end, starts, copies);
            let cells = starts.len() - first;
            end = match row {
                Row::Nothing if *at_end => return bytes.len(),
                Row::Nothing | Row::Unended => break,
                Row::Plain(end) if cells == stride => end,
                Row::Plain(end) => {
                    copy(bytes, &mut starts[first..], copies);
                    end
                }
                Row::Copied(end) => end,
            };
            if copies.len() > before {
                copied.push(first);
            }
            if cells != stride {
                let row = self.row + 1 + (first / stride) as u64;
                let kind = IssueKind::Ragged { cells: cells - 1, header: names.len() };
                issues.push(Issue { row, kind });
                fit(first + stride, splitter.delimiter(), starts, copies);
            }
        }
        end
    }

    /// Places the copies of rows after those that stand as they are, which end at `end`.
    fn place_copies(&mut self, batch: &mut CsvBatch, end: usize) {
        let stride = self.names.len() + 1;
        for first in self.copied.drain(..) {
            for start in &mut batch.starts[first..first + stride] {
                *start += end as u32;
            }
        }
    }
}

/// Copies a row with its delimiters; its starts are then places among the copies.
fn copy(bytes: &[u8], starts: &mut [u32], copies: &mut Vec<u8>) {
    let (Some(&first), Some(&last)) = (starts.first(), starts.last()) else { return };
    let to = copies.len() as u32;
    copies.extend_from_slice(&bytes[first as usize..last as usize - 1]);
    copies.push(0); // in the place of the line end
    for start in starts {
        *start = *start - first + to;
    }
}

/// Cuts the last row of `starts`, whose cells are among the copies, or adds empty cells to it, so
/// that `end` starts are there.
fn fit(end: usize, delimiter: u8, starts: &mut Vec<u32>, copies: &mut Vec<u8>) {
    starts.truncate(end);
    while starts.len() < end {
        copies.push(delimiter);
        starts.push(copies.len() as u32);
    }
}
