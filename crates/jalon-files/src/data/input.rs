//! Bytes of a file or of standard input: the first ones looked at, all of them counted.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jalon::lang::Lang;

use crate::error::{Broken, FileError, FileProblem};

/// How much is looked at to tell the format.
const HEAD: u64 = 64 << 10;
const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

/// How far reading is; clones see the same.
#[derive(Clone, Debug)]
pub struct Progress {
    done: Arc<AtomicU64>,
    total: Option<u64>,
}

impl Progress {
    /// At the beginning of so many bytes, where that is known.
    pub fn new(total: Option<u64>) -> Progress {
        Progress { done: Arc::default(), total }
    }

    /// So many bytes more are read.
    pub fn add(&self, bytes: u64) {
        self.done.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Bytes read so far.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Bytes there are, where that is known.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    pub(super) fn set(&self, done: u64) {
        self.done.store(done, Ordering::Relaxed);
    }
}

/// An open file, its first bytes known.
pub(super) struct Input {
    path: PathBuf,
    head: Vec<u8>,
    rest: Counted,
    bom: bool,
}

/// Counts the bytes that pass, and stops where one row goes on for too long.
pub(super) struct Counted {
    inner: Box<dyn Read + Send>,
    progress: Progress,
    limit: Arc<AtomicU64>,
}

/// Moves the limit of a [`Counted`] on, row by row.
#[derive(Clone, Debug)]
pub(super) struct RowLimit {
    limit: Arc<AtomicU64>,
    progress: Progress,
}

impl RowLimit {
    /// A row begins: it may be this long from here.
    pub(super) fn next_row(&self, most: u64) {
        self.limit.store(self.progress.done() + most, Ordering::Relaxed);
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Input {
    /// Opens a file, or standard input under the name `-`.
    pub(super) fn open(path: &Path) -> Result<Input, FileError> {
        let io = |error| FileError::new(path, FileProblem::Io(error));
        let (inner, total): (Box<dyn Read + Send>, _) = if path == Path::new("-") {
            (Box::new(io::stdin()), None)
        } else {
            let file = File::open(path).map_err(io)?;
            let about = file.metadata().map_err(io)?;
            if about.is_dir() {
                return Err(io(io::ErrorKind::IsADirectory.into()));
            }
            (Box::new(file), about.is_file().then_some(about.len()))
        };
        let progress = Progress { done: Arc::default(), total };
        let mut rest = Counted { inner, progress, limit: Arc::new(AtomicU64::new(u64::MAX)) };
        let mut head = Vec::new();
        (&mut rest).take(HEAD).read_to_end(&mut head).map_err(io)?;
        let bom = head.starts_with(UTF8_BOM);
        if bom {
            head.drain(..UTF8_BOM.len());
        }
        let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
        let input = Input { path: path.to_owned(), head, rest, bom };
        if wide { Err(input.refuse(FileProblem::Utf16)) } else { Ok(input) }
    }

    pub(super) fn progress(&self) -> Progress {
        self.rest.progress.clone()
    }

    pub(super) fn row_limit(&self) -> RowLimit {
        RowLimit { limit: self.rest.limit.clone(), progress: self.progress() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The first bytes, after a byte order mark.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether it began with a byte order mark.
    pub(super) fn bom(&self) -> bool {
        self.bom
    }

    pub(super) fn is_parquet(&self) -> bool {
        self.head.starts_with(b"PAR1")
    }

    /// Whether it is JSON: `Some(true)` for an array, `Some(false)` for objects.
    pub(super) fn json_layout(&self) -> Option<bool> {
        match self.head.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => Some(false),
            Some(b'[') => Some(true),
            _ => None,
        }
    }

    pub(super) fn refuse(&self, problem: FileProblem) -> FileError {
        FileError::new(&self.path, problem)
    }

    /// All bytes from the first, without a byte order mark.
    pub(super) fn into_bytes(self) -> io::Chain<io::Cursor<Vec<u8>>, Counted> {
        io::Cursor::new(self.head).chain(self.rest)
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let done = self.progress.done() + read as u64;
        self.progress.set(done);
        if done > self.limit.load(Ordering::Relaxed) {
            return Err(io::Error::other(TooLong));
        }
        Ok(read)
    }
}

/// A row that does not end.
#[derive(Debug)]
pub(super) struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Broken::TooLong.message(Lang::En))
    }
}

impl std::error::Error for TooLong {}

/// The error of reading a row: the system's, or a row that does not end.
pub(super) fn row_error(path: &Path, row: u64, error: io::Error) -> FileError {
    let too_long = error.get_ref().is_some_and(
        <dyn std::error::Error + std::marker::Send + std::marker::Sync + 'static>::is::<TooLong>,
    );
    let problem = if too_long {
        FileProblem::Data { row, problem: Broken::TooLong }
    } else {
        FileProblem::Io(error)
    };
    FileError::new(path, problem)
}
