//! RFC 5545 rules: `FREQ=WEEKLY;BYDAY=MO;COUNT=5`.

use std::fmt::Write;
use std::ops::Range;

use crate::lexicon::{Month, Weekday};
use crate::recurrence::pattern::is_month_day;
use crate::recurrence::{Day, End, Frequency, Pattern, Problem, Recurrence, RecurrenceError};
use crate::value::time::{Date, Instant, LocalDateTime, Moment, SECOND, TimeOfDay};

const FREQUENCIES: &[(&str, Frequency)] = &[
    ("MINUTELY", Frequency::Minutely),
    ("HOURLY", Frequency::Hourly),
    ("DAILY", Frequency::Daily),
    ("WEEKLY", Frequency::Weekly),
    ("MONTHLY", Frequency::Monthly),
    ("YEARLY", Frequency::Yearly),
];

/// Monday to Sunday.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// What a rule may say and no sentence can.
const UNSAYABLE: &[&str] = &["BYSETPOS", "BYWEEKNO", "BYYEARDAY", "BYEASTER", "RSCALE", "SKIP"];

impl Recurrence {
    /// Reads an RFC 5545 rule, with or without `RRULE:`. What a sentence cannot say is refused.
    ///
    /// Hours without minutes, and the reverse, are completed by the start; without one, see
    /// [`Recurrence::from_rrule_starting`].
    pub fn from_rrule(text: &str) -> Result<Recurrence, RecurrenceError> {
        read(text, None)
    }

    /// Reads an RFC 5545 rule whose `DTSTART` is known.
    pub fn from_rrule_starting(
        text: &str,
        start: LocalDateTime,
    ) -> Result<Recurrence, RecurrenceError> {
        read(text, Some(start.time()))
    }

    /// Writes an RFC 5545 rule. Not every recurrence is one: the hours of a rule are combined
    /// with its minutes, so that 9:00 and 14:30 are two rules.
    pub fn to_rrule(&self) -> Result<String, Problem> {
        let pattern = self.pattern();
        let name = FREQUENCIES.iter().find(|(_, frequency)| *frequency == pattern.frequency);
        let mut rule = format!("FREQ={}", name.map_or("", |(name, _)| name));
        let mut part = |name: &str, values: Vec<String>| {
            if !values.is_empty() {
                let _ = write!(rule, ";{name}={}", values.join(","));
            }
        };
        if pattern.interval != 1 {
            part("INTERVAL", vec![pattern.interval.to_string()]);
        }
        part("BYMONTH", pattern.months.iter().map(|month| month.number().to_string()).collect());
        part("BYMONTHDAY", pattern.month_days.iter().map(ToString::to_string).collect());
        part("BYDAY", days(pattern));
        for (name, values) in product(&pattern.times)? {
            part(name, values.iter().map(ToString::to_string).collect());
        }
        match pattern.end {
            End::Never => {}
            End::Count(count) => part("COUNT", vec![count.to_string()]),
            End::Until(until) => part("UNTIL", vec![stamp(until)?]),
        }
        if pattern.week_start != Weekday::Monday {
            part("WKST", vec![DAYS[pattern.week_start.index()].to_owned()]);
        }
        Ok(rule)
    }
}

/// The values of `BYDAY`.
fn days(pattern: &Pattern) -> Vec<String> {
    if pattern.except.is_empty() {
        let name = |day: &Day| match day.nth {
            Some(nth) => format!("{nth}{}", DAYS[day.weekday.index()]),
            None => DAYS[day.weekday.index()].to_owned(),
        };
        return pattern.weekdays.iter().map(name).collect();
    }
    let kept = Weekday::ALL.into_iter().filter(|day| !pattern.except.contains(day));
    kept.map(|day| DAYS[day.index()].to_owned()).collect()
}

/// Times as all combinations of hours, minutes and seconds, if they are that.
fn product(times: &[TimeOfDay]) -> Result<Vec<(&'static str, Vec<i64>)>, Problem> {
    if times.is_empty() {
        return Ok(Vec::new());
    }
    if times.iter().any(|time| time.micros() % SECOND != 0) {
        return Err(Problem::FinerThanSeconds);
    }
    let parts = |part: fn(i64) -> i64| {
        let mut values: Vec<i64> = times.iter().map(|time| part(time.micros() / SECOND)).collect();
        values.sort_unstable();
        values.dedup();
        values
    };
    let hours = parts(|second| second / 3600);
    let minutes = parts(|second| second / 60 % 60);
    let seconds = parts(|second| second % 60);
    // Every time is one of the combinations, so that as many are all of them.
    if hours.len() * minutes.len() * seconds.len() != times.len() {
        return Err(Problem::TimesOfSeveralRules);
    }
    let mut product = vec![("BYHOUR", hours), ("BYMINUTE", minutes)];
    if seconds != [0] {
        product.push(("BYSECOND", seconds));
    }
    Ok(product)
}

/// `20301231`, `20301231T140000`, `20301231T140000Z`.
fn stamp(moment: Moment) -> Result<String, Problem> {
    let date_stamp = |date: Date| format!("{:04}{:02}{:02}", date.year(), date.month(), date.day());
    let (local, zone) = match moment {
        Moment::Date(date) => return Ok(date_stamp(date)),
        Moment::Local(local) => (local, ""),
        Moment::Instant(instant) => (LocalDateTime::from_micros(instant.micros()), "Z"),
    };
    let micros = local.time().micros();
    if micros % SECOND != 0 {
        return Err(Problem::FinerThanSeconds);
    }
    let second = micros / SECOND;
    let (hour, minute) = (second / 3600, second / 60 % 60);
    Ok(format!("{}T{hour:02}{minute:02}{:02}{zone}", date_stamp(local.date()), second % 60))
}

/// What the parts of a rule give, before it is known how they go together.
#[derive(Default)]
struct Rule {
    frequency: Option<Frequency>,
    interval: Option<u32>,
    end: Option<End>,
    months: Vec<Month>,
    month_days: Vec<i8>,
    days: Vec<Day>,
    hours: Vec<u32>,
    minutes: Vec<u32>,
    seconds: Vec<u32>,
    week_start: Option<Weekday>,
    position: Option<(i8, Range<usize>)>,
    /// Where hours, minutes or seconds were first asked for.
    times_at: Option<Range<usize>>,
}

fn read(text: &str, start: Option<TimeOfDay>) -> Result<Recurrence, RecurrenceError> {
    let mut rule = Rule::default();
    let mut seen: Vec<String> = Vec::new();
    let mut from = text.len() - text.trim_start().len();
    let body = text.trim();
    let whole = from..from + body.len();
    let prefix = body.get(..6).filter(|prefix| prefix.eq_ignore_ascii_case("RRULE:"));
    let body = &body[prefix.map_or(0, str::len)..];
    from += prefix.map_or(0, str::len);
    for part in body.split(';') {
        let at = from..from + part.len();
        from = at.end + 1;
        if part.trim().is_empty() {
            continue;
        }
        let Some((name, value)) = part.split_once('=') else {
            return Err(RecurrenceError::new(at, Problem::RulePart(part.trim().to_owned())));
        };
        let name = name.trim().to_ascii_uppercase();
        if seen.contains(&name) {
            return Err(RecurrenceError::new(at, Problem::Twice(name)));
        }
        rule.part(&name, value.trim(), &at)?;
        seen.push(name);
    }
    let pattern = rule.pattern(start, &whole)?;
    Recurrence::new(pattern).map_err(|problem| RecurrenceError::new(whole, problem))
}

impl Rule {
    fn part(&mut self, name: &str, value: &str, at: &Range<usize>) -> Result<(), RecurrenceError> {
        let bad = || {
            let problem = Problem::RuleValue { part: name.to_owned(), value: value.to_owned() };
            RecurrenceError::new(at.clone(), problem)
        };
        match name {
            "FREQ" => {
                if value.eq_ignore_ascii_case("SECONDLY") {
                    let problem = Problem::Unsayable("FREQ=SECONDLY".to_owned());
                    return Err(RecurrenceError::new(at.clone(), problem));
                }
                let found = FREQUENCIES.iter().find(|(name, _)| value.eq_ignore_ascii_case(name));
                self.frequency = Some(found.ok_or_else(bad)?.1);
            }
            "INTERVAL" => self.interval = Some(value.parse().map_err(|_| bad())?),
            "COUNT" | "UNTIL" if self.end.is_some() => {
                return Err(RecurrenceError::new(at.clone(), Problem::CountAndUntil));
            }
            "COUNT" => self.end = Some(End::Count(value.parse().map_err(|_| bad())?)),
            "UNTIL" => self.end = Some(End::Until(moment(value).ok_or_else(bad)?)),
            "BYMONTH" => {
                self.months = list(value, |v| Month::of(v.parse().ok()?)).ok_or_else(bad)?;
            }
            "BYMONTHDAY" => {
                let day = |v: &str| v.parse().ok().filter(|day| is_month_day(*day));
                self.month_days = list(value, day).ok_or_else(bad)?;
            }
            "BYDAY" => self.days = list(value, day).ok_or_else(bad)?,
            "WKST" => self.week_start = Some(weekday(value).ok_or_else(bad)?),
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => {
                let most = if name == "BYHOUR" { 24 } else { 60 };
                let number = |v: &str| v.parse().ok().filter(|number| *number < most);
                let values = list(value, number).ok_or_else(bad)?;
                self.times_at.get_or_insert(at.clone());
                match name {
                    "BYHOUR" => self.hours = values,
                    "BYMINUTE" => self.minutes = values,
                    _ => self.seconds = values,
                }
            }
            "BYSETPOS" if value.parse::<i8>().is_ok_and(|nth| nth != 0) => {
                self.position = Some((value.parse().map_err(|_| bad())?, at.clone()));
            }
            name if UNSAYABLE.contains(&name) => {
                let problem = Problem::Unsayable(format!("{name}={value}"));
                return Err(RecurrenceError::new(at.clone(), problem));
            }
            _ => {
                let problem = Problem::RulePart(name.to_owned());
                return Err(RecurrenceError::new(at.clone(), problem));
            }
        }
        Ok(())
    }

    fn pattern(
        mut self,
        start: Option<TimeOfDay>,
        whole: &Range<usize>,
    ) -> Result<Pattern, RecurrenceError> {
        let error = |problem| Err(RecurrenceError::new(whole.clone(), problem));
        let Some(frequency) = self.frequency else { return error(Problem::NoFrequency) };
        self.number_by_position(frequency)?;
        let times = self.times(frequency, start)?;
        let mut pattern = Pattern::every(self.interval.unwrap_or(1), frequency);
        if !self.month_days.is_empty() && !self.days.is_empty() {
            // Here days of the week do not add to those of the month, they strike out.
            if self.days.iter().any(|day| day.nth.is_some()) {
                return error(Problem::Unsayable("BYMONTHDAY, BYDAY".to_owned()));
            }
            let kept = |day: &Weekday| self.days.iter().any(|kept| kept.weekday == *day);
            pattern.except = Weekday::ALL.into_iter().filter(|day| !kept(day)).collect();
        } else {
            pattern.weekdays = self.days;
        }
        pattern.months = self.months;
        pattern.month_days = self.month_days;
        pattern.times = times;
        pattern.end = self.end.unwrap_or_default();
        pattern.week_start = self.week_start.unwrap_or(Weekday::Monday);
        Ok(pattern)
    }

    /// `BYDAY=TU;BYSETPOS=2` of a month is `BYDAY=2TU`; other positions cannot be said.
    fn number_by_position(&mut self, frequency: Frequency) -> Result<(), RecurrenceError> {
        let Some((nth, at)) = self.position.take() else { return Ok(()) };
        let of_month = frequency == Frequency::Monthly
            || (frequency == Frequency::Yearly && self.months.len() == 1);
        let one_time = [&self.hours, &self.minutes, &self.seconds].iter().all(|l| l.len() <= 1);
        match self.days.as_mut_slice() {
            [day] if day.nth.is_none() && of_month && one_time && self.month_days.is_empty() => {
                day.nth = Some(nth);
                Ok(())
            }
            _ => Err(RecurrenceError::new(at, Problem::Unsayable(format!("BYSETPOS={nth}")))),
        }
    }

    /// All combinations of hours, minutes and seconds; those that are not given as at the start.
    fn times(
        &self,
        frequency: Frequency,
        start: Option<TimeOfDay>,
    ) -> Result<Vec<TimeOfDay>, RecurrenceError> {
        let Some(at) = &self.times_at else { return Ok(Vec::new()) };
        let error = |problem| Err(RecurrenceError::new(at.clone(), problem));
        if frequency < Frequency::Daily {
            return error(Problem::Unsayable("BYHOUR, BYMINUTE, BYSECOND".to_owned()));
        }
        let start = start.map(|time| (time.micros() / SECOND) as u32);
        let own = |list: &[u32], of_start: fn(u32) -> u32| match start {
            _ if !list.is_empty() => list.to_vec(),
            Some(second) => vec![of_start(second)],
            None => Vec::new(),
        };
        let hours = own(&self.hours, |second| second / 3600);
        let minutes = own(&self.minutes, |second| second / 60 % 60);
        let mut seconds = own(&self.seconds, |second| second % 60);
        if seconds.is_empty() {
            seconds.push(0);
        }
        for (list, part) in [(&hours, "BYHOUR"), (&minutes, "BYMINUTE")] {
            if list.is_empty() {
                return error(Problem::NeedsStart(part));
            }
        }
        // A list longer than a day has seconds says some of them twice.
        if hours.len() * minutes.len() * seconds.len() > 100_000 {
            return error(Problem::TooManyTimes);
        }
        let mut times = Vec::new();
        for hour in hours {
            for minute in &minutes {
                times.extend(seconds.iter().filter_map(|s| TimeOfDay::hms(hour, *minute, *s)));
            }
        }
        Ok(times)
    }
}

/// A list that holds at least one value, all of them readable.
fn list<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(',').map(|value| read(value.trim())).collect()
}

fn weekday(text: &str) -> Option<Weekday> {
    let index = DAYS.iter().position(|day| day.eq_ignore_ascii_case(text))?;
    Weekday::ALL.get(index).copied()
}

/// `MO`, `2TU`, `-1FR`.
fn day(text: &str) -> Option<Day> {
    let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = if nth.is_empty() { None } else { Some(nth.parse().ok()?) };
    Some(Day { weekday: weekday(name)?, nth })
}

fn moment(text: &str) -> Option<Moment> {
    if !text.is_ascii() {
        return None;
    }
    let part = |text: &str, range: Range<usize>| -> Option<u32> {
        text.get(range).filter(|t| t.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
    };
    let year = i32::try_from(part(text, 0..4)?).ok()?;
    let date = Date::ymd(year, part(text, 4..6)?, part(text, 6..8)?)?;
    let rest = &text[8..];
    if rest.is_empty() {
        return Some(Moment::Date(date));
    }
    let time = rest.strip_prefix(['T', 't'])?;
    let of_day = TimeOfDay::hms(part(time, 0..2)?, part(time, 2..4)?, part(time, 4..6)?)?;
    let local = LocalDateTime::new(date, of_day);
    match &time[6..] {
        "" => Some(Moment::Local(local)),
        "Z" | "z" => Some(Moment::Instant(Instant::from_micros(local.micros()))),
        _ => None,
    }
}
