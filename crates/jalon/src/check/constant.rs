//! Constants, read as the type on the left reads them.

use super::kind::Target;
use super::modules::known_values;
use super::{Checker, Findings};
use crate::checked::names::Names;
use crate::checked::{Domain, Term};
use crate::diagnostic::catalogue::{
    BAD_DEFAULT, COMMA_IN_TEXT, NOT_A_DATE, NOT_A_DATE_TIME, NOT_A_NUMBER, NOT_A_TICK, QUOTE,
    REPLACE_WITH, SEPARATE, SLASH_DATE, THREE_DECIMALS, TIME_ON_DATE, UNKNOWN_LIST_VALUE,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::lang::Lang;
use crate::lexicon::{NOW, Period, Relative, Unit, key, relative_word};
use crate::schema::{Field, FieldType, NumberKind};
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::value::time::Moment;
use crate::value::{TimeSpec, Value, read};

/// A constant as read, or why it cannot be.
pub(super) type Reading = Result<(Term, Option<Diagnostic>), Box<Diagnostic>>;

impl Checker<'_> {
    /// Reads a constant as the target's type. `whole` says that it must equal a value, not only
    /// be a part of one: then a list knows its values.
    pub(super) fn constant(&mut self, target: &Target<'_>, value: &Name, whole: bool) -> Reading {
        let plain = |term| Ok((term, None));
        match target.domain {
            Domain::Number => match number(target, value) {
                Err(error) => match self.amount(&value.text).filter(|_| is_money(target)) {
                    Some(amount) => plain(Term::Const(Value::Number(amount))),
                    None => Err(error),
                },
                read => read,
            },
            Domain::Checkbox => match read_tick(value) {
                Some(ticked) => plain(Term::Const(Value::Bool(ticked))),
                None => Err(Box::new(unreadable(&NOT_A_TICK, target, value))),
            },
            Domain::Date | Domain::DateTime => self.time(target, value),
            Domain::Dynamic if value.quoted => plain(Term::Const(Value::Text(value.text.clone()))),
            Domain::Dynamic => plain(Term::Untyped(value.text.clone())),
            Domain::Text(mode) | Domain::Set(mode) => {
                let listed = target.values().is_some() && (whole || target_is_set(target));
                if let Some(field) = target.field.filter(|_| listed) {
                    if self.names.has_value(&field.key, &value.text, mode) {
                        return plain(Term::Const(Value::Text(value.text.clone())));
                    }
                    if let Some(error) = comma(value) {
                        return Err(Box::new(error));
                    }
                    return Err(Box::new(self.unknown_value(target, value)));
                }
                match comma(value) {
                    Some(error) => Err(Box::new(error)),
                    None => plain(Term::Const(Value::Text(value.text.clone()))),
                }
            }
            Domain::Reference(_) | Domain::Records => {
                plain(Term::Const(Value::Text(value.text.clone())))
            }
        }
    }

    fn unknown_value(&mut self, target: &Target<'_>, value: &Name) -> Diagnostic {
        let values = target.values().unwrap_or_default();
        let near = self.found.near(&value.text, values.iter().map(String::as_str));
        let known = target.field.map_or_else(String::new, |field| known_values(&field.ty));
        let error = unreadable(&UNKNOWN_LIST_VALUE, target, value).arg("known", known);
        error.suggest(near)
    }

    /// Reads a date, a date-time or a date word.
    fn time(&mut self, target: &Target<'_>, value: &Name) -> Reading {
        let date_only = target.domain == Domain::Date;
        let (spec, timed) = match Self::time_spec(value) {
            Some((spec, timed)) => (spec, timed),
            None if date_only && !value.quoted && read::time_of_day(&value.text).is_some() => {
                return Err(Box::new(unreadable(&TIME_ON_DATE, target, value)));
            }
            None => {
                let code = if date_only { &NOT_A_DATE } else { &NOT_A_DATE_TIME };
                let mut error = unreadable(code, target, value);
                if let Some(sum) = from_today(&value.text, date_only) {
                    error = error.fix(Fix::replace(&REPLACE_WITH, value.span, &sum));
                }
                return Err(Box::new(error));
            }
        };
        if date_only && timed {
            let mut error = unreadable(&TIME_ON_DATE, target, value);
            let date = match &spec {
                TimeSpec::Local(local) => Some(local.date().to_string()),
                TimeSpec::Now => {
                    let today = Relative { period: Period::Day, offset: 0 };
                    let lang = if key(&value.text) == "now" { Lang::En } else { Lang::Fr };
                    Some(today.word(lang).to_owned())
                }
                _ => None,
            };
            if let Some(date) = date {
                error = error.fix(Fix::replace(&REPLACE_WITH, value.span, &date));
            }
            return Err(Box::new(error));
        }
        Ok((Term::Time(spec), self.slash_warning(value)))
    }

    /// A date, a date-time or a date word, and whether it has a time of day.
    pub(super) fn time_spec(value: &Name) -> Option<(TimeSpec, bool)> {
        if let Some(moment) = read::moment(&value.text) {
            return Some(match moment {
                Moment::Date(date) => (TimeSpec::Day(date), false),
                Moment::Local(local) => (TimeSpec::Local(local), true),
                Moment::Instant(instant) => (TimeSpec::Instant(instant), true),
            });
        }
        if value.quoted {
            return None;
        }
        if NOW.iter().any(|word| word.eq_ignore_ascii_case(value.text.trim())) {
            return Some((TimeSpec::Now, true));
        }
        relative_word(&value.text).map(|relative| (TimeSpec::Relative(relative), false))
    }

    /// In an English program a slash date may be meant month first.
    pub(super) fn slash_warning(&self, value: &Name) -> Option<Diagnostic> {
        if self.lang != Some(Lang::En) {
            return None;
        }
        let reading = read::read_date(value.text.split_whitespace().next()?)?;
        let other = reading.month_first?;
        let warning = Diagnostic::new(&SLASH_DATE, value.span);
        let warning =
            warning.arg("value", &value.text).arg("read", reading.date).arg("other", other);
        let fix =
            |date: crate::value::Date| Fix::replace(&REPLACE_WITH, value.span, &date.to_string());
        Some(warning.fix(fix(reading.date)).fix(fix(other)))
    }
}

fn target_is_set(target: &Target<'_>) -> bool {
    matches!(target.domain, Domain::Set(_))
}

/// A tick word; in quotes it is only a text.
pub(super) fn read_tick(value: &Name) -> Option<bool> {
    if value.quoted { None } else { read::tick(&value.text) }
}

/// `dans 3 jours`, `3 days` as an expression: `aujourd'hui plus 3 jours`.
fn from_today(text: &str, date_only: bool) -> Option<String> {
    let (first, rest) = text.trim().split_once(' ')?;
    let lapse = if matches!(&*key(first), "dans" | "in") { rest.trim() } else { text.trim() };
    let (_, unit) = read::duration(lapse)?;
    let exact = matches!(unit, Unit::Minute | Unit::Hour | Unit::BusinessHour);
    let word = lapse.trim_start_matches(|c: char| !c.is_alphabetic());
    let english = Unit::WORDS.iter().any(|(_, _, en)| en.iter().any(|en| key(en) == key(word)));
    let french = Unit::WORDS.iter().any(|(_, fr, _)| fr.iter().any(|fr| key(fr) == key(word)));
    let lang = if english && !french { Lang::En } else { Lang::Fr };
    let base = match (exact, lang) {
        (true, _) if date_only => return None,
        (true, Lang::Fr) => "maintenant",
        (true, Lang::En) => "now",
        (false, Lang::Fr) => "aujourd'hui",
        (false, Lang::En) => "today",
    };
    Some(format!("{base} plus {lapse}"))
}

/// Whether amounts of several currencies may be written.
fn is_money(target: &Target<'_>) -> bool {
    target.field.is_some_and(|field| field.ty == FieldType::Number(NumberKind::Money))
}

fn number(target: &Target<'_>, value: &Name) -> Reading {
    match read::read_number(&value.text) {
        Ok(reading) => {
            Ok((Term::Const(Value::Number(reading.value)), three_decimals(value, &reading)))
        }
        Err(_) => Err(Box::new(unreadable(&NOT_A_NUMBER, target, value))),
    }
}

/// `1,234` may be meant as thousands.
pub(super) fn three_decimals(value: &Name, reading: &read::NumberReading) -> Option<Diagnostic> {
    let other = reading.as_thousands?;
    let warning = Diagnostic::new(&THREE_DECIMALS, value.span);
    let warning = warning.arg("value", &value.text).arg("read", reading.value).arg("other", other);
    let fix = |n: rust_decimal::Decimal| Fix::replace(&REPLACE_WITH, value.span, &n.to_string());
    Some(warning.fix(fix(reading.value)).fix(fix(other)))
}

fn unreadable(
    code: &'static crate::diagnostic::Code,
    target: &Target<'_>,
    value: &Name,
) -> Diagnostic {
    let error = Diagnostic::new(code, value.span).arg("value", &value.text);
    error.arg("name", &target.name).arg("type", target.keyword())
}

/// `06,83` on a text: one value or two.
fn comma(value: &Name) -> Option<Diagnostic> {
    if value.quoted {
        return None;
    }
    let bytes = value.text.as_bytes();
    let between_digits =
        bytes.windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b',' && w[2].is_ascii_digit());
    if !between_digits {
        return None;
    }
    let parts: Vec<&str> = value.text.split(',').map(str::trim).collect();
    let error = Diagnostic::new(&COMMA_IN_TEXT, value.span).arg("value", &value.text);
    let separate = Fix::replace(&SEPARATE, value.span, &parts.join(", "));
    let quote = Fix::replace(&QUOTE, value.span, &super::items::quote(&value.text));
    Some(error.fix(separate).fix(quote))
}

/// Reads the default of a field.
pub(super) fn default(
    value: &Name,
    field: &Field,
    names: &Names,
    lang: Lang,
    found: &mut Findings,
) -> Option<Value> {
    let text = || Some(Value::Text(value.text.clone()));
    let read = match &field.ty {
        FieldType::Text(_) | FieldType::Reference(_) | FieldType::User => text(),
        FieldType::Number(_) => read::read_number(&value.text).ok().map(|n| Value::Number(n.value)),
        FieldType::Checkbox => read_tick(value).map(Value::Bool),
        FieldType::Picklist(_) | FieldType::MultiPicklist(_) => {
            names.has_value(&field.key, &value.text, field.mode).then(text).flatten()
        }
        FieldType::Date => read::date(&value.text).map(Value::Date),
        FieldType::DateTime => read::moment(&value.text).map(|moment| match moment {
            Moment::Date(date) => Value::Date(date),
            Moment::Local(local) => Value::DateTime(local),
            Moment::Instant(instant) => Value::Instant(instant),
        }),
        FieldType::Records(_) | FieldType::Events(_) | FieldType::Formula(_) => None,
    };
    if read.is_none() {
        let error = Diagnostic::new(&BAD_DEFAULT, value.span).arg("value", &value.text);
        found.push(error.arg("name", field.name()).arg("type", field.ty.keyword(lang)));
    }
    read
}

/// A name standing at another place: a constant's value where the constant is used.
pub(super) fn at(value: &Name, span: Span) -> Name {
    Name { span, text: value.text.clone(), quoted: value.quoted }
}
