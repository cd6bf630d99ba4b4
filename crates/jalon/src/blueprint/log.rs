//! A log of what happened to cases: which state each reached or what was done, when, by whom.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::lang::Lang;
use crate::value::Instant;
use crate::value::fold::{TextMode, fold, same_name};

/// One row of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Event<'e> {
    /// The record, order or request that it is about.
    pub case: &'e str,
    /// The state that the case reached, or what was done.
    pub what: &'e str,
    /// By which transition, where the log says both.
    pub transition: Option<&'e str>,
    /// Who did it.
    pub by: Option<&'e str>,
    /// When.
    pub at: Option<Instant>,
}

/// What a row lacks, so that it is no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The case.
    Case,
    /// The state or the activity.
    What,
}

impl Missing {
    /// What is missing of which row, in a language.
    pub fn message(self, row: u64, lang: Lang) -> String {
        let what = match self {
            Missing::Case => lang.pick("le cas", "the case"),
            Missing::What => lang.pick("l'état ou l'activité", "the state or the activity"),
        };
        lang.pick(
            format!("ligne {row} : il manque {what}"),
            format!("row {row}: {what} is missing"),
        )
    }
}

/// Collects the rows of a log, in any order.
#[derive(Debug, Default)]
pub struct LogBuilder {
    cases: Texts,
    names: Texts,
    actors: Texts,
    rows: Vec<Row>,
}

/// A log, case by case: the events of each in the order of their times, or of the rows where
/// some have none. An event takes 24 bytes, and each text is kept once.
///
/// ```
/// use jalon::blueprint::log::{Event, LogBuilder};
///
/// let mut log = LogBuilder::default();
/// log.push(&Event { case: "12", what: "Ouvert", ..Event::default() }).unwrap();
/// log.push(&Event { case: "12", what: "Résolu", ..Event::default() }).unwrap();
/// let log = log.build();
/// assert_eq!((log.cases(), log.events()), (1, 2));
/// ```
#[derive(Debug)]
pub struct Log {
    pub(super) cases: Vec<Arc<str>>,
    /// States, activities and transitions.
    pub(super) names: Vec<Arc<str>>,
    pub(super) actors: Vec<Arc<str>>,
    rows: Vec<Row>,
    reordered: u64,
}

/// An event, its texts by their numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) case: u32,
    pub(super) what: u32,
    transition: u32,
    by: u32,
    at: i64,
}

/// The number of no text.
const NONE: u32 = u32::MAX;
/// The time of an event without one.
const NO_TIME: i64 = i64::MIN;

/// Texts, each kept and numbered once.
#[derive(Debug, Default)]
struct Texts {
    known: FxHashMap<Arc<str>, u32>,
    list: Vec<Arc<str>>,
}

impl LogBuilder {
    /// Adds a row. White space around and between words counts as one space.
    pub fn push(&mut self, event: &Event<'_>) -> Result<(), Missing> {
        let case = event.case.trim();
        if case.is_empty() {
            return Err(Missing::Case);
        }
        let what = tidy(event.what);
        if what.is_empty() {
            return Err(Missing::What);
        }
        let transition = event.transition.map(tidy).filter(|name| !name.is_empty());
        let by = event.by.map(str::trim).filter(|name| !name.is_empty());
        self.rows.push(Row {
            case: self.cases.number(case),
            what: self.names.number(&what),
            transition: transition.map_or(NONE, |name| self.names.number(&name)),
            by: by.map_or(NONE, |name| self.actors.number(name)),
            at: event.at.map_or(NO_TIME, Instant::micros),
        });
        Ok(())
    }

    /// The log, its events in order within each case.
    pub fn build(mut self) -> Log {
        self.rows.sort_by_key(|row| row.case);
        let mut reordered = 0;
        for case in self.rows.chunk_by_mut(|a, b| a.case == b.case) {
            let timed = case.iter().all(|row| row.at != NO_TIME);
            if timed && !case.is_sorted_by_key(|row| row.at) {
                case.sort_by_key(|row| row.at);
                reordered += 1;
            }
        }
        Log {
            cases: self.cases.list,
            names: self.names.list,
            actors: self.actors.list,
            rows: self.rows,
            reordered,
        }
    }
}

impl Log {
    /// How many events it holds.
    pub fn events(&self) -> u64 {
        self.rows.len() as u64
    }

    /// How many cases they are of.
    pub fn cases(&self) -> u64 {
        self.cases.len() as u64
    }

    /// How many cases had rows that were not in the order of their times.
    pub fn reordered(&self) -> u64 {
        self.reordered
    }

    /// The first and the last time in it.
    pub fn period(&self) -> Option<(Instant, Instant)> {
        let times = || self.rows.iter().filter_map(Row::at);
        Some((times().min()?, times().max()?))
    }

    /// The events of each case.
    pub(super) fn by_case(&self) -> impl Iterator<Item = &[Row]> {
        self.rows.chunk_by(|a, b| a.case == b.case)
    }

    /// How often each name stands as state or activity, by its number.
    pub(super) fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.names.len()];
        for row in &self.rows {
            counts[row.what as usize] += 1;
        }
        counts
    }
}

impl Row {
    pub(super) fn at(&self) -> Option<Instant> {
        (self.at != NO_TIME).then(|| Instant::from_micros(self.at))
    }

    pub(super) fn transition(&self) -> Option<u32> {
        (self.transition != NONE).then_some(self.transition)
    }

    pub(super) fn by(&self) -> Option<u32> {
        (self.by != NONE).then_some(self.by)
    }
}

impl Texts {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        let text: Arc<str> = text.into();
        let number = u32::try_from(self.list.len()).unwrap_or(NONE);
        self.list.push(text.clone());
        self.known.insert(text, number);
        number
    }
}

/// A name with one space between its words and none around; control characters part words.
fn tidy(name: &str) -> Cow<'_, str> {
    let parts = |c: char| c.is_whitespace() || c.is_control();
    let plain = |c: char| c == ' ' || !parts(c);
    if name.chars().all(plain) && name.trim() == name && !name.contains("  ") {
        return Cow::Borrowed(name);
    }
    let words: Vec<&str> = name.split(parts).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

/// What two names share that are the same: as texts compare, white space aside.
pub(super) fn key(name: &str) -> String {
    fold(&tidy(name), TextMode::default()).into_owned()
}

/// Which column of a log may hold what, the likeliest name first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogColumn {
    /// The case.
    Case,
    /// The state or the activity.
    What,
    /// The time.
    Time,
}

impl LogColumn {
    fn names(self) -> &'static [&'static str] {
        match self {
            LogColumn::Case => &[
                "case:concept:name",
                "case id",
                "caseid",
                "case",
                "dossier",
                "id dossier",
                "cas",
                "record id",
                "record",
                "fiche",
                "id fiche",
                "id",
            ],
            LogColumn::What => &[
                "state",
                "état",
                "etat",
                "status",
                "statut",
                "stage",
                "étape",
                "etape",
                "activity",
                "activité",
                "activite",
                "concept:name",
                "event",
                "événement",
            ],
            LogColumn::Time => &[
                "time:timestamp",
                "timestamp",
                "horodatage",
                "complete timestamp",
                "date-heure",
                "datetime",
                "time",
                "heure",
                "at",
                "date",
                "when",
                "quand",
                "modified time",
            ],
        }
    }

    /// The column among some that is meant where none is named; `first` are names that come
    /// before the usual ones, such as that of the field which holds the state.
    ///
    /// ```
    /// use jalon::blueprint::log::LogColumn;
    ///
    /// let columns = ["", "concept:name", "time:timestamp", "Activity", "case:concept:name"];
    /// assert_eq!(LogColumn::Case.find(&[], columns), Some("case:concept:name"));
    /// assert_eq!(LogColumn::What.find(&[], columns), Some("Activity"));
    /// ```
    pub fn find<'c>(
        self,
        first: &[String],
        columns: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        let columns: Vec<(&str, String)> =
            columns.into_iter().map(|name| (name, name.trim().replace('_', " "))).collect();
        let named = |wanted: &str| {
            let known = |(_, name): &&(&str, String)| same_name(name, wanted);
            columns.iter().find(known).map(|(column, _)| *column)
        };
        let first = first.iter().find_map(|wanted| named(&wanted.replace('_', " ")));
        first.or_else(|| self.names().iter().find_map(|wanted| named(wanted)))
    }
}
