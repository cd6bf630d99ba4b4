//! `now=` and `zone=` as the engine's clock.

use jalon::lang::Lang;
use jalon::program::Program;
use jalon::value::time::Moment;
use jalon::value::{Clock, ClockError, Zone, read};
use jalon_arrow::Now;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::raise;
use crate::value;

/// `now` and `zone` as they come from Python.
pub type When<'py> = (Option<Bound<'py, PyAny>>, Option<Bound<'py, PyAny>>);

/// The clock of an evaluation; the zone and the calendar are the program's where none is given.
pub fn clock(py: Python<'_>, when: &When<'_>, program: &Program, lang: Lang) -> PyResult<Clock> {
    let zone = zone(py, when, lang)?;
    let now = when.0.as_ref().map(|now| moment(now, "now=", lang)).transpose()?;
    Ok(program.clock(now, zone))
}

/// A date, a datetime or ISO text; `name` is what messages call it.
pub fn moment(object: &Bound<'_, PyAny>, name: &str, lang: Lang) -> PyResult<Moment> {
    if let Ok(text) = object.cast::<PyString>() {
        let text = text.to_cow()?;
        let wrong_text = || wrong(object.py(), &ClockError::Now(text.to_string()), lang);
        return read::moment(&text).ok_or_else(wrong_text);
    }
    let wrong_type = || PyTypeError::new_err(format!("{name} is a datetime, a date or ISO text"));
    value::moment(object)?.ok_or_else(wrong_type)
}

/// The clock of a frame: `now` may name one of its columns.
pub fn frame_clock(
    py: Python<'_>,
    when: &When<'_>,
    program: &Program,
    lang: Lang,
    has_column: impl Fn(&str) -> bool,
) -> PyResult<Now> {
    let name = when.0.as_ref().and_then(|now| now.extract::<String>().ok());
    if let Some(name) = name {
        if has_column(&name) {
            let clock = program.clock(None, zone(py, when, lang)?);
            return Ok(Now::Column { name, clock });
        }
        if read::moment(&name).is_none() {
            return Err(raise(py, "ClockError", no_column(&name, lang)));
        }
    }
    clock(py, when, program, lang).map(Now::Fixed)
}

/// A text that is no time and names no column either.
fn no_column(text: &str, lang: Lang) -> String {
    lang.pick(
        format!("now= : `{text}` n'est ni une colonne du tableau, ni une date, ni une heure"),
        format!("now=: `{text}` is neither a column of the frame nor a date or time"),
    )
}

/// The zone given by name or as a `ZoneInfo`; else that of an aware `now`, if it is one of the
/// IANA database; else none.
pub fn zone(py: Python<'_>, (now, zone): &When<'_>, lang: Lang) -> PyResult<Option<Zone>> {
    if let Some(zone) = zone {
        let zone = Zone::parse(&zone.str()?.to_cow()?);
        return zone.map(Some).map_err(|unknown| wrong(py, &ClockError::Zone(unknown), lang));
    }
    let key = now.as_ref().and_then(|now| now.getattr("tzinfo").ok()?.getattr("key").ok());
    let key = key.and_then(|key| key.extract::<String>().ok());
    Ok(key.and_then(|key| Zone::parse(&key).ok()))
}

fn wrong(py: Python<'_>, error: &ClockError, lang: Lang) -> PyErr {
    raise(py, "ClockError", error.message(lang))
}
