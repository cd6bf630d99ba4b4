//! A loop in words: its path, its rules, and what becomes of it.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use super::End;
use super::effects::{Effect, Effects, Way};
use super::links::{Link, Links};
use crate::checked::CheckedProgram;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    CYCLE_CREATES, CYCLE_CUT, CYCLE_IN_TIME, CYCLE_ONLY_ONCE, CYCLE_SETTLES, CYCLE_TO_DEPTH,
    CYCLES_UNDECIDED, ENTERS_CYCLE, STEP_OF_CYCLE,
};
use crate::lint::whole::fields::{Place, module_name};

/// So many rules of a loop are pointed at.
const MOST_SHOWN: usize = 6;

/// Of longer paths only so many rules are named, so many of them at the end.
const MOST_NAMED: usize = 8;
const LAST_NAMED: usize = 2;

/// That loops were not looked for, at the first write of the field that most rules listen to.
pub(super) fn undecided(effects: &Effects<'_>) -> Option<Diagnostic> {
    let count = |effect: &Effect<'_>| effects.listeners.get(&effect.field).map_or(0, Vec::len);
    let writes = effects.list.iter().filter(|effect| effect.way != Way::Creates);
    let most = writes.rev().max_by_key(|effect| count(effect))?;
    Some(Diagnostic::new(&CYCLES_UNDECIDED, most.span).arg("count", count(most)))
}

pub(super) fn cycle(
    program: &CheckedProgram,
    effects: &Effects<'_>,
    links: &Links,
    part: &[u32],
    end: End,
) -> Diagnostic {
    let members: FxHashSet<u32> = part.iter().copied().collect();
    let first = part.first().copied().unwrap_or(0);
    let round = shortest(links, &members, first);
    let mut incoming = links.into(first);
    let entry = incoming.find(|link| !members.contains(&link.from) && link.way == Way::Now);
    let steps: Vec<&Link> = entry.into_iter().chain(round.iter().copied()).collect();
    let places = steps.iter().map(|link| effects.places[link.from as usize]);
    let several = places.collect::<FxHashSet<_>>().len() > 1;
    let say = Say { program, effects, several };
    let mut path = String::new();
    let left_out = steps.len().saturating_sub(MOST_NAMED);
    let (first_out, behind) = (MOST_NAMED - LAST_NAMED, MOST_NAMED - LAST_NAMED + left_out);
    for (at, link) in steps.iter().enumerate() {
        if left_out > 0 && at == first_out {
            path += &format!("… ({left_out}) → {} → ", say.field(steps[behind - 1]));
        }
        if left_out == 0 || at < first_out || at >= behind {
            path.extend([&say.rule(link.from), " → ", &say.field(link), " → "]);
        }
    }
    path += &say.rule(first);
    let code = match end {
        End::Settles => &CYCLE_SETTLES,
        End::OnlyOnce => &CYCLE_ONLY_ONCE,
        End::Cut => &CYCLE_CUT,
        End::Depth(_) => &CYCLE_TO_DEPTH,
        End::InTime => &CYCLE_IN_TIME,
        End::Creates => &CYCLE_CREATES,
    };
    let rule = &program.rules[effects.nodes[first as usize].rule as usize];
    let mut diagnostic = Diagnostic::new(code, rule.span).arg("path", path);
    if let End::Depth(depth) = end {
        diagnostic = diagnostic.arg("depth", depth);
    }
    if let Some(link) = entry {
        let span = effects.list[link.effect as usize].span;
        diagnostic = diagnostic.label(span, ENTERS_CYCLE);
    }
    for link in round.iter().take(MOST_SHOWN) {
        let span = effects.list[link.effect as usize].span;
        diagnostic = diagnostic.label(span, STEP_OF_CYCLE);
    }
    diagnostic
}

/// The shortest way from a branch round to itself.
fn shortest<'l>(links: &'l Links, members: &FxHashSet<u32>, first: u32) -> Vec<&'l Link> {
    let mut next: FxHashMap<u32, Vec<&Link>> = FxHashMap::default();
    for link in links.within(members) {
        next.entry(link.from).or_default().push(link);
    }
    let mut came_by: FxHashMap<u32, &Link> = FxHashMap::default();
    let mut waiting = VecDeque::from([first]);
    while let Some(node) = waiting.pop_front() {
        for link in next.get(&node).into_iter().flatten() {
            if came_by.contains_key(&link.to) {
                continue;
            }
            came_by.insert(link.to, link);
            waiting.push_back(link.to);
        }
        if came_by.contains_key(&first) {
            break;
        }
    }
    let mut way = Vec::new();
    let mut at = first;
    while let Some(link) = came_by.get(&at) {
        way.push(*link);
        at = link.from;
        if at == first {
            break;
        }
    }
    way.reverse();
    way
}

/// Names as a loop is told.
struct Say<'s, 'p> {
    program: &'p CheckedProgram,
    effects: &'s Effects<'p>,
    /// Whether its rules are of several modules.
    several: bool,
}

impl<'p> Say<'_, 'p> {
    fn rule(&self, node: u32) -> String {
        let rule = &self.program.rules[self.effects.nodes[node as usize].rule as usize];
        let module = self.module(self.effects.places[node as usize]);
        if self.several && !module.is_empty() {
            format!("{} ({module})", rule.name)
        } else {
            rule.name.clone()
        }
    }

    fn field(&self, link: &Link) -> String {
        let effect = &self.effects.list[link.effect as usize];
        if effect.way == Way::Creates {
            return self.module(effect.place).to_owned();
        }
        let (place, label) = &self.effects.fields.met[effect.field as usize];
        let module = self.module(*place);
        if self.several && !module.is_empty() { format!("{module}.{label}") } else { label.clone() }
    }

    fn module(&self, place: Place<'p>) -> &'p str {
        module_name(self.program, place)
    }
}
