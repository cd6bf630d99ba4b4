//! The memory that one record at a time is packed into, by `lib/pack.cjs`, and read from here.
//!
//! It starts with the answers: the total, then, after a few words, a byte for each criterion. The
//! words say where the texts end, which layout the record has and who asks, and what came of it.
//! The cells follow, two words each: of what kind a value is and how
//! long, and where its text starts; then the numbers, one for each cell; then the texts, one after
//! the other. A text that is known by number, as `lib/texts.cjs` has learnt it, is that number, and
//! that of the table that has it; a text that only must not be blank is the first of the first. A
//! few texts that are longer are given with the call, as they are.

use jalon::value::{Cells, Interned, Layout, Symbol, Value, ValueRef};
use napi::bindgen_prelude::Uint8Array;

use crate::js::{self, Lent};
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

/// Memory that JavaScript shares.
pub(crate) struct Memory(pub(crate) Uint8Array);

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

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
    heads: &'m [[[u8; 4]; 2]],
    numbers: &'m [[u8; 8]],
    texts: &'m str,
    /// The values that were not packed.
    others: &'m [Option<Value>],
    /// The texts that are given as they are.
    lent: &'m Lent,
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
/// A text that is given as it is.
const LENT: u32 = 9;

impl<'m> Packed<'m> {
    /// The record in memory; nothing of what is none.
    pub(crate) fn new(
        memory: &'m [u8],
        others: &'m [Option<Value>],
        lent: &'m Lent,
        known: &'m [Texts],
    ) -> Option<Packed<'m>> {
        let end = u32::from_ne_bytes(*memory.get(END..)?.first_chunk()?) as usize;
        Some(Packed {
            heads: memory.get(HEADS..NUMBERS)?.as_chunks().0.as_chunks().0,
            numbers: memory.get(NUMBERS..TEXTS)?.as_chunks().0,
            // One look at all of them costs less than one at each.
            texts: js::utf8(memory.get(TEXTS..)?.get(..end)?)?,
            others,
            lent,
            known,
        })
    }

    /// The kind of a cell, and its two words without it.
    #[inline]
    fn head(&self, cell: usize) -> (u32, u32, u32) {
        let [head, second] = self.heads.get(cell).copied().unwrap_or_default();
        let head = u32::from_ne_bytes(head);
        (head & KIND, head >> KIND_BITS, u32::from_ne_bytes(second))
    }

    /// A text by its number and that of its table.
    #[inline]
    fn known(&self, number: u32, table: u32) -> Option<&'m Interned> {
        self.known.get(table as usize)?.get(number)
    }

    /// What is rare, or costs more than finding it.
    #[inline(never)]
    fn other(&self, cell: usize, kind: u32, index: u32) -> ValueRef<'_> {
        match kind {
            4 => ValueRef::Bool(true),
            5 => ValueRef::Bool(false),
            6 => match date(self.number(cell)) {
                Value::Instant(instant) => ValueRef::Instant(instant),
                _ => ValueRef::Invalid(&NO_USE),
            },
            LENT => self.lent.get(index as usize).map_or(ValueRef::Absent, ValueRef::Text),
            OTHER => match self.others.get(index as usize) {
                Some(Some(other)) => other.as_ref(),
                _ => ValueRef::Absent,
            },
            _ => ValueRef::Absent,
        }
    }

    #[inline]
    fn number(&self, cell: usize) -> f64 {
        self.numbers.get(cell).copied().map_or(NO_USE, f64::from_ne_bytes)
    }
}

impl Cells for Packed<'_> {
    /// Each value is made where it goes: who copied it would wait for its parts to be written.
    #[inline]
    fn lend(&self, cell: usize) -> ValueRef<'_> {
        let (kind, size, start) = self.head(cell);
        match kind {
            0 => ValueRef::Absent,
            1 => match self.texts.get(start as usize..start as usize + size as usize) {
                Some(text) => ValueRef::Text(text),
                None => ValueRef::Absent,
            },
            2 => ValueRef::Empty,
            3 => number_of(self.number(cell)),
            KNOWN => match self.known(size, start) {
                Some(text) => ValueRef::Text(text),
                None => ValueRef::Absent,
            },
            _ => self.other(cell, kind, size),
        }
    }

    #[inline]
    fn symbol(&self, cell: usize) -> Option<Symbol> {
        let (kind, number, table) = self.head(cell);
        if kind != KNOWN {
            return None;
        }
        self.known.get(table as usize)?.symbol(number)
    }

    fn to_value(&self, cell: usize) -> Value {
        let (kind, index, _) = self.head(cell);
        if kind == OTHER {
            let other = self.others.get(index as usize).and_then(Option::as_ref);
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

#[inline]
fn number_of<'m>(number: f64) -> ValueRef<'m> {
    /// Whole numbers below this are exact in a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let whole = number as i64;
    if number - whole as f64 == 0.0 && number.abs() < EXACT {
        return ValueRef::Int(whole);
    }
    match float(number) {
        Value::Number(number) => ValueRef::Number(number),
        Value::Empty => ValueRef::Empty,
        _ => ValueRef::Invalid(&NO_USE),
    }
}
