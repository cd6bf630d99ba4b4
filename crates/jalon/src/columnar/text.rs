//! A block of texts, folded together.

use std::ops::Range;

use jalon_simd::{Letters, letters, lower_into, lower_latin};

use super::column::TextColumn;
use crate::schema::TextMode;
use crate::value::fold::is_blank;

/// So many rows are looked at together: one odd letter among them, and they are looked at one by
/// one.
const GROUP: usize = 64;

/// Bytes behind the texts, so that sixteen can be read from any place in them.
const BEHIND: usize = 16;

/// The texts of a block of rows, folded and laid end to end. Those that fold to themselves but
/// for the case of their letters, as nearly all do, are lowered where they stand; the others are
/// left aside.
#[derive(Clone, Debug, Default)]
pub(super) struct TextBlock {
    bytes: Vec<u8>,
    /// One more than there are rows.
    offsets: Vec<u32>,
    /// Rows that are left aside; what stands in their place means nothing.
    aside: Vec<u32>,
}

impl TextBlock {
    /// Finds the rows that hold nothing but white space.
    pub(super) fn blanks(texts: &TextColumn<'_>, rows: Range<usize>, mut blank: impl FnMut(usize)) {
        let mut see = |index: usize, text: &[u8]| {
            if may_be_blank(text) && std::str::from_utf8(text).is_ok_and(is_blank) {
                blank(index);
            }
        };
        if let TextColumn::Small { offsets, bytes } = texts {
            for (index, ends) in offsets[rows.start..=rows.end].windows(2).enumerate() {
                see(index, bytes.get(ends[0] as usize..ends[1] as usize).unwrap_or_default());
            }
            return;
        }
        for (index, row) in rows.enumerate() {
            see(index, texts.get(row, &mut [0; 16]));
        }
    }

    /// Reads the texts of some rows and folds them; calls `blank` with each row that holds
    /// nothing but white space.
    pub(super) fn load(
        &mut self,
        texts: &TextColumn<'_>,
        rows: Range<usize>,
        mode: TextMode,
        mut blank: impl FnMut(usize),
    ) {
        self.bytes.clear();
        self.offsets.clear();
        self.aside.clear();
        self.offsets.push(0);
        for first in rows.clone().step_by(GROUP) {
            let group = first..rows.end.min(first + GROUP);
            let start = self.bytes.len();
            let letters = self.append(texts, group.clone(), mode);
            let place = first - rows.start;
            match (letters, mode.ignoring_accents) {
                (Letters::Ascii, _) => {}
                (Letters::Latin, false) => {
                    if !mode.case_sensitive {
                        lower_latin(&mut self.bytes[start..]);
                    }
                }
                _ => self.one_by_one(place..place + group.len(), mode),
            }
            for row in place..place + group.len() {
                let (start, end) = (self.offsets[row] as usize, self.offsets[row + 1] as usize);
                if start == end || self.bytes[start] == b' ' && is_spaces(&self.bytes[start..end]) {
                    blank(row);
                }
            }
        }
        self.bytes.extend_from_slice(&[0; BEHIND]);
    }

    /// Appends the texts of some rows, lowered where case does not count; says what they are
    /// made of.
    fn append(&mut self, texts: &TextColumn<'_>, rows: Range<usize>, mode: TextMode) -> Letters {
        let start = self.bytes.len();
        let together = match texts {
            TextColumn::Small { offsets, bytes } => {
                let (from, to) = (offsets[rows.start] as u32, offsets[rows.end] as u32);
                let base = (start as u32).wrapping_sub(from);
                let ends = &offsets[rows.start + 1..=rows.end];
                self.offsets.extend(ends.iter().map(|end| (*end as u32).wrapping_add(base)));
                bytes.get(from as usize..to as usize)
            }
            TextColumn::Large { offsets, bytes } => {
                let (from, to) = (offsets[rows.start], offsets[rows.end]);
                let ends = &offsets[rows.start + 1..=rows.end];
                self.offsets.extend(ends.iter().map(|end| (*end - from) as u32 + start as u32));
                bytes.get(from as usize..to as usize)
            }
            TextColumn::Views { .. } | TextColumn::Cells { .. } | TextColumn::Coded { .. } => {
                for row in rows {
                    texts.append(row, &mut self.bytes);
                    self.offsets.push(self.bytes.len() as u32);
                }
                let letters = letters(&self.bytes[start..]);
                if !mode.case_sensitive {
                    self.bytes[start..].make_ascii_lowercase();
                }
                return letters;
            }
        };
        let together = together.unwrap_or_default();
        if mode.case_sensitive {
            self.bytes.extend_from_slice(together);
            letters(together)
        } else {
            lower_into(together, &mut self.bytes)
        }
    }

    /// Folds each of some rows where it stands, or leaves it aside.
    fn one_by_one(&mut self, rows: Range<usize>, mode: TextMode) {
        for index in rows {
            let (start, end) = (self.offsets[index] as usize, self.offsets[index + 1] as usize);
            match letters(&self.bytes[start..end]) {
                Letters::Ascii => continue,
                Letters::Latin if !mode.ignoring_accents => {
                    if !mode.case_sensitive {
                        lower_latin(&mut self.bytes[start..end]);
                    }
                    continue;
                }
                _ => {}
            }
            self.aside.push(index as u32);
        }
    }

    /// All texts that are folded where they stand, end to end.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where each of them begins; and, last, where the last ends.
    pub(super) fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// The rows whose texts are left aside.
    pub(super) fn aside(&self) -> &[u32] {
        &self.aside
    }
}

/// Whether a text may hold nothing but white space.
fn may_be_blank(text: &[u8]) -> bool {
    text.first().is_none_or(|byte| *byte <= b' ' || *byte >= 0x80)
}

fn is_spaces(text: &[u8]) -> bool {
    text.iter().all(|byte| *byte == b' ')
}
