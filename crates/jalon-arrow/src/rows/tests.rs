use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::{Float64Type, Int8Type, UInt32Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Date64Array, Decimal128Array, DictionaryArray,
    Float64Array, Int64Array, LargeStringArray, ListArray, NullArray, PrimitiveArray, StringArray,
    StringViewArray, StructArray, TimestampMillisecondArray, TimestampNanosecondArray,
    TimestampSecondArray, UInt64Array,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field};

use super::*;

fn key(names: &[&str]) -> FieldKey {
    FieldKey::named(names.iter().copied())
}

fn one_column(array: impl Array + 'static) -> Rows {
    Rows::new(&RecordBatch::try_from_iter([("c", Arc::new(array) as ArrayRef)]).unwrap())
}

/// The values of a column of a batch, printed.
fn values(array: impl Array + 'static) -> Vec<String> {
    let rows = one_column(array);
    let mut row = rows.row(0);
    (0..rows.len())
        .map(|index| {
            row.move_to(index);
            shown(&row.get(&key(&["c"])))
        })
        .collect()
}

fn shown(value: &ValueRef<'_>) -> String {
    match value {
        ValueRef::Absent => "absent".into(),
        ValueRef::Empty => "empty".into(),
        ValueRef::Bool(b) => format!("{b}"),
        ValueRef::Int(n) => format!("{n}"),
        ValueRef::Number(n) => format!("{n}"),
        ValueRef::Text(t) => format!("{t:?}"),
        ValueRef::Date(d) => format!("day {}", d.days()),
        ValueRef::DateTime(t) => format!("local {}", t.micros()),
        ValueRef::Instant(i) => format!("utc {}", i.micros()),
        ValueRef::List(list) => {
            let items: Vec<_> = (0..list.len()).map(|i| shown(&list.at(i))).collect();
            format!("[{}]", items.join(", "))
        }
        ValueRef::Record(record) => {
            format!(
                "{{{}, {}}}",
                shown(&record.get(&key(&["type"]))),
                shown(&record.get(&key(&["at"])))
            )
        }
        ValueRef::Invalid(what) => format!("invalid {what:?}"),
    }
}

#[test]
fn texts_of_every_layout_read_alike() {
    let texts = vec![Some("a"), None, Some(""), Some("a longer text than twelve bytes")];
    let expected = ["\"a\"", "empty", "\"\"", "\"a longer text than twelve bytes\""];
    assert_eq!(values(StringArray::from(texts.clone())), expected);
    assert_eq!(values(LargeStringArray::from(texts.clone())), expected);
    assert_eq!(values(StringViewArray::from(texts.clone())), expected);
    let dictionary: DictionaryArray<Int8Type> = texts.into_iter().collect();
    assert_eq!(values(dictionary), expected);
}

#[test]
fn dictionaries_of_any_text_and_any_key_are_read() {
    let keys = PrimitiveArray::<UInt32Type>::from(vec![Some(1), None, Some(0)]);
    let views = DictionaryArray::new(keys.clone(), Arc::new(StringViewArray::from(vec!["x", "y"])));
    assert_eq!(values(views), ["\"y\"", "empty", "\"x\""]);
    let large = DictionaryArray::new(
        keys,
        Arc::new(LargeStringArray::from(vec![None, Some("y")])), // the value itself may be null
    );
    assert_eq!(values(large), ["\"y\"", "empty", "empty"]);
    let nothing: DictionaryArray<Int8Type> = [None::<&str>, None].into_iter().collect();
    assert_eq!(values(nothing), ["empty", "empty"]);
}

#[test]
fn numbers_are_exact() {
    assert_eq!(values(Int64Array::from(vec![Some(-3), None])), ["-3", "empty"]);
    assert_eq!(values(UInt64Array::from(vec![u64::MAX])), ["18446744073709551615"]);
    assert_eq!(
        values(Float64Array::from(vec![0.1, f64::NAN, f64::INFINITY, 3.0])),
        ["0.1", "empty", "invalid inf", "3"]
    );
    let decimals = Decimal128Array::from(vec![Some(12_345), None]);
    assert_eq!(values(decimals.with_precision_and_scale(10, 2).unwrap()), ["123.45", "empty"]);
}

#[test]
fn a_row_moved_forgets_what_it_kept() {
    let rows = one_column(Float64Array::from(vec![f64::INFINITY, f64::NEG_INFINITY, 1.5]));
    let mut row = rows.row(0);
    let mut seen = Vec::new();
    for index in [0, 1, 2, 0] {
        row.move_to(index);
        seen.push(shown(&row.get(&key(&["c"]))));
    }
    assert_eq!(seen, ["invalid inf", "invalid -inf", "1.5", "invalid inf"]);
}

#[test]
fn dates_and_times_keep_their_kind() {
    assert_eq!(values(Date32Array::from(vec![0, 20_000])), ["day 0", "day 20000"]);
    assert_eq!(values(Date64Array::from(vec![-1, 86_400_000])), ["day -1", "day 1"]);
    assert_eq!(values(TimestampSecondArray::from(vec![7])), ["local 7000000"]);
    assert_eq!(
        values(TimestampMillisecondArray::from(vec![7]).with_timezone("Europe/Paris")),
        ["utc 7000"]
    );
    assert_eq!(values(TimestampNanosecondArray::from(vec![-1, 1_999])), ["local -1", "local 1"]);
    let beyond = values(TimestampSecondArray::from(vec![i64::MAX]));
    assert!(beyond[0].starts_with("invalid"), "{beyond:?}");
}

#[test]
fn other_types_are_of_the_wrong_type_and_nulls_are_empty() {
    assert_eq!(values(BooleanArray::from(vec![Some(true), None])), ["true", "empty"]);
    assert_eq!(values(NullArray::new(2)), ["empty", "empty"]);
    let bytes = arrow_array::BinaryArray::from(vec![b"x".as_slice()]);
    assert_eq!(values(bytes), ["invalid Binary"]);
}

#[test]
fn lists_of_texts_are_sets() {
    let mut lists = ListBuilder::new(StringBuilder::new());
    lists.append_value([Some("a"), None, Some("b")]);
    lists.append_null();
    lists.append_value(std::iter::empty::<Option<&str>>());
    let lists = lists.finish();
    assert_eq!(values(lists.clone()), ["[\"a\", empty, \"b\"]", "empty", "[]"]);
    assert_eq!(values(lists.slice(1, 2)), ["empty", "[]"]);
    let numbers = ListArray::from_iter_primitive::<Float64Type, _, _>([Some([Some(1.5)])]);
    assert_eq!(values(numbers), ["[1.5]"]);
}

fn events() -> ListArray {
    let types: ArrayRef = Arc::new(StringArray::from(vec![Some("call"), Some("visit"), None]));
    let at: ArrayRef = Arc::new(Date32Array::from(vec![1, 2, 3]));
    let fields =
        vec![Field::new("type", DataType::Utf8, true), Field::new("at", DataType::Date32, true)];
    let nulls = NullBuffer::from(vec![true, true, false]);
    let structs = StructArray::new(fields.into(), vec![types, at], Some(nulls));
    let field = Arc::new(Field::new_list_field(structs.data_type().clone(), true));
    ListArray::new(field, OffsetBuffer::from_lengths([2, 0, 1]), Arc::new(structs), None)
}

#[test]
fn lists_of_structs_are_events() {
    let expected = ["[{\"call\", day 1}, {\"visit\", day 2}]", "[]", "[empty]"];
    assert_eq!(values(events()), expected);
    assert_eq!(values(events().slice(1, 2)), expected[1..]);
}

#[test]
fn structs_are_references_and_paths_read_through_them() {
    let kind: ArrayRef = Arc::new(StringArray::from(vec!["client", "prospect"]));
    let accounts =
        StructArray::from(vec![(Arc::new(Field::new("Type", DataType::Utf8, true)), kind)]);
    let rows = Rows::new(
        &RecordBatch::try_from_iter([("Compte", Arc::new(accounts) as ArrayRef)]).unwrap(),
    );
    let through = FieldKey {
        path: Some(Box::new((key(&["Compte"]), key(&["Type"])))),
        ..key(&["Compte.Type"])
    };
    let mut row = rows.row(0);
    row.move_to(1);
    assert_eq!(shown(&row.get(&through)), "\"prospect\"");
}

#[test]
fn two_columns_of_one_field_conflict_where_they_differ() {
    let a: ArrayRef = Arc::new(StringArray::from(vec![Some("x"), Some("x"), None]));
    let b: ArrayRef = Arc::new(StringArray::from(vec![Some("x"), Some("y"), Some("z")]));
    let rows = Rows::new(&RecordBatch::try_from_iter([("Email", a), ("Mail", b)]).unwrap());
    let email = key(&["Adresse", "Email", "Mail"]);
    let mut row = rows.row(0);
    assert_eq!(row.conflict(&email), None);
    row.move_to(1);
    let keys = row.conflict(&email).map(|conflict| conflict.keys);
    assert_eq!(keys, Some(("Email".into(), "Mail".into())));
    row.move_to(2);
    assert!(row.conflict(&email).is_some());
}

#[test]
fn slices_and_batches_without_rows_are_bound() {
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![Some(1), None, Some(3)]));
    let batch = RecordBatch::try_from_iter([("c", numbers)]).unwrap();
    let rows = Rows::new(&batch.slice(1, 2));
    let mut row = rows.row(0);
    assert_eq!(shown(&row.get(&key(&["c"]))), "empty");
    row.move_to(1);
    assert_eq!(shown(&row.get(&key(&["c"]))), "3");
    assert!(Rows::new(&batch.slice(0, 0)).is_empty());
}
