//! The blueprint that a log implies: its states, its ends, and a transition to each state from
//! those that it was reached from.

mod text;

use rustc_hash::FxHashMap;

use super::log::{Log, key};
use crate::checked::blueprint::MAX_STATES;
use crate::lang::Lang;
use crate::value::{Instant, Zone};

/// How a discovered blueprint is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// Its name.
    pub name: String,
    /// The module it governs, if one is to be said.
    pub module: Option<String>,
    /// The field that holds the state.
    pub field: String,
    /// Its language.
    pub lang: Lang,
    /// Whose days are said.
    pub zone: Zone,
}

impl Naming {
    /// The name of a blueprint to which nobody gives one.
    pub fn default_name(lang: Lang) -> &'static str {
        lang.pick("Parcours découvert", "Discovered blueprint")
    }
}

/// What a log implies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovered {
    /// The states, the one in which most cases begin first, the others as the log brings them up.
    pub states: Vec<DiscoveredState>,
    /// From where to where, by the places of states, and how often; the most frequent first.
    pub moves: Vec<(usize, usize, u64)>,
    /// How many moves were left out, being too rare.
    pub left_out: u64,
    /// How many events there are, and of how many cases.
    pub events: u64,
    /// How many cases.
    pub cases: u64,
    /// The first and the last time in the log.
    pub period: Option<(Instant, Instant)>,
    /// Moves that happen less often are left out.
    pub min_count: u64,
}

/// A state that a log implies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscoveredState {
    /// Its name, in the spelling that is met most.
    pub name: String,
    /// How many events reach it.
    pub entries: u64,
    /// How many cases begin in it.
    pub begins: u64,
    /// How many cases end in it.
    pub ends: u64,
    /// Whether it is never left: an end of the process.
    pub is_end: bool,
}

/// Why a log implies no blueprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBlueprint {
    /// It holds no event.
    Empty,
    /// It holds more states than a blueprint may.
    TooMany {
        /// How many.
        states: usize,
        /// From which `min_count` on few enough are left; none where none is.
        enough_from: Option<u64>,
    },
}

impl NoBlueprint {
    /// What is wrong and the way out, in a language; `option` is how the caller's way to set
    /// `min_count` is written, up to its value.
    pub fn message(self, lang: Lang, option: &str) -> String {
        let most = MAX_STATES;
        match self {
            NoBlueprint::Empty => {
                lang.pick("aucun événement dans ce journal", "no event in this log").to_owned()
            }
            NoBlueprint::TooMany { states, enough_from: Some(count) } => lang.pick(
                format!(
                    "{states} états différents, un parcours en a au plus {most} ; laissez de côté \
                     les passages vus moins de {count} fois ({option}{count})"
                ),
                format!(
                    "{states} different states, a blueprint has at most {most}; leave out moves \
                     seen less than {count} times ({option}{count})"
                ),
            ),
            NoBlueprint::TooMany { states, enough_from: None } => lang.pick(
                format!(
                    "{states} états différents, un parcours en a au plus {most} ; est-ce la bonne \
                     colonne ?"
                ),
                format!(
                    "{states} different states, a blueprint has at most {most}; is it the right \
                     column?"
                ),
            ),
        }
    }
}

/// Discovers the blueprint that a log of states, or of activities taken for states, implies. Moves
/// that happen less than `min_count` times are left out, and the states that no other touches.
///
/// ```
/// use jalon::blueprint::discover::{Naming, discover};
/// use jalon::blueprint::log::{Event, LogBuilder};
/// use jalon::lang::Lang;
/// use jalon::value::Zone;
///
/// let mut log = LogBuilder::default();
/// for (case, what) in [("1", "Open"), ("1", "Solved"), ("2", "Open"), ("2", "Solved")] {
///     log.push(&Event { case, what, ..Event::default() }).unwrap();
/// }
/// let naming = Naming {
///     name: "Support".to_owned(),
///     module: None,
///     field: "Status".to_owned(),
///     lang: Lang::En,
///     zone: Zone::UTC,
/// };
/// let text = discover(&log.build(), 1).unwrap().text(&naming);
/// assert!(text.contains("  transition \"Open to Solved\" from Open to Solved\n"));
/// ```
pub fn discover(log: &Log, min_count: u64) -> Result<Discovered, NoBlueprint> {
    let counted = Counted::of(log);
    if counted.states.is_empty() {
        return Err(NoBlueprint::Empty);
    }
    let kept = counted.kept(min_count);
    if kept.len() > MAX_STATES {
        let mut counts: Vec<u64> = counted.moves.iter().map(|(.., count)| count + 1).collect();
        counts.sort_unstable();
        counts.dedup();
        let first = counts.partition_point(|count| counted.kept(*count).len() > MAX_STATES);
        // With all moves left out only the first state is left, which is no blueprint.
        let enough_from = counts.get(first).copied().filter(|_| first + 1 < counts.len());
        return Err(NoBlueprint::TooMany { states: kept.len(), enough_from });
    }
    Ok(counted.discovered(log, &kept, min_count))
}

/// Everything that a log implies, numbered in the order in which it comes.
struct Counted {
    states: Vec<DiscoveredState>,
    /// By how often, the most frequent first.
    moves: Vec<(usize, usize, u64)>,
    /// The state in which most cases begin.
    first: usize,
}

impl Counted {
    fn of(log: &Log) -> Counted {
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        let mut states: Vec<DiscoveredState> = Vec::new();
        let mut spelled: Vec<u64> = Vec::new();
        let mut number = vec![usize::MAX; log.names.len()];
        let counts = log.counts();
        for (name, at) in log.names.iter().zip(0..) {
            // A name that stands only as a transition is no state.
            let count = counts.get(at).copied().unwrap_or(0);
            if count == 0 {
                continue;
            }
            let place = *known.entry(key(name)).or_insert(states.len());
            if place == states.len() {
                let name = name.to_string();
                states.push(DiscoveredState {
                    name,
                    entries: 0,
                    begins: 0,
                    ends: 0,
                    is_end: false,
                });
                spelled.push(count);
            } else if count > spelled[place] {
                states[place].name = name.to_string();
                spelled[place] = count;
            }
            states[place].entries += count;
            number[at] = place;
        }
        let mut moves: FxHashMap<(usize, usize), u64> = FxHashMap::default();
        for case in log.by_case() {
            let place = |at: usize| case.get(at).map(|row| number[row.what as usize]);
            if let (Some(first), Some(last)) = (place(0), place(case.len() - 1)) {
                states[first].begins += 1;
                states[last].ends += 1;
            }
            for pair in case.windows(2) {
                let [from, to] = [0, 1].map(|at| number[pair[at].what as usize]);
                *moves.entry((from, to)).or_default() += 1;
            }
        }
        let mut moves: Vec<_> = moves.into_iter().map(|((a, b), count)| (a, b, count)).collect();
        moves.sort_unstable_by(|a, b| b.2.cmp(&a.2).then_with(|| (a.0, a.1).cmp(&(b.0, b.1))));
        let mut first = 0;
        for (place, state) in states.iter().enumerate() {
            if state.begins > states[first].begins {
                first = place;
            }
        }
        Counted { states, moves, first }
    }

    /// The states that are kept: those of moves that are frequent enough, the first one, and where
    /// nothing is left out all of them. The first one stands first.
    fn kept(&self, min_count: u64) -> Vec<usize> {
        let mut touched = vec![min_count <= 1; self.states.len()];
        for (from, to, _) in self.moves.iter().filter(|(.., count)| *count >= min_count) {
            touched[*from] = true;
            touched[*to] = true;
        }
        touched[self.first] = false;
        let others = (0..self.states.len()).filter(|place| touched[*place]);
        std::iter::once(self.first).chain(others).collect()
    }

    fn discovered(&self, log: &Log, kept: &[usize], min_count: u64) -> Discovered {
        let mut place = vec![usize::MAX; self.states.len()];
        for (at, old) in kept.iter().enumerate() {
            place[*old] = at;
        }
        let frequent = self.moves.iter().filter(|(.., count)| *count >= min_count);
        let moves: Vec<(usize, usize, u64)> =
            frequent.map(|(from, to, count)| (place[*from], place[*to], *count)).collect();
        let mut states: Vec<DiscoveredState> =
            kept.iter().map(|old| self.states[*old].clone()).collect();
        for (at, state) in states.iter_mut().enumerate() {
            state.is_end = moves.iter().all(|(from, ..)| *from != at);
        }
        let all: u64 = self.moves.iter().map(|(.., count)| count).sum();
        Discovered {
            left_out: all - moves.iter().map(|(.., count)| count).sum::<u64>(),
            states,
            moves,
            events: log.events(),
            cases: log.cases(),
            period: log.period(),
            min_count,
        }
    }
}
