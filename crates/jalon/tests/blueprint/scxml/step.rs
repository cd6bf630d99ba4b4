//! A step of a chart, by the algorithm of its standard: which transitions are made together, what
//! they leave and enter, and what is done on the way.

use std::collections::{BTreeMap, BTreeSet};

use super::chart::{Chart, Do, Kind, Transition};
use super::script::Expr;

/// The active states, without the chart itself.
pub type Active = BTreeSet<usize>;

/// What histories remember.
pub type Memory = BTreeMap<usize, Vec<usize>>;

/// A transition by the place of its source and its own.
pub type Which = (usize, usize);

/// What a step comes to.
#[derive(Debug)]
pub struct Stepped {
    pub active: Active,
    pub memory: Memory,
    /// What is done, in order.
    pub done: Vec<Do>,
    /// The histories that were looked into.
    pub looked: BTreeSet<usize>,
}

/// Whether a condition holds, with what is known of tests on variables; `Err` is one that is not.
pub fn holds(
    chart: &Chart,
    active: &Active,
    known: &[(Expr, bool)],
    expr: &Expr,
) -> Result<bool, Expr> {
    let holds = |expr: &Expr| holds(chart, active, known, expr);
    match expr {
        Expr::In(id) => Ok(active.iter().any(|at| chart.states[*at].id == *id)),
        Expr::Not(one) => holds(one).map(|holds| !holds),
        Expr::And(one, other) => Ok(holds(one)? && holds(other)?),
        Expr::Or(one, other) => Ok(holds(one)? || holds(other)?),
        test => {
            let known = known.iter().find(|(known, _)| known == test);
            known.map(|(_, holds)| *holds).ok_or_else(|| test.clone())
        }
    }
}

impl Chart {
    pub fn transition(&self, (state, place): Which) -> &Transition {
        &self.states[state].transitions[place]
    }

    /// The states around one, the innermost first, the chart last.
    fn around(&self, state: usize) -> impl Iterator<Item = usize> {
        let up = |at: &usize| (*at != 0).then(|| self.states[*at].parent);
        std::iter::successors((state != 0).then(|| self.states[state].parent), up)
    }

    fn is_in(&self, state: usize, outer: usize) -> bool {
        self.around(state).any(|one| one == outer)
    }

    pub fn is_atomic(&self, state: usize) -> bool {
        self.states[state].kind == Kind::Atomic
    }

    /// The transitions that are made for an event, or for none.
    pub fn selected(
        &self,
        (active, memory): (&Active, &Memory),
        event: Option<&str>,
        known: &[(Expr, bool)],
    ) -> Result<Vec<Which>, Expr> {
        let mut enabled: Vec<Which> = Vec::new();
        for leaf in active.iter().filter(|at| self.is_atomic(**at)) {
            'up: for state in std::iter::once(*leaf).chain(self.around(*leaf)) {
                for (place, one) in self.states[state].transitions.iter().enumerate() {
                    let waits = match (&one.events, event) {
                        (Some(events), Some(event)) => waits_for(events, event),
                        (awaited, event) => awaited.is_none() && event.is_none(),
                    };
                    if waits && holds(self, active, known, &one.holds)? {
                        if !enabled.contains(&(state, place)) {
                            enabled.push((state, place));
                        }
                        break 'up;
                    }
                }
            }
        }
        let mut made: Vec<Which> = Vec::new();
        for one in enabled {
            let left = self.left(active, memory, one);
            let at_odds = |other: &Which| !self.left(active, memory, *other).is_disjoint(&left);
            let inner = |other: &Which| self.is_in(one.0, other.0);
            if made.iter().all(|other| !at_odds(other) || inner(other)) {
                made.retain(|other| !at_odds(other));
                made.push(one);
            }
        }
        Ok(made)
    }

    /// Where a transition leads, histories looked into.
    fn targets(&self, memory: &Memory, which: Which) -> Vec<usize> {
        let targets = self.transition(which).targets.iter();
        let target = |at: &usize| match (self.states[*at].kind, memory.get(at)) {
            (Kind::History { .. }, Some(known)) => known.clone(),
            (Kind::History { .. }, None) => self.states[*at].initial.clone(),
            _ => vec![*at],
        };
        targets.flat_map(target).collect()
    }

    /// The state inside which a transition happens.
    fn domain(&self, memory: &Memory, which: Which) -> Option<usize> {
        let targets = self.targets(memory, which);
        let all_in = |outer: usize| targets.iter().all(|target| self.is_in(*target, outer));
        let is_compound = |at: usize| self.states[at].kind == Kind::Compound;
        if targets.is_empty() {
            return None;
        }
        if self.transition(which).internal && is_compound(which.0) && all_in(which.0) {
            return Some(which.0);
        }
        self.around(which.0).find(|outer| all_in(*outer))
    }

    /// What a transition leaves.
    fn left(&self, active: &Active, memory: &Memory, which: Which) -> Active {
        match self.domain(memory, which) {
            Some(domain) => active.iter().copied().filter(|at| self.is_in(*at, domain)).collect(),
            None => Active::new(),
        }
    }

    /// Makes transitions together.
    pub fn step(&self, active: &Active, memory: &Memory, made: &[Which]) -> Stepped {
        let left: Active =
            made.iter().flat_map(|which| self.left(active, memory, *which)).collect();
        let (mut after, mut done) = (memory.clone(), Vec::new());
        for state in left.iter().rev() {
            for history in &self.states[*state].histories {
                let deep = self.states[*history].kind == Kind::History { deep: true };
                let kept = active.iter().copied().filter(|at| {
                    if deep {
                        self.is_atomic(*at) && self.is_in(*at, *state)
                    } else {
                        self.states[*at].parent == *state
                    }
                });
                after.insert(*history, kept.collect());
            }
            done.extend(self.states[*state].exit.iter().cloned());
        }
        let mut entering = Entering::new(self, &after);
        for which in made {
            let one = self.transition(*which);
            done.extend(one.content.iter().cloned());
            for target in &one.targets {
                entering.inside(*target);
            }
            let Some(domain) = self.domain(memory, *which) else { continue };
            for target in self.targets(&after, *which) {
                entering.around(target, domain);
            }
            entering.regions(domain);
        }
        let Entering { states: entered, looked, .. } = entering;
        done.extend(entered.iter().flat_map(|at| self.states[*at].entry.iter().cloned()));
        let active = active.difference(&left).chain(&entered).copied().collect();
        Stepped { active, memory: after, done, looked }
    }

    /// What is active at first, and what is done for it.
    pub fn begin(&self) -> Stepped {
        let memory = Memory::new();
        let mut entering = Entering::new(self, &memory);
        for target in &self.states[0].initial {
            entering.inside(*target);
            entering.around(*target, 0);
        }
        let active = entering.states;
        let entry = active.iter().flat_map(|at| &self.states[*at].entry);
        let done = self.first.iter().chain(entry).cloned().collect();
        Stepped { active, memory, done, looked: BTreeSet::new() }
    }
}

struct Entering<'c> {
    chart: &'c Chart,
    memory: &'c Memory,
    states: Active,
    /// The histories that were looked into.
    looked: BTreeSet<usize>,
}

impl<'c> Entering<'c> {
    fn new(chart: &'c Chart, memory: &'c Memory) -> Entering<'c> {
        Entering { chart, memory, states: Active::new(), looked: BTreeSet::new() }
    }

    /// A state, and where it begins.
    fn inside(&mut self, at: usize) {
        let state = &self.chart.states[at];
        if matches!(state.kind, Kind::History { .. }) {
            self.looked.insert(at);
            let kept = self.memory.get(&at).unwrap_or(&state.initial);
            for one in kept {
                self.inside(*one);
            }
            for one in kept {
                self.around(*one, state.parent);
            }
            return;
        }
        self.states.insert(at);
        if state.kind == Kind::Compound {
            for one in &state.initial {
                self.inside(*one);
                self.around(*one, at);
            }
        }
        self.regions(at);
    }

    /// The states around one, up to another.
    fn around(&mut self, at: usize, outer: usize) {
        for one in self.chart.around(at).take_while(|one| *one != outer) {
            self.states.insert(one);
            self.regions(one);
        }
    }

    /// The regions of a parallel state that nothing has entered yet.
    fn regions(&mut self, at: usize) {
        let state = &self.chart.states[at];
        let regions = state.inside.iter().filter(|_| state.kind == Kind::Parallel);
        for region in regions {
            let entered = |one: &usize| one == region || self.chart.is_in(*one, *region);
            if !self.states.iter().any(entered) {
                self.inside(*region);
            }
        }
    }
}

/// Whether one of some events is it: by its name, by the beginning of it up to a dot, any.
pub fn waits_for(events: &[String], event: &str) -> bool {
    events.iter().any(|awaited| {
        let awaited = awaited.strip_suffix(".*").unwrap_or(awaited);
        let rest = event.strip_prefix(awaited);
        awaited == "*" || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}
