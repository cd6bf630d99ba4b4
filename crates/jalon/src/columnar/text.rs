//! A block of texts, folded together.

use std::ops::Range;

use jalon_simd::{Letters, blank_views, blanks, letters, lower_into, lower_latin};

use super::column::{INLINE, SHORT_VIEW, TextColumn};
use crate::schema::TextMode;
use crate::value::fold::is_blank;

/// So many rows are looked at together: one odd letter among them, and they are looked at one by
/// one.
const GROUP: usize = 64;

/// Bytes behind the texts, so that some can be read from any place in them.
const BEHIND: usize = 1024;

/// The texts of a block of rows, folded and laid end to end. Those that fold to themselves but
/// for the case of their letters, as nearly all do, are lowered where they stand; the others are
/// left aside.
#[derive(Clone, Debug, Default)]
pub(super) struct TextBlock {
    bytes: Vec<u8>,
    /// Where texts that do not stand end to end are gathered; as long as it ever was.
    gathered: Vec<u8>,
    /// One more than there are rows.
    offsets: Vec<u32>,
    /// Rows that are left aside; what stands in their place means nothing.
    aside: Vec<u32>,
}

impl TextBlock {
    /// Finds the rows that hold nothing but white space.
    pub(super) fn blanks(texts: &TextColumn<'_>, rows: Range<usize>, nothing: &mut [u64]) {
        let blank = |row: usize| {
            let mut inline = [0; INLINE];
            std::str::from_utf8(texts.get(rows.start + row, &mut inline)).is_ok_and(is_blank)
        };
        match texts {
            TextColumn::Small { offsets, bytes } => {
                blanks(&offsets[rows.start..=rows.end], bytes, nothing, blank);
            }
            TextColumn::Large { offsets, bytes } => {
                blanks(&offsets[rows.start..=rows.end], bytes, nothing, blank);
            }
            TextColumn::Views { views, .. } => blank_views(&views[rows.clone()], nothing, blank),
            TextColumn::Cells { .. } | TextColumn::Coded { .. } => {
                texts.each(rows.clone(), |row, bytes, text| {
                    // Two bytes tell of nearly every text, and a branch is seldom taken.
                    let first = bytes.get(text.start).copied().unwrap_or_default();
                    let unclear = !text.is_empty() & !first.is_ascii_graphic();
                    let nothing_there = text.is_empty() || unclear && blank(row);
                    nothing[row / 64] |= u64::from(nothing_there) << (row % 64);
                });
            }
        }
    }

    /// Reads the texts of some rows and folds them; `nothing` gains the rows that hold nothing
    /// but white space.
    pub(super) fn load<'t>(
        &'t mut self,
        texts: &'t TextColumn<'_>,
        rows: Range<usize>,
        mode: TextMode,
        nothing: &mut [u64],
    ) -> Texts<'t> {
        self.bytes.clear();
        self.offsets.clear();
        self.aside.clear();
        let as_they_are = mode.case_sensitive && !mode.ignoring_accents;
        let standing = end_to_end(texts, &rows, &mut self.offsets).filter(|_| as_they_are);
        let bytes = if let Some(bytes) = standing {
            let all = self.offsets.last().and_then(|end| bytes.get(..*end as usize));
            if letters(all.unwrap_or_default()) == Letters::Other {
                for first in (0..rows.len()).step_by(GROUP) {
                    self.leave_others(bytes, first..rows.len().min(first + GROUP));
                }
            }
            bytes
        } else {
            self.fold(texts, rows, mode);
            &self.bytes
        };
        let offsets = &self.offsets;
        blanks(offsets, bytes, nothing, |row| {
            let text = bytes.get(offsets[row] as usize..offsets[row + 1] as usize);
            text.is_some_and(is_spaces)
        });
        Texts { bytes, offsets: &self.offsets, aside: &self.aside }
    }

    /// Leaves the texts aside that do not fold to themselves even where case counts.
    fn leave_others(&mut self, bytes: &[u8], rows: Range<usize>) {
        let TextBlock { offsets, aside, .. } = self;
        let is_other = |from: u32, to: u32| {
            let text = bytes.get(from as usize..to as usize);
            letters(text.unwrap_or_default()) == Letters::Other
        };
        if is_other(offsets[rows.start], offsets[rows.end]) {
            let others = rows.filter(|row| is_other(offsets[*row], offsets[row + 1]));
            aside.extend(others.map(|row| row as u32));
        }
    }

    /// Lays the texts of some rows end to end and folds them.
    fn fold(&mut self, texts: &TextColumn<'_>, rows: Range<usize>, mode: TextMode) {
        self.offsets.clear();
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
        }
        self.bytes.extend_from_slice(&[0; BEHIND]);
    }

    /// Appends the texts of some rows, lowered where case does not count; says what they are
    /// made of.
    fn append(&mut self, texts: &TextColumn<'_>, rows: Range<usize>, mode: TextMode) -> Letters {
        let TextBlock { bytes: all, gathered, offsets: places, .. } = self;
        let start = all.len();
        let together = match texts {
            TextColumn::Small { offsets, bytes } => {
                let (from, to) = (offsets[rows.start] as u32, offsets[rows.end] as u32);
                let base = (start as u32).wrapping_sub(from);
                let ends = &offsets[rows.start + 1..=rows.end];
                places.extend(ends.iter().map(|end| (*end as u32).wrapping_add(base)));
                bytes.get(from as usize..to as usize)
            }
            TextColumn::Large { offsets, bytes } => {
                let (from, to) = (offsets[rows.start], offsets[rows.end]);
                let ends = &offsets[rows.start + 1..=rows.end];
                places.extend(ends.iter().map(|end| (*end - from) as u32 + start as u32));
                bytes.get(from as usize..to as usize)
            }
            TextColumn::Views { views, buffers } => {
                let mut end = 0;
                for view in &views[rows] {
                    end = gather_view(*view, buffers, gathered, end);
                    places.push((start + end) as u32);
                }
                gathered.get(..end)
            }
            TextColumn::Cells { .. } | TextColumn::Coded { .. } => {
                let (count, mut end) = (rows.len().min(GROUP), 0);
                let mut ends = [0; GROUP];
                texts.each(rows, |index, bytes, text| {
                    end = gather(bytes, text, gathered, end);
                    ends[index % GROUP] = (start + end) as u32;
                });
                places.extend_from_slice(&ends[..count]);
                gathered.get(..end)
            }
        };
        let together = together.unwrap_or_default();
        if mode.case_sensitive {
            all.extend_from_slice(together);
            letters(together)
        } else {
            lower_into(together, all)
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
}

/// The texts of a block of rows, folded, end to end; more bytes may follow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts<'t> {
    pub(super) bytes: &'t [u8],
    /// Where each text begins; and, last, where the last ends.
    pub(super) offsets: &'t [u32],
    /// The rows whose texts are left aside: what stands in their place means nothing.
    pub(super) aside: &'t [u32],
}

/// The bytes in which the texts of some rows stand end to end, from the first on, and where each
/// begins in them; where they do so in a column.
fn end_to_end<'c>(
    texts: &'c TextColumn<'_>,
    rows: &Range<usize>,
    offsets: &mut Vec<u32>,
) -> Option<&'c [u8]> {
    let bytes = match texts {
        TextColumn::Small { offsets: places, bytes } => {
            let from = places[rows.start];
            let places = &places[rows.start..=rows.end];
            offsets.extend(places.iter().map(|place| place.wrapping_sub(from) as u32));
            bytes.get(from as usize..)
        }
        TextColumn::Large { offsets: places, bytes } => {
            let from = places[rows.start];
            let places = &places[rows.start..=rows.end];
            offsets.extend(places.iter().map(|place| place.wrapping_sub(from) as u32));
            bytes.get(from as usize..)
        }
        _ => None,
    }?;
    offsets.last().is_some_and(|end| *end as usize <= bytes.len()).then_some(bytes)
}

/// Copies a text to a place among others; where it ends there. A whole vector or two are copied
/// sooner than some bytes.
#[inline]
fn gather(bytes: &[u8], text: Range<usize>, gathered: &mut Vec<u8>, at: usize) -> usize {
    const WIDE: usize = 32;
    const SOME: usize = 2 * WIDE;
    let (start, length) = (text.start, text.len());
    let end = at + length;
    if gathered.len() < end + 2 * SOME {
        gathered.resize(2 * end + 64 * SOME, 0);
    }
    let (to, bytes) = (&mut gathered[at..], &bytes[start..]);
    let wide = if length <= SOME { SOME } else { 2 * SOME };
    match (to.get_mut(..wide), bytes.get(..wide)) {
        (Some(to), Some(text)) if length <= wide => {
            let (to, text) = (to.as_chunks_mut::<WIDE>().0, text.as_chunks::<WIDE>().0);
            to.iter_mut().zip(text).for_each(|(to, text)| *to = *text);
        }
        _ => to[..length].copy_from_slice(&bytes[..length]),
    }
    end
}

/// [`gather`] of the text that a view stands for: a short one is written over what its view says
/// nothing of, without a branch.
#[inline]
fn gather_view(view: u128, buffers: &[&[u8]], gathered: &mut Vec<u8>, at: usize) -> usize {
    const SOME: usize = 96;
    const NOTHING: &[u8] = &[0; SOME];
    let length = view as u32 as usize;
    let long = u128::from(length > SHORT_VIEW).wrapping_neg();
    let place = view & long;
    let (buffer, start) = ((place >> 64) as u32 as usize, (place >> 96) as usize);
    let buffer = match buffers.get(buffer) {
        Some(buffer) => buffer,
        None if long == 0 => NOTHING,
        None => return at, // the layout is broken: no text
    };
    if start + (place as u32 as usize) > buffer.len() {
        return at;
    }
    let end = at + length;
    if gathered.len() < end + SOME {
        gathered.resize(2 * end + 64 * SOME, 0);
    }
    let to = &mut gathered[at..];
    match (to.first_chunk_mut(), buffer[start..].first_chunk::<SOME>()) {
        (Some(to), Some(text)) if length <= SOME => {
            *to = *text;
            let (Some(first), Some(to)) = (text.first_chunk(), to.first_chunk_mut()) else {
                return at;
            };
            let first = (u128::from_le_bytes(*first) & long) | ((view >> 32) & !long);
            *to = first.to_le_bytes();
        }
        _ if long == 0 => to[..length].copy_from_slice(&(view >> 32).to_le_bytes()[..length]),
        _ => to[..length].copy_from_slice(&buffer[start..start + length]),
    }
    end
}

fn is_spaces(text: &[u8]) -> bool {
    text.iter().all(|byte| *byte == b' ')
}
