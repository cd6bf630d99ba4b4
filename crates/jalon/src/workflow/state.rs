//! What is remembered between events, and stored by the host.

mod packed;
mod records;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::incoming::EventError;
use crate::approval::{Approval, Lapse};
use crate::blueprint::{DueStep, Instance};
use crate::lang::Lang;
use crate::value::fold::same_name;
use crate::value::{Instant, json};
use records::Records;

/// What is remembered of records: all of them, or as few as an event concerns. A decision gives
/// back only those that it changed; [`State::apply`] puts them in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The version of this form.
    pub version: u32,
    /// A record of which nothing is remembered is not here.
    records: Records,
    /// Named counters.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub counters: BTreeMap<String, u64>,
    /// Until when schedules have run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticked: Option<Instant>,
}

/// A record's module and id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordKey {
    /// The module, as declared; where it is not, its name in lower case.
    pub module: String,
    /// The id, as text.
    pub id: String,
}

impl RecordKey {
    /// The key of a record of a module, by its field `id`: a text or a number.
    ///
    /// # Errors
    /// The record has none.
    pub fn of(module: &str, record: &Json) -> Result<RecordKey, EventError> {
        let id = record.get("id").and_then(json::text).ok_or_else(|| EventError::no_id(module))?;
        Ok(RecordKey { module: module.to_owned(), id })
    }
}

/// What is remembered of one record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordState {
    /// The rules `une seule fois` that have fired, by name.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub fired: BTreeSet<String>,
    /// The timers that are armed, in the order they are due.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub timers: Vec<Timer>,
    /// When messages were sent, by channel, as far as a guard counts them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sent: BTreeMap<String, Vec<Instant>>,
    /// The scores that rules wait for, as they last were.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<String, Decimal>,
    /// Its requests for approval: of each approval the pending one, or the last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// Where it stands in its blueprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process: Option<Instance>,
}

/// Something to be done at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timer {
    /// Its id, the same for the same event, rule and record.
    pub id: String,
    /// When it is due.
    pub due: Instant,
    /// The rule's name.
    pub rule: String,
    /// The content of the rule when it was armed.
    pub rule_hash: String,
    /// What it waits for.
    pub cause: TimerCause,
}

/// What a timer waits for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TimerCause {
    /// A date field of the record.
    Date {
        /// Which trigger of the rule.
        trigger: u32,
        /// The field.
        field: String,
        /// Its value when the timer was armed.
        value: String,
    },
    /// `puis 3 jours après`
    Later {
        /// Which condition of the rule.
        branch: u32,
        /// Which `puis` of it.
        later: u32,
        /// When the rule fired.
        fired: Instant,
    },
    /// `sans modification depuis 2 jours`
    Idle {
        /// Which trigger of the rule.
        trigger: u32,
        /// The last change.
        since: Instant,
    },
    /// A deadline of an approval, or a reminder of one.
    Approval {
        /// The level that waits for it.
        level: u32,
        /// Since when that level is asked.
        since: Instant,
        /// Which.
        lapse: Lapse,
    },
    /// A step of the record's process.
    Process {
        /// Since when it is in the state that waits for it.
        since: Instant,
        /// Which.
        #[serde(flatten)]
        step: DueStep,
    },
}

impl State {
    /// The version that is written.
    pub const VERSION: u32 = 1;

    /// Nothing remembered.
    pub fn new() -> State {
        State { version: State::VERSION, ..State::default() }
    }

    /// Reads what was written as JSON.
    ///
    /// ```
    /// use jalon::workflow::State;
    ///
    /// let state = State::read(r#"{"version": 1, "records": []}"#)?;
    /// assert_eq!(state, State::new());
    /// assert!(State::read(r#"{"version": 2}"#).is_err());
    /// # Ok::<(), jalon::workflow::StateError>(())
    /// ```
    ///
    /// # Errors
    /// The text is no state, or one of a newer version.
    pub fn read(text: &str) -> Result<State, StateError> {
        let state: State =
            serde_json::from_str(text).map_err(|e| StateError::Unreadable(e.to_string()))?;
        match state.version {
            version if version > State::VERSION => Err(StateError::Newer(version)),
            _ => Ok(State { version: State::VERSION, ..state }),
        }
    }

    /// As JSON text, which [`State::read`] reads.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What is remembered of a record.
    pub fn of(&self, key: &RecordKey) -> Option<RecordState> {
        self.records.get(key)
    }

    /// Of how many records something is remembered.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether nothing is remembered of any record.
    pub fn is_empty(&self) -> bool {
        self.records.len() == 0
    }

    /// What is remembered of each record, by module and id.
    pub fn records(&self) -> impl Iterator<Item = (RecordKey, RecordState)> {
        self.records.iter()
    }

    /// Remembers this of a record, and nothing else.
    pub fn put(&mut self, key: &RecordKey, state: &RecordState) {
        if *state == RecordState::default() {
            self.records.remove(key);
        } else {
            self.records.put(key, state);
        }
    }

    /// Says what has changed of a record: it may be that nothing is remembered any more.
    pub(super) fn change(&mut self, key: &RecordKey, state: &RecordState) {
        self.records.put(key, state);
    }

    /// What changes where a timer of a record waits no longer: nothing, where it does not wait.
    pub(crate) fn without(&self, key: &RecordKey, timer: &str) -> State {
        let mut changed = State::new();
        if let Some(mut state) = self.of(key).filter(|state| state.timer(timer).is_some()) {
            state.timers.retain(|known| known.id != timer);
            changed.change(key, &state);
        }
        changed
    }

    /// Puts in what a decision changed: a record of which nothing is left is taken out.
    pub fn apply(&mut self, changed: &State) {
        for (key, state) in changed.records.iter() {
            self.put(&key, &state);
        }
        for (name, count) in &changed.counters {
            self.counters.insert(name.clone(), *count);
        }
        self.ticked = self.ticked.max(changed.ticked);
    }

    /// Says that what was due until an instant has been taken care of; the first time, that
    /// schedules count from there.
    pub fn tick(&mut self, now: Instant) {
        self.ticked = self.ticked.max(Some(now));
    }

    /// The timers due at an instant, the earliest first; equal ones by record.
    pub fn due(&self, now: Instant) -> Vec<(RecordKey, Timer)> {
        self.records.due(now)
    }

    /// When the next timer is due.
    pub fn next_due(&self) -> Option<Instant> {
        self.records.next_due()
    }

    /// Forgets that rules `une seule fois` have fired for a record: one rule, or all. The names of
    /// the module and of the rule are compared as everywhere.
    pub fn forget(&mut self, key: &RecordKey, rule: Option<&str>) {
        for key in self.records.spellings(key) {
            if let Some(mut state) = self.of(&key) {
                state.fired.retain(|fired| rule.is_some_and(|rule| !same_name(rule, fired)));
                self.put(&key, &state);
            }
        }
    }
}

/// Why a text is no state.
#[derive(Clone, PartialEq, Eq)]
pub enum StateError {
    /// It cannot be read, and why.
    Unreadable(String),
    /// It is of a version that is not known yet.
    Newer(u32),
}

impl StateError {
    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            StateError::Unreadable(why) => lang.pick(
                format!("ce n'est pas un état de règles : {why}"),
                format!("this is no state of rules: {why}"),
            ),
            StateError::Newer(version) => {
                let known = State::VERSION;
                lang.pick(
                    format!("état de la version {version}, plus récente que {known} ; mettez Jalon à jour"),
                    format!("a state of version {version}, newer than {known}; update Jalon"),
                )
            }
        }
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for StateError {}

impl RecordState {
    /// A timer by id.
    pub fn timer(&self, id: &str) -> Option<&Timer> {
        self.timers.iter().find(|timer| timer.id == id)
    }
}
