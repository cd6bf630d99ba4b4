//! Doing what a rule says: values written, effects asked for, timers armed.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::cascade::Cascade;
use super::compile::RulePlan;
use super::decision::{ActionError, Effect, EffectKind};
use super::desk::{Desk, keep};
use super::event::EventKind;
use super::fire::Fire;
use super::trace::{Outcome, Step};
use super::world::{Layer, id_of};
use crate::checked::workflow::{
    Action, ActionKind, Actor, Change, Channel, Due, Meeting, Message, Rule, RuleId, Target, Task,
    Update, WebhookId,
};
use crate::checked::{Domain, FieldRef, ScoreId, content};
use crate::eval::compare::same;
use crate::eval::explain::leaf::MASK;
use crate::eval::functions::print;
use crate::eval::value::Failure;
use crate::lexicon::Unit;
use crate::schema::{FieldType, ModuleId, NumberKind};
use crate::value::typed::{self, Typed};
use crate::value::{FieldKey, NoClock, Record, Value, ValueRef};

/// Why an action cannot be done.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// An expression has no value.
    Value(Failure),
    /// A fraction for a field of whole numbers.
    NotWhole,
    /// A reference names no record.
    NoRecord,
    /// The fields that say to whom are empty.
    NoRecipient,
    /// Something reads the clock and there is none.
    NoClock,
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Fault {
        Fault::Value(failure)
    }
}

impl From<NoClock> for Fault {
    fn from(_: NoClock) -> Fault {
        Fault::NoClock
    }
}

/// The rule at work, and the next of its expressions.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'e> {
    /// Of the rule or the schedule.
    pub(super) name: &'e str,
    pub(super) id: Option<RuleId>,
    pub(super) entity: usize,
    pub(super) code: usize,
}

impl<'e> Cascade<'e> {
    /// Does what a rule says for a record.
    pub(super) fn fire(&mut self, fire: Fire) -> Result<(), NoClock> {
        let (rule, id) = (self.rule(&fire), self.rule_id(&fire));
        let module = self.world.entities[fire.entity].module;
        let plan = &self.automation.modules[module].rules[fire.rule];
        self.fired.insert((id, fire.entity));
        self.decision.fired.push(rule.name.clone());
        if rule.repetition == crate::checked::workflow::Repetition::OnlyOnce {
            self.remember(fire.entity).fired.insert(rule.name.clone());
        }
        let (branch, codes) = (&rule.branches[fire.branch], &plan.branches[fire.branch]);
        for (action, code) in branch.actions.iter().zip(&codes.actions) {
            let at = At { name: &rule.name, id: Some(id), entity: fire.entity, code: *code };
            if matches!(action.kind, ActionKind::Delete) {
                self.deletions.push((fire, fire.branch));
                continue;
            }
            self.perform(action, at)?;
        }
        for (index, later) in branch.later.iter().enumerate() {
            self.arm_later(fire.entity, (rule, plan), fire.branch, index, later)?;
        }
        Ok(())
    }

    /// Does one action, or says why it cannot be done.
    pub(super) fn perform(&mut self, action: &'e Action, at: At<'e>) -> Result<(), NoClock> {
        match self.try_perform(action, at) {
            Ok(()) => Ok(()),
            Err(Fault::NoClock) => Err(NoClock),
            Err(fault) => {
                let values = match fault {
                    Fault::Value(Failure::Wrong) => self.wrong_values(action, at.entity),
                    _ => Vec::new(),
                };
                self.decision.errors.push(ActionError {
                    rule: at.name.to_owned(),
                    action: action.source.clone(),
                    reason: match fault {
                        Fault::Value(Failure::Arithmetic) => "arithmetic",
                        Fault::NotWhole => "not_whole",
                        Fault::NoRecord => "no_record",
                        Fault::NoRecipient => "no_recipient",
                        Fault::Value(Failure::Wrong) | Fault::NoClock => "wrong_type",
                    },
                    values,
                });
                Ok(())
            }
        }
    }

    fn try_perform(&mut self, action: &'e Action, mut at: At<'e>) -> Result<(), Fault> {
        let kind = match &action.kind {
            ActionKind::Update(update) => return self.update(update, &mut at),
            ActionKind::Score(score) => return self.score(*score, &at),
            ActionKind::Task(task) => self.task(task, &mut at)?,
            ActionKind::Email(message) => {
                let (template, to, fields) = self.message(message, &mut at)?;
                if self.is_held_back(&Channel::Email, action, &at)? {
                    return Ok(());
                }
                EffectKind::Email { template, to, fields }
            }
            ActionKind::Alert(message) => {
                let (text, to, fields) = self.message(message, &mut at)?;
                if self.is_held_back(&Channel::Alert, action, &at)? {
                    return Ok(());
                }
                EffectKind::Alert { text, to, fields }
            }
            ActionKind::Webhook(id) => {
                if self.is_held_back(&Channel::Webhook(*id), action, &at)? {
                    return Ok(());
                }
                self.webhook(*id, &mut at)?
            }
            ActionKind::Function { name, arguments } => {
                let arguments = arguments.iter().map(|_| self.next_value(&mut at));
                let arguments = arguments.collect::<Result<_, _>>()?;
                EffectKind::Function { name: name.clone(), arguments }
            }
            ActionKind::Convert(modules) => EffectKind::Convert { modules: modules.clone() },
            ActionKind::Create { module, fields } => {
                let mut values = Vec::with_capacity(fields.len());
                for (name, _) in fields {
                    values.push((name.clone(), self.next_value(&mut at)?));
                }
                EffectKind::Create { into: module.clone(), fields: values }
            }
            ActionKind::Tag(tags) => EffectKind::Tag { tags: tags.clone() },
            ActionKind::Untag(tags) => EffectKind::Untag { tags: tags.clone() },
            ActionKind::Assign(actor) => EffectKind::Assign { to: self.actor(actor, &at) },
            ActionKind::Meeting(meeting) => self.meeting(meeting, &mut at)?,
            ActionKind::Delete => EffectKind::Delete,
        };
        self.effect(at.name, at.entity, kind);
        Ok(())
    }

    /// Adds an effect.
    pub(super) fn effect(&mut self, rule: &'e str, entity: usize, kind: EffectKind) {
        let record = self.world.entities[entity].key.clone();
        let next = self.ordinals.entry((rule, entity)).or_default();
        let ordinal = std::mem::replace(next, *next + 1);
        let id = self.stamp(rule, entity, &ordinal.to_string());
        self.decision.effects.push(Effect { id, rule: rule.to_owned(), record, kind });
    }

    /// An id that is the same for the same event, rule and record. A host may name the event of a
    /// timer by the timer's id: those of timers that arm the next do not grow.
    pub(super) fn stamp(&self, rule: &str, entity: usize, ordinal: &str) -> String {
        let key = &self.world.entities[entity].key;
        let mut id = match self.event.kind {
            EventKind::Due { timer, .. } if timer == self.event.id => descendant(timer),
            _ => String::new(),
        };
        if id.is_empty() {
            escape_part(self.event.id, &mut id);
        }
        for part in [rule, &key.module, &key.id] {
            id.push('/');
            escape_part(part, &mut id);
        }
        id.push('/');
        id.push_str(ordinal);
        id
    }

    /// Lends the value of the next expression.
    fn next<T>(
        &mut self,
        at: &mut At<'e>,
        take: impl FnOnce(ValueRef<'_>) -> T,
    ) -> Result<T, Failure> {
        let module = self.world.entities[at.entity].module;
        let automation = self.automation;
        let code = &automation.modules[module].codes[at.code];
        at.code += 1;
        let Some(mut desk) = self.take_desk(module) else { return Err(Failure::Wrong) };
        let (record, before) =
            (self.world.view(at.entity, Layer::Now), self.world.view(at.entity, Layer::Prior));
        let value = desk.value(code, &record, &before, take);
        self.put_desk(module, desk);
        value
    }

    fn next_value(&mut self, at: &mut At<'e>) -> Result<Value, Failure> {
        self.next(at, keep)
    }

    pub(super) fn next_text(&mut self, at: &mut At<'e>) -> Result<String, Failure> {
        self.next(at, |value| {
            let mut text = String::new();
            print(value, &mut text);
            text
        })
    }

    fn update(&mut self, update: &'e Update, at: &mut At<'e>) -> Result<(), Fault> {
        let mut values = Vec::with_capacity(update.values.len());
        for _ in &update.values {
            values.push(self.next_value(at)?);
        }
        for (entity, field) in self.targets(&update.target, at)? {
            let module = self.world.entities[entity].module;
            let record = self.world.view(entity, Layer::Now);
            let old = record.get(&field.key);
            let value = self.new_value((module, old), &field, update.change, &values)?;
            self.write(entity, field, value, at.id);
        }
        Ok(())
    }

    /// Sets a field, and says so.
    pub(super) fn write(
        &mut self,
        entity: usize,
        field: Cow<'e, FieldRef>,
        value: Value,
        rule: Option<RuleId>,
    ) {
        if !self.tracing {
            self.world.write(entity, field, value, rule);
            return;
        }
        let old = keep(self.world.view(entity, Layer::Now).get(&field.key));
        let (personal, label) = (field.personal, field_label(&field));
        let over = self.world.write(entity, field, value.clone(), rule);
        let name = |rule: RuleId| self.program.rules[rule.0 as usize].name.clone();
        let masked = |value: Value| {
            if personal && value != Value::Empty { Value::from(MASK) } else { value }
        };
        self.trace.push(Step::Write {
            record: self.world.entities[entity].key.clone(),
            field: label,
            old: masked(old),
            new: masked(value),
            rule: rule.map(name).unwrap_or_default(),
            over: over.map(name),
        });
    }

    /// The records and the field that an update writes.
    fn targets(
        &mut self,
        target: &'e Target,
        at: &At<'e>,
    ) -> Result<Vec<(usize, Cow<'e, FieldRef>)>, Fault> {
        match target {
            Target::Own(field) => match field.key.path.as_deref() {
                Some((reference, inner)) => self.open_targets(field, reference, inner, at),
                None => Ok(vec![(at.entity, Cow::Borrowed(field))]),
            },
            Target::Through { reference, module, field } => {
                let record = self.world.view(at.entity, Layer::Now);
                let named = record.get(&reference.key);
                let id = id_of(named).ok_or(Fault::NoRecord)?;
                let lent = typed::record(named).map(|record| self.world.copy(*module, record));
                Ok(vec![(self.world.adopt(*module, &id, lent), Cow::Borrowed(field))])
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
    ) -> Result<Vec<(usize, Cow<'e, FieldRef>)>, Fault> {
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
        values: &[Value],
    ) -> Result<Value, Fault> {
        let zone = self.context.clock.zone;
        let first = values.first().map_or(ValueRef::Empty, Value::as_ref);
        let value = match (field.domain, change) {
            (Domain::Set(_), _) => return Ok(set(old, change, values)),
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
                let mut text = String::new();
                print(first, &mut text);
                if text.trim().is_empty() { Value::Empty } else { Value::Text(text) }
            }
            (Domain::Dynamic, Change::Set) => like(old, keep(first)),
            (Domain::Reference(_) | Domain::Records, Change::Set) => keep(first),
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
        let declared = fields.find(|declared| super::world::is_same(&declared.key, &field.key));
        declared.is_some_and(|field| field.ty == FieldType::Number(NumberKind::Integer))
    }

    /// `score N`: the field of that name, if there is one, gets the total.
    fn score(&mut self, id: ScoreId, at: &At<'e>) -> Result<(), Fault> {
        let total = self.total(at.entity, id, Layer::Now)?;
        self.show_score(at.entity, id, None, total);
        let module = self.world.entities[at.entity].module;
        if let Some(field) = self.automation.modules[module].score_field(id) {
            self.write(at.entity, Cow::Borrowed(field), Value::Number(total), at.id);
        }
        Ok(())
    }

    fn task(&mut self, task: &'e Task, at: &mut At<'e>) -> Result<EffectKind, Fault> {
        let subject = self.next_text(at)?;
        let due = match &task.due {
            Some(due) => self.due_value(due, at)?,
            None => Value::Empty,
        };
        let fields = self.settings(&task.settings, at)?;
        Ok(EffectKind::Task {
            subject,
            due,
            priority: task.priority,
            to: task.to.as_ref().map(|to| self.actor(to, at)),
            done: task.done,
            fields,
        })
    }

    fn meeting(&mut self, meeting: &'e Meeting, at: &mut At<'e>) -> Result<EffectKind, Fault> {
        let title = self.next_text(at)?;
        let start = self.due_value(&meeting.start, at)?;
        let fields = self.settings(&meeting.settings, at)?;
        let minutes = meeting.length.map(|(count, unit)| match unit {
            Unit::Minute => count,
            Unit::Hour | Unit::BusinessHour => count.saturating_mul(60),
            _ => count.saturating_mul(24 * 60),
        });
        let with = meeting.with.iter().map(|actor| self.actor(actor, at)).collect();
        Ok(EffectKind::Meeting { title, start, minutes, with, fields })
    }

    #[allow(clippy::type_complexity, reason = "the three parts of a message")]
    fn message(
        &mut self,
        message: &'e Message,
        at: &mut At<'e>,
    ) -> Result<(String, Vec<String>, Vec<(String, String)>), Fault> {
        let text = self.next_text(at)?;
        let fields = self.settings(&message.settings, at)?;
        let to = message.to.iter().map(|actor| self.actor(actor, at));
        let to: Vec<String> = to.filter(|name| !name.trim().is_empty()).collect();
        if to.is_empty() && !message.to.is_empty() {
            return Err(Fault::NoRecipient);
        }
        Ok((text, to, fields))
    }

    fn settings(
        &mut self,
        settings: &'e [(String, crate::checked::Expr)],
        at: &mut At<'e>,
    ) -> Result<Vec<(String, String)>, Fault> {
        let mut texts = Vec::with_capacity(settings.len());
        for (key, _) in settings {
            texts.push((key.clone(), self.next_text(at)?));
        }
        Ok(texts)
    }

    fn webhook(&mut self, id: WebhookId, at: &mut At<'e>) -> Result<EffectKind, Fault> {
        let webhook = &self.program.webhooks[id.0 as usize];
        let module = self.automation.modules[self.world.entities[at.entity].module].id;
        let request = webhook.request(module).ok_or(Fault::Value(Failure::Wrong))?;
        let url = self.next_text(at)?;
        let headers = self.settings(&request.headers, at)?;
        let parameters = self.settings(&request.parameters, at)?;
        let body = request.body.as_ref().map(|_| self.next_text(at)).transpose()?;
        Ok(EffectKind::Webhook {
            name: webhook.name.clone(),
            method: webhook.method.as_str().to_owned(),
            url,
            headers,
            parameters,
            body,
        })
    }

    /// When something is due: a date for days, an instant for hours.
    fn due_value(&mut self, due: &'e Due, at: &mut At<'e>) -> Result<Value, Fault> {
        match due {
            Due::At(_) => Ok(self.next_value(at)?),
            Due::In(count, unit) => {
                let (clock, now) = (self.context.clock, self.now()?);
                let count = i64::from(*count);
                Ok(match unit {
                    Unit::Minute | Unit::Hour | Unit::BusinessHour => {
                        Value::Instant(clock.shift_instant(now, count, *unit))
                    }
                    _ => Value::Date(clock.shift_date(clock.zone.date_at(now), count, *unit)),
                })
            }
        }
    }

    fn actor(&self, actor: &Actor, at: &At<'e>) -> String {
        match actor {
            Actor::Field(field) => {
                let mut text = String::new();
                print(self.world.view(at.entity, Layer::Now).get(&field.key), &mut text);
                text
            }
            Actor::User(name) | Actor::Role(name) | Actor::Group(name) | Actor::Address(name) => {
                name.clone()
            }
        }
    }

    /// Deletes the records that rules have asked to delete, where the rule still holds at the end.
    pub(super) fn delete(&mut self) -> Result<(), NoClock> {
        for (fire, branch) in std::mem::take(&mut self.deletions) {
            let rule = self.rule(&fire);
            let module = self.world.entities[fire.entity].module;
            let plan: &RulePlan = &self.automation.modules[module].rules[fire.rule];
            self.open_desk(module)?;
            let Some(mut desk) = self.take_desk(module) else { continue };
            let still = self.still_holds(&mut desk, plan, branch, fire.entity);
            if still {
                self.effect(&rule.name, fire.entity, EffectKind::Delete);
            } else if self.tracing {
                let why = self.why(rule, plan, branch, fire.entity, &mut desk);
                let record = self.world.entities[fire.entity].key.clone();
                let outcome = Outcome::Dropped { why };
                self.trace.push(Step::Rule { rule: rule.name.clone(), record, outcome });
            }
            self.put_desk(module, desk);
        }
        Ok(())
    }

    /// Whether a condition holds of a record as it is now.
    pub(super) fn still_holds(
        &self,
        desk: &mut Desk,
        plan: &RulePlan,
        branch: usize,
        entity: usize,
    ) -> bool {
        let (record, before) =
            (self.world.view(entity, Layer::Now), self.world.view(entity, Layer::Prior));
        desk.judge(&record, &before);
        plan.branches.get(branch).is_some_and(|branch| desk.holds(branch.root))
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
            let mut values = Vec::new();
            for code in all.iter().skip(*first).take(update.values.len()) {
                match desk.value(code, &record, &before, keep) {
                    Ok(value) => values.push(value),
                    Err(_) => return false,
                }
            }
            let changes = |module: usize, field: &FieldRef, old: ValueRef<'_>| {
                let new = self.new_value((module, old), field, update.change, &values);
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

/// A part of an id, so that `/` and `~` stand between parts only.
fn escape_part(part: &str, id: &mut String) {
    for c in part.chars() {
        match c {
            '%' => id.push_str("%25"),
            '/' => id.push_str("%2F"),
            '~' => id.push_str("%7E"),
            c => id.push(c),
        }
    }
}

/// What a timer's own event is called in the ids that it gives: the event that began it all and a
/// hash of the timer's id, so that timers which arm timers do not grow longer and longer ids.
fn descendant(timer: &str) -> String {
    let first = timer.split('/').next().unwrap_or(timer);
    let origin = first.split('~').next().unwrap_or(first);
    format!("{origin}~{}", content::of_text(timer))
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
