//! Logs replayed through blueprints, and the blueprints that logs imply.

use jalon::blueprint;
use jalon::blueprint::discover::Naming;
use jalon::blueprint::log::{Event, Log, LogBuilder, Missing};
use jalon::blueprint::replay::Reading;
use jalon::lang::Lang;
use jalon::program::Loader;
use jalon::value::Zone;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::clock::{When, clock, moment, zone};
use crate::error::{run, try_run};
use crate::program::Program;
use crate::reasons;

/// A row: case, state or activity, transition, who, when.
type Row<'py> = (String, String, Option<String>, Option<String>, Option<Bound<'py, PyAny>>);

/// Replays the rows of a log; what was found, and what is to be written on a picture, as JSON.
#[pyfunction]
pub fn replay<'py>(
    py: Python<'py>,
    program: &Program,
    blueprint: Option<&str>,
    rows: &Bound<'py, PyAny>,
    reading: Option<&str>,
    when: When<'py>,
    lang: Option<&str>,
) -> PyResult<(String, String)> {
    let lang = reasons::lang(lang)?.unwrap_or(program.lang);
    let clock = clock(py, &when, &program.core, program.lang)?;
    let reading = match reading {
        None => None,
        Some("states") => Some(Reading::States),
        Some("transitions") => Some(Reading::Transitions),
        Some(other) => {
            let message = format!("reading= is \"states\" or \"transitions\", not {other:?}");
            return Err(PyValueError::new_err(message));
        }
    };
    let log = log(rows, clock.zone, lang)?;
    let report = try_run(py, lang, || program.core.replay(blueprint, &log, reading, &clock))?;
    Ok((reasons::json(&report.told(lang))?, reasons::json(&report.figures())?))
}

/// The text of the blueprint that a log implies.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "one for each option")]
pub fn discover(
    py: Python<'_>,
    rows: &Bound<'_, PyAny>,
    name: Option<&str>,
    module: Option<String>,
    field: String,
    min_count: u64,
    when: When<'_>,
    lang: Option<&str>,
) -> PyResult<String> {
    let lang = reasons::lang(lang)?.unwrap_or_default();
    let zone = zone(py, &when, lang)?.unwrap_or_default();
    let log = log(rows, zone, lang)?;
    let found = run(py, || blueprint::discover::discover(&log, min_count))?
        .map_err(|error| PyValueError::new_err(error.message(lang, "min_count=")))?;
    let name = name.unwrap_or(lang.pick("Parcours découvert", "Discovered blueprint")).to_owned();
    let text = found.text(&Naming { name, module, field, lang, zone });
    // What is wrong with a name that was asked for is said, not given back.
    try_run(py, lang, || Loader::default().lang(lang).source("<discover>", text.clone()).load())?;
    Ok(text)
}

/// The rows of a log.
fn log(rows: &Bound<'_, PyAny>, zone: Zone, lang: Lang) -> PyResult<Log> {
    let mut log = LogBuilder::default();
    for (number, row) in (1..).zip(rows.try_iter()?) {
        let (case, what, transition, by, at): Row<'_> = row?.extract()?;
        let at = at.map(|at| moment(&at, "a time", lang)).transpose()?;
        let event = Event {
            case: &case,
            what: &what,
            transition: transition.as_deref(),
            by: by.as_deref(),
            at: at.map(|at| zone.instant_of(at)),
        };
        log.push(&event).map_err(|missing| lacks(number, missing, lang))?;
    }
    Ok(log.build())
}

/// A row that is no event.
fn lacks(row: u64, missing: Missing, lang: Lang) -> PyErr {
    let what = match missing {
        Missing::Case => lang.pick("le cas", "the case"),
        Missing::What => lang.pick("l'état ou l'activité", "the state or the activity"),
    };
    PyValueError::new_err(
        lang.pick(
            format!("ligne {row} : il manque {what}"),
            format!("row {row}: {what} is missing"),
        ),
    )
}
