//! Expressions on one frame.

use rust_decimal::Decimal;

use super::arithmetic;
use super::run::{Context, State, fill};
use super::value::{Buffers, Failure, Frame, Val, read};
use crate::checked::FieldRef;
use crate::lexicon::{Aggregate, Unit};
use crate::plan::block::Block;
use crate::plan::code::Code;
use crate::template::Escape;
use crate::value::typed::{self, Typed};
use crate::value::{Value, ValueRef};

/// What an expression runs with: the nested blocks of its own and their states.
#[derive(Debug)]
pub(crate) struct Machine<'m> {
    /// The block that the expression belongs to.
    pub(crate) block: &'m Block,
    /// The states of its nested blocks.
    pub(crate) nested: &'m mut [State],
    /// Clock, intervals and scores.
    pub(crate) context: &'m Context<'m>,
    /// Reused buffers.
    pub(crate) buffers: &'m mut Buffers,
}

impl Machine<'_> {
    /// The value of an expression.
    pub(crate) fn eval<'a>(
        &mut self,
        code: &'a Code,
        frame: &Frame<'a>,
    ) -> Result<Val<'a>, Failure> {
        match code {
            Code::Const(value) => Ok(constant(value)),
            Code::Time(axis, id) => {
                let interval = self.context.times.get(*id as usize).copied();
                Ok(interval.map_or(Val::Empty, |interval| Val::Span(*axis, interval)))
            }
            Code::Field(field) => self.field(field, frame),
            Code::Score(id) => {
                let known = self.context.totals.iter().find(|(score, _)| score == id);
                Ok(known.map_or(Val::Empty, |(_, total)| Val::Number(*total)))
            }
            Code::Negate(part) => {
                Ok(self.number(part, frame)?.map_or(Val::Empty, |number| Val::Number(-number)))
            }
            Code::Binary(left, sign, right) => {
                let (left, right) = (self.number(left, frame)?, self.number(right, frame)?);
                let (Some(left), Some(right)) = (left, right) else { return Ok(Val::Empty) };
                arithmetic::apply(left, *sign, right).map(Val::Number).ok_or(Failure::Arithmetic)
            }
            Code::Shift { base, forward, count, unit } => {
                let count = if *forward { i64::from(*count) } else { -i64::from(*count) };
                let base = self.eval(base, frame)?;
                self.shift(base, count, *unit)
            }
            Code::Call(function, parts) => self.call(*function, parts, frame),
            Code::Aggregate { aggregate, list, field, filter } => {
                self.aggregate(*aggregate, list, field.as_deref(), *filter, frame)
            }
            Code::If(condition, then, otherwise) => {
                let chosen = if self.holds(*condition, frame)? { then } else { otherwise };
                self.eval(chosen, frame)
            }
            Code::Template(parts) => self.template(parts, frame),
            Code::Escaped(..) => self.template(std::slice::from_ref(code), frame),
        }
    }

    /// The value as a number; `None` where it is empty.
    pub(crate) fn number(
        &mut self,
        code: &Code,
        frame: &Frame<'_>,
    ) -> Result<Option<Decimal>, Failure> {
        let value = self.eval(code, frame)?;
        match typed::number(value.lend(&self.buffers.arena)) {
            Typed::Value(number) => Ok(Some(number)),
            Typed::Absent | Typed::Empty => Ok(None),
            Typed::Wrong => Err(Failure::Wrong),
        }
    }

    pub(super) fn field<'a>(
        &mut self,
        field: &FieldRef,
        frame: &Frame<'a>,
    ) -> Result<Val<'a>, Failure> {
        read(frame.get(field), field.domain, self.context.clock, &mut self.buffers.arena)
    }

    /// Whether a nested condition holds of a frame.
    fn holds(&mut self, index: usize, frame: &Frame<'_>) -> Result<bool, Failure> {
        let block = &self.block.nested[index];
        let state = &mut self.nested[index];
        fill(block, state, frame, self.context, self.buffers);
        let Some(root) = block.roots.first() else { return Ok(false) };
        if root.fails(&state.bits) {
            return Err(Failure::Wrong);
        }
        Ok(root.logic.holds(&state.bits))
    }

    fn shift<'a>(&self, base: Val<'a>, count: i64, unit: Unit) -> Result<Val<'a>, Failure> {
        let clock = self.context.clock;
        let exact = matches!(unit, Unit::Minute | Unit::Hour | Unit::BusinessHour);
        match typed::moment(base.lend(&self.buffers.arena)) {
            Typed::Absent | Typed::Empty => Ok(Val::Empty),
            Typed::Wrong => Err(Failure::Wrong),
            Typed::Value(crate::value::Moment::Date(date)) if !exact => {
                Ok(Val::Date(clock.shift_date(date, count, unit)))
            }
            Typed::Value(moment) => {
                let instant = clock.zone.instant_of(moment);
                Ok(Val::Instant(clock.shift_instant(instant, count, unit)))
            }
        }
    }

    fn aggregate<'a>(
        &mut self,
        aggregate: Aggregate,
        list: &FieldRef,
        field: Option<&Code>,
        filter: Option<usize>,
        frame: &Frame<'a>,
    ) -> Result<Val<'a>, Failure> {
        let records = match typed::records(frame.get(list)) {
            Typed::Value(records) => Some(records),
            Typed::Absent | Typed::Empty => None,
            Typed::Wrong => return Err(Failure::Wrong),
        };
        let mut count = 0_u32;
        let mut sum = Decimal::ZERO;
        let mut extreme = Val::Empty;
        for index in 0..records.map_or(0, crate::value::List::len) {
            let value = records.map_or(ValueRef::Empty, |records| records.at(index));
            let Some(record) = typed::record(value) else { continue };
            let inner = Frame { record, outer: Some(frame) };
            // Every record is judged, so that a value of the wrong type never goes unseen.
            let counts = filter.map_or(Ok(true), |filter| self.holds(filter, &inner))?;
            let Some(field) = field else {
                count += u32::from(counts);
                continue;
            };
            match aggregate {
                Aggregate::Count => count += u32::from(counts),
                Aggregate::Sum | Aggregate::Average => {
                    if let (Some(number), true) = (self.number(field, &inner)?, counts) {
                        sum = arithmetic::add(sum, number).ok_or(Failure::Arithmetic)?;
                        count += 1;
                    }
                }
                Aggregate::Min | Aggregate::Max => {
                    let value = self.eval(field, &inner)?;
                    if let (Some(value), true) = (self.orderable(value)?, counts) {
                        extreme = better(aggregate, extreme, value);
                    }
                }
            }
        }
        Ok(match aggregate {
            Aggregate::Count => Val::Number(count.into()),
            Aggregate::Sum => Val::Number(sum),
            Aggregate::Average if count == 0 => Val::Empty,
            Aggregate::Average => {
                Val::Number(arithmetic::divide(sum, count.into()).ok_or(Failure::Arithmetic)?)
            }
            Aggregate::Min | Aggregate::Max => extreme,
        })
    }

    /// A number, a date or an instant; `None` where it is empty.
    fn orderable(&self, value: Val<'_>) -> Result<Option<Val<'static>>, Failure> {
        let lent = value.lend(&self.buffers.arena);
        match value {
            Val::Date(date) => Ok(Some(Val::Date(date))),
            Val::Instant(instant) => Ok(Some(Val::Instant(instant))),
            _ => match typed::number(lent) {
                Typed::Value(number) => Ok(Some(Val::Number(number))),
                Typed::Absent | Typed::Empty => Ok(None),
                Typed::Wrong => match typed::moment(lent) {
                    Typed::Value(moment) => {
                        Ok(Some(Val::Instant(self.context.clock.zone.instant_of(moment))))
                    }
                    _ => Err(Failure::Wrong),
                },
            },
        }
    }

    /// The texts of parts one after the other.
    fn template<'a>(&mut self, parts: &'a [Code], frame: &Frame<'a>) -> Result<Val<'a>, Failure> {
        let mut text = std::mem::take(&mut self.buffers.other);
        text.clear();
        let mut failure = None;
        for part in parts {
            let (part, escape) = match part {
                Code::Escaped(part, escape) => (&**part, *escape),
                part => (part, Escape::Plain),
            };
            match self.eval(part, frame) {
                Ok(value) => {
                    super::written::write(value, escape, &mut self.buffers.arena, &mut text);
                }
                Err(why) => failure = Some(why),
            }
        }
        let made = Val::made(text.chars(), &mut self.buffers.arena);
        let empty = text.is_empty();
        self.buffers.other = text;
        match failure {
            Some(why) => Err(why),
            None if empty => Ok(Val::Empty),
            None => Ok(made),
        }
    }
}

/// The better of two extremes: the less for a minimum, the greater for a maximum. Values that
/// cannot be compared leave the first.
fn better(aggregate: Aggregate, best: Val<'static>, value: Val<'static>) -> Val<'static> {
    let ordering = match (best, value) {
        (Val::Number(best), Val::Number(value)) => value.cmp(&best),
        (Val::Date(best), Val::Date(value)) => value.cmp(&best),
        (Val::Instant(best), Val::Instant(value)) => value.cmp(&best),
        (Val::Empty, _) => return value,
        _ => return best,
    };
    let better = if aggregate == Aggregate::Min { ordering.is_lt() } else { ordering.is_gt() };
    if better { value } else { best }
}

/// A constant.
fn constant(value: &Value) -> Val<'_> {
    match value {
        Value::Empty => Val::Empty,
        Value::Bool(ticked) => Val::Bool(*ticked),
        Value::Number(number) => Val::Number(*number),
        Value::Text(text) => Val::Text(text),
        Value::Date(date) => Val::Date(*date),
        Value::Instant(instant) => Val::Instant(*instant),
        other => Val::Lent(other.as_ref()),
    }
}
