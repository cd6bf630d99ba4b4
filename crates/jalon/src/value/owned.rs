//! Making, lending and writing owned values.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value::json::JsonNumber;
use crate::value::read::{decimal_of_float, float};
use crate::value::{Date, Instant, LocalDateTime, Moment, Shown, Typed, Value, ValueRef};

impl Value {
    /// The value as a record lends it.
    #[inline]
    pub fn as_ref(&self) -> ValueRef<'_> {
        match self {
            Value::Empty => ValueRef::Empty,
            Value::Bool(ticked) => ValueRef::Bool(*ticked),
            Value::Number(number) => ValueRef::Number(*number),
            Value::Text(text) => ValueRef::Text(text),
            Value::Date(date) => ValueRef::Date(*date),
            Value::DateTime(local) => ValueRef::DateTime(*local),
            Value::Instant(instant) => ValueRef::Instant(*instant),
            Value::List(items) => ValueRef::List(items),
            Value::Record(fields) => ValueRef::Record(fields),
            Value::Invalid(shown) => ValueRef::Invalid(shown),
        }
    }

    /// What no field can hold, in the words for it.
    ///
    /// ```
    /// use jalon::value::Value;
    /// assert_eq!(format!("{:?}", Value::invalid("Infinity").as_ref()), "Invalid(Infinity)");
    /// ```
    pub fn invalid(shown: impl Into<String>) -> Value {
        Value::Invalid(Shown(shown.into()))
    }

    /// A float as the shortest decimal that reads back as it; NaN is empty. `None` for infinity
    /// and for more than 28 digits.
    pub fn from_float(number: f64) -> Option<Value> {
        match float(number) {
            Typed::Value(number) => Some(Value::Number(number)),
            Typed::Empty => Some(Value::Empty),
            Typed::Absent | Typed::Wrong => None,
        }
    }
}

impl<'a> ValueRef<'a> {
    /// A float as the shortest decimal that reads back as it; NaN is empty, and what no decimal
    /// of 28 digits holds is invalid.
    pub fn from_float(number: &'a f64) -> ValueRef<'a> {
        if number.is_nan() {
            return ValueRef::Empty;
        }
        decimal_of_float(*number).map_or(ValueRef::Invalid(number), ValueRef::Number)
    }
}

/// Values from what they hold.
macro_rules! from {
    ($($source:ty: $value:ident => $made:expr),+ $(,)?) => {$(
        impl From<$source> for Value {
            fn from($value: $source) -> Value {
                $made
            }
        }
    )+};
}
from! {
    &str: text => Value::Text(text.to_owned()),
    String: text => Value::Text(text),
    bool: ticked => Value::Bool(ticked),
    i32: number => Value::Number(number.into()),
    u32: number => Value::Number(number.into()),
    i64: number => Value::Number(number.into()),
    u64: number => Value::Number(number.into()),
    Decimal: number => Value::Number(number),
    Date: date => Value::Date(date),
    LocalDateTime: local => Value::DateTime(local),
    Instant: instant => Value::Instant(instant),
    Moment: moment => match moment {
        Moment::Date(date) => Value::Date(date),
        Moment::Local(local) => Value::DateTime(local),
        Moment::Instant(instant) => Value::Instant(instant),
    },
    Vec<(String, Value)>: fields => Value::Record(fields),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    /// Nothing is empty.
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Empty, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Value {
    /// As [`Value::from`] a JSON value: what was a date is text again, which a date field reads.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        serde_json::Value::deserialize(deserializer).map(|json| Value::from(&json))
    }
}

impl Serialize for Value {
    /// As [`Value::to_json`]: numbers are JSON numbers where those read back as the same
    /// decimal, otherwise their text; dates and instants are ISO text, and what no field can hold is the
    /// words for it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Empty => serializer.serialize_none(),
            Value::Bool(ticked) => serializer.serialize_bool(*ticked),
            Value::Number(number) => match JsonNumber::of(*number) {
                JsonNumber::Whole(whole) => serializer.serialize_i64(whole),
                JsonNumber::Float(float) => serializer.serialize_f64(float),
                JsonNumber::Text => serializer.collect_str(number),
            },
            Value::Text(text) => serializer.serialize_str(text),
            Value::Date(date) => serializer.collect_str(date),
            Value::DateTime(local) => serializer.collect_str(local),
            Value::Instant(instant) => serializer.collect_str(instant),
            Value::Invalid(Shown(shown)) => serializer.serialize_str(shown),
            Value::List(items) => serializer.collect_seq(items),
            Value::Record(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}
