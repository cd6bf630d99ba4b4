//! Two programs on the same events: which outcomes change, and which rule makes the difference.

mod because;
mod outcomes;
mod simulation;
mod tally;
mod text;

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value as Json;

pub use because::{Because, Reason};
pub use simulation::{Listed, Replaying, Simulation, replayed};
pub use tally::{Count, Tally};
pub use text::report;

use super::Rehearsal;
use crate::program::{Error, Program, Scorer};
use crate::value::fold::same_name;
use crate::value::{Clock, Instant, Value};
use crate::workflow::{ActionError, Decision, Effect, Incoming, RecordKey, TimerChange};
use outcomes::Outcomes;

/// An old program and a new one, each on its stage, sent the same events.
///
/// ```
/// use jalon::rehearsal::Rehearsal;
/// use jalon::rehearsal::compare::{Changed, Comparison};
/// use jalon::workflow::Incoming;
/// use jalon::{Clock, Program};
/// use serde_json::json;
///
/// let rule = |country| format!("
/// règle \"Relance\" sur Prospects
///   quand créé
///   si Pays EST {country}
///   alors
///     Statut : à appeler
/// ");
/// let stage = |text: &str| Program::parse(text).map(|p| Rehearsal::new(&p, Clock::default()));
/// let mut comparison = Comparison::new(stage(&rule("France"))?, stage(&rule("Monaco"))?);
/// let created = Incoming::read(&json!({"id": "e1", "type": "created", "module": "Prospects",
///     "record": {"id": 1, "Pays": "France"}})).unwrap();
/// let changed = comparison.replay(&created, None)?;
/// assert!(matches!(&changed[0].what, Changed::Field { field, .. } if field == "Statut"));
/// assert_eq!(changed[0].rules[0].rule, "Relance");
/// # Ok::<(), jalon::program::Error>(())
/// ```
#[derive(Debug)]
pub struct Comparison {
    old: Rehearsal,
    new: Rehearsal,
    scores: Vec<ScorePair>,
}

/// An outcome that is not the same with both programs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Whose.
    pub record: RecordKey,
    /// What.
    #[serde(flatten)]
    pub what: Changed,
    /// The rules that make the difference; none for scores, refusals and filled-in fields.
    pub rules: Vec<Reason>,
}

/// The kinds of outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Changed {
    /// Whether and why the change is refused. Where it is, nothing else is compared.
    Refusal {
        /// What the old program says; nothing where it lets the change pass.
        old: Vec<String>,
        /// What the new one says.
        new: Vec<String>,
    },
    /// A field's value in the end.
    Field {
        /// Which.
        field: String,
        /// Its value before any rule.
        before: Value,
        /// With the old program.
        old: Value,
        /// With the new one.
        new: Value,
    },
    /// Something to be done with one of the programs only.
    Effect {
        /// With which.
        with: Side,
        /// What.
        effect: Effect,
    },
    /// A timer that one of the programs only arms, moves, cancels or fires.
    Timer {
        /// Which program.
        with: Side,
        /// What.
        timer: TimerChange,
    },
    /// A score's total.
    Score {
        /// Which score.
        score: String,
        /// With the old program, where it has the score.
        old: Option<Decimal>,
        /// With the new one.
        new: Option<Decimal>,
        /// The lines that make the difference; none where only limits do.
        lines: Vec<ScoreLine>,
    },
    /// An action that cannot be done with one of the programs only.
    Error {
        /// With which.
        with: Side,
        /// What.
        error: ActionError,
    },
}

/// One of the two programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The old one.
    Old,
    /// The new one.
    New,
}

/// A line of a score that does not give the same points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreLine {
    /// As written.
    pub text: String,
    /// The points with the old program, where it has the line.
    pub old: Option<Decimal>,
    /// The points with the new one.
    pub new: Option<Decimal>,
}

/// A score of either program, or of both.
#[derive(Debug)]
struct ScorePair {
    name: String,
    module: String,
    old: Option<Scorer>,
    new: Option<Scorer>,
}

/// Decisions, and the event's record in the end.
type Play = (Vec<Decision>, Option<Json>);

/// What one of the programs did.
struct Played<'p> {
    stage: &'p Rehearsal,
    program: &'p Program,
    clock: &'p Clock,
    decisions: Vec<Decision>,
    /// The event's record in the end.
    record: Option<Json>,
}

impl Comparison {
    /// Two stages, each of a program: as a rule empty ones, or both with the same records.
    pub fn new(old: Rehearsal, new: Rehearsal) -> Comparison {
        Comparison { old, new, scores: Vec::new() }
    }

    /// What changes for one event on its own, and for the timers it arms up to an instant. The
    /// stages stay as they are: whatever was replayed before changes nothing.
    ///
    /// # Errors
    /// As [`Program::decide`], of the first program that cannot decide.
    pub fn replay(
        &mut self,
        event: &Incoming,
        until: Option<Instant>,
    ) -> Result<Vec<Difference>, Error> {
        let (mut old, mut new) = (self.old.clone(), self.new.clone());
        let play = |stage: &mut Rehearsal| play(stage, event, until);
        let quick = differences(&mut self.scores, &mut old, &mut new, play)?;
        if quick.is_empty() {
            return Ok(quick);
        }
        // Once more, to be told why.
        let (mut old, mut new) = (self.old.clone().tracing(), self.new.clone().tracing());
        differences(&mut self.scores, &mut old, &mut new, play)
    }

    /// What changes for an event, which both stages remember. Why a rule did not fire is told
    /// where the stages [trace](Rehearsal::tracing).
    ///
    /// # Errors
    /// As [`Program::decide`]; then one stage may have taken the event and the other not.
    pub fn send(&mut self, event: &Incoming) -> Result<Vec<Difference>, Error> {
        let Comparison { old, new, scores } = self;
        differences(scores, old, new, |stage| play(stage, event, None))
    }

    /// Lets the clocks of both stages go on, and says what changes of what was due on the way.
    ///
    /// # Errors
    /// As [`Program::decide`].
    pub fn advance(&mut self, until: Instant) -> Result<Vec<Difference>, Error> {
        let Comparison { old, new, scores } = self;
        differences(scores, old, new, |stage| {
            let fired = stage.advance(until)?;
            Ok((fired.into_iter().map(|fired| fired.decision).collect(), None))
        })
    }
}

/// Plays the same on both stages, and says what differs.
fn differences(
    scores: &mut Vec<ScorePair>,
    old: &mut Rehearsal,
    new: &mut Rehearsal,
    play: impl Fn(&mut Rehearsal) -> Result<Play, Error>,
) -> Result<Vec<Difference>, Error> {
    let (old, new) = (played(play(old)?, old), played(play(new)?, new));
    let mut differences = Outcomes::of(&old).against(&Outcomes::of(&new), &old, &new);
    if let (Some(key), Some(_), Some(_)) = (old.key(), &old.record, &new.record) {
        differences.extend(score_differences(scores, key, &old, &new)?);
    }
    Ok(differences)
}

/// The scores of a record that come out otherwise.
fn score_differences(
    scores: &mut Vec<ScorePair>,
    key: &RecordKey,
    old: &Played<'_>,
    new: &Played<'_>,
) -> Result<Vec<Difference>, Error> {
    if scores.is_empty() {
        *scores = pairs(old, new)?;
    }
    let mut differences = Vec::new();
    let concerns =
        |pair: &&mut ScorePair| pair.module.is_empty() || same_name(&pair.module, &key.module);
    for pair in scores.iter_mut().filter(concerns) {
        let before = total(pair.old.as_mut(), old)?;
        let after = total(pair.new.as_mut(), new)?;
        if before != after {
            let lines = outcomes::score_lines(&pair.name, old, new)?;
            let score = pair.name.clone();
            let what = Changed::Score { score, old: before, new: after, lines };
            differences.push(Difference { record: key.clone(), what, rules: Vec::new() });
        }
    }
    Ok(differences)
}

impl Played<'_> {
    /// The record of the event.
    fn key(&self) -> Option<&RecordKey> {
        self.decisions.first()?.record.as_ref()
    }
}

fn played((decisions, record): Play, stage: &Rehearsal) -> Played<'_> {
    Played { stage, program: &stage.program, clock: &stage.clock, decisions, record }
}

/// Sends an event and lets the clock go on; with the event's record in the end.
fn play(stage: &mut Rehearsal, event: &Incoming, until: Option<Instant>) -> Result<Play, Error> {
    let mut decisions = vec![stage.send(event)?];
    if let Some(until) = until {
        decisions.extend(stage.advance(until)?.into_iter().map(|fired| fired.decision));
    }
    let record = decisions[0].record.as_ref().and_then(|key| stage.record(key)).cloned();
    Ok((decisions, record))
}

fn total(scorer: Option<&mut Scorer>, played: &Played<'_>) -> Result<Option<Decimal>, Error> {
    let (Some(scorer), Some(record)) = (scorer, &played.record) else { return Ok(None) };
    scorer.set_clock(played.clock)?;
    Ok(Some(scorer.total(record).total))
}

/// The scores of both programs, those of one name and one module together.
fn pairs(old: &Played<'_>, new: &Played<'_>) -> Result<Vec<ScorePair>, Error> {
    let mut seen = BTreeSet::new();
    let mut pairs = Vec::new();
    for side in [old, new] {
        for score in &side.program.checked().scores {
            let module = score.module.and_then(|id| side.program.checked().schema.module(id));
            let module = module.map_or("", |module| module.name.as_str());
            if !seen.insert((score.name.clone(), module.to_owned())) {
                continue;
            }
            let scorer = |side: &Played<'_>| -> Result<Option<Scorer>, Error> {
                let is_there = side.program.score_names().any(|name| same_name(name, &score.name));
                let score = is_there.then(|| side.program.score(Some(&score.name)));
                score.map(|score| score?.scorer(side.clock)).transpose()
            };
            let (old, new) = (scorer(old)?, scorer(new)?);
            pairs.push(ScorePair { name: score.name.clone(), module: module.to_owned(), old, new });
        }
    }
    Ok(pairs)
}
