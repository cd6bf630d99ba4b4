//! Rows in vectors of 64 bytes.

#[allow(clippy::wildcard_imports, reason = "the names all begin with `_mm`")]
use std::arch::x86_64::*;

use crate::rows::Points;

/// Proof that the processor has AVX-512 with bytes, with vectors of 32 bytes, and what came before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx512(());

impl Avx512 {
    /// The proof, where there is one.
    #[inline]
    pub(crate) fn detect() -> Option<Avx512> {
        let all = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt");
        all.then_some(Avx512(()))
    }

    /// Runs code compiled for this, as far as it is inlined.
    #[inline]
    pub(crate) fn run(self, code: impl FnOnce()) {
        // SAFETY: `self` proves that the processor has what is needed.
        unsafe { run(code) }
    }

    /// [`crate::add_points`]
    #[inline]
    pub(crate) fn add_points(
        self,
        bits: &[Rows<u64>],
        points: &[Points],
        sums: &mut [Rows<i64>],
    ) -> u64 {
        // SAFETY: `self` proves that the processor has what is needed.
        unsafe { add_points(bits, points, sums) }
    }

    /// [`crate::set_from_table`] of eight rows.
    #[inline]
    pub(crate) fn set_from_table(
        self,
        codes: &[u64; 8],
        table: &[u64],
        (chosen, word): (u8, u64),
        bits: &mut [u64; 8],
    ) {
        // SAFETY: `self` proves that the processor has what is needed.
        unsafe { set_from_table(codes, table, (chosen, word), bits) }
    }

    /// For each 64 rows the word of those that have `want` of the bits of `mask`, turned over by
    /// `not`.
    #[inline]
    pub(crate) fn bitmap(
        self,
        rows: &[[u64; 64]],
        mask: u64,
        want: u64,
        not: u64,
        out: &mut [u64],
    ) {
        for (rows, out) in rows.iter().zip(out) {
            // SAFETY: `self` proves that the processor has what is needed.
            *out = unsafe { equal(rows, mask, want) } ^ not;
        }
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,popcnt")]
fn run(code: impl FnOnce()) {
    code();
}

/// So many vectors of rows are kept in registers while points are added to them.
const TOGETHER: usize = 4;

/// Rows that are run together.
type Rows<T> = [T; 8 * TOGETHER];

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,popcnt")]
fn add_points(bits: &[Rows<u64>], points: &[Points], sums: &mut [Rows<i64>]) -> u64 {
    let mut any = _mm512_setzero_si512();
    for (bits, sums) in bits.iter().zip(sums) {
        let (bits, sums) = (bits.as_ptr(), sums.as_mut_ptr());
        let mut words = [_mm512_setzero_si512(); TOGETHER];
        let mut added = words;
        for index in 0..TOGETHER {
            // SAFETY: both are `TOGETHER` times eight numbers; the loads need no alignment.
            unsafe {
                words[index] = _mm512_loadu_epi64(bits.add(8 * index).cast());
                added[index] = _mm512_loadu_epi64(sums.add(8 * index));
            }
            any = _mm512_or_si512(any, words[index]);
        }
        for Points { need, mask, points } in points {
            let need = _mm512_set1_epi64(need.cast_signed());
            let mask = _mm512_set1_epi64(mask.cast_signed());
            let points = _mm512_set1_epi64(*points);
            for (word, sum) in words.iter().zip(&mut added) {
                let hold = _mm512_cmpeq_epi64_mask(_mm512_and_si512(*word, mask), need);
                *sum = _mm512_mask_add_epi64(*sum, hold, *sum, points);
            }
        }
        for (index, sum) in added.iter().enumerate() {
            // SAFETY: the sums are `TOGETHER` times eight numbers; the store needs no alignment.
            unsafe { _mm512_storeu_epi64(sums.add(8 * index), *sum) };
        }
    }
    _mm512_reduce_or_epi64(any).cast_unsigned()
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,popcnt")]
fn set_from_table(codes: &[u64; 8], table: &[u64], (chosen, word): (u8, u64), bits: &mut [u64; 8]) {
    // SAFETY: both are eight numbers, and no load or store needs alignment; of the table only places
    // below its length are read.
    unsafe {
        let codes = _mm512_loadu_epi64(codes.as_ptr().cast());
        let length = _mm512_set1_epi64(table.len() as i64);
        let word = _mm512_maskz_set1_epi64(chosen, word.cast_signed());
        let known = _mm512_mask_cmplt_epu64_mask(!chosen, codes, length);
        let found = _mm512_mask_i64gather_epi64::<8>(word, known, codes, table.as_ptr().cast());
        let found = _mm512_or_si512(found, _mm512_loadu_epi64(bits.as_ptr().cast()));
        _mm512_storeu_epi64(bits.as_mut_ptr().cast(), found);
    }
}

/// Which of 64 rows have `want` of the bits of `mask`.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,popcnt")]
fn equal(rows: &[u64; 64], mask: u64, want: u64) -> u64 {
    let mask = _mm512_set1_epi64(mask.cast_signed());
    let want = _mm512_set1_epi64(want.cast_signed());
    let (eights, _) = rows.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |word, (index, eight)| {
        // SAFETY: the reference is to 64 readable bytes; the load needs no alignment.
        let eight = unsafe { _mm512_loadu_epi64(eight.as_ptr().cast()) };
        let equal = _mm512_cmpeq_epi64_mask(_mm512_and_si512(eight, mask), want);
        word | u64::from(equal) << (8 * index)
    })
}
