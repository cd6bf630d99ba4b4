//! A replay as JSON: the totals first, each refusal with its message, each state with its shares.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Refusal, Replay, StateReplay};
use crate::lang::Lang;

/// A replay to be serialised, its messages in a language.
#[derive(Clone, Copy, Debug)]
pub struct Told<'r> {
    report: &'r Replay,
    lang: Lang,
}

impl Replay {
    /// The whole to be serialised, such as by `serde_json::to_string`, its messages in a language.
    pub fn told(&self, lang: Lang) -> Told<'_> {
        Told { report: self, lang }
    }
}

#[derive(Serialize)]
struct ToldState<'r> {
    #[serde(flatten)]
    state: &'r StateReplay,
    /// Of all cases.
    share: f64,
    /// Of the cases that reached it.
    won_share: f64,
    lost_share: f64,
    finished_share: f64,
}

#[derive(Serialize)]
struct ToldRefusal<'r> {
    #[serde(flatten)]
    refusal: &'r Refusal,
    message: String,
}

/// A share with four decimals.
fn share(part: u64, whole: u64) -> f64 {
    let parts = (part * 10_000 + whole / 2).checked_div(whole).unwrap_or(0);
    parts as f64 / 10_000.0
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.report;
        let states = report.states.iter().map(|state| ToldState {
            state,
            share: share(state.cases, report.cases),
            won_share: share(state.won, state.cases),
            lost_share: share(state.lost, state.cases),
            finished_share: share(state.finished, state.cases),
        });
        let refusals = report.refusals.iter();
        let refusals =
            refusals.map(|refusal| ToldRefusal { refusal, message: refusal.message(self.lang) });
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("accepted", &report.accepted)?;
        map.serialize_entry("refused", &report.refused)?;
        map.serialize_entry("blueprint", &report.blueprint)?;
        map.serialize_entry("reading", &report.reading)?;
        map.serialize_entry("events", &report.events)?;
        map.serialize_entry("cases", &report.cases)?;
        map.serialize_entry("conforming", &report.conforming)?;
        map.serialize_entry("finished", &report.finished)?;
        map.serialize_entry("variants", &report.variants)?;
        map.serialize_entry("reordered", &report.reordered)?;
        map.serialize_entry("early", &report.early)?;
        map.serialize_entry("begins", &report.begins)?;
        map.serialize_entry("states", &states.collect::<Vec<_>>())?;
        map.serialize_entry("transitions", &report.transitions)?;
        map.serialize_entry("moves", &report.moves)?;
        map.serialize_entry("refusals", &refusals.collect::<Vec<_>>())?;
        map.serialize_entry("unknown", &report.unknown)?;
        map.end()
    }
}
