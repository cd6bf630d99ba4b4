//! A whole plan over the rows of a batch: its scores in order, then its criteria.

use std::ops::Range;

use super::ROWS;
use super::column::Batch;
use super::fill::{Bound, Filler, Pass, Setting};
use super::score::{Part, Run};
use crate::eval::run::Context;
use crate::plan::entry::Plan;
use crate::score::runner::Runner;
use crate::value::{Clock, FieldKey, NoClock};

/// A plan under a clock, with room for a block of rows.
#[derive(Debug)]
pub(super) struct Executor {
    pub(super) runner: Runner,
    pub(super) parts: Vec<Part>,
    criteria: Option<Filler>,
    /// Whether scores keep what each line gave.
    pub(super) keeps_lines: bool,
}

/// A block of rows that has been run.
pub(super) struct Step<'s> {
    pub(super) plan: &'s Plan,
    pub(super) rows: Range<usize>,
    pub(super) parts: &'s [Part],
    pub(super) criteria: Option<&'s Filler>,
    pub(super) keeps_lines: bool,
}

impl Executor {
    pub(super) fn new(runner: Runner) -> Executor {
        let parts = runner.plan.scores.iter().map(Part::new).collect();
        let criteria = runner.plan.criterion.as_ref().map(Filler::new);
        Executor { runner, parts, criteria, keeps_lines: false }
    }

    /// Moves the clock.
    pub(super) fn set_clock(&mut self, clock: &Clock) -> Result<(), NoClock> {
        let fillers = self.parts.iter_mut().map(|part| &mut part.filler).chain(&mut self.criteria);
        fillers.for_each(Filler::forget);
        self.runner.set_clock(clock)
    }

    /// Runs some rows of a batch, block by block.
    pub(super) fn run(
        &mut self,
        batch: &dyn Batch,
        rows: Range<usize>,
        see: &mut dyn FnMut(Step<'_>),
    ) {
        let Executor { runner, parts, criteria, keeps_lines } = self;
        let plan = runner.plan.clone();
        let Runner { clock, times, scores, buffers, strict, .. } = runner;
        let context = Context { clock, times, totals: &[], strict: *strict, moment: None };
        let mut fields: Vec<&FieldKey> = Vec::new();
        plan.each_field(&mut |key, _| fields.push(key));
        let mut cursor = batch.cursor(&fields);
        let mut bound: Vec<Bound<'_>> = Vec::new();
        for (part, plan) in parts.iter_mut().zip(&plan.scores) {
            bound.push(part.filler.bind(&plan.block, batch, &context, buffers));
        }
        let bound_criteria = criteria
            .as_mut()
            .zip(plan.criterion.as_ref())
            .map(|(filler, block)| filler.bind(block, batch, &context, buffers));
        let last = rows.end.min(batch.len());
        for first in (rows.start..last).step_by(ROWS) {
            let rows = first..last.min(first + ROWS);
            let mut setting = Setting { context, known: Vec::new() };
            for (index, plan) in plan.scores.iter().enumerate() {
                let (part, state) = (&mut parts[index], &mut scores[index]);
                let mut pass = Pass {
                    block: &plan.block,
                    bound: &bound[index],
                    rows: rows.clone(),
                    cursor: &mut *cursor,
                    setting: &setting,
                    buffers,
                };
                Run { plan, part, state }.block(&mut pass, *keeps_lines);
                if index + 1 < parts.len() || criteria.is_some() {
                    setting.known.push(parts[index].known(plan, rows.len()));
                }
            }
            if let (Some(filler), Some(block), Some(bound)) =
                (criteria.as_mut(), &plan.criterion, &bound_criteria)
            {
                filler.fill(&mut Pass {
                    block,
                    bound,
                    rows: rows.clone(),
                    cursor: &mut *cursor,
                    setting: &setting,
                    buffers,
                });
            }
            let criteria = criteria.as_ref();
            see(Step { plan: &plan, rows, parts, criteria, keeps_lines: *keeps_lines });
        }
    }
}
