//! The columnar executor: many records at once, given as columns.
//!
//! It runs the same plan as the record executor, source by source instead of record by record:
//! for a block of rows each source sets its bits in one word a row, and lines and criteria are
//! the same masks over that word. What a column cannot answer by itself (computed values,
//! related records, events, odd values) is asked of the record executor, row by row, which keeps
//! the meaning of both the same.
//!
//! Columns are borrowed as slices of plain types, so that any column store can lend its own; the
//! crate `jalon-arrow` lends Arrow arrays.

mod bits;
mod bound;
mod column;
mod executor;
mod fill;
mod load;
mod matching;
mod plain;
mod recall;
mod score;
mod search;
mod source;
mod table;
mod text;

pub use bits::Bits;
pub use column::{
    Batch, Carried, Column, Cursor, DictionaryValues, Integers, Owner, TextColumn, TimeUnit, Values,
};
pub use matching::{ColumnarMatcher, Matched};
pub use score::{ColumnarScorer, Scored, Totals};

/// So many rows are run at once: what they need stays in the processor's nearest caches.
pub(crate) const ROWS: usize = 2048;
