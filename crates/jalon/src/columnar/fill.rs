//! Filling the bits of a block for many rows: source by source where columns answer, row by row
//! where they cannot.

use std::ops::Range;
use std::sync::Arc;

use jalon_simd::{select, select_any, set_between, set_between_f64, set_where};
use rust_decimal::Decimal;

use super::ROWS;
use super::bits::words_of;
use super::bound::{Means, Way, bind, look_up};
use super::column::{Batch, Column, Cursor, Values};
use super::load::Loaded;
use super::search::Search;
use super::text::TextBlock;
use crate::checked::ScoreId;
use crate::eval::run::{Context, State, compute, read};
use crate::eval::value::{Buffers, Frame};
use crate::plan::block::Block;
use crate::plan::kernel::RawTest;
use crate::plan::logic::{Bit, Logic};
use crate::plan::number::FINEST_FLOAT;

/// The bits of a plan's block for up to [`ROWS`] rows, and what filling them needs.
#[derive(Debug)]
pub(super) struct Filler {
    /// Word `w` of row `r` is at `w * ROWS + r`.
    bits: Vec<u64>,
    state: State,
    /// The bits of one source.
    source: Vec<u64>,
    /// Rows that hold nothing.
    nothing: Vec<u64>,
    /// Rows that the record executor must read.
    odd: Vec<u32>,
    loaded: Loaded,
    texts: TextBlock,
    /// For each source its tests on texts, compiled when a column has some.
    searches: Vec<Option<Arc<Search>>>,
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
            source: vec![0; ROWS],
            nothing: vec![0; words_of(ROWS)],
            odd: Vec::new(),
            loaded: Loaded::new(ROWS),
            texts: TextBlock::default(),
            searches: vec![None; block.sources.len()],
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
        let Filler { state, searches, .. } = self;
        let ways: Vec<Way<'b>> = searches
            .iter_mut()
            .enumerate()
            .map(|(index, search)| bind(block, index, batch, state, context, buffers, search))
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
                    self.column(column, means, word, rows.clone(), *nothing, *always);
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
        let mut odd = std::mem::take(&mut self.odd);
        for place in odd.drain(..) {
            cursor.move_to(first + place as usize);
            let frame = Frame::new(cursor.record());
            read(block, index, &mut self.state, &frame, &setting.context, buffers);
            self.bits[word * ROWS + place as usize] |= std::mem::take(&mut self.state.bits[word]);
        }
        self.odd = odd;
    }

    /// Sets the bits of one source from its column; leaves in `odd` the rows that it could not.
    fn column(
        &mut self,
        column: &Column<'_>,
        means: &Means,
        word: usize,
        rows: Range<usize>,
        nothing: u64,
        always: u64,
    ) {
        let len = rows.len();
        let words = words_of(len);
        self.nothing[..words].fill(0);
        if let Some(valid) = &column.valid {
            valid.words(rows.start, &mut self.nothing[..words]);
            self.nothing[..words].iter_mut().for_each(|word| *word = !*word);
        }
        self.source[..len].fill(always);
        match (means, &column.values) {
            (Means::Texts(search), Values::Texts(texts)) => {
                let nothing = &mut self.nothing;
                let blank = |row: usize| nothing[row / 64] |= 1 << (row % 64);
                if search.folds() {
                    self.texts.load(texts, rows.clone(), search.tests.mode, blank);
                    let (scratch, bits) = (&mut self.state.bits, &mut self.source[..len]);
                    search.run(&self.texts, word, scratch, bits);
                } else {
                    TextBlock::blanks(texts, rows.clone(), blank);
                }
                for (test, bit) in &search.tests.raw {
                    raw(test, *bit, texts, rows.clone(), &mut self.source[..len]);
                }
            }
            (Means::Integers(line, bounds), _) => {
                self.loaded.load(column, *line, rows.clone(), &mut self.nothing);
                for (low, high, mask) in bounds {
                    let (values, bits) = (&self.loaded.values[..len], &mut self.source[..len]);
                    set_between(values, *low, *high, *mask, bits);
                }
                std::mem::swap(&mut self.odd, &mut self.loaded.odd);
            }
            (Means::Floats(bounds), Values::F64(values)) => {
                let values = &values[rows.clone()];
                for (low, high, mask) in bounds {
                    set_between_f64(values, *low, *high, *mask, &mut self.source[..len]);
                }
                for (row, value) in values.iter().enumerate() {
                    let usual = value.abs() >= FINEST_FLOAT && value.abs() < 1e15;
                    if !(usual || *value == 0.0) {
                        self.odd.push(row as u32);
                    }
                }
            }
            (Means::Table(table), Values::Dictionary { codes, .. }) => {
                look_up(codes, rows.clone(), table, &mut self.source[..len]);
            }
            (Means::Bools([not, ticked]), Values::Bools(values)) => {
                let mut bools = [0; ROWS / 64];
                values.words(rows.start, &mut bools[..words]);
                set_where(&bools[..words], *ticked, &mut self.source[..len]);
                bools.iter_mut().for_each(|word| *word = !*word);
                set_where(&bools[..words], *not, &mut self.source[..len]);
            }
            _ => {}
        }
        let target = &mut self.bits[word * ROWS..][..len];
        let sources = &mut self.source[..len];
        for row in &self.odd {
            sources[*row as usize] = 0;
        }
        if self.nothing[..words].iter().any(|word| *word != 0) {
            for (row, bits) in sources.iter_mut().enumerate() {
                let is_nothing = self.nothing[row / 64] >> (row % 64) & 1 == 1;
                *bits = if is_nothing { nothing } else { *bits };
            }
            let nothing = &self.nothing;
            self.odd.retain(|row| nothing[*row as usize / 64] >> (row % 64) & 1 == 0);
        }
        for (target, bits) in target.iter_mut().zip(sources) {
            *target |= *bits;
        }
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

/// Sets the bit of a test on texts as they are.
fn raw(
    test: &RawTest,
    bit: Bit,
    texts: &super::column::TextColumn<'_>,
    rows: Range<usize>,
    bits: &mut [u64],
) {
    for (bits, row) in bits.iter_mut().zip(rows) {
        let mut inline = [0; 16];
        if std::str::from_utf8(texts.get(row, &mut inline)).is_ok_and(|text| test.passes(text)) {
            *bits |= 1 << (bit % 64);
        }
    }
}
