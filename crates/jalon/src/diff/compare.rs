//! Finds which parts of two programs are the same one, and what they do not say alike.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::node::{Node, Voice, said};
use super::{Change, How, Part, lines, rules, schema, scores};
use crate::blueprint::changes::changes as of_blueprints;
use crate::checked::CheckedProgram;
use crate::checked::blueprint::Blueprint;
use crate::checked::names::fold;
use crate::program::Program;
use crate::sentence::{Renamed, Speech};

/// What changes from an old program to a new one, in the order of the kinds.
pub(super) fn programs(old: &Program, new: &Program) -> Vec<Change> {
    let (before, after) = (old.checked(), new.checked());
    let was = Voice::new(before, schema::renamed(before, after));
    let is = Voice::new(after, Renamed::default());
    let mut changes = nodes(&schema::modules(before), &schema::modules(after));
    changes.extend(nodes(&schema::constants(before), &schema::constants(after)));
    let same = rules::unchanged(before, after);
    changes.extend(nodes(&rules::rules(&was, &same.0), &rules::rules(&is, &same.1)));
    let names = |program: &CheckedProgram| {
        program.rules.iter().map(|rule| rules::key(rule, program)).collect::<Vec<_>>()
    };
    changes.extend(reordered(Part::Rules, &names(before), &names(after)));
    changes.extend(nodes(&scores::scores(&was), &scores::scores(&is)));
    changes.extend(blueprints(before, after));
    changes.extend(nodes(&lines::declarations(old), &lines::declarations(new)));
    changes
}

/// What changes from some parts to others.
pub(super) fn nodes(old: &[Node], new: &[Node]) -> Vec<Change> {
    let mut pairs = Pairs::new(old, new);
    pairs.by(|node| node.name.as_ref().map(|name| format!("{}\u{1}{:?}", fold(name), node.module)));
    pairs.by(|node| node.name.as_ref().map(|name| fold(name)));
    pairs.by(|node| node.name.is_none().then(|| node.full()));
    pairs.by(|node| (node.name.is_some() && node.part.is_renamed()).then(|| node.full()));
    for level in 0..3 {
        pairs.by(|node| node.keys.get(level).cloned());
    }
    pairs.changes()
}

struct Pairs<'n> {
    old: &'n [Node],
    new: &'n [Node],
    partners: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl<'n> Pairs<'n> {
    fn new(old: &'n [Node], new: &'n [Node]) -> Pairs<'n> {
        Pairs { old, new, partners: vec![None; old.len()], taken: vec![false; new.len()] }
    }

    /// Pairs those that are left and have the same key.
    fn by(&mut self, key: impl Fn(&Node) -> Option<String>) {
        let mut waiting: FxHashMap<(Part, String), VecDeque<usize>> = FxHashMap::default();
        for (place, node) in self.new.iter().enumerate().filter(|(place, _)| !self.taken[*place]) {
            if let Some(key) = key(node) {
                waiting.entry((node.part, key)).or_default().push_back(place);
            }
        }
        for (node, partner) in self.old.iter().zip(&mut self.partners) {
            let free = partner.is_none().then(|| key(node)).flatten();
            let found = free.and_then(|key| waiting.get_mut(&(node.part, key))?.pop_front());
            if let Some(place) = found {
                *partner = Some(place);
                self.taken[place] = true;
            }
        }
    }

    fn changes(self) -> Vec<Change> {
        let mut changes = Vec::new();
        for (node, partner) in self.old.iter().zip(&self.partners) {
            if let Some(place) = partner {
                changes.extend(pair(node, &self.new[*place]));
            } else {
                let change = Change::of(node, How::Removed);
                changes.push(Change { before: Some(node.said.clone()), ..change });
            }
        }
        for (node, _) in self.new.iter().zip(&self.taken).filter(|(_, taken)| !**taken) {
            let change = Change::of(node, How::Added);
            changes.push(Change { after: Some(node.said.clone()), ..change });
        }
        let ordered = self.old.iter().zip(&self.partners);
        let places = ordered.filter(|(node, _)| node.part.is_ordered());
        let mut last: FxHashMap<Part, usize> = FxHashMap::default();
        let mut moved = Vec::new();
        for (node, place) in places.filter_map(|(node, place)| Some((node, (*place)?))) {
            let before = last.entry(node.part).or_insert(place);
            if place < *before && !moved.contains(&node.part) {
                moved.push(node.part);
            }
            *before = (*before).max(place);
        }
        changes.extend(moved.into_iter().map(|part| Change::bare(part, How::Reordered)));
        changes
    }
}

/// What changes of one part.
fn pair(old: &Node, new: &Node) -> Option<Change> {
    let renamed = new.name.clone().filter(|name| old.name.as_ref() != Some(name));
    let same = old.full() == new.full();
    if same && renamed.is_none() {
        return None;
    }
    let warning = renamed.as_ref().and(old.if_renamed.clone().filter(|_| new.if_renamed.is_some()));
    let how = if same { How::Renamed } else { How::Changed };
    let mut change = Change { renamed, warning, ..Change::of(old, how) };
    if !same {
        let joined = old.joined.is_none() || new.joined.is_none() || old.joined == new.joined;
        if joined {
            change.changes = nodes(&old.children, &new.children);
        }
        (change.before, change.after) = (Some(old.said.clone()), Some(new.said.clone()));
    }
    Some(change)
}

impl Change {
    pub(super) fn bare(of: Part, change: How) -> Change {
        Change {
            of,
            name: None,
            module: None,
            renamed: None,
            change,
            before: None,
            after: None,
            warning: None,
            changes: Vec::new(),
            steps: Vec::new(),
        }
    }

    fn of(node: &Node, change: How) -> Change {
        let (name, module) = (node.name.clone(), node.module.clone());
        Change { name, module, ..Change::bare(node.part, change) }
    }
}

/// Whether those that both have stand in another order.
fn reordered(part: Part, old: &[String], new: &[String]) -> Option<Change> {
    let places: FxHashMap<&String, usize> =
        new.iter().enumerate().map(|(place, key)| (key, place)).collect();
    let kept = old.iter().filter_map(|key| places.get(key));
    (!kept.is_sorted()).then(|| Change::bare(part, How::Reordered))
}

fn blueprints(old: &CheckedProgram, new: &CheckedProgram) -> Vec<Change> {
    let name = |one: &Blueprint| fold(&one.name);
    let mut taken = vec![false; new.blueprints.len()];
    let mut partners = vec![None; old.blueprints.len()];
    for by_name in [true, false] {
        for (one, partner) in old.blueprints.iter().zip(&mut partners) {
            let found = new.blueprints.iter().enumerate().position(|(place, other)| {
                let alike = if by_name {
                    name(one) == name(other)
                } else {
                    of_blueprints(Some((one, old)), Some((other, new)), &|_| None)
                        .changes
                        .is_empty()
                };
                partner.is_none() && !taken[place] && alike
            });
            if let Some(place) = found {
                taken[place] = true;
                *partner = Some(place);
            }
        }
    }
    let mut all = Vec::new();
    for (one, partner) in old.blueprints.iter().zip(&partners) {
        let other = partner.map(|place| &new.blueprints[place]);
        let changes = of_blueprints(Some((one, old)), other.map(|other| (other, new)), &|_| None);
        let how = match other {
            None => How::Removed,
            Some(_) if !changes.changes.is_empty() => How::Changed,
            Some(_) if changes.renamed.is_some() => How::Renamed,
            Some(_) => continue,
        };
        all.push(Change {
            name: Some(one.name.clone()),
            renamed: changes.renamed,
            steps: changes.changes,
            ..Change::bare(Part::Blueprint, how)
        });
    }
    for (one, _) in new.blueprints.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        let name = Some(one.name.clone());
        let after = said(|lang| Speech::new(new, lang).blueprint(one));
        all.push(Change { name, after: Some(after), ..Change::bare(Part::Blueprint, How::Added) });
    }
    let names = |program: &CheckedProgram| program.blueprints.iter().map(name).collect::<Vec<_>>();
    all.extend(reordered(Part::Blueprints, &names(old), &names(new)));
    all
}
