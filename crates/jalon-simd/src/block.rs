//! Literals searched for in a block of texts that are laid end to end.
//!
//! Which vector holds a hit, how many, and how many texts lie between two of them cannot be
//! foretold: all of this is found out without a branch. Places where a literal may begin are
//! listed first, chunk by chunk; which text of a chunk each belongs to is counted, not searched for.

use std::ops::Range;

use crate::literals::{Buckets, Literals};
#[cfg(target_arch = "x86_64")]
use crate::x86::Counting;

/// So many bytes are looked at before what was found in them is compared.
pub(crate) const CHUNK: usize = 512;

/// Literals, and the bits that each sets of a text in which it occurs.
///
/// ```
/// let marker = jalon_simd::Marker::new(&[(b"vp".as_slice(), 1), (b"ceo", 2)]).unwrap();
/// let mut bits = [0; 3];
/// // "v" and "p" stand in two texts.
/// marker.mark(b"ceo, vpv" , &[0, 7, 8, 8], &mut bits);
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

/// The texts of a block from one on, of which a byte is looked for.
#[derive(Clone, Copy, Debug)]
struct Texts<'t> {
    /// The row of the first of them.
    row: usize,
    /// Where each of them ends.
    ends: &'t [u32],
}

/// So many texts are compared with a place together.
const TOGETHER: usize = 32;

impl Texts<'_> {
    /// All but those that end before a byte or at it.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "compiled for the vectors of the processor")]
    fn from(self, position: usize) -> Self {
        let (mut count, position) = (0, position as u32);
        for ends in self.ends.chunks(TOGETHER) {
            let mut here = 0_u32;
            let mut count_one = |end: &u32| here = here.wrapping_add(u32::from(*end <= position));
            match ends.first_chunk::<TOGETHER>() {
                Some(ends) => ends.iter().for_each(&mut count_one),
                None => ends.iter().for_each(&mut count_one),
            }
            count += here as usize;
            if (here as usize) < ends.len() {
                break;
            }
        }
        Texts { row: self.row + count, ends: self.ends.get(count..).unwrap_or_default() }
    }

    /// The row of the text that a byte belongs to, and where that ends; beyond the last text the
    /// end is 0.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "compiled for the vectors of the processor")]
    fn of(self, position: usize) -> (usize, u32) {
        let Texts { row, ends } = self.from(position);
        (row, ends.first().copied().unwrap_or_default())
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
    pub fn mark(&self, bytes: &[u8], offsets: &[u32], bits: &mut [u64]) {
        let end = offsets.last().map_or(0, |end| (*end as usize).min(bytes.len()));
        let texts = Texts { row: 0, ends: offsets.get(1..).unwrap_or_default() };
        #[cfg(target_arch = "x86_64")]
        if let Some(vectors) = self.vectors {
            return vectors.run(|| {
                let (start, texts) = self.mark_chunks(vectors, bytes, end, texts, bits);
                self.mark_rest(bytes, start..end, texts, bits);
            });
        }
        self.mark_rest(bytes, 0..end, texts, bits);
    }

    /// [`Marker::mark`] as far as there are whole chunks; how far, and the texts from there on.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "compiled for the vectors of the processor")]
    fn mark_chunks<'t>(
        &self,
        vectors: Counting,
        bytes: &[u8],
        end: usize,
        mut texts: Texts<'t>,
        bits: &mut [u64],
    ) -> (usize, Texts<'t>) {
        let (mut start, mut hits) = (0, [0; CHUNK]);
        while start < end
            && let Some(chunk) = bytes[start..].first_chunk()
        {
            texts = texts.from(start);
            let count = vectors.hits(self.literals.tables(), chunk, &mut hits);
            for hit in &hits[..count] {
                let (position, buckets) = (start + *hit as u32 as usize, (hit >> 32) as Buckets);
                self.judge(bytes, position, buckets, texts, bits);
            }
            start += CHUNK;
        }
        (start, texts)
    }

    /// [`Marker::mark`] of texts that stand in a part of the bytes.
    fn mark_rest(&self, bytes: &[u8], part: Range<usize>, mut texts: Texts<'_>, bits: &mut [u64]) {
        let Some(text) = bytes.get(part.clone()) else { return };
        self.literals.each(text, |at, literal| {
            texts = texts.from(part.start + at);
            self.set(part.start + at, literal, texts, bits);
        });
    }

    /// Compares the literals of some buckets with what stands at a position.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "compiled for the vectors of the processor")]
    fn judge(
        &self,
        bytes: &[u8],
        position: usize,
        buckets: Buckets,
        texts: Texts<'_>,
        bits: &mut [u64],
    ) {
        if buckets & buckets.wrapping_sub(1) == 0
            && let Some(literal) = self.alone.get(buckets.trailing_zeros() as usize)
            && literal.whole
            && let Some(text) = bytes[position..].first_chunk()
        {
            let (row, end) = texts.of(position);
            let differ = (u128::from_le_bytes(*text) ^ literal.head) & literal.mask;
            let alike = u64::from(differ == 0);
            let passes = alike & u64::from(position as u32 + literal.length <= end);
            if let Some(word) = bits.get_mut(row) {
                *word |= literal.bits & passes.wrapping_neg();
            }
        } else {
            self.literals.verify(bytes, bytes.len(), position, buckets, &mut |at, index| {
                self.set(at, index, texts, bits);
            });
        }
    }

    /// Sets the bits of a literal that was found, unless it reaches into the next text.
    #[inline]
    fn set(&self, position: usize, literal: usize, texts: Texts<'_>, bits: &mut [u64]) {
        let ((row, end), (length, mask)) = (texts.of(position), self.marks[literal]);
        if let (true, Some(word)) = (position as u32 + length <= end, bits.get_mut(row)) {
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
