//! The present of each row.

use arrow_schema::Schema;
use jalon::Program;
use jalon::value::fold::same_name;
use jalon::value::{Clock, Instant, ValueRef, Zone, read, typed};

use crate::error::FrameError;

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
    /// What a text says of a frame: the name of one of its columns, or a date or time for all rows.
    ///
    /// # Errors
    /// [`FrameError::NoNow`] where it is neither.
    pub fn of_text(
        text: &str,
        schema: &Schema,
        program: &Program,
        zone: Option<Zone>,
    ) -> Result<Now, FrameError> {
        if schema.fields().iter().any(|field| same_name(field.name(), text)) {
            return Ok(Now::Column { name: text.to_owned(), clock: program.clock(None, zone) });
        }
        let now = read::moment(text).ok_or_else(|| FrameError::NoNow(text.to_owned()))?;
        Ok(Now::Fixed(program.clock(Some(now), zone)))
    }

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
