//! How the records of a stage hold each other: by references and by lists, as they are now.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Rehearsal, folded};
use crate::schema::{Field, FieldType, ModuleId};
use crate::value::typed::{self, Typed};
use crate::workflow::RecordKey;

impl Rehearsal {
    /// Puts a record on the stage.
    pub(super) fn place(&mut self, key: RecordKey, record: Json) {
        self.take(&key);
        for target in self.references(&key.module, &record) {
            self.holders.entry(target).or_default().insert(key.clone());
        }
        self.records.insert(key, record);
    }

    /// Takes a record off the stage.
    pub(super) fn take(&mut self, key: &RecordKey) -> Option<Json> {
        let record = self.records.remove(key)?;
        for target in self.references(&key.module, &record) {
            if let Some(holders) = self.holders.get_mut(&target) {
                holders.remove(key);
            }
        }
        Some(record)
    }

    /// Puts the records on the stage that a record holds and that are not there yet.
    pub(super) fn keep_held(&mut self, module: &str, record: &Json) {
        let mut new = Vec::new();
        for (field, of) in self.relations(module) {
            let each = held(record, field).into_iter().flat_map(|held| match held {
                Json::Array(list) => list.as_slice(),
                one => std::slice::from_ref(one),
            });
            for one in each.filter(|one| one.is_object()) {
                new.extend(self.key_of(of, one).map(|key| (key, one.clone())));
            }
        }
        for (key, record) in new {
            if !self.records.contains_key(&key) {
                self.place(key, record);
            }
        }
    }

    /// A record with those that it holds as they are on the stage now. A list that the record does
    /// not carry is that of the records that refer to it, where they can do so by one field only.
    pub(super) fn resolved(&self, key: &RecordKey, record: &Json) -> Json {
        let mut whole = self.refreshed(key, record);
        for (field, of) in self.relations(&key.module) {
            if held(record, field).is_none()
                && let Some(keys) = self.referring(key, field, of)
            {
                let list = keys.filter_map(|key| self.current(of, &key.id.clone().into()));
                self.program.set(&key.module, &mut whole, field.name(), list.collect());
            }
        }
        whole
    }

    /// A record, or some fields of one, with the records in them as they are on the stage now; a
    /// reference that is a bare id stays one.
    pub(super) fn refreshed(&self, key: &RecordKey, record: &Json) -> Json {
        let mut fresh = record.clone();
        for (field, of) in self.relations(&key.module) {
            let current = |held: &Json| self.current(of, held).unwrap_or_else(|| held.clone());
            let value = match held(record, field) {
                Some(Json::Array(list)) => list.iter().map(current).collect(),
                Some(one @ Json::Object(_)) => current(one),
                _ => continue,
            };
            self.program.set(&key.module, &mut fresh, field.name(), value);
        }
        fresh
    }

    /// The records that a record in some of its states holds, those that they hold, and so on, as
    /// far as they are on the stage.
    pub(super) fn related(&self, key: &RecordKey, states: &[&Json]) -> Vec<(RecordKey, Json)> {
        let mut known = BTreeSet::new();
        let mut pending: Vec<RecordKey> =
            states.iter().flat_map(|record| self.held(key, record)).collect();
        let mut related = Vec::new();
        while let Some(key) = pending.pop() {
            let Some(record) = self.records.get(&key).filter(|_| known.insert(key.clone())) else {
                continue;
            };
            pending.extend(self.held(&key, record));
            let record = self.resolved(&key, record);
            related.push((key, record));
        }
        related
    }

    /// The keys of the records that a record holds.
    fn held(&self, key: &RecordKey, record: &Json) -> Vec<RecordKey> {
        let mut keys = Vec::new();
        for (field, of) in self.relations(&key.module) {
            match held(record, field) {
                Some(Json::Array(list)) => {
                    keys.extend(list.iter().filter_map(|one| self.key_of(of, one)));
                }
                Some(one) => keys.extend(self.key_of(of, one)),
                None => keys.extend(self.referring(key, field, of).into_iter().flatten().cloned()),
            }
        }
        keys
    }

    /// The records of a module that refer to a record, for its field that lists them; nothing where
    /// no field, or more than one, refers to its module.
    fn referring<'r>(
        &'r self,
        key: &RecordKey,
        field: &Field,
        of: ModuleId,
    ) -> Option<impl Iterator<Item = &'r RecordKey> + use<'r>> {
        let checked = self.program.checked();
        let own = checked.names.module(&key.module)?;
        let other = checked.schema.module(of)?;
        let refers = |field: &&Field| field.ty == FieldType::Reference(own);
        if !matches!(field.ty, FieldType::Records(_))
            || other.fields.iter().filter(refers).count() != 1
        {
            return None;
        }
        let holders = self.holders.get(key).into_iter().flatten();
        Some(holders.filter(|holder| holder.module == other.name))
    }

    /// The keys of the records that a record refers to.
    fn references(&self, module: &str, record: &Json) -> Vec<RecordKey> {
        let fields = self.relations(module);
        let references = fields.filter(|(field, _)| matches!(field.ty, FieldType::Reference(_)));
        references.filter_map(|(field, of)| self.key_of(of, held(record, field)?)).collect()
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
    let named = |(name, _): &(&String, &Json)| field.key.folded.contains(&folded(name));
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
