//! Texts that hold nothing.
//!
//! Which texts are empty cannot be foretold: that is found out without a branch. Nearly no text
//! begins with white space, so that one byte tells that it holds more.

use std::ops::Range;

use crate::rows::Key;

/// So many texts are looked at together.
const GROUP: usize = 64;

/// Finds the texts that hold nothing, as bits that are added to `nothing`: those that are empty, and
/// those of which their first byte leaves it open and `is_blank` says so. Text `r` is the bytes from
/// `ends[r]` up to `ends[r + 1]`.
///
/// ```
/// let mut nothing = [0];
/// jalon_simd::blanks(&[0, 0, 2, 3], b"vp ", &mut nothing, |_| true);
/// assert_eq!(nothing, [0b101]);
/// ```
pub fn blanks<P: Key + PartialEq>(
    ends: &[P],
    bytes: &[u8],
    nothing: &mut [u64],
    is_blank: impl Fn(usize) -> bool,
) {
    let rows = ends.len().saturating_sub(1);
    find(rows, nothing, is_blank, |rows| {
        let mut starts = Starts::default();
        for (index, ends) in ends[rows.start..=rows.end].windows(2).enumerate() {
            let first = bytes.get(ends[0].index()).copied().unwrap_or_default();
            starts.see(index, ends[0] == ends[1], first);
        }
        starts.bits()
    });
}

/// [`blanks`] of texts for which Arrow's views stand: long or short, a text begins where its view
/// says its first four bytes.
pub fn blank_views(views: &[u128], nothing: &mut [u64], is_blank: impl Fn(usize) -> bool) {
    find(views.len(), nothing, is_blank, |rows| {
        let mut starts = Starts::default();
        for (index, view) in views[rows].iter().enumerate() {
            starts.see(index, *view as u32 == 0, (*view >> 32) as u8);
        }
        starts.bits()
    });
}

/// Finds them group by group: `look` says which of some rows are empty, and which others begin with
/// a byte that leaves it open.
fn find(
    rows: usize,
    nothing: &mut [u64],
    is_blank: impl Fn(usize) -> bool,
    look: impl Fn(Range<usize>) -> (u64, u64),
) {
    for (word, start) in nothing.iter_mut().zip((0..rows).step_by(GROUP)) {
        let (mut empty, mut unclear) = look(start..rows.min(start + GROUP));
        while unclear != 0 {
            let row = unclear.trailing_zeros() as usize;
            unclear &= unclear - 1;
            empty |= u64::from(is_blank(start + row)) << row;
        }
        *word |= empty;
    }
}

/// How up to 64 texts begin.
struct Starts {
    empty: [u8; GROUP],
    first: [u8; GROUP],
}

impl Default for Starts {
    fn default() -> Starts {
        Starts { empty: [0; GROUP], first: [b'a'; GROUP] }
    }
}

impl Starts {
    /// Takes in the first byte of a text; of an empty one any byte.
    #[inline]
    fn see(&mut self, index: usize, empty: bool, first: u8) {
        self.empty[index % GROUP] = u8::from(empty);
        self.first[index % GROUP] = first;
    }

    /// As bits, the texts that are empty, and the others that may hold white space only.
    #[inline]
    fn bits(&self) -> (u64, u64) {
        let empty = together(&self.empty);
        (empty, together(&self.first.map(|first| u8::from(!is_clear(first)))) & !empty)
    }
}

/// Whether a text that begins with this byte holds more than white space.
#[inline]
fn is_clear(first: u8) -> bool {
    first.wrapping_sub(b' ' + 1) < 0x5F
}

/// Bytes that are 0 or 1 as bits.
#[inline]
fn together(bytes: &[u8; GROUP]) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |bits, (index, eight)| {
        // Each byte's bit is multiplied to its place in the highest byte.
        let bit = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits | bit << (8 * index)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 4 } else { 256 }))]

        #[test]
        fn blank_texts_are_found(texts in prop::collection::vec("[ a\u{0}é\u{a0}\t]{0,3}", 0..150)) {
            let blank = |text: &str| text.chars().all(char::is_whitespace);
            let bytes = texts.concat();
            let ends: Vec<i32> = std::iter::once(0)
                .chain(texts.iter().scan(0, |end, text| {
                    *end += text.len() as i32;
                    Some(*end)
                }))
                .collect();
            let view = |text: &String| {
                let mut view = [0; 16];
                view[0] = text.len() as u8;
                view[4..4 + text.len()].copy_from_slice(text.as_bytes());
                u128::from_le_bytes(view)
            };
            let views: Vec<u128> = texts.iter().map(view).collect();
            let (mut found, mut seen) = (vec![0; 3], vec![0; 3]);
            blanks(&ends, bytes.as_bytes(), &mut found, |row| blank(&texts[row]));
            blank_views(&views, &mut seen, |row| blank(&texts[row]));
            for (row, text) in texts.iter().enumerate() {
                prop_assert_eq!(found[row / 64] >> (row % 64) & 1 == 1, blank(text), "{:?}", text);
            }
            prop_assert_eq!(&found, &seen);
            let beyond = texts.len();
            prop_assert!((beyond..192).all(|row| found[row / 64] >> (row % 64) & 1 == 0));
        }
    }
}
