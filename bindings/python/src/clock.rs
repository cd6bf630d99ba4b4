//! `now=` and `zone=` as the engine's clock.

use jalon::lang::Lang;
use jalon::value::{Clock, ClockError, Zone, read};
use jalon_arrow::Now;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::raise;
use crate::value;

/// `now` and `zone` as they come from Python.
pub type When<'py> = (Option<Bound<'py, PyAny>>, Option<Bound<'py, PyAny>>);

/// The clock of an evaluation.
pub fn clock(py: Python<'_>, when: &When<'_>, lang: Lang) -> PyResult<Clock> {
    let zone = zone(py, when, lang)?;
    let Some(now) = &when.0 else {
        return Ok(Clock::new(None, zone));
    };
    let moment = if let Ok(text) = now.cast::<PyString>() {
        let text = text.to_cow()?;
        let wrong_text = || wrong(py, &ClockError::Now(text.to_string()), lang);
        read::moment(&text).ok_or_else(wrong_text)?
    } else {
        let wrong_type = || PyTypeError::new_err("now= is a datetime, a date or ISO text");
        value::moment(now)?.ok_or_else(wrong_type)?
    };
    Ok(Clock::new(Some(zone.instant_of(moment)), zone))
}

/// The clock of a frame: `now` may name one of its columns.
pub fn frame_clock(
    py: Python<'_>,
    when: &When<'_>,
    lang: Lang,
    has_column: impl Fn(&str) -> bool,
) -> PyResult<Now> {
    let name = when.0.as_ref().and_then(|now| now.extract::<String>().ok());
    if let Some(name) = name {
        if has_column(&name) {
            return Ok(Now::Column { name, zone: zone(py, when, lang)? });
        }
        if read::moment(&name).is_none() {
            return Err(raise(py, "ClockError", no_column(&name, lang)));
        }
    }
    clock(py, when, lang).map(Now::Fixed)
}

/// A text that is no time and names no column either.
fn no_column(text: &str, lang: Lang) -> String {
    lang.pick(
        format!("now= : `{text}` n'est ni une colonne du tableau, ni une date, ni une heure"),
        format!("now=: `{text}` is neither a column of the frame nor a date or time"),
    )
}

/// The zone given by name or as a `ZoneInfo`; else that of an aware `now`, if it is one of the
/// IANA database; else UTC.
fn zone(py: Python<'_>, (now, zone): &When<'_>, lang: Lang) -> PyResult<Zone> {
    if let Some(zone) = zone {
        let zone = Zone::parse(&zone.str()?.to_cow()?);
        return zone.map_err(|unknown| wrong(py, &ClockError::Zone(unknown), lang));
    }
    let key = now.as_ref().and_then(|now| now.getattr("tzinfo").ok()?.getattr("key").ok());
    let key = key.and_then(|key| key.extract::<String>().ok());
    Ok(key.and_then(|key| Zone::parse(&key).ok()).unwrap_or(Zone::UTC))
}

fn wrong(py: Python<'_>, error: &ClockError, lang: Lang) -> PyErr {
    raise(py, "ClockError", error.message(lang))
}
