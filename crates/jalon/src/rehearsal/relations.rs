//! How the records of a stage hold each other: by references and by lists, as they are now.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::Rehearsal;
use crate::schema::{Field, FieldType, ModuleId};
use crate::value::typed::{self, Typed};
use crate::workflow::RecordKey;

impl Rehearsal {
    /// A record with those that it holds as they are on the stage now; a reference that is a bare
    /// id stays one.
    pub(super) fn resolved(&self, module: &str, record: &Json) -> Json {
        let mut whole = record.clone();
        for (field, of) in self.relations(module) {
            let current = |held: &Json| self.current(of, held).unwrap_or_else(|| held.clone());
            let value = match held(record, field) {
                Some(Json::Array(list)) => list.iter().map(current).collect(),
                Some(one @ Json::Object(_)) => current(one),
                _ => continue,
            };
            self.set(module, &mut whole, field.name(), value);
        }
        whole
    }

    /// The records that records of a module hold, those that they hold, and so on, as far as they
    /// are on the stage.
    pub(super) fn related(&self, module: &str, records: &[&Json]) -> Vec<(RecordKey, Json)> {
        let mut known = BTreeSet::new();
        let mut pending: Vec<RecordKey> =
            records.iter().flat_map(|record| self.held(module, record)).collect();
        let mut related = Vec::new();
        while let Some(key) = pending.pop() {
            let Some(record) = self.records.get(&key).filter(|_| known.insert(key.clone())) else {
                continue;
            };
            pending.extend(self.held(&key.module, record));
            let record = self.resolved(&key.module, record);
            related.push((key, record));
        }
        related
    }

    /// Puts the records on the stage that a record holds and that are not there yet.
    pub(super) fn keep_held(&mut self, module: &str, record: &Json) {
        let mut new = Vec::new();
        for (field, of) in self.relations(module) {
            let held = held(record, field).into_iter();
            let each = held.flat_map(|held| match held {
                Json::Array(list) => list.as_slice(),
                one => std::slice::from_ref(one),
            });
            for one in each.filter(|one| one.is_object()) {
                new.extend(self.key_of(of, one).map(|key| (key, one.clone())));
            }
        }
        for (key, record) in new {
            self.records.entry(key).or_insert(record);
        }
    }

    /// The fields of a module that hold records, and the module of those.
    fn relations(&self, module: &str) -> impl Iterator<Item = (&Field, ModuleId)> {
        let checked = self.program.checked();
        let module = checked.names.module(module).and_then(|id| checked.schema.module(id));
        let fields = module.into_iter().flat_map(|module| &module.fields);
        fields.filter_map(|field| match field.ty {
            FieldType::Reference(of) | FieldType::Records(of) => Some((field, of)),
            _ => None,
        })
    }

    /// The keys of the records that a record holds.
    fn held(&self, module: &str, record: &Json) -> Vec<RecordKey> {
        let mut keys = Vec::new();
        for (field, of) in self.relations(module) {
            match held(record, field) {
                Some(Json::Array(list)) => {
                    keys.extend(list.iter().filter_map(|one| self.key_of(of, one)));
                }
                Some(one) => keys.extend(self.key_of(of, one)),
                None => {}
            }
        }
        keys
    }

    /// The record that another holds, as it is now.
    fn current(&self, module: ModuleId, held: &Json) -> Option<Json> {
        let key = self.key_of(module, held)?;
        let mut record = self.records.get(&key)?.clone();
        if let Some(fields) = record.as_object_mut() {
            fields.entry("id").or_insert_with(|| key.id.into());
        }
        Some(record)
    }

    fn key_of(&self, module: ModuleId, held: &Json) -> Option<RecordKey> {
        let module = self.program.checked().schema.module(module)?.name.clone();
        id_of(held).map(|id| RecordKey { module, id })
    }
}

/// What a record holds in a field.
fn held<'r>(record: &'r Json, field: &Field) -> Option<&'r Json> {
    let fields = record.as_object()?;
    let named = |(name, _): &(&String, &Json)| field.key.folded.contains(&super::folded(name));
    fields.iter().find(named).map(|(_, held)| held)
}

/// The id of a record, or the text of a reference.
fn id_of(held: &Json) -> Option<String> {
    let Typed::Value(reference) = typed::reference(crate::value::json::value_ref(held)) else {
        return None;
    };
    let mut id = None;
    reference.any(|text| {
        id = Some(text.to_owned());
        true
    });
    id
}
