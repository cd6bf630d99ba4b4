//! What a column store lends: columns as slices, and rows where slices do not do.

use std::fmt::Debug;

use super::bits::Bits;
use crate::value::{FieldKey, Record, ValueRef};

/// Rows of one table, lent column by column and row by row.
pub trait Batch: Debug {
    /// How many rows there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How the table carries a field.
    fn column(&self, key: &FieldKey) -> Carried<'_>;

    /// A cursor over the rows, prepared for some fields.
    fn cursor<'a>(&'a self, fields: &[&'a FieldKey]) -> Box<dyn Cursor + 'a>;
}

/// How a table carries a field.
#[derive(Debug)]
pub enum Carried<'a> {
    /// Under none of its names.
    Nowhere,
    /// In one column.
    In(Column<'a>),
    /// Row by row: in several columns, or behind a reference.
    ByRow,
}

/// A record that moves from row to row.
pub trait Cursor: Debug {
    /// Moves to a row.
    fn move_to(&mut self, row: usize);

    /// The row it stands on.
    fn record(&self) -> &dyn Record;
}

/// One column of a table.
#[derive(Debug)]
pub struct Column<'a> {
    /// Set where there is a value; `None` where there always is.
    pub valid: Option<Bits<'a>>,
    /// The values; where there is none they may be anything.
    pub values: Values<'a>,
}

/// The values of a column, one for each row.
#[derive(Debug)]
pub enum Values<'a> {
    /// None at all.
    Nothing,
    /// Checkboxes.
    Bools(Bits<'a>),
    /// Whole numbers.
    I8(&'a [i8]),
    /// Whole numbers.
    I16(&'a [i16]),
    /// Whole numbers.
    I32(&'a [i32]),
    /// Whole numbers.
    I64(&'a [i64]),
    /// Whole numbers.
    U8(&'a [u8]),
    /// Whole numbers.
    U16(&'a [u16]),
    /// Whole numbers.
    U32(&'a [u32]),
    /// Floats, each standing for the shortest decimal that reads back as it; NaN is empty.
    F64(&'a [f64]),
    /// Numbers as integers at a scale: `1250` at scale 2 is `12.50`.
    Decimals {
        /// The integers.
        unscaled: &'a [i128],
        /// Digits after the point.
        scale: u32,
    },
    /// Civil dates, as days from 1970-01-01.
    Days(&'a [i32]),
    /// Instants, or local times.
    Times {
        /// From 1970-01-01, in UTC or in local time.
        values: &'a [i64],
        /// In what.
        unit: TimeUnit,
        /// Whether they are instants.
        zoned: bool,
    },
    /// Texts.
    Texts(TextColumn<'a>),
    /// Values told by a code for each row.
    Dictionary {
        /// The codes.
        codes: Codes<'a>,
        /// What the codes stand for.
        cells: &'a dyn Cells,
    },
    /// Anything else: the rows are asked.
    ByRow,
}

/// The unit of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds.
    Second,
    /// Milliseconds.
    Millisecond,
    /// Microseconds.
    Microsecond,
    /// Nanoseconds.
    Nanosecond,
}

/// Texts, laid out in one of four ways. All are UTF-8.
#[derive(Clone, Debug)]
pub enum TextColumn<'a> {
    /// Row `r` is at `offsets[r]..offsets[r + 1]`.
    Small {
        /// One more than there are rows.
        offsets: &'a [i32],
        /// The texts, end to end.
        bytes: &'a [u8],
    },
    /// The same, with long offsets.
    Large {
        /// One more than there are rows.
        offsets: &'a [i64],
        /// The texts, end to end.
        bytes: &'a [u8],
    },
    /// Arrow's views: the length, then up to twelve bytes, or a prefix, a buffer and an offset.
    Views {
        /// One for each row.
        views: &'a [u128],
        /// The buffers of longer texts.
        buffers: Vec<&'a [u8]>,
    },
    /// One column of a text file: rows of cells, one byte between two cells. Row `r` is at
    /// `starts[r * stride + column]`, up to the byte before the next start.
    Cells {
        /// Where cells start; of each row one more than it has cells.
        starts: &'a [u32],
        /// How many starts each row has.
        stride: usize,
        /// Which cell of each row.
        column: usize,
        /// The rows.
        bytes: &'a [u8],
    },
}

/// The codes of a dictionary.
#[derive(Clone, Copy, Debug)]
pub enum Codes<'a> {
    /// Codes of a byte.
    I8(&'a [i8]),
    /// Codes of two bytes.
    I16(&'a [i16]),
    /// Codes of four bytes.
    I32(&'a [i32]),
    /// Codes of eight bytes.
    I64(&'a [i64]),
    /// Codes of a byte.
    U8(&'a [u8]),
    /// Codes of two bytes.
    U16(&'a [u16]),
    /// Codes of four bytes.
    U32(&'a [u32]),
    /// Codes of eight bytes.
    U64(&'a [u64]),
}

/// The distinct values of a dictionary.
pub trait Cells: Debug {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Calls `see` with the value at an index below [`Cells::len`].
    fn with(&self, index: usize, see: &mut dyn FnMut(ValueRef<'_>));
}

impl TextColumn<'_> {
    /// The bytes of a row, which may stand in `inline`; nothing where the layout is broken.
    #[inline]
    pub(crate) fn get<'b>(&'b self, row: usize, inline: &'b mut [u8; 16]) -> &'b [u8] {
        match self {
            TextColumn::Small { offsets, bytes } => {
                bytes.get(offsets[row] as usize..offsets[row + 1] as usize).unwrap_or_default()
            }
            TextColumn::Large { offsets, bytes } => {
                bytes.get(offsets[row] as usize..offsets[row + 1] as usize).unwrap_or_default()
            }
            TextColumn::Views { views, buffers } => {
                let view = views[row];
                let length = view as u32 as usize;
                if length <= 12 {
                    *inline = (view >> 32).to_le_bytes();
                    return &inline[..length];
                }
                let (buffer, offset) = ((view >> 64) as u32 as usize, (view >> 96) as usize);
                let buffer = buffers.get(buffer).copied().unwrap_or_default();
                buffer.get(offset..offset + length).unwrap_or_default()
            }
            TextColumn::Cells { starts, stride, column, bytes } => {
                let cell = row * stride + column;
                let end = (starts[cell + 1] as usize).saturating_sub(1);
                bytes.get(starts[cell] as usize..end).unwrap_or_default()
            }
        }
    }
}
