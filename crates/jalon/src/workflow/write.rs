//! Writing fields: which, of which records, and the value they get.

use std::borrow::Cow;

use rust_decimal::Decimal;
use smallvec::{SmallVec, smallvec};

use super::act::{At, Fault};
use super::cascade::Cascade;
use super::compile::RulePlan;
use super::trace::Step;
use super::world::{Layer, id_of};
use crate::checked::workflow::{ActionKind, Change, Rule, Target, Update};
use crate::checked::{Domain, FieldRef};
use crate::desk::{Desk, keep};
use crate::eval::compare::same;
use crate::eval::explain::leaf::MASK;
use crate::eval::functions::print;
use crate::eval::value::Failure;
use crate::schema::{FieldType, ModuleId, NumberKind};
use crate::value::typed::{self, Typed};
use crate::value::{FieldKey, Record, Value, ValueRef};

/// The values that an update gives; most give one.
type Values = SmallVec<[Value; 1]>;

/// The fields that an update writes, and whose; most write one.
type Targets<'e> = SmallVec<[(usize, Cow<'e, FieldRef>); 1]>;

impl<'e> Cascade<'e> {
    pub(super) fn update(&mut self, update: &'e Update, at: &mut At<'e>) -> Result<(), Fault> {
        let mut values = Values::new();
        for _ in &update.values {
            values.push(self.next_value(at)?);
        }
        let mut targets = self.targets(&update.target, at)?.into_iter().peekable();
        while let Some((entity, field)) = targets.next() {
            let module = self.world.entities[entity].module;
            let record = self.world.view(entity, Layer::Now);
            let old = record.get(&field.key);
            let is_last = targets.peek().is_none();
            let values = if is_last { std::mem::take(&mut values) } else { values.clone() };
            let value = self.new_value((module, old), &field, update.change, values)?;
            if !update.forced && self.is_guarded(entity, &field, &value) {
                return Err(Fault::InProcess);
            }
            self.write(entity, field, value, Some(at.name));
        }
        Ok(())
    }

    /// Sets a field, and says so.
    pub(super) fn write(
        &mut self,
        entity: usize,
        field: Cow<'e, FieldRef>,
        value: Value,
        rule: Option<&'e str>,
    ) {
        if !self.tracing {
            self.world.write(entity, field, value, rule);
            return;
        }
        let old = keep(self.world.view(entity, Layer::Now).get(&field.key));
        let (personal, label) = (field.personal, field_label(&field));
        let over = self.world.write(entity, field, value.clone(), rule);
        let masked = |value: Value| {
            if personal && value != Value::Empty { Value::from(MASK) } else { value }
        };
        self.trace.push(Step::Write {
            record: self.world.entities[entity].key.clone(),
            field: label,
            old: masked(old),
            new: masked(value),
            rule: rule.unwrap_or_default().to_owned(),
            over: over.map(str::to_owned),
        });
    }

    /// The records and the field that an update writes.
    fn targets(&mut self, target: &'e Target, at: &At<'e>) -> Result<Targets<'e>, Fault> {
        match target {
            Target::Own(field) => match field.key.path.as_deref() {
                Some((reference, inner)) => self.open_targets(field, reference, inner, at),
                None => Ok(smallvec![(at.entity, Cow::Borrowed(field))]),
            },
            Target::Through { reference, module, field } => {
                let record = self.world.view(at.entity, Layer::Now);
                let named = record.get(&reference.key);
                let id = id_of(named).ok_or(Fault::NoRecord)?;
                let lent = typed::record(named).map(|record| self.world.copy(*module, record));
                Ok(smallvec![(self.world.adopt(*module, &id, lent), Cow::Borrowed(field))])
            }
            Target::Each { list, module, field } => {
                let record = self.world.view(at.entity, Layer::Now);
                let related: Vec<_> = match typed::records(record.get(&list.key)) {
                    Typed::Value(records) => (0..records.len())
                        .filter_map(|index| {
                            let value = records.at(index);
                            let lent = typed::record(value)?;
                            Some((id_of(value)?, self.world.copy(*module, lent)))
                        })
                        .collect(),
                    Typed::Absent | Typed::Empty => Vec::new(),
                    Typed::Wrong => return Err(Fault::Value(Failure::Wrong)),
                };
                let adopt = |(id, row): (String, _)| self.world.adopt(*module, &id, Some(row));
                Ok(related
                    .into_iter()
                    .map(adopt)
                    .map(|entity| (entity, Cow::Borrowed(field)))
                    .collect())
            }
        }
    }

    /// The records of no declared module that a reference or a list of the record holds.
    fn open_targets(
        &mut self,
        field: &'e FieldRef,
        reference: &FieldKey,
        inner: &FieldKey,
        at: &At<'e>,
    ) -> Result<Targets<'e>, Fault> {
        let record = self.world.view(at.entity, Layer::Now);
        let value = record.get(reference);
        let ids: Vec<String> = match value {
            ValueRef::List(list) => {
                (0..list.len()).filter_map(|index| id_of(list.at(index))).collect()
            }
            other => vec![id_of(other).ok_or(Fault::NoRecord)?],
        };
        let name = reference.names.first().map_or("", String::as_str);
        let of = |id: String| {
            let field = FieldRef { key: inner.clone(), ..field.clone() };
            (self.world.adopt_open(name, &id), Cow::Owned(field))
        };
        Ok(ids.into_iter().map(of).collect())
    }

    /// The value that a field of a module gets for its old one.
    fn new_value(
        &self,
        (module, old): (usize, ValueRef<'_>),
        field: &FieldRef,
        change: Change,
        values: Values,
    ) -> Result<Value, Fault> {
        let zone = self.context.clock.zone;
        let first = values.first().map_or(ValueRef::Empty, Value::as_ref);
        let given = |values: Values| values.into_iter().next().unwrap_or(Value::Empty);
        let value = match (field.domain, change) {
            (Domain::Set(_), _) => return Ok(set(old, change, &values)),
            (Domain::Number, Change::Set) => match typed::number(first) {
                Typed::Value(number) => Value::Number(number),
                Typed::Absent | Typed::Empty => Value::Empty,
                Typed::Wrong => return Err(Fault::Value(Failure::Wrong)),
            },
            (_, Change::Add | Change::Remove) => Value::Number(sum(old, change, first)?),
            (Domain::Date, Change::Set) => match typed::date(first, zone) {
                Typed::Value(date) => Value::Date(date),
                Typed::Absent | Typed::Empty => Value::Empty,
                Typed::Wrong => return Err(Fault::Value(Failure::Wrong)),
            },
            (Domain::DateTime, Change::Set) => match typed::date_time(first, zone) {
                Typed::Value(instant) => Value::Instant(instant),
                Typed::Absent | Typed::Empty => Value::Empty,
                Typed::Wrong => return Err(Fault::Value(Failure::Wrong)),
            },
            (Domain::Checkbox, Change::Set) => match typed::checkbox(first) {
                Typed::Value(ticked) => Value::Bool(ticked),
                Typed::Absent | Typed::Empty => Value::Bool(false),
                Typed::Wrong => return Err(Fault::Value(Failure::Wrong)),
            },
            (Domain::Text(_), Change::Set) => {
                let text = match given(values) {
                    Value::Text(text) => text,
                    other => {
                        let mut text = String::new();
                        print(other.as_ref(), &mut text);
                        text
                    }
                };
                if text.trim().is_empty() { Value::Empty } else { Value::Text(text) }
            }
            (Domain::Dynamic, Change::Set) => like(old, given(values)),
            (Domain::Reference(_) | Domain::Records, Change::Set) => given(values),
        };
        match value {
            Value::Number(number) if !number.fract().is_zero() && self.is_whole(module, field) => {
                Err(Fault::NotWhole)
            }
            value => Ok(value),
        }
    }

    /// Whether a field holds whole numbers only.
    fn is_whole(&self, module: usize, field: &FieldRef) -> bool {
        let declared = self.program.schema.module(ModuleId(module as u32));
        let mut fields = declared.into_iter().flat_map(|module| &module.fields);
        let declared = fields.find(|declared| declared.key.is(&field.key));
        declared.is_some_and(|field| field.ty == FieldType::Number(NumberKind::Integer))
    }

    /// Whether a rule that is held back would have changed a value.
    pub(super) fn would_change(
        &self,
        rule: &Rule,
        plan: &RulePlan,
        branch: usize,
        entity: usize,
        desk: &mut Desk,
    ) -> bool {
        let (Some(branch), Some(codes)) = (rule.branches.get(branch), plan.branches.get(branch))
        else {
            return false;
        };
        let here = self.world.entities[entity].module;
        let all = &self.automation.modules[here].codes;
        let (record, before) =
            (self.world.view(entity, Layer::Now), self.world.view(entity, Layer::Prior));
        branch.actions.iter().zip(&codes.actions).any(|(action, first)| {
            let ActionKind::Update(update) = &action.kind else { return false };
            let mut values = Values::new();
            for code in all.iter().skip(*first).take(update.values.len()) {
                match desk.value(code, &record, &before, keep) {
                    Ok(value) => values.push(value),
                    Err(_) => return false,
                }
            }
            let changes = |module: usize, field: &FieldRef, old: ValueRef<'_>| {
                let new = self.new_value((module, old), field, update.change, values.clone());
                new.is_ok_and(|new| !same(old, new.as_ref(), self.context.clock.zone))
            };
            match &update.target {
                Target::Own(field) => changes(here, field, record.get(&field.key)),
                Target::Through { reference, module, field } => {
                    let old = self.world.peek(*module, record.get(&reference.key), &field.key);
                    old.is_some_and(|old| changes(module.0 as usize, field, old))
                }
                Target::Each { list, module, field } => {
                    let Typed::Value(items) = typed::records(record.get(&list.key)) else {
                        return false;
                    };
                    (0..items.len()).any(|index| {
                        let old = self.world.peek(*module, items.at(index), &field.key);
                        old.is_some_and(|old| changes(module.0 as usize, field, old))
                    })
                }
            }
        })
    }
}

/// A field as it is declared.
fn field_label(field: &FieldRef) -> String {
    field.key.names.first().cloned().unwrap_or_default()
}

/// The items of a multi-list after a change.
fn set(old: ValueRef<'_>, change: Change, values: &[Value]) -> Value {
    let texts = |value: ValueRef<'_>| {
        let mut texts: Vec<String> = Vec::new();
        if let Typed::Value(items) = typed::set(value) {
            items.for_each(|item| texts.push(item.to_owned()));
        }
        texts
    };
    let given = values.iter().flat_map(|value| texts(value.as_ref()));
    let mut items = if change == Change::Set { Vec::new() } else { texts(old) };
    for item in given {
        let same = |known: &String| crate::value::fold::same_name(known, &item);
        match change {
            Change::Remove => items.retain(|known| !same(known)),
            Change::Set | Change::Add if items.iter().any(same) => {}
            Change::Set | Change::Add => items.push(item),
        }
    }
    if items.is_empty() { Value::Empty } else { Value::from(items) }
}

/// A number with another added to it or taken from it; nothing counts as zero.
fn sum(old: ValueRef<'_>, change: Change, by: ValueRef<'_>) -> Result<Decimal, Failure> {
    let number = |value| match typed::number(value) {
        Typed::Value(number) => Ok(number),
        Typed::Absent | Typed::Empty => Ok(Decimal::ZERO),
        Typed::Wrong => Err(Failure::Wrong),
    };
    let by = if change == Change::Remove { -number(by)? } else { number(by)? };
    crate::eval::arithmetic::add(number(old)?, by).ok_or(Failure::Arithmetic)
}

/// A constant for a field without a declared type: as the value that is there leads.
fn like(old: ValueRef<'_>, new: Value) -> Value {
    let Value::Text(text) = &new else { return new };
    if text == "✓" {
        return Value::Bool(true);
    }
    match old {
        ValueRef::Bool(_) => crate::value::read::tick(text).map_or(new, Value::Bool),
        ValueRef::Int(_) | ValueRef::Number(_) => match typed::number(new.as_ref()) {
            Typed::Value(number) => Value::Number(number),
            _ => new,
        },
        _ => new,
    }
}
