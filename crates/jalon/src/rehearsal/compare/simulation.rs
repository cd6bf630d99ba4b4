//! Many records or events through two programs: how many come out otherwise, and which.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::{Comparison, Count, Difference, Tally, report};
use crate::lang::Lang;
use crate::program::Error;
use crate::value::{Instant, Zone};
use crate::workflow::Incoming;

/// How records are replayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaying {
    /// The module of the records, where there are several.
    pub module: Option<String>,
    /// Records are saved again without a change; otherwise they are created.
    pub updated: bool,
    /// The clock goes on until then for each record, and what its timers do is compared too.
    pub until: Option<Instant>,
    /// So many of those that come out otherwise are listed; all are counted.
    pub show: usize,
}

impl Default for Replaying {
    fn default() -> Replaying {
        Replaying { module: None, updated: false, until: None, show: 20 }
    }
}

/// What comes out otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct Simulation {
    /// How many records or events were compared.
    pub compared: u64,
    /// For how many of them something changes.
    pub changed: u64,
    /// How often what was due between events came out otherwise; nothing of records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_changed: Option<u64>,
    /// The rules that make a difference, the one with the most records first.
    pub by_rule: Vec<Count>,
    /// The outcomes that change, the most frequent first.
    pub by_outcome: Vec<Count>,
    /// The first of those that come out otherwise.
    pub listed: Vec<Listed>,
}

/// A record, an event, or what was due, that comes out otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// The place of the record or the event, from 1; of a file its row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    /// The event's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Of what was due: until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// What.
    pub differences: Vec<Difference>,
}

impl Listed {
    /// What comes out otherwise, on lines: the place and the record, then each difference with the rules
    /// that make it. Instants are local times of a zone.
    pub fn report(&self, lang: Lang, zone: Zone) -> String {
        let record = self.differences.first().map(|difference| &difference.record);
        let word = match self.event {
            Some(_) => lang.pick("événement", "event"),
            None => lang.pick("ligne", "row"),
        };
        let row = self.row.map(|row| format!("{word} {row}"));
        let until = self.until.map(|until| {
            let until = zone.local(until);
            lang.pick(format!("échu jusqu'à {until}"), format!("due until {until}"))
        });
        let name = record.map(|key| format!("{} {}", key.module, key.id));
        let head = [row, self.event.clone(), until, name];
        let head = head.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let report = report(&self.differences, record, lang, zone);
        report.lines().fold(head, |text, line| text + "\n  " + line)
    }
}

impl Simulation {
    /// What was counted and listed.
    pub fn of(tally: &Tally, due_changed: Option<u64>, listed: Vec<Listed>) -> Simulation {
        Simulation {
            compared: tally.compared,
            changed: tally.changed,
            due_changed,
            by_rule: tally.by_rule(),
            by_outcome: tally.by_outcome(),
            listed,
        }
    }

    /// As data, and with each that is listed its report in both languages, as `told`.
    pub fn told(&self, zone: Zone) -> Json {
        let mut form = json!(self);
        for (place, one) in self.listed.iter().enumerate() {
            let told = json!({"fr": one.report(Lang::Fr, zone), "en": one.report(Lang::En, zone)});
            form["listed"][place]["told"] = told;
        }
        form
    }
}

/// A record as an event: created, or saved again without a change. One without an id takes the number of
/// its row.
pub fn replayed(row: u64, record: Map<String, Json>, how: &Replaying) -> Json {
    let has_id = record.get("id").is_some_and(|id| id.is_string() || id.is_number());
    let mut event = Map::new();
    event.insert("id".to_owned(), row.to_string().into());
    if !has_id {
        event.insert("record_id".to_owned(), row.to_string().into());
    }
    if let Some(module) = &how.module {
        event.insert("module".to_owned(), module.clone().into());
    }
    if how.updated {
        event.insert("type".to_owned(), "updated".into());
        event.insert("before".to_owned(), Json::Object(record.clone()));
        event.insert("after".to_owned(), Json::Object(record));
    } else {
        event.insert("type".to_owned(), "created".into());
        event.insert("record".to_owned(), Json::Object(record));
    }
    Json::Object(event)
}

impl Comparison {
    /// Each record on its own through both programs, and what comes out otherwise.
    ///
    /// ```
    /// use jalon::rehearsal::{Rehearsal, compare::{Comparison, Replaying}};
    /// use jalon::{Clock, Program};
    /// use serde_json::{Map, json};
    ///
    /// let stage = |points| {
    ///     let program = Program::parse(&format!("score Fit\n  {points} if Country IS France\n"))?;
    ///     Ok::<_, jalon::Error>(Rehearsal::new(&program, Clock::default()))
    /// };
    /// let lead = |country: &str| Map::from_iter([("Country".to_owned(), json!(country))]);
    /// let found = Comparison::new(stage("+10")?, stage("+25")?)
    ///     .simulate([lead("France"), lead("Monaco")], &Replaying::default())?;
    /// assert_eq!((found.compared, found.changed, found.listed[0].row), (2, 1, Some(1)));
    /// # Ok::<(), jalon::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Comparison::replay`], of the first record that a program cannot decide.
    pub fn simulate(
        &mut self,
        records: impl IntoIterator<Item = Map<String, Json>>,
        how: &Replaying,
    ) -> Result<Simulation, Error> {
        let (mut tally, mut listed) = (Tally::default(), Vec::new());
        for (row, record) in (1..).zip(records) {
            let event = Incoming::read(&replayed(row, record, how))?;
            let differences = self.replay(&event, how.until)?;
            tally.add(&differences);
            let one = Listed { row: Some(row), event: None, until: None, differences };
            list(&mut listed, one, how.show);
        }
        Ok(Simulation::of(&tally, None, listed))
    }

    /// Events in their order through both programs, which remember their records, and what comes out
    /// otherwise. Of `how` only `until` and `show` count.
    ///
    /// # Errors
    /// As [`Comparison::send`], of the first event that a program cannot decide.
    pub fn simulate_events(
        &mut self,
        events: impl IntoIterator<Item = Incoming>,
        how: &Replaying,
    ) -> Result<Simulation, Error> {
        let (mut tally, mut listed, mut due) = (Tally::default(), Vec::new(), 0);
        let zone = self.new.clock().zone;
        let mut advance =
            |this: &mut Comparison, tally: &mut Tally, listed: &mut Vec<Listed>, until| {
                let differences = this.advance(until)?;
                due += u64::from(!differences.is_empty());
                tally.add_uncounted(&differences);
                list(
                    listed,
                    Listed { row: None, event: None, until: Some(until), differences },
                    how.show,
                );
                Ok::<_, Error>(())
            };
        for (row, event) in (1..).zip(events) {
            if let Some(now) = event.now(zone) {
                advance(self, &mut tally, &mut listed, now)?;
            }
            let differences = self.send(&event)?;
            tally.add(&differences);
            let id = Some(event.event().id.to_owned());
            list(
                &mut listed,
                Listed { row: Some(row), event: id, until: None, differences },
                how.show,
            );
        }
        if let Some(until) = how.until {
            advance(self, &mut tally, &mut listed, until)?;
        }
        Ok(Simulation::of(&tally, Some(due), listed))
    }
}

fn list(listed: &mut Vec<Listed>, one: Listed, show: usize) {
    if !one.differences.is_empty() && listed.len() < show {
        listed.push(one);
    }
}
