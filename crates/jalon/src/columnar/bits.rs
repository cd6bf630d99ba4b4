//! Bitmaps that begin anywhere.

/// A bitmap as column stores keep them: the least significant bit first.
#[derive(Clone, Copy, Debug)]
pub struct Bits<'a> {
    bytes: &'a [u8],
    /// Where the first bit is.
    offset: usize,
    len: usize,
}

impl<'a> Bits<'a> {
    /// `len` bits from the bit `offset` of some bytes; those beyond the bytes are clear.
    pub fn new(bytes: &'a [u8], offset: usize, len: usize) -> Bits<'a> {
        Bits { bytes, offset, len }
    }

    /// How many bits there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether a bit is set; false beyond the last.
    pub fn get(&self, index: usize) -> bool {
        let at = self.offset + index;
        index < self.len && self.bytes.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1)
    }

    /// Copies the bits from `start` on into words, as many as there is room for; those beyond
    /// the last bit are clear.
    pub(crate) fn words(&self, start: usize, words: &mut [u64]) {
        let at = self.offset + start;
        let whole = match self.bytes.get(at / 8..) {
            Some(bytes) if at.is_multiple_of(8) => bytes.as_chunks::<8>().0,
            _ => &[],
        };
        let whole = &whole[..whole.len().min(self.len.saturating_sub(start) / 64).min(words.len())];
        for (word, bytes) in words.iter_mut().zip(whole) {
            *word = u64::from_le_bytes(*bytes);
        }
        for (index, word) in words.iter_mut().enumerate().skip(whole.len()) {
            let first = start + index * 64;
            *word = if first < self.len { self.word(first) } else { 0 };
            let left = self.len.saturating_sub(first);
            if left < 64 {
                *word &= (1 << left) - 1;
            }
        }
    }

    /// The 64 bits from a bit on.
    fn word(&self, first: usize) -> u64 {
        let at = self.offset + first;
        let bytes = self.bytes.get(at / 8..).unwrap_or_default();
        let low = match bytes.first_chunk::<8>() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        };
        match at % 8 {
            0 => low,
            shift => low >> shift | u64::from(bytes.get(8).copied().unwrap_or(0)) << (64 - shift),
        }
    }
}

/// How many words hold so many bits.
pub(super) fn words_of(bits: usize) -> usize {
    bits.div_ceil(64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_the_bits_one_by_one(
            bytes in prop::collection::vec(any::<u8>(), 0..40),
            offset in 0_usize..20,
            len in 0_usize..300,
            start in 0_usize..100,
        ) {
            let bits = Bits::new(&bytes, offset, len);
            let mut words = [0; 4];
            bits.words(start, &mut words);
            for index in 0..256 {
                let expected = start + index < len && bits.get(start + index);
                prop_assert_eq!(words[index / 64] >> (index % 64) & 1 == 1, expected);
            }
        }
    }
}
