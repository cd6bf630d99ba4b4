//! The façade: texts in, a [`Program`] out; records in, verdicts and scores out.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::checked::{CheckedProgram, ScoreId};
use crate::diagnostic::Diagnostic;
use crate::eval::{Explanation, RecordError};
use crate::lang::Lang;
use crate::score::ScoreResult;
use crate::source::Sources;
use crate::value::{Clock, Record, Row};

/// Collects texts (and later a host's schema), then checks and compiles them together.
#[derive(Clone, Debug, Default)]
pub struct Loader {
    sources: Sources,
    lang: Option<Lang>,
    strict: bool,
}

/// A compiled program: immutable, `Send + Sync`, cheap to clone.
#[derive(Clone, Debug)]
pub struct Program(#[allow(dead_code)] Arc<Inner>);

#[derive(Debug)]
#[allow(dead_code)]
struct Inner {
    sources: Sources,
    checked: CheckedProgram,
    diagnostics: Vec<Diagnostic>,
    lang: Lang,
}

/// A compiled criterion.
#[derive(Clone, Debug)]
pub struct Criterion {
    #[allow(dead_code)]
    program: Program,
}

/// A compiled score.
#[derive(Clone, Debug)]
pub struct Score {
    #[allow(dead_code)]
    program: Program,
    #[allow(dead_code)]
    id: ScoreId,
}

/// A score ready to run over many records under one clock: reuses its buffers, so that a record
/// costs no allocation.
#[derive(Debug)]
pub struct Scorer {
    #[allow(dead_code)]
    score: Score,
}

/// A criterion ready to run over many records under one clock.
#[derive(Debug)]
pub struct Matcher {
    #[allow(dead_code)]
    criterion: Criterion,
}

/// The quick answer of a [`Scorer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// The score.
    pub total: Decimal,
    /// Whether a value of the wrong type was met; [`Score::evaluate`] names it.
    pub has_errors: bool,
}

/// The quick answer of a [`Matcher`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the criterion holds.
    pub holds: bool,
    /// Whether a value of the wrong type was met; then `holds` is false.
    pub has_errors: bool,
}

/// Why something could not be done.
#[derive(Clone, Debug)]
pub enum Error {
    /// The text has errors; all of them are here, and the sources they point into.
    Diagnostics(Diagnostics),
    /// No score, rule or module of that name.
    Unknown {
        /// `score`, `rule` or `module`.
        what: &'static str,
        /// The name asked for.
        name: String,
        /// A declared name that may have been meant.
        suggestion: Option<String>,
    },
    /// Several could be meant (a score by default, a module by default): one must be named.
    Ambiguous {
        /// `score` or `module`.
        what: &'static str,
        /// The names there are.
        names: Vec<String>,
    },
    /// The program reads the clock and none was given.
    ClockNeeded,
    /// Strict mode: a value of the wrong type, or an absent field.
    Record(Vec<RecordError>),
}

/// Diagnostics with the texts they point into.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    /// The texts.
    pub sources: Sources,
    /// The findings, in source order.
    pub list: Vec<Diagnostic>,
    /// The language of the texts.
    pub lang: Lang,
}

impl Loader {
    /// Adds a text; `name` is what diagnostics call it.
    #[must_use]
    pub fn source(mut self, name: impl Into<String>, text: impl Into<String>) -> Loader {
        self.sources.add(name, text);
        self
    }

    /// The language of messages; without it, that of the program's `langue` line or keywords.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Loader {
        self.lang = Some(lang);
        self
    }

    /// Strict mode: at run time a value of the wrong type or an absent field is an error
    /// ([`Error::Record`]) instead of a criterion that does not hold.
    #[must_use]
    pub fn strict(mut self) -> Loader {
        self.strict = true;
        self
    }

    /// Checks and compiles; all errors of all texts in one go.
    pub fn load(self) -> Result<Program, Error> {
        todo!()
    }

    /// Parses and checks without compiling: every diagnostic, notes included.
    pub fn check(self) -> Diagnostics {
        todo!()
    }
}

impl Program {
    /// A program of one text.
    pub fn parse(text: &str) -> Result<Program, Error> {
        Loader::default().source("<text>", text).load()
    }
    /// The warnings and notes it was loaded with.
    pub fn diagnostics(&self) -> Diagnostics {
        todo!()
    }
    /// The checked program: schema, scores, rules.
    pub fn checked(&self) -> &CheckedProgram {
        &self.0.checked
    }
    /// The names of its scores.
    pub fn score_names(&self) -> impl Iterator<Item = &str> {
        self.0.checked.scores.iter().map(|s| s.name.as_str())
    }
    /// A score by name (compared as text is); `None` means the only one.
    pub fn score(&self, _name: Option<&str>) -> Result<Score, Error> {
        todo!()
    }
    /// Compiles a criterion against the program's modules and constants; `module` `None` means
    /// the only one declared, or none.
    pub fn criterion(&self, _text: &str, _module: Option<&str>) -> Result<Criterion, Error> {
        todo!()
    }
    /// The condition of a rule, by the rule's name.
    pub fn rule(&self, _name: &str) -> Result<Criterion, Error> {
        todo!()
    }
    /// An empty record of a module, to be filled by name.
    pub fn row(&self, _module: Option<&str>) -> Result<Row, Error> {
        todo!()
    }
}

impl Criterion {
    /// A criterion without a program: fields are dynamic.
    pub fn parse(_text: &str) -> Result<Criterion, Error> {
        todo!()
    }
    /// Whether it reads the clock.
    pub fn reads_clock(&self) -> bool {
        todo!()
    }
    /// Whether it holds; false where a value is of the wrong type ([`Criterion::explain`] says so).
    pub fn matches<R: Record + ?Sized>(&self, _record: &R, _clock: &Clock) -> Result<bool, Error> {
        todo!()
    }
    /// Why it holds or does not.
    pub fn explain<R: Record + ?Sized>(
        &self,
        _record: &R,
        _clock: &Clock,
    ) -> Result<Explanation, Error> {
        todo!()
    }
    /// For many records under one clock.
    pub fn matcher(&self, _clock: &Clock) -> Result<Matcher, Error> {
        todo!()
    }
}

impl Matcher {
    /// Moves the clock.
    pub fn set_clock(&mut self, _clock: &Clock) -> Result<(), Error> {
        todo!()
    }
    /// Whether a record satisfies the criterion.
    pub fn test<R: Record + ?Sized>(&mut self, _record: &R) -> Verdict {
        todo!()
    }
}

impl Score {
    /// Its name.
    pub fn name(&self) -> &str {
        todo!()
    }
    /// Whether it reads the clock.
    pub fn reads_clock(&self) -> bool {
        todo!()
    }
    /// As declared: its lines, groups, limits and thresholds.
    pub fn checked(&self) -> &crate::checked::Score {
        &self.program.0.checked.scores[self.id.0 as usize]
    }
    /// Whether every total is a whole number: all points constant and whole, no decay.
    pub fn is_whole(&self) -> bool {
        todo!()
    }
    /// The total with all its reasons.
    pub fn evaluate<R: Record + ?Sized>(
        &self,
        _record: &R,
        _clock: &Clock,
    ) -> Result<ScoreResult, Error> {
        todo!()
    }
    /// For many records under one clock.
    pub fn scorer(&self, _clock: &Clock) -> Result<Scorer, Error> {
        todo!()
    }
    /// Stars of a total.
    pub fn stars(&self, _total: Decimal) -> Option<u32> {
        todo!()
    }
    /// Label of a total.
    pub fn label(&self, _total: Decimal) -> Option<&str> {
        todo!()
    }
}

impl Scorer {
    /// Moves the clock.
    pub fn set_clock(&mut self, _clock: &Clock) -> Result<(), Error> {
        todo!()
    }
    /// The score of a record.
    pub fn total<R: Record + ?Sized>(&mut self, _record: &R) -> Total {
        todo!()
    }
    /// After [`Scorer::total`]: whether each line held on that record, in source order.
    pub fn lines_held(&self) -> &[bool] {
        todo!()
    }
    /// The values of the wrong type in a record, named.
    pub fn errors<R: Record + ?Sized>(&self, _record: &R) -> Vec<RecordError> {
        todo!()
    }
}
