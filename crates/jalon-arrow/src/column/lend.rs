//! Columns as the slices that the columnar executor reads.

use std::cell::OnceCell;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef};
use arrow_schema as arrow;
use jalon::columnar::{
    Bits, Column as Slices, DictionaryValues, Integers, Owner, TextColumn, TimeUnit, Values,
};
use jalon::value::ValueRef;

use super::{Column, Data, Distinct, Keys};

impl Column {
    /// The column as slices.
    pub(crate) fn lend(&self) -> Slices<'_> {
        let valid = self.nulls.as_ref().map(|nulls| {
            let bits = nulls.inner();
            Bits::new(bits.values(), bits.offset(), bits.len())
        });
        Slices { valid, values: self.values() }
    }

    fn values(&self) -> Values<'_> {
        match &self.data {
            Data::Nothing => Values::Nothing,
            Data::Boolean(a) => {
                let bits = a.values();
                Values::Bools(Bits::new(bits.values(), bits.offset(), bits.len()))
            }
            Data::Int8(a) => Values::Integers(Integers::I8(a.values())),
            Data::Int16(a) => Values::Integers(Integers::I16(a.values())),
            Data::Int32(a) => Values::Integers(Integers::I32(a.values())),
            Data::Int64(a) => Values::Integers(Integers::I64(a.values())),
            Data::UInt8(a) => Values::Integers(Integers::U8(a.values())),
            Data::UInt16(a) => Values::Integers(Integers::U16(a.values())),
            Data::UInt32(a) => Values::Integers(Integers::U32(a.values())),
            Data::UInt64(a) => Values::Integers(Integers::U64(a.values())),
            Data::Float64(a) => Values::F64(a.values()),
            Data::Decimal(a) => match u32::try_from(a.scale()) {
                Ok(scale) => Values::Decimals { unscaled: a.values(), scale },
                Err(_) => Values::ByRow,
            },
            Data::Utf8(a) => Values::Texts(TextColumn::Small {
                offsets: a.value_offsets(),
                bytes: a.value_data(),
            }),
            Data::LargeUtf8(a) => Values::Texts(TextColumn::Large {
                offsets: a.value_offsets(),
                bytes: a.value_data(),
            }),
            Data::Utf8View(a) => Values::Texts(TextColumn::Views {
                views: a.views(),
                buffers: a.data_buffers().iter().map(arrow_buffer::Buffer::as_slice).collect(),
            }),
            Data::Days(days) => Values::Days(days),
            Data::Timestamp { values, unit, zoned } => {
                let unit = match unit {
                    arrow::TimeUnit::Second => TimeUnit::Second,
                    arrow::TimeUnit::Millisecond => TimeUnit::Millisecond,
                    arrow::TimeUnit::Microsecond => TimeUnit::Microsecond,
                    arrow::TimeUnit::Nanosecond => TimeUnit::Nanosecond,
                };
                Values::Times { values, unit, zoned: *zoned }
            }
            Data::Dictionary { keys, values } => {
                Values::Dictionary { codes: keys.lend(), values: &**values }
            }
            Data::Float32(_)
            | Data::Millis(_)
            | Data::List { .. }
            | Data::Struct(_)
            | Data::Unsupported(_) => Values::ByRow,
        }
    }
}

impl Keys {
    fn lend(&self) -> Integers<'_> {
        match self {
            Keys::I8(keys) => Integers::I8(keys),
            Keys::I16(keys) => Integers::I16(keys),
            Keys::I32(keys) => Integers::I32(keys),
            Keys::I64(keys) => Integers::I64(keys),
            Keys::U8(keys) => Integers::U8(keys),
            Keys::U16(keys) => Integers::U16(keys),
            Keys::U32(keys) => Integers::U32(keys),
            Keys::U64(keys) => Integers::U64(keys),
        }
    }
}

impl DictionaryValues for Distinct {
    fn len(&self) -> usize {
        self.array.len()
    }

    fn with(&self, index: usize, see: &mut dyn FnMut(ValueRef<'_>)) {
        let cell = OnceCell::new();
        see(self.column.value(index, &cell));
    }

    fn texts(&self) -> Option<TextColumn<'_>> {
        match self.column.values() {
            Values::Texts(texts) if self.column.nulls.is_none() => Some(texts),
            _ => None,
        }
    }

    fn owner(&self) -> Option<Owner> {
        Some(Arc::new(self.array.clone()))
    }

    fn is_owned_by(&self, owner: &Owner) -> bool {
        owner.downcast_ref::<ArrayRef>().is_some_and(|array| {
            // Batches that come over an Arrow stream have each its own array, of the same memory.
            Arc::ptr_eq(array, &self.array) || array.to_data().ptr_eq(&self.array.to_data())
        })
    }
}
