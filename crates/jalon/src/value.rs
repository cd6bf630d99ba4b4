//! Values: what a record holds and how it is read, compared and moved in time.
//!
//! Nothing here knows rules. Numbers are exact decimals, dates are civil days, instants are
//! microseconds of UTC, and texts compare by the folding of [`fold`].

pub(crate) mod arithmetic;
pub mod calendar;
pub mod clock;
pub mod fields;
pub mod fold;
mod interned;
pub mod json;
pub(crate) mod merged;
mod named;
pub(crate) mod near;
mod owned;
mod picked;
pub mod read;
pub mod row;
pub mod time;
pub mod typed;

use rust_decimal::Decimal;

use crate::value::fold::TextMode;

pub use calendar::{Calendar, Holidays, OpenSpan};
pub use clock::{Clock, ClockError, Interval, NoClock, TimeSpec, Window, Zone};
pub use fields::{AsValue, Binding, Fields};
pub use interned::{Interned, Interner, Symbol};
pub use picked::{Cell, Cells, Layout, Picked, Wanted};
pub use row::{Row, Shape};
pub use time::{Date, Instant, LocalDateTime, Moment, TimeOfDay};
pub use typed::Typed;

/// A value that owns its content: constants of programs, results of expressions, fields of a
/// [`Row`].
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// A checkbox.
    Bool(bool),
    /// An exact number.
    Number(Decimal),
    /// A text.
    Text(String),
    /// A civil date.
    Date(Date),
    /// A date and time without a zone: local time.
    DateTime(LocalDateTime),
    /// A point in time.
    Instant(Instant),
    /// Several values: a multi-list, events, related records.
    List(Vec<Value>),
    /// Named values: an event, a related record, a resolved reference.
    Record(Vec<(String, Value)>),
    /// What no field can hold, such as infinity or a number of more than 28 digits: of the wrong
    /// type wherever it is read, and harmless elsewhere.
    Invalid(Shown),
}

/// The words for a value that no field can hold; its `Debug` form is the bare text, as messages
/// show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown(pub String);

/// A value as a record lends it to the engine: nothing is copied to be compared.
#[derive(Clone, Copy, Debug)]
pub enum ValueRef<'a> {
    /// The record does not carry the field at all.
    Absent,
    /// The field is there and holds nothing.
    Empty,
    /// A checkbox.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// An exact number.
    Number(Decimal),
    /// A text. White space only counts as empty when it is read.
    Text(&'a str),
    /// A civil date.
    Date(Date),
    /// A date and time without a zone: local time.
    DateTime(LocalDateTime),
    /// A point in time.
    Instant(Instant),
    /// Several values: a multi-list, events, related records.
    List(&'a dyn List),
    /// Named values: an event, a related record, a resolved reference.
    Record(&'a dyn Record),
    /// Something that no field can hold, such as infinity or a number of more than 28 digits:
    /// of the wrong type wherever it is read.
    Invalid(&'a dyn std::fmt::Debug),
}

/// Anything that holds values by field: a row, a JSON object, an Arrow row, a Python dict.
pub trait Record: std::fmt::Debug {
    /// The value of a field; [`ValueRef::Absent`] when the record does not carry it under any
    /// of its names.
    fn get(&self, key: &FieldKey) -> ValueRef<'_>;

    /// Whether the record carries the field under two of its names with different values.
    fn conflict(&self, key: &FieldKey) -> Option<Conflict>;

    /// Whether [`Record::conflict`] may find anything at all: asked once of a record, so that it
    /// need not be asked of every field. `true` is always right.
    fn may_conflict(&self) -> bool {
        true
    }

    /// The number of the text of a field, where it is an [`Interned`] one; nothing is always right.
    #[inline]
    fn symbol(&self, key: &FieldKey) -> Option<Symbol> {
        let _ = key;
        None
    }
}

/// Any record as one behind a pointer.
#[derive(Debug)]
pub(crate) struct Lent<'r, R: ?Sized>(pub(crate) &'r R);

impl<R: Record + ?Sized> Record for Lent<'_, R> {
    #[inline]
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        self.0.get(key)
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        self.0.conflict(key)
    }

    fn may_conflict(&self) -> bool {
        self.0.may_conflict()
    }

    #[inline]
    fn symbol(&self, key: &FieldKey) -> Option<Symbol> {
        self.0.symbol(key)
    }
}

/// Several values in order.
pub trait List: std::fmt::Debug {
    /// How many.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The value at an index below [`List::len`]; `Empty` beyond.
    fn at(&self, index: usize) -> ValueRef<'_>;
}

/// Two names of one field with different values in one record: an error, never a silent choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The two keys as the record spells them.
    pub keys: (String, String),
}

/// How to find one field in a record: by slot where the record was built for the program's
/// shape, by name elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldKey {
    /// The shape that numbers the slots (one for each module of a program, and for each list of
    /// events).
    pub shape: u32,
    /// The field's number in that shape.
    pub slot: u32,
    /// Label first, then API names and synonyms, as declared.
    pub names: Vec<String>,
    /// The same names folded: record keys compare as text does.
    pub folded: Vec<String>,
    /// `Compte.Type`: how to read it through the reference when no key has the whole name.
    pub path: Option<Box<(FieldKey, FieldKey)>>,
}

impl FieldKey {
    /// The shape of keys without slots.
    pub const NO_SHAPE: u32 = u32::MAX;

    /// Whether two keys are of one field.
    pub fn is(&self, other: &FieldKey) -> bool {
        if self.shape != FieldKey::NO_SHAPE && self.shape == other.shape {
            return self.slot == other.slot;
        }
        self.folded.iter().any(|name| other.folded.contains(name))
    }

    /// A field that is found by any of its names.
    pub fn named<S: Into<String>>(names: impl IntoIterator<Item = S>) -> FieldKey {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        let folded =
            names.iter().map(|name| fold::fold(name, TextMode::default()).into_owned()).collect();
        FieldKey { shape: FieldKey::NO_SHAPE, slot: 0, names, folded, path: None }
    }

    /// The value at the end of the key's path, if it has one: `read` gives the reference, and
    /// the record that it holds gives the field.
    pub fn through<'a>(&self, read: impl FnOnce(&FieldKey) -> ValueRef<'a>) -> ValueRef<'a> {
        let Some((reference, field)) = self.path.as_deref() else { return ValueRef::Absent };
        match read(reference) {
            ValueRef::Record(record) => record.get(field),
            ValueRef::Invalid(value) => ValueRef::Invalid(value),
            _ => ValueRef::Absent,
        }
    }
}
