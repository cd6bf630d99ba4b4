//! The clock of each row of a batch.

use jalon::value::{Clock, Instant};

use crate::error::FrameError;
use crate::names::ColumnNames;
use crate::now::{Now, instant_of};
use crate::rows::Row;

/// Says when the clock moves from one row to the next.
#[derive(Debug)]
pub(super) struct Clocks<'n> {
    column: Option<(usize, &'n str, &'n Clock)>,
    last: Option<Instant>,
}

impl<'n> Clocks<'n> {
    pub(super) fn new(now: &'n Now, names: &ColumnNames) -> Result<Clocks<'n>, FrameError> {
        let column = match now {
            Now::Fixed(_) => None,
            Now::Column { name, clock } => {
                let position = names.position(name);
                let position = position.ok_or_else(|| FrameError::NoColumn(name.clone()))?;
                Some((position, name.as_str(), clock))
            }
        };
        Ok(Clocks { column, last: None })
    }

    /// The clock to set for a row, `None` where it stays; the column's name where the row has no
    /// readable clock.
    pub(super) fn at(&mut self, row: &Row<'_>) -> Result<Option<Clock>, &'n str> {
        let Some((column, name, clock)) = self.column else {
            return Ok(None);
        };
        let now = instant_of(row.value(column), clock.zone).ok_or(name)?;
        if self.last == Some(now) {
            return Ok(None);
        }
        self.last = Some(now);
        Ok(Some(Clock { now: Some(now), ..clock.clone() }))
    }
}
