//! Moments and the clock of a call.

use jalon::value::{Clock, Instant, Zone, read};
use napi::bindgen_prelude::Either;

use crate::failure::Failure;
use crate::program::Now;

/// A moment from JavaScript's milliseconds of UTC: whole ones within ±8.64e15.
pub(crate) fn instant(millis: f64) -> Instant {
    Instant::from_micros(millis as i64 * 1000)
}

/// A clock from what JavaScript gave: milliseconds or ISO text, and the name of a zone.
pub(crate) fn clock(now: Now, zone: Option<String>) -> Result<Clock, Failure> {
    let zone = zone.map_or(Ok(Zone::default()), |name| Zone::parse(&name));
    let zone = zone.map_err(|error| Failure::Clock(error.to_string()))?;
    let now = match now {
        Some(Either::A(millis)) => Some(instant(millis)),
        Some(Either::B(text)) => match read::moment(&text) {
            Some(moment) => Some(zone.instant_of(moment)),
            None => return Err(Failure::Clock(format!("now is no date and no time: `{text}`"))),
        },
        None => None,
    };
    Ok(Clock::new(now, zone))
}
