//! The present of each row.

use jalon::value::{Clock, Instant, ValueRef, Zone, typed};

/// What the rows of a frame take as the present.
#[derive(Clone, Debug)]
pub enum Now {
    /// One clock for all rows.
    Fixed(Clock),
    /// Each row has its own, in a column of dates, date-times or ISO texts: a back-test sees no
    /// later event.
    Column {
        /// The column's name.
        name: String,
        /// Their zone and calendar; its present is not read.
        clock: Clock,
    },
}

impl Now {
    /// The clock to begin with.
    pub(crate) fn first_clock(&self) -> Clock {
        match self {
            Now::Fixed(clock) => clock.clone(),
            Now::Column { clock, .. } => {
                Clock { now: Some(Instant::from_micros(0)), ..clock.clone() }
            }
        }
    }
}

/// The instant that a value of a `now` column stands for: a date is its first moment, a local
/// time or a text without an offset is in the zone; `None` for anything else.
pub fn instant_of(value: ValueRef<'_>, zone: Zone) -> Option<Instant> {
    typed::date_time(value, zone).value()
}
