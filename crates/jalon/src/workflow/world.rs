//! The records of a cascade: as the event gave them, with what rules have written since.

mod written;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::iter::repeat;

use smallvec::SmallVec;

use super::compile::Automation;
use super::event::Related;
use super::state::{RecordKey, RecordState};
use crate::checked::{CheckedProgram, FieldRef, RuleId};
use crate::desk::keep;
use crate::eval::compare::same;
use crate::plan::logic;
use crate::schema::{FieldType, ModuleId};
use crate::value::merged::Nothing;
use crate::value::typed::{self, Typed};
use crate::value::{Conflict, FieldKey, Record, Row, Value, ValueRef, Zone};
pub(super) use written::Write;

/// Every record that the cascade has met, the event's first.
#[derive(Debug)]
pub(super) struct World<'e> {
    pub(super) program: &'e CheckedProgram,
    automation: &'e Automation,
    related: &'e [Related<'e>],
    zone: Zone,
    pub(super) entities: Vec<Entity<'e>>,
    /// How many waves have ended.
    pub(super) ended: u32,
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
    /// The record before the event, where the event says it.
    before: Option<&'e dyn Record>,
    /// What rules have written, the last of each field.
    writes: Vec<Write<'e>>,
    /// Whether a wave has ended: then what was written when it began is what was before.
    settled: bool,
    /// The rules that have fired for it, one bit each.
    fired: SmallVec<[u64; 2]>,
    /// Lists of related records of which the cascade has changed some, by field.
    lists: Vec<(&'e FieldKey, Value)>,
}

#[derive(Debug)]
enum Base<'e> {
    Lent(&'e dyn Record),
    Kept(Row),
}

/// Which of its states a record is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// With everything written so far.
    Now,
    /// Before the change of this wave.
    Prior,
    /// Before the event; of a record that is not the event's, as it was given.
    Before,
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
        // Most events concern one record.
        World { program, automation, related, zone, entities: Vec::with_capacity(1), ended: 0 }
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
            before: Some(before),
            writes: Vec::new(),
            settled: false,
            fired: SmallVec::new(),
            lists: Vec::new(),
        });
    }

    pub(super) fn view(&self, entity: usize, layer: Layer) -> View<'_> {
        View { world: self, entity, layer }
    }

    /// The record of a module with an id, brought into the world if it is not there yet; `lent`
    /// is what the record at hand holds of it.
    pub(super) fn adopt(&mut self, module: ModuleId, id: &str, lent: Option<Row>) -> usize {
        let index = module.0 as usize;
        if let Some(found) = self.found(module, id) {
            return found;
        }
        let name = self.automation.key(index);
        let given = self.related(module, id);
        let (base, known) = match (given, lent) {
            (Some(record), _) => (Base::Lent(record), true),
            (None, Some(row)) => (Base::Kept(row), true),
            (None, None) => (Base::Lent(&Nothing), false),
        };
        let key = RecordKey { module: name.to_owned(), id: id.to_owned() };
        self.take_in(index, key, base, known)
    }

    /// Where in the world the record of a module with an id is.
    fn found(&self, module: ModuleId, id: &str) -> Option<usize> {
        let is = |entity: &Entity<'_>| entity.module == module.0 as usize && entity.key.id == id;
        self.entities.iter().position(is)
    }

    /// A record of no declared module that a reference or a list holds, named by that field; its own
    /// rules are not considered.
    pub(super) fn adopt_open(&mut self, name: &str, id: &str) -> usize {
        let key = RecordKey { module: name.to_owned(), id: id.to_owned() };
        if let Some(found) = self.entities.iter().position(|entity| entity.key == key) {
            return found;
        }
        self.take_in(usize::MAX, key, Base::Lent(&Nothing), false)
    }

    /// Adds a record that is not the event's.
    fn take_in(&mut self, module: usize, key: RecordKey, base: Base<'e>, known: bool) -> usize {
        self.entities.push(Entity {
            module,
            key,
            known,
            memory: OnceCell::new(),
            base,
            before: None,
            writes: Vec::new(),
            settled: true,
            fired: SmallVec::new(),
            lists: Vec::new(),
        });
        self.entities.len() - 1
    }

    /// What a record that another refers to or lists holds of a field now; `None` where the value
    /// names no record.
    pub(super) fn peek<'w>(
        &'w self,
        module: ModuleId,
        named: ValueRef<'w>,
        key: &FieldKey,
    ) -> Option<ValueRef<'w>> {
        let (id, index) = (id_of(named)?, module.0 as usize);
        let known = |entity: &Entity<'_>| entity.module == index && entity.key.id == id;
        if let Some(found) = self.entities.iter().position(known) {
            return Some(self.read(found, Layer::Now, key));
        }
        let held = || if let ValueRef::Record(record) = named { Some(record) } else { None };
        let record = self.related(module, &id).or_else(held);
        Some(record.map_or(ValueRef::Absent, |record| record.get(key)))
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
        field: Cow<'e, FieldRef>,
        value: Value,
        rule: Option<&'e str>,
    ) -> Option<&'e str> {
        let entity = self.entities.get_mut(entity)?;
        let known = entity.writes.iter_mut().find(|known| known.field.key.is(&field.key));
        if let Some(known) = known {
            return known.set(value, rule);
        }
        entity.writes.push(Write::new(field, value, rule));
        None
    }

    /// Takes what was written for a part of the event.
    pub(super) fn accept(&mut self) {
        for entity in &mut self.entities {
            entity.writes.iter_mut().for_each(Write::accept);
        }
    }

    /// Ends a wave: the records whose values have changed, net, in the order they were met. What
    /// was found is now what was before.
    pub(super) fn settle(&mut self) -> SmallVec<[usize; 4]> {
        let has_changed = |entity: &Entity<'_>| {
            let base = entity.base();
            let mut writes = entity.writes.iter();
            writes.any(|write| write.has_changed(base, self.zone))
        };
        let entities = self.entities.iter().enumerate();
        let changed = entities.filter(|(_, entity)| has_changed(entity));
        let changed = changed.map(|(index, _)| index).collect();
        self.ended += 1;
        for entity in &mut self.entities {
            entity.writes.iter_mut().for_each(Write::settle);
            entity.settled = true;
        }
        if self.entities.len() > 1 {
            self.refresh_lists();
        }
        changed
    }

    /// Makes the lists anew that hold a record which the cascade has changed.
    fn refresh_lists(&mut self) {
        for index in 0..self.entities.len() {
            let program = self.program;
            let module = program.schema.modules.get(self.entities[index].module);
            let mut lists = Vec::new();
            for field in module.iter().flat_map(|module| &module.fields) {
                let FieldType::Records(of) = field.ty else { continue };
                let value = self.entities[index].base().get(&field.key);
                if let ValueRef::List(list) = value {
                    let items = || (0..list.len()).map(|item| list.at(item));
                    if items().any(|item| self.changed_in_list(of, item).is_some()) {
                        let items = items().map(|item| self.list_item(of, item)).collect();
                        lists.push((&field.key, Value::List(items)));
                    }
                }
            }
            self.entities[index].lists = lists;
        }
    }

    /// The record of the world that an item of a list is, if it has been written.
    fn changed_in_list(&self, module: ModuleId, item: ValueRef<'_>) -> Option<&Entity<'e>> {
        let id = id_of(item)?;
        self.entities.iter().find(|entity| {
            entity.module == module.0 as usize && entity.key.id == id && !entity.writes.is_empty()
        })
    }

    /// An item of a list with what has been written to it.
    fn list_item(&self, module: ModuleId, item: ValueRef<'_>) -> Value {
        let (Some(entity), ValueRef::Record(record)) = (self.changed_in_list(module, item), item)
        else {
            return self.whole(module, item);
        };
        let Value::Record(mut fields) = self.whole(module, ValueRef::Record(record)) else {
            return keep(item);
        };
        for write in &entity.writes {
            let name = write.field.key.names.first().cloned().unwrap_or_default();
            fields.retain(|(known, _)| !write.field.key.names.contains(known));
            fields.push((name, write.value.clone()));
        }
        Value::Record(fields)
    }

    /// An item of a list, field by field as its module declares them, with its id.
    fn whole(&self, module: ModuleId, item: ValueRef<'_>) -> Value {
        let ValueRef::Record(record) = item else { return keep(item) };
        let mut fields = Vec::new();
        if let Some(id) = id_of(item) {
            fields.push(("id".to_owned(), Value::Text(id)));
        }
        for field in self.program.schema.module(module).iter().flat_map(|module| &module.fields) {
            match record.get(&field.key) {
                ValueRef::Absent => {}
                _ if field.key.folded.iter().any(|name| name == "id") => {}
                value => fields.push((field.name().to_owned(), keep(value))),
            }
        }
        Value::Record(fields)
    }

    /// The net changes of a record over the whole cascade.
    pub(super) fn changes(
        &self,
        entity: usize,
    ) -> impl Iterator<Item = (&Write<'e>, ValueRef<'_>)> {
        let entity = self.entities.get(entity);
        let writes = entity.into_iter().flat_map(|entity| entity.writes.iter().zip(repeat(entity)));
        let all = writes.map(|(write, entity)| (write, entity.base().get(&write.field.key)));
        all.filter(|(write, old)| !same(*old, write.value.as_ref(), self.zone))
    }

    /// Whether the wave before this one, or what came after it, wrote a field of a record.
    pub(super) fn is_written(&self, entity: usize, key: &FieldKey) -> bool {
        let writes = self.entities.get(entity).map_or(&[][..], |entity| &entity.writes);
        writes.iter().any(|write| write.is_of_wave_before() && write.field.key.is(key))
    }

    /// Whether the cascade wrote a field of a record, be it what it was.
    pub(super) fn was_written(&self, entity: usize, key: &FieldKey) -> bool {
        let writes = self.entities.get(entity).map_or(&[][..], |entity| &entity.writes);
        writes.iter().any(|write| write.field.key.is(key))
    }

    /// Notes that a rule has fired for a record.
    pub(super) fn note_fired(&mut self, entity: usize, rule: RuleId) {
        let fired = &mut self.entities[entity].fired;
        let words = rule.0 as usize / 64 + 1;
        if fired.len() < words {
            fired.resize(words, 0);
        }
        logic::set(fired, rule.0);
    }

    /// Whether a rule has fired for a record.
    pub(super) fn has_fired(&self, entity: usize, rule: RuleId) -> bool {
        let fired = &self.entities[entity].fired;
        (rule.0 as usize) < 64 * fired.len() && logic::is_set(fired, rule.0)
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
        if layer == Layer::Now
            && let Some((_, list)) = entity.lists.iter().find(|(field, _)| field.is(key))
        {
            return list.as_ref();
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
        let field = declared.fields.iter().find(|field| field.key.is(reference))?;
        let FieldType::Reference(module) = field.ty else { return None };
        let id = id_of(self.read(index, layer, reference))?;
        if let Some(found) = self.found(module, &id) {
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

impl Entity<'_> {
    fn base(&self) -> &dyn Record {
        match &self.base {
            Base::Lent(record) => *record,
            Base::Kept(row) => row,
        }
    }

    fn base_in(&self, layer: Layer) -> &dyn Record {
        let told = match layer {
            Layer::Now => None,
            Layer::Prior => self.before.filter(|_| !self.settled),
            Layer::Before => self.before,
        };
        told.unwrap_or_else(|| self.base())
    }

    fn written(&self, layer: Layer, key: &FieldKey) -> Option<&Value> {
        if layer == Layer::Before || (layer == Layer::Prior && !self.settled) {
            return None;
        }
        let write = self.writes.iter().find(|write| write.field.key.is(key))?;
        if layer == Layer::Now { Some(&write.value) } else { write.prior() }
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
