//! Event lines of scores: what counts as an event, and the names inside one.

use super::Checker;
use super::scope::{Frame, Scope};
use crate::checked::Events;
use crate::checked::names::{Attributes, fold, keys};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Fix;
use crate::diagnostic::catalogue::{
    AT_LEAST_ONE, HALF_LIFE_UNIT, NO_EVENT_FIELD, QUOTE, UNKNOWN_EVENT, WINDOW_UNIT,
};
use crate::lang::Lang;
use crate::lexicon::{EVENT_TYPES, EventType, Unit, event_type};
use crate::schema::{Field, FieldType, TextMode};
use crate::syntax::ast;
use crate::value::FieldKey;

/// The slot of an event's type.
const TYPE: u32 = 0;
/// The slot of an event's date.
const AT: u32 = 1;
/// The slot of the first declared attribute.
pub(super) const FIRST_ATTRIBUTE: u32 = 2;

/// The names of events' type and date, which every event has: the key in data first.
const TYPE_NAMES: &[&str] = &["type"];
const AT_NAMES: &[&str] = &["at", "date"];

/// The attributes of some lists of events together, type and date first. An attribute that two
/// lists declare with different types has none.
pub(super) fn attributes<'f>(
    shape: u32,
    lists: impl IntoIterator<Item = &'f [Field]>,
) -> Attributes {
    let mut all = Attributes { open: true, ..Attributes::default() };
    let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
    let text = FieldType::Text(crate::schema::TextKind::Plain);
    add(&mut all, plain(keys(shape, TYPE, names(TYPE_NAMES)), text));
    add(&mut all, plain(keys(shape, AT, names(AT_NAMES)), FieldType::DateTime));
    for field in lists.into_iter().flatten() {
        all.open = false;
        let known = field.key.folded.iter().find_map(|name| all.index.get(name)).copied();
        let Some(known) = known.and_then(|i| all.fields.get_mut(i as usize)) else {
            let slot = all.fields.len() as u32;
            add(
                &mut all,
                Field { key: keys(shape, slot, field.key.names.clone()), ..field.clone() },
            );
            continue;
        };
        for name in &field.key.names {
            let folded = fold(name);
            if !known.key.folded.contains(&folded) {
                known.key.names.push(name.clone());
                known.key.folded.push(folded.clone());
                all.index.insert(folded, known.key.slot);
            }
        }
        if known.key.slot >= FIRST_ATTRIBUTE
            && known.ty.domain(known.mode) != field.ty.domain(field.mode)
        {
            known.ty = FieldType::Text(crate::schema::TextKind::Plain);
        }
    }
    all
}

fn plain(key: FieldKey, ty: FieldType) -> Field {
    Field {
        key,
        span: None,
        ty,
        mode: TextMode::default(),
        required: false,
        unique: false,
        max_length: None,
        personal: false,
        default: None,
    }
}

fn add(all: &mut Attributes, field: Field) {
    for name in &field.key.folded {
        all.index.entry(name.clone()).or_insert(field.key.slot);
    }
    all.fields.push(field);
}

impl Checker<'_> {
    /// Checks which events a line counts; the scope inside one of them.
    pub(super) fn events(&mut self, scope: &Scope, events: &ast::Events) -> (Events, Scope) {
        let (id, labels) = self.event_id(&events.event);
        if events.per_day == Some(0) {
            self.error(&AT_LEAST_ONE, events.span);
        }
        let window = events.window.map(|window| {
            let days = matches!(window.unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year);
            if !days {
                self.unit_error(&WINDOW_UNIT, &window);
            }
            (window.count, window.unit)
        });
        let half_life_days = events.half_life.map(|half_life| {
            let days = match half_life.unit {
                Unit::Day => half_life.count,
                Unit::Week => half_life.count.saturating_mul(7),
                _ => {
                    self.unit_error(&HALF_LIFE_UNIT, &half_life);
                    1
                }
            };
            if days == 0 {
                self.error(&AT_LEAST_ONE, half_life.span);
            }
            days
        });
        let (lists, frame, type_key, at_key) = self.event_fields(scope, events);
        let checked = Events {
            id,
            labels,
            lists,
            type_key,
            at_key,
            per_day: events.per_day,
            window,
            half_life_days,
        };
        (checked, scope.with(frame))
    }

    fn unit_error(&mut self, code: &'static crate::diagnostic::Code, lapse: &ast::Lapse) {
        let lang = self.written_in();
        let error = Diagnostic::new(code, lapse.span);
        self.report(error.arg("unit", lapse.unit.word(lang)));
    }

    /// The id of an event type, and the other spellings that data may carry.
    pub(super) fn event_id(&mut self, name: &ast::Name) -> (String, Vec<String>) {
        if let Some(id) = event_type(&name.text) {
            let event = EVENT_TYPES.iter().find(|event| event.id == id);
            let labels = event.into_iter().flat_map(labels).map(str::to_owned).collect();
            return (id.to_owned(), labels);
        }
        if !name.quoted {
            let known = EVENT_TYPES.iter().flat_map(|e| std::iter::once(e.id).chain(labels(e)));
            let near = self.found.near(&name.text, known);
            let known =
                |lang: Lang| super::list(EVENT_TYPES.iter().map(|e| lang.pick(e.fr, e.en)[0]));
            let error = Diagnostic::new(&UNKNOWN_EVENT, name.span).arg("name", &name.text);
            let quoted = Fix::replace(&QUOTE, name.span, &super::items::quote(&name.text));
            let error = error.arg("known_fr", known(Lang::Fr)).arg("known_en", known(Lang::En));
            self.report(error.suggest(near).fix(quoted));
        }
        (name.text.clone(), vec![name.text.replace('_', " ")])
    }

    /// The fields that hold the events, the frame of one, and the keys of its type and date.
    fn event_fields(
        &mut self,
        scope: &Scope,
        events: &ast::Events,
    ) -> (Vec<FieldKey>, Frame, FieldKey, FieldKey) {
        let Some(module) = scope.module() else {
            let key = "événement".to_owned();
            let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
            let (ty, at) = (self.dynamic_field(&key, "type"), self.dynamic_field(&key, "at"));
            let ty = keys(ty.shape, ty.slot, names(TYPE_NAMES));
            let at = keys(at.shape, at.slot, names(AT_NAMES));
            return (vec![self.default_list()], Frame::Dynamic { key, module: None }, ty, at);
        };
        let fields = self.schema.module(module).map_or(&[][..], |m| m.fields.as_slice());
        let lists = fields.iter().filter(|f| matches!(f.ty, FieldType::Events(_)));
        let mut lists: Vec<FieldKey> = lists.map(|f| f.key.clone()).collect();
        if lists.is_empty() {
            lists.push(self.default_list());
            if self.reported.insert(format!("événements {}", module.0)) {
                let name = self.schema.module(module).map_or("", |m| m.name.as_str());
                let note = Diagnostic::new(&NO_EVENT_FIELD, events.event.span);
                self.report(note.arg("name", name));
            }
        }
        let frame = Frame::AnyEvent(module);
        let known = self.attributes(&frame).map_or(&[][..], |a| a.fields.as_slice());
        let key = |slot: u32| known.get(slot as usize).map(|f| f.key.clone());
        let unknown = || keys(u32::MAX, 0, Vec::new());
        let ty = key(TYPE).unwrap_or_else(unknown);
        let at = key(AT).unwrap_or_else(unknown);
        (lists, frame, ty, at)
    }

    /// The key under which records carry events where no field is declared for them.
    fn default_list(&mut self) -> FieldKey {
        let key = self.dynamic_field("", "événements");
        keys(key.shape, key.slot, vec!["événements".to_owned(), "events".to_owned()])
    }
}

pub(super) fn labels(event: &'static EventType) -> impl Iterator<Item = &'static str> {
    event.fr.iter().chain(event.en).copied()
}
