//! The clock of an evaluation, and what date words mean under it.

use crate::lexicon::{Relative, Unit};
use crate::value::time::{Date, Instant, LocalDateTime};

/// A time zone of the IANA database; UTC by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone(pub(crate) chrono_tz::Tz);

/// What an evaluation takes as the present. Nothing in the engine reads the system clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The present; may be left out only where nothing reads it.
    pub now: Option<Instant>,
    /// Whose civil days and local times count.
    pub zone: Zone,
}

/// A half-open interval `[from, to)`; a missing end is unbounded. In days for date fields, in
/// microseconds of UTC for date-times, so that one instant is `[t, t + 1)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// First value inside.
    pub from: Option<i64>,
    /// First value after.
    pub to: Option<i64>,
}

/// The windows around now: `DANS LES n DERNIERS jours` and its kin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Window {
    /// `DANS LES n DERNIERS`
    InLast,
    /// `DANS LES n PROCHAINS`
    InNext,
    /// `IL Y A PLUS DE n`
    MoreThanAgo,
    /// `DANS PLUS DE n`
    InMoreThan,
}

/// A date or time that a criterion names. Under a clock it stands for an interval.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TimeSpec {
    /// A civil date.
    Day(Date),
    /// A local date and time.
    Local(LocalDateTime),
    /// A point in time.
    Instant(Instant),
    /// `maintenant`
    Now,
    /// `aujourd'hui`, `le mois dernier`
    Relative(Relative),
    /// `DANS LES 7 DERNIERS jours`
    Window(Window, u32, Unit),
    /// `aujourd'hui plus 100 jours`
    Shift {
        /// From where.
        base: Box<TimeSpec>,
        /// `plus` or `moins`.
        forward: bool,
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
    },
}
