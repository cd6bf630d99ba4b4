//! Values: what a record holds and how it is read, compared and moved in time.
//!
//! Nothing here knows rules. Numbers are exact decimals, dates are civil days, instants are
//! microseconds of UTC, and texts compare by the folding of [`fold`].

pub mod clock;
pub mod fold;
pub mod json;
pub mod read;
pub mod row;
pub mod time;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

pub use clock::{Clock, Interval, TimeSpec, Window, Zone};
pub use row::Row;
pub use time::{Date, Instant, LocalDateTime};

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
}

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

impl Serialize for Value {
    /// Numbers as decimal strings are not needed: they are written as JSON numbers where exact,
    /// dates and instants as ISO text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Empty => serializer.serialize_none(),
            Value::Bool(b) => serializer.serialize_bool(*b),
            Value::Number(n) => serializer.collect_str(n),
            Value::Text(t) => serializer.serialize_str(t),
            Value::Date(d) => serializer.collect_str(d),
            Value::DateTime(d) => serializer.collect_str(d),
            Value::Instant(i) => serializer.collect_str(i),
            Value::List(items) => serializer.collect_seq(items),
            Value::Record(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}
