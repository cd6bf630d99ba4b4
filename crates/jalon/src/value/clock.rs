//! The clock of an evaluation, and what date words mean under it.

mod spec;
mod zone;

use std::fmt;

use serde::Serialize;

use crate::lang::Lang;
use crate::lexicon::{Relative, Unit};
use crate::value::calendar::Calendar;
use crate::value::read;
use crate::value::time::{Date, Instant, LocalDateTime};

pub use zone::{UnknownZone, Zone};

/// What an evaluation takes as the present. Nothing in the engine reads the system clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// The present; may be left out only where nothing reads it.
    pub now: Option<Instant>,
    /// Whose civil days and local times count.
    pub zone: Zone,
    /// Which days are worked and when, where weeks and fiscal years begin.
    pub calendar: Calendar,
}

/// Something reads the clock and no `now` was given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NoClock;

/// Why a clock could not be read from texts.
#[derive(Clone, PartialEq, Eq)]
pub enum ClockError {
    /// The time zone is unknown.
    Zone(UnknownZone),
    /// The present is no date and no time.
    Now(String),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
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

impl Clock {
    /// A clock with the default calendar.
    pub fn new(now: Option<Instant>, zone: Zone) -> Clock {
        Clock { now, zone, calendar: Calendar::default() }
    }

    /// A clock from texts: a date or a time (without an offset it is local time of the zone) and
    /// the name of a zone.
    ///
    /// ```
    /// use jalon::value::Clock;
    /// let clock = Clock::at("2026-06-30T00:30", "Europe/Paris").unwrap();
    /// assert_eq!(clock.now.unwrap().to_string(), "2026-06-29T22:30Z");
    /// assert_eq!(clock.today().unwrap().to_string(), "2026-06-30");
    /// ```
    pub fn at(now: &str, zone: &str) -> Result<Clock, ClockError> {
        let zone = Zone::parse(zone).map_err(ClockError::Zone)?;
        let now = read::moment(now).ok_or_else(|| ClockError::Now(now.to_owned()))?;
        Ok(Clock::new(Some(zone.instant_of(now)), zone))
    }

    /// The same clock with another calendar.
    #[must_use]
    pub fn with_calendar(self, calendar: Calendar) -> Clock {
        Clock { calendar, ..self }
    }

    /// The civil date of now.
    pub fn today(&self) -> Option<Date> {
        self.now.map(|now| self.zone.date_at(now))
    }
}

impl Interval {
    /// `[from, to)`.
    pub const fn new(from: i64, to: i64) -> Interval {
        Interval { from: Some(from), to: Some(to) }
    }

    /// Whether a value is inside.
    pub fn contains(self, value: i64) -> bool {
        !self.starts_after(value) && !self.ends_by(value)
    }

    /// Whether the interval starts after a value: `AVANT`, `<`.
    pub fn starts_after(self, value: i64) -> bool {
        self.from.is_some_and(|from| value < from)
    }

    /// Whether the interval has ended at a value: `APRÈS`, `>`.
    pub fn ends_by(self, value: i64) -> bool {
        self.to.is_some_and(|to| to <= value)
    }
}

impl ClockError {
    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            ClockError::Zone(unknown) => unknown.message(lang),
            ClockError::Now(text) => lang.pick(
                format!("`{text}` n'est ni une date ni une heure ; écrivez 2026-06-30 ou 2026-06-30T10:30"),
                format!("`{text}` is neither a date nor a time; write 2026-06-30 or 2026-06-30T10:30"),
            ),
        }
    }
}

impl fmt::Display for ClockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ClockError {}

impl NoClock {
    /// The message in a language.
    pub fn message(self, lang: Lang) -> &'static str {
        lang.pick(
            "le programme lit l'heure ; donnez l'instant présent (now)",
            "the program reads the clock; give the present instant (now)",
        )
    }
}

impl fmt::Display for NoClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::En))
    }
}

impl std::error::Error for NoClock {}

#[cfg(test)]
mod tests;
