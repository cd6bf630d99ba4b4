//! Equality with any of a set of literals.

use jalon_simd::head;
use rustc_hash::FxHashMap;

use super::Literal;
use crate::plan::logic::{Bit, Bits};

/// Above this many literals a hash map is asked instead of each in turn.
const FEW: usize = 16;

/// Texts of at most so many bytes are equal when their lengths and heads are.
const SHORT: usize = 16;

/// Literals compared by equality.
#[derive(Clone, Debug, Default)]
pub(super) struct Equal {
    /// Head, length and bit of the short ones.
    short: Vec<(u128, usize, Bit)>,
    long: Vec<Literal>,
    many: FxHashMap<Box<[u8]>, Vec<Bit>>,
}

impl Equal {
    pub(super) fn new(literals: Vec<Literal>) -> Equal {
        let mut equal = Equal::default();
        if literals.len() <= FEW {
            for literal in literals {
                let length = literal.text.len();
                if length <= SHORT {
                    equal.short.push((head(&literal.text, 0, length), length, literal.bit));
                } else {
                    equal.long.push(literal);
                }
            }
        } else {
            for literal in literals {
                equal.many.entry(literal.text).or_default().push(literal.bit);
            }
        }
        equal
    }

    /// Sets the bits of the literals that a text, of which the head is given, equals.
    #[inline]
    pub(super) fn run<B: Bits + ?Sized>(&self, text: &[u8], head: u128, bits: &mut B) {
        for (expected, length, bit) in &self.short {
            bits.set_if(*bit, (*expected == head) & (*length == text.len()));
        }
        for literal in &self.long {
            if *literal.text == *text {
                bits.set(literal.bit);
            }
        }
        if !self.many.is_empty() {
            for bit in self.many.get(text).into_iter().flatten() {
                bits.set(*bit);
            }
        }
    }
}
