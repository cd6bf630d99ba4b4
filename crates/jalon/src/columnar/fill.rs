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
    pub(super) fn totals(&self, row: usize, totals: &mut Vec<(ScoreId, Decimal)>) {
        totals.clear();
        totals.extend(self.known.iter().map(|(id, known)| (*id, known[row])));
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

    /// Fills the bits of some rows, at most [`ROWS`].
    pub(super) fn fill(
        &mut self,
        block: &Block,
        bound: &Bound<'_>,
        rows: Range<usize>,
        cursor: &mut dyn Cursor,
        setting: &Setting<'_>,
        buffers: &mut Buffers,
    ) {
        let len = rows.len();
        for word in self.bits.chunks_exact_mut(ROWS) {
            word[..len].fill(0);
        }
        for (index, way) in bound.ways.iter().enumerate() {
            let Some(word) = block.sources[index].word else { continue };
            let word = word as usize;
            match way {
                Way::ByRow => {}
                Way::Same(bits) => {
                    for row in &mut self.bits[word * ROWS..][..len] {
                        *row |= bits;
                    }
                }
                Way::Column { column, means, nothing, always } => {
                    let Filler { state, known, answers, bits, .. } = &mut *self;
                    let (source, context) = (&block.sources[index], &setting.context);
                    let mut judge = Judge { source, word, index, state, context, buffers };
                    let asked = Asked { column, means, rows: rows.clone() };
                    answers.ask(&asked, &mut known[index], &mut judge, *always);
                    answers.settle(*nothing, &mut bits[word * ROWS..][..len]);
                    self.odd(block, index, word, rows.start, cursor, setting, buffers);
                }
            }
        }
        if !(bound.slow.is_empty() && block.compares.is_empty() && block.related.is_empty()) {
            self.by_row(block, bound, rows, cursor, setting, buffers);
        }
    }

    /// Reads what columns cannot answer, row by row.
    fn by_row(
        &mut self,
        block: &Block,
        bound: &Bound<'_>,
        rows: Range<usize>,
        cursor: &mut dyn Cursor,
        setting: &Setting<'_>,
        buffers: &mut Buffers,
    ) {
        let mut totals = Vec::new();
        for (place, row) in rows.enumerate() {
            cursor.move_to(row);
            let frame = Frame::new(cursor.record());
            setting.totals(place, &mut totals);
            let context = Context { totals: &totals, ..setting.context };
            buffers.arena.clear();
            self.state.bits.fill(0);
            for index in &bound.slow {
                read(block, *index, &mut self.state, &frame, &context, buffers);
            }
            compute(block, &mut self.state, &frame, &context, buffers);
            for (word, bits) in self.state.bits.iter().enumerate() {
                self.bits[word * ROWS + place] |= bits;
            }
        }
        self.state.bits.fill(0);
    }

    /// Reads the odd rows of one source.
    fn odd(
        &mut self,
        block: &Block,
        index: usize,
        word: usize,
        first: usize,
        cursor: &mut dyn Cursor,
        setting: &Setting<'_>,
        buffers: &mut Buffers,
    ) {
        let mut odd = std::mem::take(&mut self.answers.odd);
        for place in odd.drain(..) {
            cursor.move_to(first + place as usize);
            let frame = Frame::new(cursor.record());
            read(block, index, &mut self.state, &frame, &setting.context, buffers);
            self.bits[word * ROWS + place as usize] |= std::mem::take(&mut self.state.bits[word]);
        }
        self.answers.odd = odd;
    }

    /// Forgets what was said under another clock.
    pub(super) fn forget(&mut self) {
        self.known.iter_mut().for_each(|known| known.forget());
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
