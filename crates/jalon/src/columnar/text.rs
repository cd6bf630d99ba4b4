//! A block of texts, folded together, and the tests on them.

use std::ops::Range;

use super::column::TextColumn;
use crate::plan::kernel::TextTests;
use crate::value::fold::{fold_into, is_blank};

/// The texts of a block of rows, folded and laid end to end. Those that fold to themselves but
/// for the case of their letters, as nearly all do, are lowered where they stand; the others are
/// folded one by one, aside.
#[derive(Clone, Debug, Default)]
pub(super) struct TextBlock {
    bytes: Vec<u8>,
    /// One more than there are rows.
    offsets: Vec<u32>,
    /// Rows that are folded aside, and where.
    aside: Vec<(u32, Range<usize>)>,
    folded: String,
    one: String,
}

impl TextBlock {
    /// Reads the texts of some rows and folds them; calls `blank` with each row that holds
    /// nothing but white space.
    pub(super) fn load(
        &mut self,
        texts: &TextColumn<'_>,
        rows: Range<usize>,
        tests: &TextTests,
        mut blank: impl FnMut(usize),
    ) {
        let fold = tests.folded.is_some();
        self.bytes.clear();
        self.offsets.clear();
        self.aside.clear();
        self.folded.clear();
        self.offsets.push(0);
        for (index, row) in rows.enumerate() {
            let mut inline = [0; 16];
            let text = texts.get(row, &mut inline);
            if !fold {
                // Only whether there is one is asked.
                if text.first().is_none_or(|byte| *byte <= b' ' || *byte >= 0x80)
                    && std::str::from_utf8(text).is_ok_and(is_blank)
                {
                    blank(index);
                }
                continue;
            }
            let start = self.bytes.len();
            self.bytes.extend_from_slice(text);
            self.offsets.push(self.bytes.len() as u32);
            let Ok(text) = std::str::from_utf8(text) else { continue };
            if is_blank(text) {
                blank(index);
                continue;
            }
            fold_into(text, tests.mode, &mut self.one);
            if self.one.len() == text.len() {
                self.bytes[start..].copy_from_slice(self.one.as_bytes());
            } else {
                let place = self.folded.len();
                self.folded.push_str(&self.one);
                self.aside.push((index as u32, place..self.folded.len()));
            }
        }
    }

    /// Sets the bits of the tests that each text passes. All bits of the tests stand in one
    /// word; `scratch` is a block's words, zero.
    pub(super) fn run(
        &self,
        tests: &TextTests,
        word: usize,
        scratch: &mut [u64],
        bits: &mut [u64],
    ) {
        let Some(kernel) = &tests.folded else { return };
        let mut aside = self.aside.iter().peekable();
        for (row, bits) in bits.iter_mut().enumerate() {
            let text = match aside.next_if(|(index, _)| *index as usize == row) {
                Some((_, place)) => &self.folded.as_bytes()[place.clone()],
                None => &self.bytes[self.offsets[row] as usize..self.offsets[row + 1] as usize],
            };
            scratch[word] = 0;
            kernel.run(text, scratch);
            *bits |= scratch[word];
        }
        scratch[word] = 0;
    }
}
