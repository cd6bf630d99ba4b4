//! The parts of a recurrence, and which of them go together.

use serde::{Deserialize, Serialize};

use crate::lexicon::{Month, Weekday};
use crate::recurrence::{Problem, Recurrence};
use crate::value::time::{Moment, TimeOfDay};

/// How often something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Every so many minutes, of elapsed time.
    Minutely,
    /// Every so many hours, of elapsed time.
    Hourly,
    /// Every so many days.
    Daily,
    /// In every so many weeks.
    Weekly,
    /// In every so many months.
    Monthly,
    /// In every so many years.
    Yearly,
}

/// A day of the week: each of them, or one by its number in the month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    /// Which one.
    pub weekday: Weekday,
    /// The 2nd, the last (-1), the one before it (-2); every one if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<i8>,
}

/// When a recurrence stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// It does not.
    #[default]
    Never,
    /// After so many occurrences.
    Count(u32),
    /// After a date, that day included, or after a time.
    Until(Moment),
}

/// The parts of a recurrence. Empty lists ask for nothing: what they leave open is as at the
/// start.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// How often.
    pub frequency: Frequency,
    /// Every so many of them, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub interval: u32,
    /// Only in these months.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<Month>,
    /// On these days of the month: 1 to 31, or from its end, -1 to -31.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub month_days: Vec<i8>,
    /// On these days of the week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<Day>,
    /// Not on these days of the week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Weekday>,
    /// At these times of day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<TimeOfDay>,
    /// When it stops.
    #[serde(default, skip_serializing_if = "is_endless")]
    pub end: End,
    /// Where weeks begin; it matters where not every week counts.
    #[serde(default = "monday", skip_serializing_if = "is_monday")]
    pub week_start: Weekday,
}

const fn one() -> u32 {
    1
}

const fn monday() -> Weekday {
    Weekday::Monday
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_one(interval: &u32) -> bool {
    *interval == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_monday(day: &Weekday) -> bool {
    *day == Weekday::Monday
}

fn is_endless(end: &End) -> bool {
    *end == End::Never
}

impl Day {
    /// Each of a day of the week.
    pub const fn every(weekday: Weekday) -> Day {
        Day { weekday, nth: None }
    }

    /// One by its number.
    pub const fn nth(nth: i8, weekday: Weekday) -> Day {
        Day { weekday, nth: Some(nth) }
    }
}

impl Pattern {
    /// Every so many minutes, days or weeks, and nothing else asked.
    pub const fn every(interval: u32, frequency: Frequency) -> Pattern {
        Pattern {
            frequency,
            interval,
            months: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
            except: Vec::new(),
            times: Vec::new(),
            end: End::Never,
            week_start: Weekday::Monday,
        }
    }

    /// The same in its one form, if its parts go together.
    pub(super) fn checked(mut self) -> Result<Pattern, Problem> {
        /// Times of a day.
        const MOST_TIMES: usize = 1_440;
        if !(1..=1_000_000).contains(&self.interval) {
            return Err(Problem::Interval);
        }
        if matches!(self.end, End::Count(count) if !(1..=Recurrence::MOST).contains(&count)) {
            return Err(Problem::Count);
        }
        sort(&mut self.months);
        sort(&mut self.times);
        sort(&mut self.except);
        sort(&mut self.weekdays);
        sort(&mut self.month_days);
        // 1, 15, then the 3rd last, the last.
        self.month_days.sort_by_key(|day| *day < 0);
        if self.times.len() > MOST_TIMES {
            return Err(Problem::TooManyTimes);
        }
        if self.frequency < Frequency::Daily && !self.times.is_empty() {
            return Err(Problem::TimesOfSmallUnit);
        }
        self.check_month_days()?;
        self.check_weekdays()?;
        self.settle_weekdays()?;
        let matters =
            self.frequency == Frequency::Weekly && self.interval > 1 && !self.weekdays.is_empty();
        if !matters {
            self.week_start = Weekday::Monday;
        }
        Ok(self)
    }

    fn check_month_days(&self) -> Result<(), Problem> {
        if let Some(day) = self.month_days.iter().find(|day| !is_month_day(**day)) {
            return Err(Problem::DayOfMonth(i64::from(*day)));
        }
        if self.month_days.is_empty() {
            return Ok(());
        }
        match self.frequency {
            Frequency::Weekly => return Err(Problem::DaysOfMonthInWeeks),
            // Of every month, say some; of the start's, say others.
            Frequency::Yearly if self.months.is_empty() => return Err(Problem::WhichMonth),
            _ => {}
        }
        let exists =
            |month: &Month| self.month_days.iter().any(|day| day.unsigned_abs() <= longest(*month));
        if self.months.is_empty() || self.months.iter().any(exists) {
            Ok(())
        } else {
            Err(Problem::Never)
        }
    }

    fn check_weekdays(&self) -> Result<(), Problem> {
        if !self.weekdays.is_empty() && !self.month_days.is_empty() {
            return Err(Problem::DaysAndWeekdays);
        }
        let ordinals = || self.weekdays.iter().filter_map(|day| day.nth);
        if self.frequency < Frequency::Monthly && ordinals().next().is_some() {
            return Err(Problem::OrdinalOutsideMonth);
        }
        let whole_year = self.frequency == Frequency::Yearly && self.months.is_empty();
        let most: u8 = if whole_year { 53 } else { 5 };
        match ordinals().find(|nth| *nth == 0 || nth.unsigned_abs() > most) {
            Some(nth) => Err(Problem::Ordinal(i64::from(nth), most)),
            None => Ok(()),
        }
    }

    /// Says which weekdays count in one way: what picks days of a week, month or year is listed,
    /// what only strikes days out is excepted.
    fn settle_weekdays(&mut self) -> Result<(), Problem> {
        if self.except.len() == 7 {
            return Err(Problem::Never);
        }
        let picks = self.frequency >= Frequency::Weekly && self.month_days.is_empty();
        if picks {
            let asked = !self.weekdays.is_empty();
            if !asked && !self.except.is_empty() {
                return Err(Problem::ExceptWithoutDays);
            }
            let except = std::mem::take(&mut self.except);
            self.weekdays.retain(|day| !except.contains(&day.weekday));
            if asked && self.weekdays.is_empty() {
                return Err(Problem::Never);
            }
            // Every Friday includes the last.
            let every: Vec<Weekday> = self
                .weekdays
                .iter()
                .filter(|day| day.nth.is_none())
                .map(|day| day.weekday)
                .collect();
            self.weekdays.retain(|day| day.nth.is_none() || !every.contains(&day.weekday));
        } else if !self.weekdays.is_empty() {
            let listed = std::mem::take(&mut self.weekdays);
            let is_listed = |day: &Weekday| listed.iter().any(|listed| listed.weekday == *day);
            self.except.extend(Weekday::ALL.into_iter().filter(|day| !is_listed(day)));
            sort(&mut self.except);
            if self.except.len() == 7 {
                return Err(Problem::Never);
            }
        }
        Ok(())
    }
}

/// Whether a number is that of a day of a month.
pub(super) fn is_month_day(day: i8) -> bool {
    day != 0 && day.unsigned_abs() <= 31
}

/// The days of a month, in a leap year.
fn longest(month: Month) -> u8 {
    match month {
        Month::February => 29,
        Month::April | Month::June | Month::September | Month::November => 30,
        _ => 31,
    }
}

fn sort<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}
