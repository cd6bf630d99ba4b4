//! From an Arrow array to a typed column.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    Float16Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray};
use arrow_buffer::ScalarBuffer;
use arrow_schema::{DataType, TimeUnit};

use super::{Column, Data, Distinct, Items, Keys, Ranges};
use crate::rows::Table;

impl Column {
    /// A view of an array, whatever its type; buffers are shared, never copied.
    pub(crate) fn new(array: &ArrayRef) -> Column {
        Column { nulls: array.nulls().cloned(), data: data(array) }
    }
}

fn data(array: &ArrayRef) -> Data {
    match array.data_type() {
        DataType::Null => Data::Nothing,
        DataType::Boolean => Data::Boolean(array.as_boolean().clone()),
        DataType::Int8 => Data::Int8(array.as_primitive().clone()),
        DataType::Int16 => Data::Int16(array.as_primitive().clone()),
        DataType::Int32 => Data::Int32(array.as_primitive().clone()),
        DataType::Int64 => Data::Int64(array.as_primitive().clone()),
        DataType::UInt8 => Data::UInt8(array.as_primitive().clone()),
        DataType::UInt16 => Data::UInt16(array.as_primitive().clone()),
        DataType::UInt32 => Data::UInt32(array.as_primitive().clone()),
        DataType::UInt64 => Data::UInt64(array.as_primitive().clone()),
        DataType::Float16 => Data::Float32(array.as_primitive::<Float16Type>().unary(f32::from)),
        DataType::Float32 => Data::Float32(array.as_primitive().clone()),
        DataType::Float64 => Data::Float64(array.as_primitive().clone()),
        DataType::Utf8 => Data::Utf8(array.as_string().clone()),
        DataType::LargeUtf8 => Data::LargeUtf8(array.as_string().clone()),
        DataType::Utf8View => Data::Utf8View(array.as_string_view().clone()),
        DataType::Date32 => Data::Days(array.as_primitive::<Date32Type>().values().clone()),
        DataType::Date64 => Data::Millis(array.as_primitive::<Date64Type>().values().clone()),
        DataType::Timestamp(unit, zone) => {
            Data::Timestamp { values: timestamps(array, *unit), unit: *unit, zoned: zone.is_some() }
        }
        DataType::Struct(_) => Data::Struct(Box::new(Table::of_struct(array.as_struct()))),
        DataType::Dictionary(..) => dictionary(array),
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => list(array),
        DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => decimal(array),
        _ => Data::Unsupported(array.clone()),
    }
}

fn timestamps(array: &ArrayRef, unit: TimeUnit) -> ScalarBuffer<i64> {
    match unit {
        TimeUnit::Second => array.as_primitive::<TimestampSecondType>().values().clone(),
        TimeUnit::Millisecond => array.as_primitive::<TimestampMillisecondType>().values().clone(),
        TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().values().clone(),
        TimeUnit::Nanosecond => array.as_primitive::<TimestampNanosecondType>().values().clone(),
    }
}

fn dictionary(array: &ArrayRef) -> Data {
    let dictionary = array.as_any_dictionary();
    if dictionary.values().is_empty() {
        return Data::Nothing; // then every key is null
    }
    Data::Dictionary {
        keys: keys(dictionary.keys()),
        values: Box::new(Distinct {
            array: dictionary.values().clone(),
            column: Column::new(dictionary.values()),
        }),
    }
}

fn keys(keys: &dyn Array) -> Keys {
    match keys.data_type() {
        DataType::Int8 => Keys::I8(keys.as_primitive::<Int8Type>().values().clone()),
        DataType::Int16 => Keys::I16(keys.as_primitive::<Int16Type>().values().clone()),
        DataType::Int32 => Keys::I32(keys.as_primitive::<Int32Type>().values().clone()),
        DataType::Int64 => Keys::I64(keys.as_primitive::<Int64Type>().values().clone()),
        DataType::UInt8 => Keys::U8(keys.as_primitive::<UInt8Type>().values().clone()),
        DataType::UInt16 => Keys::U16(keys.as_primitive::<UInt16Type>().values().clone()),
        DataType::UInt32 => Keys::U32(keys.as_primitive::<UInt32Type>().values().clone()),
        _ => Keys::U64(keys.as_primitive::<UInt64Type>().values().clone()),
    }
}

fn list(array: &ArrayRef) -> Data {
    let (ranges, items) = match array.data_type() {
        DataType::List(_) => {
            let list = array.as_list::<i32>();
            (Ranges::Small(list.offsets().inner().clone()), list.values())
        }
        DataType::LargeList(_) => {
            let list = array.as_list::<i64>();
            (Ranges::Large(list.offsets().inner().clone()), list.values())
        }
        _ => {
            let list = array.as_fixed_size_list();
            (Ranges::Fixed(list.value_length().max(0) as usize), list.values())
        }
    };
    let items = match items.data_type() {
        DataType::Struct(_) => Items::Records {
            nulls: items.nulls().cloned(),
            table: Table::of_struct(items.as_struct()),
        },
        _ => Items::Values(Column::new(items)),
    };
    Data::List { ranges, items: Box::new(items) }
}

/// Decimals of every width as 128 bits; those that do not fit stay as they are, unsupported.
fn decimal(array: &ArrayRef) -> Data {
    let (values, scale): (PrimitiveArray<Decimal128Type>, i8) = match array.data_type() {
        DataType::Decimal32(_, scale) => {
            (array.as_primitive::<Decimal32Type>().unary(i128::from), *scale)
        }
        DataType::Decimal64(_, scale) => {
            (array.as_primitive::<Decimal64Type>().unary(i128::from), *scale)
        }
        DataType::Decimal256(_, scale) => {
            let wide = array.as_primitive::<Decimal256Type>();
            match wide.try_unary::<_, Decimal128Type, ()>(|n| n.to_i128().ok_or(())) {
                Ok(values) => (values, *scale),
                Err(()) => return Data::Unsupported(array.clone()),
            }
        }
        _ => return Data::Decimal(array.as_primitive().clone()),
    };
    let ty = DataType::Decimal128(38, scale);
    Data::Decimal(values.with_data_type(ty))
}
