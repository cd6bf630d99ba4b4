//! A native record, and the owned collections that are records too.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::lang::Lang;
use crate::value::fold::TextMode;
use crate::value::fold::fold;
use crate::value::named::{Named, conflict, find};
use crate::value::{Conflict, FieldKey, Record, Value, ValueRef};

/// The fields of one module by slot: what rows are built for.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    id: u32,
    /// Index in `names`, by folded name.
    by_name: FxHashMap<String, usize>,
    /// Every name as declared, with its slot.
    names: Vec<(String, u32)>,
    slots: usize,
}

/// A record built field by field for one module of a program.
///
/// ```
/// use jalon::value::{FieldKey, Record, Row, ValueRef};
/// let mut row = Row::default();
/// row.set("Pays", "Monaco").set("Montant", 1_250);
/// assert!(matches!(row.get(&FieldKey::named(["pays"])), ValueRef::Text("Monaco")));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Row {
    shape: Arc<Shape>,
    slots: Vec<Option<Held>>,
    /// What the shape has no slot for.
    others: Vec<(String, Value)>,
    /// Slots that were set by two names to different values.
    conflicts: Vec<(u32, Conflict)>,
}

/// What a slot holds.
#[derive(Clone, Debug)]
struct Held {
    value: Value,
    /// The name that it was set by, in [`Shape::names`]; `None` when it was set by slot.
    name: Option<usize>,
}

/// A name that is no field of the row's module.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownField(pub String);

impl Shape {
    /// The shape of the fields whose keys carry its number; where two share a name, the first
    /// has it.
    pub fn new<'a>(id: u32, keys: impl IntoIterator<Item = &'a FieldKey>) -> Shape {
        let mut shape = Shape { id, ..Shape::default() };
        for key in keys.into_iter().filter(|key| key.shape == id) {
            shape.slots = shape.slots.max(key.slot as usize + 1);
            for (name, folded) in key.names.iter().zip(&key.folded) {
                shape.by_name.entry(folded.clone()).or_insert(shape.names.len());
                shape.names.push((name.clone(), key.slot));
            }
        }
        shape
    }

    /// The number that keys carry.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The slot of a field, by any of its names.
    pub fn slot(&self, name: &str) -> Option<u32> {
        self.name(name).map(|(_, slot)| slot)
    }

    /// Each slot with the first name of its field.
    pub(crate) fn labels(&self) -> impl Iterator<Item = (u32, &str)> {
        let mut seen = vec![false; self.slots];
        self.names.iter().filter_map(move |(name, slot)| {
            let seen = seen.get_mut(*slot as usize)?;
            (!std::mem::replace(seen, true)).then_some((*slot, name.as_str()))
        })
    }

    /// How many slots there are.
    pub(crate) fn len(&self) -> usize {
        self.slots
    }

    /// A name's index in `names`, and its slot.
    fn name(&self, name: &str) -> Option<(usize, u32)> {
        let index = *self.by_name.get(&*fold(name, TextMode::default()))?;
        self.names.get(index).map(|(_, slot)| (index, *slot))
    }
}

impl Row {
    /// A row of a shape, without values.
    pub fn new(shape: Arc<Shape>) -> Row {
        Row { slots: vec![None; shape.slots], shape, ..Row::default() }
    }

    /// Sets a field by any of its names. A name that is no field is kept as it is. Setting a
    /// field by two of its names to different values is a [`Record::conflict`].
    pub fn set(&mut self, name: &str, value: impl Into<Value>) -> &mut Row {
        let value = value.into();
        if let Err((UnknownField(name), value)) = self.place(name, value) {
            match self.others.iter_mut().find(|(other, _)| *other == name) {
                Some((_, old)) => *old = value,
                None => self.others.push((name, value)),
            }
        }
        self
    }

    /// Sets a field by any of its names; a name that is no field is an error.
    pub fn set_strict(
        &mut self,
        name: &str,
        value: impl Into<Value>,
    ) -> Result<&mut Row, UnknownField> {
        match self.place(name, value.into()) {
            Ok(()) => Ok(self),
            Err((unknown, _)) => Err(unknown),
        }
    }

    /// [`Row::set`] in a chain.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Row {
        self.set(name, value);
        self
    }

    /// Sets a field by its slot in the row's shape; other slots are left alone.
    pub fn set_slot(&mut self, slot: u32, value: impl Into<Value>) {
        if let Some(held) = self.slots.get_mut(slot as usize) {
            *held = Some(Held { value: value.into(), name: None });
        }
    }

    /// Forgets every value, and keeps the memory for the next record.
    pub fn clear(&mut self) {
        self.slots.fill(None);
        self.others.clear();
        self.conflicts.clear();
    }

    fn place(&mut self, name: &str, value: Value) -> Result<(), (UnknownField, Value)> {
        let Some((index, slot)) = self.shape.name(name) else {
            return Err((UnknownField(name.to_owned()), value));
        };
        let Some(held) = self.slots.get_mut(slot as usize) else { return Ok(()) };
        if let Some(Held { value: other, name: Some(first) }) = held
            && *first != index
            && *other != value
        {
            let spelled = |index: usize| self.shape.names[index].0.clone();
            let keys = (spelled(*first), spelled(index));
            self.conflicts.push((slot, Conflict { keys }));
        }
        *held = Some(Held { value, name: Some(index) });
        Ok(())
    }

    /// The slot of a key: its own, or the one of its names.
    #[inline]
    fn slot(&self, key: &FieldKey) -> Option<u32> {
        if key.shape == self.shape.id && (key.slot as usize) < self.slots.len() {
            return Some(key.slot);
        }
        self.slot_by_name(key)
    }

    #[inline(never)]
    fn slot_by_name(&self, key: &FieldKey) -> Option<u32> {
        let name = key.folded.iter().find_map(|name| self.shape.by_name.get(name))?;
        self.shape.names.get(*name).map(|(_, slot)| *slot)
    }

    #[inline]
    fn value(&self, key: &FieldKey) -> Option<&Value> {
        self.slot(key)
            .and_then(|slot| self.slots.get(slot as usize)?.as_ref())
            .map(|held| &held.value)
            .or_else(|| find(&self.others, key))
    }
}

impl Record for Row {
    #[inline]
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        match self.value(key) {
            Some(value) => value.as_ref(),
            None => key.through(|reference| self.get(reference)),
        }
    }

    #[inline]
    fn may_conflict(&self) -> bool {
        !self.conflicts.is_empty() || !self.others.is_empty()
    }

    /// Also where one slot was set by two of its names.
    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        let slot = self.slot(key);
        if let Some((_, conflict)) = self.conflicts.iter().find(|(set, _)| Some(*set) == slot) {
            return Some(conflict.clone());
        }
        conflict(&self.others, key, Value::eq)
    }
}

impl fmt::Display for UnknownField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl UnknownField {
    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        let UnknownField(name) = self;
        lang.pick(format!("champ inconnu `{name}`"), format!("unknown field `{name}`"))
    }
}

impl std::error::Error for UnknownField {}

impl Named for Vec<(String, Value)> {
    type Value = Value;

    fn exact(&self, name: &str) -> Option<&Value> {
        self.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl Named for BTreeMap<String, Value> {
    type Value = Value;

    fn exact(&self, name: &str) -> Option<&Value> {
        self.get(name)
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl Named for HashMap<String, Value> {
    type Value = Value;

    fn exact(&self, name: &str) -> Option<&Value> {
        self.get(name)
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// Collections of named values are records.
macro_rules! record {
    ($($name:ty),+) => {$(
        impl Record for $name {
            fn get(&self, key: &FieldKey) -> ValueRef<'_> {
                match find(self, key) {
                    Some(value) => value.as_ref(),
                    None => key.through(|reference| Record::get(self, reference)),
                }
            }

            fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
                conflict(self, key, Value::eq)
            }
        }
    )+};
}
record!(Vec<(String, Value)>, BTreeMap<String, Value>, HashMap<String, Value>);

#[cfg(test)]
mod tests;
