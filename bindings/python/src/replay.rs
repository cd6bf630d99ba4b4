//! Logs replayed through blueprints.

use jalon::blueprint::log::{Event, LogBuilder, Missing};
use jalon::blueprint::replay::Reading;
use jalon::lang::Lang;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::clock::{When, clock, moment};
use crate::error::try_run;
use crate::program::Program;
use crate::reasons;

/// A row: case, state or activity, transition, who, when.
type Row<'py> = (String, String, Option<String>, Option<String>, Option<Bound<'py, PyAny>>);

/// Replays the rows of a log; what was found as JSON.
#[pyfunction]
pub fn replay<'py>(
    py: Python<'py>,
    program: &Program,
    blueprint: Option<&str>,
    rows: &Bound<'py, PyAny>,
    reading: Option<&str>,
    when: When<'py>,
    lang: Option<&str>,
) -> PyResult<String> {
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
    let mut log = LogBuilder::default();
    for (number, row) in (1..).zip(rows.try_iter()?) {
        let (case, what, transition, by, at): Row<'py> = row?.extract()?;
        let at = at.map(|at| moment(&at, "a time", lang)).transpose()?;
        let event = Event {
            case: &case,
            what: &what,
            transition: transition.as_deref(),
            by: by.as_deref(),
            at: at.map(|at| clock.zone.instant_of(at)),
        };
        log.push(&event).map_err(|missing| lacks(number, missing, lang))?;
    }
    let report =
        try_run(py, lang, || program.core.replay(blueprint, &log.build(), reading, &clock))?;
    reasons::json(&report.told(lang))
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
