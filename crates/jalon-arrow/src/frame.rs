//! Scores and criteria over record batches.

mod clock;
mod explainer;
mod matcher;
mod output;

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Field, Schema};
use jalon::lang::Lang;
use jalon::program::{Score, Scorer};

pub use explainer::FrameExplainer;
pub use matcher::FrameMatcher;
pub use output::ScoreColumns;

use self::clock::Clocks;
use self::output::Output;
use crate::error::FrameError;
use crate::now::Now;
use crate::record_error;
use crate::rows::Rows;

/// Adds a score to record batches.
///
/// The columns added are named by the score: `<score>`, a whole number when all points are whole
/// and a decimal of four places otherwise; `<score>_stars` and `<score>_label`, where the score
/// declares them; and `errors`, which names the values of the wrong type in a row and is null
/// where there is none.
#[derive(Debug)]
pub struct FrameScorer {
    score: Score,
    scorer: Scorer,
    now: Now,
    columns: ScoreColumns,
    lang: Lang,
}

impl FrameScorer {
    /// A scorer of frames under one clock, or under one clock a row.
    pub fn new(score: &Score, now: Now) -> Result<FrameScorer, FrameError> {
        Ok(FrameScorer {
            score: score.clone(),
            scorer: score.scorer(&now.first_clock())?,
            columns: ScoreColumns::of(score),
            now,
            lang: Lang::default(),
        })
    }

    /// The language of the `errors` column; English by default.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> FrameScorer {
        self.lang = lang;
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
        let rows = Rows::new(batch);
        let mut clocks = Clocks::new(&self.now, rows.names())?;
        let mut output = Output::new(&self.columns, rows.len());
        let mut row = rows.row(0).bound(self.score.fields());
        for index in 0..rows.len() {
            row.move_to(index);
            match clocks.at(&row) {
                Ok(None) => {}
                Ok(Some(clock)) => self.scorer.set_clock(&clock)?,
                Err(column) => {
                    output.push_unknown(record_error::no_clock(column, self.lang));
                    continue;
                }
            }
            let total = self.scorer.total(&row);
            let errors = total
                .has_errors
                .then(|| record_error::describe_all(&self.scorer.errors(&row), self.lang));
            output.push(&self.score, total.total, errors);
        }
        let columns = batch.columns().iter().cloned().chain(output.finish(&self.columns)?);
        Ok(RecordBatch::try_new(Arc::new(schema), columns.collect())?)
    }
}
