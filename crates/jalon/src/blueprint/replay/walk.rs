//! Goes with each case from place to place, and counts.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::log::Row;
use super::ways::{Place, Step, Verdict, Ways};
use super::{Reading, Reason};
use crate::checked::blueprint::{State, StateRole};
use crate::value::{Clock, Instant};

/// Moves that are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) from: Place,
    /// None where a refused transition leads nowhere.
    pub(super) to: Option<Place>,
    /// What the log calls the transition, where that is why it is refused.
    pub(super) named: Option<Named>,
    pub(super) verdict: Verdict,
}

/// A transition that a refusal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Named {
    /// By a name of the log.
    InLog(u32),
    /// By its place in the blueprint.
    Known(Step),
}

/// What is counted of them.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) count: u64,
    /// Automatic ones before their time.
    pub(super) early: u64,
    /// How long the case had been in the state that is left, in microseconds.
    pub(super) times: Vec<i64>,
    /// A case in which it happened.
    pub(super) example: u32,
}

/// What is counted of a state.
#[derive(Clone, Debug, Default)]
pub(super) struct Visits {
    pub(super) entries: u64,
    pub(super) cases: u64,
    pub(super) begun: u64,
    /// Cases that stand in it at the end of the log.
    pub(super) last: u64,
    /// Of its cases, how many end in a state of each role.
    pub(super) won: u64,
    pub(super) lost: u64,
    pub(super) finished: u64,
    /// The last case that came by, from 1.
    seen: u32,
}

/// Everything counted so far.
#[derive(Debug)]
pub(super) struct Walk<'w> {
    pub(super) ways: &'w Ways<'w>,
    clock: &'w Clock,
    pub(super) tallies: FxHashMap<Key, Tally>,
    /// Of each state.
    pub(super) visits: Vec<Visits>,
    /// How many events bear each name that is no state or no transition.
    pub(super) unknown: FxHashMap<u32, u64>,
    /// Cases that begin in a place that is no state.
    pub(super) begun_elsewhere: u64,
    pub(super) conforming: u64,
    pub(super) finished: u64,
    /// The ways that cases went, by their hashes.
    pub(super) variants: FxHashSet<u64>,
    /// The states that the case at hand has visited.
    visited: Vec<Place>,
    /// The children of parallel transitions that it has done since it entered its state.
    done: Vec<Step>,
    /// Whether it has begun and moved as the blueprint says so far.
    conforms: bool,
    case: u32,
}

impl<'w> Walk<'w> {
    pub(super) fn new(ways: &'w Ways<'w>, clock: &'w Clock) -> Walk<'w> {
        Walk {
            ways,
            clock,
            tallies: FxHashMap::default(),
            visits: vec![Visits::default(); ways.blueprint.states.len()],
            unknown: FxHashMap::default(),
            begun_elsewhere: 0,
            conforming: 0,
            finished: 0,
            variants: FxHashSet::default(),
            visited: Vec::new(),
            done: Vec::new(),
            conforms: true,
            case: 0,
        }
    }

    /// Goes with one case.
    pub(super) fn case(&mut self, rows: &[Row], reading: Reading) {
        let Some(first) = rows.first() else { return };
        self.case = first.case;
        self.conforms = true;
        self.visited.clear();
        self.done.clear();
        let mut variant = DefaultHasher::new();
        for row in rows {
            self.ways.first(row.what).hash(&mut variant);
        }
        self.variants.insert(variant.finish());
        let last = match reading {
            Reading::States => self.states(first, &rows[1..]),
            Reading::Transitions => self.transitions(rows),
        };
        self.close(last);
    }

    /// Each row is a state that is reached.
    fn states(&mut self, first: &Row, rows: &[Row]) -> Place {
        let (mut place, mut since) = (self.ways.place(first.what), first.at());
        self.begin(place);
        self.enter(place, first);
        for row in rows {
            let to = self.ways.place(row.what);
            let (verdict, blamed) = self.ways.judge(place, to, row);
            let named = blamed.map(|id| match verdict {
                Verdict::Refused(Reason::NotOwner) => {
                    Named::Known(Step { transition: id, child: None })
                }
                _ => Named::InLog(id),
            });
            self.count(Key { from: place, to: Some(to), named, verdict }, since, row, true);
            self.enter(to, row);
            (place, since) = (to, row.at());
        }
        place
    }

    /// Each row is a transition that is made, the first one out of the default state.
    fn transitions(&mut self, rows: &[Row]) -> Place {
        let (mut place, mut since) = (self.ways.default(), None);
        self.begin(place);
        if let Some(first) = rows.first() {
            self.enter(place, first);
        }
        for row in rows {
            let (key, to) = self.made(place, row);
            self.count(key, since, row, to.is_some());
            if let Some(to) = to {
                self.enter(to, row);
                self.done.clear();
                (place, since) = (to, row.at());
            }
        }
        place
    }

    /// What an event makes in a place, and where the case stands then if it moves. A transition
    /// that is refused moves it all the same where its name says to which state.
    fn made(&mut self, from: Place, row: &Row) -> (Key, Option<Place>) {
        let ways = self.ways;
        let steps = ways.steps(row.what);
        let target = |step: &Step| ways.transition(step.transition).map(|one| one.to.0);
        let refused = |named, reason| Key {
            from,
            to: None,
            named: Some(named),
            verdict: Verdict::Refused(reason),
        };
        let leaves = |step: &&Step| {
            let transition = ways.transition(step.transition);
            transition.is_some_and(|one| one.from.iter().any(|state| state.0 == from))
        };
        let in_log = Named::InLog(ways.first(row.what));
        let Some(step) = steps.iter().find(leaves).copied() else {
            if steps.is_empty() {
                *self.unknown.entry(ways.first(row.what)).or_default() += 1;
                return (refused(in_log, Reason::UnknownTransition), None);
            }
            let end = ways.state(from).is_some_and(State::is_end);
            let reason = if end { Reason::EndLeft } else { Reason::NotFromHere };
            let mut targets = steps.iter().filter(|step| step.child.is_none()).map(target);
            let first = targets.next().flatten();
            let to = first.filter(|_| targets.all(|other| other == first));
            return (refused(in_log, reason), to);
        };
        let to = target(&step);
        let accepted = Key { from, to, named: None, verdict: Verdict::By(step) };
        let may = ways.may(ways.made(step), row);
        let not_owner = refused(Named::Known(step), Reason::NotOwner);
        if step.child.is_none() {
            return (if may { accepted } else { not_owner }, to);
        }
        if self.done.contains(&step) {
            return (refused(Named::Known(step), Reason::DoneAlready), None);
        }
        self.done.push(step);
        let children = ways.transition(step.transition).map_or(0, |one| one.children.len());
        let done = self.done.iter().filter(|done| done.transition == step.transition).count();
        let to = to.filter(|_| done >= children);
        let accepted = Key { to: Some(to.unwrap_or(from)), ..accepted };
        (if may { accepted } else { not_owner }, to)
    }

    /// Counts an event; `moves` says whether the case is elsewhere behind it.
    fn count(&mut self, key: Key, since: Option<Instant>, row: &Row, moves: bool) {
        let at = row.at();
        let early = match (key.verdict, key.to) {
            (Verdict::Accepted, Some(to)) => {
                let between = self.ways.between(key.from, to);
                self.ways.is_early(between, since, at, self.clock)
            }
            (Verdict::By(step), _) => self.ways.is_early(&[step.transition], since, at, self.clock),
            _ => false,
        };
        let refused = matches!(key.verdict, Verdict::Refused(_));
        self.conforms &= !refused;
        let fresh = Tally { example: self.case, ..Tally::default() };
        let tally = self.tallies.entry(key).or_insert(fresh);
        tally.count += 1;
        tally.early += u64::from(early);
        if let (Some(since), Some(at)) = (since, at)
            && (moves || !refused)
        {
            tally.times.extend(at.micros().checked_sub(since.micros()).filter(|time| *time >= 0));
        }
    }

    fn begin(&mut self, place: Place) {
        match self.visits.get_mut(place as usize) {
            Some(visits) => visits.begun += 1,
            None => self.begun_elsewhere += 1,
        }
        self.conforms &= place == self.ways.default();
    }

    fn enter(&mut self, place: Place, row: &Row) {
        let Some(visits) = self.visits.get_mut(place as usize) else {
            *self.unknown.entry(self.ways.first(row.what)).or_default() += 1;
            return;
        };
        visits.entries += 1;
        if visits.seen != self.case + 1 {
            visits.seen = self.case + 1;
            visits.cases += 1;
            self.visited.push(place);
        }
    }

    /// The case goes no further.
    fn close(&mut self, last: Place) {
        let role = self.ways.state(last).map(|state| state.role);
        for place in &self.visited {
            let Some(visits) = self.visits.get_mut(*place as usize) else { continue };
            visits.won += u64::from(role == Some(StateRole::Won));
            visits.lost += u64::from(role == Some(StateRole::Lost));
            visits.finished += u64::from(role == Some(StateRole::Final));
        }
        if let Some(visits) = self.visits.get_mut(last as usize) {
            visits.last += 1;
        }
        let ended = self.ways.state(last).is_some_and(State::is_end);
        self.finished += u64::from(ended);
        self.conforming += u64::from(self.conforms);
    }
}
