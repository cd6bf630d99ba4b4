//! Which of many conditions may hold: each is found by bits one of which it needs, so that those
//! that need a bit which is not set are not even asked.

use super::block::Block;
use super::kernel::Kernel;
use super::logic::{Bit, Tree, set};

/// Some conditions of a block, by the bits that they need.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    /// The bits by which something is found.
    keys: Vec<u64>,
    /// For each bit, the conditions that need it or others, by their place in `roots`.
    by_bit: Vec<Vec<u32>>,
    /// Those that need no bit.
    always: Vec<u32>,
    /// The conditions among the roots of the block.
    roots: Vec<usize>,
}

impl Candidates {
    /// Files some roots of a block.
    pub(crate) fn new(block: &Block, roots: Vec<usize>) -> Candidates {
        let mut candidates = Candidates {
            keys: vec![0; block.words],
            by_bit: vec![Vec::new(); block.words * 64],
            always: Vec::new(),
            roots,
        };
        for (place, root) in candidates.roots.iter().enumerate() {
            let tree = block.roots.get(*root).map(|root| &root.tree);
            let Some(needed) = tree.and_then(|tree| needed(tree, block)) else {
                candidates.always.push(place as u32);
                continue;
            };
            for bit in needed {
                set(&mut candidates.keys, bit);
                candidates.by_bit[bit as usize].push(place as u32);
            }
        }
        candidates
    }

    /// Calls `visit` with the place of each condition that holds of the bits, of some more than
    /// once and in no order.
    pub(crate) fn each_held(&self, block: &Block, bits: &[u64], mut visit: impl FnMut(usize)) {
        let mut ask = |places: &[u32]| {
            for place in places {
                let root = self.roots[*place as usize];
                if block.roots.get(root).is_some_and(|root| root.holds(bits)) {
                    visit(*place as usize);
                }
            }
        };
        ask(&self.always);
        for (word, (bits, keys)) in bits.iter().zip(&self.keys).enumerate() {
            let mut left = bits & keys;
            while left != 0 {
                ask(&self.by_bit[word * 64 + left.trailing_zeros() as usize]);
                left &= left - 1;
            }
        }
    }
}

/// Bits one of which is set wherever a condition holds: the fewest, and those that few records set.
/// None where it may hold without any.
fn needed(tree: &Tree, block: &Block) -> Option<Vec<Bit>> {
    match tree {
        Tree::Bit(bit) => Some(vec![*bit]),
        Tree::Not(_) => None,
        Tree::All(parts) => {
            let each = parts.iter().filter_map(|part| needed(part, block));
            each.min_by_key(|bits| bits.iter().map(|bit| weight(*bit, block)).sum::<u32>())
        }
        Tree::Any(parts) => {
            let each: Option<Vec<_>> = parts.iter().map(|part| needed(part, block)).collect();
            each.map(|bits| bits.concat())
        }
    }
}

/// How many records set a bit, roughly: few hold a certain text; of a number, a date or nothing
/// little is known.
fn weight(bit: Bit, block: &Block) -> u32 {
    let source = block.sources.partition_point(|source| source.first <= bit);
    let source = source.checked_sub(1).and_then(|at| block.sources.get(at));
    let is_text = source.is_some_and(|source| {
        matches!(source.kernel, Kernel::Text(_) | Kernel::Reference(_) | Kernel::Set(_))
            && bit < source.error
            && source.empty != Some(bit)
    });
    if is_text { 1 } else { 8 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::block::Root;

    fn trees() -> impl Strategy<Value = Tree> {
        (0..120_u32).prop_map(Tree::Bit).prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                3 => prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::All),
                3 => prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::Any),
                1 => inner.prop_map(|part| Tree::Not(Box::new(part))),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_holds_is_found(
            trees in prop::collection::vec(trees(), 0..30),
            bits in prop::collection::vec(any::<u64>(), 2..=2),
            errors in prop::collection::vec((0..30_usize, 0..120_u32), 0..3),
        ) {
            let root = |tree: Tree| Root::new(tree, smallvec::smallvec![0; 2]);
            let mut block = Block { words: 2, ..Block::default() };
            block.roots = trees.into_iter().map(root).collect();
            for (at, bit) in errors {
                if let Some(root) = block.roots.get_mut(at) {
                    set(&mut root.errors, bit);
                }
            }
            let candidates = Candidates::new(&block, (0..block.roots.len()).collect());
            let mut found = Vec::new();
            candidates.each_held(&block, &bits, |place| found.push(place));
            found.sort_unstable();
            found.dedup();
            let holds = |place: &usize| block.roots[*place].holds(&bits);
            prop_assert_eq!(found, (0..block.roots.len()).filter(holds).collect::<Vec<_>>());
        }
    }
}
