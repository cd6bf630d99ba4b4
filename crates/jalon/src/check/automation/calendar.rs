//! Calendars: zones, opening hours, holidays.

use rustc_hash::FxHashMap;

use crate::check::Checker;
use crate::check::modules::FIRST;
use crate::checked::names::fold;
use crate::checked::workflow::Calendar;
use crate::diagnostic::catalogue::{
    CALENDAR_TWICE, HOURS_OVERLAP, HOURS_REVERSED, NEVER_OPEN, NOT_A_DATE, NOT_HOURS, REPLACE_WITH,
    UNKNOWN_HOLIDAYS, UNKNOWN_ZONE,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::lexicon::Weekday;
use crate::source::Span;
use crate::syntax::ast::{self, CalendarLine, Days, Name, Opening};
use crate::value::calendar::{BadSpan, CalendarBuilder};
use crate::value::{self, Date, Holidays, OpenSpan, Zone, read};

/// A day that has hours.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Day {
    Week(Weekday),
    Date(Date),
}

/// A calendar that is being filled.
#[derive(Default)]
struct Filled {
    builder: CalendarBuilder,
    /// The hours of each day so far and where they stand; none is closed.
    hours: FxHashMap<Day, Vec<(Option<OpenSpan>, Span)>>,
}

impl Checker<'_> {
    /// Checks a calendar; `None` where it has an error, which is reported.
    pub(super) fn calendar(&mut self, span: Span, calendar: &ast::Calendar) -> Option<Calendar> {
        let before = self.found.list.len();
        let key = fold(&calendar.name.text);
        let first = *self.once.calendars.entry(key).or_insert(calendar.name.span);
        self.declared_once(&CALENDAR_TWICE, calendar.name.span, first);
        let mut filled = Filled { builder: value::Calendar::builder(), ..Filled::default() };
        if let Some(zone) = calendar.zone.as_ref().and_then(|zone| self.zone(zone)) {
            filled.builder = filled.builder.zone(zone);
        }
        for line in &calendar.lines {
            match line {
                CalendarLine::Open(opening) => self.opening(&mut filled, opening),
                CalendarLine::Holidays(names) => {
                    for name in names {
                        self.holidays(&mut filled, name);
                    }
                }
                CalendarLine::WeekStarts(day) => {
                    filled.builder = filled.builder.week_start(*day);
                }
                CalendarLine::FiscalYearStarts(month) => {
                    filled.builder = filled.builder.fiscal_month(*month);
                }
            }
        }
        if !self.no_errors_since(before) {
            return None;
        }
        let Ok(built) = filled.builder.build() else {
            let line = self.first_line(span);
            self.error(&NEVER_OPEN, line);
            return None;
        };
        let name = calendar.name.text.clone();
        Some(Calendar { name, span: calendar.name.span, calendar: built })
    }

    fn zone(&mut self, name: &Name) -> Option<Zone> {
        match Zone::parse(&name.text) {
            Ok(zone) => Some(zone),
            Err(unknown) => {
                let error = Diagnostic::new(&UNKNOWN_ZONE, name.span).arg("name", &name.text);
                let mut candidates = unknown.candidates.into_iter();
                let error = error.suggest(candidates.next().map(str::to_owned));
                let others = |error: Diagnostic, zone: &str| {
                    error.fix(Fix::replace(&REPLACE_WITH, name.span, zone))
                };
                self.report(candidates.fold(error, others));
                None
            }
        }
    }

    /// `fériés France, 2026-12-24`.
    fn holidays(&mut self, filled: &mut Filled, name: &Name) {
        let builder = std::mem::take(&mut filled.builder);
        filled.builder = if let Some(date) = read::date(&name.text) {
            if let Some(warning) = self.slash_warning(name) {
                self.report(warning);
            }
            builder.closed(date)
        } else {
            match Holidays::parse(&name.text) {
                Ok(holidays) => builder.holidays(holidays),
                Err(unknown) => {
                    let lang = self.written_in();
                    let known = Holidays::NAMES.iter().map(|(list, ..)| list.name(lang));
                    let known = crate::check::list(known);
                    let near = match unknown.candidates.as_slice() {
                        [only] => Some(super::spelled(only.name(lang), name.quoted)),
                        _ => None,
                    };
                    let error = Diagnostic::new(&UNKNOWN_HOLIDAYS, name.span);
                    let error = error.arg("name", &name.text).arg("known", known);
                    self.report(error.suggest(near));
                    builder
                }
            }
        };
    }

    /// `lundi à vendredi 09:00-19:00`, `2026-12-24 fermé`.
    fn opening(&mut self, filled: &mut Filled, opening: &Opening) {
        let days: Vec<Day> = match &opening.days {
            Days::Week(days) => days.iter().copied().map(Day::Week).collect(),
            Days::Date(name) => {
                let Some(date) = read::date(&name.text) else {
                    let error = Diagnostic::new(&NOT_A_DATE, name.span);
                    self.report(error.arg("value", &name.text).arg("name", "calendrier"));
                    return;
                };
                if let Some(warning) = self.slash_warning(name) {
                    self.report(warning);
                }
                vec![Day::Date(date)]
            }
        };
        let spans: Vec<(OpenSpan, Span)> = opening
            .hours
            .iter()
            .filter_map(|(from, to)| Some((self.hours(from, to)?, from.span.to(to.span))))
            .collect();
        for day in days {
            if opening.hours.is_empty() {
                self.add_hours(filled, day, None, opening.span);
            }
            for (span, place) in &spans {
                self.add_hours(filled, day, Some(*span), *place);
            }
        }
    }

    /// `09:00-19:00`.
    fn hours(&mut self, from: &Name, to: &Name) -> Option<OpenSpan> {
        let place = from.span.to(to.span);
        let text = format!("{}-{}", from.text, to.text);
        let code = match OpenSpan::parse(&text) {
            Ok(span) => return Some(span),
            Err(BadSpan::Spelling(_)) => &NOT_HOURS,
            Err(BadSpan::Order(_)) => &HOURS_REVERSED,
        };
        let error = Diagnostic::new(code, place).arg("from", &from.text).arg("to", &to.text);
        self.report(error);
        None
    }

    /// Opens (or closes) a day, unless that contradicts what was said of it.
    fn add_hours(&mut self, filled: &mut Filled, day: Day, span: Option<OpenSpan>, place: Span) {
        let hours = filled.hours.entry(day).or_default();
        let overlaps = |(other, _): &&(Option<OpenSpan>, Span)| match (*other, span) {
            (Some(a), Some(b)) => overlap(a, b),
            _ => true,
        };
        if let Some((_, first)) = hours.iter().find(overlaps) {
            let error = Diagnostic::new(&HOURS_OVERLAP, place).label(*first, FIRST);
            self.report(error);
            return;
        }
        hours.push((span, place));
        let builder = std::mem::take(&mut filled.builder);
        filled.builder = match (day, span) {
            (Day::Week(day), span) => builder.hours(day, span),
            (Day::Date(date), Some(span)) => builder.open(date, [span]),
            (Day::Date(date), None) => builder.closed(date),
        };
    }
}

/// Whether two spans share a moment; an end at midnight is that of the day.
fn overlap(a: OpenSpan, b: OpenSpan) -> bool {
    let before =
        |first: OpenSpan, second: OpenSpan| first.to().is_some_and(|to| to <= second.from());
    !before(a, b) && !before(b, a)
}
