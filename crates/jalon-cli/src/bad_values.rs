//! Values and rows that could not be read, named on standard error as they are met.

use jalon::eval::RecordError;
use jalon::lang::Lang;
use jalon_files::data::Issue;

use crate::failure::Failure;
use crate::number;

/// How many are named; the others are counted.
const MOST_NAMED: usize = 10;

/// Names the first and counts all.
#[derive(Debug)]
pub struct BadValues {
    lang: Lang,
    strict: bool,
    named: usize,
    /// Rows with a value that could not be used.
    pub rows: u64,
    /// Rows whose clock cannot be read: they were not evaluated.
    pub clocks: u64,
    /// Rows that could be read only in part, or not at all.
    pub issues: u64,
}

/// Values of the rows of one batch that could not be used, to be named when its turn comes.
#[derive(Debug)]
pub struct Found {
    lang: Lang,
    rows: u64,
    clocks: u64,
    /// The first ones: row and message.
    first: Vec<(u64, String)>,
}

impl Found {
    /// Nothing yet.
    pub fn new(lang: Lang) -> Found {
        Found { lang, rows: 0, clocks: 0, first: Vec::new() }
    }

    /// Forgets the batch before.
    pub fn clear(&mut self) {
        self.rows = 0;
        self.clocks = 0;
        self.first.clear();
    }

    /// Whether there is something to name.
    pub fn any(&self) -> bool {
        !self.first.is_empty()
    }

    /// A row with values that could not be used; `errors` is asked only if they may be named.
    pub fn values(&mut self, row: u64, errors: impl FnOnce() -> Vec<RecordError>) {
        self.rows += 1;
        if self.first.len() < MOST_NAMED {
            let lang = self.lang;
            self.first.extend(errors().iter().map(|error| (row, error.message(lang))));
        }
    }

    /// A row that cannot be used as it is; `message` is asked only if it may be named.
    pub fn row(&mut self, row: u64, message: impl FnOnce() -> String) {
        self.rows += 1;
        if self.first.len() < MOST_NAMED {
            self.first.push((row, message()));
        }
    }

    /// A row whose clock cannot be read.
    pub fn clock(&mut self, row: u64, column: &str) {
        self.clocks += 1;
        if self.first.len() < MOST_NAMED {
            let message = self.lang.pick(
                format!("`{column}` ne donne ni date ni heure"),
                format!("`{column}` holds no date or time"),
            );
            self.first.push((row, message));
        }
    }
}

impl BadValues {
    /// None yet. When strict, the first one ends the work.
    pub fn new(lang: Lang, strict: bool) -> BadValues {
        BadValues { lang, strict, named: 0, rows: 0, clocks: 0, issues: 0 }
    }

    /// Names what is wrong in a batch: rows that could not be read, then what was found in those
    /// that could.
    pub fn name_all(&mut self, issues: &[Issue], found: &Found) -> Result<(), Failure> {
        for issue in issues {
            self.issues += 1;
            self.name(issue.row, &issue.message(self.lang))?;
        }
        self.rows += found.rows;
        self.clocks += found.clocks;
        found.first.iter().try_for_each(|(row, message)| self.name(*row, message))
    }

    fn name(&mut self, row: u64, message: &str) -> Result<(), Failure> {
        let at = self.lang.pick(format!("ligne {row} : "), format!("row {row}: "));
        if self.strict {
            let failure = Failure::usage(self.lang, &format!("{at}{message}"));
            return Err(Failure { code: 1, ..failure });
        }
        if self.named < MOST_NAMED {
            eprintln!("{at}{message}");
        }
        self.named += 1;
        Ok(())
    }

    /// How many there were beyond those named, if any.
    pub fn close(&self) {
        let total = self.rows + self.clocks + self.issues;
        let more = total.saturating_sub(self.named.min(MOST_NAMED) as u64);
        if self.named >= MOST_NAMED && more > 0 {
            let (one, many) = self.lang.pick(
                ("autre ligne à revoir", "autres lignes à revoir"),
                ("more row to look at", "more rows to look at"),
            );
            let more = number::counted(more, one, many, self.lang);
            eprintln!("{}", self.lang.pick(format!("… et {more}"), format!("… and {more}")));
        }
    }
}
