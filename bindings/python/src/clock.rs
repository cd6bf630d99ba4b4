//! `now=` and `zone=` as the engine's clock.

use jalon::lang::Lang;
use jalon::value::{Clock, ClockError, Zone, read};
use jalon_arrow::Now;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::raise;
use crate::value;

/// A time argument as it comes from Python.
pub type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// The clock of an evaluation.
pub fn clock(
    py: Python<'_>,
    now: Given<'_, '_>,
    zone: Given<'_, '_>,
    lang: Lang,
) -> PyResult<Clock> {
    let own = zone_of(py, now, zone, lang)?;
    let Some(now) = now else {
        return Ok(Clock::new(None, own));
    };
    let moment = match now.cast::<PyString>() {
        Ok(text) => {
            let text = text.to_cow()?;
            let moment = read::moment(&text);
            moment.ok_or_else(|| wrong(py, &ClockError::Now(text.into_owned()), lang))?
        }
        Err(_) => value::moment(now)?
            .ok_or_else(|| PyTypeError::new_err("now= is a datetime, a date or ISO text"))?,
    };
    Ok(Clock::new(Some(own.instant_of(moment)), own))
}

/// The clock of a frame: `now` may name one of its columns.
pub fn frame_clock(
    py: Python<'_>,
    now: Given<'_, '_>,
    zone: Given<'_, '_>,
    lang: Lang,
    has_column: impl Fn(&str) -> bool,
) -> PyResult<Now> {
    if let Some(name) = now.and_then(|now| now.cast::<PyString>().ok()) {
        let name = name.to_cow()?;
        if has_column(&name) {
            let zone = zone_of(py, None, zone, lang)?;
            return Ok(Now::Column { name: name.into_owned(), zone });
        }
    }
    clock(py, now, zone, lang).map(Now::Fixed)
}

/// The zone given by name or as a `ZoneInfo`; else that of an aware `now`, if it is one of the
/// IANA database; else UTC.
fn zone_of(py: Python<'_>, now: Given<'_, '_>, zone: Given<'_, '_>, lang: Lang) -> PyResult<Zone> {
    if let Some(zone) = zone {
        let name = match zone.cast::<PyString>() {
            Ok(name) => name.clone(),
            Err(_) => zone.str()?, // a ZoneInfo, `timezone.utc`
        };
        let zone = Zone::parse(&name.to_cow()?);
        return zone.map_err(|unknown| wrong(py, &ClockError::Zone(unknown), lang));
    }
    let Some(tzinfo) = now.and_then(|now| now.getattr("tzinfo").ok()) else {
        return Ok(Zone::UTC);
    };
    let key = tzinfo.getattr("key").ok().and_then(|key| key.extract::<String>().ok());
    Ok(key.and_then(|key| Zone::parse(&key).ok()).unwrap_or(Zone::UTC))
}

fn wrong(py: Python<'_>, error: &ClockError, lang: Lang) -> PyErr {
    raise(py, "ClockError", error.message(lang))
}
