//! Values that are replaced before anybody sees them.

use rustc_hash::FxHashMap;

use super::parts::each_step;
use super::uses::{Slot, slot};
use crate::checked::workflow::{Action, ActionKind, Change, Repetition, Target, TriggerKind};
use crate::checked::{CheckedProgram, Expr, ExprKind, FieldRef, Rule};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{OVERWRITTEN, OVERWRITTEN_BY_RULE, WRITTEN_AGAIN};
use crate::plan::mention;
use crate::source::Span;

pub(super) fn lint(program: &CheckedProgram, out: &mut Vec<Diagnostic>) {
    each_step(program, &mut |step| within(step.actions, out));
    between(program, out);
}

/// A field that one of the actions sets, and a later one sets again.
fn within(actions: &[Action], out: &mut Vec<Diagnostic>) {
    if actions.len() < 2 {
        return;
    }
    let mut set: FxHashMap<(Option<Slot>, Slot), (Span, String)> = FxHashMap::default();
    for action in actions {
        let ActionKind::Update(update) = &action.kind else {
            // What the host does, or what is said, may be about the value in between.
            set.clear();
            continue;
        };
        for value in &update.values {
            let mut read = Vec::new();
            mention::of_expr(value, 0, &mut read);
            set.retain(|(_, field), _| read.iter().all(|read| slot(&read.key) != Some(*field)));
        }
        let Some((place, field)) = target(&update.target) else { continue };
        let Some(key) = slot(&field.key).map(|field| (place, field)) else { continue };
        if update.change != Change::Set {
            set.remove(&key);
            continue;
        }
        let name = field.key.names.first().cloned().unwrap_or_default();
        let before = set.insert(key, (action.span, name));
        if let Some((span, name)) = before.filter(|_| update.values.iter().all(is_sure)) {
            let d = Diagnostic::new(&OVERWRITTEN, span).arg("name", name);
            out.push(d.label(action.span, WRITTEN_AGAIN));
        }
    }
}

/// Whether a value can always be worked out.
fn is_sure(value: &Expr) -> bool {
    matches!(value.kind, ExprKind::Const(_) | ExprKind::Time(_) | ExprKind::Template(_))
}

/// The field that an update writes, and through which field of the record.
fn target(target: &Target) -> Option<(Option<Slot>, &FieldRef)> {
    match target {
        Target::Own(field) => Some((None, field)),
        Target::Through { reference: by, field, .. } | Target::Each { list: by, field, .. } => {
            Some((Some(slot(&by.key)?), field))
        }
    }
}

/// Fields that two rules set which act on the same records at the same times.
fn between(program: &CheckedProgram, out: &mut Vec<Diagnostic>) {
    let mut set: FxHashMap<(String, Slot), (Span, &Rule)> = FxHashMap::default();
    for rule in &program.rules {
        let Some(moments) = moments(rule) else { continue };
        for action in rule.branches.iter().take(1).flat_map(|branch| &branch.actions) {
            let ActionKind::Update(update) = &action.kind else { continue };
            let Target::Own(field) = &update.target else { continue };
            let (Some(slot), Change::Set) = (slot(&field.key), update.change) else { continue };
            let before = set.insert((moments.clone(), slot), (action.span, rule));
            let other = |(_, first): &(Span, &Rule)| first.span != rule.span;
            let sure = update.values.iter().all(is_sure);
            let Some((span, first)) = before.filter(other).filter(|_| sure) else {
                continue;
            };
            let name = field.key.names.first().cloned().unwrap_or_default();
            let d = Diagnostic::new(&OVERWRITTEN_BY_RULE, span).arg("name", name);
            let d = d.arg("rule", &rule.name).arg("first", &first.name);
            out.push(d.label(action.span, WRITTEN_AGAIN));
        }
    }
}

/// When a rule acts that asks nothing of the record: at saves of a kind.
fn moments(rule: &Rule) -> Option<String> {
    let [branch] = &rule.branches[..] else { return None };
    let [trigger] = &rule.triggers[..] else { return None };
    if branch.condition.is_some() || rule.repetition != Repetition::EveryTime {
        return None;
    }
    let kind = match trigger.kind {
        TriggerKind::Created => "created",
        TriggerKind::Updated => "updated",
        TriggerKind::CreatedOrUpdated => "both",
        _ => return None,
    };
    Some(format!("{:?} {:?} {kind}", rule.module, rule.open_module))
}
