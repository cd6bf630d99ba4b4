//! Scores of many rows.

use std::ops::Range;

use jalon_simd::{Points, add_points};
use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::ROWS;
use super::bits::words_of;
use super::column::Batch;
use super::executor::Executor;
use super::fill::{Filler, Pass};
use crate::checked::ScoreId;
use crate::plan::block::{Block, Root};
use crate::plan::score::{Bounds, LineKind, Quick, ScorePlan};
use crate::score::run::ScoreState;
use crate::score::runner::Runner;
use crate::value::{Clock, NoClock};

/// A score that runs over columns under one clock. It reuses its buffers; use one for each
/// thread.
#[derive(Debug)]
pub struct ColumnarScorer {
    executor: Executor,
    /// The rows in which this score or one that it uses met a value of the wrong type.
    wrong: Vec<u64>,
}

/// What one of the plan's scores needs room for.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) filler: Filler,
    /// The points of each line of constant points are added here, group by group.
    sums: Vec<Vec<i64>>,
    /// The points that masks on the first word say, by group.
    masked: Vec<Vec<Points>>,
    scaled: Vec<i64>,
    exact: Vec<Decimal>,
    wrong: Vec<u64>,
    /// For each line the rows where it held, and where lines are kept its points.
    held: Vec<Vec<u64>>,
    points: Vec<Vec<Decimal>>,
}

/// The scores of some rows.
#[derive(Debug)]
pub struct Scored<'s> {
    /// Which rows.
    pub rows: Range<usize>,
    /// Their totals, in order.
    pub totals: Totals<'s>,
    wrong: &'s [u64],
    lines: Option<Lines<'s>>,
}

/// Totals, in the form in which they were added up.
#[derive(Clone, Copy, Debug)]
pub enum Totals<'s> {
    /// Integers at a scale: `1250` at scale 2 is `12.50`.
    Scaled {
        /// One for each row.
        values: &'s [i64],
        /// Digits after the point.
        scale: u32,
    },
    /// Decimals, one for each row.
    Exact(&'s [Decimal]),
}

#[derive(Clone, Copy, Debug)]
struct Lines<'s> {
    plan: &'s ScorePlan,
    held: &'s [Vec<u64>],
    points: &'s [Vec<Decimal>],
}

impl Scored<'_> {
    /// Whether a value of the wrong type was met in a row of these (counted from 0).
    pub fn is_wrong(&self, row: usize) -> bool {
        self.wrong[row / 64] >> (row % 64) & 1 == 1
    }

    /// Whether a value of the wrong type was met in any row.
    pub fn any_wrong(&self) -> bool {
        self.wrong.iter().any(|word| *word != 0)
    }

    /// How many lines the score has; 0 where lines are not kept.
    pub fn lines(&self) -> usize {
        self.lines.map_or(0, |lines| lines.held.len())
    }

    /// Whether a line held in a row.
    pub fn line_held(&self, line: usize, row: usize) -> bool {
        self.lines.is_some_and(|lines| lines.held[line][row / 64] >> (row % 64) & 1 == 1)
    }

    /// In how many rows a line held.
    pub fn held(&self, line: usize) -> usize {
        let held = self.lines.map_or(&[][..], |lines| lines.held[line].as_slice());
        // Beyond the last row stands what blocks before left.
        let held = held.iter().take(words_of(self.rows.len()));
        held.map(|word| word.count_ones() as usize).sum()
    }

    /// The points of a line in a row, after its cap.
    pub fn line_points(&self, line: usize, row: usize) -> Decimal {
        let Some(lines) = self.lines else { return Decimal::ZERO };
        match lines.plan.lines[line].kind {
            LineKind::Fixed { points, .. } if self.line_held(line, row) => {
                Decimal::new(points, lines.plan.scale)
            }
            LineKind::Fixed { .. } => Decimal::ZERO,
            _ => lines.points[line][row],
        }
    }
}

impl Totals<'_> {
    /// The total of a row of these (counted from 0).
    pub fn get(&self, row: usize) -> Decimal {
        match self {
            Totals::Scaled { values, scale } => Decimal::new(values[row], *scale),
            Totals::Exact(totals) => totals[row],
        }
    }
}

impl Part {
    pub(super) fn new(plan: &ScorePlan) -> Part {
        let mut masked = vec![Vec::new(); plan.groups.len() + 1];
        for line in &plan.quick {
            masked[line.group as usize].extend(line.masks().into_iter().flatten());
        }
        Part {
            filler: Filler::new(&plan.block),
            sums: vec![vec![0; ROWS]; plan.groups.len() + 1],
            masked,
            scaled: vec![0; ROWS],
            exact: Vec::with_capacity(ROWS),
            wrong: vec![0; words_of(ROWS)],
            held: vec![vec![0; words_of(ROWS)]; plan.lines.len()],
            points: vec![Vec::new(); plan.lines.len()],
        }
    }
}

impl ColumnarScorer {
    /// A scorer of a compiled score.
    pub(crate) fn new(runner: Runner) -> ColumnarScorer {
        ColumnarScorer { executor: Executor::new(runner), wrong: vec![0; words_of(ROWS)] }
    }

    /// Keeps what each line gave, for [`Scored::line_held`] and [`Scored::line_points`].
    #[must_use]
    pub fn keep_lines(mut self, keep: bool) -> ColumnarScorer {
        self.executor.keeps_lines = keep;
        self
    }

    /// Moves the clock; an error when the score reads it and there is none.
    pub fn set_clock(&mut self, clock: &Clock) -> Result<(), NoClock> {
        self.executor.set_clock(clock)
    }

    /// Scores some rows of a batch; calls `see` with the results, a few thousand rows at a time.
    pub fn run(&mut self, batch: &dyn Batch, rows: Range<usize>, see: &mut dyn FnMut(Scored<'_>)) {
        let ColumnarScorer { executor, wrong } = self;
        executor.run(batch, rows, &mut |step| {
            let (Some(plan), Some(part)) = (step.plan.scores.last(), step.parts.last()) else {
                return;
            };
            wrong.copy_from_slice(&part.wrong);
            for used in &step.parts[..step.parts.len() - 1] {
                wrong.iter_mut().zip(&used.wrong).for_each(|(wrong, used)| *wrong |= used);
            }
            let lines = Lines { plan, held: &part.held, points: &part.points };
            see(Scored {
                totals: part.totals(plan, step.rows.len()),
                wrong: &wrong[..words_of(step.rows.len())],
                lines: step.keeps_lines.then_some(lines),
                rows: step.rows,
            });
        });
    }
}

impl Part {
    fn totals(&self, plan: &ScorePlan, len: usize) -> Totals<'_> {
        match plan.bounds {
            Some(_) => Totals::Scaled { values: &self.scaled[..len], scale: plan.scale },
            None => Totals::Exact(&self.exact),
        }
    }

    /// The totals for the scores that use this one.
    pub(super) fn known(&self, plan: &ScorePlan, len: usize) -> (ScoreId, Vec<Decimal>) {
        let totals = self.totals(plan, len);
        (plan.id, (0..len).map(|row| totals.get(row)).collect())
    }
}

/// One score over one block of rows.
pub(super) struct Run<'r> {
    pub(super) plan: &'r ScorePlan,
    pub(super) part: &'r mut Part,
    pub(super) state: &'r mut ScoreState,
}

impl Run<'_> {
    pub(super) fn block(&mut self, pass: &mut Pass<'_>, keeps_lines: bool) {
        let Run { plan, part, .. } = self;
        let len = pass.rows.len();
        let words = words_of(len);
        part.filler.fill(pass);
        if let Some(bounds) = &plan.bounds {
            if keeps_lines {
                self.hold(len);
            }
            self.add_up(bounds, len);
        } else {
            part.filler.any(&plan.block.errors, len, &mut part.wrong[..words]);
            self.by_row(pass, keeps_lines);
        }
    }

    /// The rows where each line of constant points holds.
    fn hold(&mut self, len: usize) {
        let Run { plan, part, .. } = self;
        for line in &plan.quick {
            let held = &mut part.held[line.line as usize][..words_of(len)];
            part.filler.line(line, &plan.block, len, held);
        }
    }

    /// Adds up lines of constant points.
    fn add_up(&mut self, bounds: &Bounds, len: usize) {
        let Run { plan, part, .. } = self;
        let Part { filler, sums, masked, wrong, scaled, .. } = &mut **part;
        let words = words_of(len);
        let mut seen = 0;
        for (sums, points) in sums.iter_mut().zip(masked) {
            sums[..len].fill(0);
            seen |= add_points(&filler.word(0)[..len], points, &mut sums[..len]);
        }
        match plan.block.errors.as_slice() {
            [errors] if errors & seen == 0 => wrong[..words].fill(0),
            errors => filler.any(errors, len, &mut wrong[..words]),
        }
        let mut rows = [0; ROWS / 64];
        for line in plan.quick.iter().filter(|line| line.masks().is_none()) {
            filler.line(line, &plan.block, len, &mut rows[..words]);
            let sums = &mut sums[line.group as usize][..len];
            for (sums, rows) in sums.chunks_mut(64).zip(rows) {
                for (row, sum) in sums.iter_mut().enumerate() {
                    let holds = (rows >> row & 1) as i64;
                    *sum = sum.wrapping_add(line.points[1] & holds.wrapping_neg());
                }
            }
        }
        bounds.totals(sums, &mut scaled[..len]);
    }

    /// Adds up lines of which some are computed.
    fn by_row(&mut self, pass: &mut Pass<'_>, keeps_lines: bool) {
        let Run { plan, part, state } = self;
        part.exact.clear();
        if keeps_lines {
            part.held.iter_mut().for_each(|held| held.fill(0));
            part.points.iter_mut().for_each(Vec::clear);
        }
        pass.each_row(|place, frame, context, buffers| {
            part.filler.row(place, &mut state.block.bits);
            state.add_up(plan, frame, context, buffers);
            part.exact.push(state.sum.decimal());
            part.wrong[place / 64] |= u64::from(state.wrong) << (place % 64);
            if keeps_lines {
                for (line, held) in state.held.iter().enumerate() {
                    part.held[line][place / 64] |= u64::from(*held) << (place % 64);
                    part.points[line].push(state.points(plan, line));
                }
            }
        });
    }
}

impl Quick {
    /// What is added where the first word says all: what both of two terms hold is added twice, and
    /// taken away once.
    fn masks(&self) -> Option<SmallVec<[Points; 3]>> {
        let points = self.points[1];
        let each = self.terms.iter().map(|&(need, mask)| Points { need, mask, points });
        match *self.terms.as_slice() {
            _ if self.root.is_some() => None,
            [] | [_] => Some(each.collect()),
            [(need, mask), (other, others)] => {
                let (need, mask, both) =
                    (need | other, mask | others, (need ^ other) & mask & others);
                let twice = Points { need, mask, points: points.wrapping_neg() };
                Some(each.chain((both == 0).then_some(twice)).collect())
            }
            _ => None,
        }
    }
}

impl Filler {
    /// The rows where a line of constant points holds.
    fn line(&self, line: &Quick, block: &Block, len: usize, rows: &mut [u64]) {
        if let Some(root) = line.root.and_then(|root| block.roots.get(root as usize)) {
            return self.root(root, block.words, len, rows);
        }
        rows.fill(0);
        let mut term = [0; ROWS / 64];
        for (need, mask) in &line.terms {
            self.masked(*need, mask & !need, len, &mut term[..rows.len()]);
            rows.iter_mut().zip(term).for_each(|(rows, term)| *rows |= term);
        }
    }

    /// The rows where a condition holds: nothing that it mentions is of the wrong type.
    pub(super) fn root(&self, root: &Root, words: usize, len: usize, rows: &mut [u64]) {
        let mut wrong = [0; ROWS / 64];
        self.any(&root.errors, len, &mut wrong[..rows.len()]);
        self.holds(&root.logic, words, len, rows);
        rows.iter_mut().zip(wrong).for_each(|(rows, wrong)| *rows &= !wrong);
    }
}
