//! Where the first that holds acts: what earlier ones always forestall.

use rustc_hash::FxHashMap;

use crate::checked::blueprint::Blueprint;
use crate::checked::workflow::{Branch, Rule};
use crate::checked::{Condition, On};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{BLUEPRINT_NEVER_REACHED, BRANCH_NEVER_REACHED, Text};
use crate::lint::criterion::sites::Sites;
use crate::lint::criterion::solve::Side;
use crate::lint::criterion::{Lints, extent, unreached};
use crate::plan::logic::Tree;
use crate::source::Span;

/// More earlier ones than this are not looked at.
const MOST_BEFORE: usize = 64;

const WIDER: Text = Text { fr: "toujours vrai avant", en: "always true before" };
const FIRST: Text = Text { fr: "prend ces fiches", en: "takes these records" };

pub(super) fn lint(sites: &Sites<'_>, lints: &mut Lints<'_>) {
    for rule in &lints.space.program.rules {
        if rule.branches.len() > 1 {
            lints.solver.allow(lints.steps);
            branches(rule, sites, lints);
        }
    }
    blueprints(sites, lints);
}

/// Of a candidate and those before it: those that always hold where it does. One if one is
/// enough, otherwise all; none where it may be reached.
fn forestalling(
    condition: Option<&Condition>,
    before: &[&Condition],
    sites: &Sites<'_>,
    lints: &mut Lints<'_>,
) -> Vec<usize> {
    let own: Vec<Side<'_>> =
        condition.and_then(|c| sites.tree(c)).map(|tree| (tree, false)).into_iter().collect();
    if condition.is_some() && own.is_empty() || lints.never(&own) {
        // That it never holds is said of its criterion.
        return Vec::new();
    }
    let trees: Vec<_> = before.iter().filter_map(|condition| sites.tree(condition)).collect();
    if trees.len() < before.len() || trees.len() > MOST_BEFORE {
        return Vec::new();
    }
    let mut sides = own.clone();
    sides.extend(trees.iter().map(|tree| (*tree, true)));
    let all: Vec<&Tree> = sides.iter().map(|(tree, _)| *tree).collect();
    if before.is_empty() || !lints.never(&sides) || !unreached(condition, before, &all, lints.space)
    {
        return Vec::new();
    }
    let alone = (0..trees.len()).find(|at| {
        let mut sides = own.clone();
        sides.push((trees[*at], true));
        lints.never(&sides)
    });
    alone.map_or_else(|| (0..trees.len()).collect(), |at| vec![at])
}

fn branches(rule: &Rule, sites: &Sites<'_>, lints: &mut Lints<'_>) {
    let mut before: Vec<&Condition> = Vec::new();
    for branch in &rule.branches {
        let by = forestalling(branch.condition.as_ref(), &before, sites, lints);
        if !by.is_empty() {
            let mut found = Diagnostic::new(&BRANCH_NEVER_REACHED, place(branch, lints));
            for wider in by.iter().take(4) {
                if let Some(span) = extent(before[*wider], lints.sources) {
                    found = found.label(span, WIDER);
                }
            }
            lints.report(found.arg("name", &rule.name));
        }
        before.extend(&branch.condition);
    }
}

/// The criterion of a branch, or the first line of one without.
fn place(branch: &Branch, lints: &Lints<'_>) -> Span {
    let condition = branch.condition.as_ref().and_then(|c| extent(c, lints.sources));
    condition.unwrap_or_else(|| {
        let text = lints.sources.slice(branch.span);
        let line = text.lines().next().unwrap_or("").trim_end();
        Span { end: branch.span.start + line.len() as u32, ..branch.span }
    })
}

/// A field of a module, by what tells it apart.
type Governed<'p> = (&'p On, u32, u32, &'p str);

/// A field has one blueprint on a record: the first whose entry holds.
fn blueprints(sites: &Sites<'_>, lints: &mut Lints<'_>) {
    let mut earlier: FxHashMap<Governed<'_>, Vec<&Blueprint>> = FxHashMap::default();
    for blueprint in lints.space.program.blueprints.iter().filter(|b| !b.inactive) {
        lints.solver.allow(lints.steps);
        let key = &blueprint.field.key;
        let name = key.folded.first().map_or("", String::as_str);
        let before = earlier.entry((&blueprint.on, key.shape, key.slot, name)).or_default();
        // One without an entry takes every record: that is said where it is checked.
        let entries: Vec<&Condition> = before.iter().filter_map(|b| b.entry.as_ref()).collect();
        if entries.len() == before.len() {
            let by = forestalling(blueprint.entry.as_ref(), &entries, sites, lints);
            if let Some(other) = by.first().and_then(|first| before.get(*first)) {
                let found = Diagnostic::new(&BLUEPRINT_NEVER_REACHED, blueprint.span);
                let found = found.arg("name", &blueprint.name).arg("other", &other.name);
                let found =
                    by.iter().skip(1).take(4).fold(found.label(other.span, FIRST), |found, at| {
                        found.label(before[*at].span, FIRST)
                    });
                lints.report(found);
            }
        }
        before.push(blueprint);
    }
}
