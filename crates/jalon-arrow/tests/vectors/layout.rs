//! JSON records as Arrow batches.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int8Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array,
    Int16Array, Int64Array, LargeListArray, LargeStringArray, ListArray, NullArray, PrimitiveArray,
    RecordBatch, StringArray, StringViewArray, StructArray, TimestampMicrosecondArray,
    TimestampMillisecondArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{Field, Fields};
use jalon::Program;
use jalon::schema::FieldType;
use jalon::value::{Moment, read};
use rust_decimal::Decimal;
use serde_json::Value as Json;

/// Which Arrow types hold the texts, the numbers and the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// `Utf8`, `Int64` or `Float64`, `List`.
    Plain,
    /// `LargeUtf8`, `Decimal128`, `LargeList`.
    Large,
    /// `Utf8View`, the narrowest integer; texts of date fields as dates and times.
    Typed,
    /// Dictionaries of texts and of numbers.
    Dictionary,
}

pub const LAYOUTS: &[Layout] = &[Layout::Plain, Layout::Large, Layout::Typed, Layout::Dictionary];

/// What a value looks like: those that look alike can stand in one column. `None` of a list
/// whose items do not.
pub fn shape(value: &Json) -> Option<String> {
    Some(match value {
        Json::Null => "null".into(),
        Json::Bool(_) => "bool".into(),
        Json::Number(_) => "number".into(),
        Json::String(_) => "text".into(),
        Json::Array(items) => format!("[{}]", item_shape(items)?),
        Json::Object(fields) => {
            let mut shapes = Vec::new();
            for (name, value) in fields {
                shapes.push(format!("{name}: {}", shape(value)?));
            }
            format!("{{{}}}", shapes.join(", "))
        }
    })
}

/// The shape of the items of a list; the fields that some records do not have are null there.
fn item_shape(items: &[Json]) -> Option<String> {
    let mut merged: BTreeMap<&str, String> = BTreeMap::new();
    let mut shapes: Vec<String> = Vec::new();
    for item in items.iter().filter(|item| !item.is_null()) {
        match item {
            Json::Object(fields) => {
                for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
                    let shape = shape(value)?;
                    let known = merged.entry(name).or_insert_with(|| shape.clone());
                    if *known != shape {
                        return None;
                    }
                }
                shapes.push("record".into());
            }
            other => shapes.push(shape(other)?),
        }
    }
    shapes.dedup();
    if shapes.len() > 1 {
        return None;
    }
    Some(format!("{}{merged:?}", shapes.pop().unwrap_or_default()))
}

/// Records of one shape as rows.
pub fn batch(records: &[&Json], program: &Program, layout: Layout) -> RecordBatch {
    let names: Vec<&String> = records[0].as_object().unwrap().keys().collect();
    let columns = names.iter().map(|name| {
        let values: Vec<&Json> = records.iter().map(|record| &record[name.as_str()]).collect();
        // A column may not be named as a score; names compare without case.
        let taken = program.score_names().any(|score| score == name.as_str());
        let bears = if taken { name.to_uppercase() } else { (*name).clone() };
        (bears, column(name, &values, program, layout))
    });
    let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(records.len()));
    let (fields, arrays): (Vec<_>, Vec<_>) = columns
        .map(|(name, array)| (Field::new(name, array.data_type().clone(), true), array))
        .unzip();
    let schema = Arc::new(arrow_schema::Schema::new(fields));
    RecordBatch::try_new_with_options(schema, arrays, &options).unwrap()
}

fn column(name: &str, values: &[&Json], program: &Program, layout: Layout) -> ArrayRef {
    let Some(first) = values.iter().find(|value| !value.is_null()) else {
        return Arc::new(NullArray::new(values.len()));
    };
    match first {
        Json::Bool(_) => Arc::new(values.iter().map(|v| v.as_bool()).collect::<BooleanArray>()),
        Json::Number(_) => numbers(values, layout),
        Json::String(_) => texts(name, values, program, layout),
        Json::Array(_) => list(name, values, program, layout),
        _ => structs(values, program, layout),
    }
}

fn numbers(values: &[&Json], layout: Layout) -> ArrayRef {
    let whole: Option<Vec<Option<i64>>> = values
        .iter()
        .map(|value| if value.is_null() { Some(None) } else { value.as_i64().map(Some) })
        .collect();
    let exact = |value: &&Json| value.to_string().parse::<Decimal>().ok();
    match (layout, whole) {
        (Layout::Large, _)
            if values.iter().all(|value| value.is_null() || exact(value).is_some()) =>
        {
            let numbers: Vec<Option<Decimal>> = values.iter().map(exact).collect();
            let scale = numbers.iter().flatten().map(Decimal::scale).max().unwrap_or(0);
            let unscaled = numbers.iter().map(|number| {
                number.map(|mut number| {
                    number.rescale(scale);
                    number.mantissa()
                })
            });
            let array: Decimal128Array = unscaled.collect();
            Arc::new(array.with_precision_and_scale(38, scale as i8).unwrap())
        }
        (Layout::Typed, Some(whole))
            if whole.iter().flatten().all(|n| i16::try_from(*n).is_ok()) =>
        {
            Arc::new(whole.iter().map(|n| n.map(|n| n as i16)).collect::<Int16Array>())
        }
        (Layout::Dictionary, Some(whole)) => {
            let keys = keys(values);
            Arc::new(DictionaryArray::new(keys, Arc::new(Int64Array::from(whole))))
        }
        (_, Some(whole)) => Arc::new(Int64Array::from(whole)),
        (_, None) => Arc::new(values.iter().map(|v| v.as_f64()).collect::<Float64Array>()),
    }
}

/// Each row its own value, and null where it is null.
fn keys(values: &[&Json]) -> PrimitiveArray<Int32Type> {
    (0_i32..).zip(values).map(|(row, value)| (!value.is_null()).then_some(row)).collect()
}

fn texts(name: &str, values: &[&Json], program: &Program, layout: Layout) -> ArrayRef {
    let texts = || values.iter().map(|value| value.as_str());
    match layout {
        Layout::Plain => Arc::new(texts().collect::<StringArray>()),
        Layout::Large => Arc::new(texts().collect::<LargeStringArray>()),
        Layout::Dictionary if values.len() < 100 => {
            Arc::new(texts().collect::<DictionaryArray<Int8Type>>())
        }
        Layout::Dictionary => Arc::new(texts().collect::<DictionaryArray<Int32Type>>()),
        Layout::Typed => times(name, values, program)
            .unwrap_or_else(|| Arc::new(texts().collect::<StringViewArray>())),
    }
}

/// The texts of a date field as dates, local times or instants, where all are one of these.
fn times(name: &str, values: &[&Json], program: &Program) -> Option<ArrayRef> {
    let modules = &program.checked().schema.modules;
    let of_name = |field: &&jalon::schema::Field| field.key.names.iter().any(|n| n == name);
    let field = modules.iter().flat_map(|module| &module.fields).find(of_name)?;
    if !matches!(field.ty, FieldType::Date | FieldType::DateTime) {
        return None;
    }
    let moment = |value: &&Json| value.as_str().map(read::moment);
    let moments: Vec<Option<Moment>> = values
        .iter()
        .map(moment)
        .map(|m| m.map_or(Some(None), |m| m.map(Some)))
        .collect::<Option<_>>()?;
    Some(match moments.iter().flatten().next()? {
        Moment::Date(_) => {
            let days = moments.iter().map(|moment| match moment {
                Some(Moment::Date(date)) => Some(Some(date.days())),
                Some(_) => None,
                None => Some(None),
            });
            Arc::new(Date32Array::from(days.collect::<Option<Vec<_>>>()?))
        }
        Moment::Local(_) => {
            let micros = moments.iter().map(|moment| match moment {
                Some(Moment::Local(local)) => Some(Some(local.micros())),
                Some(_) => None,
                None => Some(None),
            });
            Arc::new(TimestampMicrosecondArray::from(micros.collect::<Option<Vec<_>>>()?))
        }
        Moment::Instant(_) => {
            let millis = moments.iter().map(|moment| match moment {
                Some(Moment::Instant(at)) => Some(Some(at.micros() / 1000)),
                Some(_) => None,
                None => Some(None),
            });
            let array = TimestampMillisecondArray::from(millis.collect::<Option<Vec<_>>>()?);
            Arc::new(array.with_timezone("UTC"))
        }
    })
}

fn list(name: &str, values: &[&Json], program: &Program, layout: Layout) -> ArrayRef {
    let lists = values.iter().map(|value| value.as_array().map_or(&[][..], Vec::as_slice));
    let (mut items, mut lengths) = (Vec::new(), Vec::new());
    for list in lists {
        items.extend(list);
        lengths.push(list.len());
    }
    let nulls: NullBuffer = values.iter().map(|value| !value.is_null()).collect();
    let items = column(name, &items, program, layout);
    let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
    if layout == Layout::Large {
        let offsets = OffsetBuffer::from_lengths(lengths);
        return Arc::new(LargeListArray::new(field, offsets, items, Some(nulls)));
    }
    Arc::new(ListArray::new(field, OffsetBuffer::from_lengths(lengths), items, Some(nulls)))
}

fn structs(values: &[&Json], program: &Program, layout: Layout) -> ArrayRef {
    let mut names: Vec<&String> = Vec::new();
    for name in values.iter().filter_map(|value| value.as_object()).flat_map(|o| o.keys()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let columns: Vec<ArrayRef> = names
        .iter()
        .map(|name| {
            let values: Vec<&Json> = values.iter().map(|value| &value[name.as_str()]).collect();
            column(name, &values, program, layout)
        })
        .collect();
    let field = |(name, array): (&&String, &ArrayRef)| {
        Field::new(name.as_str(), array.data_type().clone(), true)
    };
    let fields: Fields = names.iter().zip(&columns).map(field).collect();
    let nulls: NullBuffer = values.iter().map(|value| !value.is_null()).collect();
    Arc::new(StructArray::try_new_with_length(fields, columns, Some(nulls), values.len()).unwrap())
}

/// A cell of a scored frame; numbers as texts.
pub fn cell(scored: &RecordBatch, name: &str, row: usize) -> Json {
    let Some(array) = scored.column_by_name(name) else { return Json::Null };
    if array.is_null(row) {
        return Json::Null;
    }
    if let Some(whole) = array.as_primitive_opt::<Int64Type>() {
        return whole.value(row).to_string().into();
    }
    if let Some(exact) = array.as_primitive_opt::<Decimal128Type>() {
        let unscaled = exact.value(row);
        let number = Decimal::from_i128_with_scale(unscaled, 4).normalize();
        return number.to_string().into();
    }
    array.as_string::<i32>().value(row).into()
}
