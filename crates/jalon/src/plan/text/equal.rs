//! Equality with any of a set of literals.

use rustc_hash::FxHashMap;

use super::Literal;
use super::print::Print;
use crate::plan::logic::{Bit, set};

/// Above this many literals a hash map is asked instead of each in turn.
const FEW: usize = 16;

/// Literals compared by equality.
#[derive(Clone, Debug, Default)]
pub(super) struct Equal {
    few: Vec<(Print, Literal)>,
    many: FxHashMap<Box<[u8]>, Vec<Bit>>,
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
                if *expected == print && (print.length <= Print::EXACT || *literal.text == *text) {
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
