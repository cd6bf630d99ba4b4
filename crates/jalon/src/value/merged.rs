//! Records made of others.

use super::{Conflict, FieldKey, Record, ValueRef};

/// A record that carries nothing, and says so of every field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nothing;

impl Record for Nothing {
    fn get(&self, _: &FieldKey) -> ValueRef<'_> {
        ValueRef::Empty
    }

    fn conflict(&self, _: &FieldKey) -> Option<Conflict> {
        None
    }

    fn may_conflict(&self) -> bool {
        false
    }
}

/// A record and what has changed of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merged<'e> {
    pub(crate) base: &'e dyn Record,
    pub(crate) changes: &'e dyn Record,
}

impl Record for Merged<'_> {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        match self.changes.get(key) {
            ValueRef::Absent => self.base.get(key),
            value => value,
        }
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        match self.changes.get(key) {
            ValueRef::Absent => self.base.conflict(key),
            _ => self.changes.conflict(key),
        }
    }

    fn may_conflict(&self) -> bool {
        self.base.may_conflict() || self.changes.may_conflict()
    }
}
