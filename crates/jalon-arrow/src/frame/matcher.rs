//! Criteria over record batches.

use std::ops::Range;

use arrow_array::{BooleanArray, RecordBatch};
use arrow_buffer::{BooleanBuffer, Buffer};
use jalon::columnar::ColumnarMatcher;
use jalon::program::{Criterion, Matcher};

use super::clock::Clocks;
use super::threads::Threads;
use crate::error::FrameError;
use crate::now::Now;
use crate::rows::Rows;

/// Says which rows of record batches satisfy criteria.
#[derive(Debug)]
pub struct FrameMatcher {
    criteria: Vec<Criterion>,
    now: Now,
    threads: Threads<Worker>,
}

/// What one thread runs with.
#[derive(Debug)]
struct Worker {
    /// Each with the places of its criteria.
    columnar: Vec<(ColumnarMatcher, Vec<usize>)>,
    matchers: Vec<Matcher>,
}

impl FrameMatcher {
    /// A matcher of one criterion under one clock, or under one clock a row; on the caller's
    /// thread.
    pub fn new(criterion: &Criterion, now: Now) -> Result<FrameMatcher, FrameError> {
        FrameMatcher::many(std::slice::from_ref(criterion), now)
    }

    /// A matcher of several criteria, which share what they test.
    pub fn many(criteria: &[Criterion], now: Now) -> Result<FrameMatcher, FrameError> {
        let threads = Threads::one();
        let matcher = FrameMatcher { criteria: criteria.to_vec(), now, threads };
        matcher.worker()?;
        Ok(matcher)
    }

    /// How many threads share the rows of a batch; 0 is as many as there are processors.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> FrameMatcher {
        self.threads = Threads::new(threads);
        self
    }

    /// Which rows satisfy the first criterion: false where a value is of the wrong type, or
    /// where the row has no readable clock.
    pub fn matches(&mut self, batch: &RecordBatch) -> Result<BooleanArray, FrameError> {
        let first = self.matches_each(batch)?.into_iter().next();
        Ok(first.unwrap_or_else(|| BooleanArray::from(vec![false; batch.num_rows()])))
    }

    /// The same for each of the criteria, in order.
    pub fn matches_each(&mut self, batch: &RecordBatch) -> Result<Vec<BooleanArray>, FrameError> {
        let work = |worker: &mut Worker, rows: Range<usize>| {
            let part = Rows::new(&batch.slice(rows.start, rows.len()));
            self.match_rows(worker, &part)
        };
        let parts = self.threads.run(batch.num_rows(), || self.worker(), work)?;
        let mut words: Vec<Vec<u64>> = vec![Vec::new(); self.criteria.len()];
        for part in parts {
            for (words, part) in words.iter_mut().zip(part?) {
                words.extend(part);
            }
        }
        let array = |words: Vec<u64>| {
            let bits = BooleanBuffer::new(Buffer::from_vec(words), 0, batch.num_rows());
            BooleanArray::new(bits, None)
        };
        Ok(words.into_iter().map(array).collect())
    }

    /// The rows that satisfy the first criterion.
    pub fn filter(&mut self, batch: &RecordBatch) -> Result<RecordBatch, FrameError> {
        let matching = self.matches(batch)?;
        Ok(crate::filter(batch, &matching)?)
    }

    fn worker(&self) -> Result<Worker, FrameError> {
        let clock = self.now.first_clock();
        let matchers = self.criteria.iter().map(|criterion| criterion.matcher(&clock));
        Ok(Worker {
            columnar: Criterion::columnar_many(&self.criteria, &clock)?,
            matchers: matchers.collect::<Result<_, _>>()?,
        })
    }

    /// For each criterion a bit for each row, in words; a task's rows fill whole words but for
    /// the last task's.
    fn match_rows(&self, worker: &mut Worker, rows: &Rows) -> Result<Vec<Vec<u64>>, FrameError> {
        let words = rows.len().div_ceil(64);
        if matches!(self.now, Now::Column { .. }) {
            return self.row_by_row(worker, rows);
        }
        let mut matching = vec![Vec::with_capacity(words); self.criteria.len()];
        for (columnar, places) in &mut worker.columnar {
            columnar.run(rows, 0..rows.len(), &mut |matched| {
                for (criterion, place) in places.iter().enumerate() {
                    matching[*place].extend_from_slice(matched.holds(criterion));
                }
            });
        }
        Ok(matching)
    }

    /// Each row under its own clock.
    fn row_by_row(&self, worker: &mut Worker, rows: &Rows) -> Result<Vec<Vec<u64>>, FrameError> {
        let mut clocks = Clocks::new(&self.now, rows.names())?;
        let fields: Vec<_> = self.criteria.iter().flat_map(Criterion::fields).collect();
        let mut row = rows.row(0).bound(fields);
        let mut matching = vec![vec![0; rows.len().div_ceil(64)]; self.criteria.len()];
        for index in 0..rows.len() {
            row.move_to(index);
            let Ok(moved) = clocks.at(&row) else { continue };
            for (matcher, matching) in worker.matchers.iter_mut().zip(&mut matching) {
                if let Some(clock) = &moved {
                    matcher.set_clock(clock)?;
                }
                matching[index / 64] |= u64::from(matcher.test(&row).holds) << (index % 64);
            }
        }
        Ok(matching)
    }
}
