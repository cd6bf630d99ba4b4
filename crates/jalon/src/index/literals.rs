//! Which of the literals of a field a text equals, starts with, ends with or contains.
//!
//! The cost of a text grows with its length, not with the number of literals: equality is one
//! look-up, starts and ends are one for each distinct length, and what is contained is found by
//! four bytes that each literal chose to be known by.

use rustc_hash::FxHashMap;

use super::intern::Interner;

/// The literals of one field.
#[derive(Clone, Debug, Default)]
pub(super) struct Literals {
    equal: Known,
    starts: Affixes,
    ends: Affixes,
    contains: Grams,
}

/// Literals of one test, and the number that each has among all literals of the index.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) texts: Interner,
    pub(super) numbers: Vec<u32>,
}

#[derive(Clone, Debug, Default)]
struct Affixes {
    known: Known,
    /// The distinct lengths of the literals.
    lengths: Vec<usize>,
}

/// Literals found by a gram: four of their bytes that few others have, or all of a shorter one.
#[derive(Clone, Debug, Default)]
struct Grams {
    known: Known,
    /// Bits of the hashes of grams; most places of a text stop here.
    filter: Vec<u64>,
    shift: u32,
    /// Where the entries of a gram start and end.
    places: FxHashMap<u32, (u32, u32)>,
    /// Literals with the offset of their gram.
    entries: Vec<(u32, u32)>,
    /// For lengths below four: the literals themselves, and whether there are any.
    short: [bool; 4],
}

impl Literals {
    /// Of literals by test: equal, contains, starts, ends.
    pub(super) fn new([equal, contains, starts, ends]: [Known; 4]) -> Literals {
        let (starts, ends) = (Affixes::new(starts), Affixes::new(ends));
        Literals { equal, starts, ends, contains: Grams::new(contains) }
    }

    /// Calls `hit` with the number of each literal whose test a folded text passes; with one
    /// that it contains perhaps more than once.
    #[inline]
    pub(super) fn each(&self, text: &[u8], hit: &mut impl FnMut(u32)) {
        self.equal(text, hit);
        for length in &self.starts.lengths {
            if let Some(start) = text.get(..*length) {
                self.starts.known.hit(start, hit);
            }
        }
        for length in &self.ends.lengths {
            if *length <= text.len() {
                self.ends.known.hit(&text[text.len() - length..], hit);
            }
        }
        self.contains.each(text, hit);
    }

    /// Likewise, by equality alone.
    #[inline]
    pub(super) fn equal(&self, text: &[u8], hit: &mut impl FnMut(u32)) {
        self.equal.hit(text, hit);
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        let known = [&self.equal, &self.starts.known, &self.ends.known, &self.contains.known];
        known.iter().all(|known| known.numbers.is_empty())
    }

    /// How many bytes they take.
    pub(super) fn size(&self) -> usize {
        let known = [&self.equal, &self.starts.known, &self.ends.known, &self.contains.known];
        let texts: usize =
            known.iter().map(|known| known.texts.size() + 4 * known.numbers.capacity()).sum();
        let grams = &self.contains;
        texts + 8 * grams.filter.len() + 13 * grams.places.capacity() + 8 * grams.entries.len()
    }
}

impl Known {
    #[inline]
    fn hit(&self, text: &[u8], hit: &mut impl FnMut(u32)) {
        if let Some(local) = self.texts.get(text) {
            hit(self.numbers[local as usize]);
        }
    }

    /// The number of a literal; `next` is what a new one gets.
    pub(super) fn add(&mut self, text: &[u8], next: u32) -> Option<u32> {
        let local = self.texts.add(text)? as usize;
        if local == self.numbers.len() {
            self.numbers.push(next);
        }
        Some(self.numbers[local])
    }
}

impl Affixes {
    fn new(known: Known) -> Affixes {
        let mut lengths: Vec<usize> =
            (0..known.texts.len() as u32).map(|id| known.texts.text(id).len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Affixes { known, lengths }
    }
}

/// The four bytes from a place.
fn gram(text: &[u8], place: usize) -> Option<u32> {
    text.get(place..).and_then(|rest| rest.first_chunk::<4>()).map(|four| u32::from_le_bytes(*four))
}

impl Grams {
    fn new(known: Known) -> Grams {
        let mut grams = Grams::default();
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        let texts = &known.texts;
        for id in 0..texts.len() as u32 {
            let text = texts.text(id);
            if text.len() < 4 {
                grams.short[text.len()] = true;
            }
            for place in 0..text.len().saturating_sub(3) {
                *counts.entry(gram(text, place).unwrap_or(0)).or_default() += 1;
            }
        }
        let mut chosen: Vec<(u32, u32, u32)> = Vec::new();
        for id in 0..texts.len() as u32 {
            let text = texts.text(id);
            let places = (0..text.len().saturating_sub(3)).filter_map(|place| {
                let gram = gram(text, place)?;
                Some((counts.get(&gram).copied().unwrap_or(0), gram, place as u32))
            });
            if let Some((_, gram, place)) = places.min() {
                chosen.push((gram, id, place));
            }
        }
        chosen.sort_unstable();
        let bits = (16 * chosen.len()).next_power_of_two().max(64);
        grams.shift = 64 - bits.ilog2();
        grams.filter = vec![0; if chosen.is_empty() { 0 } else { bits / 64 }];
        for (index, (gram, id, place)) in chosen.iter().enumerate() {
            let bit = grams.bit(*gram);
            grams.filter[bit / 64] |= 1 << (bit % 64);
            let entry = grams.places.entry(*gram).or_insert((index as u32, index as u32));
            entry.1 = index as u32 + 1;
            grams.entries.push((*id, *place));
        }
        grams.known = known;
        grams
    }

    #[inline]
    fn bit(&self, gram: u32) -> usize {
        (u64::from(gram).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize
    }

    #[inline]
    fn each(&self, text: &[u8], hit: &mut impl FnMut(u32)) {
        if !self.filter.is_empty() {
            for (place, window) in text.windows(4).enumerate() {
                let gram = u32::from_le_bytes([window[0], window[1], window[2], window[3]]);
                let bit = self.bit(gram);
                if self.filter[bit / 64] >> (bit % 64) & 1 == 1 {
                    self.verify(gram, text, place, hit);
                }
            }
        }
        for length in 1..4 {
            if self.short[length] {
                text.windows(length).for_each(|window| self.known.hit(window, hit));
            }
        }
    }

    #[inline(never)]
    fn verify(&self, gram: u32, text: &[u8], place: usize, hit: &mut impl FnMut(u32)) {
        let Some((start, end)) = self.places.get(&gram) else { return };
        for (id, offset) in &self.entries[*start as usize..*end as usize] {
            let from = place.checked_sub(*offset as usize);
            let literal = self.known.texts.text(*id);
            if from.is_some_and(|from| text[from..].starts_with(literal)) {
                hit(self.known.numbers[*id as usize]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::text::LiteralTest;

    const TESTS: [LiteralTest; 4] =
        [LiteralTest::Equal, LiteralTest::Contains, LiteralTest::Starts, LiteralTest::Ends];

    proptest! {
        #[test]
        fn they_find_what_each_alone_finds(
            literals in prop::collection::vec((0..4_usize, "[a-cé]{1,7}"), 0..80),
            text in "[a-cé]{0,20}",
        ) {
            let mut known: [Known; 4] = Default::default();
            let mut numbers = 0;
            let mut numbered = Vec::new();
            for (test, literal) in &literals {
                let number = known[*test].add(literal.as_bytes(), numbers).unwrap();
                numbers = numbers.max(number + 1);
                numbered.push((number, TESTS[*test], literal));
            }
            let mut hits = Vec::new();
            Literals::new(known).each(text.as_bytes(), &mut |hit| hits.push(hit));
            for (number, test, literal) in numbered {
                prop_assert_eq!(hits.contains(&number), test.passes(&text, literal));
            }
        }
    }
}
