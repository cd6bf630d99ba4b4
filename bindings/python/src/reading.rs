//! Python records as the few values that a program reads, borrowed where that can be.

mod look;

use jalon::value::{Cell, Layout, Value, ValueRef, Wanted, read};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyString};
use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::error::raise;
use crate::value;

/// How many spellings of records are remembered.
const KEPT: usize = 32;

/// The values that are read, in the order of their cells.
pub type Values<'py> = SmallVec<[Bound<'py, PyAny>; 16]>;

/// The names of records met before, and what they mean.
#[derive(Debug, Default)]
pub struct Layouts {
    known: Vec<Known>,
    last: usize,
}

/// The names of a record, in its order: mostly the very same objects in the next record.
#[derive(Debug)]
struct Known {
    names: Vec<(Py<PyAny>, Box<str>)>,
    layout: Layout,
}

/// A value of a record.
#[derive(Debug)]
pub enum Held<'v> {
    /// `None`
    Empty,
    /// `bool`
    Bool(bool),
    /// `int` of up to 64 bits
    Int(i64),
    /// `float`
    Number(Decimal),
    /// `str`
    Text(&'v str),
    /// Anything else.
    Other(Value),
}

/// The wanted values of a record as they are looked at.
pub type Cells<'v> = SmallVec<[Held<'v>; 16]>;

impl Layouts {
    /// Looks at the wanted values of a record, as long as `dict` is not changed: where its names
    /// are those of the last record and its values simple. Otherwise nothing, and `cells` holds
    /// nothing of use.
    pub fn look<'d>(&self, dict: &'d Bound<'_, PyDict>, cells: &mut Cells<'d>) -> Option<&Layout> {
        let known = self.known.get(self.last)?;
        look::same(dict, &known.names, known.layout.reads(), cells).then_some(&known.layout)
    }

    /// Picks the wanted values of a record, and says what its names mean.
    pub fn pick<'py>(
        &mut self,
        wanted: &Wanted,
        dict: &Bound<'py, PyDict>,
    ) -> PyResult<(&Layout, Values<'py>)> {
        let mut values = Values::new();
        if !self.known.get(self.last).is_some_and(|known| known.pick(dict, &mut values)) {
            let entries: Vec<_> = dict.iter().collect();
            self.last = self.find(wanted, &entries)?;
            let reads = self.known[self.last].layout.reads();
            let read = entries.into_iter().zip(reads).filter(|(_, read)| read.is_some());
            values = read.map(|((_, value), _)| value).collect();
        }
        Ok((&self.known[self.last].layout, values))
    }

    /// The index of the layout of these names, made now if need be.
    fn find(
        &mut self,
        wanted: &Wanted,
        entries: &[(Bound<'_, PyAny>, Bound<'_, PyAny>)],
    ) -> PyResult<usize> {
        let texts: Vec<&str> = entries.iter().map(|(key, _)| name(key)).collect::<PyResult<_>>()?;
        let is_same = |known: &Known| {
            known.names.len() == texts.len()
                && known.names.iter().zip(&texts).all(|((_, name), text)| **name == **text)
        };
        if let Some(index) = self.known.iter().position(is_same) {
            return Ok(index);
        }
        let own = |((key, _), text): (&(Bound<'_, PyAny>, _), &&str)| {
            (key.clone().unbind(), Box::from(*text))
        };
        let names = entries.iter().zip(&texts).map(own).collect();
        let known = Known { names, layout: wanted.layout(texts.iter().copied()) };
        if self.known.len() < KEPT {
            self.known.push(known);
            return Ok(self.known.len() - 1);
        }
        let next = (self.last + 1) % KEPT;
        self.known[next] = known;
        Ok(next)
    }
}

impl Known {
    /// Picks the wanted values of a record that has these names; `false` for another.
    fn pick<'py>(&self, dict: &Bound<'py, PyDict>, values: &mut Values<'py>) -> bool {
        if dict.len() != self.names.len() {
            return false;
        }
        let known = self.names.iter().zip(self.layout.reads());
        for ((key, value), ((object, text), read)) in dict.iter().zip(known) {
            if !object.is(&key) && name(&key).ok() != Some(text) {
                return false;
            }
            if read.is_some() {
                values.push(value);
            }
        }
        true
    }
}

/// The text of a record's name.
pub fn name<'k>(key: &'k Bound<'_, PyAny>) -> PyResult<&'k str> {
    if let Ok(text) = key.cast::<PyString>() {
        return text.to_str();
    }
    let message = format!("a record's names are texts, not {key}");
    Err(raise(key.py(), "RecordError", message))
}

impl<'v> Held<'v> {
    /// Looks at a value.
    pub fn read(object: &'v Bound<'_, PyAny>) -> PyResult<Held<'v>> {
        if object.is_none() {
            return Ok(Held::Empty);
        }
        if let Ok(text) = object.cast::<PyString>()
            && let Ok(text) = text.to_str()
        {
            return Ok(Held::Text(text));
        }
        if let Ok(tick) = object.cast::<PyBool>() {
            return Ok(Held::Bool(tick.is_true()));
        }
        if let Ok(int) = object.cast::<PyInt>()
            && let Ok(int) = int.extract()
        {
            return Ok(Held::Int(int));
        }
        if let Ok(float) = object.cast::<PyFloat>()
            && let Some(number) = Held::of_float(float.value())
        {
            return Ok(number);
        }
        value::value(object).map(Held::Other)
    }

    /// As a value, owned.
    pub fn into_value(self) -> Value {
        match self {
            Held::Other(value) => value,
            held => held.to_value(),
        }
    }

    /// A float as a number, if it is one of at most 28 digits.
    fn of_float(float: f64) -> Option<Held<'v>> {
        whole(float).map(Held::Int).or_else(|| read::decimal_of_float(float).map(Held::Number))
    }
}

/// A float that is a whole number as one.
fn whole(float: f64) -> Option<i64> {
    /// Whole numbers below this are exact in a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (float.abs() < EXACT && float.fract() == 0.0).then_some(float as i64)
}

impl Cell for Held<'_> {
    fn lend(&self) -> ValueRef<'_> {
        match self {
            Held::Empty => ValueRef::Empty,
            Held::Bool(ticked) => ValueRef::Bool(*ticked),
            Held::Int(number) => ValueRef::Int(*number),
            Held::Number(number) => ValueRef::Number(*number),
            Held::Text(text) => ValueRef::Text(text),
            Held::Other(value) => value.as_ref(),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Held::Empty => Value::Empty,
            Held::Bool(ticked) => (*ticked).into(),
            Held::Int(number) => (*number).into(),
            Held::Number(number) => (*number).into(),
            Held::Text(text) => (*text).into(),
            Held::Other(value) => value.clone(),
        }
    }
}
