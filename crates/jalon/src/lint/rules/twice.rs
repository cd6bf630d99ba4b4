//! The same rule twice, and the same line of a score.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::checked::content::{Content, Names, key_of};
use crate::checked::workflow::{ActionKind, Rule};
use crate::checked::{Condition, ExprKind, Line, On, Score, Term};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{LINE_TWICE, RULE_TWICE, Text};
use crate::lint::criterion::Lints;
use crate::plan::mention;
use crate::schema::TextMode;
use crate::value::Value;
use crate::value::fold::fold_into;

const FIRST: Text = Text { fr: "la première", en: "the first" };

pub(super) fn lint(lints: &mut Lints<'_>) {
    let program = lints.space.program;
    // Most rules differ by what they are made of, which is quickly seen.
    let mut alike: FxHashMap<Outline<'_>, Vec<&Rule>> = FxHashMap::default();
    for rule in program.rules.iter().filter(|rule| acts(rule)) {
        alike.entry(outline(rule)).or_default().push(rule);
    }
    let (mut found, mut names) = (Vec::new(), Names::new(program));
    for rules in alike.values().filter(|rules| rules.len() > 1) {
        let mut first: FxHashMap<Content, &Rule> = FxHashMap::default();
        for rule in rules {
            let other = *first.entry(names.of_rule(rule)).or_insert(rule);
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

/// What rules that say the same have in common: the last is of the constants of their criteria.
type Outline<'r> = (&'r On, usize, Vec<&'r str>, u64);

fn outline(rule: &Rule) -> Outline<'_> {
    let actions = rule.branches.iter().flat_map(|branch| &branch.actions);
    let actions = actions.map(|action| match &action.kind {
        ActionKind::Update(_) => "",
        _ => action.source.as_str(),
    });
    let (mut constants, mut folded) = (FxHasher::default(), String::new());
    for condition in rule.branches.iter().filter_map(|branch| branch.condition.as_ref()) {
        hash_constants(condition, &mut folded, &mut constants);
    }
    let (count, constants) = (rule.branches.len(), constants.finish());
    (&rule.on, count, actions.collect(), constants)
}

/// The texts that a criterion names, in order and as they are compared at most.
fn hash_constants(condition: &Condition, folded: &mut String, hasher: &mut FxHasher) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                hash_constants(part, folded, hasher);
            }
        }
        Condition::Not(part) => hash_constants(part, folded, hasher),
        Condition::Test(test) => {
            for term in mention::terms(&test.predicate) {
                if let Term::Const(Value::Text(text)) = term {
                    fold_into(text, TextMode::default(), folded);
                    folded.hash(hasher);
                }
            }
        }
        Condition::Related(_) => {}
    }
}

fn acts(rule: &Rule) -> bool {
    rule.branches.iter().any(|branch| !branch.actions.is_empty() || !branch.later.is_empty())
}

/// Lines of one group with the same fixed points and the same criterion.
fn lines(score: &Score, lints: &mut Lints<'_>) {
    let mut first: FxHashMap<_, &Line> = FxHashMap::default();
    for line in &score.lines {
        let ExprKind::Const(points) = &line.points.kind else { continue };
        let criterion = line.condition.as_ref().map(key_of);
        let events = line.events.as_ref().map(|events| format!("{events:?}"));
        let key = (line.group, format!("{points:?} {:?}", line.cap), criterion, events);
        let other = *first.entry(key).or_insert(line);
        if !std::ptr::eq(other, line) {
            let found = Diagnostic::new(&LINE_TWICE, line.span).arg("name", &score.name);
            lints.report(found.label(other.span, FIRST));
        }
    }
}
