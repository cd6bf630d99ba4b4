//! Which listeners a fixed value can set off at all, found by the tests that must hold of it, so
//! that thousands of rules that wait for values of one field are not tried one by one.

use rustc_hash::FxHashMap;

use super::Node;
use super::effects::{Effects, Listens};
use crate::checked::CheckedProgram;
use crate::checked::workflow::TriggerKind;

/// For each field, its listeners by the tests that they need.
#[derive(Debug, Default)]
pub(super) struct Gates(FxHashMap<u32, Gate>);

/// The listeners of a field, by their places among them.
#[derive(Debug, Default)]
struct Gate {
    /// Those of which a test must hold, by test.
    by_test: FxHashMap<u32, Vec<u32>>,
    others: Vec<u32>,
}

impl Gates {
    /// Files the listeners of all fields.
    pub(super) fn of(program: &CheckedProgram, effects: &Effects<'_>) -> Gates {
        let mut gates = Gates::default();
        for (field, listeners) in &effects.listeners {
            let mut gate = Gate::default();
            for (place, listener) in listeners.iter().enumerate() {
                let needed = match listener.how {
                    Listens::Waits => None,
                    Listens::Reads | Listens::Restores(_) => {
                        needed(program, effects, *field, effects.nodes[listener.node as usize])
                    }
                };
                let Some(needed) = needed else {
                    gate.others.push(place as u32);
                    continue;
                };
                for test in needed {
                    gate.by_test.entry(test).or_default().push(place as u32);
                }
            }
            gates.0.insert(*field, gate);
        }
        gates
    }

    /// The places of the listeners of a field that may be set off where it has this value, in
    /// order; none where that may be any.
    pub(super) fn open(&self, effects: &Effects<'_>, field: u32, value: u32) -> Option<Vec<u32>> {
        let gate = self.0.get(&field)?;
        let held = effects.answers.held(field, value)?;
        let mut places = gate.others.clone();
        places.extend(held.iter().filter_map(|test| gate.by_test.get(test)).flatten());
        places.sort_unstable();
        places.dedup();
        Some(places)
    }
}

/// Tests on a field one of which holds wherever a branch acts, by its criterion or by all that its
/// rule waits for.
fn needed(
    program: &CheckedProgram,
    effects: &Effects<'_>,
    field: u32,
    node: Node,
) -> Option<Vec<u32>> {
    let rule = &program.rules[node.rule as usize];
    let own = rule.branches[node.branch as usize].condition.as_ref();
    own.and_then(|condition| effects.answers.needed(field, condition)).or_else(|| {
        let awaited = rule.triggers.iter().map(|trigger| match &trigger.kind {
            TriggerKind::Criterion(condition) => effects.answers.needed(field, condition),
            _ => None,
        });
        awaited.collect::<Option<Vec<_>>>().map(|tests| tests.concat())
    })
}
