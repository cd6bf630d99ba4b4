//! A criterion over record batches.

use arrow_array::{BooleanArray, RecordBatch};
use jalon::program::{Criterion, Matcher};

use super::clock::Clocks;
use crate::error::FrameError;
use crate::now::Now;
use crate::rows::Rows;

/// Says which rows of record batches satisfy a criterion.
#[derive(Debug)]
pub struct FrameMatcher {
    matcher: Matcher,
    now: Now,
}

impl FrameMatcher {
    /// A matcher of frames under one clock, or under one clock a row.
    pub fn new(criterion: &Criterion, now: Now) -> Result<FrameMatcher, FrameError> {
        Ok(FrameMatcher { matcher: criterion.matcher(&now.first_clock())?, now })
    }

    /// Which rows satisfy the criterion: false where a value is of the wrong type, or where the
    /// row has no readable clock.
    pub fn matches(&mut self, batch: &RecordBatch) -> Result<BooleanArray, FrameError> {
        let rows = Rows::new(batch);
        let mut clocks = Clocks::new(&self.now, rows.names())?;
        let criterion = self.matcher.criterion().clone();
        let mut row = rows.row(0).bound(criterion.fields());
        let mut matching = Vec::with_capacity(rows.len());
        for index in 0..rows.len() {
            row.move_to(index);
            let holds = match clocks.at(&row) {
                Err(_) => false,
                Ok(moved) => {
                    if let Some(clock) = moved {
                        self.matcher.set_clock(&clock)?;
                    }
                    self.matcher.test(&row).holds
                }
            };
            matching.push(holds);
        }
        Ok(BooleanArray::from(matching))
    }

    /// The rows that satisfy the criterion.
    pub fn filter(&mut self, batch: &RecordBatch) -> Result<RecordBatch, FrameError> {
        let matching = self.matches(batch)?;
        Ok(crate::filter(batch, &matching)?)
    }
}
