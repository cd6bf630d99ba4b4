//! What a column store lends: columns as slices, and rows where slices do not do.

use std::any::Any;
use std::fmt::Debug;
use std::ops::Range;
use std::sync::Arc;

use jalon_simd::rows::Key;

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
    Integers(Integers<'a>),
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
        codes: Integers<'a>,
        /// What the codes stand for.
        values: &'a dyn DictionaryValues,
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

/// Texts, laid out in one of five ways. All are UTF-8.
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
    /// Texts told by a code for each row; a code beyond them is no text.
    Coded {
        /// The codes.
        codes: Integers<'a>,
        /// The texts.
        texts: Box<TextColumn<'a>>,
    },
}

/// Integers of one width: numbers, or the codes of a dictionary.
#[derive(Clone, Copy, Debug)]
pub enum Integers<'a> {
    /// One byte each, signed.
    I8(&'a [i8]),
    /// Two bytes.
    I16(&'a [i16]),
    /// Four bytes.
    I32(&'a [i32]),
    /// Eight bytes.
    I64(&'a [i64]),
    /// One byte, unsigned.
    U8(&'a [u8]),
    /// Two bytes.
    U16(&'a [u16]),
    /// Four bytes.
    U32(&'a [u32]),
    /// Eight bytes.
    U64(&'a [u64]),
}

/// The same for integers of every width.
macro_rules! integers {
    ($integers:expr, $each:ident => $make:expr) => {
        match $integers {
            $crate::columnar::Integers::I8($each) => $make,
            $crate::columnar::Integers::I16($each) => $make,
            $crate::columnar::Integers::I32($each) => $make,
            $crate::columnar::Integers::I64($each) => $make,
            $crate::columnar::Integers::U8($each) => $make,
            $crate::columnar::Integers::U16($each) => $make,
            $crate::columnar::Integers::U32($each) => $make,
            $crate::columnar::Integers::U64($each) => $make,
        }
    };
}
pub(super) use integers;

/// The distinct values of a dictionary.
pub trait DictionaryValues: Debug {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Calls `see` with the value at an index below [`DictionaryValues::len`].
    fn with(&self, index: usize, see: &mut dyn FnMut(ValueRef<'_>));

    /// The values as texts, where all of them are texts.
    fn texts(&self) -> Option<TextColumn<'_>> {
        None
    }

    /// Something that keeps the values alive, so that what is known of them may be kept for the
    /// next batch.
    fn owner(&self) -> Option<Owner> {
        None
    }

    /// Whether these are the values that an owner keeps alive.
    fn is_owned_by(&self, owner: &Owner) -> bool {
        let _ = owner;
        false
    }
}

/// Keeps the values of a dictionary alive.
pub type Owner = Arc<dyn Any + Send + Sync>;

impl Integers<'_> {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        integers!(self, integers => integers.len())
    }

    /// The code of a row; one that is negative is beyond all others.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> usize {
        integers!(self, codes => codes[row].index())
    }
}

impl TextColumn<'_> {
    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            TextColumn::Small { offsets, .. } => offsets.len().saturating_sub(1),
            TextColumn::Large { offsets, .. } => offsets.len().saturating_sub(1),
            TextColumn::Views { views, .. } => views.len(),
            TextColumn::Cells { starts, stride, .. } => starts.len() / (*stride).max(1),
            TextColumn::Coded { codes, .. } => codes.len(),
        }
    }

    /// The bytes of a row, which may stand in `inline`; nothing where the layout is broken.
    #[inline]
    pub(crate) fn get<'b>(&'b self, row: usize, inline: &'b mut [u8; INLINE]) -> &'b [u8] {
        let (bytes, text) = self.find(row, inline);
        &bytes[text]
    }

    /// Where the text of a row stands, in bytes that may go on behind it.
    #[inline]
    pub(super) fn find<'b>(
        &'b self,
        row: usize,
        inline: &'b mut [u8; INLINE],
    ) -> (&'b [u8], Range<usize>) {
        match self {
            TextColumn::Small { offsets, bytes } => {
                (bytes, range(within(bytes, offsets[row] as usize, offsets[row + 1] as usize)))
            }
            TextColumn::Large { offsets, bytes } => {
                (bytes, range(within(bytes, offsets[row] as usize, offsets[row + 1] as usize)))
            }
            TextColumn::Views { views, buffers } => viewed(views[row], buffers, inline),
            TextColumn::Cells { starts, stride, column, bytes } => {
                let first = row * stride + column;
                (bytes, range(cell(bytes, starts[first], starts[first + 1])))
            }
            TextColumn::Coded { codes, texts } => match codes.get(row) {
                code if code < texts.len() => texts.find(code, inline),
                _ => (&[], 0..0),
            },
        }
    }

    /// Calls `see` with each of some rows, counted from 0, and where its text stands, in bytes
    /// that may go on behind it.
    #[inline]
    pub(super) fn each(&self, rows: Range<usize>, mut see: impl FnMut(usize, &[u8], Range<usize>)) {
        let mut places = [(0, 0); GROUP];
        let (mut index, mut row) = (0, rows.start);
        while row < rows.end {
            let mut inline = [0; INLINE];
            let together = self.places(row..rows.end, &mut places);
            let (bytes, count) = together.unwrap_or_else(|| {
                let (bytes, text) = self.find(row, &mut inline);
                places[0] = (text.start, text.end);
                (bytes, 1)
            });
            for (index, (start, end)) in (index..).zip(&places[..count]) {
                see(index, bytes, *start..*end);
            }
            index += count;
            row += count;
        }
    }

    /// Finds where the texts of the first rows stand, where that is in the same bytes, and how
    /// many were found: at least one.
    #[inline]
    fn places(
        &self,
        rows: Range<usize>,
        places: &mut [(usize, usize); GROUP],
    ) -> Option<(&[u8], usize)> {
        let count = rows.len().min(GROUP);
        let rows = rows.start..rows.start + count;
        match self {
            TextColumn::Small { offsets, bytes } => {
                let ends = offsets[rows.start..=rows.end].windows(2);
                for (place, ends) in places.iter_mut().zip(ends) {
                    *place = within(bytes, ends[0] as usize, ends[1] as usize);
                }
                Some((bytes, count))
            }
            TextColumn::Large { offsets, bytes } => {
                let ends = offsets[rows.start..=rows.end].windows(2);
                for (place, ends) in places.iter_mut().zip(ends) {
                    *place = within(bytes, ends[0] as usize, ends[1] as usize);
                }
                Some((bytes, count))
            }
            TextColumn::Cells { starts, stride, column, bytes } => {
                let rows =
                    starts[rows.start * stride..rows.end * stride].chunks_exact((*stride).max(1));
                for (place, row) in places.iter_mut().zip(rows) {
                    *place = cell(bytes, row[*column], row[*column + 1]);
                }
                Some((bytes, count))
            }
            TextColumn::Views { .. } | TextColumn::Coded { .. } => None,
        }
    }
}

/// Room for a text that does not stand in a buffer: at most twelve bytes, and as many as are copied
/// at once can be read.
pub(super) const INLINE: usize = 64;

/// So many bytes of a text a view holds itself.
pub(super) const SHORT_VIEW: usize = 12;

/// So many texts are found together.
const GROUP: usize = 64;

fn range((start, end): (usize, usize)) -> Range<usize> {
    start..end
}

/// A text from one place to another, as far as there is one.
#[inline]
fn within(bytes: &[u8], start: usize, end: usize) -> (usize, usize) {
    if start <= end && end <= bytes.len() { (start, end) } else { (0, 0) }
}

/// The text of a cell, which ends before the byte where the next one starts.
#[inline]
fn cell(bytes: &[u8], start: u32, next: u32) -> (usize, usize) {
    within(bytes, start as usize, (next as usize).wrapping_sub(1))
}

/// The text of one of Arrow's views.
#[inline]
fn viewed<'b>(
    view: u128,
    buffers: &[&'b [u8]],
    inline: &'b mut [u8; INLINE],
) -> (&'b [u8], Range<usize>) {
    let length = view as u32 as usize;
    if length <= SHORT_VIEW {
        inline[..16].copy_from_slice(&(view >> 32).to_le_bytes());
        return (inline, 0..length);
    }
    let (buffer, offset) = ((view >> 64) as u32 as usize, (view >> 96) as usize);
    let buffer = buffers.get(buffer).copied().unwrap_or_default();
    (buffer, range(within(buffer, offset, offset + length)))
}
