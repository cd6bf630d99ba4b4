//! Texts that repeat within a column: what a source's tests say of each is asked once and then
//! remembered, as if the column were a dictionary.

use std::ops::Range;

use jalon_simd::head;

use super::column::TextColumn;

/// How many texts are remembered; a power of two.
const PLACES: usize = 512;

/// Longer texts are not remembered.
const LONGEST: usize = 31;

/// A column of which more than one in so many texts are new to the memory hardly repeats.
const RARE: usize = 8;

/// Then so many blocks pass before it is tried again; twice as many each time.
const PAUSE: u32 = 8;
const LONGEST_PAUSE: u32 = 512;

/// A memory of short texts and of the bits that each sets.
#[derive(Clone, Debug, Default)]
pub(super) struct Recall {
    /// Texts of fewer than sixteen bytes.
    short: Memory<2>,
    /// Texts of up to [`LONGEST`] bytes: all of them, once there was one that is not short.
    long: Memory<4>,
    /// How many blocks are left to pass.
    pause: u32,
    next_pause: u32,
}

/// Bits by text, which stands as words of eight bytes; empty until one is learned.
#[derive(Clone, Debug)]
struct Memory<const WORDS: usize> {
    known: Option<Box<[Known<WORDS>; PLACES]>>,
    /// Which place a text has.
    factor: u64,
    /// How often the factor may still change so that two texts have two places.
    changes: u32,
}

impl<const WORDS: usize> Default for Memory<WORDS> {
    fn default() -> Memory<WORDS> {
        // Fibonacci hashing.
        Memory { known: None, factor: 0x9E37_79B9_7F4A_7C15, changes: 16 }
    }
}

#[derive(Clone, Copy, Debug)]
struct Known<const WORDS: usize> {
    /// A text and on top its length, so that no two are alike.
    text: [u64; WORDS],
    bits: u64,
}

/// Below this length a text and its length take sixteen bytes.
const SHORT: usize = 16;

impl Recall {
    /// Whether the column is worth the attempt now.
    pub(super) fn is_ready(&mut self) -> bool {
        self.pause = self.pause.saturating_sub(1);
        self.pause == 0
    }

    /// Forgets every text: what is known was said under another clock.
    pub(super) fn forget(&mut self) {
        self.short.known = None;
        self.long.known = None;
    }

    /// Sets the bits of each row's text; `judge` says those of a new one.
    pub(super) fn run(
        &mut self,
        texts: &TextColumn<'_>,
        rows: Range<usize>,
        bits: &mut [u64],
        mut judge: impl FnMut(&[u8]) -> u64,
    ) {
        let Recall { short, long, .. } = self;
        let (count, mut new) = (rows.len(), 0);
        let mut all_short = long.known.is_none();
        texts.each(rows, |row, bytes, text| {
            let mut ask = || {
                new += 1;
                judge(&bytes[text.clone()])
            };
            bits[row] |= if text.len() < SHORT && all_short {
                short.find_or_learn(&short_key(bytes, &text), ask)
            } else if text.len() <= LONGEST {
                all_short = false;
                long.find_or_learn(&long_key(bytes, &text), ask)
            } else {
                ask()
            };
        });
        if new * RARE > count {
            self.next_pause = (self.next_pause * 2).clamp(PAUSE, LONGEST_PAUSE);
            self.pause = self.next_pause + 1;
        } else {
            self.next_pause = 0;
        }
    }
}

/// A text of fewer than sixteen bytes, and its length.
#[inline]
fn short_key(bytes: &[u8], text: &Range<usize>) -> [u64; 2] {
    let head = head(bytes, text.start, text.len());
    [head as u64, (head >> 64) as u64 | (text.len() as u64) << 56]
}

/// A text of up to [`LONGEST`] bytes, and its length.
#[inline]
fn long_key(bytes: &[u8], text: &Range<usize>) -> [u64; 4] {
    let rest = text.end.min(text.start + 16);
    let (first, last) = (head(bytes, text.start, text.len()), head(bytes, rest, text.end - rest));
    let length = (text.len() as u64) << 56;
    [first as u64, (first >> 64) as u64, last as u64, (last >> 64) as u64 | length]
}

impl<const WORDS: usize> Known<WORDS> {
    /// A place that is free: no text is so long.
    const FREE: Known<WORDS> = Known { text: [u64::MAX; WORDS], bits: 0 };

    /// Whether this is the text; without a branch.
    #[inline]
    fn is(&self, text: &[u64; WORDS]) -> bool {
        self.text.iter().zip(text).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
    }
}

impl<const WORDS: usize> Memory<WORDS> {
    /// Where a text is kept, or beside.
    #[inline]
    fn place(&self, text: &[u64; WORDS]) -> usize {
        let mixed = text.iter().fold(0, |mixed: u64, word| mixed.rotate_left(23) ^ word);
        (mixed.wrapping_mul(self.factor) >> (64 - PLACES.trailing_zeros())) as usize
    }

    /// What is known of a text, which stands at its place or at the one beside.
    #[inline]
    fn find(&self, text: &[u64; WORDS]) -> Option<u64> {
        let known = self.known.as_ref()?;
        let place = self.place(text);
        let first = &known[place];
        if first.is(text) {
            return Some(first.bits);
        }
        let beside = &known[place ^ 1];
        beside.is(text).then_some(beside.bits)
    }

    /// What is known of a text, or what `ask` says of it, from now on known.
    #[inline]
    fn find_or_learn(&mut self, text: &[u64; WORDS], ask: impl FnOnce() -> u64) -> u64 {
        if let Some(bits) = self.find(text) {
            return bits;
        }
        let bits = ask();
        self.learn(text, bits);
        bits
    }

    /// Remembers the bits of a new text at its place. Where another is there already, all are
    /// forgotten and find other places; in the end, when that was done often enough, it stands
    /// beside where that is free.
    #[cold]
    fn learn(&mut self, text: &[u64; WORDS], bits: u64) {
        let mut place = self.place(text);
        let free = |known: &Known<WORDS>| known.is(&Known::<WORDS>::FREE.text);
        let known = self.known.get_or_insert_with(|| Box::new([Known::FREE; PLACES]));
        if !free(&known[place]) {
            if self.changes > 0 {
                self.changes -= 1;
                self.factor = self.factor.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(2) | 1;
                known.fill(Known::FREE);
                place = self.place(text);
            } else if free(&known[place ^ 1]) {
                place ^= 1;
            }
        }
        if let Some(known) = &mut self.known {
            known[place] = Known { text: *text, bits };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text's number, as bits.
    fn number(text: &[u8]) -> u64 {
        std::str::from_utf8(text).unwrap().bytes().fold(7, |n, b| n * 31 % 1_000_003 + u64::from(b))
    }

    fn check(texts: &[String]) {
        let bytes: Vec<u8> = texts.iter().flat_map(|text| text.bytes()).collect();
        let ends = texts.iter().scan(0, |end, text| {
            *end += text.len() as i32;
            Some(*end)
        });
        let offsets: Vec<i32> = std::iter::once(0).chain(ends).collect();
        let column = TextColumn::Small { offsets: &offsets, bytes: &bytes };
        let mut recall = Recall::default();
        for _ in 0..3 {
            let mut bits = vec![0; texts.len()];
            recall.run(&column, 0..texts.len(), &mut bits, number);
            for (text, bits) in texts.iter().zip(bits) {
                assert_eq!(bits, number(text.as_bytes()), "{text:?}");
            }
        }
    }

    #[test]
    fn a_memory_never_mixes_texts_up() {
        let texts = (0..2_000).map(|i| match i % 5 {
            0 => "x".repeat(i % 40),
            1 => format!("{}{}", "é".repeat(i % 17), i % 300),
            2 => format!("Directeur général {}", i % 7),
            3 => format!("{:>width$}", i, width = i % 36),
            _ => String::new(),
        });
        check(&texts.collect::<Vec<_>>());
    }

    #[test]
    fn a_column_that_does_not_repeat_is_left_alone_for_a_while() {
        let texts: Vec<String> = (0..1_000).map(|i| format!("unique {i}")).collect();
        let lent: Vec<Vec<u8>> = texts.iter().map(|text| text.clone().into_bytes()).collect();
        let bytes = lent.concat();
        let ends = lent.iter().scan(0, |end, text| {
            *end += text.len() as i64;
            Some(*end)
        });
        let offsets: Vec<i64> = std::iter::once(0).chain(ends).collect();
        let column = TextColumn::Large { offsets: &offsets, bytes: &bytes };
        let mut recall = Recall::default();
        assert!(recall.is_ready());
        recall.run(&column, 0..1_000, &mut [0; 1_000], number);
        let waited = (0..100).take_while(|_| !recall.is_ready()).count();
        assert_eq!(waited, PAUSE as usize);
    }
}
