//! One look at a short text.

#[allow(clippy::wildcard_imports, reason = "the names all begin with `_mm`")]
use std::arch::x86_64::*;

use super::{Avx2, COPY, Found, LATIN, load, load_short, low, mask, small};
use crate::letters::Letters;
use crate::short::Short;

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
    let folded = small::<WRITE>(vector);
    let half = _mm256_castsi256_si128(folded);
    let first = _mm_cvtsi128_si64(half).cast_unsigned();
    let second = _mm_extract_epi64::<1>(half).cast_unsigned();
    if (letters == Letters::Other) | (sharp & (WRITE == LATIN)) | (first as u8 == b' ') {
        return None;
    }
    let entry = short.table.entry(first, second)?;
    let equal = mask(_mm256_cmpeq_epi8(folded, load(&entry.text))) == u32::MAX;
    let mut marks = if equal { entry.marks } else { 0 };
    for start in &short.starts {
        let differ = _mm256_xor_si256(folded, load(&start.entry.text));
        let begins = _mm256_testz_si256(differ, load(&start.mask)) == 1;
        marks |= if begins { start.entry.marks } else { 0 };
    }
    Some(marks)
}
