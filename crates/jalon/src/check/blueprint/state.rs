//! States: the values of the list, what they are in the process, and what they are called.

use rust_decimal::Decimal;

use super::{Ground, ListEnds, values};
use crate::check::Checker;
use crate::check::automation::spelled;
use crate::check::modules::{FIRST, known_values};
use crate::checked::blueprint::{State, StateId, StateRole};
use crate::checked::names::fold;
use crate::diagnostic::catalogue::{
    ADD_VALUE, BAD_PROBABILITY, ROLES_CLASH, STATE_TWICE, TWO_DEFAULTS, UNDECLARED_STATE,
};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lang::Lang;
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::value::fold::fold as fold_as;
use crate::value::read::read_number;

impl Checker<'_> {
    /// The states that the lines declare and mark; without `états` the values of the list are
    /// the states too, behind those that a line names.
    pub(super) fn blueprint_states(
        &mut self,
        ground: &mut Ground<'_>,
        blueprint: &ast::Blueprint,
        ends: &ListEnds,
    ) {
        let plain = |state: &ast::State| {
            state.roles.is_empty() && state.probability.is_none() && state.labels.is_empty()
        };
        let listed = blueprint.states.iter().any(plain);
        if !listed && let Some(field) = ground.list {
            for value in values(field) {
                add(ground, value.clone(), blueprint.field.span);
            }
        }
        let mut default: Option<Span> = None;
        let mut bare = rustc_hash::FxHashMap::default();
        for written in &blueprint.states {
            let id = self.declare_state(ground, &written.name, ends);
            if plain(written) {
                ground.states_end = Some(written.name.span);
                let first = *bare.entry(id).or_insert(written.name.span);
                if first != written.name.span {
                    let warning = Diagnostic::new(&STATE_TWICE, written.name.span);
                    self.report(warning.arg("name", &written.name.text).label(first, FIRST));
                }
            }
            self.marks(ground, id, written, &mut default);
        }
        if default.is_none() {
            let first = ground.states.iter().position(|state| !state.is_end()).unwrap_or(0);
            if let Some(first) = ground.states.get_mut(first) {
                first.is_default = true;
            }
        }
    }

    /// A state by its name, new or known; an error where the list does not have it.
    fn declare_state(&mut self, ground: &mut Ground<'_>, name: &Name, ends: &ListEnds) -> StateId {
        self.note_state(ground, name);
        if let Some(id) = ground.state(&name.text) {
            return id;
        }
        let mut spelling = name.text.clone();
        if let Some(field) = ground.list {
            let values = values(field);
            let folded = fold_as(&name.text, ground.mode);
            let known = values.iter().find(|value| fold_as(value, ground.mode) == folded);
            if let Some(value) = known {
                spelling.clone_from(value);
            } else {
                let near = self.found.near(&name.text, values.iter().map(String::as_str));
                let mut error = Diagnostic::new(&UNDECLARED_STATE, name.span)
                    .arg("name", &name.text)
                    .arg("field", field.name())
                    .arg("known", known_values(&field.ty))
                    .suggest(near);
                if let Some(end) = field.span.and_then(|span| ends.get(&span)) {
                    error = error.fix(add_value(*end, name, field.name()));
                }
                self.report(error);
            }
        }
        add(ground, spelling, name.span)
    }

    /// What a line says of a state.
    fn marks(
        &mut self,
        ground: &mut Ground<'_>,
        id: StateId,
        written: &ast::State,
        default: &mut Option<Span>,
    ) {
        let mut marked = ground.marked.contains(&id);
        let Some(state) = ground.states.get_mut(id.0 as usize) else { return };
        for (span, role) in &written.roles {
            if *role == StateRole::Default {
                if let Some(first) = default.filter(|_| !state.is_default) {
                    let error = Diagnostic::new(&TWO_DEFAULTS, written.name.span);
                    self.report(error.label(first, FIRST));
                } else {
                    state.is_default = true;
                    *default = Some(written.name.span);
                }
                continue;
            }
            if let Some(role) = together(state, marked, *role) {
                state.role = role;
            } else {
                let error = Diagnostic::new(&ROLES_CLASH, *span).arg("name", &state.name);
                self.report(error.arg("role", self.text(*span)));
            }
            marked = true;
        }
        if marked {
            ground.marked.insert(id);
        }
        if let Some(number) = &written.probability {
            state.probability = self.probability(number).or(state.probability);
        }
        for (lang, label) in &written.labels {
            let langs = lang.map_or_else(|| vec![Lang::Fr, Lang::En], |lang| vec![lang]);
            for of in langs {
                let known = state.labels.iter().position(|(known, _)| *known == of);
                match known {
                    // A label without a language is for those that have none of their own.
                    Some(at) if lang.is_some() => state.labels[at].1.clone_from(&label.text),
                    Some(_) => {}
                    None => state.labels.push((of, label.text.clone())),
                }
            }
        }
    }

    fn probability(&mut self, number: &Name) -> Option<Decimal> {
        let value = read_number(&number.text).ok().map(|reading| reading.value);
        let sound = value.filter(|value| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(value));
        if sound.is_none() {
            let error = Diagnostic::new(&BAD_PROBABILITY, number.span);
            self.report(error.arg("value", &number.text));
        }
        sound
    }
}

/// What a state is, with one more role; `None` where the two contradict each other.
fn together(state: &State, marked: bool, role: StateRole) -> Option<StateRole> {
    use StateRole::{Closed, Open};
    match (state.role, role) {
        (Open, role) if !marked => Some(role),
        (known, role) if known == role => Some(known),
        // An end is closed.
        (end, Closed) if state.is_end() => Some(end),
        (Closed, end) if end != Open => Some(end),
        _ => None,
    }
}

fn add(ground: &mut Ground<'_>, name: String, span: Span) -> StateId {
    let id = StateId(ground.states.len() as u32);
    ground.index.insert(fold(&name), id);
    ground.states.push(State {
        name,
        span,
        role: StateRole::Open,
        is_default: false,
        probability: None,
        labels: Vec::new(),
        deadline: None,
    });
    id
}

fn add_value(end: Span, name: &Name, field: &str) -> Fix {
    let value = spelled(&name.text, name.quoted);
    Fix {
        title: &ADD_VALUE,
        args: [("new", value.clone()), ("field", field.to_owned())].into(),
        edits: vec![Edit { span: Span { start: end.end, ..end }, text: format!(", {value}") }],
    }
}
