//! Rules that set each other off: which loops there are, and whether they end.

mod effects;
mod gates;
mod links;
mod tell;

use rustc_hash::{FxHashMap, FxHashSet};

use self::effects::{Effects, Way};
use self::gates::Gates;
use self::links::{Link, Links};
use super::components::components;
use crate::checked::workflow::{Chaining, Repetition};
use crate::checked::{CheckedProgram, Rule};
use crate::diagnostic::Diagnostic;

/// A branch of a rule, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Node {
    rule: u32,
    branch: u32,
}

/// What becomes of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Its writes stay as they are.
    Settles,
    /// It passes a rule that acts once for a record.
    OnlyOnce,
    /// Each of its rules acts once for a record and an event.
    Cut,
    /// Only the depth of chaining stops it.
    Depth(u32),
    /// It waits for timers.
    InTime,
    /// It creates records.
    Creates,
}

/// Reports each loop once, at its first rule; or that there is too much to be looked at.
pub(super) fn lint(program: &CheckedProgram, out: &mut Vec<Diagnostic>) {
    let effects = Effects::of(program);
    let gates = Gates::of(program, &effects);
    let Some(links) = Links::of(program, &effects, &gates) else {
        out.extend(tell::undecided(&effects));
        return;
    };
    for part in components(&links.next()) {
        let members: FxHashSet<u32> = part.iter().copied().collect();
        let inside = links.within(&members);
        let end = end(program, &effects, &links, &inside);
        // Rules that only write back what they always write act in the same waves.
        let fighting = inside.iter().all(|link| link.restores);
        if fighting || is_normalising(program, &links, &inside, end) {
            continue;
        }
        out.push(tell::cycle(program, &effects, &links, &part, end));
    }
}

/// Whether a single rule that is asked at every save writes the same again and again, as one that
/// tidies a field does: nobody wants to hear of it.
fn is_normalising(program: &CheckedProgram, links: &Links, inside: &[&Link], end: End) -> bool {
    let only = inside.iter().all(|link| link.from == link.to);
    let listens = |link: &&Link| {
        let rule = &program.rules[links.nodes[link.to as usize].rule as usize];
        !effects::is_asked_at_every_save(rule)
    };
    only && end == End::Settles && !inside.iter().any(listens)
}

fn end(program: &CheckedProgram, effects: &Effects<'_>, links: &Links, inside: &[&Link]) -> End {
    if inside.iter().any(|link| link.way == Way::Creates) {
        return End::Creates;
    }
    let chaining = program.chaining.unwrap_or(Chaining::Once);
    let rule = |node: u32| -> &Rule { &program.rules[links.nodes[node as usize].rule as usize] };
    let lasting = inside.iter().filter(|link| {
        let once = |node| rule(node).repetition == Repetition::OnlyOnce;
        !once(link.from) && !once(link.to)
    });
    let lasting: Vec<&Link> = lasting.copied().collect();
    if !has_loop(&lasting) {
        return End::OnlyOnce;
    }
    let timers: FxHashSet<u32> = inside
        .iter()
        .filter(|link| link.way == Way::Later)
        .map(|link| links.nodes[link.from as usize].rule)
        .collect();
    let dates = inside.iter().any(|link| link.way == Way::Date);
    // What a timer of one rule sets off cannot set off this rule again in the same event.
    let within_event = chaining == Chaining::Once && timers.len() <= 1;
    if dates || !(timers.is_empty() || within_event) {
        return End::InTime;
    }
    if inside.iter().all(|link| effects.stays(link.effect)) && agree(effects, inside) {
        return End::Settles;
    }
    match chaining {
        Chaining::Depth(depth) => End::Depth(depth),
        Chaining::Once | Chaining::None => End::Cut,
    }
}

/// Whether all writes of a loop give a field the same value.
fn agree(effects: &Effects<'_>, inside: &[&Link]) -> bool {
    let mut given = FxHashMap::default();
    inside.iter().all(|link| {
        let effect = &effects.list[link.effect as usize];
        *given.entry(effect.field).or_insert(effect.value) == effect.value
    })
}

/// Whether links close a loop.
fn has_loop(links: &[&Link]) -> bool {
    let count = links.iter().map(|link| link.from.max(link.to) + 1).max().unwrap_or(0);
    let mut next = vec![Vec::new(); count as usize];
    for link in links {
        next[link.from as usize].push(link.to);
    }
    !components(&next).is_empty()
}
