//! Conditions as a few conjunctions, or as jumps where these would be many.

use crate::plan::logic::Tree;

/// A conjunction: atoms, each with whether it is turned round, as `atom · 2 + negated`.
pub(super) type Conjunction = Vec<u32>;

/// Most conjunctions of a condition.
const MAX_TERMS: usize = 16;

/// The disjunctive form of a condition; `None` where it has too many terms.
pub(super) fn conjunctions(tree: &Tree) -> Option<Vec<Conjunction>> {
    let mut terms = terms(tree, false)?;
    terms.retain_mut(tidy);
    if terms.len() > 1 {
        terms.sort_unstable();
        terms.dedup();
        // What another implies adds nothing.
        let all = terms.clone();
        let weaker = |term: &Conjunction, other: &Conjunction| {
            other.len() < term.len() && other.iter().all(|atom| term.contains(atom))
        };
        terms.retain(|term| !all.iter().any(|other| weaker(term, other)));
    }
    Some(terms)
}

/// The atoms of a condition that is one conjunction of them, and whether it can hold; `None`
/// where it is more than that.
pub(super) fn single(tree: &Tree, term: &mut Conjunction) -> Option<bool> {
    let parts = match tree {
        Tree::Any(parts) if parts.len() == 1 => return single(&parts[0], term),
        Tree::All(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    for part in parts {
        term.push(literal(part, false)?);
    }
    Some(tidy(term))
}

/// Puts the atoms of a conjunction in order, each once; whether it can hold.
fn tidy(term: &mut Conjunction) -> bool {
    term.sort_unstable();
    term.dedup();
    // An atom and its complement stand side by side.
    !term.windows(2).any(|pair| pair[0] ^ pair[1] == 1)
}

fn terms(tree: &Tree, negated: bool) -> Option<Vec<Conjunction>> {
    match (tree, negated) {
        (Tree::Bit(atom), _) => Some(vec![vec![atom << 1 | u32::from(negated)]]),
        (Tree::Not(part), _) => terms(part, !negated),
        (Tree::Any(parts), false) | (Tree::All(parts), true) => {
            let mut found = Vec::new();
            for part in parts {
                found.extend(terms(part, negated)?);
                if found.len() > MAX_TERMS {
                    return None;
                }
            }
            Some(found)
        }
        (Tree::All(parts), false) | (Tree::Any(parts), true) => {
            let mut found = vec![Conjunction::with_capacity(parts.len())];
            for part in parts {
                match literal(part, negated) {
                    Some(literal) => found.iter_mut().for_each(|term| term.push(literal)),
                    None => found = product(&found, &terms(part, negated)?)?,
                }
            }
            Some(found)
        }
    }
}

/// A part that is one atom.
fn literal(tree: &Tree, negated: bool) -> Option<u32> {
    match tree {
        Tree::Bit(atom) => Some(atom << 1 | u32::from(negated)),
        Tree::Not(part) => literal(part, !negated),
        Tree::All(_) | Tree::Any(_) => None,
    }
}

fn product(left: &[Conjunction], right: &[Conjunction]) -> Option<Vec<Conjunction>> {
    if left.len() * right.len() > MAX_TERMS {
        return None;
    }
    let both = |a: &Conjunction, b: &Conjunction| a.iter().chain(b).copied().collect();
    Some(left.iter().flat_map(|a| right.iter().map(move |b| both(a, b))).collect())
}

/// Where a jump program ends.
pub(super) const HOLDS: u32 = u32::MAX;
/// Likewise, when the condition does not hold.
pub(super) const FAILS: u32 = u32::MAX - 1;

/// Writes the steps of a condition (`then, otherwise, test`) behind those that it continues to,
/// and returns its first.
pub(super) fn flatten(
    tree: &Tree,
    then: u32,
    otherwise: u32,
    test: &mut impl FnMut(u32, &mut Vec<u32>),
    steps: &mut Vec<u32>,
) -> u32 {
    match tree {
        Tree::Bit(atom) => {
            let place = steps.len() as u32;
            steps.extend([then, otherwise]);
            test(*atom, steps);
            place
        }
        Tree::Not(part) => flatten(part, otherwise, then, test, steps),
        Tree::All(parts) => {
            parts.iter().rev().fold(then, |next, part| flatten(part, next, otherwise, test, steps))
        }
        Tree::Any(parts) => {
            parts.iter().rev().fold(otherwise, |next, part| flatten(part, then, next, test, steps))
        }
    }
}

/// Atoms of which one holds wherever the condition does, the cheapest such set by `cost`; `None`
/// where it may hold without any.
pub(super) fn necessary(
    tree: &Tree,
    negated: bool,
    cost: &impl Fn(u32) -> Option<u32>,
) -> Option<(u32, Vec<u32>)> {
    match (tree, negated) {
        (Tree::Bit(_), true) => None,
        (Tree::Bit(atom), false) => Some((cost(*atom)?, vec![*atom])),
        (Tree::Not(part), _) => necessary(part, !negated, cost),
        (Tree::Any(parts), false) | (Tree::All(parts), true) => {
            let (mut total, mut all) = (0_u32, Vec::new());
            for part in parts {
                let (cost, atoms) = necessary(part, negated, cost)?;
                total = total.saturating_add(cost);
                all.extend(atoms);
            }
            all.sort_unstable();
            all.dedup();
            Some((total, all))
        }
        (Tree::All(parts), false) | (Tree::Any(parts), true) => {
            parts.iter().filter_map(|part| necessary(part, negated, cost)).min_by_key(|(c, _)| *c)
        }
    }
}
