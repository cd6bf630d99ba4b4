//! Logs replayed through blueprints, and the blueprints that logs imply.

use jalon::blueprint;
use jalon::blueprint::discover::Naming;
use jalon::blueprint::log::{Event, Log, LogBuilder};
use jalon::blueprint::replay::Reading;
use jalon::lang::Lang;
use jalon::value::Zone;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::clock::{When, clock, moment, zone};
use crate::error::{read, run, try_run};
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
    let reading = read(py, reading.map(Reading::named).transpose(), lang)?;
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
    let name = name.unwrap_or(Naming::default_name(lang)).to_owned();
    let naming = Naming { name, module, field, lang, zone };
    try_run(py, lang, || found.program_text(&naming))
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
        log.push(&event).map_err(|lacks| PyValueError::new_err(lacks.message(number, lang)))?;
    }
    Ok(log.build())
}
