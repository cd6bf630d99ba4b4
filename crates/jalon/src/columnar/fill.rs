//! Filling the bits of a block for many rows: source by source where columns answer, row by row
//! where they cannot.

use std::ops::Range;

use jalon_simd::{select, select_any};
use rust_decimal::Decimal;

use super::ROWS;
use super::bound::{Judge, Known, Way, bind};
use super::column::{Batch, Cursor};
use super::source::{Answers, Asked};
use crate::checked::ScoreId;
use crate::eval::run::{Context, State, compute, read};
use crate::eval::value::{Buffers, Frame};
use crate::plan::block::Block;
use crate::plan::logic::Logic;

/// The bits of a plan's block for up to [`ROWS`] rows, and what filling them needs.
#[derive(Debug)]
pub(super) struct Filler {
    /// Word `w` of row `r` is at `w * ROWS + r`.
    bits: Vec<u64>,
    state: State,
    answers: Answers,
    /// What is known of each source beyond one batch.
    known: Vec<Known>,
}

/// A block bound to a batch.
#[derive(Debug)]
pub(super) struct Bound<'b> {
    ways: Vec<Way<'b>>,
    /// Sources that are read row by row.
    slow: Vec<usize>,
}

/// What stays the same for the rows of a batch, but for the scores that are known already.
#[derive(Debug)]
pub(super) struct Setting<'c> {
    pub(super) context: Context<'c>,
    /// The scores run before, for each row of the block at hand.
    pub(super) known: Vec<(ScoreId, Vec<Decimal>)>,
}

impl Setting<'_> {
    /// The scores of one row.
    fn totals(&self, row: usize, totals: &mut Vec<(ScoreId, Decimal)>) {
        totals.clear();
        totals.extend(self.known.iter().map(|(id, known)| (*id, known[row])));
    }
}

/// A block of rows to be run.
pub(super) struct Pass<'p> {
    pub(super) block: &'p Block,
    pub(super) bound: &'p Bound<'p>,
    /// At most [`ROWS`].
    pub(super) rows: Range<usize>,
    pub(super) cursor: &'p mut dyn Cursor,
    pub(super) setting: &'p Setting<'p>,
    pub(super) buffers: &'p mut Buffers,
}

impl Pass<'_> {
    /// Calls `see` with each row, counted from 0, as the record executor has it.
    pub(super) fn each_row(
        &mut self,
        mut see: impl FnMut(usize, &Frame<'_>, &Context<'_>, &mut Buffers),
    ) {
        let mut totals = Vec::new();
        for (place, row) in self.rows.clone().enumerate() {
            self.cursor.move_to(row);
            self.setting.totals(place, &mut totals);
            let context = Context { totals: &totals, ..self.setting.context };
            self.buffers.arena.clear();
            see(place, &Frame::new(self.cursor.record()), &context, self.buffers);
        }
    }
}

impl Filler {
    pub(super) fn new(block: &Block) -> Filler {
        Filler {
            bits: vec![0; block.words * ROWS],
            state: State::new(block),
            answers: Answers::default(),
            known: block.sources.iter().map(|_| Known::default()).collect(),
        }
    }

    /// Binds the sources of a block to the columns of a batch.
    pub(super) fn bind<'b>(
        &mut self,
        block: &'b Block,
        batch: &'b dyn Batch,
        context: &Context<'_>,
        buffers: &mut Buffers,
    ) -> Bound<'b> {
        self.state.bits.fill(0);
        let Filler { state, known, .. } = self;
        let ways: Vec<Way<'b>> = known
            .iter_mut()
            .enumerate()
            .map(|(index, known)| {
                let way = bind(block, index, batch, state, context, buffers, known);
                way.unwrap_or(Way::ByRow)
            })
            .collect();
        let by_row = |index: &usize| matches!(ways[*index], Way::ByRow);
        let slow = (0..ways.len()).filter(by_row).collect();
        Bound { ways, slow }
    }

    /// Fills the bits of the rows of a pass.
    pub(super) fn fill(&mut self, pass: &mut Pass<'_>) {
        let (block, len) = (pass.block, pass.rows.len());
        for word in self.bits.chunks_exact_mut(ROWS) {
            word[..len].fill(0);
        }
        for (index, way) in pass.bound.ways.iter().enumerate() {
            let source = &block.sources[index];
            let Some(word) = source.word.map(|word| word as usize) else { continue };
            let Filler { state, known, answers, bits, .. } = &mut *self;
            let rows = &mut bits[word * ROWS..][..len];
            match way {
                Way::ByRow => {}
                Way::Same(same) => rows.iter_mut().for_each(|row| *row |= same),
                Way::Column { column, means, nothing, always } => {
                    let (context, buffers) = (&pass.setting.context, &mut *pass.buffers);
                    let mut judge = Judge { source, word, state, context, buffers };
                    let asked = Asked { column, means, rows: pass.rows.clone() };
                    let bits = (*nothing, *always);
                    answers.ask(&asked, &mut known[index], &mut judge, bits, rows);
                    self.odd(index, word, pass);
                }
            }
        }
        let by_row = !pass.bound.slow.is_empty();
        if by_row || !block.compares.is_empty() || !block.related.is_empty() {
            self.by_row(pass);
        }
    }

    /// Reads what columns cannot answer, row by row.
    fn by_row(&mut self, pass: &mut Pass<'_>) {
        let Filler { bits, state, .. } = self;
        let (block, bound) = (pass.block, pass.bound);
        pass.each_row(|place, frame, context, buffers| {
            state.bits.fill(0);
            for index in &bound.slow {
                read_one(block, *index, state, frame, context, buffers);
            }
            compute(block, state, frame, context, buffers);
            for (word, found) in state.bits.iter().enumerate() {
                bits[word * ROWS + place] |= found;
            }
        });
        state.bits.fill(0);
    }

    /// Reads the odd rows of one source.
    fn odd(&mut self, index: usize, word: usize, pass: &mut Pass<'_>) {
        for place in &self.answers.odd {
            let place = *place as usize;
            pass.cursor.move_to(pass.rows.start + place);
            let frame = Frame::new(pass.cursor.record());
            let (state, context) = (&mut self.state, &pass.setting.context);
            read_one(pass.block, index, state, &frame, context, pass.buffers);
            self.bits[word * ROWS + place] |= std::mem::take(&mut self.state.bits[word]);
        }
    }

    /// Forgets what was said under another clock.
    pub(super) fn forget(&mut self) {
        self.known.iter_mut().for_each(super::bound::Known::forget);
    }

    /// The word of each row.
    pub(super) fn word(&self, word: usize) -> &[u64] {
        &self.bits[word * ROWS..][..ROWS]
    }

    /// All words of one row.
    pub(super) fn row(&self, row: usize, bits: &mut [u64]) {
        for (word, bits) in bits.iter_mut().enumerate() {
            *bits = self.bits[word * ROWS + row];
        }
    }

    /// Which of `len` rows have one of some bits.
    pub(super) fn any(&self, mask: &[u64], len: usize, rows: &mut [u64]) {
        rows.fill(0);
        let mut some = [0; ROWS / 64];
        for (word, mask) in mask.iter().enumerate().filter(|(_, mask)| **mask != 0) {
            select_any(&self.word(word)[..len], *mask, &mut some[..rows.len()]);
            rows.iter_mut().zip(some).for_each(|(rows, some)| *rows |= some);
        }
    }

    /// Which of `len` rows have all of some bits of the first word and none of some others.
    pub(super) fn masked(&self, need: u64, forbid: u64, len: usize, rows: &mut [u64]) {
        select(&self.word(0)[..len], need, forbid, rows);
    }

    /// Which of `len` rows satisfy a condition, errors aside.
    pub(super) fn holds(&self, logic: &Logic, words: usize, len: usize, rows: &mut [u64]) {
        rows.fill(0);
        match logic {
            Logic::Const(false) => {}
            Logic::Const(true) => self.masked(0, 0, len, rows),
            Logic::Masks(terms) => {
                let mut term = [0; ROWS / 64];
                for (need, forbid) in terms {
                    self.masked(*need, *forbid, len, &mut term[..rows.len()]);
                    rows.iter_mut().zip(term).for_each(|(rows, term)| *rows |= term);
                }
            }
            Logic::Jumps(_) => {
                let mut bits = vec![0; words];
                for row in 0..len {
                    self.row(row, &mut bits);
                    rows[row / 64] |= u64::from(logic.holds(&bits)) << (row % 64);
                }
            }
        }
    }
}

/// Reads one source of a record.
fn read_one(
    block: &Block,
    index: usize,
    state: &mut State,
    frame: &Frame<'_>,
    context: &Context<'_>,
    buffers: &mut Buffers,
) {
    let State { bits, nested, .. } = state;
    let (source, may_conflict) = (&block.sources[index], frame.record.may_conflict());
    read(block, source, nested, frame, context, buffers, may_conflict, bits.as_mut_slice());
}
