//! Python records, owned: converted once a call, then read without the interpreter.

use jalon::schema::TextMode;
use jalon::value::fold::folds_to;
use jalon::value::{Conflict, Date, FieldKey, Instant, List, LocalDateTime, Record, ValueRef};
use rust_decimal::Decimal;

/// A Python value, owned.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// `None`, a NaN.
    Empty,
    /// `bool`
    Bool(bool),
    /// `int` of up to 64 bits
    Int(i64),
    /// `int`, `float`, `decimal.Decimal`
    Number(Decimal),
    /// `str`
    Text(String),
    /// `datetime.date`
    Date(Date),
    /// A naive `datetime.datetime`.
    DateTime(LocalDateTime),
    /// An aware `datetime.datetime`.
    Instant(Instant),
    /// `list`, `tuple`, `set`, `frozenset`
    List(Items),
    /// `dict` and the other kinds of records.
    Record(Fields),
    /// What no field can hold, as people read it.
    Invalid(String),
}

/// Several values in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Items(pub Vec<Held>);

/// Named values, in the order of the Python record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(pub Vec<(String, Held)>);

impl Held {
    fn lend(&self) -> ValueRef<'_> {
        match self {
            Held::Empty => ValueRef::Empty,
            Held::Bool(value) => ValueRef::Bool(*value),
            Held::Int(value) => ValueRef::Int(*value),
            Held::Number(value) => ValueRef::Number(*value),
            Held::Text(value) => ValueRef::Text(value),
            Held::Date(value) => ValueRef::Date(*value),
            Held::DateTime(value) => ValueRef::DateTime(*value),
            Held::Instant(value) => ValueRef::Instant(*value),
            Held::List(items) => ValueRef::List(items),
            Held::Record(fields) => ValueRef::Record(fields),
            Held::Invalid(shown) => ValueRef::Invalid(shown),
        }
    }
}

impl List for Items {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn at(&self, index: usize) -> ValueRef<'_> {
        self.0.get(index).map_or(ValueRef::Empty, Held::lend)
    }
}

impl Fields {
    /// The value under one of a field's names, the label before the others, as written before
    /// folded.
    fn find(&self, key: &FieldKey) -> Option<&Held> {
        let exact = |wanted: &String| self.0.iter().find(|(name, _)| name == wanted);
        let folded = |wanted: &String| self.0.iter().find(|(name, _)| is_named(name, wanted));
        let found = key.names.iter().find_map(exact).or_else(|| key.folded.iter().find_map(folded));
        found.map(|(_, value)| value)
    }
}

/// Whether a name of the record is a declared one, folded.
fn is_named(name: &str, folded: &str) -> bool {
    folds_to(name, folded, TextMode::default())
}

impl Record for Fields {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        if let Some(value) = self.find(key) {
            return value.lend();
        }
        key.through(|reference| self.get(reference))
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        let is_key = |name: &str| key.folded.iter().any(|folded| is_named(name, folded));
        let mut carried = self.0.iter().filter(|(name, _)| is_key(name));
        let (first, value) = carried.next()?;
        carried
            .find(|(_, other)| other != value)
            .map(|(second, _)| Conflict { keys: (first.clone(), second.clone()) })
    }
}
