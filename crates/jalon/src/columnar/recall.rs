//! Texts that repeat within a column: what a source's tests say of each is asked once and then
//! remembered, as if the column were a dictionary.

use std::ops::Range;

use jalon_simd::{head, tail};

use super::column::{TextColumn, cell};

/// How many texts are remembered; a power of two.
const PLACES: usize = 512;

/// Longer texts are not remembered: their ends would not tell them apart.
const LONGEST: usize = 32;

/// A column of which more than one in so many texts are new to the memory hardly repeats.
const RARE: usize = 8;

/// Then so many blocks pass before it is tried again; twice as many each time.
const PAUSE: u32 = 8;
const LONGEST_PAUSE: u32 = 512;

/// A memory of short texts and of the bits that each sets.
#[derive(Clone, Debug, Default)]
pub(super) struct Recall {
    /// Texts of fewer than sixteen bytes: all of it, its length on top.
    short: Vec<(u128, u64)>,
    /// Texts of up to [`LONGEST`] bytes.
    long: Vec<(Long, u64)>,
    /// How many blocks are left to pass.
    pause: u32,
    next_pause: u32,
}

/// A text of sixteen bytes or more, by its two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Long {
    head: u128,
    tail: u128,
    length: usize,
}

/// Stands in a place that is free: no text is so long.
const NO_SHORT: u128 = u128::MAX;
const NO_LONG: Long = Long { head: 0, tail: 0, length: usize::MAX };

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
        self.short.clear();
        self.long.clear();
    }

    /// Sets the bits of each row's text; `judge` says those of a new one.
    pub(super) fn run(
        &mut self,
        texts: &TextColumn<'_>,
        rows: Range<usize>,
        bits: &mut [u64],
        mut judge: impl FnMut(&[u8]) -> u64,
    ) {
        if self.short.is_empty() {
            self.short = vec![(NO_SHORT, 0); PLACES];
            self.long = vec![(NO_LONG, 0); PLACES];
        }
        let mut new = 0;
        match texts {
            TextColumn::Small { offsets, bytes } => {
                let ends = &offsets[rows.start..=rows.end];
                for (ends, bits) in ends.windows(2).zip(bits) {
                    let (start, end) = (ends[0] as usize, ends[1] as usize);
                    *bits |= self.one(bytes, start..end, &mut new, &mut judge);
                }
            }
            TextColumn::Large { offsets, bytes } => {
                let ends = &offsets[rows.start..=rows.end];
                for (ends, bits) in ends.windows(2).zip(bits) {
                    let (start, end) = (ends[0] as usize, ends[1] as usize);
                    *bits |= self.one(bytes, start..end, &mut new, &mut judge);
                }
            }
            TextColumn::Cells { starts, stride, column, bytes } => {
                for (row, bits) in rows.clone().zip(bits) {
                    let (start, next) = cell(starts, row * stride + column);
                    *bits |= self.one(bytes, start..next - 1, &mut new, &mut judge);
                }
            }
            TextColumn::Views { views, .. } => {
                for (row, bits) in rows.clone().zip(bits) {
                    let view = views[row];
                    let length = view as u32 as usize;
                    let key = short_key(view >> 32, length);
                    let known = find(&self.short, short_place(key), key).filter(|_| length <= 12);
                    *bits |= known.unwrap_or_else(|| {
                        let mut inline = [0; 16];
                        let text = texts.get(row, &mut inline);
                        self.one(text, 0..text.len(), &mut new, &mut judge)
                    });
                }
            }
            TextColumn::Coded { .. } => {
                for (row, bits) in rows.clone().zip(bits) {
                    let mut inline = [0; 16];
                    let text = texts.get(row, &mut inline);
                    *bits |= self.one(text, 0..text.len(), &mut new, &mut judge);
                }
            }
        }
        if new * RARE > rows.len() {
            self.next_pause = (self.next_pause * 2).clamp(PAUSE, LONGEST_PAUSE);
            self.pause = self.next_pause + 1;
        } else {
            self.next_pause = 0;
        }
    }

    /// The bits of a text.
    #[inline]
    fn one(
        &mut self,
        bytes: &[u8],
        text: Range<usize>,
        new: &mut usize,
        judge: &mut impl FnMut(&[u8]) -> u64,
    ) -> u64 {
        let (start, length) = (text.start, text.len());
        if length > LONGEST || text.end > bytes.len() {
            *new += 1;
            return judge(bytes.get(text).unwrap_or_default());
        }
        let mut judge = || {
            *new += 1;
            judge(&bytes[text.clone()])
        };
        if length < SHORT {
            let key = short_key(head(bytes, start, length), length);
            let place = short_place(key);
            return find(&self.short, place, key)
                .unwrap_or_else(|| learn(&mut self.short, place, key, &NO_SHORT, &mut judge));
        }
        let key =
            Long { head: head(bytes, start, length), tail: tail(bytes, start, length), length };
        let place = long_place(&key);
        find(&self.long, place, key)
            .unwrap_or_else(|| learn(&mut self.long, place, key, &NO_LONG, &mut judge))
    }
}

/// A text of fewer than sixteen bytes, given them, and its length.
#[inline]
fn short_key(head: u128, length: usize) -> u128 {
    head | (length as u128) << 120
}

#[inline]
fn short_place(key: u128) -> usize {
    place(key as u64 ^ ((key >> 64) as u64).rotate_left(23))
}

#[inline]
fn long_place(key: &Long) -> usize {
    let fold = |end: u128| end as u64 ^ ((end >> 64) as u64).rotate_left(23);
    place(fold(key.head) ^ fold(key.tail).rotate_left(11))
}

/// Fibonacci hashing.
#[inline]
fn place(mixed: u64) -> usize {
    (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PLACES.trailing_zeros())) as usize
}

/// What is known of a text, which stands at its place or at the one beside.
#[inline]
fn find<K: Copy + PartialEq>(known: &[(K, u64)], place: usize, key: K) -> Option<u64> {
    let at = |place: usize| known.get(place).filter(|(known, _)| *known == key);
    at(place).or_else(|| at(place ^ 1)).map(|(_, bits)| *bits)
}

/// Remembers a new text, at its place or, where only that is free, at the one beside.
#[cold]
fn learn<K: PartialEq>(
    known: &mut [(K, u64)],
    place: usize,
    key: K,
    free: &K,
    judge: &mut impl FnMut() -> u64,
) -> u64 {
    let bits = judge();
    let beside = known[place].0 != *free && known[place ^ 1].0 == *free;
    known[place ^ usize::from(beside)] = (key, bits);
    bits
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
