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
            Some(plan) => plan.far(date, count.abs(), count > 0),
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

    /// The date of the `count`th worked day after a date (before it, going back): near days are
    /// tried one after the other; farther, whole years are skipped by their number of worked days,
    /// and the year it lies in is searched by halves.
    fn far(&self, date: Date, mut count: i64, forward: bool) -> Option<Date> {
        /// Days tried one after the other.
        const NEAR: i64 = 40;
        let step = if forward { 1 } else { -1 };
        let mut from = date;
        for _ in 0..NEAR {
            from = from.plus_days(step)?;
            count -= i64::from(!self.spans(from).is_empty());
            if count == 0 {
                return Some(from);
            }
        }
        let week = self.week();
        from = from.plus_days(step)?;
        loop {
            let year = from.year();
            let end = if forward { Date::ymd(year, 12, 31)? } else { Date::ymd(year, 1, 1)? };
            let changes = self.changes(week, from.min(end), from.max(end));
            let worked = |to: Date| {
                let (first, last) = (from.min(to), from.max(to));
                week.count(first, last) + sum(&changes, first, last)
            };
            let all = worked(end);
            if all >= count {
                let span = i64::from(from.days().abs_diff(end.days()));
                let enough =
                    |days| from.plus_days(step * days).is_some_and(|date| worked(date) >= count);
                return from.plus_days(step * first(span, enough));
            }
            count -= all;
            from = end.plus_days(step)?;
        }
    }

    /// Worked days between two dates, both included: those of the weeks, and what exceptions
    /// take and add.
    fn count(&self, from: Date, to: Date) -> i64 {
        let week = self.week();
        week.count(from, to) + sum(&self.changes(week, from, to), from, to)
    }

    /// The days between two dates, both included, on which an exception takes (-1) or adds (1) a
    /// worked day, in order.
    fn changes(&self, week: Week, from: Date, to: Date) -> Vec<(Date, i64)> {
        let mut exceptions: Vec<Date> = Vec::new();
        for year in from.year()..=to.year() {
            let holidays = self.holidays.iter().flat_map(|holidays| holidays.dates(year));
            exceptions.extend(holidays.filter(|date| (from..=to).contains(date)));
        }
        let closed = self.closed.partition_point(|date| *date < from);
        exceptions.extend(self.closed[closed..].iter().take_while(|date| **date <= to));
        let open = self.open.partition_point(|(date, _)| *date < from);
        let open = self.open[open..].iter().map(|(date, _)| *date);
        exceptions.extend(open.take_while(|date| *date <= to));
        exceptions.sort_unstable();
        exceptions.dedup();
        let change = |date: Date| {
            let open = self.open.binary_search_by_key(&date, |(day, _)| *day).is_ok();
            (date, i64::from(open) - i64::from(week.0[usize::from(date.weekday())]))
        };
        exceptions.into_iter().map(change).collect()
    }
}

/// What changes between two dates, both included, come to.
fn sum(changes: &[(Date, i64)], from: Date, to: Date) -> i64 {
    let within = |(date, _): &&(Date, i64)| (from..=to).contains(date);
    changes.iter().filter(within).map(|(_, change)| change).sum()
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
