//! The clock of a call.

use jalon::value::{Clock, Instant, Zone, read};

use crate::failure::Failure;
use crate::program::Now;

/// A clock from what JavaScript gave: milliseconds of UTC or ISO text, and the name of a zone.
pub(crate) fn clock(now: Now, zone: Option<String>) -> Result<Clock, Failure> {
    use napi::bindgen_prelude::Either;
    let zone = match zone {
        Some(name) => Zone::parse(&name).map_err(|error| Failure::Clock(error.to_string()))?,
        None => Zone::default(),
    };
    let now = match now {
        Some(Either::A(millis)) => Some(Instant::from_micros(millis as i64 * 1000)),
        Some(Either::B(text)) => match read::moment(&text) {
            Some(moment) => Some(zone.instant_of(moment)),
            None => return Err(Failure::Clock(format!("now is no date and no time: `{text}`"))),
        },
        None => None,
    };
    Ok(Clock::new(now, zone))
}
