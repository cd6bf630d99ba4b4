//! Which of a set of literals a text contains, in one pass.

use aho_corasick::automaton::Automaton;
use aho_corasick::{Anchored, MatchKind, StartKind, dfa};
use memchr::memmem::Finder;

use super::Literal;
use crate::plan::logic::{Bit, set};

/// The matcher that fits the number of literals.
#[derive(Clone, Debug, Default)]
pub(super) enum Contains {
    /// No literal.
    #[default]
    None,
    /// One literal: a substring search.
    One(Box<Finder<'static>>, Bit),
    /// Up to 32: a filter on three bytes, then a comparison. (Several of them where an automaton
    /// would be too large.)
    Few(Box<[Few]>),
    /// More: an automaton that reports every match.
    Many(Box<dfa::DFA>, Vec<Bit>),
}

/// For each byte value the literals that have it at their first, second and third place (all
/// literals too short to have one). What is left of the three sets is compared in full.
#[derive(Clone, Debug)]
pub(super) struct Few {
    places: [[u32; 256]; 3],
    literals: Vec<Literal>,
}

/// A byte that no UTF-8 text holds stands for what follows the end.
const BEYOND: u8 = 0xFF;

impl Contains {
    pub(super) fn new(literals: &[Literal]) -> Contains {
        match literals {
            [] => Contains::None,
            [one] if !one.text.is_empty() => {
                Contains::One(Box::new(Finder::new(&one.text).into_owned()), one.bit)
            }
            _ if literals.len() <= 32 => Contains::Few(Few::split(literals)),
            _ => {
                // Without a prefilter: on prose its rare bytes are not rare.
                let automaton = dfa::Builder::new()
                    .match_kind(MatchKind::Standard)
                    .start_kind(StartKind::Unanchored)
                    .prefilter(false)
                    .build(literals.iter().map(|literal| &literal.text));
                match automaton {
                    Ok(dfa) => {
                        Contains::Many(Box::new(dfa), literals.iter().map(|l| l.bit).collect())
                    }
                    Err(_) => Contains::Few(Few::split(literals)),
                }
            }
        }
    }

    #[inline]
    pub(super) fn run(&self, text: &[u8], bits: &mut [u64]) {
        match self {
            Contains::None => {}
            Contains::One(finder, bit) => {
                if finder.find(text).is_some() {
                    set(bits, *bit);
                }
            }
            Contains::Few(parts) => parts.iter().for_each(|few| few.run(text, bits)),
            Contains::Many(automaton, targets) => many(automaton, targets, text, bits),
        }
    }
}

impl Few {
    fn split(literals: &[Literal]) -> Box<[Few]> {
        literals.chunks(32).map(|part| Few::new(part.to_vec())).collect()
    }

    fn new(literals: Vec<Literal>) -> Few {
        let mut places = [[0; 256]; 3];
        for (index, literal) in literals.iter().enumerate() {
            for (place, table) in places.iter_mut().enumerate() {
                match literal.text.get(place) {
                    Some(byte) => table[usize::from(*byte)] |= 1 << index,
                    None => table.iter_mut().for_each(|set| *set |= 1 << index),
                }
            }
        }
        Few { places, literals }
    }

    #[inline]
    fn pair(&self, a: u8, b: u8) -> u32 {
        let [first, second, _] = &self.places;
        first[usize::from(a)] & second[usize::from(b)]
    }

    #[inline]
    fn candidates(&self, a: u8, b: u8, c: u8) -> u32 {
        self.pair(a, b) & self.places[2][usize::from(c)]
    }

    /// The first place from which some literals may start, and which.
    #[inline(never)]
    fn next(&self, text: &[u8]) -> Option<(usize, u32)> {
        for (place, window) in text.windows(3).enumerate() {
            // The third byte is looked at only where the first two leave something.
            let pair = self.pair(window[0], window[1]);
            if pair != 0 {
                let candidates = pair & self.places[2][usize::from(window[2])];
                if candidates != 0 {
                    return Some((place, candidates));
                }
            }
        }
        None
    }

    fn run(&self, text: &[u8], bits: &mut [u64]) {
        let mut rest = text;
        while let Some((place, candidates)) = self.next(rest) {
            self.verify(candidates, &rest[place..], bits);
            rest = &rest[place + 1..];
        }
        if let [.., a, b] = text {
            self.verify(self.candidates(*a, *b, BEYOND), &text[text.len() - 2..], bits);
        }
        if let [.., a] = text {
            self.verify(self.candidates(*a, BEYOND, BEYOND), &text[text.len() - 1..], bits);
        }
    }

    fn verify(&self, mut candidates: u32, rest: &[u8], bits: &mut [u64]) {
        while candidates != 0 {
            let literal = &self.literals[candidates.trailing_zeros() as usize];
            if rest.starts_with(&literal.text) {
                set(bits, literal.bit);
            }
            candidates &= candidates - 1;
        }
    }
}

fn many(automaton: &dfa::DFA, targets: &[Bit], text: &[u8], bits: &mut [u64]) {
    let Ok(mut state) = automaton.start_state(Anchored::No) else { return };
    for byte in text {
        state = automaton.next_state(Anchored::No, state, *byte);
        if automaton.is_special(state) && automaton.is_match(state) {
            for index in 0..automaton.match_len(state) {
                set(bits, targets[automaton.match_pattern(state, index).as_usize()]);
            }
        }
    }
}
