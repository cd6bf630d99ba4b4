//! Finds what is declared by name, in one look-up each: names compare as text does.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::schema::{Field, ModuleId, Schema, TextMode};
use crate::syntax::ast;
use crate::value::FieldKey;
use crate::value::fold::fold as fold_as;

/// The declared names of a program, folded, and where they lead.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub(crate) modules: FxHashMap<String, ModuleId>,
    /// For each module, its field names and the index of each in its fields.
    pub(crate) fields: Vec<FxHashMap<String, u32>>,
    /// For each module, the attributes of all its events together.
    pub(crate) events: Vec<Attributes>,
    /// The attributes of one field's events, by the field's shape and slot.
    pub(crate) event_lists: FxHashMap<(u32, u32), Attributes>,
    /// The declared values of a list, by the field's shape and slot.
    pub(crate) values: FxHashMap<(u32, u32), FxHashSet<String>>,
    pub(crate) constants: FxHashMap<String, Vec<ast::Item>>,
    pub(crate) scores: FxHashMap<String, u32>,
    pub(crate) webhooks: FxHashMap<String, u32>,
    /// The names used on what is not declared, by the folded name of the module or list.
    pub(crate) dynamic: FxHashMap<String, DynamicShape>,
    /// How many shapes are numbered.
    pub(crate) shapes: u32,
}

/// The attributes of events.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributes {
    pub(crate) fields: Vec<Field>,
    pub(crate) index: FxHashMap<String, u32>,
    /// Whether none is declared, so that any name is taken for one.
    pub(crate) open: bool,
}

/// The fields of something that is not declared: equal names share a slot.
#[derive(Clone, Debug, Default)]
pub(crate) struct DynamicShape {
    pub(crate) shape: u32,
    pub(crate) slots: FxHashMap<String, u32>,
}

impl Names {
    /// A module by any of its names.
    pub fn module(&self, name: &str) -> Option<ModuleId> {
        self.modules.get(&fold(name)).copied()
    }

    /// The index of a score in [`crate::checked::CheckedProgram::scores`].
    pub fn score(&self, name: &str) -> Option<u32> {
        self.scores.get(&fold(name)).copied()
    }

    /// The index of a webhook in [`crate::checked::CheckedProgram::webhooks`].
    pub fn webhook(&self, name: &str) -> Option<u32> {
        self.webhooks.get(&fold(name)).copied()
    }

    /// A field of a module by any of its names.
    pub fn field<'s>(&self, schema: &'s Schema, module: ModuleId, name: &str) -> Option<&'s Field> {
        let index = *self.fields.get(module.0 as usize)?.get(&fold(name))?;
        schema.module(module)?.fields.get(index as usize)
    }

    /// The values of a constant.
    pub(crate) fn constant(&self, name: &str) -> &[ast::Item] {
        self.constants.get(&fold(name)).map_or(&[], Vec::as_slice)
    }

    /// A number for a new shape.
    pub(crate) fn new_shape(&mut self) -> u32 {
        self.shapes += 1;
        self.shapes - 1
    }

    /// Whether some values are not all declared, where the field is a list.
    pub(crate) fn has_others(&self, key: &FieldKey, values: &[String], mode: TextMode) -> bool {
        let listed = self.values.contains_key(&(key.shape, key.slot));
        listed && values.iter().any(|value| !self.has_value(key, value, mode))
    }

    /// Whether a list declares a value.
    pub(crate) fn has_value(&self, key: &FieldKey, value: &str, mode: TextMode) -> bool {
        self.values
            .get(&(key.shape, key.slot))
            .is_some_and(|values| values.contains(fold_as(value, mode).as_ref()))
    }
}

impl Attributes {
    /// An attribute by any of its names.
    pub(crate) fn get(&self, name: &str) -> Option<&Field> {
        self.index.get(&fold(name)).and_then(|i| self.fields.get(*i as usize))
    }
}

/// A name as it is looked up.
pub(crate) fn fold(name: &str) -> String {
    fold_as(name, TextMode::default()).into_owned()
}

/// The key of a field with these names at a slot.
pub(crate) fn keys(shape: u32, slot: u32, names: Vec<String>) -> FieldKey {
    let folded = names.iter().map(|name| fold(name)).collect();
    FieldKey { shape, slot, names, folded, path: None }
}
