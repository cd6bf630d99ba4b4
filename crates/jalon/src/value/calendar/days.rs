//! Worked days: which they are, and the one that lies so many of them away.

use crate::value::calendar::{Calendar, Plan};
use crate::value::time::Date;

/// More worked days than any calendar has.
const FARTHEST: i64 = 4_000_000;

/// Monday to Friday.
const USUAL_WEEK: Week = Week([true, true, true, true, true, false, false]);

/// Which days of the week are worked, from Monday.
#[derive(Clone, Copy)]
struct Week([bool; 7]);

impl Calendar {
    /// Whether a date is worked: open at any time of that day.
    pub fn is_business_day(&self, date: Date) -> bool {
        !self.open_spans(date).is_empty()
    }

    /// The date so many worked days later (earlier if negative). From a day that is not worked
    /// the first worked day counts as one. `None` if it would lie outside the years 1 to 9999, as
    /// with a calendar that only opened on days past.
    pub fn plus_business_days(&self, date: Date, count: i64) -> Option<Date> {
        if count == 0 {
            return Some(date);
        }
        let count = count.clamp(-FARTHEST, FARTHEST);
        match &self.0 {
            None => USUAL_WEEK.plus(date, count),
            Some(plan) if plan.is_regular() => plan.week().plus(date, count),
            Some(plan) if count > 0 => plan.later(date, count),
            Some(plan) => plan.earlier(date, -count),
        }
    }

    /// The worked days from a date, included, to another, not included; negative if the second
    /// is the earlier.
    pub fn business_days_between(&self, from: Date, to: Date) -> i64 {
        if to < from {
            return -self.business_days_between(to, from);
        }
        let Some(last) = to.plus_days(-1).filter(|last| *last >= from) else { return 0 };
        match &self.0 {
            None => USUAL_WEEK.count(from, last),
            Some(plan) => plan.count(from, last),
        }
    }
}

impl Week {
    fn each(self) -> i64 {
        self.before(7)
    }

    /// How many of the days before a weekday are worked.
    fn before(self, weekday: usize) -> i64 {
        self.0[..weekday].iter().filter(|worked| **worked).count() as i64
    }

    /// Worked days from the Monday of the first week, to a date, included.
    fn until(self, date: Date) -> i64 {
        let days = i64::from(date.days()) - i64::from(Date::MIN.days());
        // 1 January of year 1 was a Monday.
        days.div_euclid(7) * self.each() + self.before(usize::from(date.weekday()) + 1)
    }

    /// Worked days between two dates, both included.
    fn count(self, from: Date, to: Date) -> i64 {
        let first = i64::from(self.0[usize::from(from.weekday())]);
        self.until(to) - self.until(from) + first
    }

    /// The date so many worked days away, where every week is like any other.
    fn plus(self, date: Date, count: i64) -> Option<Date> {
        let weekday = usize::from(date.weekday());
        // Numbers of worked days, from this week's Monday.
        let number = match count {
            1.. => self.before(weekday + 1) + count - 1,
            _ => self.before(weekday) + count,
        };
        let (week, rank) = (number.div_euclid(self.each()), number.rem_euclid(self.each()));
        let day = (0..7).find(|day| self.0[*day] && self.before(*day) == rank)? as i64;
        date.plus_days(week * 7 + day - weekday as i64)
    }
}

impl Plan {
    fn week(&self) -> Week {
        Week(std::array::from_fn(|day| !self.hours[day].is_empty()))
    }

    /// The date of the `count`th worked day after a date: whole years are skipped by their
    /// number of worked days, and the year it lies in is searched by halves.
    fn later(&self, date: Date, mut count: i64) -> Option<Date> {
        let mut from = date.plus_days(1)?;
        loop {
            let end = Date::ymd(from.year(), 12, 31)?;
            let worked = self.count(from, end);
            if worked >= count {
                let span = i64::from(end.days() - from.days());
                let enough = |days: i64| {
                    from.plus_days(days).is_some_and(|date| self.count(from, date) >= count)
                };
                return from.plus_days(first(span, enough));
            }
            count -= worked;
            from = end.plus_days(1)?;
        }
    }

    /// The date of the `count`th worked day before a date.
    fn earlier(&self, date: Date, mut count: i64) -> Option<Date> {
        let mut from = date.plus_days(-1)?;
        loop {
            let start = Date::ymd(from.year(), 1, 1)?;
            let worked = self.count(start, from);
            if worked >= count {
                let span = i64::from(from.days() - start.days());
                let enough = |days: i64| {
                    from.plus_days(-days).is_some_and(|date| self.count(date, from) >= count)
                };
                return from.plus_days(-first(span, enough));
            }
            count -= worked;
            from = start.plus_days(-1)?;
        }
    }

    /// Worked days between two dates, both included: those of the weeks, and what exceptions
    /// take and add.
    fn count(&self, from: Date, to: Date) -> i64 {
        let week = self.week();
        let mut exceptions: Vec<Date> = Vec::new();
        let within = |date: &Date| (from..=to).contains(date);
        for year in from.year()..=to.year() {
            let holidays = self.holidays.iter().flat_map(|holidays| holidays.in_year(year));
            exceptions.extend(holidays.map(|holiday| holiday.date).filter(within));
        }
        let closed = self.closed.partition_point(|date| *date < from);
        exceptions.extend(self.closed[closed..].iter().take_while(|date| **date <= to));
        let open = self.open.partition_point(|(date, _)| *date < from);
        let open = self.open[open..].iter().map(|(date, _)| *date);
        exceptions.extend(open.take_while(|date| *date <= to));
        exceptions.sort_unstable();
        exceptions.dedup();
        let changed: i64 = exceptions
            .into_iter()
            .map(|date| {
                let worked = !self.spans(date).is_empty();
                i64::from(worked) - i64::from(week.0[usize::from(date.weekday())])
            })
            .sum();
        week.count(from, to) + changed
    }
}

/// The least number for which something holds that then holds for all greater ones; it holds for
/// the last.
fn first(last: i64, holds: impl Fn(i64) -> bool) -> i64 {
    let (mut low, mut high) = (0, last);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
