//! Civil dates, local times and instants, as integers: days and microseconds.

use std::fmt;

use serde::{Serialize, Serializer};

/// A civil date: days from 1970-01-01 in the proleptic Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(i32);

/// A date and a time of day without a zone: microseconds from 1970-01-01T00:00 local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDateTime(i64);

/// A point in time: microseconds from 1970-01-01T00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(i64);

impl Date {
    /// From days since 1970-01-01.
    pub fn from_days(days: i32) -> Date {
        Date(days)
    }
    /// Days since 1970-01-01.
    pub fn days(self) -> i32 {
        self.0
    }
}
impl LocalDateTime {
    /// From microseconds since 1970-01-01T00:00 local time.
    pub fn from_micros(micros: i64) -> LocalDateTime {
        LocalDateTime(micros)
    }
    /// Microseconds since 1970-01-01T00:00 local time.
    pub fn micros(self) -> i64 {
        self.0
    }
}
impl Instant {
    /// From microseconds since the epoch.
    pub fn from_micros(micros: i64) -> Instant {
        Instant(micros)
    }
    /// Microseconds since the epoch.
    pub fn micros(self) -> i64 {
        self.0
    }
}
// TODO(value): ymd, parse, arithmetic, real Display
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl Serialize for LocalDateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
