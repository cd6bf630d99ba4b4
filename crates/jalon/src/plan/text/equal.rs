//! Equality with any of a set of literals.

use rustc_hash::FxHashMap;

use super::Literal;
use crate::plan::logic::{Bit, set};

/// Above this many literals a hash map is asked instead of each in turn.
const FEW: usize = 16;

/// Literals compared by equality.
#[derive(Clone, Debug, Default)]
pub(super) struct Equal {
    few: Vec<(Print, Literal)>,
    many: FxHashMap<Box<[u8]>, Vec<Bit>>,
}

/// Length, first eight and last eight bytes: two texts of at most sixteen bytes are equal when
/// their prints are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Print {
    length: usize,
    head: u64,
    tail: u64,
}

impl Print {
    #[inline]
    fn of(text: &[u8]) -> Print {
        let length = text.len();
        if let (Some(head), Some(tail)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            return Print {
                length,
                head: u64::from_le_bytes(*head),
                tail: u64::from_le_bytes(*tail),
            };
        }
        if let (Some(head), Some(tail)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
            let (head, tail) = (u32::from_le_bytes(*head), u32::from_le_bytes(*tail));
            return Print { length, head: head.into(), tail: tail.into() };
        }
        let head = text.iter().fold(0, |head, byte| head << 8 | u64::from(*byte));
        Print { length, head, tail: 0 }
    }
}

impl Equal {
    pub(super) fn new(literals: Vec<Literal>) -> Equal {
        let mut equal = Equal::default();
        if literals.len() <= FEW {
            equal.few = literals.into_iter().map(|l| (Print::of(&l.text), l)).collect();
        } else {
            for literal in literals {
                equal.many.entry(literal.text).or_default().push(literal.bit);
            }
        }
        equal
    }

    #[inline(never)]
    pub(super) fn run(&self, text: &[u8], bits: &mut [u64]) {
        if !self.few.is_empty() {
            let print = Print::of(text);
            for (expected, literal) in &self.few {
                if *expected == print && (print.length <= 16 || *literal.text == *text) {
                    set(bits, literal.bit);
                }
            }
        } else if let Some(hits) = self.many.get(text) {
            for bit in hits {
                set(bits, *bit);
            }
        }
    }
}
