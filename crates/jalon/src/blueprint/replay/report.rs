//! What a replay found, as data.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::super::log::Log;
use super::walk::{Key, Named, Tally, Visits, Walk};
use super::ways::{Place, Step, Verdict, Ways};
use super::{Reading, Reason, Times};
use crate::blueprint::picture::{Figures, StateFigures, TransitionFigures};
use crate::checked::blueprint::{StateId, StateRole, Transition};

/// What became of the moves of a log in a blueprint.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// How many moves it accepts.
    pub accepted: u64,
    /// How many it refuses.
    pub refused: u64,
    /// The blueprint's name.
    pub blueprint: String,
    /// What the names in the log were taken for.
    pub reading: Reading,
    /// How many events the log holds: the first of each case, where it begins, is no move.
    pub events: u64,
    /// How many cases they are of.
    pub cases: u64,
    /// How many cases begin in the default state and make no move that is refused.
    pub conforming: u64,
    /// How many cases stand in an end.
    pub finished: u64,
    /// How many different ways cases go.
    pub variants: u64,
    /// How many cases had rows that were not in the order of their times.
    pub reordered: u64,
    /// How many automatic moves came before they were due.
    pub early: u64,
    /// Where cases begin, the most frequent first.
    pub begins: Vec<Begin>,
    /// Of each state, in the order of the blueprint.
    pub states: Vec<StateReplay>,
    /// Of each transition, in the order of the blueprint, children behind their parent.
    pub transitions: Vec<TransitionReplay>,
    /// From where to where, the most frequent first.
    pub moves: Vec<Moves>,
    /// What was refused, the most frequent first.
    pub refusals: Vec<Refusal>,
    /// Names in the log that are none of the blueprint, the most frequent first.
    pub unknown: Vec<Unknown>,
}

/// A state in which cases begin.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Begin {
    /// Its name; none for those that are no states.
    pub state: Option<String>,
    /// How many cases.
    pub cases: u64,
    /// Whether the blueprint has them begin here.
    pub default: bool,
}

/// What a log says of a state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StateReplay {
    /// Its name.
    pub state: String,
    /// What it is in the process.
    pub role: StateRole,
    /// Whether cases are to begin here.
    pub default: bool,
    /// How often it was reached.
    pub entries: u64,
    /// How many cases reached it.
    pub cases: u64,
    /// How many cases stand in it at the end of the log.
    pub last: u64,
    /// Of the cases that reached it, how many stand in a `gagné` state at the end.
    pub won: u64,
    /// In a `perdu` state.
    pub lost: u64,
    /// In another end.
    pub finished: u64,
    /// How long cases stayed, each time they left.
    #[serde(flatten)]
    pub times: Times,
}

/// What a log says of a transition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TransitionReplay {
    /// Its name.
    pub transition: String,
    /// The parallel transition of which it is a child.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child_of: Option<String>,
    /// From which states it leads, and how often it did.
    pub from: Vec<Origin>,
    /// To which.
    pub to: String,
    /// How many moves it accounts for.
    pub count: u64,
    /// How many were refused that are put down to it.
    pub refused: u64,
    /// For how many of these another transition accounts as well.
    pub shared: u64,
    /// How many came before it was due.
    pub early: u64,
    /// How long cases had been in the state that it left.
    #[serde(flatten)]
    pub times: Times,
}

/// A state that a transition leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Its name.
    pub state: String,
    /// How many moves out of it the transition accounts for.
    pub count: u64,
}

/// What a log says of a pair of states.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moves {
    /// The one that is left.
    pub from: String,
    /// The one that is reached.
    pub to: String,
    /// How many moves were accepted.
    pub accepted: u64,
    /// How many were refused.
    pub refused: u64,
    /// The transitions that lead there.
    pub transitions: Vec<String>,
    /// How long cases had been in the state that is left.
    #[serde(flatten)]
    pub times: Times,
}

/// Moves that are refused for one reason.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refusal {
    /// The state that is left.
    pub from: String,
    /// The state that is reached; none where the log names only a transition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The transition that is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transition: Option<String>,
    /// Why.
    pub reason: Reason,
    /// How many.
    pub count: u64,
    /// A case in which it happened.
    pub case: String,
    /// Those of its states that are none of the blueprint.
    #[serde(skip)]
    pub unknown: Vec<String>,
}

/// A name that is none of the blueprint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unknown {
    /// As the log spells it first.
    pub name: String,
    /// How many events bear it.
    pub events: u64,
}

impl Replay {
    /// What is to be written on a picture of the blueprint. Of transitions of one name the figures
    /// are taken together, their median being that of the one which was made most.
    pub fn figures(&self) -> Figures {
        let seconds = |times: &Times| times.median.map(|median| median.as_secs());
        let states = self.states.iter().map(|state| {
            let median_seconds = seconds(&state.times);
            (state.state.clone(), StateFigures { count: state.entries, median_seconds })
        });
        let mut figures = Figures { states: states.collect(), ..Figures::default() };
        let mut ordered: Vec<&TransitionReplay> = self.transitions.iter().collect();
        ordered.sort_by_key(|one| one.count);
        for one in ordered {
            let known: &mut TransitionFigures =
                figures.transitions.entry(one.transition.clone()).or_default();
            known.count += one.count;
            known.refused += one.refused;
            known.median_seconds = seconds(&one.times).or(known.median_seconds);
            for origin in &one.from {
                *known.from.entry(origin.state.clone()).or_default() += origin.count;
            }
        }
        figures
    }
}

/// Sums up a walk.
pub(super) fn of(walk: Walk<'_>, log: &Log, reading: Reading) -> Replay {
    let ways = walk.ways;
    let mut tallies: Vec<(Key, Tally)> = walk.tallies.into_iter().collect();
    tallies.sort_unstable_by_key(|(key, _)| *key);
    let total = |wanted: bool| {
        let refused = |key: &Key| matches!(key.verdict, Verdict::Refused(_));
        let wanted = tallies.iter().filter(|(key, _)| refused(key) == wanted);
        wanted.map(|(_, tally)| tally.count).sum()
    };
    let mut unknown: Vec<Unknown> = walk
        .unknown
        .into_iter()
        .map(|(name, events)| Unknown { name: ways.name(name).to_owned(), events })
        .collect();
    unknown.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
    Replay {
        accepted: total(false),
        refused: total(true),
        blueprint: ways.blueprint.name.clone(),
        reading,
        events: log.events(),
        cases: log.cases(),
        conforming: walk.conforming,
        finished: walk.finished,
        variants: walk.variants.len() as u64,
        reordered: log.reordered(),
        early: tallies.iter().map(|(_, tally)| tally.early).sum(),
        begins: begins(ways, &walk.visits, walk.begun_elsewhere),
        states: states(ways, &walk.visits, &tallies),
        transitions: transitions(ways, &tallies),
        moves: moves(ways, &tallies),
        refusals: refusals(ways, &tallies, log),
        unknown,
    }
}

fn begins(ways: &Ways<'_>, visits: &[Visits], elsewhere: u64) -> Vec<Begin> {
    let states = ways.blueprint.states.iter().zip(visits).map(|(state, visits)| Begin {
        state: Some(state.name.clone()),
        cases: visits.begun,
        default: state.is_default,
    });
    let others = Begin { state: None, cases: elsewhere, default: false };
    let mut begins: Vec<Begin> = states.chain([others]).filter(|begin| begin.cases > 0).collect();
    begins.sort_by_key(|begin| std::cmp::Reverse(begin.cases));
    begins
}

/// Whether the case stays where it is, some children of a parallel transition being still to do.
fn stays(key: &Key) -> bool {
    matches!(key.verdict, Verdict::By(step) if step.child.is_some()) && key.to == Some(key.from)
}

fn states(ways: &Ways<'_>, visits: &[Visits], tallies: &[(Key, Tally)]) -> Vec<StateReplay> {
    let mut times: Vec<Vec<i64>> = vec![Vec::new(); visits.len()];
    for (key, tally) in tallies {
        if let Some(times) = times.get_mut(key.from as usize).filter(|_| !stays(key)) {
            times.extend(&tally.times);
        }
    }
    let states = ways.blueprint.states.iter().zip(visits).zip(times);
    let figures = states.map(|((state, visits), times)| StateReplay {
        state: state.name.clone(),
        role: state.role,
        default: state.is_default,
        entries: visits.entries,
        cases: visits.cases,
        last: visits.last,
        won: visits.won,
        lost: visits.lost,
        finished: visits.finished,
        times: Times::of(times),
    });
    figures.collect()
}

/// The transitions that account for a move.
fn accounts<'w>(ways: &'w Ways<'_>, key: &Key) -> &'w [u32] {
    match (key.verdict, key.to) {
        (Verdict::Accepted, Some(to)) => ways.between(key.from, to),
        _ => &[],
    }
}

/// The transitions that a refusal names.
fn blamed(ways: &Ways<'_>, key: &Key) -> Vec<Step> {
    match (key.verdict, key.named) {
        (Verdict::Refused(_), Some(Named::Known(step))) => vec![step],
        (Verdict::Refused(_), Some(Named::InLog(name))) => ways.steps(name).to_vec(),
        _ => Vec::new(),
    }
}

/// What is added up of a transition.
#[derive(Default)]
struct Sum {
    count: u64,
    shared: u64,
    early: u64,
    refused: u64,
    /// By the state that is left.
    from: FxHashMap<Place, u64>,
    times: Vec<i64>,
}

fn transitions(ways: &Ways<'_>, tallies: &[(Key, Tally)]) -> Vec<TransitionReplay> {
    let mut sums: FxHashMap<Step, Sum> = FxHashMap::default();
    for (key, tally) in tallies {
        let between = accounts(ways, key);
        let any = between.iter().map(|id| Step { transition: *id, child: None });
        let only = match key.verdict {
            Verdict::By(step) => Some(step),
            _ => None,
        };
        for step in any.chain(only) {
            let sum = sums.entry(step).or_default();
            sum.count += tally.count;
            *sum.from.entry(key.from).or_default() += tally.count;
            sum.shared += if between.len() > 1 { tally.count } else { 0 };
            sum.early += tally.early;
            sum.times.extend(&tally.times);
        }
        for step in blamed(ways, key) {
            sums.entry(step).or_default().refused += tally.count;
        }
    }
    let name = |place: u32| ways.place_name(place).to_owned();
    let mut figures = Vec::new();
    for (id, transition) in (0..).zip(&ways.blueprint.transitions) {
        let mut add = |one: &Transition, child: Option<u32>| {
            let sum = sums.remove(&Step { transition: id, child }).unwrap_or_default();
            let origin = |state: &StateId| Origin {
                state: name(state.0),
                count: sum.from.get(&state.0).copied().unwrap_or(0),
            };
            figures.push(TransitionReplay {
                transition: one.name.clone(),
                child_of: child.map(|_| transition.name.clone()),
                from: transition.from.iter().map(origin).collect(),
                to: name(transition.to.0),
                count: sum.count,
                refused: sum.refused,
                shared: sum.shared,
                early: sum.early,
                times: Times::of(sum.times),
            });
        };
        add(transition, None);
        for (place, child) in (0..).zip(&transition.children) {
            add(child, Some(place));
        }
    }
    figures
}

fn moves(ways: &Ways<'_>, tallies: &[(Key, Tally)]) -> Vec<Moves> {
    let pair = |key: &Key| key.to.map(|to| (key.from, to));
    let mut moves = Vec::new();
    for group in tallies.chunk_by(|(a, _), (b, _)| pair(a) == pair(b)) {
        let Some((from, to)) = group.first().and_then(|(key, _)| pair(key)) else { continue };
        let moved = || group.iter().filter(|(key, _)| !stays(key));
        let (mut accepted, mut refused, mut times) = (0, 0, Vec::new());
        for (key, tally) in moved() {
            let refuses = matches!(key.verdict, Verdict::Refused(_));
            *(if refuses { &mut refused } else { &mut accepted }) += tally.count;
            times.extend(&tally.times);
        }
        let name = |id: &u32| ways.transition(*id).map(|transition| transition.name.clone());
        if accepted + refused > 0 {
            moves.push(Moves {
                from: ways.place_name(from).to_owned(),
                to: ways.place_name(to).to_owned(),
                accepted,
                refused,
                transitions: ways.between(from, to).iter().filter_map(name).collect(),
                times: Times::of(times),
            });
        }
    }
    moves.sort_by_key(|one| std::cmp::Reverse(one.accepted + one.refused));
    moves
}

fn refusals(ways: &Ways<'_>, tallies: &[(Key, Tally)], log: &Log) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for (key, tally) in tallies {
        let Verdict::Refused(reason) = key.verdict else { continue };
        let name = |place: Place| ways.place_name(place).to_owned();
        let unknown = |place: &Place| ways.state(*place).is_none();
        let mut strange: Vec<Place> =
            [Some(key.from), key.to].into_iter().flatten().filter(unknown).collect();
        strange.dedup();
        refusals.push(Refusal {
            from: name(key.from),
            to: key.to.map(name),
            transition: key.named.and_then(|named| match named {
                Named::InLog(name) => Some(ways.name(name).to_owned()),
                Named::Known(step) => ways.made(step).map(|one| one.name.clone()),
            }),
            reason,
            count: tally.count,
            case: log.cases.get(tally.example as usize).map_or("", |case| case).to_owned(),
            unknown: strange.into_iter().map(name).collect(),
        });
    }
    refusals.sort_by_key(|refusal| std::cmp::Reverse(refusal.count));
    refusals
}
