//! Where literals may begin, as a list.

#[allow(clippy::wildcard_imports, reason = "the names all begin with `_mm`")]
use std::arch::x86_64::*;

use super::{NONE, WIDE, buckets, bytes, load, mask, table};
use crate::block::CHUNK;
use crate::literals::{Nibbles, PLACES, Tables};

/// So many positions are listed before it is asked whether there are more.
const TOGETHER: usize = 4;

/// Proof that the processor has AVX2 and counts bits by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counting(());

impl Counting {
    /// The proof, where there is one.
    pub(crate) fn detect() -> Option<Counting> {
        let all = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("popcnt")
            && is_x86_feature_detected!("bmi1");
        all.then_some(Counting(()))
    }

    /// Runs code compiled for this, as far as it is inlined.
    #[inline]
    pub(crate) fn run(self, code: impl FnOnce()) {
        // SAFETY: `self` proves that the processor has what is needed.
        unsafe { run(code) }
    }

    /// Lists each position of a chunk at which literals of some buckets may begin (they may go on
    /// beyond it), rising, with the buckets in the upper half; how many there are. The two bytes
    /// that follow the chunk are looked at as well.
    #[inline]
    pub(crate) fn hits(
        self,
        tables: &Tables,
        chunk: &[u8; CHUNK + PLACES - 1],
        hits: &mut [u64; CHUNK],
    ) -> usize {
        if tables.both {
            // SAFETY: `self` proves that the processor has what is needed.
            unsafe { list::<2>(&tables.nibbles, chunk, hits) }
        } else {
            // SAFETY: `self` proves that the processor has what is needed.
            unsafe { list::<1>(tables.nibbles.first_chunk().unwrap_or(&NONE), chunk, hits) }
        }
    }
}

#[inline]
#[target_feature(enable = "avx2,popcnt,bmi1")]
fn run(code: impl FnOnce()) {
    code();
}

#[target_feature(enable = "avx2,popcnt,bmi1")]
fn list<const GROUPS: usize>(
    nibbles: &[[Nibbles; PLACES]; GROUPS],
    chunk: &[u8; CHUNK + PLACES - 1],
    hits: &mut [u64; CHUNK],
) -> usize {
    let mut tables = [[(_mm256_setzero_si256(), _mm256_setzero_si256()); PLACES]; GROUPS];
    for (tables, nibbles) in tables.iter_mut().zip(nibbles) {
        for (tables, nibbles) in tables.iter_mut().zip(nibbles) {
            *tables = (table(&nibbles.low), table(&nibbles.high));
        }
    }
    let mut count = 0;
    for start in (0..CHUNK).step_by(2 * WIDE) {
        let mut lists = [[[0; WIDE]; 2]; GROUPS];
        let mut places = 0;
        for half in 0..2 {
            let at = start + half * WIDE;
            let (Some(a), Some(b), Some(c)) = (
                chunk[at..].first_chunk(),
                chunk[at + 1..].first_chunk(),
                chunk[at + 2..].first_chunk(),
            ) else {
                return count;
            };
            let sets = buckets(&tables, [load(a), load(b), load(c)]);
            let mut any = sets[0];
            for (list, set) in lists.iter_mut().zip(sets) {
                list[half] = bytes(set);
                any = _mm256_or_si256(any, set);
            }
            let found = !mask(_mm256_cmpeq_epi8(any, _mm256_setzero_si256()));
            places |= u64::from(found) << (half * WIDE);
        }
        let found = places.count_ones() as usize;
        let mut listed = count;
        while let Some(together) = hits[listed..].first_chunk_mut::<TOGETHER>() {
            for hit in together {
                let place = places.trailing_zeros() as usize % (2 * WIDE);
                let mut buckets = u64::from(lists[0].as_flattened()[place]);
                if let Some(second) = lists.get(1) {
                    buckets |= u64::from(second.as_flattened()[place]) << 8;
                }
                *hit = (start + place) as u64 | buckets << 32;
                places &= places.wrapping_sub(1);
            }
            listed += TOGETHER;
            if places == 0 {
                break;
            }
        }
        count += found;
    }
    count
}
