//! The tests on the texts of one source, for a block of texts at once.

use jalon_simd::{Marker, Start, head, tail};

use super::text::Texts;
use crate::plan::kernel::TextTests;
use crate::plan::logic::Bit;
use crate::plan::text::{Literal, LiteralTest};

/// The tests of a source on folded texts. All their bits stand in one word.
#[derive(Clone, Debug)]
pub(super) struct Search {
    /// The same tests, for one text.
    pub(super) tests: TextTests,
    equal: Equal,
    /// Literals searched for together.
    contains: Option<Marker>,
    /// Short literals at the beginning, and longer ones.
    begins: Vec<Start>,
    starts: Vec<End>,
    ends: Vec<End>,
}

/// Equality with short literals by their heads in a hash table, with others in full.
#[derive(Clone, Debug, Default)]
struct Equal {
    /// A power of two of places, a quarter of them taken at most.
    places: Vec<(u128, u64)>,
    shift: u32,
    others: Vec<End>,
}

/// A literal at one end of a text, or the whole of it.
#[derive(Clone, Debug)]
struct End {
    /// What of the text's end must be what.
    mask: u128,
    value: u128,
    /// In full, where that is not all of it.
    full: Option<Box<[u8]>>,
    bits: u64,
}

/// No text begins so.
const FREE: u128 = u128::MAX;

/// Below this length a literal is told by the head of a text alone: what follows is zero.
const SHORT: usize = 16;

fn mask(bit: Bit) -> u64 {
    1 << (bit % 64)
}

impl Search {
    /// `None` where each text is better tested by itself: too many literals are to be searched
    /// for together.
    pub(super) fn new(tests: &TextTests) -> Option<Search> {
        let of = |test: LiteralTest| {
            tests.literals.iter().filter(move |literal| literal.test == test).collect::<Vec<_>>()
        };
        let contains = of(LiteralTest::Contains);
        let texts: Vec<(&[u8], u64)> =
            contains.iter().map(|literal| (&*literal.text, mask(literal.bit))).collect();
        let together = Marker::new(&texts);
        if tests.literals.iter().any(|literal| literal.text.is_empty())
            || together.is_none() && !contains.is_empty()
        {
            return None;
        }
        let starts = of(LiteralTest::Starts);
        Some(Search {
            tests: tests.clone(),
            equal: Equal::new(&of(LiteralTest::Equal)),
            contains: together,
            begins: starts
                .iter()
                .filter_map(|literal| Start::new(&literal.text, mask(literal.bit)))
                .collect(),
            starts: starts
                .into_iter()
                .filter(|literal| Start::new(&literal.text, 0).is_none())
                .map(End::first)
                .collect(),
            ends: of(LiteralTest::Ends).into_iter().map(End::last).collect(),
        })
    }

    /// Whether texts are folded to be tested.
    pub(super) fn folds(&self) -> bool {
        self.tests.folded.is_some()
    }

    /// Whether only texts that hold nothing set any bit.
    pub(super) fn is_silent(&self) -> bool {
        !self.folds() && self.tests.raw.is_empty()
    }

    /// Sets the bits of the tests that each text passes, for texts that are folded where they
    /// stand.
    pub(super) fn run(&self, texts: &Texts<'_>, bits: &mut [u64]) {
        if let Some(marker) = &self.contains {
            marker.mark(texts.bytes, texts.offsets, bits);
        }
        self.equal.run(texts, bits);
        for start in &self.begins {
            start.mark(texts.bytes, texts.offsets, bits);
        }
        for end in &self.starts {
            end.run(texts, bits, head, <[u8]>::starts_with);
        }
        for end in &self.ends {
            end.run(texts, bits, tail, <[u8]>::ends_with);
        }
    }
}

/// Where each row's text stands.
fn places<'t>(texts: &Texts<'t>) -> impl Iterator<Item = std::ops::Range<usize>> + use<'t> {
    texts.offsets.windows(2).map(|ends| ends[0] as usize..ends[1] as usize)
}

impl Equal {
    fn new(literals: &[&Literal]) -> Equal {
        let (short, long): (Vec<&Literal>, Vec<&Literal>) =
            literals.iter().partition(|l| l.text.len() < SHORT && !l.text.contains(&0));
        let mut equal =
            Equal { others: long.into_iter().map(End::first).collect(), ..Equal::default() };
        if short.is_empty() {
            return equal;
        }
        let size = (4 * short.len()).next_power_of_two();
        equal.shift = 64 - size.trailing_zeros();
        equal.places = vec![(FREE, 0); size];
        for literal in short {
            let key = head(&literal.text, 0, literal.text.len());
            let mut place = equal.place(key);
            while equal.places[place].0 != FREE && equal.places[place].0 != key {
                place = (place + 1) % size;
            }
            equal.places[place] = (key, equal.places[place].1 | mask(literal.bit));
        }
        equal
    }

    fn place(&self, key: u128) -> usize {
        const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
        let mixed = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
        (mixed.wrapping_mul(GOLDEN) >> self.shift) as usize
    }

    fn run(&self, texts: &Texts<'_>, bits: &mut [u64]) {
        if !self.places.is_empty() {
            let last = self.places.len() - 1;
            for (text, bits) in places(texts).zip(&mut *bits) {
                let key = head(texts.bytes, text.start, text.len());
                let mut place = self.place(key);
                loop {
                    let (known, mask) = self.places[place & last];
                    if known == key {
                        *bits |= mask;
                    }
                    if known == key || known == FREE {
                        break;
                    }
                    place += 1;
                }
            }
        }
        for literal in &self.others {
            literal.run(texts, bits, head, |text, full| text == full);
        }
    }
}

impl End {
    /// A literal at the beginning.
    fn first(literal: &Literal) -> End {
        let length = literal.text.len().min(16);
        End::new(literal, u128::MAX >> (128 - 8 * length.max(1)), head)
    }

    /// A literal at the end.
    fn last(literal: &Literal) -> End {
        let length = literal.text.len().min(16);
        End::new(literal, u128::MAX << (128 - 8 * length.max(1)), tail)
    }

    fn new(literal: &Literal, mask: u128, end: fn(&[u8], usize, usize) -> u128) -> End {
        let text = &literal.text;
        let plain = text.len() <= 16 && !text.contains(&0) && literal.test != LiteralTest::Equal;
        End {
            mask,
            value: end(text, 0, text.len()) & mask,
            full: (!plain).then(|| text.clone()),
            bits: self::mask(literal.bit),
        }
    }

    fn run(
        &self,
        texts: &Texts<'_>,
        bits: &mut [u64],
        end: impl Fn(&[u8], usize, usize) -> u128,
        passes: impl Fn(&[u8], &[u8]) -> bool,
    ) {
        for (text, bits) in places(texts).zip(bits) {
            let alike = end(texts.bytes, text.start, text.len()) & self.mask == self.value;
            match &self.full {
                None => *bits |= self.bits & u64::from(alike).wrapping_neg(),
                Some(full) if alike && passes(&texts.bytes[text], full) => *bits |= self.bits,
                Some(_) => {}
            }
        }
    }
}
