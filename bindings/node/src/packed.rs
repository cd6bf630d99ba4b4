//! The memory that one record at a time is packed into, by `lib/pack.cjs`, and read from here.
//!
//! It starts with the answers: the total, then a byte for each criterion. The cells follow, a
//! word each that says of what kind a value is and how long; then the numbers, one for each
//! cell; then the texts, one after the other.

use jalon::value::{Cell, Value, ValueRef};
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
#[derive(Clone, Copy, Debug)]
pub(crate) enum Packed<'m> {
    /// As it was packed: nothing nested.
    Plain(ValueRef<'m>),
    /// What was not packed.
    Other(&'m Value),
}

/// The cells in memory; `others` are the values that were not packed. Nothing where one is of no
/// use, such as infinity: the record is to be read in full.
pub(crate) fn cells<'m>(
    memory: &'m [u8],
    count: usize,
    others: &'m [Option<Value>],
) -> Option<SmallVec<[Packed<'m>; 16]>> {
    let words = memory.get(HEADS..).unwrap_or_default().as_chunks::<4>().0;
    let numbers = memory.get(NUMBERS..).unwrap_or_default().as_chunks::<8>().0;
    let mut texts = memory.get(TEXTS..).unwrap_or_default();
    let mut cell = |word: &[u8; 4], number: &[u8; 8]| {
        let word = u32::from_ne_bytes(*word);
        let (kind, size) = (word & 7, (word >> 3) as usize);
        let plain = match kind {
            1 => {
                let (text, rest) = texts.split_at_checked(size)?;
                texts = rest;
                ValueRef::Text(str::from_utf8(text).ok()?)
            }
            2 => ValueRef::Empty,
            3 => number_of(f64::from_ne_bytes(*number))?,
            4 => ValueRef::Bool(true),
            5 => ValueRef::Bool(false),
            6 => match date(f64::from_ne_bytes(*number)) {
                Value::Instant(instant) => ValueRef::Instant(instant),
                _ => return None,
            },
            7 => match others.get(size) {
                Some(Some(other)) => return Some(Packed::Other(other)),
                _ => ValueRef::Absent,
            },
            _ => ValueRef::Absent,
        };
        Some(Packed::Plain(plain))
    };
    let mut cells = SmallVec::with_capacity(count);
    for (word, number) in words.iter().zip(numbers).take(count) {
        cells.push(cell(word, number)?);
    }
    Some(cells)
}

fn number_of<'m>(number: f64) -> Option<ValueRef<'m>> {
    /// Whole numbers below this are exact in a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.abs() < EXACT && number.fract() == 0.0 {
        return Some(ValueRef::Int(number as i64));
    }
    match float(number) {
        Value::Number(number) => Some(ValueRef::Number(number)),
        Value::Empty => Some(ValueRef::Empty),
        _ => None,
    }
}

impl Cell for Packed<'_> {
    #[inline]
    fn lend(&self) -> ValueRef<'_> {
        match self {
            Packed::Plain(value) => *value,
            Packed::Other(value) => value.as_ref(),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Packed::Plain(ValueRef::Bool(ticked)) => (*ticked).into(),
            Packed::Plain(ValueRef::Int(number)) => (*number).into(),
            Packed::Plain(ValueRef::Number(number)) => (*number).into(),
            Packed::Plain(ValueRef::Instant(instant)) => (*instant).into(),
            Packed::Plain(ValueRef::Text(text)) => (*text).into(),
            Packed::Plain(_) => Value::Empty,
            Packed::Other(value) => (*value).clone(),
        }
    }
}
