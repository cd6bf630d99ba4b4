//! Which branch sets off which.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Node;
use super::effects::{Effect, Effects, Listens, Way};
use super::gates::Gates;
use crate::checked::workflow::{Chaining, Repetition, TriggerKind};
use crate::checked::{CheckedProgram, Condition};
use crate::lint::whole::answers::Given;
use crate::lint::whole::components::components;

/// So many pairs of an effect and a branch are looked at; a program with more is not judged.
const MOST: usize = 4_000_000;

/// A branch that sets off another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) from: u32,
    pub(super) to: u32,
    /// By which of [`Effects::list`].
    pub(super) effect: u32,
    pub(super) way: Way,
    /// Whether the other only writes back what it always writes.
    pub(super) restores: bool,
}

/// The links between the branches that may stand in a loop, and those that lead into it.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) nodes: Vec<Node>,
    /// By the branch that they leave.
    pub(super) list: Vec<Link>,
    /// For each branch the links that lead to it.
    incoming: Vec<Vec<u32>>,
    /// Whether both ends may stand in one loop, for each.
    close: Vec<bool>,
}

/// What has the same effect: a field and its value, or a record of a module.
type Hub = (u32, Option<u32>, Way);

impl Links {
    /// None where there are too many to be looked at.
    pub(super) fn of(
        program: &CheckedProgram,
        effects: &Effects<'_>,
        gates: &Gates,
    ) -> Option<Links> {
        let mut links = Links { nodes: effects.nodes.clone(), ..Links::default() };
        links.incoming.resize(effects.nodes.len(), Vec::new());
        let part = Links::roughly(program, effects, gates)?;
        let mut looked_at = 0;
        let by_node = written(effects);
        let mut disputes = Disputes::new(effects, &by_node);
        for (index, effect) in effects.list.iter().enumerate() {
            let near = |to: u32| part[effect.node as usize] == part[to as usize];
            let own = effects.places[effect.node as usize] == effect.on;
            // What else the branch writes stays, unless another rule writes it in the same wave: then
            // only this change is looked at.
            let together = own && effect.way == Way::Now;
            let mut known: Vec<Given> = vec![(effect.field, effect.value)];
            if together {
                let given = by_node[effect.node as usize].iter().copied();
                known.extend(given.filter(|given| {
                    given.0 == effect.field || !disputes.may_lose(effect.node, *given, effect.field)
                }));
            }
            let last = known.iter().rev().find(|(field, _)| *field == effect.field);
            let value = last.and_then(|(_, value)| *value);
            let all = reached(effects, gates, effect, value);
            // A part without a loop has no number.
            let looping = |node: u32| part[node as usize] != u32::MAX;
            for (to, way, restores) in all.filter(|(to, ..)| looping(*to)) {
                looked_at += 1;
                if looked_at > MOST {
                    return None;
                }
                let given: &[Given] = if way == Way::Creates { &effect.given } else { &known };
                if sets_off(program, effects, effect, (to, way), given) {
                    let from = effect.node;
                    links.incoming[to as usize].push(links.list.len() as u32);
                    links.list.push(Link { from, to, effect: index as u32, way, restores });
                    links.close.push(near(to));
                }
            }
        }
        Some(links)
    }

    /// The links between branches that may stand in one loop, by node.
    pub(super) fn next(&self) -> Vec<Vec<u32>> {
        let mut next = vec![Vec::new(); self.nodes.len()];
        for (link, close) in self.list.iter().zip(&self.close) {
            if *close {
                next[link.from as usize].push(link.to);
            }
        }
        next
    }

    /// The links from one of these branches to another.
    pub(super) fn within<'l>(&'l self, members: &FxHashSet<u32>) -> Vec<&'l Link> {
        let mut nodes: Vec<u32> = members.iter().copied().collect();
        nodes.sort_unstable();
        let from = |node: u32| {
            let start = self.list.partition_point(|link| link.from < node);
            self.list[start..].iter().take_while(move |link| link.from == node)
        };
        let links = nodes.into_iter().flat_map(from);
        links.filter(|link| members.contains(&link.to)).collect()
    }

    /// The links to a branch.
    pub(super) fn into(&self, node: u32) -> impl Iterator<Item = &Link> {
        self.incoming[node as usize].iter().map(|index| &self.list[*index as usize])
    }

    /// The parts of a coarser graph, by branch: a write leads to what it is, and that to all that
    /// listen. What is in no loop there is in none.
    fn roughly(program: &CheckedProgram, effects: &Effects<'_>, gates: &Gates) -> Option<Vec<u32>> {
        let count = effects.nodes.len();
        let mut hubs: FxHashMap<(Hub, u32), usize> = FxHashMap::default();
        let mut next: Vec<Vec<u32>> = vec![Vec::new(); count];
        let mut looked_at = 0;
        for (index, effect) in effects.list.iter().enumerate() {
            // Of what is created each is a thing of its own.
            let own = if effect.way == Way::Creates { index as u32 } else { 0 };
            let hub = ((effect.field, effect.value, effect.way), own);
            let known = hubs.get(&hub).copied();
            let hub = known.unwrap_or_else(|| {
                let new = next.len();
                hubs.insert(hub, new);
                next.push(Vec::new());
                new
            });
            next[effect.node as usize].push(hub as u32);
            if known.is_some() {
                continue;
            }
            let one = [(effect.field, effect.value)];
            let given: &[Given] = if effect.way == Way::Creates { &effect.given } else { &one };
            for (to, way, _) in reached(effects, gates, effect, effect.value) {
                looked_at += 1;
                if looked_at > MOST {
                    return None;
                }
                if holds(program, effects, effect.field, (to, way), given) {
                    next[hub].push(to);
                }
            }
        }
        let mut part = vec![u32::MAX; count];
        for (number, members) in components(&next).iter().enumerate() {
            for member in members.iter().filter(|member| (**member as usize) < count) {
                part[*member as usize] = number as u32;
            }
        }
        Some(part)
    }
}

/// What each branch writes at once to its own record, in order.
fn written(effects: &Effects<'_>) -> Vec<Vec<Given>> {
    let mut by_node = vec![Vec::new(); effects.nodes.len()];
    for effect in effects.list.iter().filter(|effect| effect.way == Way::Now) {
        if effects.places[effect.node as usize] == effect.on {
            by_node[effect.node as usize].push((effect.field, effect.value));
        }
    }
    by_node
}

/// Which of the fields that a branch writes may have another value after a wave, since another rule
/// has written it too.
struct Disputes<'e> {
    effects: &'e Effects<'e>,
    /// Who writes a field, and what.
    writers: FxHashMap<u32, Vec<&'e Effect>>,
    /// The fields that each branch writes at once to its own record.
    at_once: Vec<FxHashSet<u32>>,
    /// What is written to a field by those that leave another one alone.
    known: FxHashMap<(u32, u32), Rivals>,
}

/// The rules that write a field, and what they write.
#[derive(Default)]
struct Rivals {
    rules: FxHashSet<u32>,
    values: FxHashSet<Option<u32>>,
}

impl<'e> Disputes<'e> {
    fn new(effects: &'e Effects<'e>, written: &[Vec<Given>]) -> Disputes<'e> {
        let mut writers: FxHashMap<u32, Vec<&Effect>> = FxHashMap::default();
        for effect in effects.list.iter().filter(|effect| effect.way != Way::Creates) {
            writers.entry(effect.field).or_default().push(effect);
        }
        let fields = |fields: &Vec<Given>| fields.iter().map(|(field, _)| *field).collect();
        let at_once = written.iter().map(fields).collect();
        Disputes { effects, writers, at_once, known: FxHashMap::default() }
    }

    /// Whether a field may lose the value that a branch gives it, while what the branch writes to
    /// `kept` stays. Who writes both in the same wave takes the place of the branch in both.
    fn may_lose(&mut self, branch: u32, (field, value): Given, kept: u32) -> bool {
        let Disputes { effects, writers, at_once, known } = self;
        let rivals = known.entry((field, kept)).or_insert_with(|| {
            let mut rivals = Rivals::default();
            for effect in writers.get(&field).into_iter().flatten() {
                let fields = &at_once[effect.node as usize];
                let own = effects.places[effect.node as usize] == effect.on;
                if own && effect.way == Way::Now && fields.contains(&kept) {
                    continue;
                }
                rivals.rules.insert(effects.nodes[effect.node as usize].rule);
                rivals.values.insert(effect.value);
            }
            rivals
        });
        let rule = effects.nodes[branch as usize].rule;
        let another = rivals.rules.iter().any(|rival| *rival != rule);
        another && (value.is_none() || rivals.values.iter().any(|other| *other != value))
    }
}

/// The branches that may act on what an effect changes, where its field then has a value, and how
/// it reaches them.
fn reached<'e>(
    effects: &'e Effects<'_>,
    gates: &Gates,
    effect: &'e Effect,
    value: Option<u32>,
) -> impl Iterator<Item = (u32, Way, bool)> + 'e {
    let created = effect.way == Way::Creates;
    let births = effects.births.get(&effect.on).filter(|_| created);
    let births = births.into_iter().flatten().map(|node| (*node, Way::Creates, false));
    let listeners = effects.listeners.get(&effect.field).filter(|_| !created);
    let listeners = listeners.map_or(&[][..], Vec::as_slice);
    let open = value.and_then(|value| gates.open(effects, effect.field, value));
    let all = if open.is_none() { listeners.len() as u32 } else { 0 };
    let heard = open.into_iter().flatten().chain(0..all).filter_map(|place| {
        let listener = listeners.get(place as usize)?;
        match listener.how {
            Listens::Waits => Some((listener.node, Way::Date, false)),
            Listens::Reads => Some((listener.node, effect.way, false)),
            Listens::Restores(value) => {
                let same = value.is_some() && value == effect.value;
                (!same).then_some((listener.node, effect.way, true))
            }
        }
    });
    births.chain(heard)
}

/// Whether an effect may make a branch act, in view of how rules are chained.
fn sets_off(
    program: &CheckedProgram,
    effects: &Effects<'_>,
    effect: &Effect,
    (to, way): (u32, Way),
    given: &[Given],
) -> bool {
    let chaining = program.chaining.unwrap_or(Chaining::Once);
    let rule = |node: u32| effects.nodes[node as usize].rule;
    let itself = rule(effect.node) == rule(to);
    let repetition = program.rules[rule(to) as usize].repetition;
    match way {
        Way::Now | Way::Later if chaining == Chaining::None => return false,
        // A rule has acted in the event of its timer.
        Way::Later if itself && chaining == Chaining::Once => return false,
        // Its criterion held already.
        Way::Now if itself && effect.node == to && repetition == Repetition::OnEntering => {
            return false;
        }
        _ => {}
    }
    // A date that is emptied never comes.
    let emptied = || {
        let value = effect.value.map(|value| effects.answers.is_nothing(effect.field, value));
        value.unwrap_or(false)
    };
    !(way == Way::Date && emptied()) && holds(program, effects, effect.field, (to, way), given)
}

/// Whether the criteria of a branch may hold of what is known of a record.
fn holds(
    program: &CheckedProgram,
    effects: &Effects<'_>,
    changed: u32,
    (to, way): (u32, Way),
    given: &[Given],
) -> bool {
    let Node { rule, branch } = effects.nodes[to as usize];
    let heard = &effects.changed[rule as usize];
    let rule = &program.rules[rule as usize];
    // What its criterion reads may change in one wave with what it waits for.
    let enters = rule.repetition == Repetition::OnEntering;
    // When a date comes the record may have changed since.
    if way == Way::Date {
        return true;
    }
    let says = |condition: Option<&Condition>| {
        condition.map_or(Some(true), |condition| effects.answers.holds(condition, given))
    };
    let triggered = rule.triggers.iter().any(|trigger| match &trigger.kind {
        TriggerKind::Criterion(condition) => says(Some(condition)) != Some(false),
        TriggerKind::Created => way == Way::Creates,
        TriggerKind::CreatedOrUpdated => true,
        TriggerKind::Updated => way != Way::Creates,
        TriggerKind::Changed(_) => way != Way::Creates && (enters || heard.contains(&changed)),
        _ => false,
    });
    let branch = branch as usize;
    triggered
        && says(rule.branches[branch].condition.as_ref()) != Some(false)
        && rule.branches[..branch].iter().all(|b| says(b.condition.as_ref()) != Some(true))
}
