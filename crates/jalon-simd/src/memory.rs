//! Short texts that are known again.

use std::ops::Range;

use crate::ends::{head, view_head};
#[cfg(target_arch = "x86_64")]
use crate::x86::Avx2;

/// The longest texts that are remembered.
pub(crate) const LONGEST: usize = 31;

/// How many texts are remembered; a power of two.
pub(crate) const PLACES: usize = 512;

/// A text as it is compared: zero beyond its end, and last its length, so that no two are alike.
pub(crate) type Key = [u8; LONGEST + 1];

/// A place that is free: no text is so long.
const FREE: Key = [u8::MAX; LONGEST + 1];

/// A memory of up to 512 texts of at most 31 bytes, and of the bits that each sets.
///
/// ```
/// use jalon_simd::Memory;
/// let mut memory = Memory::default();
/// memory.learn(b"ceo", 1);
/// memory.learn(b"vp", 2);
/// // A whole vector is read where each text begins.
/// let (mut bytes, ends) = (b"vpceointern".to_vec(), [0, 2, 5, 11]);
/// bytes.resize(64, 0);
/// let mut bits = [0; 3];
/// let known = memory.known(&bytes, |row| (ends[row], ends[row + 1]), &mut bits);
/// assert_eq!((known, bits), (2, [2, 1, 0]));
/// ```
#[derive(Clone, Debug)]
pub struct Memory {
    /// Nothing, until a text is learned.
    known: Option<Box<Known>>,
    /// Which place a text has.
    factor: u64,
    /// How often the factor may still change so that two texts have two places.
    changes: u32,
    #[cfg(target_arch = "x86_64")]
    avx2: Option<Avx2>,
}

/// What is known, by place.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) texts: [Key; PLACES],
    pub(crate) bits: [u64; PLACES],
    pub(crate) factor: u64,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory {
            known: None,
            // Fibonacci hashing.
            factor: 0x9E37_79B9_7F4A_7C15,
            changes: 16,
            #[cfg(target_arch = "x86_64")]
            avx2: Avx2::detect(),
        }
    }
}

impl Memory {
    /// Forgets every text.
    pub fn forget(&mut self) {
        self.known = None;
    }

    /// The same, by the portable code: what the vectors are compared with.
    #[doc(hidden)]
    #[must_use]
    #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
    pub fn portable(mut self) -> Memory {
        #[cfg(target_arch = "x86_64")]
        {
            self.avx2 = None;
        }
        self
    }

    /// Sets the bits of each row's text up to the first that is not known, or that has to be looked
    /// for by itself, since it begins less than 32 bytes before the end; how many rows that are. `place` says from where to where in `bytes` the text
    /// of a row stands.
    #[inline]
    pub fn known(
        &self,
        bytes: &[u8],
        place: impl Fn(usize) -> (usize, usize),
        bits: &mut [u64],
    ) -> usize {
        let Some(known) = &self.known else { return 0 };
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = self.avx2 {
            return avx2.known(known, bytes, place, bits);
        }
        let find = |row| {
            let (start, end) = place(row);
            known.find(&key(bytes, start..end)?)
        };
        each(bits, find)
    }

    /// [`Memory::known`] of texts for which Arrow's views stand.
    #[inline]
    pub fn known_views(&self, views: &[u128], buffers: &[&[u8]], bits: &mut [u64]) -> usize {
        let Some(known) = &self.known else { return 0 };
        let bits = bits.get_mut(..views.len()).unwrap_or_default();
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = self.avx2 {
            return avx2.known_views(known, views, buffers, bits);
        }
        each(bits, |row| known.find(&view_key(*views.get(row)?, buffers)?))
    }

    /// The bits of one text, if it is known.
    #[inline]
    pub fn find(&self, bytes: &[u8], text: Range<usize>) -> Option<u64> {
        self.known.as_ref()?.find(&key(bytes, text)?)
    }

    /// Remembers the bits of a new text, unless it is too long. Where another is at its place
    /// already, all are forgotten and find other places; in the end, when that was done often
    /// enough, it stands beside where that is free, or takes the place.
    #[cold]
    pub fn learn(&mut self, text: &[u8], bits: u64) {
        let Some(key) = key(text, 0..text.len()) else { return };
        let factor = self.factor;
        let known = self.known.get_or_insert_with(|| Box::new(Known::new(factor)));
        let mut place = known.place(&key);
        if known.texts[place] != FREE {
            if self.changes > 0 {
                self.changes -= 1;
                self.factor = factor.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(2) | 1;
                **known = Known::new(self.factor);
                place = known.place(&key);
            } else if known.texts[place ^ 1] == FREE {
                place ^= 1;
            }
        }
        known.texts[place] = key;
        known.bits[place] = bits;
    }
}

impl Known {
    fn new(factor: u64) -> Known {
        Known { texts: [FREE; PLACES], bits: [0; PLACES], factor }
    }

    /// Where a text is kept, or beside.
    #[inline]
    fn place(&self, key: &Key) -> usize {
        let (first, last) = halves(key);
        let mixed = first ^ last.rotate_left(32);
        self.place_of(mixed as u64, (mixed >> 64) as u64)
    }

    /// Where a text is kept whose halves mix to this.
    #[inline]
    pub(crate) fn place_of(&self, low: u64, high: u64) -> usize {
        let mixed = (low ^ high.rotate_left(29)).wrapping_mul(self.factor);
        (mixed >> (64 - PLACES.trailing_zeros())) as usize % PLACES
    }

    /// The bits of a text, which stands at its place or at the one beside.
    #[inline]
    fn find(&self, key: &Key) -> Option<u64> {
        let place = self.place(key);
        if same(&self.texts[place], key) {
            return Some(self.bits[place]);
        }
        same(&self.texts[place ^ 1], key).then(|| self.bits[place ^ 1])
    }
}

/// Sets bits row by row until nothing is found; how many rows had some.
fn each(bits: &mut [u64], find: impl Fn(usize) -> Option<u64>) -> usize {
    for (row, bits) in bits.iter_mut().enumerate() {
        match find(row) {
            Some(found) => *bits |= found,
            None => return row,
        }
    }
    bits.len()
}

#[inline]
fn halves(key: &Key) -> (u128, u128) {
    let (first, last) = key.split_at(16);
    let half = |half: &[u8]| half.first_chunk().map_or(0, |half| u128::from_le_bytes(*half));
    (half(first), half(last))
}

/// Whether two are the same; without a branch.
#[inline]
fn same(a: &Key, b: &Key) -> bool {
    let ((a, b), (c, d)) = (halves(a), halves(b));
    (a ^ c) | (b ^ d) == 0
}

/// A text as it is compared; `None` of one that is too long, or not there.
#[inline]
fn key(bytes: &[u8], text: Range<usize>) -> Option<Key> {
    if text.len() > LONGEST || text.start > text.end || text.end > bytes.len() {
        return None;
    }
    let rest = text.end.min(text.start + 16);
    let first = head(bytes, text.start, text.len());
    Some(joined(first, head(bytes, rest, text.end - rest), text.len()))
}

/// The same of the text that a view stands for.
#[inline]
fn view_key(view: u128, buffers: &[&[u8]]) -> Option<Key> {
    let length = view as u32 as usize;
    if length > LONGEST {
        return None;
    }
    Some(joined(view_head(view, buffers, 0)?, view_head(view, buffers, 16)?, length))
}

#[inline]
fn joined(first: u128, last: u128, length: usize) -> Key {
    let mut key = [0; LONGEST + 1];
    key[..16].copy_from_slice(&first.to_le_bytes());
    key[16..].copy_from_slice(&(last | (length as u128) << 120).to_le_bytes());
    key
}

#[cfg(test)]
mod tests;
