//! Ranges and windows: `ENTRE a ET b`, `DANS LES 7 DERNIERS jours`.

use super::Checker;
use super::items::Use;
use super::kind::Target;
use super::split::Reading;
use crate::checked::{Domain, DynamicTest, OrderTest, Predicate, Term};
use crate::diagnostic::catalogue::{HOURS_ON_DATE, RANGE_REVERSED, SWAP, TIME_ON_DATE};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lexicon::{Op, Unit};
use crate::source::Span;
use crate::syntax::ast::Item;
use crate::value::{TimeSpec, Value, Window};

impl Checker<'_> {
    /// `ENTRE a ET b`.
    pub(super) fn range(
        &mut self,
        reading: &Reading<'_>,
        target: &Target<'_>,
        low: &Item,
        high: &Item,
    ) -> Option<Predicate> {
        let items = [low.clone(), high.clone()];
        let terms = self.terms(reading.scope, target, &items, Use::Order)?;
        if terms.len() != 2 {
            self.one_value(reading, &items);
            return None;
        }
        let terms = if target.domain == Domain::Dynamic {
            self.ordered(target, Op::Between, &items, terms)?
        } else {
            terms
        };
        if reversed(&terms) {
            let span = low.name.span.to(high.name.span);
            let error = Diagnostic::new(&RANGE_REVERSED, span);
            let error = error.arg("low", &low.name.text).arg("high", &high.name.text);
            let swapped = [(low, high), (high, low)].map(|(place, value)| Edit {
                span: place.name.span,
                text: self.sources.slice(value.name.span).to_owned(),
            });
            let shown = format!("{} … {}", swapped[0].text, swapped[1].text);
            let mut fix = Fix::replace(&SWAP, span, &shown);
            fix.edits = swapped.into();
            self.report(error.fix(fix));
            return None;
        }
        Some(match target.domain {
            Domain::Number => Predicate::Number(OrderTest::Between, terms),
            Domain::Dynamic => Predicate::Dynamic(DynamicTest::Order(OrderTest::Between), terms),
            _ => Predicate::Time(OrderTest::Between, terms),
        })
    }

    /// `DANS LES 7 DERNIERS jours` and its kin.
    pub(super) fn window(
        &mut self,
        target: &Target<'_>,
        op: Op,
        count: u32,
        unit: Unit,
        span: Span,
    ) -> Option<Predicate> {
        let window = match op {
            Op::InLast => Window::InLast,
            Op::InNext => Window::InNext,
            Op::MoreThanAgo => Window::MoreThanAgo,
            Op::InMoreThan => Window::InMoreThan,
            _ => return None,
        };
        if target.domain == Domain::Date && in_hours(unit) {
            self.hours_on_date(target, unit, span);
            return None;
        }
        let terms = vec![Term::Time(TimeSpec::Window(window, count, unit))];
        Some(match target.domain {
            Domain::Dynamic => Predicate::Dynamic(DynamicTest::Order(OrderTest::Equal), terms),
            _ => Predicate::Time(OrderTest::Equal, terms),
        })
    }

    pub(super) fn hours_on_date(&mut self, target: &Target<'_>, unit: Unit, span: Span) {
        let error = Diagnostic::new(&HOURS_ON_DATE, span).arg("name", &target.name);
        self.report(error.arg("unit", unit.word(target.lang)));
    }

    /// Whether a computed time may be compared with a date field: not one with a time of day.
    pub(super) fn on_date(&mut self, target: &Target<'_>, spec: &TimeSpec, span: Span) -> bool {
        match spec {
            TimeSpec::Shift { unit, .. } if in_hours(*unit) => {
                self.hours_on_date(target, *unit, span);
                false
            }
            TimeSpec::Shift { base, .. } => self.on_date(target, base, span),
            TimeSpec::Now | TimeSpec::Local(_) | TimeSpec::Instant(_) => {
                let error = Diagnostic::new(&TIME_ON_DATE, span);
                self.report(error.arg("name", &target.name));
                false
            }
            TimeSpec::Day(_) | TimeSpec::Relative(_) | TimeSpec::Window(..) => true,
        }
    }
}

pub(super) fn in_hours(unit: Unit) -> bool {
    matches!(unit, Unit::Minute | Unit::Hour | Unit::BusinessHour)
}

/// Whether two constant bounds stand in the wrong order.
fn reversed(terms: &[Term]) -> bool {
    use crate::value::read::number;
    match terms {
        [Term::Const(Value::Number(low)), Term::Const(Value::Number(high))] => low > high,
        [
            Term::Untyped(low) | Term::Const(Value::Text(low)),
            Term::Untyped(high) | Term::Const(Value::Text(high)),
        ] => match (number(low), number(high)) {
            (Some(low), Some(high)) => low > high,
            _ => false,
        },
        [Term::Time(low), Term::Time(high)] => match (low, high) {
            (TimeSpec::Day(low), TimeSpec::Day(high)) => low > high,
            (TimeSpec::Local(low), TimeSpec::Local(high)) => low > high,
            (TimeSpec::Instant(low), TimeSpec::Instant(high)) => low > high,
            (TimeSpec::Day(low), TimeSpec::Local(high)) => *low > high.date(),
            (TimeSpec::Local(low), TimeSpec::Day(high)) => low.date() > *high,
            (TimeSpec::Relative(low), TimeSpec::Relative(high)) => {
                low.period == high.period && low.offset > high.offset
            }
            _ => false,
        },
        _ => false,
    }
}
