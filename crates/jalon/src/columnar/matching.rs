//! Criteria on many rows.

use std::ops::Range;

use super::ROWS;
use super::bits::words_of;
use super::column::Batch;
use super::executor::Executor;
use crate::score::runner::Runner;
use crate::value::{Clock, NoClock};

/// Criteria that run over columns under one clock, sharing what they test. It reuses its
/// buffers; use one for each thread.
#[derive(Debug)]
pub struct ColumnarMatcher {
    executor: Executor,
    holds: Vec<Vec<u64>>,
    wrong: Vec<Vec<u64>>,
}

/// Which of some rows satisfy each criterion.
#[derive(Debug)]
pub struct Matched<'m> {
    /// Which rows.
    pub rows: Range<usize>,
    holds: &'m [Vec<u64>],
    wrong: &'m [Vec<u64>],
}

impl Matched<'_> {
    /// The rows that satisfy a criterion, as bits, the first row first.
    pub fn holds(&self, criterion: usize) -> &[u64] {
        &self.holds[criterion]
    }

    /// The rows in which the criterion met a value of the wrong type.
    pub fn wrong(&self, criterion: usize) -> &[u64] {
        &self.wrong[criterion]
    }
}

impl ColumnarMatcher {
    /// A matcher of the criteria of a plan.
    pub(crate) fn new(runner: Runner) -> ColumnarMatcher {
        let criteria = runner.plan.criterion.as_ref().map_or(0, |block| block.roots.len());
        let none = || vec![vec![0; words_of(ROWS)]; criteria];
        ColumnarMatcher { executor: Executor::new(runner), holds: none(), wrong: none() }
    }

    /// Moves the clock; an error when a criterion reads it and there is none.
    pub fn set_clock(&mut self, clock: &Clock) -> Result<(), NoClock> {
        self.executor.set_clock(clock)
    }

    /// Tests some rows of a batch; calls `see` with the results, a few thousand rows at a time.
    pub fn run(&mut self, batch: &dyn Batch, rows: Range<usize>, see: &mut dyn FnMut(Matched<'_>)) {
        let ColumnarMatcher { executor, holds, wrong } = self;
        executor.run(batch, rows, &mut |step| {
            let (Some(block), Some(filler)) = (&step.plan.criterion, step.criteria) else { return };
            let (len, words) = (step.rows.len(), words_of(step.rows.len()));
            for (index, root) in block.roots.iter().enumerate() {
                holds[index].resize(words, 0);
                wrong[index].resize(words, 0);
                filler.root(root, block.words, len, &mut holds[index]);
                filler.any(&root.errors, len, &mut wrong[index]);
            }
            see(Matched { rows: step.rows, holds, wrong });
        });
    }
}
