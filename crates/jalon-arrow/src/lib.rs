//! Arrow rows and batches for Jalon programs.
//!
//! [`Rows`] lends the rows of a record batch to the engine without copying their values;
//! [`FrameScorer`] adds a score to batches as columns, [`FrameMatcher`] says which rows satisfy a
//! criterion,
//! [`FrameExplainer`] why. [`FrameJob`] puts them to work on whole frames.
#![forbid(unsafe_code)]

use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::ArrowError;
use jalon::schema::TextMode;
use jalon::value::fold::fold;

mod column;
mod error;
mod frame;
mod job;
mod names;
mod now;
mod record_error;
mod rows;

pub use error::FrameError;
pub use frame::{FrameExplainer, FrameMatcher, FrameScorer, ScoreColumns};
pub use job::{FrameJob, FrameRun, JobOptions, Out};
pub use names::{Bound, ColumnNames, Found};
pub use now::{Now, instant_of};
pub use rows::{Row, Rows};

/// A name folded as names compare.
fn fold_name(name: &str) -> String {
    fold(name, TextMode::default()).into_owned()
}

/// The rows of a batch for which `keep` is true.
pub fn filter(batch: &RecordBatch, keep: &BooleanArray) -> Result<RecordBatch, ArrowError> {
    arrow_select::filter::filter_record_batch(batch, keep)
}
