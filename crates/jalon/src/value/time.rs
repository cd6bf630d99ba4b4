//! Civil dates, local times and instants, as integers: days and microseconds.
//!
//! All of them lie in the years 1 to 9999; what would fall outside is `None` or clamped, as each
//! function says, so that no later arithmetic on them can overflow.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::value::read;

/// Microseconds of a second.
pub(crate) const SECOND: i64 = 1_000_000;
/// Microseconds of a day.
pub(crate) const DAY: i64 = 86_400 * SECOND;

/// A civil date: days from 1970-01-01 in the proleptic Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(i32);

/// A time of day: microseconds from midnight, below 24 hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeOfDay(i64);

/// A date and a time of day without a zone: microseconds from 1970-01-01T00:00 local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDateTime(i64);

/// A point in time: microseconds from 1970-01-01T00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(i64);

/// A date or a time as a text gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// `2026-06-30`
    Date(Date),
    /// `2026-06-30T10:30`: local time.
    Local(LocalDateTime),
    /// `2026-06-30T10:30Z`
    Instant(Instant),
}

impl Date {
    /// 1 January of year 1.
    pub const MIN: Date = Date(-719_162);
    /// 31 December 9999.
    pub const MAX: Date = Date(2_932_896);

    /// A date by year (1 to 9999), month and day, if there is such a day.
    pub fn ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        /// Days before each month, counted from March.
        const BEFORE: [i32; 12] = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];
        const LENGTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let index = month.checked_sub(1)? as usize;
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = LENGTHS.get(index)? + u32::from(index == 1 && is_leap);
        if !(1..=9999).contains(&year) || day == 0 || day > length {
            return None;
        }
        // The year from March to February, so that the day that may be there comes last.
        let years = if index < 2 { year - 1 } else { year };
        let days = 365 * years + years / 4 - years / 100 + years / 400;
        Some(Date(days + BEFORE[index] + day as i32 - 719_469))
    }

    /// From days since 1970-01-01, clamped to the years 1 to 9999.
    pub fn from_days(days: i32) -> Date {
        Date(days.clamp(Date::MIN.0, Date::MAX.0))
    }

    /// From days since 1970-01-01; `None` outside the years 1 to 9999.
    pub fn checked_from_days(days: i64) -> Option<Date> {
        let date = Date(i32::try_from(days).ok()?);
        (Date::MIN..=Date::MAX).contains(&date).then_some(date)
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i32 {
        self.0
    }

    /// Year, 1 to 9999.
    pub fn year(self) -> i32 {
        self.civil().year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u32 {
        self.civil().month()
    }

    /// Day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.civil().day()
    }

    /// Days since the last Monday: 0 on a Monday, 6 on a Sunday.
    pub fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// The date so many days later (earlier if negative); `None` outside the years 1 to 9999.
    pub fn plus_days(self, days: i64) -> Option<Date> {
        Date::checked_from_days(i64::from(self.0).checked_add(days)?)
    }

    /// The same day so many months later (earlier if negative), or the last day of that month if
    /// it is shorter: 31 January plus a month is 28 or 29 February.
    pub fn plus_months(self, months: i64) -> Option<Date> {
        let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
        let date = self.civil();
        Date::of(if months < 0 {
            date.checked_sub_months(count)?
        } else {
            date.checked_add_months(count)?
        })
    }

    /// Reads `2026-06-30`.
    pub fn parse(text: &str) -> Option<Date> {
        match read::iso(text)? {
            Moment::Date(date) => Some(date),
            _ => None,
        }
    }

    fn of(date: NaiveDate) -> Option<Date> {
        Date::checked_from_days(i64::from(date.to_epoch_days()))
    }

    fn civil(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).unwrap_or_default()
    }
}

impl TimeOfDay {
    /// Midnight.
    pub const MIDNIGHT: TimeOfDay = TimeOfDay(0);

    /// A time of day by hour (0 to 23), minute and second.
    pub fn hms(hour: u32, minute: u32, second: u32) -> Option<TimeOfDay> {
        let valid = hour < 24 && minute < 60 && second < 60;
        valid.then(|| TimeOfDay(i64::from(hour * 3600 + minute * 60 + second) * SECOND))
    }

    /// From microseconds since midnight, below 24 hours.
    pub fn from_micros(micros: i64) -> Option<TimeOfDay> {
        (0..DAY).contains(&micros).then_some(TimeOfDay(micros))
    }

    /// Microseconds since midnight.
    pub fn micros(self) -> i64 {
        self.0
    }
}

impl LocalDateTime {
    /// The first of year 1.
    pub const MIN: LocalDateTime = LocalDateTime(Date::MIN.0 as i64 * DAY);
    /// The last of year 9999.
    pub const MAX: LocalDateTime = LocalDateTime((Date::MAX.0 as i64 + 1) * DAY - 1);

    /// A date at a time of day.
    pub fn new(date: Date, time: TimeOfDay) -> LocalDateTime {
        LocalDateTime(i64::from(date.0) * DAY + time.0)
    }

    /// From microseconds since 1970-01-01T00:00 local time, clamped to the years 1 to 9999.
    pub fn from_micros(micros: i64) -> LocalDateTime {
        LocalDateTime(micros.clamp(LocalDateTime::MIN.0, LocalDateTime::MAX.0))
    }

    /// Microseconds since 1970-01-01T00:00 local time.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Its civil date.
    pub fn date(self) -> Date {
        Date(self.0.div_euclid(DAY) as i32)
    }

    /// Its time of day.
    pub fn time(self) -> TimeOfDay {
        TimeOfDay(self.0.rem_euclid(DAY))
    }

    /// Reads `2026-06-30T10:30`, without an offset.
    pub fn parse(text: &str) -> Option<LocalDateTime> {
        match read::iso(text)? {
            Moment::Local(local) => Some(local),
            _ => None,
        }
    }
}

impl Instant {
    /// The first of year 1 in UTC.
    pub const MIN: Instant = Instant(LocalDateTime::MIN.0);
    /// The last of year 9999 in UTC.
    pub const MAX: Instant = Instant(LocalDateTime::MAX.0);

    /// From microseconds since the epoch, clamped to the years 1 to 9999.
    pub fn from_micros(micros: i64) -> Instant {
        Instant(micros.clamp(Instant::MIN.0, Instant::MAX.0))
    }

    /// From microseconds since the epoch; `None` outside the years 1 to 9999.
    pub fn checked_from_micros(micros: i64) -> Option<Instant> {
        let instant = Instant(micros);
        (Instant::MIN..=Instant::MAX).contains(&instant).then_some(instant)
    }

    /// Microseconds since the epoch.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Reads `2026-06-30T10:30Z` or with an offset, `2026-06-30T10:30+02:00`.
    pub fn parse(text: &str) -> Option<Instant> {
        match read::iso(text)? {
            Moment::Instant(instant) => Some(instant),
            _ => None,
        }
    }
}

impl From<SystemTime> for Instant {
    /// What the host's clock says: the engine itself reads none. Clamped to the years 1 to 9999.
    ///
    /// ```
    /// use jalon::Program;
    /// use jalon::value::Instant;
    /// use std::time::SystemTime;
    ///
    /// let program = Program::parse("score S\n  +5 if Seen IN THE LAST 30 days\n")?;
    /// let now = Instant::from(SystemTime::now());
    /// let clock = program.clock(Some(now.into()), None);
    /// assert_eq!(clock.now, Some(now));
    /// # Ok::<(), jalon::Error>(())
    /// ```
    fn from(time: SystemTime) -> Instant {
        let micros = |length: Duration| i64::try_from(length.as_micros()).unwrap_or(i64::MAX);
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => Instant::from_micros(micros(since)),
            Err(before) => Instant::from_micros(-micros(before.duration())),
        }
    }
}

impl From<Instant> for Moment {
    fn from(instant: Instant) -> Moment {
        Moment::Instant(instant)
    }
}

impl fmt::Display for Date {
    /// `2026-06-30`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.civil();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

impl fmt::Display for TimeOfDay {
    /// `10:30`, with seconds and their fraction only where they are not zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, micros) = (self.0 / SECOND, self.0 % SECOND);
        write!(f, "{:02}:{:02}", seconds / 3600, seconds / 60 % 60)?;
        if self.0 % (60 * SECOND) != 0 {
            write!(f, ":{:02}", seconds % 60)?;
        }
        if micros != 0 {
            let (mut fraction, mut width) = (micros, 6);
            while fraction % 10 == 0 {
                fraction /= 10;
                width -= 1;
            }
            write!(f, ".{fraction:0width$}")?;
        }
        Ok(())
    }
}

impl fmt::Display for LocalDateTime {
    /// `2026-06-30T10:30`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date(), self.time())
    }
}

impl fmt::Display for Instant {
    /// `2026-06-30T10:30Z`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Z", LocalDateTime(self.0))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Date(date) => date.fmt(f),
            Moment::Local(local) => local.fmt(f),
            Moment::Instant(instant) => instant.fmt(f),
        }
    }
}

/// Writes values as their ISO text.
macro_rules! serialize_as_text {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}
serialize_as_text!(Date, TimeOfDay, LocalDateTime, Instant, Moment);

/// Reads values from the text that serialising them gives.
macro_rules! deserialize_from_text {
    ($($name:ident by $read:path, $wanted:literal;)+) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                $read(&text).ok_or_else(|| {
                    de::Error::invalid_value(de::Unexpected::Str(&text), &$wanted)
                })
            }
        }
    )+};
}
deserialize_from_text! {
    Date by Date::parse, "a date such as 2026-06-30";
    TimeOfDay by read::time_of_day, "a time of day such as 10:30";
    LocalDateTime by LocalDateTime::parse, "a local time such as 2026-06-30T10:30";
    Instant by Instant::parse, "an instant such as 2026-06-30T10:30Z";
    Moment by read::iso, "a date or time such as 2026-06-30T10:30";
}

#[cfg(test)]
mod tests;
