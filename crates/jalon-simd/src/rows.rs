//! Kernels on a block of rows: `bits[row]` is the row's word of predicate bits.
//!
//! A bitmap has bit `row % 64` of word `row / 64` for each row; of its last word the bits beyond
//! the rows are zero. Slices that belong together should be equally long; where one is shorter,
//! the rows beyond it are left alone.

#[cfg(target_arch = "x86_64")]
use crate::x86::Avx2;

/// Runs a loop over rows, compiled for the vectors that the processor has.
#[inline]
pub(crate) fn vectors(run: impl FnOnce()) {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = Avx2::detect() {
        return avx2.run(run);
    }
    run();
}

/// The bitmap of the rows whose word has `want` of the bits of `mask`, turned over by `not`.
#[inline]
fn bitmap(bits: &[u64], mask: u64, want: u64, not: u64, out: &mut [u64]) {
    let (whole, last) = bits.as_chunks::<64>();
    let (first, rest) = out.split_at_mut(whole.len().min(out.len()));
    #[cfg(target_arch = "x86_64")]
    let done = Avx2::detect().map(|avx2| avx2.bitmap(whole, mask, want, not, first)).is_some();
    #[cfg(not(target_arch = "x86_64"))]
    let done = false;
    if !done {
        for (rows, out) in whole.iter().zip(first) {
            *out = word(rows, mask, want) ^ not;
        }
    }
    if let (false, Some(out)) = (last.is_empty(), rest.first_mut()) {
        *out = (word(last, mask, want) ^ not) & (u64::MAX >> (64 - last.len()));
    }
}

/// One word of a bitmap.
fn word(rows: &[u64], mask: u64, want: u64) -> u64 {
    let each = rows.iter().zip(0_u32..);
    each.fold(0, |word, (bits, row)| word | (u64::from(bits & mask == want) << (row % 64)))
}

/// The bitmap of the rows that have all bits of `need` and none of `forbid`.
pub fn select(bits: &[u64], need: u64, forbid: u64, out: &mut [u64]) {
    bitmap(bits, need | forbid, need, 0, out);
}

/// The bitmap of the rows that have any bit of `mask`.
pub fn select_any(bits: &[u64], mask: u64, out: &mut [u64]) {
    bitmap(bits, mask, 0, u64::MAX, out);
}

/// Adds points to the sums of the rows that have all bits of `need` and none of `forbid`; sums
/// wrap around.
pub fn add_points(bits: &[u64], need: u64, forbid: u64, points: i64, sums: &mut [i64]) {
    vectors(|| {
        for (word, sum) in bits.iter().zip(sums) {
            let holds = word & (need | forbid) == need;
            *sum = sum.wrapping_add(points & i64::from(holds).wrapping_neg());
        }
    });
}

/// Functions that set bits where a value is in an interval, by type of value.
macro_rules! set_between {
    ($($(#[$doc:meta])* $name:ident: $value:ty),+) => {$(
        $(#[$doc])*
        pub fn $name(values: &[$value], low: $value, high: $value, mask: u64, bits: &mut [u64]) {
            vectors(|| {
                for (value, word) in values.iter().zip(bits) {
                    let inside = (low <= *value) & (*value <= high);
                    *word |= mask & u64::from(inside).wrapping_neg();
                }
            });
        }
    )+};
}
set_between!(
    /// Sets the bits of `mask` where `low <= value <= high`.
    set_between: i64,
    /// [`set_between`] of 32-bit values.
    set_between_i32: i32,
    /// [`set_between`] of floating point: NaN is between no bounds.
    set_between_f64: f64
);

/// Whether all values are zero or from `low` to below `high` in absolute value.
pub fn all_within_f64(values: &[f64], low: f64, high: f64) -> bool {
    let mut outside = 0_u64;
    vectors(|| {
        for value in values {
            let size = value.abs();
            let usual = u64::from(low <= size) & u64::from(size < high);
            outside |= 1 & !(usual | u64::from(size == 0.0));
        }
    });
    outside == 0
}

/// A key of a table: what codes of dictionaries are.
pub trait Key: Copy {
    /// As an index; a negative key is beyond every table.
    fn index(self) -> usize;
}

macro_rules! keys {
    ($($key:ty),+) => {$(
        impl Key for $key {
            #[inline]
            fn index(self) -> usize {
                usize::try_from(self).unwrap_or(usize::MAX)
            }
        }
    )+};
}
keys!(u8, u16, u32, u64, i8, i16, i32, i64);

/// Sets for each row the bits that the table has for its code; a code beyond the table sets none.
pub fn set_from_table<K: Key>(codes: &[K], table: &[u64], bits: &mut [u64]) {
    for (code, word) in codes.iter().zip(bits) {
        *word |= table.get(code.index()).copied().unwrap_or(0);
    }
}

/// Sets the bits of `mask` in the rows of a bitmap.
pub fn set_where(bitmap: &[u64], mask: u64, bits: &mut [u64]) {
    each_row(bitmap, bits, |word, chosen| word | (mask & chosen));
}

/// Adds to the words of rows those of others, or `word` in the rows of a bitmap.
pub fn add_or_replace(bitmap: &[u64], word: u64, others: &[u64], bits: &mut [u64]) {
    vectors(|| {
        let add = |chosen: u64, others: &[u64], bits: &mut [u64]| {
            for ((other, bits), row) in others.iter().zip(bits).zip(0_u32..) {
                let chosen = ((chosen >> (row % 64)) & 1).wrapping_neg();
                *bits |= other ^ ((other ^ word) & chosen);
            }
        };
        let rows = bits.len().min(others.len());
        let (others, last_others) = others[..rows].as_chunks::<64>();
        let (bits, last) = bits[..rows].as_chunks_mut::<64>();
        let mut chosen = bitmap.iter();
        for ((bits, others), chosen) in bits.iter_mut().zip(others).zip(&mut chosen) {
            add(*chosen, others, bits);
        }
        if let Some(chosen) = chosen.next() {
            add(*chosen, last_others, last);
        }
    });
}

/// Changes the words of the rows that a bitmap has: `change` is given a word, and a word of ones
/// where the row is in the bitmap, else of zeros.
#[inline]
fn each_row(bitmap: &[u64], bits: &mut [u64], change: impl Fn(u64, u64) -> u64) {
    vectors(|| {
        let spread = |chosen: u64, rows: &mut [u64]| {
            for (word, row) in rows.iter_mut().zip(0_u32..) {
                *word = change(*word, ((chosen >> (row % 64)) & 1).wrapping_neg());
            }
        };
        let (whole, last) = bits.as_chunks_mut::<64>();
        let mut chosen = bitmap.iter();
        for (rows, chosen) in whole.iter_mut().zip(&mut chosen) {
            spread(*chosen, rows);
        }
        if let Some(chosen) = chosen.next() {
            spread(*chosen, last);
        }
    });
}

#[cfg(test)]
mod tests;
