//! The records of a cascade: as the event gave them, with what rules have written since.

use std::cell::OnceCell;

use super::compile::Automation;
use super::desk::keep;
use super::event::{Nothing, Related};
use super::state::{RecordKey, RecordState};
use crate::checked::{CheckedProgram, FieldRef, RuleId};
use crate::eval::compare::same;
use crate::schema::{FieldType, ModuleId};
use crate::value::typed::{self, Typed};
use crate::value::{Conflict, FieldKey, Record, Row, Value, ValueRef, Zone};

/// Every record that the cascade has met, the event's first.
#[derive(Debug)]
pub(super) struct World<'e> {
    pub(super) program: &'e CheckedProgram,
    automation: &'e Automation,
    related: &'e [Related<'e>],
    zone: Zone,
    pub(super) entities: Vec<Entity<'e>>,
}

/// One record.
#[derive(Debug)]
pub(super) struct Entity<'e> {
    /// In [`Automation::modules`].
    pub(super) module: usize,
    pub(super) key: RecordKey,
    /// Whether anything is known of it.
    pub(super) known: bool,
    /// What was remembered of it before the event, once it is asked for.
    pub(super) memory: OnceCell<Option<RecordState>>,
    base: Base<'e>,
    /// What rules have written, the last of each field.
    writes: Vec<Write<'e>>,
    /// The same when this wave began.
    found: Vec<Write<'e>>,
    /// The record before this wave's change.
    prior: Prior<'e>,
}

#[derive(Debug)]
enum Base<'e> {
    Lent(&'e dyn Record),
    Kept(Row),
}

#[derive(Debug)]
enum Prior<'e> {
    /// As the event says.
    Event(&'e dyn Record),
    /// With what was written then.
    Writes(Vec<Write<'e>>),
}

/// A field's new value.
#[derive(Clone, Debug)]
pub(super) struct Write<'e> {
    pub(super) field: &'e FieldRef,
    pub(super) value: Value,
    pub(super) rule: Option<RuleId>,
}

/// Which of its states a record is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// With everything written so far.
    Now,
    /// Before the change of this wave.
    Prior,
    /// As the event gave it.
    Event,
}

/// A record of the world, read in one of its states.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'w> {
    world: &'w World<'w>,
    entity: usize,
    layer: Layer,
}

impl<'e> World<'e> {
    pub(super) fn new(
        program: &'e CheckedProgram,
        automation: &'e Automation,
        related: &'e [Related<'e>],
        zone: Zone,
    ) -> World<'e> {
        World { program, automation, related, zone, entities: Vec::new() }
    }

    /// Adds the event's record.
    pub(super) fn add(
        &mut self,
        module: usize,
        key: RecordKey,
        record: &'e dyn Record,
        before: &'e dyn Record,
    ) {
        self.entities.push(Entity {
            module,
            key,
            known: true,
            memory: OnceCell::new(),
            base: Base::Lent(record),
            writes: Vec::new(),
            found: Vec::new(),
            prior: Prior::Event(before),
        });
    }

    pub(super) fn view(&self, entity: usize, layer: Layer) -> View<'_> {
        View { world: self, entity, layer }
    }

    /// The record of a module with an id, brought into the world if it is not there yet; `lent`
    /// is what the record at hand holds of it.
    pub(super) fn adopt(&mut self, module: ModuleId, id: &str, lent: Option<Row>) -> usize {
        let index = module.0 as usize;
        let known = |entity: &Entity<'_>| entity.module == index && entity.key.id == id;
        if let Some(found) = self.entities.iter().position(known) {
            return found;
        }
        let name = self.automation.modules.get(index).map_or("", |plan| plan.name.as_str());
        let given = self.related(module, id);
        let (base, known) = match (given, lent) {
            (Some(record), _) => (Base::Lent(record), true),
            (None, Some(row)) => (Base::Kept(row), true),
            (None, None) => (Base::Lent(&Nothing), false),
        };
        self.entities.push(Entity {
            module: index,
            key: RecordKey { module: name.to_owned(), id: id.to_owned() },
            known,
            memory: OnceCell::new(),
            base,
            writes: Vec::new(),
            found: Vec::new(),
            prior: Prior::Writes(Vec::new()),
        });
        self.entities.len() - 1
    }

    /// A record that the host gave beside the event.
    fn related(&self, module: ModuleId, id: &str) -> Option<&'e dyn Record> {
        let of = |related: &&Related<'_>| {
            related.id == id && self.program.names.module(related.module) == Some(module)
        };
        self.related.iter().find(of).map(|related| related.record)
    }

    /// Sets a field; the rule of this wave whose value it wrote over.
    pub(super) fn write(
        &mut self,
        entity: usize,
        field: &'e FieldRef,
        value: Value,
        rule: Option<RuleId>,
    ) -> Option<RuleId> {
        let entity = self.entities.get_mut(entity)?;
        let place = entity.writes.iter().position(|write| is_same(&write.field.key, &field.key));
        let over = place.and_then(|place| {
            let last = &entity.writes[place];
            let of_wave = entity.found.get(place).is_none_or(|found| found.value != last.value);
            if of_wave && last.rule != rule && last.value != value { last.rule } else { None }
        });
        let write = Write { field, value, rule };
        match place {
            Some(place) => entity.writes[place] = write,
            None => entity.writes.push(write),
        }
        over
    }

    /// Takes what was written for a part of the event.
    pub(super) fn accept(&mut self) {
        for entity in &mut self.entities {
            entity.found.clone_from(&entity.writes);
        }
    }

    /// Ends a wave: the records whose values have changed, net, in the order they were met. What
    /// was found is now what was before.
    pub(super) fn settle(&mut self) -> Vec<usize> {
        let changed: Vec<usize> = (0..self.entities.len())
            .filter(|index| {
                let entity = &self.entities[*index];
                entity.writes.iter().enumerate().any(|(place, write)| {
                    let found = entity.found.get(place).map(|found| found.value.as_ref());
                    let found = found.unwrap_or_else(|| entity.base().get(&write.field.key));
                    !same(found, write.value.as_ref(), self.zone)
                })
            })
            .collect();
        for entity in &mut self.entities {
            let found = std::mem::replace(&mut entity.found, entity.writes.clone());
            entity.prior = Prior::Writes(found);
        }
        changed
    }

    /// The net changes of a record over the whole cascade.
    pub(super) fn changes(&self, entity: usize) -> Vec<(&Write<'e>, ValueRef<'_>)> {
        let Some(entity) = self.entities.get(entity) else { return Vec::new() };
        let changes =
            entity.writes.iter().map(|write| (write, entity.base().get(&write.field.key)));
        changes.filter(|(write, old)| !same(*old, write.value.as_ref(), self.zone)).collect()
    }

    /// Takes everything back that rules have written.
    pub(super) fn undo(&mut self) {
        for entity in &mut self.entities {
            entity.writes.clear();
        }
    }

    /// What a record holds of a field.
    fn read(&self, index: usize, layer: Layer, key: &FieldKey) -> ValueRef<'_> {
        let Some(entity) = self.entities.get(index) else { return ValueRef::Absent };
        if let Some(value) = entity.written(layer, key) {
            return value.as_ref();
        }
        let value = entity.base_in(layer).get(key);
        let alone = self.entities.len() == 1 && self.related.is_empty() && entity.writes.is_empty();
        let Some((reference, field)) = key.path.as_deref().filter(|_| !alone) else { return value };
        match self.named(index, layer, reference) {
            Some(Named::Entity(other)) => self.read(other, layer, field),
            Some(Named::Given(record)) => record.get(field),
            None if entity.written(layer, reference).is_some() => ValueRef::Absent,
            None => value,
        }
    }

    /// The record that a reference names, if it is in the world or was given.
    fn named(&self, index: usize, layer: Layer, reference: &FieldKey) -> Option<Named<'_>> {
        let entity = self.entities.get(index)?;
        let declared = self.program.schema.modules.get(entity.module)?;
        let field = declared.fields.iter().find(|field| is_same(&field.key, reference))?;
        let FieldType::Reference(module) = field.ty else { return None };
        let id = id_of(self.read(index, layer, reference))?;
        let target = module.0 as usize;
        let known = |entity: &Entity<'_>| entity.module == target && entity.key.id == id;
        if let Some(found) = self.entities.iter().position(known) {
            return self.entities[found].known.then_some(Named::Entity(found));
        }
        self.related(module, &id).map(Named::Given)
    }

    /// A copy of a record that another holds, field by field as its module declares them.
    pub(super) fn copy(&self, module: ModuleId, record: &dyn Record) -> Row {
        let mut row = Row::default();
        for field in self.program.schema.module(module).iter().flat_map(|module| &module.fields) {
            match record.get(&field.key) {
                ValueRef::Absent => {}
                value => {
                    row.set(field.name(), keep(value));
                }
            }
        }
        row
    }
}

/// A record that a reference names.
enum Named<'w> {
    Entity(usize),
    Given(&'w dyn Record),
}

impl<'e> Entity<'e> {
    fn base(&self) -> &dyn Record {
        match &self.base {
            Base::Lent(record) => *record,
            Base::Kept(row) => row,
        }
    }

    fn base_in(&self, layer: Layer) -> &dyn Record {
        match (&self.prior, layer) {
            (Prior::Event(before), Layer::Prior) => *before,
            _ => self.base(),
        }
    }

    fn written(&self, layer: Layer, key: &FieldKey) -> Option<&Value> {
        let writes = match (layer, &self.prior) {
            (Layer::Now, _) => &self.writes,
            (Layer::Prior, Prior::Writes(writes)) => writes,
            (Layer::Prior, Prior::Event(_)) | (Layer::Event, _) => return None,
        };
        writes.iter().find(|write| is_same(&write.field.key, key)).map(|write| &write.value)
    }
}

impl Record for View<'_> {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        self.world.read(self.entity, self.layer, key)
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        let entity = self.world.entities.get(self.entity)?;
        match entity.written(self.layer, key) {
            Some(_) => None,
            None => entity.base_in(self.layer).conflict(key),
        }
    }

    fn may_conflict(&self) -> bool {
        let entity = self.world.entities.get(self.entity);
        entity.is_some_and(|entity| entity.base_in(self.layer).may_conflict())
    }
}

/// Whether two keys are of one field.
pub(super) fn is_same(a: &FieldKey, b: &FieldKey) -> bool {
    if a.shape != FieldKey::NO_SHAPE && a.shape == b.shape {
        return a.slot == b.slot;
    }
    a.folded.iter().any(|name| b.folded.contains(name))
}

/// The id of a related record, or the text of a reference.
pub(super) fn id_of(value: ValueRef<'_>) -> Option<String> {
    let Typed::Value(reference) = typed::reference(value) else { return None };
    let mut id = None;
    reference.any(|text| {
        id = Some(text.to_owned());
        true
    });
    id
}
