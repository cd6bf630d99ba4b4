//! The same rule twice, and the same line of a score.

use rustc_hash::FxHashMap;

use crate::checked::content::{of_condition, of_rule};
use crate::checked::workflow::{ActionKind, Rule};
use crate::checked::{ExprKind, Line, Score};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{LINE_TWICE, RULE_TWICE, Text};
use crate::lint::criterion::Lints;
use crate::schema::ModuleId;

const FIRST: Text = Text { fr: "la première", en: "the first" };

pub(super) fn lint(lints: &mut Lints<'_>) {
    let program = lints.space.program;
    // Most rules differ by what they are made of, which is quickly seen.
    let mut alike: FxHashMap<Outline<'_>, Vec<&Rule>> = FxHashMap::default();
    for rule in program.rules.iter().filter(|rule| acts(rule)) {
        alike.entry(outline(rule)).or_default().push(rule);
    }
    let mut found = Vec::new();
    for rules in alike.values().filter(|rules| rules.len() > 1) {
        let mut first: FxHashMap<String, &Rule> = FxHashMap::default();
        for rule in rules {
            let other = *first.entry(of_rule(rule, program)).or_insert(rule);
            if !std::ptr::eq(other, *rule) {
                let diagnostic = Diagnostic::new(&RULE_TWICE, rule.span).arg("name", &rule.name);
                found.push(diagnostic.arg("other", &other.name).label(other.span, FIRST));
            }
        }
    }
    for diagnostic in found {
        lints.report(diagnostic);
    }
    program.scores.iter().for_each(|score| lines(score, lints));
}

/// What rules that say the same have in common.
type Outline<'r> = (Option<ModuleId>, Option<&'r str>, usize, Vec<&'r str>);

fn outline(rule: &Rule) -> Outline<'_> {
    let actions = rule.branches.iter().flat_map(|branch| &branch.actions);
    let actions = actions.map(|action| match &action.kind {
        ActionKind::Update(_) => "",
        _ => action.source.as_str(),
    });
    (rule.module, rule.open_module.as_deref(), rule.branches.len(), actions.collect())
}

fn acts(rule: &Rule) -> bool {
    rule.branches.iter().any(|branch| !branch.actions.is_empty() || !branch.later.is_empty())
}

/// Lines of one group with the same fixed points and the same criterion.
fn lines(score: &Score, lints: &mut Lints<'_>) {
    let mut first: FxHashMap<_, &Line> = FxHashMap::default();
    for line in &score.lines {
        let ExprKind::Const(points) = &line.points.kind else { continue };
        let criterion = line.condition.as_ref().map(of_condition);
        let events = line.events.as_ref().map(|events| format!("{events:?}"));
        let key = (line.group, format!("{points:?} {:?}", line.cap), criterion, events);
        let other = *first.entry(key).or_insert(line);
        if !std::ptr::eq(other, line) {
            let found = Diagnostic::new(&LINE_TWICE, line.span).arg("name", &score.name);
            lints.report(found.label(other.span, FIRST));
        }
    }
}
