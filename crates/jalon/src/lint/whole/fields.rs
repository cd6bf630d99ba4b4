//! Fields of modules as numbers, whatever names them.

use rustc_hash::FxHashMap;

use crate::checked::On;
use crate::value::FieldKey;

/// A field within its module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Within {
    Slot(u32, u32),
    Named(String),
}

/// Fields that were met, numbered in that order.
#[derive(Debug, Default)]
pub(super) struct Fields {
    ids: FxHashMap<(On, Within), u32>,
    /// The module and the label of each.
    pub(super) met: Vec<(On, String)>,
}

impl Fields {
    /// The number of a field.
    pub(super) fn id(&mut self, on: &On, key: &FieldKey) -> u32 {
        let next = self.met.len() as u32;
        let id = *self.ids.entry((on.clone(), within(key))).or_insert(next);
        if id == next {
            self.met.push((on.clone(), key.names.first().cloned().unwrap_or_default()));
        }
        id
    }

    /// The number of a field that was met.
    pub(super) fn known(&self, on: &On, key: &FieldKey) -> Option<u32> {
        self.ids.get(&(on.clone(), within(key))).copied()
    }
}

fn within(key: &FieldKey) -> Within {
    if key.shape == FieldKey::NO_SHAPE {
        Within::Named(key.folded.first().cloned().unwrap_or_default())
    } else {
        Within::Slot(key.shape, key.slot)
    }
}
