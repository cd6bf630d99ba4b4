//! The blueprints of a program, compiled state by state.

use std::sync::Arc;

use crate::checked::blueprint::{Blueprint, BlueprintId, StateId, Transition};
use crate::checked::{CheckedProgram, Condition, Expr, content};
use crate::desk::Desks;
use crate::plan::code::Code;
use crate::plan::entry::Plan;
use crate::value::fold::same_name;

/// A blueprint that is active, compiled.
#[derive(Debug)]
pub(crate) struct Process {
    pub(crate) id: BlueprintId,
    /// Its name.
    pub(crate) name: Arc<str>,
    /// Its content, by which an instance knows it again.
    pub(crate) content: Arc<str>,
    /// In the order of the blueprint.
    pub(crate) states: Vec<StatePlan>,
    pub(crate) transitions: Vec<TransitionPlan>,
    /// Which records it takes; none takes every one.
    pub(crate) entry: Option<Desks>,
}

/// A state and the ways out of it.
#[derive(Debug)]
pub(crate) struct StatePlan {
    pub(crate) name: Arc<str>,
    /// Its transitions, a child after its parent.
    pub(crate) leaving: Vec<Leaving>,
    /// Their conditions.
    pub(crate) desks: Option<Desks>,
}

/// A transition as it leaves a state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaving {
    pub(crate) which: Which,
    /// Its condition among those of the state; none always holds.
    pub(crate) root: Option<usize>,
}

/// A transition of a blueprint, or a child of a parallel one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Which {
    pub(crate) transition: usize,
    pub(crate) child: Option<usize>,
}

impl Which {
    /// The transition itself, of a child its parent.
    pub(crate) fn whole(self) -> Which {
        Which { child: None, ..self }
    }
}

/// What a transition tells and asks for.
#[derive(Debug)]
pub(crate) struct TransitionPlan {
    pub(crate) name: Arc<str>,
    /// What must hold of the record with what is given, and what is to be read.
    pub(crate) during: Option<During>,
    pub(crate) children: Vec<TransitionPlan>,
}

/// The validations of a transition, one root each, and its texts.
#[derive(Debug)]
pub(crate) struct During {
    pub(crate) desks: Desks,
    /// Of each validation the message, if it has one.
    pub(crate) messages: Vec<Option<Code>>,
    /// The messages to be read.
    pub(crate) texts: Vec<Code>,
}

impl StatePlan {
    /// The transitions out of it that do not go by themselves.
    pub(crate) fn leaving_by_hand<'p>(
        &'p self,
        blueprint: &'p Blueprint,
    ) -> impl Iterator<Item = &'p Leaving> {
        let by_hand = |leaving: &&Leaving| !checked(blueprint, leaving.which).kind.is_automatic();
        self.leaving.iter().filter(by_hand)
    }
}

impl Process {
    /// The active blueprints of a program.
    pub(crate) fn all(program: &CheckedProgram) -> Vec<Process> {
        let blueprints = program.blueprints.iter().enumerate();
        let active = blueprints.filter(|(_, blueprint)| !blueprint.inactive);
        active.map(|(index, _)| Process::new(program, BlueprintId(index as u32))).collect()
    }

    fn new(program: &CheckedProgram, id: BlueprintId) -> Process {
        let blueprint = &program.blueprints[id.0 as usize];
        let states = blueprint.states.iter().enumerate();
        let states = states.map(|(index, state)| {
            let (leaving, conditions) = ways_out(blueprint, StateId(index as u32));
            let desks = (!conditions.is_empty()).then(|| desks(&conditions, program));
            StatePlan { name: state.name.as_str().into(), leaving, desks }
        });
        let entry = blueprint.entry.as_ref().map(|entry| desks(&[Some(entry)], program));
        Process {
            id,
            name: blueprint.name.as_str().into(),
            content: content::Names::new(program).of_blueprint(blueprint).to_string().into(),
            states: states.collect(),
            transitions: plans(&blueprint.transitions, program),
            entry,
        }
    }

    pub(crate) fn declared<'p>(&self, program: &'p CheckedProgram) -> &'p Blueprint {
        &program.blueprints[self.id.0 as usize]
    }

    /// A state by name.
    pub(crate) fn state(&self, name: &str) -> Option<StateId> {
        let exactly = self.states.iter().position(|state| *state.name == *name);
        let found = exactly
            .or_else(|| self.states.iter().position(|state| same_name(&state.name, name)))?;
        Some(StateId(found as u32))
    }

    pub(crate) fn state_plan(&self, state: StateId) -> &StatePlan {
        &self.states[state.0 as usize]
    }

    pub(crate) fn plan(&self, which: Which) -> &TransitionPlan {
        let parent = &self.transitions[which.transition];
        which.child.map_or(parent, |child| &parent.children[child])
    }
}

/// A transition as checked.
pub(crate) fn checked(blueprint: &Blueprint, which: Which) -> &Transition {
    let parent = &blueprint.transitions[which.transition];
    which.child.map_or(parent, |child| &parent.children[child])
}

/// The transitions out of a state, and their conditions.
fn ways_out(blueprint: &Blueprint, state: StateId) -> (Vec<Leaving>, Vec<Option<&Condition>>) {
    let (mut leaving, mut conditions) = (Vec::new(), Vec::new());
    for (index, transition) in blueprint.transitions.iter().enumerate() {
        if !transition.from.contains(&state) {
            continue;
        }
        for (which, one) in each(Which { transition: index, child: None }, transition) {
            let root = one.condition.is_some().then_some(conditions.len());
            leaving.push(Leaving { which, root });
            conditions.extend(one.condition.as_ref().map(Some));
        }
    }
    (leaving, conditions)
}

/// A transition and its children.
pub(crate) fn each(
    whole: Which,
    transition: &Transition,
) -> impl Iterator<Item = (Which, &Transition)> {
    let children = transition.children.iter().enumerate();
    let children =
        children.map(move |(index, child)| (Which { child: Some(index), ..whole }, child));
    std::iter::once((whole, transition)).chain(children)
}

fn plans(transitions: &[Transition], program: &CheckedProgram) -> Vec<TransitionPlan> {
    let plan = |transition: &Transition| TransitionPlan {
        name: transition.name.as_str().into(),
        during: during(transition, program),
        children: plans(&transition.children, program),
    };
    transitions.iter().map(plan).collect()
}

fn during(transition: &Transition, program: &CheckedProgram) -> Option<During> {
    if transition.musts.is_empty() && transition.messages.is_empty() {
        return None;
    }
    let conditions: Vec<_> = transition.musts.iter().map(|must| Some(&must.condition)).collect();
    let told = transition.musts.iter().filter_map(|must| must.message.as_ref());
    let exprs: Vec<&Expr> = told.chain(&transition.messages).collect();
    let (plan, codes) = Plan::of_events(&conditions, &exprs, program);
    let mut codes = codes.into_iter();
    let mut next =
        |must: &crate::checked::workflow::Must| must.message.as_ref().and_then(|_| codes.next());
    let messages = transition.musts.iter().map(&mut next).collect();
    Some(During { desks: Desks::new(plan), messages, texts: codes.collect() })
}

fn desks(conditions: &[Option<&Condition>], program: &CheckedProgram) -> Desks {
    Desks::new(Plan::of_events(conditions, &[], program).0)
}

impl TransitionPlan {
    /// Whether it goes by this name.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        *self.name == *name || same_name(&self.name, name)
    }
}
