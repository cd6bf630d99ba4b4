//! Filling a calendar.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::lang::Lang;
use crate::lexicon::{Month, Weekday};
use crate::value::calendar::{Calendar, Holidays, OpenSpan, Plan};
use crate::value::clock::Zone;
use crate::value::time::Date;

/// A calendar that is being filled; [`Calendar::builder`] begins one.
#[derive(Clone, Debug, Default)]
pub struct CalendarBuilder {
    week_start: Option<Weekday>,
    fiscal_month: Option<Month>,
    zone: Option<Zone>,
    /// `None` until hours are given.
    hours: Option<[Vec<OpenSpan>; 7]>,
    holidays: Vec<Holidays>,
    closed: BTreeSet<Date>,
    open: BTreeMap<Date, Vec<OpenSpan>>,
}

/// A calendar is never open: no day of the week, no exceptional day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NeverOpen;

impl CalendarBuilder {
    /// Opens a day of the week during spans, besides those it already has. With the first call
    /// the days that are not named are closed.
    #[must_use]
    pub fn hours(mut self, day: Weekday, spans: impl IntoIterator<Item = OpenSpan>) -> Self {
        self.hours.get_or_insert_default()[day.index()].extend(spans);
        self
    }

    /// Closes on public holidays.
    #[must_use]
    pub fn holidays(mut self, holidays: Holidays) -> Self {
        if !self.holidays.contains(&holidays) {
            self.holidays.push(holidays);
        }
        self
    }

    /// Closes on one more day.
    #[must_use]
    pub fn closed(mut self, date: Date) -> Self {
        self.closed.insert(date);
        self
    }

    /// Opens on one more day, whatever else would close it. Without spans: as on any such day of
    /// the week, or, if that is closed, as on the first day of the week that is not.
    #[must_use]
    pub fn open(mut self, date: Date, spans: impl IntoIterator<Item = OpenSpan>) -> Self {
        self.open.entry(date).or_default().extend(spans);
        self
    }

    /// Begins weeks on a day.
    #[must_use]
    pub fn week_start(mut self, day: Weekday) -> Self {
        self.week_start = Some(day);
        self
    }

    /// Begins fiscal years with a month.
    #[must_use]
    pub fn fiscal_month(mut self, month: Month) -> Self {
        self.fiscal_month = Some(month);
        self
    }

    /// Says in which zone the opening hours are.
    #[must_use]
    pub fn zone(mut self, zone: Zone) -> Self {
        self.zone = Some(zone);
        self
    }

    /// The calendar, unless it is never open.
    pub fn build(self) -> Result<Calendar, NeverOpen> {
        let usual = Plan::default();
        let mut hours = self.hours.unwrap_or(usual.hours);
        hours.iter_mut().for_each(join);
        let first = hours.iter().find(|spans| !spans.is_empty()).cloned();
        if first.is_none() && self.open.is_empty() {
            return Err(NeverOpen);
        }
        let first = first.unwrap_or_else(|| vec![OpenSpan::WHOLE_DAY]);
        let open = self.open.into_iter().map(|(date, mut spans)| {
            if spans.is_empty() {
                let same = &hours[usize::from(date.weekday())];
                spans.clone_from(if same.is_empty() { &first } else { same });
            }
            join(&mut spans);
            (date, spans)
        });
        let plan = Plan {
            open: open.collect(),
            week_start: self.week_start.unwrap_or(usual.week_start),
            fiscal_month: self.fiscal_month.unwrap_or(usual.fiscal_month),
            zone: self.zone,
            hours,
            holidays: self.holidays,
            closed: self.closed.into_iter().collect(),
        };
        Ok(Calendar((plan != Plan::default()).then(|| Arc::new(plan))))
    }
}

/// Puts spans in order, and makes one of those that touch or overlap.
fn join(spans: &mut Vec<OpenSpan>) {
    spans.sort_unstable();
    spans.dedup_by(|later, earlier| earlier.absorb(*later));
}

impl NeverOpen {
    /// The message in a language.
    pub fn message(self, lang: Lang) -> &'static str {
        lang.pick(
            "ce calendrier n'ouvre jamais ; donnez les heures d'un jour au moins, par exemple lundi à vendredi 09:00-19:00",
            "this calendar is never open; give the hours of at least one day, for example Monday to Friday 09:00-19:00",
        )
    }
}

impl fmt::Display for NeverOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::En))
    }
}

impl std::error::Error for NeverOpen {}
