//! Texts that hold nothing.
//!
//! Which texts are empty cannot be foretold: that is found out without a branch. Nearly no text
//! begins with white space, so that one byte tells that it holds more.

use std::ops::Range;

use crate::rows::Key;

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
    find(rows, nothing, is_blank, |rows, starts| {
        for (first, start) in starts.first.iter_mut().zip(&ends[rows.clone()]) {
            *first = bytes.get(start.index()).copied().unwrap_or_default();
        }
        for (empty, ends) in starts.empty.iter_mut().zip(ends[rows.start..=rows.end].windows(2)) {
            *empty = u8::from(ends[0] == ends[1]);
        }
    });
}

/// [`blanks`] of texts for which Arrow's views stand: long or short, a text begins where its view
/// says its first four bytes.
pub fn blank_views(views: &[u128], nothing: &mut [u64], is_blank: impl Fn(usize) -> bool) {
    find(views.len(), nothing, is_blank, |rows, starts| {
        let starts = starts.first.iter_mut().zip(&mut starts.empty);
        for ((first, empty), view) in starts.zip(&views[rows]) {
            (*first, *empty) = ((*view >> 32) as u8, u8::from(*view as u32 == 0));
        }
    });
}

/// So many texts are looked at before what was seen is asked: bytes that were written one by one
/// just now are not read together without waiting for them.
const MANY: usize = 512;

/// How texts begin: the first bytes, of empty texts any, and which are empty.
struct Starts {
    first: [u8; MANY],
    empty: [u8; MANY],
}

/// Finds them, many at a time; `look` sees how some rows begin.
#[inline]
fn find(
    rows: usize,
    nothing: &mut [u64],
    is_blank: impl Fn(usize) -> bool,
    look: impl Fn(Range<usize>, &mut Starts),
) {
    let mut starts = Starts { first: [0; MANY], empty: [0; MANY] };
    for (many, words) in (0..rows).step_by(MANY).zip(nothing.chunks_mut(MANY / 64)) {
        let count = MANY.min(rows - many);
        look(many..many + count, &mut starts);
        let (first, empty) = (starts.first.as_chunks().0, starts.empty.as_chunks().0);
        for (index, word) in words.iter_mut().enumerate().take(count.div_ceil(64)) {
            let there = u64::MAX >> (64 - (count - 64 * index).min(64));
            let mut blank = together(&empty[index]) & there;
            let open = first[index].map(|first: u8| u8::from(!is_clear(first)));
            let mut open = together(&open) & there & !blank;
            while open != 0 {
                let row = open.trailing_zeros() as usize;
                open &= open - 1;
                blank |= u64::from(is_blank(many + 64 * index + row)) << row;
            }
            *word |= blank;
        }
    }
}

/// Whether a text that begins with this byte holds more than white space.
#[inline]
fn is_clear(first: u8) -> bool {
    first.wrapping_sub(b' ' + 1) < 0x5F
}

/// Bytes that are 0 or 1 as bits.
#[inline]
fn together(bytes: &[u8; 64]) -> u64 {
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
