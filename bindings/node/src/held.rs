//! JavaScript values, owned: read once a call, then lent to the engine on whichever thread.

use std::fmt;

use jalon::schema::TextMode;
use jalon::value::fold::folds_to;
use jalon::value::{Conflict, FieldKey, Instant, List, Record, ValueRef};
use rust_decimal::Decimal;

/// A value that a record holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Held {
    /// `null`, `NaN`
    Empty,
    /// `boolean`
    Bool(bool),
    /// `number` and `bigint`, exact
    Number(Decimal),
    /// `string`
    Text(String),
    /// `Date`
    Instant(Instant),
    /// `Array`, `Set`
    List(Items),
    /// Any other object, `Map`
    Record(Fields),
    /// What no field can hold, as people read it.
    Invalid(Shown),
}

/// The words for a value that no field can hold; errors print them as they are.
#[derive(Clone, PartialEq)]
pub(crate) struct Shown(pub(crate) String);

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Several values in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Items(pub(crate) Vec<Held>);

/// Named values, in the order of the JavaScript object.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fields(pub(crate) Vec<(String, Held)>);

impl Held {
    pub(crate) fn invalid(shown: impl Into<String>) -> Held {
        Held::Invalid(Shown(shown.into()))
    }

    fn lend(&self) -> ValueRef<'_> {
        match self {
            Held::Empty => ValueRef::Empty,
            Held::Bool(ticked) => ValueRef::Bool(*ticked),
            Held::Number(number) => ValueRef::Number(*number),
            Held::Text(text) => ValueRef::Text(text),
            Held::Instant(instant) => ValueRef::Instant(*instant),
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

/// Whether a record's key is one of a field's names: record keys compare as text does.
fn is_name_of(name: &str, key: &FieldKey) -> bool {
    key.folded.iter().any(|folded| folds_to(name, folded, TextMode::default()))
}

impl Record for Fields {
    /// Under one of the field's names as declared, else under any spelling of one, else through
    /// the reference of its path.
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        let exact = |wanted: &String| self.0.iter().find(|(name, _)| name == wanted);
        let spelled = || self.0.iter().find(|(name, _)| is_name_of(name, key));
        match key.names.iter().find_map(exact).or_else(spelled) {
            Some((_, value)) => value.lend(),
            None => key.through(|reference| self.get(reference)),
        }
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        let mut carried = self.0.iter().filter(|(name, _)| is_name_of(name, key));
        let (first, value) = carried.next()?;
        let (second, _) = carried.find(|(_, other)| other != value)?;
        Some(Conflict { keys: (first.clone(), second.clone()) })
    }
}
