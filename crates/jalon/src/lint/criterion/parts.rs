//! Parts of criteria that change nothing: what the parts beside already make certain.

use super::Lints;
use super::confirm::Sampled;
use super::cut::cut;
use super::place::extent;
use super::sites::Site;
use super::solve::Side;
use crate::checked::Condition;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{ALTERNATIVE_ADDS_NOTHING, PART_CHANGES_NOTHING, Text};
use crate::plan::logic::Tree;

/// Longer lists of parts are not compared with each other.
const MOST_PARTS: usize = 200;

const IMPLIES: Text =
    Text { fr: "ceci suffit à le rendre vrai", en: "this is enough to make it true" };
const INCLUDES: Text = Text { fr: "ceci le contient déjà", en: "this includes it already" };

/// A part and what is certain wherever it matters.
struct Node<'t> {
    condition: &'t Condition,
    tree: &'t Tree,
    certain: Vec<Side<'t>>,
    /// Which part of which part of the criterion it is.
    path: Vec<usize>,
}

impl Lints<'_> {
    /// Looks at every part of a criterion that sometimes holds.
    pub(super) fn parts(
        &mut self,
        site: &Site<'_>,
        certain: Vec<Side<'_>>,
        sampled: &mut Sampled<'_>,
    ) {
        let root = Node { condition: site.condition, tree: &site.tree, certain, path: Vec::new() };
        let mut nodes = vec![root];
        while let Some(node) = nodes.pop() {
            match (node.condition, node.tree) {
                (Condition::Not(part), Tree::Not(tree)) => {
                    let path = with_last(&node.path, 0);
                    nodes.push(Node { condition: part, tree, certain: node.certain, path });
                }
                (Condition::All(of), Tree::All(trees)) if of.len() == trees.len() => {
                    self.joined(&node, (of, trees), true, &mut nodes, sampled);
                }
                (Condition::Any(of), Tree::Any(trees)) if of.len() == trees.len() => {
                    self.joined(&node, (of, trees), false, &mut nodes, sampled);
                }
                _ => {}
            }
        }
    }

    /// Looks at the parts that `ET` (`all`) or `OU` joins. A part matters only where the others
    /// all hold (do not hold); where it then always (never) holds, it changes nothing.
    fn joined<'t>(
        &mut self,
        node: &Node<'t>,
        (of, trees): (&'t [Condition], &'t [Tree]),
        all: bool,
        nodes: &mut Vec<Node<'t>>,
        sampled: &mut Sampled<'_>,
    ) {
        if of.len() > MOST_PARTS {
            return;
        }
        let mut left: Vec<usize> = (0..of.len()).collect();
        let mut sides: Vec<Side<'t>> = Vec::with_capacity(node.certain.len() + of.len());
        // What is certain where a part matters.
        let beside = |at: usize, left: &[usize], sides: &mut Vec<Side<'t>>| {
            sides.clear();
            sides.extend(&node.certain);
            sides.extend(
                left.iter().filter(|other| **other != at).map(|other| (&trees[*other], !all)),
            );
        };
        for at in (0..of.len()).rev() {
            beside(at, &left, &mut sides);
            sides.push((&trees[at], all));
            if self.never(&sides) && sampled.same_without(&with_last(&node.path, at)) {
                left.retain(|other| *other != at);
                self.needless((of, trees), at, &left, all);
            }
        }
        for at in &left {
            if matches!(of[*at], Condition::Test(_) | Condition::Related(_)) {
                continue;
            }
            beside(*at, &left, &mut sides);
            let (certain, path) = (sides.clone(), with_last(&node.path, *at));
            nodes.push(Node { condition: &of[*at], tree: &trees[*at], certain, path });
        }
    }

    /// Reports a part that changes nothing, and the one beside it that is enough for that.
    fn needless(
        &mut self,
        (of, trees): (&[Condition], &[Tree]),
        at: usize,
        left: &[usize],
        all: bool,
    ) {
        let Some(span) = extent(&of[at], self.sources) else { return };
        let code = if all { &PART_CHANGES_NOTHING } else { &ALTERNATIVE_ADDS_NOTHING };
        let mut found = Diagnostic::new(code, span).arg("part", self.text(span));
        let alone = self.never(&[(&trees[at], all)]);
        let enough = left
            .iter()
            .copied()
            .find(|other| !alone && self.never(&[(&trees[*other], !all), (&trees[at], all)]));
        if let Some(place) = enough.and_then(|other| extent(&of[other], self.sources)) {
            found = found.label(place, if all { IMPLIES } else { INCLUDES });
        }
        if let Some(fix) = cut(of, at, self.sources) {
            found = found.fix(fix);
        }
        self.report(found);
    }
}

fn with_last(path: &[usize], last: usize) -> Vec<usize> {
    let mut path = path.to_vec();
    path.push(last);
    path
}
