//! A blueprint looked up by the names of a log.

use rustc_hash::FxHashMap;

use super::super::log::{Log, Row, key};
use super::Reason;
use crate::checked::blueprint::{Blueprint, Owner, State, Transition, TransitionKind};
use crate::value::fold::same_name;
use crate::value::{Clock, Instant};

/// Where a case may stand: a state by its index or, behind all states, a name that is none.
pub(super) type Place = u32;

/// What a name makes: a transition, or a child of a parallel one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Step {
    pub(super) transition: u32,
    pub(super) child: Option<u32>,
}

/// How a move is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// By whichever transition leads there.
    Accepted,
    /// By this one.
    By(Step),
    /// Not at all.
    Refused(Reason),
}

/// What the names of a log mean in a blueprint.
#[derive(Debug)]
pub(super) struct Ways<'w> {
    pub(super) blueprint: &'w Blueprint,
    log: &'w Log,
    /// For each name of the log, the first that is the same.
    first: Vec<u32>,
    /// For each name of the log, its place.
    places: Vec<Place>,
    /// For each name of the log, the transitions and children called so.
    steps: Vec<Vec<Step>>,
    /// From where to where, by which transitions.
    pairs: FxHashMap<(Place, Place), Vec<u32>>,
}

impl<'w> Ways<'w> {
    pub(super) fn new(blueprint: &'w Blueprint, log: &'w Log) -> Ways<'w> {
        let states: FxHashMap<String, u32> =
            (0..).zip(&blueprint.states).map(|(id, state)| (key(&state.name), id)).collect();
        let steps = steps_by_name(blueprint);
        let mut pairs: FxHashMap<(Place, Place), Vec<u32>> = FxHashMap::default();
        for (id, transition) in (0..).zip(&blueprint.transitions) {
            for from in &transition.from {
                pairs.entry((from.0, transition.to.0)).or_default().push(id);
            }
        }
        let mut ways = Ways {
            blueprint,
            log,
            first: Vec::new(),
            places: Vec::new(),
            steps: Vec::new(),
            pairs,
        };
        let mut known: FxHashMap<String, u32> = FxHashMap::default();
        for (number, name) in (0..).zip(&log.names) {
            let name = key(name);
            let state = states.get(&name).copied();
            ways.steps.push(steps.get(&name).cloned().unwrap_or_default());
            let first = *known.entry(name).or_insert(number);
            ways.first.push(first);
            ways.places.push(state.unwrap_or(blueprint.states.len() as u32 + first));
        }
        ways
    }

    pub(super) fn place(&self, name: u32) -> Place {
        self.places[name as usize]
    }

    pub(super) fn first(&self, name: u32) -> u32 {
        self.first[name as usize]
    }

    pub(super) fn steps(&self, name: u32) -> &[Step] {
        &self.steps[name as usize]
    }

    pub(super) fn state(&self, place: Place) -> Option<&'w State> {
        self.blueprint.states.get(place as usize)
    }

    pub(super) fn transition(&self, id: u32) -> Option<&'w Transition> {
        self.blueprint.transitions.get(id as usize)
    }

    /// What a step is called and asks for.
    pub(super) fn made(&self, step: Step) -> Option<&'w Transition> {
        let transition = self.transition(step.transition)?;
        match step.child {
            Some(child) => transition.children.get(child as usize),
            None => Some(transition),
        }
    }

    pub(super) fn default(&self) -> Place {
        self.blueprint.states.iter().position(|state| state.is_default).unwrap_or(0) as u32
    }

    pub(super) fn place_name(&self, place: Place) -> &str {
        match self.state(place) {
            Some(state) => &state.name,
            None => self.name(place - self.blueprint.states.len() as u32),
        }
    }

    pub(super) fn name(&self, name: u32) -> &str {
        self.log.names.get(name as usize).map_or("", |name| name)
    }

    /// The transitions that lead from one place to another.
    pub(super) fn between(&self, from: Place, to: Place) -> &[u32] {
        self.pairs.get(&(from, to)).map_or(&[], Vec::as_slice)
    }

    /// Whether a move is accepted, and the transition that is to blame where it is not.
    pub(super) fn judge(&self, from: Place, to: Place, row: &Row) -> (Verdict, Option<u32>) {
        let (Some(left), Some(_)) = (self.state(from), self.state(to)) else {
            return (Verdict::Refused(Reason::UnknownState), None);
        };
        let between = self.between(from, to);
        if between.is_empty() {
            let reason = if left.is_end() { Reason::EndLeft } else { Reason::NoTransition };
            return (Verdict::Refused(reason), None);
        }
        let steps = row.transition().map(|name| self.steps(name));
        let named = |id: &u32| {
            let step = Step { transition: *id, child: None };
            steps.is_none_or(|steps| steps.contains(&step))
        };
        let Some(first) = between.iter().copied().find(named) else {
            let name = row.transition().map(|name| self.first(name));
            return (Verdict::Refused(Reason::OtherTransition), name);
        };
        let mut allowed =
            between.iter().copied().filter(|id| named(id) && self.may(self.transition(*id), row));
        match (allowed.next(), allowed.next()) {
            (None, _) => (Verdict::Refused(Reason::NotOwner), Some(first)),
            (Some(_), Some(_)) => (Verdict::Accepted, None),
            (Some(_), None) if between.len() == 1 => (Verdict::Accepted, None),
            (Some(only), None) => (Verdict::By(Step { transition: only, child: None }), None),
        }
    }

    /// Whether whoever the log names may make a transition, as far as a name tells.
    pub(super) fn may(&self, transition: Option<&Transition>, row: &Row) -> bool {
        let (Some(transition), Some(by)) = (transition, row.by()) else { return true };
        let by = self.log.actors.get(by as usize).map_or("", |name| name);
        let may = |owner: &Owner| match owner {
            Owner::User(name) => same_name(name, by),
            _ => true,
        };
        transition.owners.is_empty() || transition.owners.iter().any(may)
    }

    /// Whether a move can only have been made by automatic transitions that were not yet due.
    pub(super) fn is_early(
        &self,
        ids: &[u32],
        since: Option<Instant>,
        at: Option<Instant>,
        clock: &Clock,
    ) -> bool {
        let (Some(since), Some(at)) = (since, at) else { return false };
        let early = |id: &u32| match self.transition(*id).map(|transition| transition.kind) {
            Some(TransitionKind::Automatic(count, unit)) => {
                clock.shift_instant(since, i64::from(count), unit) > at
            }
            _ => false,
        };
        !ids.is_empty() && ids.iter().all(early)
    }
}

/// The transitions and children of each name.
fn steps_by_name(blueprint: &Blueprint) -> FxHashMap<String, Vec<Step>> {
    let mut steps: FxHashMap<String, Vec<Step>> = FxHashMap::default();
    for (id, transition) in (0..).zip(&blueprint.transitions) {
        let own = Step { transition: id, child: None };
        steps.entry(key(&transition.name)).or_default().push(own);
        for (place, child) in (0..).zip(&transition.children) {
            let step = Step { transition: id, child: Some(place) };
            steps.entry(key(&child.name)).or_default().push(step);
        }
    }
    steps
}
