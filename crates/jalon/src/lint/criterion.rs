//! Criteria that say nothing, or nothing more: never true, always true, parts that change nothing.

mod confirm;
mod cut;
mod examples;
mod items;
mod parts;
mod place;
pub(super) mod sites;
pub(super) mod solve;
pub(super) mod space;

use confirm::Sampled;
pub(super) use confirm::{Judge, Shown, separate, unreached};
pub(super) use place::extent;

use sites::{Site, Sites};
use solve::{Side, Solver};
use space::Space;

use super::Analysis;
use crate::checked::Condition;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{ALWAYS_TRUE, NEVER_TRUE, Text};
use crate::plan::logic::Tree;
use crate::source::{Sources, Span};

/// So many steps are spent on one criterion, and so many on all: where there are thousands, each
/// gets its share, but never less than the least.
const MOST_STEPS: usize = 30_000;
const LEAST_STEPS: usize = 1000;
const ALL_STEPS: usize = 10_000_000;

/// More parts than this are not searched for those that contradict each other.
const MOST_IN_CONFLICT: usize = 24;

/// Where the other parts of a contradiction stand.
const WITH_THIS: Text = Text { fr: "avec ceci", en: "with this" };

/// What the lints share.
#[derive(Debug)]
pub(super) struct Lints<'a> {
    pub(super) space: &'a Space<'a>,
    pub(super) sources: &'a Sources,
    pub(super) solver: Solver<'a>,
    /// How many steps are spent on one criterion, or on one rule.
    pub(super) steps: usize,
    pub(super) analysis: Analysis,
}

impl<'a> Lints<'a> {
    /// For a program of so many criteria.
    pub(super) fn new(space: &'a Space<'a>, sources: &'a Sources, criteria: usize) -> Lints<'a> {
        let steps = (ALL_STEPS / criteria.max(1)).clamp(LEAST_STEPS, MOST_STEPS);
        let solver = Solver::new(space);
        Lints { space, sources, solver, steps, analysis: Analysis::default() }
    }

    /// Whether it is proven that trees cannot hold (or not hold) together.
    pub(super) fn never(&mut self, sides: &[Side<'_>]) -> bool {
        self.solver.never(sides, &mut self.analysis.undecided)
    }

    /// The text of a place as one line.
    pub(super) fn text(&self, span: Span) -> String {
        self.sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.analysis.findings.push(diagnostic);
    }
}

/// Looks at every criterion of a program by itself.
pub(super) fn lint(sites: &Sites<'_>, lints: &mut Lints<'_>) {
    for site in &sites.list {
        lints.solver.allow(lints.steps);
        lints.solver.study(Some(&site.tree), &site.given);
        lints.site(site);
    }
    lints.solver.study(None, &[]);
}

impl Lints<'_> {
    fn site(&mut self, site: &Site<'_>) {
        let Some(span) = extent(site.condition, self.sources) else { return };
        let given: Vec<Side<'_>> = site.given.iter().map(|tree| (tree, true)).collect();
        let mut sampled = Sampled::new(site, self.space);
        if self.never(&with(&given, (&site.tree, false))) {
            if sampled.constant(false) {
                self.never_true(site, span, &given);
            }
        } else if self.never(&with(&given, (&site.tree, true))) {
            if sampled.constant(true) {
                let whole = self.text(span);
                self.report(Diagnostic::new(&ALWAYS_TRUE, span).arg("criterion", whole));
            }
        } else {
            self.parts(site, given, &mut sampled);
            self.items(site.condition);
        }
    }

    /// Reports a criterion that never holds, at the last of the parts that contradict each other.
    fn never_true(&mut self, site: &Site<'_>, span: Span, given: &[Side<'_>]) {
        let mut conflict: Vec<(&Condition, &Tree)> = Vec::new();
        flat(site.condition, &site.tree, &mut conflict);
        let mut at = 0;
        while conflict.len() > 1 && conflict.len() <= MOST_IN_CONFLICT && at < conflict.len() {
            let others = conflict.iter().enumerate().filter(|(other, _)| *other != at);
            let mut sides: Vec<Side<'_>> = others.map(|(_, (_, tree))| (*tree, false)).collect();
            sides.extend(given);
            if self.never(&sides) {
                conflict.remove(at);
            } else {
                at += 1;
            }
        }
        let spans = conflict.iter().filter_map(|(part, _)| extent(part, self.sources));
        let mut spans: Vec<Span> = spans.collect();
        let last = spans.pop().filter(|_| conflict.len() <= MOST_IN_CONFLICT).unwrap_or(span);
        let mut found = Diagnostic::new(&NEVER_TRUE, last).arg("criterion", self.text(span));
        for other in spans.into_iter().take(4) {
            found = found.label(other, WITH_THIS);
        }
        self.report(found);
    }
}

/// Some sides and one more.
pub(super) fn with<'t>(sides: &[Side<'t>], one: Side<'t>) -> Vec<Side<'t>> {
    let mut all = sides.to_vec();
    all.push(one);
    all
}

/// The parts that must all hold, through nested conjunctions.
fn flat<'c>(condition: &'c Condition, tree: &'c Tree, parts: &mut Vec<(&'c Condition, &'c Tree)>) {
    match (condition, tree) {
        (Condition::All(of), Tree::All(trees)) if of.len() == trees.len() => {
            of.iter().zip(trees).for_each(|(part, tree)| flat(part, tree, parts));
        }
        _ => parts.push((condition, tree)),
    }
}
