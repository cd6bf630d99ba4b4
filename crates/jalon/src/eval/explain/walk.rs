//! Explaining a condition: its checked form and its compiled tree are walked in step, so that
//! every verdict is read from the bits that the executor filled.

use super::leaf::Reasons;
use super::{Because, LeafReason, Node, Read};
use crate::checked::{Condition, Names, Related, Test};
use crate::eval::run::{Context, State, fill};
use crate::eval::value::{Buffers, Frame};
use crate::lexicon::Quantifier;
use crate::plan::block::{Block, Owner, overlap};
use crate::plan::logic::{Tree, is_set};
use crate::value::typed::{self, Typed};

/// Explains the conditions of one block on one frame; the block's bits are filled.
#[derive(Debug)]
pub(crate) struct Walk<'w> {
    /// The block.
    pub(crate) block: &'w Block,
    /// Its bits; nested ones are filled anew.
    pub(crate) state: &'w mut State,
    /// The record.
    pub(crate) frame: &'w Frame<'w>,
    /// Clock, intervals and scores.
    pub(crate) context: &'w Context<'w>,
    /// Reused buffers.
    pub(crate) buffers: &'w mut Buffers,
    /// The declared values of lists.
    pub(crate) names: &'w Names,
}

/// A part explained, and whether it mentions a value of the wrong type: then neither it nor its
/// negation holds.
struct Part {
    node: Node,
    wrong: bool,
}

impl Walk<'_> {
    /// The explanation of a condition.
    pub(crate) fn explain(&mut self, condition: &Condition, tree: &Tree) -> Node {
        self.part(condition, tree).node
    }

    fn part(&mut self, condition: &Condition, tree: &Tree) -> Part {
        match (condition, tree) {
            (Condition::All(parts), Tree::All(trees)) => {
                let (holds, parts, wrong) = self.parts(parts, trees, tree);
                Part { node: Node::All { holds, parts }, wrong }
            }
            (Condition::Any(parts), Tree::Any(trees)) => {
                let (holds, parts, wrong) = self.parts(parts, trees, tree);
                Part { node: Node::Any { holds, parts }, wrong }
            }
            (Condition::Not(part), Tree::Not(inner)) => {
                let Part { node, wrong } = self.part(part, inner);
                let holds = !wrong && tree.holds(&self.state.bits);
                Part { node: Node::Not { holds, part: Box::new(node) }, wrong }
            }
            (Condition::Related(related), Tree::Bit(bit)) => self.related(related, *bit),
            (Condition::Test(test), tree) => self.test(test, tree),
            // The tree has the shape of its condition.
            _ => Part { node: Node::All { holds: false, parts: Vec::new() }, wrong: false },
        }
    }

    fn parts(
        &mut self,
        parts: &[Condition],
        trees: &[Tree],
        tree: &Tree,
    ) -> (bool, Vec<Node>, bool) {
        let parts: Vec<Part> =
            parts.iter().zip(trees).map(|(part, tree)| self.part(part, tree)).collect();
        let wrong = parts.iter().any(|part| part.wrong);
        let holds = !wrong && tree.holds(&self.state.bits);
        (holds, parts.into_iter().map(|part| part.node).collect(), wrong)
    }

    /// Whether a subtree mentions a value of the wrong type.
    fn mentions_wrong(&self, tree: &Tree) -> bool {
        let mut wrong = false;
        tree.each_bit(&mut |bit| {
            let mentioned = self.block.mentioned.get(&bit);
            wrong |= mentioned.is_some_and(|errors| overlap(errors, &self.state.bits));
        });
        wrong
    }

    fn test(&mut self, test: &Test, tree: &Tree) -> Part {
        let wrong = self.mentions_wrong(tree);
        let verdict = tree.holds(&self.state.bits);
        let mut reasons = Reasons {
            block: self.block,
            nested: &mut self.state.nested,
            frame: self.frame,
            context: self.context,
            buffers: self.buffers,
            names: self.names,
        };
        let interval = reasons.interval(test);
        let compared_with = reasons.compared_with(tree);
        // A value on the right that is unusable leaves the one on the left as it is.
        let right = compared_with.iter().any(|read| matches!(read, Read::WrongType(_)));
        let value = reasons.value(test, wrong && (!right || reasons.is_left_wrong(test)));
        let because = if wrong {
            Some(Because::WrongType)
        } else {
            reasons.because(test, tree, &value, verdict != test.negated)
        };
        let reason = LeafReason {
            holds: verdict && !wrong,
            text: test.source.clone(),
            span: test.span,
            field: super::leaf::name(&test.left),
            op: test.op,
            value,
            compared_with,
            interval,
            because,
        };
        Part { node: Node::Leaf(reason), wrong }
    }

    fn related(&mut self, related: &Related, bit: u32) -> Part {
        let wrong = self.mentions_wrong(&Tree::Bit(bit));
        let holds = !wrong && is_set(&self.state.bits, bit);
        let (mut count, mut matching, mut decisive) = (0, 0, None);
        if let Some(Owner::Related(index)) = self.block.owners.get(bit as usize) {
            let plan = &self.block.related[*index as usize];
            let inner = &self.block.nested[plan.nested];
            let state = &mut self.state.nested[plan.nested];
            if let Typed::Value(records) = typed::records(self.frame.get(&plan.list)) {
                count = records.len();
                for index in 0..count {
                    let Some(record) = typed::record(records.at(index)) else { continue };
                    let frame = Frame { record, outer: Some(self.frame) };
                    fill(inner, state, &frame, self.context, self.buffers);
                    let Some(root) = inner.roots.first() else { continue };
                    let satisfies = root.holds(&state.bits);
                    matching += usize::from(satisfies);
                    let decides = satisfies != (related.quantifier == Quantifier::All);
                    if decides && decisive.is_none() {
                        let mut walk = Walk {
                            block: inner,
                            state: &mut *state,
                            frame: &frame,
                            context: self.context,
                            buffers: self.buffers,
                            names: self.names,
                        };
                        let node = walk.explain(&related.condition, &root.tree);
                        decisive = Some(Box::new(node));
                    }
                }
            }
        }
        let node = Node::Related {
            holds,
            text: related.source.clone(),
            quantifier: related.quantifier,
            count,
            matching,
            decisive,
        };
        Part { node, wrong }
    }
}
