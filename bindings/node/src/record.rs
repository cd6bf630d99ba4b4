//! JavaScript objects as records.
//!
//! Only an object's own enumerable properties are read. `undefined` is an absent field, `null` and
//! `NaN` are empty ones; a `Date` is an instant, a `Set` a list, a `Map` a record; an object with a
//! `toJSON` method is what that method gives, as for `JSON.stringify` (decimal libraries and
//! object mappers have one). What no field can hold — infinity, a function, an object inside
//! itself — is of the wrong type wherever a rule reads it, and harmless elsewhere.

use jalon::value::Value;
use napi::bindgen_prelude::Unknown;
use rust_decimal::Decimal;

use crate::failure::Failure;
use crate::js::{Handle, Js, Kind};
use crate::moment::instant;

/// The values of an object by name, owned: read once a call, then lent to the engine on
/// whichever thread.
pub(crate) type Fields = Vec<(String, Value)>;

/// Objects nested deeper than this are of the wrong type.
const MAX_DEPTH: usize = 32;

/// The most values that one record may hold, lists and nested objects included.
const MAX_VALUES: u32 = 1_000_000;

/// Reads one object.
pub(crate) fn read(js: Js, record: &Unknown<'_>) -> Result<Fields, Failure> {
    named(js, record, "the record")
}

/// As [`read`]; `name` is what messages call it.
pub(crate) fn named(js: Js, record: &Unknown<'_>, name: &str) -> Result<Fields, Failure> {
    fields(js, Js::handle(record), || name.to_owned())
}

/// Reads an array of objects. `first` is the number of its first element, for messages.
pub(crate) fn read_all(js: Js, records: &Unknown<'_>, first: u32) -> Result<Vec<Fields>, Failure> {
    let array = Js::handle(records);
    let Kind::Array(length) = js.kind(array)? else {
        return Err(Failure::Argument("records must be an array".to_owned()));
    };
    (0..length)
        .map(|index| {
            let name = || format!("records[{}]", u64::from(first) + u64::from(index));
            js.scoped(|| fields(js, js.element(array, index)?, name))?
        })
        .collect()
}

/// Reads values of a record: an array of the record itself, then the values.
pub(crate) fn values(js: Js, values: &Unknown<'_>) -> Result<Vec<Option<Value>>, Failure> {
    let array = Js::handle(values);
    let Kind::Array(length) = js.kind(array)? else { return Ok(Vec::new()) };
    let record = js.element(array, 0)?;
    let mut reader = Reader { js, ancestors: vec![record], left: MAX_VALUES };
    let values = (1..length).map(|index| reader.value(js.element(array, index)?));
    let values = values.collect::<Result<_, _>>()?;
    reader.finish("the record", values)
}

/// One value, such as a list of objects; `name` is what messages call it.
pub(crate) fn value(js: Js, value: &Unknown<'_>, name: &str) -> Result<Value, Failure> {
    let mut reader = Reader { js, ancestors: Vec::new(), left: MAX_VALUES };
    let value = reader.value(Js::handle(value))?.unwrap_or(Value::Empty);
    reader.finish(name, value)
}

fn fields(js: Js, record: Handle, name: impl Fn() -> String) -> Result<Fields, Failure> {
    let mut reader = Reader { js, ancestors: Vec::new(), left: MAX_VALUES };
    let Some(fields) = reader.record(record)? else {
        return Err(Failure::Argument(format!("{} must be an object", name())));
    };
    reader.finish(&name(), fields)
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
    /// What was read, unless it was too much.
    fn finish<T>(self, name: &str, read: T) -> Result<T, Failure> {
        if self.left > 0 {
            return Ok(read);
        }
        Err(Failure::Argument(format!("{name} holds more than {MAX_VALUES} values")))
    }

    /// The fields of an object; `None` where it is none.
    fn record(&mut self, object: Handle) -> Result<Option<Fields>, Failure> {
        if !matches!(self.js.kind(object)?, Kind::Object) {
            return Ok(None);
        }
        let (object, (keys, count)) = match self.content(object)? {
            Content::Fields(keys, count) => (object, (keys, count)),
            Content::Other(other) if matches!(self.js.kind(other)?, Kind::Object) => {
                (other, self.js.own_keys(other)?)
            }
            Content::Other(_) => return Ok(None),
        };
        self.fields(object, keys, count).map(Some)
    }

    fn content(&self, object: Handle) -> Result<Content, Failure> {
        let method = self.js.named(object, c"toJSON")?;
        if matches!(self.js.kind(method)?, Kind::Function) {
            let other = self.js.call(object, method, None)?;
            if !self.js.same(other, object)? {
                return Ok(Content::Other(other));
            }
        }
        let (keys, count) = self.js.own_keys(object)?;
        if count == 0
            && let Some(other) = self.js.collection(object)?
        {
            return Ok(Content::Other(other));
        }
        Ok(Content::Fields(keys, count))
    }

    fn fields(&mut self, object: Handle, keys: Handle, count: u32) -> Result<Fields, Failure> {
        let mut fields = Vec::with_capacity(count as usize);
        self.ancestors.push(object);
        for index in 0..count {
            let key = self.js.element(keys, index)?;
            let value = self.js.property(object, key)?;
            if let Some(value) = self.value(value)? {
                fields.push((self.js.text(key)?, value));
            }
        }
        self.ancestors.pop();
        Ok(fields)
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
            Kind::Number(number) => float(number),
            Kind::Text => Value::Text(self.js.text(handle)?),
            Kind::BigInt(negative, size) => whole(negative, size),
            Kind::Date(millis) => date(millis),
            Kind::Array(_) | Kind::Object if self.is_inside_itself(handle)? => {
                Value::invalid("an object inside itself")
            }
            Kind::Array(_) | Kind::Object if self.ancestors.len() >= MAX_DEPTH => {
                Value::invalid("an object nested too deeply")
            }
            Kind::Array(length) => self.list(handle, length)?,
            Kind::Object => self.object(handle)?,
            Kind::Function => Value::invalid("a function"),
            Kind::Other(words) => Value::invalid(words),
        }))
    }

    fn is_inside_itself(&self, object: Handle) -> Result<bool, Failure> {
        for &ancestor in &self.ancestors {
            if self.js.same(ancestor, object)? {
                return Ok(true);
            }
        }
        Ok(false)
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
            Content::Fields(keys, count) => Ok(Value::Record(self.fields(object, keys, count)?)),
            Content::Other(other) => {
                self.ancestors.push(object);
                let value = self.value(other)?.unwrap_or(Value::Empty);
                self.ancestors.pop();
                Ok(value)
            }
        }
    }
}

/// A `number`: the shortest decimal that reads back as it.
pub(crate) fn float(number: f64) -> Value {
    match Value::from_float(number) {
        Some(value) => value,
        None if number == f64::INFINITY => Value::invalid("Infinity"),
        None if number == f64::NEG_INFINITY => Value::invalid("-Infinity"),
        None => Value::invalid(format!("{number:?}")),
    }
}

/// A `bigint`: exact as far as a decimal goes.
fn whole(negative: bool, size: Option<u128>) -> Value {
    let number = size.and_then(|size| i128::try_from(size).ok()).and_then(|size| {
        Decimal::try_from_i128_with_scale(if negative { -size } else { size }, 0).ok()
    });
    number.map_or_else(|| Value::invalid("a bigint of more than 28 digits"), Value::Number)
}

/// A `Date`: an instant. An invalid one is of the wrong type.
pub(crate) fn date(millis: f64) -> Value {
    if millis.is_nan() { Value::invalid("Invalid Date") } else { Value::Instant(instant(millis)) }
}
