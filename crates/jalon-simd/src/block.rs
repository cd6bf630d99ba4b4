//! Literals searched for in a block of texts that are laid end to end.
//!
//! Which vector holds a hit, how many, and how many texts lie between two of them cannot be
//! foretold: all of this is found out without a branch. Places where a literal may begin are
//! listed first; which text each belongs to is counted, not searched for.

use std::ops::Range;

use crate::literals::{Buckets, Literals};
#[cfg(target_arch = "x86_64")]
use crate::x86::Counting;

/// So many bytes are looked at before what was found in them is compared.
pub(crate) const CHUNK: usize = 512;

/// Literals, and the bits that each sets of a text in which it occurs.
///
/// ```
/// use jalon_simd::{Marker, TextRows};
/// let marker = Marker::new(&[(b"vp".as_slice(), 1), (b"ceo", 2)]).unwrap();
/// let mut bits = [0; 3];
/// // "v" and "p" stand in two texts.
/// marker.mark(b"ceo, vpv" , &[0, 7, 8, 8], &mut TextRows::default(), &mut bits);
/// assert_eq!(bits, [3, 0, 0]);
/// ```
#[derive(Clone, Debug)]
pub struct Marker {
    literals: Literals,
    /// By the number of a literal.
    marks: Vec<(u32, u64)>,
    /// By bucket, where each has a bucket for itself.
    alone: Vec<Alone>,
    #[cfg(target_arch = "x86_64")]
    vectors: Option<Counting>,
}

/// A literal that has a bucket for itself.
#[derive(Clone, Debug)]
struct Alone {
    /// The first sixteen bytes.
    head: u128,
    /// Which of them count.
    mask: u128,
    length: u32,
    bits: u64,
    /// Whether that is all of it.
    whole: bool,
}

/// Which text of a block a byte belongs to.
#[derive(Clone, Debug, Default)]
pub struct TextRows {
    /// Bit `p % 8` of byte `p / 8` for each place `p` where a text ends that is not empty. (Two
    /// texts seldom end in one byte: in words, each would wait for the one before.)
    ends: Vec<u8>,
    /// How many such ends are before each eight bytes.
    before: Vec<u32>,
    /// The row and the end of each text that is not empty; beyond the last, of none.
    texts: Vec<(u32, u32)>,
}

impl TextRows {
    /// Takes in the texts of a block; see [`Marker::mark`].
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "compiled for the vectors of the processor")]
    fn learn(&mut self, offsets: &[u32]) {
        let TextRows { ends, before, texts } = self;
        let last = offsets.last().copied().unwrap_or_default() as usize;
        ends.clear();
        ends.resize(last.max(CHUNK).next_multiple_of(CHUNK) / 8 + CHUNK / 8, 0);
        texts.clear();
        texts.resize(offsets.len() + 1, (0, 0));
        let mut count = 0;
        for (row, place) in (0_u32..).zip(offsets.windows(2)) {
            let (start, end) = (place[0], place[1]);
            let some = end > start;
            texts[count] = (row, end);
            if let Some(byte) = ends.get_mut(end as usize / 8) {
                *byte |= u8::from(some) << (end % 8);
            }
            count += usize::from(some);
        }
        texts[count] = (0, 0);
        before.clear();
        before.extend(ends.as_chunks().0.iter().scan(0, |before, word| {
            let so_far = *before;
            *before += u64::from_le_bytes(*word).count_ones();
            Some(so_far)
        }));
    }

    /// The row of the text that a byte belongs to, and where that ends; beyond the last text the
    /// end is 0.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "compiled for the vectors of the processor")]
    fn of(&self, position: usize) -> (u32, u32) {
        let (words, index) = (self.ends.as_chunks().0, position / 64);
        let (Some(word), Some(before)) = (words.get(index), self.before.get(index)) else {
            return (0, 0);
        };
        let up_to = u64::from_le_bytes(*word) & (u64::MAX >> (63 - position % 64));
        let index = (before + up_to.count_ones()) as usize;
        self.texts.get(index).copied().unwrap_or_default()
    }
}

impl Marker {
    /// Compiles literals with the bits that each sets; `None` for no literal, an empty one, or
    /// more than 64.
    pub fn new(literals: &[(&[u8], u64)]) -> Option<Marker> {
        let texts: Vec<&[u8]> = literals.iter().map(|(text, _)| *text).collect();
        let compiled = Literals::new(&texts)?;
        let alone = compiled.alone().unwrap_or_default();
        Some(Marker {
            alone: alone.iter().map(|index| Alone::new(literals[*index])).collect(),
            marks: literals.iter().map(|(text, bits)| (text.len() as u32, *bits)).collect(),
            literals: compiled,
            #[cfg(target_arch = "x86_64")]
            vectors: Counting::detect(),
        })
    }

    /// The same, by the portable code: what the vectors are compared with.
    #[doc(hidden)]
    #[must_use]
    #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
    pub fn portable(mut self) -> Marker {
        #[cfg(target_arch = "x86_64")]
        {
            self.vectors = None;
        }
        Marker { literals: self.literals.portable(), ..self }
    }

    /// Sets the bits of each text in which a literal occurs. Text `r` is the bytes from
    /// `offsets[r]` up to `offsets[r + 1]`; offsets rise from 0. After the last text there may be
    /// more, which is read where it is quicker so.
    pub fn mark(&self, bytes: &[u8], offsets: &[u32], rows: &mut TextRows, bits: &mut [u64]) {
        let end = offsets.last().map_or(0, |end| (*end as usize).min(bytes.len()));
        #[cfg(target_arch = "x86_64")]
        if let Some(vectors) = self.vectors {
            return vectors.run(|| {
                rows.learn(offsets);
                let start = self.mark_chunks(vectors, bytes, end, rows, bits);
                self.mark_rest(bytes, start..end, rows, bits);
            });
        }
        rows.learn(offsets);
        self.mark_rest(bytes, 0..end, rows, bits);
    }

    /// [`Marker::mark`] as far as there are whole chunks; how far.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "compiled for the vectors of the processor")]
    fn mark_chunks(
        &self,
        vectors: Counting,
        bytes: &[u8],
        end: usize,
        rows: &TextRows,
        bits: &mut [u64],
    ) -> usize {
        let (mut start, mut hits) = (0, [0; CHUNK]);
        while start < end
            && let Some(chunk) = bytes[start..].first_chunk()
        {
            let count = vectors.hits(self.literals.tables(), chunk, &mut hits);
            for hit in &hits[..count] {
                let (position, buckets) = (start + *hit as u32 as usize, (hit >> 32) as Buckets);
                self.judge(bytes, position, buckets, rows, bits);
            }
            start += CHUNK;
        }
        start
    }

    /// [`Marker::mark`] of texts that stand in a part of the bytes.
    fn mark_rest(&self, bytes: &[u8], part: Range<usize>, rows: &TextRows, bits: &mut [u64]) {
        let Some(text) = bytes.get(part.clone()) else { return };
        self.literals.each(text, |at, literal| self.set(part.start + at, literal, rows, bits));
    }

    /// Compares the literals of some buckets with what stands at a position.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "compiled for the vectors of the processor")]
    fn judge(
        &self,
        bytes: &[u8],
        position: usize,
        buckets: Buckets,
        rows: &TextRows,
        bits: &mut [u64],
    ) {
        if buckets & buckets.wrapping_sub(1) == 0
            && let Some(literal) = self.alone.get(buckets.trailing_zeros() as usize)
            && literal.whole
            && let Some(text) = bytes[position..].first_chunk()
        {
            let (row, end) = rows.of(position);
            let differ = (u128::from_le_bytes(*text) ^ literal.head) & literal.mask;
            let alike = u64::from(differ == 0);
            let passes = alike & u64::from(position as u32 + literal.length <= end);
            if let Some(word) = bits.get_mut(row as usize) {
                *word |= literal.bits & passes.wrapping_neg();
            }
        } else {
            self.literals.verify(bytes, bytes.len(), position, buckets, &mut |at, index| {
                self.set(at, index, rows, bits);
            });
        }
    }

    /// Sets the bits of a literal that was found, unless it reaches into the next text.
    #[inline]
    fn set(&self, position: usize, literal: usize, rows: &TextRows, bits: &mut [u64]) {
        let ((row, end), (length, mask)) = (rows.of(position), self.marks[literal]);
        if let (true, Some(word)) = (position as u32 + length <= end, bits.get_mut(row as usize)) {
            *word |= mask;
        }
    }
}

impl Alone {
    fn new((text, bits): (&[u8], u64)) -> Alone {
        let (first, rest) = text.split_at(text.len().min(16));
        let mut head = [0; 16];
        head[..first.len()].copy_from_slice(first);
        Alone {
            head: u128::from_le_bytes(head),
            mask: u128::MAX >> (128 - 8 * first.len()),
            length: text.len() as u32,
            bits,
            whole: rest.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests;
