//! JavaScript objects as records.
//!
//! Only an object's own enumerable properties are read. `undefined` is an absent field, `null` and
//! `NaN` are empty ones; a `Date` is an instant, a `Set` a list, a `Map` a record; an object with a
//! `toJSON` method is what that method gives, as for `JSON.stringify` (decimal libraries and
//! object mappers have one). What no field can hold — infinity, a function, an object inside
//! itself — is of the wrong type wherever a rule reads it, and harmless elsewhere.

use jalon::value::{Instant, Row, Value};
use napi::bindgen_prelude::Unknown;

use crate::failure::Failure;
use crate::js::{Handle, Js, Kind};

/// Objects nested deeper than this are of the wrong type.
const MAX_DEPTH: usize = 32;

/// The most values that one record may hold, lists and nested objects included.
const MAX_VALUES: u32 = 1_000_000;

/// Reads one object as a record of the module that `empty` is of.
pub(crate) fn read(js: Js, record: &Unknown<'_>, empty: &Row) -> Result<Row, Failure> {
    let handle = Js::handle(record);
    row(js, handle, empty, || "the record".to_owned())
}

/// Reads an array of objects. `first` is the number of its first element, for messages.
pub(crate) fn read_all(
    js: Js,
    records: &Unknown<'_>,
    first: u32,
    empty: &Row,
) -> Result<Vec<Row>, Failure> {
    let array = Js::handle(records);
    let Kind::Array(length) = js.kind(array)? else {
        return Err(Failure::Argument("records must be an array".to_owned()));
    };
    (0..length)
        .map(|index| {
            let name = || format!("records[{}]", u64::from(first) + u64::from(index));
            js.scoped(|| row(js, js.element(array, index)?, empty, name))?
        })
        .collect()
}

fn row(
    js: Js,
    record: Handle,
    empty: &Row,
    name: impl Fn() -> String,
) -> Result<Row, Failure> {
    let mut reader = Reader { js, ancestors: Vec::new(), left: MAX_VALUES };
    let mut row = empty.clone();
    if !reader.record(record, &mut |field, value| row.set(&field, value))? {
        return Err(Failure::Argument(format!("{} must be an object", name())));
    }
    if reader.left == 0 {
        let problem = format!("{} holds more than {MAX_VALUES} values", name());
        return Err(Failure::Argument(problem));
    }
    Ok(row)
}

/// Reads one record: knows which objects it is inside, so that a loop ends.
struct Reader {
    js: Js,
    ancestors: Vec<Handle>,
    left: u32,
}

/// What an object stands for.
enum Content {
    /// Itself: its keys and how many.
    Fields(Handle, u32),
    /// What its `toJSON` gives, or the content of a `Set` or `Map`.
    Other(Handle),
}

impl Reader {
    /// Gives the fields of an object one by one; false where it is none.
    fn record(
        &mut self,
        object: Handle,
        field: &mut dyn FnMut(String, Value),
    ) -> Result<bool, Failure> {
        if !matches!(self.js.kind(object)?, Kind::Object) {
            return Ok(false);
        }
        match self.content(object)? {
            Content::Fields(keys, count) => self.fields(object, keys, count, field)?,
            Content::Other(other) => {
                if !matches!(self.js.kind(other)?, Kind::Object) {
                    return Ok(false);
                }
                let (keys, count) = self.js.own_keys(other)?;
                self.fields(other, keys, count, field)?;
            }
        }
        Ok(true)
    }

    fn content(&self, object: Handle) -> Result<Content, Failure> {
        let method = self.js.named(object, c"toJSON")?;
        if matches!(self.js.kind(method)?, Kind::Function) {
            let other = self.js.call(object, method, &[])?;
            if !self.js.same(other, object)? {
                return Ok(Content::Other(other));
            }
        }
        let (keys, count) = self.js.own_keys(object)?;
        if count == 0 && let Some(other) = self.js.collection(object)? {
            return Ok(Content::Other(other));
        }
        Ok(Content::Fields(keys, count))
    }

    fn fields(
        &mut self,
        object: Handle,
        keys: Handle,
        count: u32,
        field: &mut dyn FnMut(String, Value),
    ) -> Result<(), Failure> {
        self.ancestors.push(object);
        for index in 0..count {
            let key = self.js.element(keys, index)?;
            let value = self.js.property(object, key)?;
            if let Some(value) = self.value(value)? {
                field(self.js.text(key)?, value);
            }
        }
        self.ancestors.pop();
        Ok(())
    }

    /// A value; `None` for `undefined`.
    fn value(&mut self, handle: Handle) -> Result<Option<Value>, Failure> {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return Ok(None);
        }
        Ok(Some(match self.js.kind(handle)? {
            Kind::Undefined => return Ok(None),
            Kind::Null => Value::Empty,
            Kind::Bool(ticked) => Value::Bool(ticked),
            Kind::Number(number) => Value::from(number),
            Kind::Text => Value::Text(self.js.text(handle)?),
            Kind::BigInt(negative, size) => whole(negative, size),
            Kind::Date(millis) => date(millis),
            Kind::Array(_) | Kind::Object if self.is_too_deep(handle)? => {
                Value::Invalid("an object inside itself".to_owned())
            }
            Kind::Array(length) => self.list(handle, length)?,
            Kind::Object => self.object(handle)?,
            Kind::Function => Value::Invalid("a function".to_owned()),
            Kind::Symbol => Value::Invalid("a symbol".to_owned()),
            Kind::External => Value::Invalid("a native object".to_owned()),
        }))
    }

    fn is_too_deep(&self, object: Handle) -> Result<bool, Failure> {
        for &ancestor in &self.ancestors {
            if self.js.same(ancestor, object)? {
                return Ok(true);
            }
        }
        Ok(self.ancestors.len() >= MAX_DEPTH)
    }

    /// An element that is `undefined` keeps its place, empty.
    fn list(&mut self, array: Handle, length: u32) -> Result<Value, Failure> {
        self.ancestors.push(array);
        let mut items = Vec::new();
        for index in 0..length {
            if self.left == 0 {
                break;
            }
            let item = self.js.element(array, index)?;
            items.push(self.value(item)?.unwrap_or(Value::Empty));
        }
        self.ancestors.pop();
        Ok(Value::List(items))
    }

    fn object(&mut self, object: Handle) -> Result<Value, Failure> {
        match self.content(object)? {
            Content::Fields(keys, count) => {
                let mut fields = Vec::new();
                self.fields(object, keys, count, &mut |name, value| fields.push((name, value)))?;
                Ok(Value::Record(fields))
            }
            Content::Other(other) => {
                self.ancestors.push(object);
                let value = self.value(other)?.unwrap_or(Value::Empty);
                self.ancestors.pop();
                Ok(value)
            }
        }
    }
}

/// A `bigint`: exact as far as a decimal goes.
fn whole(negative: bool, size: Option<u128>) -> Value {
    let number = size
        .and_then(|size| i128::try_from(size).ok())
        .and_then(|size| Decimal::try_from_i128_with_scale(if negative { -size } else { size }, 0).ok());
    number.map_or_else(|| Value::Invalid("a bigint of more than 28 digits".to_owned()), Value::Number)
}

/// A `Date`: an instant. An invalid one is of the wrong type.
fn date(millis: f64) -> Value {
    // JavaScript dates are whole milliseconds within ±8.64e15.
    if millis.is_nan() {
        return Value::Invalid("Invalid Date".to_owned());
    }
    Value::Instant(Instant::from_micros(millis as i64 * 1000))
}
