//! Fields of modules as numbers, whatever names them.

use rustc_hash::FxHashMap;

use crate::checked::CheckedProgram;
use crate::schema::ModuleId;
use crate::value::FieldKey;

/// A module: declared, or only named by rules (folded), or without a name.
pub(super) type Place<'p> = (Option<ModuleId>, Option<&'p str>);

/// A field within its module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Within {
    Slot(u32, u32),
    Named(String),
}

/// Fields that were met, numbered in that order.
#[derive(Debug, Default)]
pub(super) struct Fields<'p> {
    ids: FxHashMap<(Place<'p>, Within), u32>,
    /// The module and the label of each.
    pub(super) met: Vec<(Place<'p>, String)>,
}

impl<'p> Fields<'p> {
    /// The number of a field.
    pub(super) fn id(&mut self, place: Place<'p>, key: &FieldKey) -> u32 {
        let next = self.met.len() as u32;
        let id = *self.ids.entry((place, within(key))).or_insert(next);
        if id == next {
            self.met.push((place, key.names.first().cloned().unwrap_or_default()));
        }
        id
    }

    /// The number of a field that was met.
    pub(super) fn known(&self, place: Place<'p>, key: &FieldKey) -> Option<u32> {
        self.ids.get(&(place, within(key))).copied()
    }
}

fn within(key: &FieldKey) -> Within {
    if key.shape == FieldKey::NO_SHAPE {
        Within::Named(key.folded.first().cloned().unwrap_or_default())
    } else {
        Within::Slot(key.shape, key.slot)
    }
}

/// The name of a module, as declared or as rules name it.
pub(super) fn module_name<'p>(program: &'p CheckedProgram, place: Place<'p>) -> &'p str {
    let declared = place.0.and_then(|id| program.schema.module(id));
    declared.map_or(place.1.unwrap_or(""), |module| &module.name)
}
