//! Remembering what the tests on a text said: countries, stages and titles repeat from record to
//! record, and a known one need not be folded and searched again.

use crate::plan::text::print::Print;

/// How many texts are remembered; the newer takes the place of the older with the same hash.
const PLACES: usize = 64;

/// Longer texts are not remembered.
const LONGEST: usize = 40;

/// So many texts pass before the first is remembered: one record alone costs nothing.
const WARM: u32 = 32;

/// After so many texts the memory must have known a quarter of them, or it pauses.
const TRIAL: u32 = 1024;

/// So many texts long.
const PAUSE: u32 = 1 << 14;

/// The bits that the tests of one field set for each of some texts.
#[derive(Clone, Debug)]
pub(crate) struct Memo {
    places: Vec<Place>,
    seen: u32,
    known: u32,
    pause: u32,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    print: Print,
    text: [u8; LONGEST],
    bits: u64,
}

/// What a memory says of a text.
pub(crate) enum Recall {
    /// Its bits.
    Known(u64),
    /// It is to be remembered at this place.
    New(usize, Print),
    /// It is not to be remembered.
    Passed,
}

impl Memo {
    /// An empty memory.
    pub(crate) fn new() -> Memo {
        Memo { places: Vec::new(), seen: 0, known: 0, pause: WARM }
    }

    /// Looks a text up.
    #[inline]
    pub(crate) fn recall(&mut self, text: &str) -> Recall {
        if self.pause > 0 {
            self.pause -= 1;
            return Recall::Passed;
        }
        if text.len() > LONGEST || text.is_empty() {
            return Recall::Passed;
        }
        self.seen += 1;
        if self.seen > TRIAL {
            self.pause = if self.known < TRIAL / 4 { PAUSE } else { 0 };
            (self.seen, self.known) = (0, 0);
        }
        let print = Print::of(text.as_bytes());
        let mixed = (print.head ^ print.tail.rotate_left(23)).wrapping_add(print.length as u64);
        let place = (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58) as usize;
        match self.places.get(place) {
            Some(known) if known.print == print && known.is(text) => {
                self.known += 1;
                Recall::Known(known.bits)
            }
            _ => Recall::New(place, print),
        }
    }

    /// Remembers the bits of a text.
    pub(crate) fn remember(&mut self, place: usize, print: Print, text: &str, bits: u64) {
        if self.places.is_empty() {
            let nothing = Print { length: 0, head: 0, tail: 0 };
            self.places = vec![Place { print: nothing, text: [0; LONGEST], bits: 0 }; PLACES];
        }
        let place = &mut self.places[place];
        place.print = print;
        place.bits = bits;
        place.text[..text.len()].copy_from_slice(text.as_bytes());
    }
}

impl Place {
    fn is(&self, text: &str) -> bool {
        text.len() <= Print::EXACT || self.text[..text.len()] == *text.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(memo: &mut Memo, text: &str) -> u64 {
        let length = text.len() as u64 + 1;
        match memo.recall(text) {
            Recall::Known(bits) => bits,
            Recall::New(place, print) => {
                memo.remember(place, print, text, length);
                length
            }
            Recall::Passed => length,
        }
    }

    #[test]
    fn a_memory_never_mixes_texts_up() {
        let mut memo = Memo::new();
        let texts: Vec<String> = (0..200)
            .map(|i| format!("{}{}", "société anonyme ".repeat(i % 4), "x".repeat(i % 7)))
            .chain((0..100).map(|i| format!("Directeur général adjoint {i}")))
            .collect();
        for _ in 0..50 {
            for text in &texts {
                assert_eq!(bits(&mut memo, text), text.len() as u64 + 1, "{text}");
            }
        }
    }

    #[test]
    fn a_memory_that_knows_nothing_pauses() {
        let mut memo = Memo::new();
        for i in 0..WARM + TRIAL + 2 {
            bits(&mut memo, &i.to_string());
        }
        assert!(memo.pause > 0);
        let mut memo = Memo::new();
        for _ in 0..3 * TRIAL {
            bits(&mut memo, "France");
        }
        assert_eq!(memo.pause, 0);
        assert!(matches!(memo.recall("France"), Recall::Known(7)));
    }
}
