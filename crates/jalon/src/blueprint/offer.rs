//! Which transitions a record is offered, and why the others are not.

use serde::Serialize;
use smallvec::SmallVec;

use super::compile::{Leaving, Process, StatePlan, Which, checked};
use super::instance::Instance;
use super::obstacle::Obstacle;
use super::owner;
use super::run::Run;
use super::words;
use crate::checked::blueprint::{Blueprint, StateId, Transition};
use crate::desk::Desk;
use crate::lang::Lang;
use crate::users::User;
use crate::value::merged::Nothing;
use crate::value::{NoClock, Record};

/// A transition that leaves the state of a record. `N` is how its names are kept: borrowed from the
/// program, or owned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Offer<N> {
    /// Its name.
    pub transition: N,
    /// Of a child, the parallel transition it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<N>,
    /// The state it leads to.
    pub to: N,
    /// Whether it may be made now, by this actor.
    pub offered: bool,
    /// Whether something was saved for it.
    pub draft: bool,
    /// Why it may not; filled only where reasons are asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why_not: Vec<Obstacle>,
}

impl Offer<&str> {
    /// The same with names of its own.
    pub(crate) fn owned(self) -> Offer<String> {
        Offer {
            transition: self.transition.to_owned(),
            parent: self.parent.map(str::to_owned),
            to: self.to.to_owned(),
            offered: self.offered,
            draft: self.draft,
            why_not: self.why_not,
        }
    }
}

impl<N: AsRef<str>> Offer<N> {
    /// Its name and where it leads, marked by whether it may be made.
    pub fn sentence(&self) -> String {
        let mark = if self.offered { '✓' } else { '✗' };
        format!("{mark} {} → {}", self.transition.as_ref(), self.to.as_ref())
    }

    /// The same, and below it why it may not be made.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let mut lines = vec![self.sentence()];
        let why_not = self.why_not.iter().flat_map(|obstacle| obstacle.lines(lang));
        lines.extend(why_not.map(|line| format!("  {line}")));
        lines
    }
}

/// Which of the offers of a state may be made, as bits in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Open(SmallVec<[u64; 2]>);

impl Open {
    fn insert(&mut self, index: usize) {
        if self.0.len() <= index / 64 {
            self.0.resize(index / 64 + 1, 0);
        }
        self.0[index / 64] |= 1 << (index % 64);
    }

    pub(crate) fn contains(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }
}

/// A record in a state of a blueprint, and who looks at it.
pub(super) struct Looked<'p, 'e> {
    pub(super) run: &'e Run<'p, 'e>,
    pub(super) process: &'p Process,
    pub(super) blueprint: &'p Blueprint,
    pub(super) instance: &'e Instance,
    pub(super) record: &'e dyn Record,
    pub(super) by: Option<&'e User>,
    /// With the conditions of the state judged.
    desk: Option<Box<Desk>>,
    plan: &'p StatePlan,
}

impl<'p, 'e> Looked<'p, 'e> {
    pub(super) fn new(
        run: &'e Run<'p, 'e>,
        process: &'p Process,
        (instance, state): (&'e Instance, StateId),
        record: &'e dyn Record,
        by: Option<&'e User>,
    ) -> Result<Looked<'p, 'e>, NoClock> {
        let desks = process.state_plan(state).desks.as_ref();
        let desk = desks.map(|desks| desks.take(run.clock, run.strict)).transpose()?;
        Ok(Looked::at(run, process, (instance, state), record, by, desk))
    }

    /// With a desk for the conditions of the state, if it has any.
    pub(super) fn at(
        run: &'e Run<'p, 'e>,
        process: &'p Process,
        (instance, state): (&'e Instance, StateId),
        record: &'e dyn Record,
        by: Option<&'e User>,
        mut desk: Option<Box<Desk>>,
    ) -> Looked<'p, 'e> {
        let plan = process.state_plan(state);
        if let Some(desk) = &mut desk {
            desk.judge(record, &Nothing);
        }
        let by = by.map(|by| run.users.named(&by.name).unwrap_or(by));
        let blueprint = process.declared(run.program);
        Looked { run, process, blueprint, instance, record, by, desk, plan }
    }

    /// Gives back what was lent.
    pub(super) fn done(self) {
        if let (Some(desk), Some(desks)) = (self.desk, &self.plan.desks) {
            desks.give_back(desk);
        }
    }

    /// The desk that it was given, and whether each of [`Looked::offers`] may be made.
    pub(super) fn open(self) -> (Option<Box<Desk>>, Open) {
        let mut open = Open::default();
        for (index, leaving) in self.plan.leaving_by_hand(self.blueprint).enumerate() {
            if self.is_open(leaving) {
                open.insert(index);
            }
        }
        (self.desk, open)
    }

    /// The transitions of its state that do not go by themselves.
    pub(super) fn offers(&mut self) -> Vec<Offer<&'p str>> {
        let plan = self.plan;
        let mut offers = Vec::with_capacity(plan.leaving.len());
        for leaving in plan.leaving_by_hand(self.blueprint) {
            let transition = checked(self.blueprint, leaving.which);
            let name: &'p str = &self.process.plan(leaving.which).name;
            let whole = leaving.which.whole();
            let mut offer = Offer {
                transition: name,
                parent: leaving.which.child.map(|_| &*self.process.plan(whole).name),
                to: &self.process.state_plan(transition.to).name,
                offered: self.is_open(leaving),
                draft: self.instance.draft(name).is_some(),
                why_not: Vec::new(),
            };
            if !offer.offered && self.run.reasons {
                self.obstacles(leaving, &mut offer.why_not);
            }
            offers.push(offer);
        }
        offers
    }

    /// Whether a transition may be made, apart from what must be given.
    fn is_open(&self, leaving: &Leaving) -> bool {
        let transition = checked(self.blueprint, leaving.which);
        let own = |leaving: &Leaving| {
            self.holds(leaving)
                && owner::may(checked(self.blueprint, leaving.which), self.record, self.by)
        };
        match leaving.which.child {
            None => !transition.kind.is_parallel() && own(leaving),
            Some(_) => {
                own(leaving) && !self.is_done(leaving.which) && self.parent(leaving).is_none_or(own)
            }
        }
    }

    fn parent(&self, leaving: &Leaving) -> Option<&'p Leaving> {
        let whole = leaving.which.whole();
        self.plan.leaving.iter().find(|other| other.which == whole)
    }

    pub(super) fn holds(&self, leaving: &Leaving) -> bool {
        match (leaving.root, &self.desk) {
            (Some(root), Some(desk)) => desk.holds(root),
            _ => true,
        }
    }

    /// Why a transition may not be made, apart from what must be given.
    pub(super) fn obstacles(&mut self, leaving: &'p Leaving, found: &mut Vec<Obstacle>) {
        let transition = checked(self.blueprint, leaving.which);
        if leaving.which.child.is_none() && transition.kind.is_parallel() {
            found.push(Obstacle::ByChildren { left: self.left(leaving.which) });
        }
        if self.is_done(leaving.which) {
            found.push(Obstacle::Done);
        }
        let parent = leaving.which.child.and_then(|_| self.parent(leaving));
        for leaving in parent.into_iter().chain([leaving]) {
            let transition = checked(self.blueprint, leaving.which);
            if !owner::may(transition, self.record, self.by) {
                found.push(Obstacle::NotAllowed {
                    by: self.by.map(|by| by.name.to_string()),
                    owners: transition
                        .owners
                        .iter()
                        .map(|owner| words::owner(owner, self.run.lang))
                        .collect(),
                });
            }
            if !self.holds(leaving) {
                let why = self.why(leaving, transition).map(Box::new);
                found.push(Obstacle::NotHeld { why });
            }
        }
    }

    fn why(&mut self, leaving: &Leaving, transition: &Transition) -> Option<crate::eval::Node> {
        if !self.run.reasons {
            return None;
        }
        let (desk, root) = (self.desk.as_mut()?, leaving.root?);
        let names = &self.run.program.names;
        desk.explain(root, transition.condition.as_ref(), self.record, &Nothing, names)
    }

    /// Whether a child of a parallel transition is done.
    fn is_done(&self, which: Which) -> bool {
        which.child.is_some() && is_done(self.process, self.instance, which)
    }

    /// The children of a parallel transition that are to be done.
    fn left(&self, whole: Which) -> Vec<String> {
        let children = &self.process.plan(whole).children;
        let left = (0..children.len()).map(|child| Which { child: Some(child), ..whole });
        let left = left.filter(|which| !is_done(self.process, self.instance, *which));
        left.map(|which| self.process.plan(which).name.to_string()).collect()
    }
}

/// Whether a child of a parallel transition is done.
pub(super) fn is_done(process: &Process, instance: &Instance, which: Which) -> bool {
    let (parent, child) = (&process.plan(which.whole()).name, &process.plan(which).name);
    let progress = instance.progress.iter().find(|progress| progress.transition == *parent);
    progress.is_some_and(|progress| progress.done.contains(child))
}
