//! Which fields decide whether a branch of a rule acts.

use rustc_hash::FxHashMap;

use crate::checked::Condition;
use crate::checked::workflow::{Rule, TriggerKind};
use crate::plan::mention;
use crate::value::FieldKey;

/// Fields by number, each once and in order.
pub(super) type Reads = Vec<u32>;

/// Numbers for the fields that were met.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Those with a slot.
    slots: FxHashMap<(u32, u32), u32>,
    /// Those that are only named.
    names: FxHashMap<String, u32>,
}

impl Numbers {
    /// For each branch of a rule, what its criterion, those before it and the triggers read.
    pub(super) fn of(&mut self, rule: &Rule) -> Vec<Reads> {
        let mut so_far = Reads::new();
        for trigger in &rule.triggers {
            if let TriggerKind::Criterion(condition) = &trigger.kind {
                self.add(condition, &mut so_far);
            }
        }
        let branches = rule.branches.iter().map(|branch| {
            if let Some(condition) = &branch.condition {
                self.add(condition, &mut so_far);
            }
            so_far.clone()
        });
        branches.collect()
    }

    fn add(&mut self, condition: &Condition, reads: &mut Reads) {
        mention::each_of_condition(condition, &mut |field, _| {
            let number = self.number(&field.key);
            if let Err(at) = reads.binary_search(&number) {
                reads.insert(at, number);
            }
        });
    }

    fn number(&mut self, key: &FieldKey) -> u32 {
        // A field with a slot is told by it, whatever it is called.
        let next = (self.slots.len() + self.names.len()) as u32;
        if key.shape != FieldKey::NO_SHAPE {
            return *self.slots.entry((key.shape, key.slot)).or_insert(next);
        }
        let name = key.folded.first().map_or("", String::as_str);
        if let Some(number) = self.names.get(name) {
            return *number;
        }
        self.names.insert(name.to_owned(), next);
        next
    }
}

/// Whether criteria ask about one thing: where they share no field, records that meet both are a
/// matter of course.
pub(super) fn related(a: &Reads, b: &Reads) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|field| b.binary_search(field).is_ok())
}
