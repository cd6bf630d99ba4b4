//! The memory that one record at a time is packed into, by `lib/pack.cjs`, and read from here.
//!
//! It starts with the answers: the total, then, after the word that says where the texts end, a
//! byte for each criterion. The cells follow, two words each: of what kind a value is and how
//! long, and where its text starts; then the numbers, one for each cell; then the texts, one after
//! the other.

use jalon::value::{Cells, Layout, Value, ValueRef};

use crate::js;
use crate::record::{date, float};

/// Where the word for the end of the texts stands.
const END: usize = 8;
/// Where the bytes for criteria start, and how many there are.
pub(crate) const HELD: usize = 16;
pub(crate) const MAX_CRITERIA: usize = 1008;
/// Where the words for cells start, and how many cells there are.
const HEADS: usize = HELD + MAX_CRITERIA;
const MAX_CELLS: usize = 1024;
const NUMBERS: usize = HEADS + 8 * MAX_CELLS;
const TEXTS: usize = NUMBERS + 8 * MAX_CELLS;

/// What stands for a number or a date of no use, such as infinity: a rule that reads it has the
/// record read in full.
const NO_USE: f64 = f64::INFINITY;

/// The values of a record, looked at where they stand when they are asked for.
pub(crate) struct Packed<'m> {
    heads: &'m [[u8; 4]],
    numbers: &'m [[u8; 8]],
    texts: &'m str,
    /// The values that were not packed.
    others: &'m [Option<Value>],
}

impl<'m> Packed<'m> {
    /// The record in memory; nothing of what is none.
    pub(crate) fn new(memory: &'m [u8], others: &'m [Option<Value>]) -> Option<Packed<'m>> {
        let end = u32::from_ne_bytes(*memory.get(END..)?.first_chunk()?) as usize;
        Some(Packed {
            heads: memory.get(HEADS..NUMBERS)?.as_chunks().0,
            numbers: memory.get(NUMBERS..TEXTS)?.as_chunks().0,
            // One look at all of them costs less than one at each.
            texts: js::utf8(memory.get(TEXTS..)?.get(..end)?)?,
            others,
        })
    }

    #[inline]
    fn value(&self, cell: usize) -> Option<ValueRef<'_>> {
        let head = u32::from_ne_bytes(*self.heads.get(2 * cell)?);
        let size = (head >> 3) as usize;
        let number = || Some(f64::from_ne_bytes(*self.numbers.get(cell)?));
        match head & 7 {
            1 => {
                let start = u32::from_ne_bytes(*self.heads.get(2 * cell + 1)?) as usize;
                self.texts.get(start..start + size).map(ValueRef::Text)
            }
            2 => Some(ValueRef::Empty),
            3 => Some(number_of(number()?)),
            4 => Some(ValueRef::Bool(true)),
            5 => Some(ValueRef::Bool(false)),
            6 => Some(match date(number()?) {
                Value::Instant(instant) => ValueRef::Instant(instant),
                _ => ValueRef::Invalid(&NO_USE),
            }),
            7 => self.others.get(size)?.as_ref().map(Value::as_ref),
            _ => None,
        }
    }
}

impl Cells for Packed<'_> {
    #[inline]
    fn lend(&self, cell: usize) -> ValueRef<'_> {
        self.value(cell).unwrap_or(ValueRef::Absent)
    }

    fn to_value(&self, cell: usize) -> Value {
        let head = self.heads.get(2 * cell).map_or(0, |head| u32::from_ne_bytes(*head));
        if head & 7 == 7 {
            let other = self.others.get((head >> 3) as usize).and_then(Option::as_ref);
            return other.cloned().unwrap_or(Value::Empty);
        }
        match self.lend(cell) {
            ValueRef::Bool(ticked) => ticked.into(),
            ValueRef::Int(number) => number.into(),
            ValueRef::Number(number) => number.into(),
            ValueRef::Instant(instant) => instant.into(),
            ValueRef::Text(text) => text.into(),
            ValueRef::Invalid(_) => Value::invalid("Infinity"),
            _ => Value::Empty,
        }
    }
}

/// For each name of a record twice the cell that its value is to be packed into, and 1 more where
/// of a text any that is, or is not, blank will do; or -1. Nothing if there are too many cells.
pub(crate) fn cells_of(layout: &Layout) -> Option<Vec<i32>> {
    let place = |cell: usize| 2 * cell as i32 + i32::from(!layout.asks_for_text(cell));
    let cells = || layout.reads().iter().map(|cell| cell.map_or(-1, place)).collect();
    (layout.cells() <= MAX_CELLS).then(cells)
}

fn number_of<'m>(number: f64) -> ValueRef<'m> {
    /// Whole numbers below this are exact in a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.abs() < EXACT && number.fract() == 0.0 {
        return ValueRef::Int(number as i64);
    }
    match float(number) {
        Value::Number(number) => ValueRef::Number(number),
        Value::Empty => ValueRef::Empty,
        _ => ValueRef::Invalid(&NO_USE),
    }
}
