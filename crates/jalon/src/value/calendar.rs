//! Which days are worked and when, where weeks and fiscal years begin.

mod builder;
mod days;
mod holidays;
mod hours;

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::lexicon::{Month, Weekday};
use crate::value::clock::Zone;
use crate::value::time::Date;

pub use builder::{CalendarBuilder, NeverOpen};
pub use holidays::{Holiday, Holidays, UnknownHolidays};
pub use hours::{BadSpan, OpenSpan};

/// When people work: opening hours, public holidays, exceptional days; and where weeks and fiscal
/// years begin.
///
/// The default calendar is open the whole of Monday to Friday, has no holidays, begins its weeks
/// on Monday and its fiscal years in January; it allocates nothing. Any other is shared: a clone
/// costs as much as that of an `Arc`.
///
/// ```
/// use jalon::lexicon::Weekday;
/// use jalon::value::{Calendar, Date, Holidays, OpenSpan};
///
/// let office = OpenSpan::parse("09:00-19:00")?;
/// let mut builder = Calendar::builder().holidays(Holidays::France);
/// for weekday in &Weekday::ALL[..5] {
///     builder = builder.hours(*weekday, [office]);
/// }
/// let calendar = builder.build()?;
/// let bastille_day = Date::parse("2026-07-14").unwrap();
/// assert!(!calendar.is_business_day(bastille_day));
/// let next = calendar.plus_business_days(bastille_day, 1).unwrap();
/// assert_eq!(next.to_string(), "2026-07-15");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar(Option<Arc<Plan>>);

/// What a calendar that is not the default one holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Plan {
    week_start: Weekday,
    fiscal_month: Month,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<Zone>,
    /// Monday to Sunday, the spans of each in order and apart.
    hours: [Vec<OpenSpan>; 7],
    holidays: Vec<Holidays>,
    /// In order.
    closed: Vec<Date>,
    /// In order, one entry a day.
    open: Vec<(Date, Vec<OpenSpan>)>,
}

impl Default for Plan {
    fn default() -> Plan {
        let whole = || vec![OpenSpan::WHOLE_DAY];
        Plan {
            week_start: Weekday::Monday,
            fiscal_month: Month::January,
            zone: None,
            hours: [whole(), whole(), whole(), whole(), whole(), Vec::new(), Vec::new()],
            holidays: Vec::new(),
            closed: Vec::new(),
            open: Vec::new(),
        }
    }
}

impl Calendar {
    /// A calendar to be filled. Until hours are given it is open the whole of Monday to Friday.
    pub fn builder() -> CalendarBuilder {
        CalendarBuilder::default()
    }

    /// The first day of the week.
    pub fn week_start(&self) -> Weekday {
        self.0.as_ref().map_or(Weekday::Monday, |plan| plan.week_start)
    }

    /// The first month of the fiscal year.
    pub fn fiscal_month(&self) -> Month {
        self.0.as_ref().map_or(Month::January, |plan| plan.fiscal_month)
    }

    /// The zone of its opening hours, if it names one.
    pub fn zone(&self) -> Option<Zone> {
        self.0.as_ref().and_then(|plan| plan.zone)
    }

    /// Whose civil days count in an evaluation: the host's zone if it gives one, else this
    /// calendar's, else UTC.
    pub fn zone_or(&self, host: Option<Zone>) -> Zone {
        host.or(self.zone()).unwrap_or_default()
    }

    /// When it is open on a date: spans in order and apart, none if that day is not worked.
    pub fn open_spans(&self, date: Date) -> &[OpenSpan] {
        const WHOLE: &[OpenSpan] = &[OpenSpan::WHOLE_DAY];
        match &self.0 {
            Some(plan) => plan.spans(date),
            None if date.weekday() < 5 => WHOLE,
            None => &[],
        }
    }

    /// The public holiday that a date is, if it is one of this calendar's.
    pub fn holiday(&self, date: Date) -> Option<Holiday> {
        self.0.as_ref()?.holidays.iter().find_map(|holidays| holidays.on(date))
    }
}

impl Plan {
    /// An exceptional opening wins over a closing, a closing over the hours of the week.
    fn spans(&self, date: Date) -> &[OpenSpan] {
        if let Ok(at) = self.open.binary_search_by_key(&date, |(day, _)| *day) {
            return &self.open[at].1;
        }
        let spans = &self.hours[usize::from(date.weekday())];
        if spans.is_empty() || self.is_closed(date) { &[] } else { spans }
    }

    fn is_closed(&self, date: Date) -> bool {
        self.closed.binary_search(&date).is_ok()
            || self.holidays.iter().any(|holidays| holidays.on(date).is_some())
    }

    /// Whether every week is like any other.
    fn is_regular(&self) -> bool {
        self.holidays.is_empty() && self.closed.is_empty() && self.open.is_empty()
    }
}

impl Serialize for Calendar {
    /// What it holds, the same for the same calendar.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(plan) => plan.serialize(serializer),
            None => Plan::default().serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests;
