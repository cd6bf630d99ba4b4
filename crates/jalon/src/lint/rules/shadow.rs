//! Where the first that holds acts: what earlier ones always forestall.

use rustc_hash::FxHashMap;

use crate::checked::blueprint::Blueprint;
use crate::checked::workflow::{Branch, Rule};
use crate::checked::{Condition, On};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{BLUEPRINT_NEVER_REACHED, BRANCH_NEVER_REACHED, Text};
use crate::lint::criterion::sites::Sites;
use crate::lint::criterion::solve::{Side, Verdict};
use crate::lint::criterion::{Judge, Lints, Shown, extent, unreached};
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

/// Whether the executor lets a record reach a criterion (none is all records) past those before
/// it: the first one on which it holds.
fn reached<'p>(
    condition: Option<&'p Condition>,
    before: &[&Condition],
    judge: &mut Judge<'p>,
    sites: &Sites<'_>,
    lints: &mut Lints<'_>,
) -> bool {
    let own = condition.map(|condition| sites.tree(condition));
    let Some(own) = own.into_iter().collect::<Option<Vec<&Tree>>>() else { return false };
    let own: Vec<Side<'_>> = own.into_iter().map(|tree| (tree, false)).collect();
    let Verdict::Yes(witness) = lints.solver.solve(&own) else { return false };
    let held = Shown::new(witness, lints.space).and_then(|shown| judge.held(&shown));
    held.is_some_and(|held| {
        let holds = |one: &Condition| held.iter().any(|held| std::ptr::eq(*held, one));
        condition.is_none_or(holds) && !before.iter().any(|before| holds(before))
    })
}

fn branches<'p>(rule: &'p Rule, sites: &Sites<'_>, lints: &mut Lints<'p>) {
    let criteria = rule.branches.iter().filter_map(|branch| branch.condition.as_ref());
    let lowered: Vec<_> = criteria.filter_map(|c| Some((c, sites.tree(c)?))).collect();
    let mut judge = Judge::new(&lowered, lints.space);
    let mut before: Vec<&Condition> = Vec::new();
    for branch in &rule.branches {
        let condition = branch.condition.as_ref();
        // Most branches are reached, and one record shows it.
        let by = if before.is_empty() || reached(condition, &before, &mut judge, sites, lints) {
            Vec::new()
        } else {
            forestalling(condition, &before, sites, lints)
        };
        if !by.is_empty() {
            let mut found = Diagnostic::new(&BRANCH_NEVER_REACHED, place(branch, lints));
            for wider in by.iter().take(4) {
                if let Some(span) = extent(before[*wider], lints.sources) {
                    found = found.label(span, WIDER);
                }
            }
            lints.report(found.arg("name", &rule.name));
        }
        before.extend(condition);
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
