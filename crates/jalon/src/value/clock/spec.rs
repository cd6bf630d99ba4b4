//! The intervals that date words, windows and shifted dates stand for.

use crate::lexicon::{Period, Relative, Unit};
use crate::value::calendar::Calendar;
use crate::value::clock::{Clock, Interval, NoClock, TimeSpec, Window, Zone};
use crate::value::time::{Date, Instant, LocalDateTime, Moment, SECOND};

impl TimeSpec {
    /// Whether it depends on the present.
    pub fn reads_now(&self) -> bool {
        match self {
            TimeSpec::Day(_) | TimeSpec::Local(_) | TimeSpec::Instant(_) => false,
            TimeSpec::Now | TimeSpec::Relative(_) | TimeSpec::Window(..) => true,
            TimeSpec::Shift { base, .. } => base.reads_now(),
        }
    }

    /// The days it stands for, for a date field. An instant stands for its civil date.
    pub fn date_interval(&self, clock: &Clock) -> Result<Interval, NoClock> {
        match *self {
            TimeSpec::Window(window, count, unit) if !is_exact(unit) => {
                let today = clock.today().ok_or(NoClock)?;
                Ok(day_window(window, today, count, unit, &clock.calendar))
            }
            _ => match self.extent(clock)? {
                Extent::Days(first, last) => Ok(days(first, last)),
                Extent::Instants(interval) => {
                    let day = |micros| i64::from(clock.zone.date_at(micros).days());
                    Ok(Interval {
                        from: interval.from.map(|from| day(Instant::from_micros(from))),
                        to: interval.to.map(|to| day(Instant::from_micros(to - 1)) + 1),
                    })
                }
            },
        }
    }

    /// The microseconds it stands for, for a date-time field. A civil date stands for its whole
    /// local day, one instant `t` for `[t, t + 1)`.
    pub fn instant_interval(&self, clock: &Clock) -> Result<Interval, NoClock> {
        Ok(match self.extent(clock)? {
            Extent::Days(first, last) => Interval {
                from: Some(clock.zone.start_of(first).micros()),
                to: Some(start_after(last, clock.zone)),
            },
            Extent::Instants(interval) => interval,
        })
    }

    /// The earliest instant after now at which a fixed value, of a date field or of a date-time
    /// field, stands differently to the interval: enters it, leaves it, passes one of its ends.
    /// `None` when it never does.
    pub fn next_change(&self, value: Moment, clock: &Clock) -> Option<Instant> {
        let now = clock.now?;
        if !self.reads_now() {
            return None;
        }
        let place = |micros: i64| -> Option<(bool, bool)> {
            let clock = Clock { now: Some(Instant::from_micros(micros)), ..clock.clone() };
            let (interval, value) = match value {
                Moment::Date(date) => (self.date_interval(&clock), i64::from(date.days())),
                other => (self.instant_interval(&clock), clock.zone.instant_of(other).micros()),
            };
            let interval = interval.ok()?;
            Some((interval.starts_after(value), interval.ends_by(value)))
        };
        // Both ends move forward only, with the clock: the place of a value changes at most
        // twice, and a search by halves finds the first change of either end.
        let present = place(now.micros())?;
        let first = |differs: &dyn Fn((bool, bool)) -> bool| -> Option<i64> {
            let (mut before, mut after) = (now.micros(), Instant::MAX.micros());
            if !differs(place(after)?) {
                return None;
            }
            while after - before > 1 {
                let middle = before + (after - before) / 2;
                if differs(place(middle)?) {
                    after = middle;
                } else {
                    before = middle;
                }
            }
            Some(after)
        };
        let start = first(&|(starts_after, _)| starts_after != present.0);
        let end = first(&|(_, ends_by)| ends_by != present.1);
        start.into_iter().chain(end).min().map(Instant::from_micros)
    }

    fn extent(&self, clock: &Clock) -> Result<Extent, NoClock> {
        let now = clock.now.ok_or(NoClock);
        Ok(match *self {
            TimeSpec::Day(date) => Extent::Days(date, date),
            TimeSpec::Local(local) => Extent::instant(clock.zone.instant(local)),
            TimeSpec::Instant(instant) => Extent::instant(instant),
            TimeSpec::Now => Extent::instant(now?),
            TimeSpec::Relative(relative) => {
                let (first, last) = span(relative, clock.zone.date_at(now?), &clock.calendar);
                Extent::Days(first, last)
            }
            TimeSpec::Window(window, count, unit) => {
                Extent::Instants(instant_window(window, now?, count, unit, clock))
            }
            TimeSpec::Shift { ref base, forward, count, unit } => {
                let count = if forward { i64::from(count) } else { -i64::from(count) };
                base.extent(clock)?.shift(count, unit, clock)
            }
        })
    }
}

/// What a spec stands for: civil days, both included, or an interval of instants.
enum Extent {
    Days(Date, Date),
    Instants(Interval),
}

impl Extent {
    fn instant(instant: Instant) -> Extent {
        Extent::Instants(Interval::new(instant.micros(), instant.micros() + 1))
    }

    /// Moved in time: by whole days if it is made of days, otherwise at the same local time of
    /// day; by an exact span if the unit is one.
    fn shift(self, count: i64, unit: Unit, clock: &Clock) -> Extent {
        let moved = |instant| shift_instant(instant, count, unit, clock).micros();
        match self {
            Extent::Days(first, last) if is_exact(unit) => Extent::Instants(Interval::new(
                moved(clock.zone.start_of(first)),
                moved(Instant::from_micros(start_after(last, clock.zone) - 1)) + 1,
            )),
            Extent::Days(first, last) => Extent::Days(
                shift_date(first, count, unit, &clock.calendar),
                shift_date(last, count, unit, &clock.calendar),
            ),
            Extent::Instants(Interval { from, to }) => Extent::Instants(Interval {
                from: from.map(|from| moved(Instant::from_micros(from))),
                to: to.map(|to| moved(Instant::from_micros(to - 1)) + 1),
            }),
        }
    }
}

impl Clock {
    /// A date so many units later (earlier if negative), clamped to the years 1 to 9999. Hours
    /// and minutes count from its first instant.
    pub fn shift_date(&self, date: Date, count: i64, unit: Unit) -> Date {
        if is_exact(unit) {
            let start = self.zone.start_of(date);
            return self.zone.date_at(shift_instant(start, count, unit, self));
        }
        shift_date(date, count, unit, &self.calendar)
    }

    /// An instant so many units later (earlier if negative), clamped to the years 1 to 9999.
    /// Days and longer units keep the local time of day.
    pub fn shift_instant(&self, instant: Instant, count: i64, unit: Unit) -> Instant {
        shift_instant(instant, count, unit, self)
    }
}

/// Whether a unit is an exact span, not a number of civil days.
fn is_exact(unit: Unit) -> bool {
    matches!(unit, Unit::Minute | Unit::Hour | Unit::BusinessHour)
}

/// The microseconds of minutes or hours.
fn exact(unit: Unit) -> i64 {
    if unit == Unit::Minute { 60 * SECOND } else { 3600 * SECOND }
}

fn shift_date(date: Date, count: i64, unit: Unit, calendar: &Calendar) -> Date {
    let shifted = match unit {
        Unit::Week => count.checked_mul(7).and_then(|days| date.plus_days(days)),
        Unit::Month => date.plus_months(count),
        Unit::Year => count.checked_mul(12).and_then(|months| date.plus_months(months)),
        Unit::BusinessDay => calendar.plus_business_days(date, count),
        Unit::Day | Unit::Minute | Unit::Hour | Unit::BusinessHour => date.plus_days(count),
    };
    shifted.unwrap_or(if count < 0 { Date::MIN } else { Date::MAX })
}

fn shift_instant(instant: Instant, count: i64, unit: Unit, clock: &Clock) -> Instant {
    if unit == Unit::BusinessHour {
        // Opening hours are those of the calendar's place, wherever the host stands.
        let zone = clock.calendar.zone().unwrap_or(clock.zone);
        let minutes = count.saturating_mul(60);
        let shifted = clock.calendar.plus_business_minutes(instant, minutes, zone);
        return shifted.unwrap_or(if count < 0 { Instant::MIN } else { Instant::MAX });
    }
    if is_exact(unit) {
        let span = count.saturating_mul(exact(unit));
        return Instant::from_micros(instant.micros().saturating_add(span));
    }
    let local = clock.zone.local(instant);
    let date = shift_date(local.date(), count, unit, &clock.calendar);
    clock.zone.instant(LocalDateTime::new(date, local.time()))
}

/// `[first, last + 1)` in days.
fn days(first: Date, last: Date) -> Interval {
    Interval::new(i64::from(first.days()), i64::from(last.days()) + 1)
}

/// The first microsecond after a local day.
fn start_after(date: Date, zone: Zone) -> i64 {
    date.plus_days(1).map_or(Instant::MAX.micros() + 1, |next| zone.start_of(next).micros())
}

/// A window on civil days.
fn day_window(
    window: Window,
    today: Date,
    count: u32,
    unit: Unit,
    calendar: &Calendar,
) -> Interval {
    let shifted =
        |sign: i64| i64::from(shift_date(today, sign * i64::from(count), unit, calendar).days());
    let today = i64::from(today.days());
    match window {
        Window::InLast => Interval::new(shifted(-1), today + 1),
        Window::InNext => Interval::new(today, shifted(1) + 1),
        Window::MoreThanAgo => Interval { from: None, to: Some(shifted(-1)) },
        Window::InMoreThan => Interval { from: Some(shifted(1) + 1), to: None },
    }
}

/// A window on instants: from or to local midnights for units of days, exact otherwise, and
/// closed at now.
fn instant_window(window: Window, now: Instant, count: u32, unit: Unit, clock: &Clock) -> Interval {
    let at = now.micros();
    let count = i64::from(count);
    let (start, end) = if is_exact(unit) {
        let shifted = |count| shift_instant(now, count, unit, clock).micros();
        (shifted(-count), shifted(count) + 1)
    } else {
        let today = clock.zone.date_at(now);
        let shifted = |count| shift_date(today, count, unit, &clock.calendar);
        (clock.zone.start_of(shifted(-count)).micros(), start_after(shifted(count), clock.zone))
    };
    match window {
        Window::InLast => Interval::new(start, at + 1),
        Window::InNext => Interval::new(at, end),
        Window::MoreThanAgo => Interval { from: None, to: Some(start) },
        Window::InMoreThan => Interval { from: Some(end), to: None },
    }
}

/// The first and the last day of a span of the calendar.
fn span(relative: Relative, today: Date, calendar: &Calendar) -> (Date, Date) {
    let offset = i64::from(relative.offset);
    let months = |first: Date, length: i64| {
        let start = shift_date(first, offset * length, Unit::Month, calendar);
        let next = start.plus_months(length).and_then(|next| next.plus_days(-1));
        (start, next.unwrap_or(Date::MAX))
    };
    let back = |months: i64| {
        let first = today.plus_days(1 - i64::from(today.day())).unwrap_or(today);
        shift_date(first, -months, Unit::Month, calendar)
    };
    let month = i64::from(today.month()) - 1;
    match relative.period {
        Period::Day => {
            let day = shift_date(today, offset, Unit::Day, calendar);
            (day, day)
        }
        Period::Week => {
            let since = (7 + i64::from(today.weekday()) - calendar.week_start().index() as i64) % 7;
            let first = shift_date(today, offset * 7 - since, Unit::Day, calendar);
            (first, shift_date(first, 6, Unit::Day, calendar))
        }
        Period::Month => months(back(0), 1),
        Period::Quarter => months(back(month % 3), 3),
        Period::Year => months(back(month), 12),
        Period::FiscalYear => {
            let first = i64::from(calendar.fiscal_month().number()) - 1;
            months(back((12 + month - first) % 12), 12)
        }
    }
}
