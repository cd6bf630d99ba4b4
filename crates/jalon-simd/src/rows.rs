//! Kernels on a block of rows: `bits[row]` is the row's word of predicate bits.
//!
//! A bitmap has bit `row % 64` of word `row / 64` for each row; of its last word the bits beyond
//! the rows are zero. Slices that belong together should be equally long; where one is shorter,
//! the rows beyond it are left alone.

#[cfg(target_arch = "x86_64")]
use crate::x86::{Avx2, Avx512};

/// Runs a loop over rows, compiled for the vectors that the processor has.
#[inline]
pub(crate) fn vectors(run: impl FnOnce()) {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = Avx512::detect() {
        return avx512.run(run);
    } else if let Some(avx2) = Avx2::detect() {
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
    let done = match (Avx512::detect(), Avx2::detect()) {
        (Some(avx512), _) => {
            avx512.bitmap(whole, mask, want, not, first);
            true
        }
        (None, Some(avx2)) => {
            avx2.bitmap(whole, mask, want, not, first);
            true
        }
        (None, None) => false,
    };
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

/// Points for the rows whose word has `need` of the bits of `mask`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// Of the bits of `mask`, those that are set.
    pub need: u64,
    /// The bits that are looked at.
    pub mask: u64,
    /// What is added.
    pub points: i64,
}

/// Adds points of several kinds to the sums of rows; sums wrap around. Gives all bits that any row
/// has.
pub fn add_points(bits: &[u64], points: &[Points], sums: &mut [i64]) -> u64 {
    let rows = bits.len().min(sums.len());
    let (mut bits, mut sums) = (&bits[..rows], &mut sums[..rows]);
    let mut any = 0;
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = Avx512::detect() {
        let (whole, last) = bits.as_chunks();
        let (first, rest) = sums.as_chunks_mut();
        any = avx512.add_points(whole, points, first);
        (bits, sums) = (last, rest);
    }
    vectors(|| {
        any |= bits.iter().fold(0, |any, word| any | word);
        for Points { need, mask, points } in points {
            for (word, sum) in bits.iter().zip(&mut *sums) {
                let holds = word & mask == *need;
                *sum = sum.wrapping_add(points & i64::from(holds).wrapping_neg());
            }
        }
    });
    any
}

/// Adds to each total a sum, kept between limits; totals wrap around.
pub fn add_limited(sums: &[i64], (low, high): (i64, i64), totals: &mut [i64]) {
    vectors(|| {
        for (sum, total) in sums.iter().zip(totals) {
            *total = total.wrapping_add((*sum).max(low).min(high));
        }
    });
}

/// Keeps values between limits.
pub fn limit(values: &mut [i64], (low, high): (i64, i64)) {
    if (low, high) != (i64::MIN, i64::MAX) {
        vectors(|| values.iter_mut().for_each(|value| *value = (*value).max(low).min(high)));
    }
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

/// The least and the greatest of some values.
pub fn least_and_most(values: &[i32]) -> (i32, i32) {
    let mut found = (i32::MAX, i32::MIN);
    vectors(|| {
        let least = values.iter().fold(i32::MAX, |least, value| least.min(*value));
        let most = values.iter().fold(i32::MIN, |most, value| most.max(*value));
        found = (least, most);
    });
    found
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

/// Sets for each row the bits that the table has for its code, or those of `word` in the rows of a
/// bitmap; a code beyond the table sets none.
pub fn set_from_table<K: Key>(
    codes: &[K],
    table: &[u64],
    bitmap: &[u64],
    word: u64,
    bits: &mut [u64],
) {
    let rows = codes.len().min(bits.len()).min(64 * bitmap.len());
    let (codes, last_codes) = codes[..rows].as_chunks::<8>();
    let (bits, last) = bits[..rows].as_chunks_mut::<8>();
    let chosen = |index: usize| (bitmap[index / 8] >> (index % 8 * 8)) as u8;
    if !last.is_empty() {
        look_up(last_codes, table, (chosen(bits.len()), word), last);
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = Avx512::detect() {
        return avx512.run(|| {
            for (index, (codes, bits)) in codes.iter().zip(bits).enumerate() {
                let codes = codes.map(|code| code.index() as u64);
                avx512.set_from_table(&codes, table, (chosen(index), word), bits);
            }
        });
    }
    for (index, (codes, bits)) in codes.iter().zip(bits).enumerate() {
        look_up(codes, table, (chosen(index), word), bits);
    }
}

/// [`set_from_table`] of up to eight rows.
#[inline]
fn look_up<K: Key>(codes: &[K], table: &[u64], (chosen, word): (u8, u64), bits: &mut [u64]) {
    for ((code, bits), row) in codes.iter().zip(bits).zip(0_u32..) {
        let found = table.get(code.index()).copied().unwrap_or(0);
        let chosen = (u64::from(chosen) >> (row % 8) & 1).wrapping_neg();
        *bits |= found ^ ((found ^ word) & chosen);
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
