//! Time zones: from local time to instants and back.

use std::fmt;

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use crate::lang::Lang;
use crate::value::near::nearest;
use crate::value::time::{Date, Instant, LocalDateTime, Moment, SECOND, TimeOfDay};

/// A time zone of the IANA database; UTC by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone(pub(crate) Tz);

/// A name that is no time zone.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownZone {
    /// The name.
    pub name: String,
    /// The zones that may have been meant, at most five.
    pub candidates: Vec<&'static str>,
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone(Tz::UTC);

    /// A zone by its IANA name, in any case: `Europe/Paris`.
    pub fn parse(name: &str) -> Result<Zone, UnknownZone> {
        let name = name.trim();
        let exact = name.parse().ok();
        exact
            .or_else(|| TZ_VARIANTS.into_iter().find(|tz| tz.name().eq_ignore_ascii_case(name)))
            .map(Zone)
            .ok_or_else(|| UnknownZone { name: name.to_owned(), candidates: candidates(name) })
    }

    /// Its IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The instant of a local time. One that the clocks skip is the first instant after the gap;
    /// one that they show twice is the first of the two.
    pub fn instant(self, local: LocalDateTime) -> Instant {
        let micros = local.micros();
        let Some(naive) = naive(micros) else { return Instant::from_micros(micros) };
        match self.0.offset_from_local_datetime(&naive) {
            MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => {
                Instant::from_micros(micros - i64::from(offset.fix().local_minus_utc()) * SECOND)
            }
            MappedLocalTime::None => self.after_gap(micros.div_euclid(SECOND)),
        }
    }

    /// The local time at an instant, clamped to the years 1 to 9999.
    pub fn local(self, instant: Instant) -> LocalDateTime {
        let micros = instant.micros();
        LocalDateTime::from_micros(micros + self.offset(micros.div_euclid(SECOND)) * SECOND)
    }

    /// The civil date at an instant.
    pub fn date_at(self, instant: Instant) -> Date {
        self.local(instant).date()
    }

    /// The first instant of a civil date: its midnight, or the first instant after it where the
    /// clocks skip midnight.
    pub fn start_of(self, date: Date) -> Instant {
        self.instant(LocalDateTime::new(date, TimeOfDay::MIDNIGHT))
    }

    /// The instant that a date (its start), a local time or an instant names.
    pub fn instant_of(self, moment: Moment) -> Instant {
        match moment {
            Moment::Date(date) => self.start_of(date),
            Moment::Local(local) => self.instant(local),
            Moment::Instant(instant) => instant,
        }
    }

    /// The civil date of a date, a local time or an instant.
    pub fn date_of(self, moment: Moment) -> Date {
        match moment {
            Moment::Date(date) => date,
            Moment::Local(local) => local.date(),
            Moment::Instant(instant) => self.date_at(instant),
        }
    }

    /// Seconds east of UTC at a second of UTC.
    fn offset(self, second: i64) -> i64 {
        if self.0 == Tz::UTC {
            return 0;
        }
        DateTime::from_timestamp(second, 0).map_or(0, |utc| {
            i64::from(self.0.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc())
        })
    }

    /// The first instant after the gap around a local second that does not exist: the first
    /// second of UTC whose local time is not before it.
    fn after_gap(self, local: i64) -> Instant {
        /// No offset is as large as this.
        const FAR: i64 = 30 * 3600;
        let (mut before, mut after) = (local - FAR, local + FAR);
        while after - before > 1 {
            let middle = before.midpoint(after);
            if middle + self.offset(middle) < local {
                before = middle;
            } else {
                after = middle;
            }
        }
        Instant::from_micros(after * SECOND)
    }
}

fn naive(micros: i64) -> Option<NaiveDateTime> {
    DateTime::<Utc>::from_timestamp_micros(micros).map(|utc| utc.naive_utc())
}

impl Default for Zone {
    fn default() -> Zone {
        Zone::UTC
    }
}

impl serde::Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl UnknownZone {
    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        let UnknownZone { name, candidates } = self;
        if candidates.is_empty() {
            return lang.pick(
                format!("fuseau horaire inconnu `{name}` ; écrivez un nom tel que Europe/Paris"),
                format!("unknown time zone `{name}`; write a name such as Europe/Paris"),
            );
        }
        let names = candidates.join(", ");
        lang.pick(
            format!("fuseau horaire inconnu `{name}` ; vouliez-vous dire {names} ?"),
            format!("unknown time zone `{name}`; did you mean {names}?"),
        )
    }
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for UnknownZone {}

/// The zones whose name, or whose city, is nearest to a text, if near enough.
fn candidates(name: &str) -> Vec<&'static str> {
    let spellings = TZ_VARIANTS.into_iter().flat_map(|tz| {
        let city = tz.name().rsplit('/').next().unwrap_or(tz.name());
        [(tz.name(), tz.name()), (city, tz.name())]
    });
    nearest(name, spellings)
}
