//! Branches that contradict what their rule waits for.

use crate::checked::Condition;
use crate::checked::workflow::{Rule, TriggerKind};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{NEVER_TRUE, Text};
use crate::lint::criterion::sites::Sites;
use crate::lint::criterion::{Lints, extent, separate};
use crate::plan::logic::Tree;

const AWAITED: Text = Text { fr: "la règle attend ceci", en: "the rule waits for this" };

/// Looks at the rules that act only where a criterion becomes true.
pub(super) fn lint(sites: &Sites<'_>, lints: &mut Lints<'_>) {
    for rule in &lints.space.program.rules {
        let Some(awaited) = awaited(rule) else { continue };
        lints.solver.allow(lints.steps);
        for condition in rule.branches.iter().filter_map(|branch| branch.condition.as_ref()) {
            if excluded(condition, &awaited, sites, lints) {
                report(condition, &awaited, lints);
            }
        }
    }
}

/// The criteria that a rule waits for, where it waits for nothing else.
fn awaited(rule: &Rule) -> Option<Vec<&Condition>> {
    let criteria = rule.triggers.iter().map(|trigger| match &trigger.kind {
        TriggerKind::Criterion(condition) => Some(condition),
        _ => None,
    });
    criteria.collect::<Option<Vec<_>>>().filter(|criteria| !criteria.is_empty())
}

/// Whether a criterion can hold, and each of those awaited too, but never both.
fn excluded(
    condition: &Condition,
    awaited: &[&Condition],
    sites: &Sites<'_>,
    lints: &mut Lints<'_>,
) -> bool {
    let Some(tree) = sites.tree(condition) else { return false };
    let trees: Vec<&Tree> = awaited.iter().filter_map(|awaited| sites.tree(awaited)).collect();
    // What never holds by itself is said there.
    trees.len() == awaited.len()
        && trees.iter().all(|other| lints.never(&[(other, false), (tree, false)]))
        && !lints.never(&[(tree, false)])
        && !trees.iter().any(|other| lints.never(&[(other, false)]))
        && awaited
            .iter()
            .zip(&trees)
            .all(|(awaited, other)| separate(condition, awaited, &[tree, other], lints.space))
}

fn report(condition: &Condition, awaited: &[&Condition], lints: &mut Lints<'_>) {
    let Some(span) = extent(condition, lints.sources) else { return };
    let mut found = Diagnostic::new(&NEVER_TRUE, span).arg("criterion", lints.text(span));
    for awaited in awaited.iter().take(4) {
        if let Some(span) = extent(awaited, lints.sources) {
            found = found.label(span, AWAITED);
        }
    }
    lints.report(found);
}
