//! What a blueprint says, part by part: equal parts have equal contents, and equal blueprints
//! have equal parts.

use serde::Serialize;

use super::{Content, Names, data};
use crate::checked::blueprint::{Blueprint, State, Transition};

/// What is said of a whole blueprint.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) module: Content,
    pub(crate) field: Content,
    pub(crate) inactive: bool,
    pub(crate) continuous: bool,
    pub(crate) entry: Content,
}

/// What is said of a state.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct StateContent {
    pub(crate) name: Content,
    pub(crate) role: Content,
    pub(crate) is_default: bool,
    pub(crate) probability: Content,
    pub(crate) labels: Content,
    pub(crate) deadline: Content,
}

/// What is said of a transition, but for its children.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TransitionContent {
    pub(crate) name: Content,
    pub(crate) kind: Content,
    pub(crate) owners: Content,
    pub(crate) condition: Content,
    pub(crate) messages: Content,
    pub(crate) required: Content,
    pub(crate) optional: Content,
    pub(crate) musts: Content,
    pub(crate) extras: Content,
    pub(crate) after: Content,
}

impl Names<'_> {
    /// The content of a blueprint.
    pub(crate) fn of_blueprint(&mut self, blueprint: &Blueprint) -> Content {
        self.content_in(data(blueprint), blueprint.on.module(), &blueprint.states)
    }

    pub(crate) fn head(&mut self, of: &Blueprint) -> Head {
        Head {
            module: self.content(data(&of.on), None),
            field: self.part(of, &of.field),
            inactive: of.inactive,
            continuous: of.continuous,
            entry: self.part(of, &of.entry),
        }
    }

    pub(crate) fn state(&mut self, of: &Blueprint, state: &State) -> StateContent {
        // A part of a state as the state says it: numbers by their value, labels in order.
        let said = data(state);
        let mut part = |name: &str| self.part(of, &said.get(name));
        StateContent {
            name: part("name"),
            role: part("role"),
            is_default: state.is_default,
            probability: part("probability"),
            labels: part("labels"),
            deadline: part("deadline"),
        }
    }

    pub(crate) fn transition(&mut self, of: &Blueprint, one: &Transition) -> TransitionContent {
        TransitionContent {
            name: self.part(of, &one.name),
            kind: self.part(of, &one.kind),
            owners: self.part(of, &one.owners),
            condition: self.part(of, &one.condition),
            messages: self.part(of, &one.messages),
            required: self.part(of, &one.required),
            optional: self.part(of, &one.optional),
            musts: self.part(of, &one.musts),
            extras: self.part(of, &one.extras),
            after: self.part(of, &one.after),
        }
    }

    fn part(&mut self, of: &Blueprint, part: &impl Serialize) -> Content {
        self.content_in(data(part), of.on.module(), &of.states)
    }
}
