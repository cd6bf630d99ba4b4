//! Conditions over the bits of a block, with what makes them fail.

use smallvec::{SmallVec, smallvec};

use super::block::{Words, overlap};
use super::logic::{Glance, Logic, Tree};

/// A condition over the bits of its block.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    /// In the shape it was written.
    pub(crate) tree: Tree,
    /// As it is run.
    pub(crate) logic: Logic,
    /// The error bits of everything it mentions: one set, and it does not hold.
    pub(crate) errors: Words,
    /// Both at one look, where the block has one word and the condition is small.
    pub(crate) glance: Option<Glance>,
}

impl Root {
    /// A condition with the error bits of what it mentions.
    pub(crate) fn new(tree: Tree, errors: Words) -> Root {
        let mut root = Root { logic: Logic::new(&tree), tree, errors, glance: None };
        root.glance = root.terms().and_then(|terms| Glance::new(&terms));
        root
    }

    /// What it needs of the only word of a block, where masks say it: it holds where of the second
    /// bits of one pair the first are set, and no others; errors are among the second.
    pub(crate) fn terms(&self) -> Option<SmallVec<[(u64, u64); 1]>> {
        let [errors] = *self.errors else { return None };
        let term = |(need, forbid): &(u64, u64)| (*need, need | forbid | errors);
        match &self.logic {
            Logic::Masks(terms) => Some(terms.iter().map(term).collect()),
            Logic::Const(true) => Some(smallvec![term(&(0, 0))]),
            Logic::Const(false) => Some(SmallVec::new()),
            Logic::Jumps(_) => None,
        }
    }

    /// Whether something that it mentions is of the wrong type.
    #[inline]
    pub(crate) fn fails(&self, bits: &[u64]) -> bool {
        overlap(&self.errors, bits)
    }

    /// Whether it holds.
    #[inline]
    pub(crate) fn holds(&self, bits: &[u64]) -> bool {
        match (&self.glance, bits) {
            (Some(glance), [word]) => glance.holds(*word),
            _ => self.logic.holds(bits) && !self.fails(bits),
        }
    }
}
