//! How a field's type reads the values that records carry: the one place where a [`ValueRef`]
//! becomes a text, a number, a date.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::value::fold::is_blank;
use crate::value::read::{self, NumberText, decimal_text};
use crate::value::time::{Date, Instant, Moment};
use crate::value::{FieldKey, List, Record, ValueRef, Zone};

/// A value as a type reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed<T> {
    /// The record does not carry the field.
    Absent,
    /// The field is there and holds nothing.
    Empty,
    /// What it holds.
    Value(T),
    /// A value that the type cannot hold.
    Wrong,
}

impl<T> Typed<T> {
    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Typed::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Changes the value, if there is one.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Typed<U> {
        match self {
            Typed::Absent => Typed::Absent,
            Typed::Empty => Typed::Empty,
            Typed::Value(value) => Typed::Value(change(value)),
            Typed::Wrong => Typed::Wrong,
        }
    }

    fn read(value: Option<T>) -> Typed<T> {
        value.map_or(Typed::Wrong, Typed::Value)
    }
}

/// What no type reads: absent, empty in any way, or invalid.
fn nothing<T>(value: ValueRef<'_>) -> Option<Typed<T>> {
    match value {
        ValueRef::Absent => Some(Typed::Absent),
        ValueRef::Empty => Some(Typed::Empty),
        ValueRef::Text(text) if is_blank(text) => Some(Typed::Empty),
        ValueRef::List(list) if is_empty_list(list) => Some(Typed::Empty),
        ValueRef::Invalid(_) => Some(Typed::Wrong),
        _ => None,
    }
}

/// Whether a value is absent or holds nothing: null, white space only, a list of nothing.
pub fn is_empty(value: ValueRef<'_>) -> bool {
    matches!(nothing::<()>(value), Some(Typed::Absent | Typed::Empty))
}

fn is_empty_list(list: &dyn List) -> bool {
    (0..list.len()).all(|index| is_empty(list.at(index)))
}

/// As text, also for picklists. A number is its plain decimal text (CSV readers make numbers of
/// postcodes), written into `digits`; anything else is wrong.
pub fn text<'a>(value: ValueRef<'a>, digits: &'a mut NumberText) -> Typed<&'a str> {
    match value {
        ValueRef::Text(text) if is_blank(text) => Typed::Empty,
        ValueRef::Text(text) => Typed::Value(text),
        ValueRef::Int(number) => Typed::Value(decimal_text(number.into(), digits)),
        ValueRef::Number(number) => Typed::Value(decimal_text(number, digits)),
        other => nothing(other).unwrap_or(Typed::Wrong),
    }
}

/// As a number. Text that spells one is read.
pub fn number(value: ValueRef<'_>) -> Typed<Decimal> {
    match value {
        ValueRef::Int(number) => Typed::Value(number.into()),
        ValueRef::Number(number) => Typed::Value(number),
        ValueRef::Text(text) => match read::number(text) {
            Some(number) => Typed::Value(number),
            None if is_blank(text) => Typed::Empty,
            None => Typed::Wrong,
        },
        other => nothing(other).unwrap_or(Typed::Wrong),
    }
}

/// A whole number where the value is one at first sight: the short way of [`number`] for what
/// most data hold.
#[inline]
pub(crate) fn whole(value: &ValueRef<'_>) -> Option<i64> {
    match value {
        ValueRef::Int(number) => Some(*number),
        ValueRef::Text(text) => read::plain_integer(text.as_bytes()),
        _ => None,
    }
}

/// As a checkbox. Text is read as a tick word. Absent and empty mean not ticked: callers that
/// only want the state take `false` for them.
pub fn checkbox(value: ValueRef<'_>) -> Typed<bool> {
    match value {
        ValueRef::Bool(ticked) => Typed::Value(ticked),
        other => nothing(other).unwrap_or_else(|| match other {
            ValueRef::Text(text) => Typed::read(read::tick(text)),
            _ => Typed::Wrong,
        }),
    }
}

/// As a civil date. Text is read as one; an instant gives its civil date in the zone, a local
/// time its date.
pub fn date(value: ValueRef<'_>, zone: Zone) -> Typed<Date> {
    moment(value).map(|moment| zone.date_of(moment))
}

/// As an instant. Text is read as one; a time without an offset is local, and a date is its
/// first instant.
pub fn date_time(value: ValueRef<'_>, zone: Zone) -> Typed<Instant> {
    moment(value).map(|moment| zone.instant_of(moment))
}

/// As a date or a time, whichever it is.
pub fn moment(value: ValueRef<'_>) -> Typed<Moment> {
    match value {
        ValueRef::Date(date) => Typed::Value(Moment::Date(date)),
        ValueRef::DateTime(local) => Typed::Value(Moment::Local(local)),
        ValueRef::Instant(instant) => Typed::Value(Moment::Instant(instant)),
        ValueRef::Text(text) => match read::moment(text) {
            Some(moment) => Typed::Value(moment),
            None if is_blank(text) => Typed::Empty,
            None => Typed::Wrong,
        },
        other => nothing(other).unwrap_or(Typed::Wrong),
    }
}

/// As a set of texts: a list of texts and numbers, or a text whose items are parted by `;`.
pub fn set(value: ValueRef<'_>) -> Typed<Items<'_>> {
    match value {
        ValueRef::List(list) => {
            let mut digits = NumberText::default();
            let wrong =
                (0..list.len()).any(|index| text(list.at(index), &mut digits) == Typed::Wrong);
            match nothing(value) {
                Some(typed) => typed,
                None if wrong => Typed::Wrong,
                None => Typed::Value(Items(value)),
            }
        }
        ValueRef::Text(items) if items.split(';').all(is_blank) => Typed::Empty,
        ValueRef::Text(_) | ValueRef::Int(_) | ValueRef::Number(_) => Typed::Value(Items(value)),
        other => nothing(other).unwrap_or(Typed::Wrong),
    }
}

/// The items of a set, none of them empty.
#[derive(Clone, Copy, Debug)]
pub struct Items<'a>(ValueRef<'a>);

impl Items<'_> {
    /// Calls `visit` with each item, in order, until it gives `true`; whether it did.
    pub fn any(&self, mut visit: impl FnMut(&str) -> bool) -> bool {
        let mut digits = NumberText::default();
        match self.0 {
            ValueRef::List(list) => (0..list.len())
                .any(|index| text(list.at(index), &mut digits).value().is_some_and(&mut visit)),
            ValueRef::Text(items) => {
                items.split(';').map(str::trim).any(|item| !item.is_empty() && visit(item))
            }
            number => text(number, &mut digits).value().is_some_and(visit),
        }
    }

    /// Calls `visit` with each item, in order.
    pub fn for_each(&self, mut visit: impl FnMut(&str)) {
        self.any(|item| {
            visit(item);
            false
        });
    }
}

/// As a reference or a user: a text or a number, which may be its id or its name, or a record
/// with an `id`, a `name` or both.
pub fn reference(value: ValueRef<'_>) -> Typed<Reference<'_>> {
    static ID: LazyLock<FieldKey> = LazyLock::new(|| FieldKey::named(["id"]));
    static NAME: LazyLock<FieldKey> = LazyLock::new(|| FieldKey::named(["name", "nom"]));
    let reference = match value {
        ValueRef::Record(record) => Reference { id: record.get(&ID), name: record.get(&NAME) },
        other => Reference { id: other, name: ValueRef::Absent },
    };
    let mut digits = NumberText::default();
    let id = text(reference.id, &mut digits).map(|_| ());
    let name = text(reference.name, &mut digits).map(|_| ());
    match (id, name) {
        (Typed::Wrong, _) | (_, Typed::Wrong) => Typed::Wrong,
        (Typed::Value(()), _) | (_, Typed::Value(())) => Typed::Value(reference),
        (Typed::Absent, Typed::Absent) if matches!(value, ValueRef::Record(_)) => Typed::Wrong,
        (Typed::Absent, Typed::Absent) => Typed::Absent,
        _ => Typed::Empty,
    }
}

/// What a reference compares by.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    id: ValueRef<'a>,
    name: ValueRef<'a>,
}

impl Reference<'_> {
    /// What `visit` makes of the id, if there is one.
    pub fn with_id<T>(&self, visit: impl FnOnce(&str) -> T) -> Option<T> {
        text(self.id, &mut NumberText::default()).value().map(visit)
    }

    /// Calls `visit` with the id and the name, as far as there are, until it gives `true`;
    /// whether it did.
    pub fn any(&self, mut visit: impl FnMut(&str) -> bool) -> bool {
        let mut digits = NumberText::default();
        text(self.id, &mut digits).value().is_some_and(&mut visit)
            || text(self.name, &mut digits).value().is_some_and(visit)
    }
}

/// As related records or events.
pub fn records(value: ValueRef<'_>) -> Typed<&dyn List> {
    match value {
        ValueRef::List(list) if list.is_empty() => Typed::Empty,
        ValueRef::List(list) => Typed::read(
            (0..list.len()).all(|i| matches!(list.at(i), ValueRef::Record(_))).then_some(list),
        ),
        other => nothing(other).unwrap_or(Typed::Wrong),
    }
}

/// As one related record or event of a list.
pub fn record(value: ValueRef<'_>) -> Option<&dyn Record> {
    match value {
        ValueRef::Record(record) => Some(record),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
