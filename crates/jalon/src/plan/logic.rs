//! Conditions as boolean programs over the bits that field plans fill.
//!
//! A [`Tree`] keeps the shape of the written condition, so that explanations can walk both in
//! step. Executors run its flat form, a [`Logic`]: a few pairs of masks where the condition is
//! small, otherwise a jump program. Neither recurses.

use smallvec::SmallVec;

/// The number of a bit: the answer of one predicate, or the error flag of one source.
pub(crate) type Bit = u32;

/// Most disjuncts that the mask form takes before the jump program is used.
const MAX_TERMS: usize = 16;

/// Whether a bit is set.
pub(crate) fn is_set(bits: &[u64], bit: Bit) -> bool {
    bits[bit as usize / 64] >> (bit % 64) & 1 == 1
}

/// Sets a bit.
pub(crate) fn set(bits: &mut [u64], bit: Bit) {
    bits[bit as usize / 64] |= 1 << (bit % 64);
}

/// Takes some bits back that stand side by side.
pub(crate) fn clear(bits: &mut [u64], first: Bit, last: Bit) {
    for word in first / 64..=last / 64 {
        let from = if word == first / 64 { first % 64 } else { 0 };
        let to = if word == last / 64 { last % 64 } else { 63 };
        bits[word as usize] &= !(u64::MAX << from & u64::MAX >> (63 - to));
    }
}

/// Where kernels put their answers: the words of a block, or its only word, which then stays in a
/// register.
pub(crate) trait Bits {
    /// Sets a bit where a test is passed.
    fn set_if(&mut self, bit: Bit, passed: bool);

    /// Sets a bit.
    #[inline]
    fn set(&mut self, bit: Bit) {
        self.set_if(bit, true);
    }

    /// Sets some bits of a word.
    fn mark(&mut self, word: u32, marks: u64);

    /// Lends the words to code that is not compiled for each kind.
    fn lend<T>(&mut self, run: impl FnOnce(&mut [u64]) -> T) -> T;
}

/// The only word of a block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word(pub(crate) u64);

impl Bits for Word {
    #[inline]
    fn set_if(&mut self, bit: Bit, passed: bool) {
        self.0 |= u64::from(passed) << (bit % 64);
    }

    #[inline]
    fn mark(&mut self, _: u32, marks: u64) {
        self.0 |= marks;
    }

    #[inline]
    fn lend<T>(&mut self, run: impl FnOnce(&mut [u64]) -> T) -> T {
        // A copy: were its own address known, it could not stay in a register.
        let mut word = self.0;
        let result = run(std::slice::from_mut(&mut word));
        self.0 = word;
        result
    }
}

impl Bits for [u64] {
    #[inline]
    fn set_if(&mut self, bit: Bit, passed: bool) {
        self[bit as usize / 64] |= u64::from(passed) << (bit % 64);
    }

    #[inline]
    fn mark(&mut self, word: u32, marks: u64) {
        self[word as usize] |= marks;
    }

    #[inline]
    fn lend<T>(&mut self, run: impl FnOnce(&mut [u64]) -> T) -> T {
        run(self)
    }
}

/// A condition over bits, in the shape it was written.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    /// Every part holds; true of none.
    All(Vec<Tree>),
    /// One part holds; false of none.
    Any(Vec<Tree>),
    /// The part does not hold.
    Not(Box<Tree>),
    /// The bit is set.
    Bit(Bit),
}

impl Tree {
    /// Whether it holds.
    pub(crate) fn holds(&self, bits: &[u64]) -> bool {
        match self {
            Tree::All(parts) => parts.iter().all(|part| part.holds(bits)),
            Tree::Any(parts) => parts.iter().any(|part| part.holds(bits)),
            Tree::Not(part) => !part.holds(bits),
            Tree::Bit(bit) => is_set(bits, *bit),
        }
    }

    /// Calls `visit` with each bit.
    pub(crate) fn each_bit(&self, visit: &mut impl FnMut(Bit)) {
        match self {
            Tree::All(parts) | Tree::Any(parts) => parts.iter().for_each(|p| p.each_bit(visit)),
            Tree::Not(part) => part.each_bit(visit),
            Tree::Bit(bit) => visit(*bit),
        }
    }
}

/// A flat boolean program.
#[derive(Clone, Debug)]
pub(crate) enum Logic {
    /// One of the pairs has all of its first bits and none of its second; for bits of one word.
    Masks(SmallVec<[(u64, u64); 1]>),
    /// Tests with jumps; the first is the entry. Targets past the end are the two verdicts.
    Jumps(Vec<Jump>),
    /// A constant verdict.
    Const(bool),
}

/// A condition of at most two pairs of masks over the only word of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glance([(u64, u64); 2]);

impl Glance {
    /// Of pairs: it holds where of the second bits of one the first are set, and no others.
    pub(crate) fn new(terms: &[(u64, u64)]) -> Option<Glance> {
        Some(Glance(match *terms {
            // No word has all of one bit and none.
            [] => [(1, 0); 2],
            [only] => [only; 2],
            [one, other] => [one, other],
            _ => return None,
        }))
    }

    /// Whether it holds of the only word of a block.
    #[inline]
    pub(crate) fn holds(self, word: u64) -> bool {
        let [(need, mask), (other, others)] = self.0;
        let hold = u32::from(word & mask == need) | u32::from(word & others == other);
        hold != 0
    }
}

/// One step of a jump program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Jump {
    bit: Bit,
    then: u32,
    otherwise: u32,
}

const HOLDS: u32 = u32::MAX;
const FAILS: u32 = u32::MAX - 1;

impl Logic {
    /// Flattens a condition.
    pub(crate) fn new(tree: &Tree) -> Logic {
        if let Some(terms) = disjuncts(tree, false) {
            let mut terms: Vec<_> = terms.into_iter().filter(|(need, no)| need & no == 0).collect();
            terms.sort_unstable();
            terms.dedup();
            return match terms.as_slice() {
                [] => Logic::Const(false),
                terms if terms.contains(&(0, 0)) => Logic::Const(true),
                terms => Logic::Masks(terms.into()),
            };
        }
        let mut jumps = Vec::new();
        let entry = flatten(tree, HOLDS, FAILS, &mut jumps);
        if entry >= FAILS {
            return Logic::Const(entry == HOLDS);
        }
        // Steps point only to earlier ones; turn them round so that 0 is the entry.
        jumps.truncate(entry as usize + 1);
        let last = jumps.len() as u32 - 1;
        let turn = |target: u32| if target >= FAILS { target } else { last - target };
        jumps.reverse();
        for jump in &mut jumps {
            jump.then = turn(jump.then);
            jump.otherwise = turn(jump.otherwise);
        }
        Logic::Jumps(jumps)
    }

    /// Whether it holds of the bits.
    #[inline]
    pub(crate) fn holds(&self, bits: &[u64]) -> bool {
        match self {
            Logic::Masks(terms) => {
                let word = bits[0];
                terms.iter().any(|&(need, forbid)| word & need == need && word & forbid == 0)
            }
            Logic::Jumps(jumps) => {
                let mut at = 0;
                while at < FAILS {
                    let jump = jumps[at as usize];
                    at = if is_set(bits, jump.bit) { jump.then } else { jump.otherwise };
                }
                at == HOLDS
            }
            Logic::Const(verdict) => *verdict,
        }
    }
}

/// The disjunctive form as (need, forbid) masks; `None` when a bit is beyond the first word or
/// there would be too many terms.
fn disjuncts(tree: &Tree, negated: bool) -> Option<Vec<(u64, u64)>> {
    match (tree, negated) {
        (Tree::Bit(bit), _) if *bit >= 64 => None,
        (Tree::Bit(bit), false) => Some(vec![(1 << bit, 0)]),
        (Tree::Bit(bit), true) => Some(vec![(0, 1 << bit)]),
        (Tree::Not(part), _) => disjuncts(part, !negated),
        (Tree::Any(parts), false) | (Tree::All(parts), true) => {
            let mut terms = Vec::new();
            for part in parts {
                terms.extend(disjuncts(part, negated)?);
                if terms.len() > MAX_TERMS {
                    return None;
                }
            }
            Some(terms)
        }
        (Tree::All(parts), false) | (Tree::Any(parts), true) => {
            let mut terms = vec![(0, 0)];
            for part in parts {
                let factor = disjuncts(part, negated)?;
                if terms.len() * factor.len() > MAX_TERMS {
                    return None;
                }
                terms = terms
                    .iter()
                    .flat_map(|a| factor.iter().map(move |b| (a.0 | b.0, a.1 | b.1)))
                    .collect();
            }
            Some(terms)
        }
    }
}

/// Lays the steps of a condition behind those it continues to, and returns its first step.
fn flatten(tree: &Tree, then: u32, otherwise: u32, jumps: &mut Vec<Jump>) -> u32 {
    match tree {
        Tree::Bit(bit) => {
            jumps.push(Jump { bit: *bit, then, otherwise });
            jumps.len() as u32 - 1
        }
        Tree::Not(part) => flatten(part, otherwise, then, jumps),
        Tree::All(parts) => {
            parts.iter().rev().fold(then, |next, part| flatten(part, next, otherwise, jumps))
        }
        Tree::Any(parts) => {
            parts.iter().rev().fold(otherwise, |next, part| flatten(part, then, next, jumps))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn trees(bits: u32) -> impl Strategy<Value = Tree> {
        (0..bits).prop_map(Tree::Bit).prop_recursive(4, 40, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::All),
                prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::Any),
                inner.prop_map(|part| Tree::Not(Box::new(part))),
            ]
        })
    }

    proptest! {
        #[test]
        fn flat_forms_agree_with_the_tree(tree in trees(20), word: u64) {
            prop_assert_eq!(Logic::new(&tree).holds(&[word]), tree.holds(&[word]));
        }

        #[test]
        fn jump_programs_agree_beyond_one_word(tree in trees(190), words: [u64; 3]) {
            prop_assert_eq!(Logic::new(&tree).holds(&words), tree.holds(&words));
        }
    }
}
