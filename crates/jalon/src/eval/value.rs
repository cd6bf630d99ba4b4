//! Frames, and values on their way through an expression.

use rust_decimal::Decimal;

use crate::checked::{Domain, FieldRef};
use crate::plan::time::Axis;
use crate::value::fold::Folded;
use crate::value::read::{NumberText, decimal_text};
use crate::value::typed::{self, Typed};
use crate::value::{Clock, Conflict, Date, Instant, Interval, Record, ValueRef};

/// The record at hand, and those that hold it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    /// The record, the related record or the event.
    pub(crate) record: &'a dyn Record,
    /// The record that holds it.
    pub(crate) outer: Option<&'a Frame<'a>>,
}

impl<'a> Frame<'a> {
    /// A frame of a record by itself.
    pub(crate) fn new(record: &'a dyn Record) -> Frame<'a> {
        Frame { record, outer: None }
    }

    /// The record so many frames out; `check` gives no depth beyond the outermost.
    #[inline]
    fn record(&self, depth: u8) -> &'a dyn Record {
        let mut frame = *self;
        for _ in 0..depth {
            match frame.outer {
                Some(outer) => frame = *outer,
                None => break,
            }
        }
        frame.record
    }

    /// What the record carries for a field.
    #[inline]
    pub(crate) fn get(&self, field: &FieldRef) -> ValueRef<'a> {
        self.record(field.depth).get(&field.key)
    }

    /// The two names of a field that contradict each other.
    pub(crate) fn conflict(&self, field: &FieldRef) -> Option<Conflict> {
        self.record(field.depth).conflict(&field.key)
    }
}

/// Why an expression has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It reads a value of the wrong type.
    Wrong,
    /// Division by zero, or beyond 28 digits.
    Arithmetic,
}

/// The value of an expression. Texts made on the way stand in an arena, so that nothing is
/// allocated for a record.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Val<'a> {
    /// Nothing.
    Empty,
    /// A checkbox.
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// A text of the record or of the program.
    Text(&'a str),
    /// A text in the arena, by its bytes.
    Made(usize, usize),
    /// A civil date.
    Date(Date),
    /// An instant.
    Instant(Instant),
    /// What a date word stands for.
    Span(Axis, Interval),
    /// A set, a list or a record as it was lent.
    Lent(ValueRef<'a>),
}

/// Buffers that are reused for every record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Buffers {
    /// A folded text for kernels.
    pub(crate) text: Folded,
    /// A folded text.
    pub(crate) folded: String,
    /// A second one, where two texts are compared.
    pub(crate) other: String,
    /// Texts made by expressions.
    pub(crate) arena: String,
}

impl<'a> Val<'a> {
    /// The value as a record would lend it.
    pub(crate) fn lend<'b>(self, arena: &'b str) -> ValueRef<'b>
    where
        'a: 'b,
    {
        match self {
            Val::Empty => ValueRef::Empty,
            Val::Bool(ticked) => ValueRef::Bool(ticked),
            Val::Number(number) => ValueRef::Number(number),
            Val::Text(text) => ValueRef::Text(text),
            Val::Made(start, end) => ValueRef::Text(arena.get(start..end).unwrap_or_default()),
            Val::Date(date) => ValueRef::Date(date),
            Val::Instant(instant) => ValueRef::Instant(instant),
            Val::Span(axis, interval) => match (axis, interval.from) {
                (_, None) => ValueRef::Empty,
                (Axis::Days, Some(day)) => {
                    Date::checked_from_days(day).map_or(ValueRef::Empty, ValueRef::Date)
                }
                (Axis::Micros, Some(at)) => ValueRef::Instant(Instant::from_micros(at)),
            },
            Val::Lent(value) => value,
        }
    }

    /// Keeps a text in the arena.
    pub(crate) fn made(text: impl IntoIterator<Item = char>, arena: &mut String) -> Val<'a> {
        let start = arena.len();
        arena.extend(text);
        Val::Made(start, arena.len())
    }
}

/// Reads a value as a domain does, for an expression.
pub(crate) fn read<'a>(
    value: ValueRef<'a>,
    domain: Domain,
    clock: &Clock,
    arena: &mut String,
) -> Result<Val<'a>, Failure> {
    let typed = match domain {
        Domain::Text(_) => match value {
            ValueRef::Int(number) => Typed::Value(number_text(number.into(), arena)),
            ValueRef::Number(number) => Typed::Value(number_text(number, arena)),
            ValueRef::Text(text) if !typed::is_empty(value) => Typed::Value(Val::Text(text)),
            other if typed::is_empty(other) => Typed::Empty,
            _ => Typed::Wrong,
        },
        Domain::Number => typed::number(value).map(Val::Number),
        Domain::Checkbox => match typed::checkbox(value) {
            Typed::Absent | Typed::Empty => Typed::Value(Val::Bool(false)),
            other => other.map(Val::Bool),
        },
        Domain::Date => typed::date(value, clock.zone).map(Val::Date),
        Domain::DateTime => typed::date_time(value, clock.zone).map(Val::Instant),
        Domain::Set(_) => typed::set(value).map(|_| Val::Lent(value)),
        Domain::Reference(_) => typed::reference(value).map(|_| Val::Lent(value)),
        Domain::Records => typed::records(value).map(|_| Val::Lent(value)),
        Domain::Dynamic => match value {
            _ if typed::is_empty(value) => Typed::Empty,
            ValueRef::Invalid(_) => Typed::Wrong,
            ValueRef::Bool(ticked) => Typed::Value(Val::Bool(ticked)),
            ValueRef::Int(number) => Typed::Value(Val::Number(number.into())),
            ValueRef::Number(number) => Typed::Value(Val::Number(number)),
            ValueRef::Text(text) => Typed::Value(Val::Text(text)),
            ValueRef::Date(date) => Typed::Value(Val::Date(date)),
            ValueRef::Instant(instant) => Typed::Value(Val::Instant(instant)),
            other => Typed::Value(Val::Lent(other)),
        },
    };
    match typed {
        Typed::Value(value) => Ok(value),
        Typed::Absent | Typed::Empty => Ok(Val::Empty),
        Typed::Wrong => Err(Failure::Wrong),
    }
}

/// The text of a number, in the arena.
pub(crate) fn number_text<'a>(number: Decimal, arena: &mut String) -> Val<'a> {
    let mut digits = NumberText::default();
    Val::made(decimal_text(number, &mut digits).chars(), arena)
}
