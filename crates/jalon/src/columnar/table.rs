//! What a source's tests say of the values of a dictionary, asked once for each.

use std::ops::Range;

use jalon_simd::set_from_table;

use super::column::{DictionaryValues, Integers, Owner, integers};

/// The bits of each value of a dictionary, found out when a row first has it.
#[derive(Debug, Default)]
pub(super) struct Table {
    owner: Option<Owner>,
    bits: Vec<u64>,
    known: Vec<bool>,
    /// How many are still to be found out.
    unknown: usize,
}

impl Table {
    /// Prepares for a dictionary; what is known of it already is kept.
    pub(super) fn prepare(&mut self, values: &dyn DictionaryValues) {
        let same = self.owner.as_ref().is_some_and(|owner| values.is_owned_by(owner));
        if same && self.bits.len() == values.len() {
            return;
        }
        self.owner = values.owner();
        self.unknown = values.len();
        self.bits.clear();
        self.bits.resize(values.len(), 0);
        self.known.clear();
        self.known.resize(values.len(), false);
    }

    /// Forgets everything: what is known was said under another clock.
    pub(super) fn forget(&mut self) {
        self.owner = None;
    }

    /// Finds out what is not known yet of the values of some rows; `judge` says the bits of a
    /// code.
    pub(super) fn learn(
        &mut self,
        codes: &Integers<'_>,
        rows: Range<usize>,
        mut judge: impl FnMut(usize) -> u64,
    ) {
        if self.unknown == 0 {
            return;
        }
        for row in rows {
            let code = codes.get(row);
            if let Some(known @ false) = self.known.get_mut(code) {
                *known = true;
                self.unknown -= 1;
                self.bits[code] = judge(code);
            }
        }
    }

    /// Sets the bits of each row's code, or those of `word` in the rows of a bitmap. Codes beyond
    /// the table set none.
    pub(super) fn look_up(
        &self,
        codes: &Integers<'_>,
        rows: Range<usize>,
        (bitmap, word): (&[u64], u64),
        bits: &mut [u64],
    ) {
        let table = &self.bits;
        integers!(codes, codes => set_from_table(&codes[rows], table, bitmap, word, bits));
    }
}
