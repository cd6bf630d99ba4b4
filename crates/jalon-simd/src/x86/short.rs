//! One look at a short text.

#[allow(clippy::wildcard_imports, reason = "the names all begin with `_mm`")]
use std::arch::x86_64::*;

use super::{Avx2, Avx512, COPY, Found, LATIN, load, load_short, low, small};
use crate::letters::{LEAD, Letters, SHARP_S};
use crate::short::{LONGEST, Short};

impl Avx512 {
    /// [`Short::marks`] of a text of at most 32 bytes.
    #[inline]
    pub(crate) fn marks(self, short: &Short, text: &[u8], case_sensitive: bool) -> Option<u64> {
        if case_sensitive {
            // SAFETY: `self` proves that the processor has what is needed.
            unsafe { marks_512::<COPY>(short, text) }
        } else {
            // SAFETY: `self` proves that the processor has what is needed.
            unsafe { marks_512::<LATIN>(short, text) }
        }
    }
}

impl Avx2 {
    /// [`Short::marks`] of a text of at most 32 bytes.
    #[inline]
    pub(crate) fn marks(self, short: &Short, text: &[u8], case_sensitive: bool) -> Option<u64> {
        if case_sensitive {
            // SAFETY: `self` proves that the processor has AVX2.
            unsafe { marks::<COPY>(short, text) }
        } else {
            // SAFETY: `self` proves that the processor has AVX2.
            unsafe { marks::<LATIN>(short, text) }
        }
    }
}

#[target_feature(enable = "avx2")]
fn marks<const WRITE: u8>(short: &Short, text: &[u8]) -> Option<u64> {
    let vector = load_short(text);
    let mut found = Found::default();
    found.look(vector, low(text.len()));
    let (letters, sharp) = found.letters();
    let unusual = letters == Letters::Other || (sharp && WRITE == LATIN);
    passed(short, small::<WRITE>(vector), unusual)
}

/// [`marks()`] with masks in registers of their own. (They could load a text of any length at once.
/// But such a load gets nothing ahead from memory: texts that were in no cache took four times as
/// long, and an empty one, which stands nowhere, hundreds of cycles.)
#[target_feature(enable = "avx2,avx512f,avx512bw,avx512vl,bmi2")]
fn marks_512<const WRITE: u8>(short: &Short, text: &[u8]) -> Option<u64> {
    let bytes = |byte: u8| _mm256_set1_epi8(byte.cast_signed());
    let live = _bzhi_u32(u32::MAX, text.len().min(LONGEST) as u32);
    let vector = load_short(text);
    // Bytes from 0x80 are negative.
    let unusual = _mm256_mask_cmple_epi8_mask(live, vector, bytes(0x1F));
    let leads = _mm256_cmpeq_epi8_mask(vector, bytes(LEAD));
    let seconds = _mm256_cmplt_epi8_mask(vector, bytes(0xC0));
    let follow = u64::from(leads) << 1;
    let mut other = u64::from(unusual & !(leads | seconds)) | (u64::from(seconds) ^ follow);
    let mut folded = vector;
    if WRITE == LATIN {
        other |= u64::from(_mm256_cmpeq_epi8_mask(vector, bytes(SHARP_S)));
        let ascii = _mm256_sub_epi8(vector, bytes(b'A'));
        let ascii = _mm256_cmplt_epu8_mask(ascii, bytes(26));
        let latin = _mm256_mask_cmpneq_epi8_mask(seconds, vector, bytes(0x97));
        let latin = _mm256_mask_cmplt_epi8_mask(latin, vector, bytes(SHARP_S));
        folded = _mm256_mask_add_epi8(vector, ascii | latin, vector, bytes(0x20));
    }
    passed(short, folded, other != 0)
}

/// The marks of what a folded text passes, unless it has to be looked at otherwise.
#[inline]
#[target_feature(enable = "avx2")]
fn passed(short: &Short, folded: __m256i, unusual: bool) -> Option<u64> {
    let half = _mm256_castsi256_si128(folded);
    let first = _mm_cvtsi128_si64(half).cast_unsigned();
    let second = _mm_extract_epi64::<1>(half).cast_unsigned();
    if unusual || first as u8 == b' ' {
        return None;
    }
    let entry = short.table.entry(first, second)?;
    let differ = _mm256_xor_si256(folded, load(&entry.text));
    let mut marks = entry.marks[_mm256_testz_si256(differ, differ) as usize % 2];
    for start in &short.starts {
        let differ = _mm256_xor_si256(folded, load(&start.entry.text));
        let begins = _mm256_testz_si256(differ, load(&start.mask));
        marks |= start.entry.marks[begins as usize % 2];
    }
    Some(marks)
}
