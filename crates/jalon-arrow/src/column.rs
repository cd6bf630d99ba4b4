//! Columns as typed views, from which a value is read in place.

mod build;
mod lend;
mod number;
mod print;

use std::cell::OnceCell;

use arrow_array::types::{
    Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    ArrayRef, BooleanArray, LargeStringArray, PrimitiveArray, StringArray, StringViewArray,
};
use arrow_buffer::{NullBuffer, ScalarBuffer};
use arrow_schema::TimeUnit;
use jalon::value::{Date, Instant, List, LocalDateTime, Shown, ValueRef};

use crate::rows::{Row, Table};

const MICROS_A_DAY: i64 = 86_400_000_000;
const MILLIS_A_DAY: i64 = 86_400_000;

/// One column of a table. Cloning shares the buffers.
#[derive(Debug)]
pub(crate) struct Column {
    nulls: Option<NullBuffer>,
    data: Data,
}

#[derive(Debug)]
enum Data {
    Nothing,
    Boolean(BooleanArray),
    Int8(PrimitiveArray<Int8Type>),
    Int16(PrimitiveArray<Int16Type>),
    Int32(PrimitiveArray<Int32Type>),
    Int64(PrimitiveArray<Int64Type>),
    UInt8(PrimitiveArray<UInt8Type>),
    UInt16(PrimitiveArray<UInt16Type>),
    UInt32(PrimitiveArray<UInt32Type>),
    UInt64(PrimitiveArray<UInt64Type>),
    Float32(PrimitiveArray<Float32Type>),
    Float64(PrimitiveArray<Float64Type>),
    Decimal(PrimitiveArray<Decimal128Type>),
    Utf8(StringArray),
    LargeUtf8(LargeStringArray),
    Utf8View(StringViewArray),
    Days(ScalarBuffer<i32>),
    Millis(ScalarBuffer<i64>),
    Timestamp { values: ScalarBuffer<i64>, unit: TimeUnit, zoned: bool },
    Dictionary { keys: Keys, values: Box<Distinct> },
    List { ranges: Ranges, items: Box<Items> },
    Struct(Box<Table>),
    Unsupported(ArrayRef),
}

/// The values of a dictionary, with the array that they are of.
#[derive(Debug)]
struct Distinct {
    array: ArrayRef,
    column: Column,
}

/// The keys of a dictionary.
#[derive(Debug)]
enum Keys {
    I8(ScalarBuffer<i8>),
    I16(ScalarBuffer<i16>),
    I32(ScalarBuffer<i32>),
    I64(ScalarBuffer<i64>),
    U8(ScalarBuffer<u8>),
    U16(ScalarBuffer<u16>),
    U32(ScalarBuffer<u32>),
    U64(ScalarBuffer<u64>),
}

impl Keys {
    /// The key of a row that is not null.
    fn at(&self, row: usize) -> usize {
        match self {
            Keys::I8(keys) => keys[row] as usize,
            Keys::I16(keys) => keys[row] as usize,
            Keys::I32(keys) => keys[row] as usize,
            Keys::I64(keys) => keys[row] as usize,
            Keys::U8(keys) => keys[row].into(),
            Keys::U16(keys) => keys[row].into(),
            Keys::U32(keys) => keys[row] as usize,
            Keys::U64(keys) => keys[row] as usize,
        }
    }
}

/// Where the items of each list are.
#[derive(Debug)]
enum Ranges {
    Small(ScalarBuffer<i32>),
    Large(ScalarBuffer<i64>),
    Fixed(usize),
}

/// What a list column holds.
#[derive(Debug)]
enum Items {
    Values(Column),
    Records { nulls: Option<NullBuffer>, table: Table },
}

/// What a value that cannot be lent straight from the buffers is kept in, for as long as the
/// row is read.
#[derive(Debug)]
pub(crate) enum Scratch<'t> {
    List(ListValue<'t>),
    Record(Row<'t>),
    Invalid(Shown),
}

/// The list in one cell.
#[derive(Debug)]
pub(crate) struct ListValue<'t> {
    items: &'t Items,
    start: usize,
    cells: Vec<OnceCell<Scratch<'t>>>,
}

impl Column {
    /// The value in a row; what must be kept while it is read is kept in `cell`.
    pub(crate) fn value<'a, 't: 'a>(
        &'t self,
        row: usize,
        cell: &'a OnceCell<Scratch<'t>>,
    ) -> ValueRef<'a> {
        if self.is_null(row) {
            return ValueRef::Empty;
        }
        match &self.data {
            Data::Nothing => ValueRef::Empty,
            Data::Boolean(a) => ValueRef::Bool(a.value(row)),
            Data::Int8(a) => ValueRef::Int(a.value(row).into()),
            Data::Int16(a) => ValueRef::Int(a.value(row).into()),
            Data::Int32(a) => ValueRef::Int(a.value(row).into()),
            Data::Int64(a) => ValueRef::Int(a.value(row)),
            Data::UInt8(a) => ValueRef::Int(a.value(row).into()),
            Data::UInt16(a) => ValueRef::Int(a.value(row).into()),
            Data::UInt32(a) => ValueRef::Int(a.value(row).into()),
            Data::UInt64(a) => ValueRef::Number(a.value(row).into()),
            Data::Float32(a) => number::of_f32(a.value(row)).lend(cell),
            Data::Float64(a) => number::of_f64(a.value(row)).lend(cell),
            Data::Decimal(a) => number::of_decimal(a.value(row), a.scale()).lend(cell),
            Data::Utf8(a) => ValueRef::Text(a.value(row)),
            Data::LargeUtf8(a) => ValueRef::Text(a.value(row)),
            Data::Utf8View(a) => ValueRef::Text(a.value(row)),
            Data::Days(days) => date(days[row].into(), cell),
            Data::Millis(millis) => date(millis[row].div_euclid(MILLIS_A_DAY), cell),
            Data::Timestamp { values, unit, zoned } => timestamp(values[row], *unit, *zoned, cell),
            Data::Dictionary { keys, values } => values.column.value(keys.at(row), cell),
            Data::List { ranges, items } => {
                let (start, len) = ranges.of(row);
                let kept = cell.get_or_init(|| Scratch::List(ListValue::new(items, start, len)));
                kept.lend()
            }
            Data::Struct(table) => cell.get_or_init(|| Scratch::Record(table.row(row))).lend(),
            Data::Unsupported(array) => invalid(array.data_type().to_string(), cell),
        }
    }

    fn is_null(&self, row: usize) -> bool {
        self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row))
    }
}

impl Scratch<'_> {
    fn lend(&self) -> ValueRef<'_> {
        match self {
            Scratch::List(list) => ValueRef::List(list),
            Scratch::Record(record) => ValueRef::Record(record),
            Scratch::Invalid(shown) => ValueRef::Invalid(shown),
        }
    }
}

/// Lends a text that says what the value was, since no field can hold it.
fn invalid<'a>(shown: String, cell: &'a OnceCell<Scratch<'_>>) -> ValueRef<'a> {
    match cell.get_or_init(|| Scratch::Invalid(Shown(shown))) {
        Scratch::Invalid(shown) => ValueRef::Invalid(shown),
        _ => ValueRef::Empty, // a cell keeps the scratch of one column, always of one kind
    }
}

fn date<'a>(days: i64, cell: &'a OnceCell<Scratch<'_>>) -> ValueRef<'a> {
    match Date::checked_from_days(days) {
        Some(date) => ValueRef::Date(date),
        None => invalid(format!("{days} days from 1970-01-01"), cell),
    }
}

fn timestamp<'a>(
    value: i64,
    unit: TimeUnit,
    zoned: bool,
    cell: &'a OnceCell<Scratch<'_>>,
) -> ValueRef<'a> {
    let micros = match unit {
        TimeUnit::Second => value.checked_mul(1_000_000),
        TimeUnit::Millisecond => value.checked_mul(1_000),
        TimeUnit::Microsecond => Some(value),
        TimeUnit::Nanosecond => Some(value.div_euclid(1_000)),
    };
    let in_range = |micros: i64| Date::checked_from_days(micros.div_euclid(MICROS_A_DAY)).is_some();
    match micros.filter(|micros| in_range(*micros)) {
        Some(micros) if zoned => ValueRef::Instant(Instant::from_micros(micros)),
        Some(micros) => ValueRef::DateTime(LocalDateTime::from_micros(micros)),
        None => invalid(format!("{value} {unit:?}s from 1970-01-01"), cell),
    }
}

impl Ranges {
    fn of(&self, row: usize) -> (usize, usize) {
        match self {
            Ranges::Small(offsets) => {
                let start = offsets[row] as usize;
                (start, offsets[row + 1] as usize - start)
            }
            Ranges::Large(offsets) => {
                let start = offsets[row] as usize;
                (start, offsets[row + 1] as usize - start)
            }
            Ranges::Fixed(len) => (row * len, *len),
        }
    }
}

impl<'t> ListValue<'t> {
    fn new(items: &'t Items, start: usize, len: usize) -> ListValue<'t> {
        ListValue { items, start, cells: (0..len).map(|_| OnceCell::new()).collect() }
    }
}

impl List for ListValue<'_> {
    fn len(&self) -> usize {
        self.cells.len()
    }

    fn at(&self, index: usize) -> ValueRef<'_> {
        let Some(cell) = self.cells.get(index) else {
            return ValueRef::Empty;
        };
        let row = self.start + index;
        match self.items {
            Items::Values(column) => column.value(row, cell),
            Items::Records { nulls, .. } if nulls.as_ref().is_some_and(|n| n.is_null(row)) => {
                ValueRef::Empty
            }
            Items::Records { table, .. } => {
                cell.get_or_init(|| Scratch::Record(table.row(row))).lend()
            }
        }
    }
}
