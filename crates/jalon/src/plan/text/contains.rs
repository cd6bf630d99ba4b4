//! Which of a set of literals a text contains, in one pass.

use aho_corasick::automaton::Automaton;
use aho_corasick::{Anchored, MatchKind, StartKind, dfa};
use jalon_simd::{Literals, Padded};

use super::Literal;
use crate::plan::logic::{Bit, Bits, set};

/// The matcher that fits the number of literals.
#[derive(Clone, Debug, Default)]
pub(super) enum Contains {
    /// No literal.
    #[default]
    None,
    /// Up to 64, searched together. (Several such sets where an automaton would be too large.)
    Few(Box<[Few]>),
    /// More: an automaton that reports every match.
    Many(Box<dfa::DFA>, Vec<Bit>),
}

/// At most so many literals are searched together.
const FEW: usize = 64;

/// A set of literals, and the bit of each.
#[derive(Clone, Debug)]
pub(super) struct Few {
    literals: Literals,
    bits: Box<[Bit]>,
}

impl Contains {
    pub(super) fn new(literals: &[Literal]) -> Contains {
        if literals.is_empty() {
            return Contains::None;
        }
        if literals.len() <= FEW
            && let Some(few) = Few::split(literals)
        {
            return Contains::Few(few);
        }
        // Without a prefilter: on prose its rare bytes are not rare.
        let automaton = dfa::Builder::new()
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Unanchored)
            .prefilter(false)
            .build(literals.iter().map(|literal| &literal.text));
        match automaton {
            Ok(dfa) => Contains::Many(Box::new(dfa), literals.iter().map(|l| l.bit).collect()),
            Err(_) => Few::split(literals).map_or(Contains::None, Contains::Few),
        }
    }

    /// Sets the bits of the literals that a text contains.
    #[inline]
    pub(super) fn run<B: Bits + ?Sized>(&self, text: &Padded, bits: &mut B) {
        match self {
            Contains::None => {}
            Contains::Few(parts) => {
                for few in parts {
                    let mut found = few.literals.found_padded(text);
                    while found != 0 {
                        bits.set(few.bits[found.trailing_zeros() as usize]);
                        found &= found - 1;
                    }
                }
            }
            Contains::Many(automaton, targets) => {
                bits.lend(|bits| many(automaton, targets, text.text(), bits));
            }
        }
    }
}

impl Few {
    fn split(literals: &[Literal]) -> Option<Box<[Few]>> {
        let few = |part: &[Literal]| {
            let texts: Vec<&[u8]> = part.iter().map(|literal| &*literal.text).collect();
            let bits = part.iter().map(|literal| literal.bit).collect();
            Literals::new(&texts).map(|literals| Few { literals, bits })
        };
        literals.chunks(FEW).map(few).collect()
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
