//! `now=` and `zone=` as the engine's clock.

use jalon::value::{Clock, Instant, LocalDateTime, Zone};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::raise;
use crate::record::Held;
use crate::value;

/// The clock of an evaluation. Without `zone`, an aware `now` with a zone of the IANA database
/// gives its own.
pub fn clock(now: Option<&Bound<'_, PyAny>>, zone: Option<&Bound<'_, PyAny>>) -> PyResult<Clock> {
    todo!()
}
