//! The memory that one record at a time is packed into, by `lib/pack.cjs`, and read from here.
//!
//! It starts with the answers: the total, then a byte for each criterion. The cells follow, a
//! word each that says of what kind a value is and how long; then the numbers, one for each
//! cell; then the texts, one after the other.

use jalon::value::{Cell, Instant, Value, ValueRef};
use smallvec::SmallVec;

use crate::record::{date, float};

/// Where the bytes for criteria start, and how many there are.
pub(crate) const HELD: usize = 8;
pub(crate) const MAX_CRITERIA: usize = 1016;
/// Where the words for cells start, and how many there are.
const HEADS: usize = HELD + MAX_CRITERIA;
pub(crate) const MAX_CELLS: usize = 1024;
const NUMBERS: usize = HEADS + 4 * MAX_CELLS;
const TEXTS: usize = NUMBERS + 8 * MAX_CELLS;

/// A value of a record.
#[derive(Debug)]
pub(crate) enum Packed<'m> {
    Undefined,
    Null,
    Bool(bool),
    Whole(i64),
    Instant(Instant),
    Text(&'m str),
    /// What was not packed, and what is made here.
    Other(&'m Value),
    Made(Value),
}

/// The cells in memory; `others` are the values that were not packed.
pub(crate) fn cells<'m>(
    memory: &'m [u8],
    count: usize,
    others: &'m [Option<Value>],
) -> SmallVec<[Packed<'m>; 16]> {
    let words = memory.get(HEADS..).unwrap_or_default().as_chunks::<4>().0;
    let numbers = memory.get(NUMBERS..).unwrap_or_default().as_chunks::<8>().0;
    let mut texts = memory.get(TEXTS..).unwrap_or_default();
    let mut cell = |(word, number): (&[u8; 4], &[u8; 8])| {
        let word = u32::from_ne_bytes(*word);
        let (kind, size) = (word & 7, (word >> 3) as usize);
        match kind {
            1 => {
                let (text, rest) = texts.split_at_checked(size).unwrap_or_default();
                texts = rest;
                let lossy = || Value::from(String::from_utf8_lossy(text).into_owned());
                str::from_utf8(text).map_or_else(|_| Packed::Made(lossy()), Packed::Text)
            }
            2 => Packed::Null,
            3 => number_of(f64::from_ne_bytes(*number)),
            4 => Packed::Bool(true),
            5 => Packed::Bool(false),
            6 => match date(f64::from_ne_bytes(*number)) {
                Value::Instant(instant) => Packed::Instant(instant),
                invalid => Packed::Made(invalid),
            },
            7 => others.get(size).map_or(Packed::Undefined, |other| {
                other.as_ref().map_or(Packed::Undefined, Packed::Other)
            }),
            _ => Packed::Undefined,
        }
    };
    let mut cells = SmallVec::with_capacity(count);
    for packed in words.iter().zip(numbers).take(count) {
        cells.push(cell(packed));
    }
    cells
}

fn number_of<'m>(number: f64) -> Packed<'m> {
    /// Whole numbers below this are exact in a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.abs() < EXACT && number.fract() == 0.0 {
        return Packed::Whole(number as i64);
    }
    Packed::Made(float(number))
}

impl Cell for Packed<'_> {
    fn lend(&self) -> ValueRef<'_> {
        match self {
            Packed::Undefined => ValueRef::Absent,
            Packed::Null => ValueRef::Empty,
            Packed::Bool(ticked) => ValueRef::Bool(*ticked),
            Packed::Whole(number) => ValueRef::Int(*number),
            Packed::Instant(instant) => ValueRef::Instant(*instant),
            Packed::Text(text) => ValueRef::Text(text),
            Packed::Other(value) => value.as_ref(),
            Packed::Made(value) => value.as_ref(),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Packed::Undefined | Packed::Null => Value::Empty,
            Packed::Bool(ticked) => (*ticked).into(),
            Packed::Whole(number) => (*number).into(),
            Packed::Instant(instant) => (*instant).into(),
            Packed::Text(text) => (*text).into(),
            Packed::Other(value) => (*value).clone(),
            Packed::Made(value) => value.clone(),
        }
    }
}
