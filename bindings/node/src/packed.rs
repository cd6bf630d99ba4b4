//! The memory that one record at a time is packed into, by `lib/pack.cjs`, and read from here.
//!
//! It starts with the answers: the total, then, after a few words, a byte for each criterion. The
//! words say where the texts end, which layout the record has and who asks, and what came of it.
//! The cells follow, two words each: of what kind a value is and how
//! long, and where its text starts; then the numbers, one for each cell; then the texts, one after
//! the other. A text that is known by number, as `lib/texts.cjs` has learnt it, is that number, and
//! that of the table that has it.

use jalon::value::{Cells, Interned, Layout, Symbol, Value, ValueRef};
use napi::bindgen_prelude::Uint8Array;

use crate::js;
use crate::reading::Texts;
use crate::record::{date, float};

/// Where the word for the end of the texts stands.
const END: usize = 8;
/// Where the words for the layout and for who asks stand.
const LAYOUT: usize = 12;
const ASKER: usize = 16;
/// Where the word for what came of it stands.
const STATUS: usize = 20;
/// Where the bytes for criteria start, and how many there are.
pub(crate) const HELD: usize = 24;
pub(crate) const MAX_CRITERIA: usize = 1008;
/// Where the words for cells start, and how many cells there are.
const HEADS: usize = HELD + MAX_CRITERIA;
const MAX_CELLS: usize = 1024;
const NUMBERS: usize = HEADS + 8 * MAX_CELLS;
const TEXTS: usize = NUMBERS + 8 * MAX_CELLS;

/// What stands for a number or a date of no use, such as infinity: a rule that reads it has the
/// record read in full.
const NO_USE: f64 = f64::INFINITY;

/// The number of the layout of the record in memory, and of who asks.
pub(crate) fn asked(memory: &[u8]) -> Option<(u32, u32)> {
    let word = |at: usize| Some(u32::from_ne_bytes(*memory.get(at..)?.first_chunk()?));
    Some((word(LAYOUT)?, word(ASKER)?))
}

/// Writes down what came of it.
pub(crate) fn answer(memory: &mut Uint8Array, status: u32) {
    js::write(memory, STATUS, status.to_ne_bytes());
}

/// The values of a record, looked at where they stand when they are asked for.
pub(crate) struct Packed<'m> {
    heads: &'m [[u8; 4]],
    numbers: &'m [[u8; 8]],
    texts: &'m str,
    /// The values that were not packed.
    others: &'m [Option<Value>],
    /// The texts that are known by number.
    known: &'m [Texts],
}

/// The bits of a cell's first word that say of what kind its value is.
const KIND: u32 = 15;
const KIND_BITS: u32 = 4;
/// What is kept aside.
const OTHER: u32 = 7;
/// A text that is known by number.
const KNOWN: u32 = 8;

impl<'m> Packed<'m> {
    /// The record in memory; nothing of what is none.
    pub(crate) fn new(
        memory: &'m [u8],
        others: &'m [Option<Value>],
        known: &'m [Texts],
    ) -> Option<Packed<'m>> {
        let end = u32::from_ne_bytes(*memory.get(END..)?.first_chunk()?) as usize;
        Some(Packed {
            heads: memory.get(HEADS..NUMBERS)?.as_chunks().0,
            numbers: memory.get(NUMBERS..TEXTS)?.as_chunks().0,
            // One look at all of them costs less than one at each.
            texts: js::utf8(memory.get(TEXTS..)?.get(..end)?)?,
            others,
            known,
        })
    }

    #[inline]
    fn word(&self, index: usize) -> Option<u32> {
        Some(u32::from_ne_bytes(*self.heads.get(index)?))
    }

    /// The text of a cell whose first word is this, where it is known by number.
    #[inline]
    fn known(&self, cell: usize, head: u32) -> Option<&'m Interned> {
        let table = self.word(2 * cell + 1)?;
        self.known.get(table as usize)?.get(head >> KIND_BITS)
    }

    #[inline]
    fn value(&self, cell: usize) -> Option<ValueRef<'_>> {
        let head = self.word(2 * cell)?;
        let size = (head >> KIND_BITS) as usize;
        let number = || Some(f64::from_ne_bytes(*self.numbers.get(cell)?));
        match head & KIND {
            1 => {
                let start = self.word(2 * cell + 1)? as usize;
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
            OTHER => self.others.get(size)?.as_ref().map(Value::as_ref),
            KNOWN => self.known(cell, head).map(|text| ValueRef::Text(text)),
            _ => None,
        }
    }
}

impl Cells for Packed<'_> {
    #[inline]
    fn lend(&self, cell: usize) -> ValueRef<'_> {
        self.value(cell).unwrap_or(ValueRef::Absent)
    }

    #[inline]
    fn symbol(&self, cell: usize) -> Option<Symbol> {
        let head = self.word(2 * cell)?;
        if head & KIND != KNOWN {
            return None;
        }
        self.known(cell, head).map(Interned::symbol)
    }

    fn to_value(&self, cell: usize) -> Value {
        let head = self.word(2 * cell).unwrap_or(0);
        if head & KIND == OTHER {
            let other = self.others.get((head >> KIND_BITS) as usize).and_then(Option::as_ref);
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
