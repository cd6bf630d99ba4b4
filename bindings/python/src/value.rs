//! Python values into the engine's, exactly.

use jalon::value::time::Moment;
use jalon::value::{Date, Instant, LocalDateTime, Value, read};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyBool, PyDate, PyDateTime, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PySet, PyString,
    PyTuple, PyType,
};
use rust_decimal::Decimal;

use crate::error::raise;
use crate::reading;

/// How deep lists and records may be nested.
const MAX_DEPTH: u32 = 64;
/// Days from 0001-01-01, which Python counts as 1, to 1970-01-01.
pub const EPOCH_ORDINAL: i64 = 719_163;

/// A record: a dict, or anything with named values as one.
pub fn record<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
    if let Some(dict) = named(object)? {
        return Ok(dict);
    }
    let rows = if object.hasattr("__arrow_c_stream__")? {
        "; of many rows, `score_frame` and `match_frame` take the frame"
    } else {
        ""
    };
    let message = format!(
        "a record is a dict, a mapping, a dataclass, a pydantic model or a row of pandas, not \
         {}{rows}",
        object.get_type().name()?
    );
    Err(raise(object.py(), "RecordError", message))
}

/// All values of a record by name, owned.
pub fn fields(object: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Value)>> {
    named_values(&record(object)?, MAX_DEPTH)
}

/// One value of a record.
pub fn value(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    held(object, MAX_DEPTH)
}

/// A dict, or what the Python side can see as one.
fn named<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyDict>>> {
    static AS_DICT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if let Ok(dict) = object.cast::<PyDict>() {
        return Ok(Some(dict.clone()));
    }
    let dict = AS_DICT.import(object.py(), "jalon._records", "as_dict")?.call1((object,))?;
    Ok(dict.cast_into().ok())
}

/// The values of a record inside a record.
fn named_values(dict: &Bound<'_, PyDict>, depth: u32) -> PyResult<Vec<(String, Value)>> {
    // Values may run code of theirs, which may change the dict.
    let entries: Vec<_> = dict.iter().collect();
    let field = |(key, value): &(Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        Ok((reading::name(key)?.to_owned(), held(value, depth)?))
    };
    entries.iter().map(field).collect()
}

/// One value. What no field can hold is kept as such: it is of the wrong type where it is read,
/// and harmless elsewhere.
fn held(object: &Bound<'_, PyAny>, depth: u32) -> PyResult<Value> {
    if object.is_none() {
        return Ok(Value::Empty);
    }
    if let Ok(text) = object.cast::<PyString>() {
        return Ok(text.to_cow().map_or_else(
            |_| Value::invalid(shown(object)),
            |text| Value::Text(text.into_owned()),
        ));
    }
    if let Ok(tick) = object.cast::<PyBool>() {
        return Ok(Value::Bool(tick.is_true()));
    }
    if let Ok(int) = object.cast::<PyInt>() {
        return Ok(int
            .extract()
            .map_or_else(|_| number(object, printed(object)), |whole: i64| whole.into()));
    }
    if let Ok(float) = object.cast::<PyFloat>() {
        let number = number(object, read::decimal_of_float(float.value()));
        return Ok(if float.value().is_nan() { Value::Empty } else { number });
    }
    if object.cast::<PyDateTime>().is_ok() {
        return datetime(object);
    }
    if object.cast::<PyDate>().is_ok() {
        return Ok(Value::Date(date(object)?));
    }
    if is_decimal(object)? {
        let nan: bool = object.call_method0("is_nan")?.extract()?;
        return Ok(if nan { Value::Empty } else { number(object, printed(object)) });
    }
    compound(object, depth)
}

/// Lists, records, and the scalars of other libraries.
fn compound(object: &Bound<'_, PyAny>, depth: u32) -> PyResult<Value> {
    let depth = deeper(object, depth)?;
    if is_enum(object)? {
        return held(&object.getattr("value")?, depth);
    }
    let is_list = object.is_instance_of::<PyList>()
        || (object.is_instance_of::<PyTuple>() && !object.hasattr("_fields")?);
    if is_list || object.is_instance_of::<PySet>() || object.is_instance_of::<PyFrozenSet>() {
        let items = object.try_iter()?.map(|item| held(&item?, depth));
        return Ok(Value::List(items.collect::<PyResult<_>>()?));
    }
    if let Some(dict) = named(object)? {
        return named_values(&dict, depth).map(Value::Record);
    }
    if object.hasattr("dtype")? && object.hasattr("tolist")? {
        // numpy and pandas: a float of single precision prints as the decimal that it stands for
        let plain = object.call_method0("tolist")?;
        let is_number = plain.cast::<PyFloat>().is_ok_and(|float| !float.value().is_nan());
        return if is_number { Ok(number(object, printed(object))) } else { held(&plain, depth) };
    }
    match &*object.get_type().name()?.to_cow()? {
        "NAType" | "NaTType" => Ok(Value::Empty),
        "UUID" => Ok(Value::Text(object.str()?.to_cow()?.into_owned())),
        _ => Ok(Value::invalid(shown(object))),
    }
}

/// One level deeper, where there is one.
fn deeper(object: &Bound<'_, PyAny>, depth: u32) -> PyResult<u32> {
    let message = || format!("values are nested more than {MAX_DEPTH} deep");
    depth.checked_sub(1).ok_or_else(|| raise(object.py(), "RecordError", message()))
}

/// An exact number; of the wrong type beyond 28 digits.
fn number(object: &Bound<'_, PyAny>, number: Option<Decimal>) -> Value {
    number.map_or_else(|| Value::invalid(shown(object)), Value::Number)
}

/// The number that Python prints.
fn printed(object: &Bound<'_, PyAny>) -> Option<Decimal> {
    read::number(&object.str().ok()?.to_cow().ok()?)
}

fn date(object: &Bound<'_, PyAny>) -> PyResult<Date> {
    let ordinal: i64 = object.call_method0("toordinal")?.extract()?;
    Ok(Date::from_days((ordinal - EPOCH_ORDINAL) as i32))
}

/// A datetime: an instant if it is aware, local time if it is not.
fn datetime(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    let Ok(date) = date(object) else {
        return Ok(Value::Empty); // NaT
    };
    let part = |name: &str| object.getattr(name)?.extract::<i64>();
    let seconds = (part("hour")? * 60 + part("minute")?) * 60 + part("second")?;
    let local = (i64::from(date.days()) * 86_400 + seconds) * 1_000_000 + part("microsecond")?;
    let offset = object.call_method0("utcoffset")?;
    if offset.is_none() {
        return Ok(Value::DateTime(LocalDateTime::from_micros(local)));
    }
    let part = |name: &str| offset.getattr(name)?.extract::<i64>();
    let ahead = (part("days")? * 86_400 + part("seconds")?) * 1_000_000 + part("microseconds")?;
    Ok(Value::Instant(Instant::from_micros(local - ahead)))
}

/// The moment that a date or a datetime names; `None` for anything else.
pub fn moment(object: &Bound<'_, PyAny>) -> PyResult<Option<Moment>> {
    let moment = match held(object, 1)? {
        Value::Date(date) => Moment::Date(date),
        Value::DateTime(local) => Moment::Local(local),
        Value::Instant(instant) => Moment::Instant(instant),
        _ => return Ok(None),
    };
    Ok(Some(moment))
}

/// An exact number as `decimal.Decimal`. The small whole ones, which most totals are, are made
/// once.
pub fn decimal(py: Python<'_>, number: Decimal) -> PyResult<Bound<'_, PyAny>> {
    const MADE: i128 = 2048;
    static WHOLE: [PyOnceLock<Py<PyAny>>; 2 * MADE as usize] =
        [const { PyOnceLock::new() }; 2 * MADE as usize];
    let make = |text: String| decimal_class(py)?.call1((text,)).map(Bound::unbind);
    let index = number.mantissa() + MADE;
    let kept = usize::try_from(index).ok().filter(|_| number.scale() == 0);
    match kept.and_then(|index| WHOLE.get(index)) {
        Some(place) => {
            Ok(place.get_or_try_init(py, || make(number.mantissa().to_string()))?.bind(py).clone())
        }
        None => Ok(make(number.to_string())?.into_bound(py)),
    }
}

fn decimal_class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "decimal", "Decimal")
}

fn is_decimal(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    object.is_instance(decimal_class(object.py())?)
}

fn is_enum(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    object.is_instance(CLASS.import(object.py(), "enum", "Enum")?)
}

/// A value as people read it, shortened.
fn shown(object: &Bound<'_, PyAny>) -> String {
    let text = object.str().map(|text| text.to_string_lossy().into_owned());
    text.unwrap_or_default().chars().take(80).collect()
}
