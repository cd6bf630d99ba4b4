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
    short: Memory<u128>,
    /// Texts of up to [`LONGEST`] bytes: all of them, once there was one that is not short.
    long: Memory<Long>,
    /// How many blocks are left to pass.
    pause: u32,
    next_pause: u32,
}

/// Bits by text; empty until one is learned.
#[derive(Clone, Debug, Default)]
struct Memory<K> {
    known: Option<Box<[(K, u64); PLACES]>>,
}

/// A text in full, as integers, with its length on top: two texts are never alike.
trait Key: Copy + PartialEq {
    /// Stands in a place that is free: no text is so long.
    const FREE: Self;

    /// Where it is kept, or beside.
    fn place(&self) -> usize;
}

/// A text of up to [`LONGEST`] bytes: its first sixteen, and the others.
type Long = [u128; 2];

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
        texts.each(rows, |row, bytes, text| {
            bits[row] |= if text.len() < SHORT && long.known.is_none() {
                let key = short_key(bytes, &text);
                short.find(key).unwrap_or_else(|| {
                    new += 1;
                    short.learn(key, judge(&bytes[text]))
                })
            } else if text.len() <= LONGEST {
                let key = long_key(bytes, &text);
                long.find(key).unwrap_or_else(|| {
                    new += 1;
                    long.learn(key, judge(&bytes[text]))
                })
            } else {
                new += 1;
                judge(&bytes[text])
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
fn short_key(bytes: &[u8], text: &Range<usize>) -> u128 {
    head(bytes, text.start, text.len()) | (text.len() as u128) << 120
}

#[inline]
fn long_key(bytes: &[u8], text: &Range<usize>) -> Long {
    let Range { start, end } = *text;
    let rest = (start + 16).min(end);
    let last = head(bytes, rest, end - rest) | (text.len() as u128) << 120;
    [head(bytes, start, text.len()), last]
}

impl Key for u128 {
    const FREE: u128 = u128::MAX;

    #[inline]
    fn place(&self) -> usize {
        place(*self as u64 ^ ((*self >> 64) as u64).rotate_left(23))
    }
}

impl Key for Long {
    const FREE: Long = [u128::MAX; 2];

    #[inline]
    fn place(&self) -> usize {
        let [first, last] = self.map(|half| half as u64 ^ ((half >> 64) as u64).rotate_left(23));
        place(first ^ last.rotate_left(11))
    }
}

/// Fibonacci hashing.
#[inline]
fn place(mixed: u64) -> usize {
    (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PLACES.trailing_zeros())) as usize
}

impl<K: Key> Memory<K> {
    /// What is known of a text, which stands at its place or at the one beside.
    #[inline]
    fn find(&self, key: K) -> Option<u64> {
        let known = self.known.as_ref()?;
        let at = |place: usize| Some(known[place]).filter(|(known, _)| *known == key);
        let place = key.place();
        at(place).or_else(|| at(place ^ 1)).map(|(_, bits)| bits)
    }

    /// Remembers the bits of a new text, at its place or, where only that is free, at the one
    /// beside.
    #[cold]
    fn learn(&mut self, key: K, bits: u64) -> u64 {
        let known = self.known.get_or_insert_with(|| Box::new([(K::FREE, 0); PLACES]));
        let place = key.place();
        let beside = known[place].0 != K::FREE && known[place ^ 1].0 == K::FREE;
        known[place ^ usize::from(beside)] = (key, bits);
        bits
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
