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

impl BadValues {
    /// None yet. When strict, the first one ends the work.
    pub fn new(lang: Lang, strict: bool) -> BadValues {
        BadValues { lang, strict, named: 0, rows: 0, clocks: 0, issues: 0 }
    }

    /// A row with values that could not be used; `errors` is asked only if they are named.
    pub fn values(
        &mut self,
        row: u64,
        errors: impl FnOnce() -> Vec<RecordError>,
    ) -> Result<(), Failure> {
        self.rows += 1;
        if self.named >= MOST_NAMED {
            return Ok(());
        }
        for error in errors() {
            self.name(row, &error.message(self.lang))?;
        }
        Ok(())
    }

    /// A row whose clock cannot be read.
    pub fn clock(&mut self, row: u64, column: &str) -> Result<(), Failure> {
        self.clocks += 1;
        let message = self.lang.pick(
            format!("`{column}` ne donne ni date ni heure"),
            format!("`{column}` holds no date or time"),
        );
        self.name(row, &message)
    }

    /// Rows that could be read only in part, or not at all.
    pub fn rows(&mut self, issues: &[Issue]) -> Result<(), Failure> {
        for issue in issues {
            self.issues += 1;
            self.name(issue.row, &issue.message(self.lang))?;
        }
        Ok(())
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
