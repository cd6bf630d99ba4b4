//! Scores and criteria over record batches.

mod clock;
mod explainer;
mod matcher;
mod output;
mod threads;

use std::ops::Range;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Field, Schema};
use jalon::columnar::ColumnarScorer;
use jalon::lang::Lang;
use jalon::program::{Score, Scorer};

pub use explainer::FrameExplainer;
pub use matcher::FrameMatcher;
pub use output::ScoreColumns;

use self::clock::Clocks;
use self::output::Output;
use self::threads::Threads;
use crate::error::FrameError;
use crate::now::Now;
use crate::record_error;
use crate::rows::Rows;

/// Adds a score to record batches.
///
/// The columns added are named by the score: `<score>`, a whole number when all points are whole
/// and a decimal of four places otherwise; `<score>_stars` and `<score>_label`, where the score
/// declares them; `<score>_line_1` and so on, where [`FrameScorer::contributions`] asks for
/// them; and `errors`, which names the values of the wrong type in a row and is null where there
/// is none.
///
/// Rows are run column by column; under a clock of its own for each row, a score that reads the
/// clock is run row by row.
#[derive(Debug)]
pub struct FrameScorer {
    score: Score,
    now: Now,
    columns: ScoreColumns,
    lang: Lang,
    threads: Threads<Worker>,
}

/// What one thread runs with.
#[derive(Debug)]
struct Worker {
    columnar: ColumnarScorer,
    scorer: Scorer,
}

impl FrameScorer {
    /// A scorer of frames under one clock, or under one clock a row; on the caller's thread.
    pub fn new(score: &Score, now: Now) -> Result<FrameScorer, FrameError> {
        let scorer = FrameScorer {
            score: score.clone(),
            columns: ScoreColumns::of(score),
            now,
            lang: Lang::default(),
            threads: Threads::one(),
        };
        scorer.worker()?;
        Ok(scorer)
    }

    /// The language of the `errors` column; English by default.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> FrameScorer {
        self.lang = lang;
        self
    }

    /// How many threads share the rows of a batch; 0 is as many as there are processors.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> FrameScorer {
        self.threads = Threads::new(threads);
        self
    }

    /// Whether the points of each line are added as columns.
    #[must_use]
    pub fn contributions(mut self, contributions: bool) -> FrameScorer {
        self.columns = ScoreColumns::of(&self.score);
        if contributions {
            self.columns = self.columns.with_lines(&self.score);
        }
        self.threads.reset();
        self
    }

    /// The names and types of the columns that are added.
    pub fn columns(&self) -> &ScoreColumns {
        &self.columns
    }

    /// The schema of scored batches; an error when a column would be there twice.
    pub fn output_schema(&self, input: &Schema) -> Result<Schema, FrameError> {
        let added = self.columns.fields();
        for field in &added {
            if let Some(there) = input.fields().iter().find(|f| f.name() == field.name()) {
                return Err(FrameError::ColumnExists(there.name().clone()));
            }
        }
        let fields = input.fields().iter().cloned().chain(added.into_iter().map(Arc::<Field>::new));
        Ok(Schema::new_with_metadata(fields.collect::<Vec<_>>(), input.metadata().clone()))
    }

    /// Scores a batch: its columns, then those added.
    pub fn score(&mut self, batch: &RecordBatch) -> Result<RecordBatch, FrameError> {
        let schema = self.output_schema(batch.schema_ref())?;
        let work = |worker: &mut Worker, rows: Range<usize>| {
            let part = Rows::new(&batch.slice(rows.start, rows.len()));
            self.score_rows(worker, &part)
        };
        let parts = self.threads.run(batch.num_rows(), || self.worker(), work)?;
        let mut output = Output::new(&self.score, &self.columns, batch.num_rows());
        for part in parts {
            output.append(part?);
        }
        let columns = batch.columns().iter().cloned().chain(output.finish()?);
        Ok(RecordBatch::try_new(Arc::new(schema), columns.collect())?)
    }

    fn worker(&self) -> Result<Worker, FrameError> {
        let clock = self.now.first_clock();
        let columnar = self.score.columnar(&clock)?.keep_lines(!self.columns.lines.is_empty());
        Ok(Worker { columnar, scorer: self.score.scorer(&clock)? })
    }

    fn score_rows(&self, worker: &mut Worker, rows: &Rows) -> Result<Output, FrameError> {
        let mut output = Output::new(&self.score, &self.columns, rows.len());
        if matches!(self.now, Now::Column { .. }) {
            self.row_by_row(worker, rows, &mut output)?;
            return Ok(output);
        }
        let Worker { columnar, scorer } = worker;
        let mut row = rows.row(0).bound(self.score.fields());
        columnar.run(rows, 0..rows.len(), &mut |scored| {
            if scored.any_wrong() {
                for place in (0..scored.rows.len()).filter(|place| scored.is_wrong(*place)) {
                    row.move_to(scored.rows.start + place);
                    let errors = scorer.errors(&row);
                    output.error(row.index(), record_error::describe_all(&errors, self.lang));
                }
            }
            output.extend(&scored);
        });
        Ok(output)
    }

    /// Each row under its own clock.
    fn row_by_row(
        &self,
        worker: &mut Worker,
        rows: &Rows,
        output: &mut Output,
    ) -> Result<(), FrameError> {
        let mut clocks = Clocks::new(&self.now, rows.names())?;
        let mut row = rows.row(0).bound(self.score.fields());
        for index in 0..rows.len() {
            row.move_to(index);
            match clocks.at(&row) {
                Ok(None) => {}
                Ok(Some(clock)) => worker.scorer.set_clock(&clock)?,
                Err(column) => {
                    output.push_unknown(record_error::no_clock(column, self.lang));
                    continue;
                }
            }
            let total = worker.scorer.total(&row);
            if total.has_errors {
                let errors = worker.scorer.errors(&row);
                output.error(index, record_error::describe_all(&errors, self.lang));
            }
            output.push(total.total, &worker.scorer.line_points());
        }
        Ok(())
    }
}
