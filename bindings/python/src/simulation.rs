//! Records or events through two programs.

use jalon::program;
use jalon::rehearsal::Rehearsal;
use jalon::rehearsal::compare::{Comparison, Replaying};
use jalon::value::Value;
use pyo3::prelude::*;
use serde_json::Value as Json;

use crate::clock::{When, clock, moment};
use crate::error::try_run;
use crate::program::Program;
use crate::users::Users;
use crate::value;
use crate::workflow::incoming;

/// How records are replayed: their module, whether they are saved again, until when, how many are listed.
type How<'py> = (Option<String>, bool, Option<Bound<'py, PyAny>>, usize);

/// What comes out otherwise with a new program, as JSON; of events in their order where they are given, of
/// records each on its own otherwise.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "they are named ones in Python")]
pub fn simulate(
    py: Python<'_>,
    old: &Program,
    new: &Program,
    given: Vec<Bound<'_, PyAny>>,
    events: bool,
    users: Option<Bound<'_, Users>>,
    when: When<'_>,
    how: How<'_>,
) -> PyResult<String> {
    let lang = new.lang;
    let users = Users::of(users.as_ref());
    let stage = |of: &program::Program| -> PyResult<Rehearsal> {
        let clock = clock(py, &when, of, lang)?;
        Ok(Rehearsal::new(of, clock).with_users(users.clone()))
    };
    let (before, after) = (stage(&old.core)?, stage(&new.core)?);
    let zone = after.clock().zone;
    let (module, updated, until, show) = how;
    let until = until.map(|until| moment(&until, "until", lang)).transpose()?;
    let until = until.map(|until| zone.instant_of(until));
    let how = Replaying { module, updated, until, show };
    if events {
        let mut comparison = Comparison::new(before.tracing(), after.tracing());
        let events = given.iter().map(|event| incoming(event, lang));
        let events = events.collect::<PyResult<Vec<_>>>()?;
        return try_run(py, lang, || {
            Ok(comparison.simulate_events(events, &how)?.told(zone).to_string())
        });
    }
    let mut comparison = Comparison::new(before, after);
    let records = given.iter().map(|record| Ok(Value::Record(value::fields(record)?).to_json()));
    let records = records.collect::<PyResult<Vec<Json>>>()?;
    let records = records.into_iter().filter_map(|record| match record {
        Json::Object(fields) => Some(fields),
        _ => None,
    });
    let records: Vec<_> = records.collect();
    try_run(py, lang, || Ok(comparison.simulate(records, &how)?.told(zone).to_string()))
}
