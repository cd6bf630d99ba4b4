//! Opening hours: spans of a day, and the time during which a calendar is open.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::lang::Lang;
use crate::value::calendar::Calendar;
use crate::value::clock::Zone;
use crate::value::read;
use crate::value::time::{DAY, Date, Instant, LocalDateTime, SECOND, TimeOfDay};

const MINUTE: i64 = 60 * SECOND;

/// A span of a day during which a calendar is open: from a time to a later one, not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OpenSpan {
    from: i64,
    to: i64,
}

/// Why a text is no span of opening hours.
#[derive(Clone, PartialEq, Eq)]
pub enum BadSpan {
    /// It is not of the form `09:00-19:00`.
    Spelling(String),
    /// It does not end after it begins.
    Order(String),
}

impl OpenSpan {
    /// From midnight to midnight.
    pub const WHOLE_DAY: OpenSpan = OpenSpan { from: 0, to: DAY };

    /// A span of a day, if it ends after it begins. An end at midnight is that of the day.
    pub fn new(from: TimeOfDay, to: TimeOfDay) -> Option<OpenSpan> {
        let end = if to == TimeOfDay::MIDNIGHT { DAY } else { to.micros() };
        (from.micros() < end).then_some(OpenSpan { from: from.micros(), to: end })
    }

    /// Reads `09:00-19:00`, `9h-12h30`, `14:00 – 24:00`.
    pub fn parse(text: &str) -> Result<OpenSpan, BadSpan> {
        let spelling = || BadSpan::Spelling(text.trim().to_owned());
        let (from, to) = text.split_once(['-', '–', '—']).ok_or_else(spelling)?;
        let from = read::time_of_day(from).ok_or_else(spelling)?;
        let to = match to.trim() {
            "24:00" | "24h" | "24H" | "24h00" | "24H00" => TimeOfDay::MIDNIGHT,
            to => read::time_of_day(to).ok_or_else(spelling)?,
        };
        OpenSpan::new(from, to).ok_or_else(|| BadSpan::Order(text.trim().to_owned()))
    }

    /// When it begins.
    pub fn from(self) -> TimeOfDay {
        TimeOfDay::from_micros(self.from).unwrap_or_default()
    }

    /// When it ends; `None` at the end of the day.
    pub fn to(self) -> Option<TimeOfDay> {
        TimeOfDay::from_micros(self.to)
    }

    /// Takes in a span that begins no earlier, if the two touch.
    pub(super) fn absorb(&mut self, later: OpenSpan) -> bool {
        let touches = later.from <= self.to;
        if touches {
            self.to = self.to.max(later.to);
        }
        touches
    }

    /// The instants between which it lies on a day: `[from, to)`. Empty if the clocks skip it.
    fn on(self, day: LocalDay) -> (i64, i64) {
        (day.at(self.from), day.at(self.to))
    }
}

/// A date in a zone: its first instant, and that of the next.
#[derive(Clone, Copy)]
struct LocalDay {
    date: Date,
    zone: Zone,
    start: i64,
    end: i64,
}

impl LocalDay {
    /// A date, perhaps beside one whose ends are known already.
    fn new(date: Date, zone: Zone, known: Option<LocalDay>) -> LocalDay {
        let next = date.plus_days(1);
        let start = match known {
            Some(day) if day.date.plus_days(1) == Some(date) => day.end,
            _ => zone.start_of(date).micros(),
        };
        let end = match known {
            Some(day) if Some(day.date) == next => day.start,
            _ => next.map_or(Instant::MAX, |next| zone.start_of(next)).micros(),
        };
        LocalDay { date, zone, start, end }
    }

    /// The instant of a time of day. Where the clocks do not change it needs no look at the zone.
    fn at(self, micros: i64) -> i64 {
        if self.end - self.start == DAY {
            return self.start + micros;
        }
        match TimeOfDay::from_micros(micros) {
            Some(time) => self.zone.instant(LocalDateTime::new(self.date, time)).micros(),
            None => self.end,
        }
    }
}

impl Calendar {
    /// The earliest instant by which a number of minutes of opening have passed; the latest from
    /// which they pass until this one, if the number is negative. Minutes are elapsed ones: a
    /// night in which the clocks change is as long as it is. `None` if there is none within some
    /// 40 000 worked days.
    ///
    /// ```
    /// # use jalon::{lexicon::Weekday, value::{Calendar, Instant, OpenSpan, Zone}};
    /// let morning = OpenSpan::parse("09:00-12:00")?;
    /// let calendar = Calendar::builder().hours(Weekday::Monday, [morning]).build()?;
    /// let monday = Instant::parse("2026-06-29T11:30Z").unwrap();
    /// let due = calendar.plus_business_minutes(monday, 45, Zone::UTC).unwrap();
    /// assert_eq!(due.to_string(), "2026-07-06T09:15Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plus_business_minutes(
        &self,
        instant: Instant,
        count: i64,
        zone: Zone,
    ) -> Option<Instant> {
        let wanted = count.checked_mul(MINUTE)?;
        if wanted == 0 {
            return Some(instant);
        }
        let mut left = wanted.abs();
        let at = instant.micros();
        let mut days = OpenDays::from(self, instant, zone, wanted > 0);
        loop {
            let day = days.next()?;
            let spans = self.open_spans(day.date).iter().map(|span| span.on(day));
            if wanted > 0 {
                for (from, to) in spans {
                    let from = from.max(at);
                    if left <= to - from {
                        return Instant::checked_from_micros(from + left);
                    }
                    left -= (to - from).max(0);
                }
            } else {
                for (from, to) in spans.rev() {
                    let to = to.min(at);
                    if left <= to - from {
                        return Instant::checked_from_micros(to - left);
                    }
                    left -= (to - from).max(0);
                }
            }
        }
    }

    /// The whole minutes of opening from an instant to another; negative if the second is the
    /// earlier.
    pub fn business_minutes_between(&self, from: Instant, to: Instant, zone: Zone) -> i64 {
        if to < from {
            return -self.business_minutes_between(to, from, zone);
        }
        let last = zone.date_at(to);
        let mut days = OpenDays::from(self, from, zone, true);
        days.left = u32::MAX;
        let open: i64 = days
            .take_while(|day| day.date <= last)
            .flat_map(|day| self.open_spans(day.date).iter().map(move |span| span.on(day)))
            .map(|(start, end)| (end.min(to.micros()) - start.max(from.micros())).max(0))
            .sum();
        open / MINUTE
    }

    /// Whether it is open at an instant.
    pub fn is_open(&self, instant: Instant, zone: Zone) -> bool {
        let day = LocalDay::new(zone.date_at(instant), zone, None);
        self.open_spans(day.date).iter().any(|span| {
            let (from, to) = span.on(day);
            (from..to).contains(&instant.micros())
        })
    }

    /// The first instant, from this one on, at which it is open.
    pub fn next_open(&self, instant: Instant, zone: Zone) -> Option<Instant> {
        let at = instant.micros();
        OpenDays::from(self, instant, zone, true)
            .flat_map(|day| self.open_spans(day.date).iter().map(move |span| span.on(day)))
            .find(|(from, to)| from < to && *to > at)
            .map(|(from, _)| Instant::from_micros(from.max(at)))
    }
}

/// Worked days in order, forward or back.
struct OpenDays<'c> {
    calendar: &'c Calendar,
    zone: Zone,
    next: Option<Date>,
    last: Option<LocalDay>,
    forward: bool,
    /// How many more are looked at.
    left: u32,
}

impl<'c> OpenDays<'c> {
    /// From the date of an instant, included.
    fn from(calendar: &'c Calendar, at: Instant, zone: Zone, forward: bool) -> OpenDays<'c> {
        const MOST: u32 = 40_000;
        let next = Some(zone.date_at(at));
        OpenDays { calendar, zone, next, last: None, forward, left: MOST }
    }

    /// The next worked date.
    fn date(&mut self) -> Option<Date> {
        /// Days tried one after the other before whole years are skipped.
        const NEAR: u32 = 10;
        self.left = self.left.checked_sub(1)?;
        let step = if self.forward { 1 } else { -1 };
        let mut date = self.next?;
        for _ in 0..NEAR {
            if self.calendar.is_business_day(date) {
                self.next = date.plus_days(step);
                return Some(date);
            }
            date = date.plus_days(step)?;
        }
        let date = self.calendar.plus_business_days(date.plus_days(-step)?, step)?;
        self.next = date.plus_days(step);
        Some(date)
    }
}

impl Iterator for OpenDays<'_> {
    type Item = LocalDay;

    fn next(&mut self) -> Option<LocalDay> {
        let date = self.date()?;
        self.last = Some(LocalDay::new(date, self.zone, self.last));
        self.last
    }
}

impl BadSpan {
    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            BadSpan::Spelling(text) => lang.pick(
                format!("`{text}` n'est pas une plage d'ouverture ; écrivez 09:00-19:00"),
                format!("`{text}` is no span of opening hours; write 09:00-19:00"),
            ),
            BadSpan::Order(text) => lang.pick(
                format!("la plage `{text}` finit avant de commencer ; pour une nuit, écrivez 22:00-24:00 ce jour et 00:00-06:00 le lendemain"),
                format!("the span `{text}` ends before it begins; for a night, write 22:00-24:00 on this day and 00:00-06:00 on the next"),
            ),
        }
    }
}

impl fmt::Display for BadSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for BadSpan {}

impl fmt::Display for OpenSpan {
    /// `09:00-19:00`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-", self.from())?;
        match self.to() {
            Some(to) => to.fmt(f),
            None => f.write_str("24:00"),
        }
    }
}

impl Serialize for OpenSpan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
