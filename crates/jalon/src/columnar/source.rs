//! The bits of one source for a block of rows, from its column.

use std::ops::Range;

use jalon_simd::{
    add_or_replace, all_within_f64, least_and_most, set_between, set_between_f64, set_between_i32,
    set_where,
};

use super::ROWS;
use super::bits::words_of;
use super::bound::{Judge, Known, Means};
use super::column::{Column, INLINE, TextColumn, Values};
use super::load::Loaded;
use super::search::Search;
use super::text::TextBlock;
use crate::plan::number::FINEST_FLOAT;
use crate::value::{Date, ValueRef};

/// From here on a float may have more digits than a number.
const LARGEST_FLOAT: f64 = 1e15;

/// What is asked of a column.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) column: &'a Column<'a>,
    pub(super) means: &'a Means,
    /// At most [`ROWS`].
    pub(super) rows: Range<usize>,
}

/// What a column answers, and what finding it out needs.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// The bits of each row, as far as it holds something and is not odd.
    bits: Vec<u64>,
    /// Rows that hold nothing.
    nothing: Vec<u64>,
    /// Rows that the record executor must read.
    pub(super) odd: Vec<u32>,
    loaded: Loaded,
    texts: TextBlock,
}

impl Answers {
    /// Adds the bits of one source to those of a block's rows; `nothing` are those of rows that
    /// hold nothing, `always` those of all others. What is odd is left to be read.
    pub(super) fn ask(
        &mut self,
        asked: &Asked<'_>,
        known: &mut Known,
        judge: &mut Judge<'_, '_>,
        (nothing, always): (u64, u64),
        target: &mut [u64],
    ) {
        let Asked { column, means, rows } = asked;
        self.odd.clear();
        self.nothing.clear();
        self.nothing.resize(words_of(rows.len()), 0);
        if let Some(valid) = &column.valid {
            valid.words(rows.start, &mut self.nothing);
            self.nothing.iter_mut().for_each(|word| *word = !*word);
        }
        if always == 0 && self.ask_at_once(asked, known, judge, nothing, target) {
            return;
        }
        self.begin(rows.len(), always);
        match (means, &column.values) {
            (Means::Texts(search), Values::Texts(texts)) => {
                self.search(search, texts, rows.clone(), judge);
            }
            (Means::Integers(..), _) => self.ask_integers(asked),
            (Means::Floats(bounds), Values::F64(values)) => {
                self.ask_floats(bounds, &values[rows.clone()]);
            }
            _ => self.odd.extend(0..rows.len() as u32),
        }
        self.settle(nothing, target);
    }

    /// Sets the bits of all rows where they stand by themselves, whatever else is found out.
    /// `false`, and nothing is set, where that is not the way.
    fn ask_at_once(
        &mut self,
        asked: &Asked<'_>,
        known: &mut Known,
        judge: &mut Judge<'_, '_>,
        nothing: u64,
        target: &mut [u64],
    ) -> bool {
        let Asked { column, means, rows } = asked;
        match (means, &column.values) {
            (Means::Table, Values::Dictionary { codes, values }) => {
                known.table.learn(codes, rows.clone(), |code| {
                    let mut bits = 0;
                    values.with(code, &mut |value| bits = judge.bits(value));
                    bits
                });
                known.table.look_up(codes, rows.clone(), (&self.nothing, nothing), target);
            }
            (Means::Bools(bits), Values::Bools(values)) => {
                let mut bools = [0; ROWS / 64];
                values.words(rows.start, &mut bools[..self.nothing.len()]);
                let mut set = |word: u64, is: fn(u64, u64) -> u64| {
                    let mut chosen = [0; ROWS / 64];
                    for ((chosen, value), nothing) in
                        chosen.iter_mut().zip(bools).zip(&self.nothing)
                    {
                        *chosen = is(value, *nothing);
                    }
                    if word != 0 {
                        set_where(&chosen, word, target);
                    }
                };
                set(bits[0], |value, nothing| !(value | nothing));
                set(bits[1], |value, nothing| value & !nothing);
                set(nothing, |_, nothing| nothing);
            }
            (Means::Texts(search), Values::Texts(texts)) if search.is_silent() => {
                TextBlock::blanks(texts, rows.clone(), &mut self.nothing);
                set_where(&self.nothing, nothing, target);
            }
            (_, Values::Texts(texts)) if known.recall.is_ready_for(means) => {
                let said = |text: &[u8]| judge.text(text);
                if column.valid.is_none() {
                    known.recall.run(texts, rows.clone(), target, said);
                } else {
                    self.begin(rows.len(), 0);
                    known.recall.run(texts, rows.clone(), &mut self.bits, said);
                    self.settle(nothing, target);
                }
            }
            _ => return false,
        }
        true
    }

    /// Begins with the same bits for each of some rows.
    fn begin(&mut self, rows: usize, always: u64) {
        self.bits.resize(rows, 0);
        match always {
            0 => self.bits.fill(0), // quicker than a word that is not known
            always => self.bits.fill(always),
        }
    }

    fn search(
        &mut self,
        search: &Search,
        texts: &TextColumn<'_>,
        rows: Range<usize>,
        judge: &mut Judge<'_, '_>,
    ) {
        if search.folds() {
            let mode = search.tests.mode;
            let folded = self.texts.load(texts, rows.clone(), mode, &mut self.nothing);
            search.run(&folded, &mut self.bits);
            for place in folded.aside {
                let place = *place as usize;
                self.bits[place] = judge.text(texts.get(rows.start + place, &mut [0; INLINE]));
            }
        } else {
            TextBlock::blanks(texts, rows.clone(), &mut self.nothing);
        }
        for (test, bit) in &search.tests.raw {
            for (bits, row) in self.bits.iter_mut().zip(rows.clone()) {
                let mut inline = [0; INLINE];
                let text = std::str::from_utf8(texts.get(row, &mut inline));
                if text.is_ok_and(|text| test.passes(text)) {
                    *bits |= 1 << (bit % 64);
                }
            }
        }
    }

    fn ask_integers(&mut self, asked: &Asked<'_>) {
        let Means::Integers(line, bounds) = asked.means else { return };
        if let Values::Days(days) = &asked.column.values
            && set_days(&days[asked.rows.clone()], bounds, &mut self.bits)
        {
            return;
        }
        self.loaded.load(asked.column, *line, asked.rows.clone(), &mut self.nothing);
        for (low, high, mask) in bounds {
            set_between(&self.loaded.values, *low, *high, *mask, &mut self.bits);
        }
        std::mem::swap(&mut self.odd, &mut self.loaded.odd);
    }

    fn ask_floats(&mut self, bounds: &[(f64, f64, u64)], values: &[f64]) {
        for (low, high, mask) in bounds {
            set_between_f64(values, *low, *high, *mask, &mut self.bits);
        }
        if all_within_f64(values, FINEST_FLOAT, LARGEST_FLOAT) {
            return;
        }
        for (row, value) in values.iter().enumerate() {
            let size = value.abs();
            if value.is_nan() {
                self.nothing[row / 64] |= 1 << (row % 64);
            } else if *value != 0.0 && !(FINEST_FLOAT..LARGEST_FLOAT).contains(&size) {
                self.odd.push(row as u32);
            }
        }
    }

    /// Adds what was found to the bits of a block's rows; `nothing` are those of rows that hold
    /// nothing. What is odd is left to be read.
    fn settle(&mut self, nothing: u64, rows: &mut [u64]) {
        let Answers { bits, nothing: empty, odd, .. } = self;
        for row in &*odd {
            bits[*row as usize] = 0;
        }
        odd.retain(|row| empty[*row as usize / 64] >> (row % 64) & 1 == 0);
        add_or_replace(empty, nothing, bits, rows);
    }
}

/// Sets bits where days are within bounds; `false`, and none is set, where some are beyond the
/// calendar.
fn set_days(days: &[i32], bounds: &[(i64, i64, u64)], bits: &mut [u64]) -> bool {
    let (first, last) = (Date::MIN.days(), Date::MAX.days());
    let (least, most) = least_and_most(days);
    if least < first || most > last {
        return false;
    }
    for (low, high, mask) in bounds {
        let (low, high) = ((*low).max(first.into()), (*high).min(last.into()));
        if let (Ok(low), Ok(high)) = (low.try_into(), high.try_into()) {
            set_between_i32(days, low, high, *mask, bits);
        }
    }
    true
}

impl Judge<'_, '_> {
    /// The bits of a text; those of no text at all where it is broken.
    fn text(&mut self, text: &[u8]) -> u64 {
        self.bits(std::str::from_utf8(text).map_or(ValueRef::Empty, ValueRef::Text))
    }
}
