//! Moments and the clock of a call.

use jalon::program::Program;
use jalon::value::{Clock, ClockError, Instant, Moment, Zone, read};
use napi::bindgen_prelude::Either;

use crate::failure::Failure;
use crate::program::Now;

/// A moment from JavaScript's milliseconds of UTC: whole ones within ±8.64e15.
pub(crate) fn instant(millis: f64) -> Instant {
    Instant::from_micros(millis as i64 * 1000)
}

/// A clock from what JavaScript gave: milliseconds or ISO text, and the name of a zone; the zone
/// and the calendar are the program's where none is given.
pub(crate) fn clock(program: &Program, now: Now, zone: Option<String>) -> Result<Clock, Failure> {
    let zone = self::zone(zone)?;
    let now = now.map(moment).transpose()?;
    Ok(program.clock(now, zone))
}

/// Milliseconds or ISO text.
pub(crate) fn moment(given: Either<f64, String>) -> Result<Moment, Failure> {
    match given {
        Either::A(millis) => Ok(Moment::Instant(instant(millis))),
        Either::B(text) => Ok(read::moment(&text).ok_or(ClockError::Now(text))?),
    }
}

/// A zone by its name.
pub(crate) fn zone(name: Option<String>) -> Result<Option<Zone>, Failure> {
    Ok(name.map(|name| Zone::parse(&name)).transpose()?)
}
