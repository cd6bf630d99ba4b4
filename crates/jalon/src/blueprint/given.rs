//! What is given for a transition, against what it asks for.

use smallvec::SmallVec;

use super::compile::{Process, Which, checked};
use super::instance::Given;
use super::obstacle::Obstacle;
use super::run::Run;
use crate::checked::blueprint::{ExtraKind, Transition};
use crate::checked::{Domain, FieldRef};
use crate::eval::explain::errors::is_wrong;
use crate::eval::explain::leaf::shown;
use crate::lang::Lang;
use crate::value::fold::same_name;
use crate::value::{Conflict, FieldKey, NoClock, Record, ValueRef, Zone, typed};

/// The fields that are given, each as its type reads it.
pub(crate) type Fields<'p, 'e> = SmallVec<[(&'p FieldRef, ValueRef<'e>); 4]>;

/// What is given, sorted out.
#[derive(Debug)]
pub(super) struct Taken<'p, 'e> {
    pub(super) fields: Fields<'p, 'e>,
    pub(super) obstacles: Vec<Obstacle>,
}

/// Sorts out what is given for some transitions, with what a draft holds behind it.
pub(super) fn taken<'p, 'e>(
    transitions: &[&'p Transition],
    given: &'e Given,
    draft: Option<&'e Given>,
    zone: Zone,
    lang: Lang,
) -> Taken<'p, 'e> {
    let mut taken = Taken { fields: Fields::new(), obstacles: Vec::new() };
    for (name, value) in given.fields.iter().chain(draft.iter().flat_map(|draft| &draft.fields)) {
        let Some(field) = asked(transitions, name) else {
            let asked = fields(transitions).map(|field| label(&field.key)).collect();
            taken.obstacles.push(Obstacle::NotAsked { name: name.clone(), asked });
            continue;
        };
        if taken.fields.iter().any(|(known, _)| known.key.is(&field.key)) {
            continue;
        }
        let value = value.as_ref();
        if is_wrong(value, field.domain, zone) {
            taken.obstacles.push(wrong(field, value, lang));
        }
        taken.fields.push((field, read(field, value, zone)));
    }
    for transition in transitions {
        extras(transition, given, draft, &mut taken.obstacles);
    }
    taken
}

/// The fields that transitions ask for.
fn fields<'p>(transitions: &[&'p Transition]) -> impl Iterator<Item = &'p FieldRef> {
    transitions.iter().flat_map(|transition| transition.required.iter().chain(&transition.optional))
}

fn asked<'p>(transitions: &[&'p Transition], name: &str) -> Option<&'p FieldRef> {
    fields(transitions).find(|field| field.key.names.iter().any(|known| same_name(known, name)))
}

/// A value as a field's type holds it.
fn read<'e>(field: &FieldRef, value: ValueRef<'e>, zone: Zone) -> ValueRef<'e> {
    if typed::is_empty(value) {
        return ValueRef::Empty;
    }
    let read = match field.domain {
        Domain::Number => typed::number(value).value().map(ValueRef::Number),
        Domain::Date => typed::date(value, zone).value().map(ValueRef::Date),
        Domain::DateTime => typed::date_time(value, zone).value().map(ValueRef::Instant),
        Domain::Checkbox => typed::checkbox(value).value().map(ValueRef::Bool),
        _ => None,
    };
    read.unwrap_or(value)
}

fn wrong(field: &FieldRef, value: ValueRef<'_>, lang: Lang) -> Obstacle {
    let (name, value) = (label(&field.key), shown(value, field.personal));
    let (fr, en) = match field.domain {
        Domain::Number => ("un nombre", "a number"),
        Domain::Checkbox => ("une case sélectionnée ou non", "a checkbox, selected or not"),
        Domain::Date => ("une date", "a date"),
        Domain::DateTime => ("une date et une heure", "a date and time"),
        Domain::Set(_) | Domain::Records => ("une liste", "a list"),
        Domain::Reference(_) => ("une fiche ou un utilisateur", "a record or a user"),
        Domain::Text(_) | Domain::Dynamic => ("un texte", "a text"),
    };
    let message = lang
        .pick(format!("{name} : {value} n'est pas {fr}"), format!("{name}: {value} is not {en}"));
    Obstacle::Invalid { field: Some(name), message, rule: None }
}

/// What else a transition asks for and is not given.
fn extras(
    transition: &Transition,
    given: &Given,
    draft: Option<&Given>,
    found: &mut Vec<Obstacle>,
) {
    let both = || std::iter::once(given).chain(draft);
    for extra in &transition.extras {
        if !extra.required {
            continue;
        }
        match &extra.kind {
            ExtraKind::Note => {
                let note = |given: &Given| {
                    given.note.as_deref().is_some_and(|note| !note.trim().is_empty())
                };
                if !both().any(note) {
                    found.push(Obstacle::MissingNote);
                }
            }
            ExtraKind::Attachment => {
                if both().all(|given| given.attachments.is_empty()) {
                    found.push(Obstacle::MissingAttachment);
                }
            }
            ExtraKind::Checklist(items) => {
                let ticked = |item: &&String| {
                    both().any(|given| given.ticked.iter().any(|ticked| same_name(ticked, item)))
                };
                let items: Vec<String> =
                    items.iter().filter(|item| !ticked(item)).cloned().collect();
                if !items.is_empty() {
                    found.push(Obstacle::Unticked { items });
                }
            }
            ExtraKind::Record(module) => {
                let of = |given: &Given| given.records.iter().any(|(of, _)| same_name(of, module));
                if !both().any(of) {
                    found.push(Obstacle::MissingRecord { module: module.clone() });
                }
            }
        }
    }
}

impl Run<'_, '_> {
    /// What a transition asks of the record with what is given.
    pub(super) fn judge(
        &self,
        process: &Process,
        which: Which,
        record: &dyn Record,
        fields: &[(&FieldRef, ValueRef<'_>)],
        found: &mut Vec<Obstacle>,
    ) -> Result<(), NoClock> {
        let transition = checked(process.declared(self.program), which);
        let filled = Filled { record, fields };
        for field in &transition.required {
            if typed::is_empty(filled.get(&field.key)) {
                found.push(Obstacle::Missing { field: label(&field.key) });
            }
        }
        let Some(during) =
            process.plan(which).during.as_ref().filter(|_| !transition.musts.is_empty())
        else {
            return Ok(());
        };
        let mut desk = during.desks.take(self.clock, self.strict)?;
        desk.judge(&filled, record);
        for (root, must) in transition.musts.iter().enumerate() {
            let message = during.messages.get(root).and_then(Option::as_ref);
            let broken = desk.broken(must, (root, message), &filled, record, self.lang);
            if let Some((field, message)) = broken {
                let rule = Some(must.source.clone());
                found.push(Obstacle::Invalid { field, message, rule });
            }
        }
        during.desks.give_back(desk);
        Ok(())
    }
}

pub(super) fn label(key: &FieldKey) -> String {
    key.names.first().cloned().unwrap_or_default()
}

/// A record with what is given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filled<'e> {
    pub(crate) record: &'e dyn Record,
    pub(crate) fields: &'e [(&'e FieldRef, ValueRef<'e>)],
}

impl Filled<'_> {
    fn given(&self, key: &FieldKey) -> Option<ValueRef<'_>> {
        self.fields.iter().find(|(field, _)| field.key.is(key)).map(|(_, value)| *value)
    }
}

impl Record for Filled<'_> {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        self.given(key).unwrap_or_else(|| self.record.get(key))
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        if self.given(key).is_some() { None } else { self.record.conflict(key) }
    }

    fn may_conflict(&self) -> bool {
        self.record.may_conflict()
    }
}
