//! Texts known again at one look.

#[allow(clippy::wildcard_imports, reason = "the names all begin with `_mm`")]
use std::arch::x86_64::*;

use super::{Avx2, WIDE, load};
use crate::memory::{Key, Known, LONGEST};

impl Avx2 {
    /// [`crate::Memory::known`]
    #[inline]
    pub(crate) fn known(
        self,
        known: &Known,
        bytes: &[u8],
        place: impl Fn(usize) -> (usize, usize),
        bits: &mut [u64],
    ) -> usize {
        // SAFETY: `self` proves that the processor has AVX2.
        unsafe { find_each(known, bytes, place, bits) }
    }

    /// [`crate::Memory::known_views`]
    pub(crate) fn known_views(
        self,
        known: &Known,
        views: &[u128],
        buffers: &[&[u8]],
        bits: &mut [u64],
    ) -> usize {
        // SAFETY: `self` proves that the processor has AVX2.
        unsafe { find_each_view(known, views, buffers, bits) }
    }
}

/// By length, which bytes of a vector are of a text.
static LIVE: [Key; WIDE] = {
    let mut live = [[0; WIDE]; WIDE];
    let mut length = 0;
    while length < WIDE {
        let mut place = 0;
        while place < length {
            live[length][place] = 0xFF;
            place += 1;
        }
        length += 1;
    }
    live
};

/// By length, a vector that ends with it.
static LENGTH: [Key; WIDE] = {
    let mut lengths = [[0; WIDE]; WIDE];
    let mut length = 0;
    while length < WIDE {
        lengths[length][WIDE - 1] = length as u8;
        length += 1;
    }
    lengths
};

/// The bits of a text that is at most [`LONGEST`] long, if it is known.
#[inline]
#[target_feature(enable = "avx2")]
fn find(known: &Known, text: __m256i, length: usize) -> Option<u64> {
    let key = _mm256_or_si256(text, load(&LENGTH[length % WIDE]));
    let (first, last) = (_mm256_castsi256_si128(key), _mm256_extracti128_si256::<1>(key));
    // The last half turned by four bytes.
    let mixed = _mm_xor_si128(first, _mm_shuffle_epi32::<0b10_01_00_11>(last));
    let low = _mm_cvtsi128_si64(mixed).cast_unsigned();
    let place = known.place_of(low, _mm_extract_epi64::<1>(mixed).cast_unsigned());
    let is = |place: usize| {
        let differ = _mm256_xor_si256(key, load(&known.texts[place]));
        _mm256_testz_si256(differ, differ) == 1
    };
    if is(place) {
        return Some(known.bits[place]);
    }
    is(place ^ 1).then(|| known.bits[place ^ 1])
}

#[inline]
#[target_feature(enable = "avx2")]
fn find_each(
    known: &Known,
    bytes: &[u8],
    place: impl Fn(usize) -> (usize, usize),
    bits: &mut [u64],
) -> usize {
    for (row, bits) in bits.iter_mut().enumerate() {
        let (start, end) = place(row);
        let length = end.wrapping_sub(start);
        let Some(text) = bytes.get(start..).and_then(<[u8]>::first_chunk) else { return row };
        let text = _mm256_and_si256(load(text), load(&LIVE[length % WIDE]));
        match find(known, text, length) {
            Some(found) if length <= LONGEST => *bits |= found,
            _ => return row,
        }
    }
    bits.len()
}

#[inline]
#[target_feature(enable = "avx2")]
fn find_each_view(known: &Known, views: &[u128], buffers: &[&[u8]], bits: &mut [u64]) -> usize {
    /// How many bytes of a text a view holds itself.
    const INLINE: usize = 12;
    for (row, (view, bits)) in views.iter().zip(&mut *bits).enumerate() {
        let length = *view as u32 as usize;
        let long = u64::from(length > INLINE).wrapping_neg();
        // A short text is read at the beginning of the first buffer, and nothing of it counts.
        let place = (*view >> 64) as u64 & long;
        let (buffer, start) = (place as u32 as usize, (place >> 32) as usize);
        let there = match buffers.get(buffer) {
            Some(buffer) => buffer.get(start..).and_then(<[u8]>::first_chunk),
            None if long == 0 => Some(&LIVE[0]),
            None => None,
        };
        let Some(there) = there else { return row };
        let here = _mm_set_epi64x((*view >> 96) as i64, (*view >> 32) as i64);
        let here = _mm256_zextsi128_si256(here);
        let long = _mm256_set1_epi64x(long.cast_signed());
        let text = _mm256_blendv_epi8(here, load(there), long);
        let text = _mm256_and_si256(text, load(&LIVE[length % WIDE]));
        match find(known, text, length) {
            Some(found) if length <= LONGEST => *bits |= found,
            _ => return row,
        }
    }
    bits.len()
}
