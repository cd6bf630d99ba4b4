//! Whether two rules can act on one event.

use crate::checked::Condition;
use crate::checked::workflow::{Rule, Trigger, TriggerKind};

/// For each pair of triggers that one event can meet, what it must satisfy besides: the criteria
/// of those that have one.
pub(super) fn ways<'r>(a: &'r Rule, b: &'r Rule) -> Vec<Vec<&'r Condition>> {
    let mut ways: Vec<Vec<&Condition>> = Vec::new();
    for first in &a.triggers {
        for second in &b.triggers {
            if !coincide(&first.kind, &second.kind) {
                continue;
            }
            let criteria: Vec<_> = [first, second].into_iter().filter_map(criterion).collect();
            if criteria.is_empty() {
                return vec![criteria];
            }
            ways.push(criteria);
        }
    }
    ways
}

fn criterion(trigger: &Trigger) -> Option<&Condition> {
    match &trigger.kind {
        TriggerKind::Criterion(condition) => Some(condition),
        _ => None,
    }
}

/// When a trigger is met: on which saves of the record.
fn saves(kind: &TriggerKind) -> Option<(bool, bool)> {
    match kind {
        TriggerKind::Created => Some((true, false)),
        TriggerKind::Updated | TriggerKind::Changed(_) => Some((false, true)),
        TriggerKind::CreatedOrUpdated | TriggerKind::Criterion(_) => Some((true, true)),
        _ => None,
    }
}

fn coincide(a: &TriggerKind, b: &TriggerKind) -> bool {
    if let (Some(a), Some(b)) = (saves(a), saves(b)) {
        return a.0 && b.0 || a.1 && b.1;
    }
    match (a, b) {
        (TriggerKind::Deleted, TriggerKind::Deleted) => true,
        (TriggerKind::Date(a), TriggerKind::Date(b)) => {
            a.field == b.field && a.offset == b.offset && a.at == b.at && a.every == b.every
        }
        (
            TriggerKind::Score { score: a, rising: up, .. },
            TriggerKind::Score { score: b, rising, .. },
        ) => a == b && up == rising,
        (TriggerKind::Event(a), TriggerKind::Event(b)) => a == b,
        (TriggerKind::Idle(a, unit), TriggerKind::Idle(b, other)) => a == b && unit == other,
        _ => false,
    }
}
