//! Making a transition: what it takes, and what comes of it.

use smallvec::SmallVec;

use super::compile::{Leaving, Process, Which, checked};
use super::given::{Fields, Taken, taken};
use super::instance::{Draft, Given, Instance, Move, Progress};
use super::obstacle::Obstacle;
use super::offer::{Looked, is_done};
use super::run::Run;
use crate::checked::blueprint::{StateId, Transition};
use crate::users::User;
use crate::value::{NoClock, Record, ValueRef};

/// What is asked of a process.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'e> {
    pub(crate) instance: &'e Instance,
    pub(crate) transition: &'e str,
    pub(crate) given: &'e Given,
    pub(crate) record: &'e dyn Record,
    pub(crate) by: Option<&'e User>,
    /// Whether it is made by itself, after its delay.
    pub(crate) by_itself: bool,
}

/// A transition that may be made.
#[derive(Debug)]
pub(crate) struct Passage<'p, 'e> {
    pub(crate) process: &'p Process,
    /// What is done, a child before its parent.
    pub(crate) made: SmallVec<[Which; 2]>,
    /// The fields that are given, and the state where it moves.
    pub(crate) fields: Fields<'p, 'e>,
    /// Whether the state is another from now on, or entered anew.
    pub(crate) moves: bool,
    /// The instance from now on.
    pub(crate) instance: Instance,
}

/// Why nothing is made.
#[derive(Debug)]
pub(crate) struct Refused<'p, 'e> {
    /// All that stands in the way.
    pub(crate) obstacles: Vec<Obstacle>,
    /// The fields that were given all the same.
    pub(crate) fields: Fields<'p, 'e>,
}

impl From<Obstacle> for Refused<'_, '_> {
    fn from(obstacle: Obstacle) -> Self {
        Refused { obstacles: vec![obstacle], fields: Fields::new() }
    }
}

impl<'p, 'e> Run<'p, 'e> {
    /// What making a transition comes to, or all that stands in its way.
    pub(crate) fn fire(
        &self,
        asked: Asked<'e>,
    ) -> Result<Result<Passage<'p, 'e>, Refused<'p, 'e>>, NoClock>
    where
        'p: 'e,
    {
        let (process, state) = match self.place(asked.instance) {
            Ok(found) => found,
            Err(obstacle) => return Ok(Err(obstacle.into())),
        };
        let mut found = Vec::new();
        let (leaving, from) = match find(process, state, asked.transition) {
            Some(leaving) => (leaving, state),
            None => match elsewhere(process, asked.transition) {
                Some((leaving, from)) => {
                    found.push(wrong_state(process, state, leaving));
                    (leaving, from)
                }
                None => return Ok(Err(no_way_out(process, state, asked.transition).into())),
            },
        };
        let blueprint = process.declared(self.program);
        if checked(blueprint, leaving.which).kind.is_automatic() && !asked.by_itself {
            found.push(Obstacle::Automatic);
        }
        let mut looked =
            Looked::new(self, process, (asked.instance, from), asked.record, asked.by)?;
        looked.obstacles(leaving, &mut found);
        looked.done();
        let made = done_with(process, asked.instance, leaving.which);
        let transitions: SmallVec<[&'p Transition; 2]> =
            made.iter().map(|which| checked(blueprint, *which)).collect();
        let draft = asked.instance.draft(asked.transition).map(|draft| &draft.given);
        let taken = taken(&transitions, asked.given, draft, self.clock.zone, self.lang);
        let Taken { mut fields, obstacles } = taken;
        found.extend(obstacles);
        for which in &made {
            self.judge(process, *which, asked.record, &fields, &mut found)?;
        }
        if !found.is_empty() {
            return Ok(Err(Refused { obstacles: found, fields }));
        }
        let moves = made.last().is_some_and(|last| last.child.is_none());
        let by = asked.by.filter(|_| !asked.by_itself);
        let instance = self.passed(process, asked.instance, &made, by)?;
        if moves {
            let to = checked(blueprint, leaving.which).to;
            fields.push((&blueprint.field, ValueRef::Text(&process.state_plan(to).name)));
        }
        Ok(Ok(Passage { process, made, fields, moves, instance }))
    }

    /// The instance with what was given so far for a transition out of its state; nothing at all
    /// drops the draft.
    pub(crate) fn draft(
        &self,
        instance: &Instance,
        transition: &str,
        given: &Given,
        by: Option<&User>,
    ) -> Result<Result<Instance, Vec<Obstacle>>, NoClock> {
        let (process, state) = match self.place(instance) {
            Ok(found) => found,
            Err(obstacle) => return Ok(Err(vec![obstacle])),
        };
        let Some(leaving) = find(process, state, transition) else {
            return Ok(Err(vec![no_way_out(process, state, transition)]));
        };
        let blueprint = process.declared(self.program);
        let made = done_with(process, instance, leaving.which);
        let asked: SmallVec<[&Transition; 2]> =
            made.iter().map(|which| checked(blueprint, *which)).collect();
        let taken = taken(&asked, given, None, self.clock.zone, self.lang);
        let is_foreign = |obstacle: &Obstacle| matches!(obstacle, Obstacle::NotAsked { .. });
        let foreign: Vec<Obstacle> = taken.obstacles.into_iter().filter(is_foreign).collect();
        if !foreign.is_empty() {
            return Ok(Err(foreign));
        }
        let name = &process.plan(leaving.which).name;
        let mut instance = instance.clone();
        instance.drafts.retain(|draft| draft.transition != *name);
        if !given.is_empty() {
            instance.drafts.push(Draft {
                transition: name.clone(),
                given: given.clone(),
                saved: self.now()?,
                by: by.map(|by| by.name.clone()),
            });
        }
        Ok(Ok(instance))
    }

    /// The instance after some transitions.
    fn passed(
        &self,
        process: &Process,
        before: &Instance,
        made: &[Which],
        by: Option<&User>,
    ) -> Result<Instance, NoClock> {
        let (now, blueprint) = (self.now()?, process.declared(self.program));
        let mut instance = Instance {
            blueprint: before.blueprint.clone(),
            content: before.content.clone(),
            state: before.state.clone(),
            since: before.since,
            told: before.told.clone(),
            left: None,
            drafts: Vec::new(),
            progress: Vec::new(),
            history: before.history.clone(),
        };
        for which in made {
            let name = process.plan(*which).name.clone();
            let from = instance.state.clone();
            if which.child.is_some() {
                instance.drafts.clone_from(&before.drafts);
                instance.drafts.retain(|draft| draft.transition != name);
                instance.progress.clone_from(&before.progress);
                let parent = &process.plan(which.whole()).name;
                add_done(&mut instance.progress, parent, &name);
            } else {
                let to = checked(blueprint, *which).to;
                instance.state = process.state_plan(to).name.clone();
                instance.since = now;
                instance.told = Vec::new();
                instance.drafts = Vec::new();
                instance.progress = Vec::new();
            }
            instance.history = instance.history.and(Move {
                transition: Some(name),
                from: Some(from),
                to: instance.state.clone(),
                at: now,
                by: by.map(|by| by.name.clone()),
            });
        }
        Ok(instance)
    }
}

fn add_done(
    progress: &mut Vec<Progress>,
    parent: &std::sync::Arc<str>,
    child: &std::sync::Arc<str>,
) {
    match progress.iter_mut().find(|progress| progress.transition == *parent) {
        Some(progress) => progress.done.push(child.clone()),
        None => progress.push(Progress { transition: parent.clone(), done: vec![child.clone()] }),
    }
}

/// Why a transition does not leave a state: it leaves others, or there is none of that name.
pub(super) fn no_way_out(process: &Process, state: StateId, name: &str) -> Obstacle {
    match elsewhere(process, name) {
        Some((leaving, _)) => wrong_state(process, state, leaving),
        None => Obstacle::Unknown { transition: name.to_owned(), known: names(process) },
    }
}

/// A transition out of a state, by name.
pub(super) fn find<'p>(process: &'p Process, state: StateId, name: &str) -> Option<&'p Leaving> {
    let leaving = &process.state_plan(state).leaving;
    leaving.iter().find(|leaving| process.plan(leaving.which).is_named(name))
}

/// The same out of the first other state that has it.
fn elsewhere<'p>(process: &'p Process, name: &str) -> Option<(&'p Leaving, StateId)> {
    let mut states = (0..process.states.len() as u32).map(StateId);
    states.find_map(|state| Some((find(process, state, name)?, state)))
}

fn wrong_state(process: &Process, state: StateId, leaving: &Leaving) -> Obstacle {
    let name = &process.plan(leaving.which).name;
    let from = (0..process.states.len() as u32).map(StateId);
    let from = from.filter(|from| find(process, *from, name).is_some());
    Obstacle::WrongState {
        state: process.state_plan(state).name.to_string(),
        from: from.map(|from| process.state_plan(from).name.to_string()).collect(),
    }
}

/// The names of all transitions.
fn names(process: &Process) -> Vec<String> {
    let each = process.transitions.iter();
    let each = each.flat_map(|plan| std::iter::once(plan).chain(&plan.children));
    each.map(|plan| plan.name.to_string()).collect()
}

/// What is done with a transition: the last child does its parent too.
pub(super) fn done_with(
    process: &Process,
    instance: &Instance,
    which: Which,
) -> SmallVec<[Which; 2]> {
    let mut made = SmallVec::new();
    made.push(which);
    if which.child.is_some() {
        let whole = which.whole();
        let children = 0..process.plan(whole).children.len();
        let mut others = children
            .map(|child| Which { child: Some(child), ..whole })
            .filter(|other| *other != which);
        if others.all(|other| is_done(process, instance, other)) {
            made.push(whole);
        }
    }
    made
}
