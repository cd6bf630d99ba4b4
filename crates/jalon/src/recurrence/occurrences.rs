//! When a recurrence happens.

use crate::lexicon::{Month, Weekday};
use crate::recurrence::{Day, End, Frequency, Pattern, Recurrence};
use crate::value::clock::Zone;
use crate::value::time::{Date, Instant, LocalDateTime, Moment, SECOND, TimeOfDay};

/// The occurrences of a recurrence, in order, none twice; it ends with the year 9999 if not
/// before.
///
/// Days, weeks, months and years are those of the zone, and a time of day that the clocks skip
/// is the first instant after the gap; hours and minutes are elapsed time. A day that a month
/// does not have, such as the 31st, is left out. The start counts only if the recurrence falls
/// on it.
#[derive(Clone, Debug)]
pub struct Occurrences<'r> {
    pattern: &'r Pattern,
    start: LocalDateTime,
    zone: Zone,
    /// The number of the next day, week, month or year, or of the next step of hours or minutes.
    period: i64,
    /// Those of the periods before that were not yet given, the next one last.
    found: Vec<Instant>,
    last: Option<Instant>,
    left: u32,
    until: Instant,
}

impl Recurrence {
    /// The occurrences from a start in local time of a zone; what the recurrence leaves open
    /// (time of day, day of the week or month) is as at the start.
    pub fn occurrences(&self, start: LocalDateTime, zone: Zone) -> Occurrences<'_> {
        let pattern = self.pattern();
        let (left, until) = match pattern.end {
            End::Never => (u32::MAX, Instant::MAX),
            End::Count(count) => (count, Instant::MAX),
            End::Until(until) => (u32::MAX, last_instant(until, zone)),
        };
        Occurrences { pattern, start, zone, period: 0, found: Vec::new(), last: None, left, until }
    }

    /// The first occurrence after an instant. It takes no longer the farther from the start,
    /// unless occurrences are counted.
    pub fn next_after(
        &self,
        start: LocalDateTime,
        instant: Instant,
        zone: Zone,
    ) -> Option<Instant> {
        let mut occurrences = self.occurrences(start, zone);
        if !matches!(self.pattern().end, End::Count(_)) {
            occurrences.period = occurrences.period_before(instant);
        }
        occurrences.find(|occurrence| *occurrence > instant)
    }
}

/// The last instant that an end includes.
pub(super) fn last_instant(until: Moment, zone: Zone) -> Instant {
    match until {
        Moment::Date(date) => date
            .plus_days(1)
            .map_or(Instant::MAX, |next| Instant::from_micros(zone.start_of(next).micros() - 1)),
        other => zone.instant_of(other),
    }
}

impl Iterator for Occurrences<'_> {
    type Item = Instant;

    fn next(&mut self) -> Option<Instant> {
        self.left = self.left.checked_sub(1)?;
        loop {
            while let Some(instant) = self.found.pop() {
                if instant > self.until {
                    self.left = 0;
                    return None;
                }
                // Two times that the clocks skip are the same instant.
                if self.last.is_none_or(|last| instant > last) {
                    self.last = Some(instant);
                    return Some(instant);
                }
            }
            if self.find_more().is_none() {
                self.left = 0;
                return None;
            }
        }
    }
}

impl Occurrences<'_> {
    /// Looks for the occurrences of the next period; `None` at the end of time.
    fn find_more(&mut self) -> Option<()> {
        if self.pattern.frequency < Frequency::Daily {
            return self.find_step();
        }
        let mut dates = self.dates()?;
        self.period += 1;
        dates.retain(|date| !self.pattern.except.contains(&weekday(*date)));
        dates.sort_unstable();
        dates.dedup();
        let own = [self.start.time()];
        let times: &[TimeOfDay] =
            if self.pattern.times.is_empty() { &own } else { &self.pattern.times };
        for date in dates.into_iter().rev() {
            let at = times.iter().rev().map(|time| LocalDateTime::new(date, *time));
            let from_start = at.filter(|local| *local >= self.start);
            self.found.extend(from_start.map(|local| self.zone.instant(local)));
        }
        Some(())
    }

    /// The next step of hours or minutes on a day that counts.
    fn find_step(&mut self) -> Option<()> {
        let first = self.zone.instant(self.start).micros();
        let step = self.step();
        let micros = first.checked_add(step.checked_mul(self.period)?)?;
        let instant = Instant::checked_from_micros(micros)?;
        let date = self.zone.date_at(instant);
        if self.limits(date) {
            self.period += 1;
            self.found.push(instant);
        } else {
            let next = self.zone.start_of(date.plus_days(1)?).micros();
            let steps = (next - first + step - 1).div_euclid(step);
            self.period = steps.max(self.period + 1);
        }
        Some(())
    }

    /// Microseconds between steps of hours or minutes.
    fn step(&self) -> i64 {
        let unit = if self.pattern.frequency == Frequency::Minutely { 60 } else { 3600 };
        i64::from(self.pattern.interval) * unit * SECOND
    }

    /// Whether a date is one of the days and months to which a recurrence is limited.
    fn limits(&self, date: Date) -> bool {
        let Pattern { months, month_days, except, .. } = self.pattern;
        (except.is_empty() || !except.contains(&weekday(date)))
            && (months.is_empty() || months.iter().any(|month| month.number() == date.month()))
            && (month_days.is_empty() || is_among(month_days, date))
    }

    /// The dates of the period, in any order; `None` past the last year.
    fn dates(&self) -> Option<Vec<Date>> {
        let Pattern { frequency, interval, months, .. } = self.pattern;
        let count = i64::from(*interval).checked_mul(self.period)?;
        let start = self.start.date();
        Some(match frequency {
            Frequency::Weekly => {
                let since =
                    (7 + i64::from(start.weekday()) - self.pattern.week_start.index() as i64) % 7;
                let own = [Day::every(weekday(start))];
                let listed = &self.pattern.weekdays;
                let days: &[Day] = if listed.is_empty() { &own } else { listed };
                let first = count.checked_mul(7)?.checked_sub(since)?;
                // The week of the start may begin before the first year.
                start.plus_days(first.max(0))?;
                let of_week = (0..7).filter_map(|day| start.plus_days(first + day));
                of_week
                    .filter(|date| days.iter().any(|day| day.weekday == weekday(*date)))
                    .filter(|date| is_in(months, date.month()))
                    .collect()
            }
            Frequency::Monthly => {
                let index = i64::from(start.year()) * 12 + i64::from(start.month()) - 1 + count;
                let (year, month) = (i32::try_from(index / 12).ok()?, (index % 12) as u32 + 1);
                let first = Date::ymd(year, month, 1)?;
                if is_in(months, month) { self.of_month(first) } else { Vec::new() }
            }
            Frequency::Yearly => {
                self.of_year(i32::try_from(i64::from(start.year()) + count).ok()?)?
            }
            _ => {
                let date = start.plus_days(count)?;
                if self.limits(date) { vec![date] } else { Vec::new() }
            }
        })
    }

    fn of_year(&self, year: i32) -> Option<Vec<Date>> {
        let Pattern { months, weekdays, .. } = self.pattern;
        let first = Date::ymd(year, 1, 1)?;
        if months.is_empty() && !weekdays.is_empty() {
            return Some(numbered(weekdays, first, Date::ymd(year, 12, 31)?));
        }
        let own = [Month::of(self.start.date().month())?];
        let months: &[Month] = if months.is_empty() { &own } else { months };
        let firsts = months.iter().filter_map(|month| Date::ymd(year, month.number(), 1));
        Some(firsts.flat_map(|first| self.of_month(first)).collect())
    }

    /// The days of a month, given by its first.
    fn of_month(&self, first: Date) -> Vec<Date> {
        let Pattern { month_days, weekdays, .. } = self.pattern;
        let last = last_of_month(first);
        if !weekdays.is_empty() {
            return numbered(weekdays, first, last);
        }
        let own = [self.start.date().day() as i8];
        let days: &[i8] = if month_days.is_empty() { &own } else { month_days };
        let of_month = days.iter().filter_map(|day| match day {
            1.. => first.plus_days(i64::from(*day) - 1),
            _ => last.plus_days(i64::from(*day) + 1),
        });
        of_month.filter(|date| (first..=last).contains(date)).collect()
    }

    /// The number of a period that begins no later than an instant.
    fn period_before(&self, instant: Instant) -> i64 {
        let (start, date) = (self.start.date(), self.zone.date_at(instant));
        let days = i64::from(date.days()) - i64::from(start.days());
        let years = i64::from(date.year()) - i64::from(start.year());
        let units = match self.pattern.frequency {
            Frequency::Minutely | Frequency::Hourly => {
                let elapsed = instant.micros() - self.zone.instant(self.start).micros();
                return (elapsed.div_euclid(self.step()) - 1).max(0);
            }
            Frequency::Daily => days,
            Frequency::Weekly => days.div_euclid(7),
            Frequency::Monthly => years * 12 + i64::from(date.month()) - i64::from(start.month()),
            Frequency::Yearly => years,
        };
        (units.div_euclid(i64::from(self.pattern.interval)) - 1).max(0)
    }
}

/// Whether a date is one of the days of its month.
fn is_among(month_days: &[i8], date: Date) -> bool {
    let day = date.day() as i8;
    let from_end = day - last_of_month(date).day() as i8 - 1;
    month_days.iter().any(|wanted| *wanted == day || *wanted == from_end)
}

fn is_in(months: &[Month], month: u32) -> bool {
    months.is_empty() || months.iter().any(|listed| listed.number() == month)
}

fn weekday(date: Date) -> Weekday {
    Weekday::ALL[usize::from(date.weekday())]
}

fn last_of_month(date: Date) -> Date {
    let (year, month) = (date.year(), date.month());
    (28..=31).rev().find_map(|day| Date::ymd(year, month, day)).unwrap_or(date)
}

/// Days of the week between two dates, by their numbers.
fn numbered(days: &[Day], first: Date, last: Date) -> Vec<Date> {
    let mut dates = Vec::new();
    for day in days {
        let index = day.weekday.index() as i64;
        let ahead = (7 + index - i64::from(first.weekday())) % 7;
        let behind = (7 + i64::from(last.weekday()) - index) % 7;
        let weeks = |nth: i8| (i64::from(nth.unsigned_abs()) - 1) * 7;
        let within = |date: &Date| (first..=last).contains(date);
        match day.nth {
            None => {
                let every = (0..53).filter_map(|week| first.plus_days(ahead + week * 7));
                dates.extend(every.take_while(within));
            }
            Some(nth @ 1..) => {
                dates.extend(first.plus_days(ahead + weeks(nth)).filter(within));
            }
            Some(nth) => dates.extend(last.plus_days(-behind - weeks(nth)).filter(within)),
        }
    }
    dates
}
