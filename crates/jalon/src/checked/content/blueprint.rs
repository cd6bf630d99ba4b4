//! What a blueprint says, part by part: equal parts have equal hashes, and equal blueprints have
//! equal parts.

use std::fmt::Debug;

use super::Hash;
use super::bare::{Bare, actor, field};
use crate::checked::blueprint::{
    Blueprint, Deadline, Owner, State, StateId, Transition, TransitionKind,
};
use crate::checked::{CheckedProgram, FieldRef};
use crate::lexicon::Unit;

/// The content of a blueprint as sixteen hexadecimal digits. Formatting or translating it, or
/// declaring others around it, does not change it; its own name is no part of it. Scores and
/// calendars that it names count by what they say.
pub(crate) fn of_blueprint(blueprint: &Blueprint, program: &CheckedProgram) -> String {
    let states = blueprint.states.iter().map(|one| state(one, program));
    let states: Vec<_> = states.collect();
    let transitions = blueprint.transitions.iter().map(|one| tree(one, blueprint, program));
    let transitions: Vec<_> = transitions.collect();
    Hash::of(&(head(blueprint, program), states, transitions)).digits()
}

/// What is said of a whole blueprint.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) module: Hash,
    pub(crate) field: Hash,
    pub(crate) inactive: bool,
    pub(crate) continuous: bool,
    pub(crate) entry: Hash,
}

/// What is said of a state.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct StateContent {
    pub(crate) name: Hash,
    pub(crate) role: Hash,
    pub(crate) is_default: bool,
    pub(crate) probability: Hash,
    pub(crate) labels: Hash,
    pub(crate) deadline: Hash,
}

/// What is said of a transition, but for its children.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TransitionContent {
    pub(crate) name: Hash,
    pub(crate) kind: Hash,
    pub(crate) route: Hash,
    pub(crate) owners: Hash,
    pub(crate) condition: Hash,
    pub(crate) messages: Hash,
    pub(crate) required: Hash,
    pub(crate) optional: Hash,
    pub(crate) musts: Hash,
    pub(crate) extras: Hash,
    pub(crate) after: Hash,
}

/// A transition and its children.
fn tree(one: &Transition, of: &Blueprint, program: &CheckedProgram) -> Hash {
    let children = one.children.iter().map(|child| tree(child, of, program));
    Hash::of(&(transition(one, of, program), children.collect::<Vec<_>>()))
}

pub(crate) fn head(blueprint: &Blueprint, program: &CheckedProgram) -> Head {
    let module = blueprint.module.and_then(|id| program.schema.module(id));
    let module = module.map(|module| module.name.as_str());
    Head {
        module: Hash::of(&(module, &blueprint.open_module)),
        field: part(&blueprint.field, program, |of, _| field(of)),
        inactive: blueprint.inactive,
        continuous: blueprint.continuous,
        entry: part(&blueprint.entry, program, |entry, bare| {
            if let Some(entry) = entry {
                bare.condition(entry);
            }
        }),
    }
}

pub(crate) fn state(state: &State, program: &CheckedProgram) -> StateContent {
    let mut labels = state.labels.clone();
    labels.sort_by_key(|(lang, _)| lang.code());
    StateContent {
        name: Hash::default().and(&state.name),
        role: Hash::of(&state.role),
        is_default: state.is_default,
        probability: Hash::of(&state.probability.map(|percent| percent.normalize())),
        labels: Hash::of(&labels),
        deadline: Hash::of(&state.deadline.as_ref().map(|one| deadline(one, program))),
    }
}

pub(crate) fn transition(
    one: &Transition,
    of: &Blueprint,
    program: &CheckedProgram,
) -> TransitionContent {
    let name = |id: &StateId| of.states.get(id.0 as usize).map(|state| state.name.as_str());
    let from: Vec<_> = one.from.iter().map(name).collect();
    let waits = match one.kind {
        TransitionKind::Automatic(_, unit) => worked(unit),
        _ => false,
    };
    TransitionContent {
        name: Hash::default().and(&one.name),
        kind: Hash::of(&(one.kind, waits.then(|| calendar(None, program)))),
        route: Hash::of(&(from, name(&one.to))),
        owners: part(&one.owners, program, |owners, _| owners.iter_mut().for_each(owner)),
        condition: part(&one.condition, program, |condition, bare| {
            if let Some(condition) = condition {
                bare.condition(condition);
            }
        }),
        messages: part(&one.messages, program, |messages, bare| {
            for message in messages {
                bare.expr(message);
            }
        }),
        required: fields(&one.required, program),
        optional: fields(&one.optional, program),
        musts: part(&one.musts, program, |musts, bare| {
            for must in musts {
                bare.must(must);
            }
        }),
        extras: Hash::of(&one.extras),
        after: part(&one.after, program, |after, bare| {
            for action in after {
                bare.action(action);
            }
        }),
    }
}

/// The hash of a part without what is no content.
fn part<T: Clone + Debug>(
    part: &T,
    program: &CheckedProgram,
    strip: impl FnOnce(&mut T, &mut Bare<'_>),
) -> Hash {
    let (mut stripped, mut bare) = (part.clone(), Bare::by_content(program));
    strip(&mut stripped, &mut bare);
    Hash::of(&(stripped, bare.named()))
}

fn fields(all: &Vec<FieldRef>, program: &CheckedProgram) -> Hash {
    part(all, program, |all, _| all.iter_mut().for_each(field))
}

fn owner(owner: &mut Owner) {
    if let Owner::RecordOwner(of) | Owner::OfField(of) = owner {
        field(of);
    }
}

/// A deadline by what it says; its calendar counts where it is named or worked time is counted.
fn deadline(one: &Deadline, program: &CheckedProgram) -> impl Debug {
    let mut reminders = one.reminders.clone();
    reminders.iter_mut().flat_map(|(_, people)| people).for_each(actor);
    let mut escalations = one.escalations.clone();
    escalations.iter_mut().flat_map(|(_, people)| people).for_each(actor);
    let counts = std::iter::once(&one.after)
        .chain(reminders.iter().map(|(before, _)| before))
        .chain(escalations.iter().filter_map(|(after, _)| after.as_ref()))
        .any(|(_, unit)| worked(*unit));
    let by = (counts || one.calendar.is_some()).then(|| calendar(one.calendar, program));
    (one.after, by, reminders, escalations)
}

/// Whether a unit is counted by a calendar.
fn worked(unit: Unit) -> bool {
    matches!(unit, Unit::BusinessDay | Unit::BusinessHour)
}

/// What a calendar says; none is the program's.
fn calendar(index: Option<u32>, program: &CheckedProgram) -> Hash {
    let named = index.and_then(|index| program.calendars.get(index as usize));
    Hash::of(&named.map_or_else(|| program.calendar(), |named| named.calendar.clone()))
}
