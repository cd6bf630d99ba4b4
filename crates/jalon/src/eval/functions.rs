//! The functions of expressions. Of an empty argument each is empty.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use unicode_normalization::UnicodeNormalization;

use super::expr::Machine;
use super::value::{Failure, Frame, Val};
use crate::lexicon::{Arithmetic, Function};
use crate::plan::code::Code;
use crate::value::arithmetic;
use crate::value::read::NumberText;
use crate::value::typed::{self, Typed};
use crate::value::{Date, Value, ValueRef};

impl Machine<'_> {
    /// Calls a function.
    pub(super) fn call<'a>(
        &mut self,
        function: Function,
        parts: &'a [Code],
        frame: &Frame<'a>,
    ) -> Result<Val<'a>, Failure> {
        match (function, parts) {
            (Function::Round, [number, places @ ..]) => {
                let number = self.number(number, frame)?;
                let places = match places.first() {
                    Some(places) => self.number(places, frame)?,
                    None => Some(Decimal::ZERO),
                };
                let (Some(number), Some(places)) = (number, places) else { return Ok(Val::Empty) };
                let places = places.to_u32().filter(|p| *p <= 28).ok_or(Failure::Arithmetic)?;
                let even = RoundingStrategy::MidpointNearestEven;
                Ok(Val::Number(number.round_dp_with_strategy(places, even).normalize()))
            }
            (Function::DaysBetween, [from, to]) => {
                let (from, to) = (self.date(from, frame)?, self.date(to, frame)?);
                let (Some(from), Some(to)) = (from, to) else { return Ok(Val::Empty) };
                Ok(Val::Number((i64::from(to.days()) - i64::from(from.days())).into()))
            }
            (Function::InCurrency, [amount, from, to, rates @ ..]) => {
                let amount = self.number(amount, frame)?;
                let (from, to) = (self.rate(from, rates, frame)?, self.rate(to, rates, frame)?);
                let (Some(amount), Some(from), Some(to)) = (amount, from, to) else {
                    return Ok(Val::Empty);
                };
                if from == to {
                    return Ok(Val::Number(amount));
                }
                let product = arithmetic::apply(amount, Arithmetic::Multiply, to);
                let converted = product.and_then(|product| arithmetic::divide(product, from));
                converted.map(Val::Number).ok_or(Failure::Arithmetic)
            }
            (Function::Left, [text, count]) => {
                let count = self.number(count, frame)?;
                let Some(count) = count else { return Ok(Val::Empty) };
                let count = count.to_usize().ok_or(Failure::Arithmetic)?;
                self.text(text, frame, |text, made| made.extend(text.nfc().take(count)))
            }
            (Function::Length, [text]) => {
                let mut length = 0;
                let value = self.text(text, frame, |text, _| length = text.nfc().count())?;
                Ok(if matches!(value, Val::Empty) && length == 0 {
                    Val::Empty
                } else {
                    Val::Number(length.into())
                })
            }
            (Function::Lower, [text]) => self.text(text, frame, |text, made| {
                made.extend(text.chars().flat_map(char::to_lowercase));
            }),
            (Function::Upper, [text]) => self.text(text, frame, |text, made| {
                made.extend(text.chars().flat_map(char::to_uppercase));
            }),
            (Function::Capitalize, [text]) => self.text(text, frame, capitalize),
            (Function::WithoutSpaces, [text]) => self.text(text, frame, |text, made| {
                made.extend(text.chars().filter(|c| !c.is_whitespace()));
            }),
            (Function::Domain, [text]) => self.text(text, frame, |text, made| {
                made.push_str(text.rsplit_once('@').map_or("", |(_, domain)| domain.trim()));
            }),
            // `check` counts arguments.
            _ => Ok(Val::Empty),
        }
    }

    /// Makes a text of a text; empty where either is.
    fn text<'a>(
        &mut self,
        code: &'a Code,
        frame: &Frame<'a>,
        make: impl FnOnce(&str, &mut String),
    ) -> Result<Val<'a>, Failure> {
        let value = self.eval(code, frame)?;
        let mut made = std::mem::take(&mut self.buffers.other);
        made.clear();
        let mut digits = NumberText::default();
        let text = typed::text(value.lend(&self.buffers.arena), &mut digits);
        let result = match text {
            Typed::Absent | Typed::Empty => Ok(Val::Empty),
            Typed::Wrong => Err(Failure::Wrong),
            Typed::Value(text) => {
                make(text, &mut made);
                if made.is_empty() {
                    Ok(Val::Empty)
                } else {
                    Ok(Val::made(made.chars(), &mut self.buffers.arena))
                }
            }
        };
        self.buffers.other = made;
        result
    }

    /// The rate of a currency's code, in any case, from a table of codes and rates; none where the
    /// code is empty, an error where it has no rate.
    fn rate(
        &mut self,
        code: &Code,
        table: &[Code],
        frame: &Frame<'_>,
    ) -> Result<Option<Decimal>, Failure> {
        let value = self.eval(code, frame)?;
        let mut digits = NumberText::default();
        let code = match typed::text(value.lend(&self.buffers.arena), &mut digits) {
            Typed::Absent | Typed::Empty => return Ok(None),
            Typed::Wrong => return Err(Failure::Wrong),
            Typed::Value(code) => code.trim(),
        };
        let known = table.chunks_exact(2).find_map(|pair| match pair {
            [Code::Const(Value::Text(known)), Code::Const(Value::Number(rate))] => {
                known.eq_ignore_ascii_case(code).then_some(*rate)
            }
            _ => None,
        });
        known.map(Some).ok_or(Failure::Wrong)
    }

    fn date(&mut self, code: &Code, frame: &Frame<'_>) -> Result<Option<Date>, Failure> {
        let value = self.eval(code, frame)?;
        match typed::date(value.lend(&self.buffers.arena), self.context.clock.zone) {
            Typed::Value(date) => Ok(Some(date)),
            Typed::Absent | Typed::Empty => Ok(None),
            Typed::Wrong => Err(Failure::Wrong),
        }
    }
}

/// The first letter of each word in capitals, the others in lower case.
fn capitalize(text: &str, made: &mut String) {
    let mut inside = false;
    for c in text.chars() {
        if inside {
            made.extend(c.to_lowercase());
        } else {
            made.extend(c.to_uppercase());
        }
        inside = c.is_alphanumeric() || (inside && c == '\'');
    }
}

/// Prints a value into a text: numbers plainly, dates as ISO text, lists with commas, a reference
/// by its name; nothing where it is empty.
pub(crate) fn print(value: ValueRef<'_>, out: &mut String) {
    use std::fmt::Write;
    // Writing into a `String` cannot fail.
    let _ = match value {
        ValueRef::Absent | ValueRef::Empty => Ok(()),
        ValueRef::Bool(ticked) => write!(out, "{ticked}"),
        ValueRef::Int(number) => write!(out, "{number}"),
        ValueRef::Number(number) => write!(out, "{}", number.normalize()),
        ValueRef::Text(text) => out.write_str(text),
        ValueRef::Date(date) => write!(out, "{date}"),
        ValueRef::DateTime(local) => write!(out, "{local}"),
        ValueRef::Instant(instant) => write!(out, "{instant}"),
        ValueRef::Invalid(value) => write!(out, "{value:?}"),
        ValueRef::List(list) => {
            for index in 0..list.len() {
                if index > 0 {
                    out.push_str(", ");
                }
                print(list.at(index), out);
            }
            Ok(())
        }
        ValueRef::Record(_) => {
            if let Typed::Value(reference) = typed::reference(value) {
                let mut name = None;
                reference.any(|text| {
                    name = Some(text.to_owned());
                    false
                });
                out.push_str(name.as_deref().unwrap_or_default());
            }
            Ok(())
        }
    };
}
