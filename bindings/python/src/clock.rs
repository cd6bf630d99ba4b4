//! `now=` and `zone=` as the engine's clock.

use arrow_schema::Schema;
use jalon::lang::Lang;
use jalon::program::Program;
use jalon::value::time::Moment;
use jalon::value::{Clock, ClockError, Zone, read};
use jalon_arrow::Now;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::frame::frame_exception;
use crate::{error, value};

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
        let moment = read::moment(&text).ok_or_else(|| ClockError::Now(text.to_string()));
        return error::read(object.py(), moment, lang);
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
    schema: &Schema,
) -> PyResult<Now> {
    match when.0.as_ref().and_then(|now| now.extract::<String>().ok()) {
        Some(text) => Now::of_text(&text, schema, program, zone(py, when, lang)?)
            .map_err(|error| frame_exception(py, error, lang)),
        None => clock(py, when, program, lang).map(Now::Fixed),
    }
}

/// The zone given by name or as a `ZoneInfo`; else that of an aware `now`, if it is one of the
/// IANA database; else none.
pub fn zone(py: Python<'_>, (now, zone): &When<'_>, lang: Lang) -> PyResult<Option<Zone>> {
    if let Some(zone) = zone {
        return error::read(py, Zone::parse(&zone.str()?.to_cow()?), lang).map(Some);
    }
    let key = now.as_ref().and_then(|now| now.getattr("tzinfo").ok()?.getattr("key").ok());
    let key = key.and_then(|key| key.extract::<String>().ok());
    Ok(key.and_then(|key| Zone::parse(&key).ok()))
}
