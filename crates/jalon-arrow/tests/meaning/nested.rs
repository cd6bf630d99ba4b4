//! Columns of lists and structs: sets, references, related records, events.

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, FixedSizeListArray, LargeListArray, ListArray, PrimitiveArray, StructArray,
    types::Int32Type, types::Int64Type,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{Field, Fields};

use super::choices::Choices;
use super::columns::{nulls, scalar, texts as text_column};
use super::criteria::Kind;

/// Lists of texts, or now and then of something else.
pub fn texts(choices: &mut Choices<'_>, rows: usize) -> ArrayRef {
    let kind = if choices.one_in(8) { Kind::Number } else { Kind::Set };
    list(choices, rows, |choices, len| scalar(choices, kind, kind, len))
}

/// Lists of structs.
pub fn records(
    choices: &mut Choices<'_>,
    record: fn(&mut Choices<'_>, usize) -> ArrayRef,
    rows: usize,
) -> ArrayRef {
    list(choices, rows, record)
}

fn list(
    choices: &mut Choices<'_>,
    rows: usize,
    items: impl FnOnce(&mut Choices<'_>, usize) -> ArrayRef,
) -> ArrayRef {
    let layout = choices.below(3);
    let most = choices.below(4);
    let mut dice = choices.dice();
    let nulls = nulls(choices, &mut dice, rows);
    let before = choices.below(3);
    if layout == 2 {
        let items = items(choices, rows * most);
        let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
        return Arc::new(
            FixedSizeListArray::try_new_with_length(field, most as i32, items, nulls, rows)
                .unwrap(),
        );
    }
    let mut ends = vec![before];
    for row in 0..rows {
        ends.push(ends[row] + dice.below(most + 1));
    }
    let after = choices.below(3);
    let items = items(choices, ends[rows] + after);
    let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
    if layout == 0 {
        let offsets: Vec<i32> = ends.iter().map(|end| *end as i32).collect();
        Arc::new(ListArray::new(field, OffsetBuffer::new(offsets.into()), items, nulls))
    } else {
        let offsets: Vec<i64> = ends.iter().map(|end| *end as i64).collect();
        Arc::new(LargeListArray::new(field, OffsetBuffer::new(offsets.into()), items, nulls))
    }
}

fn record(choices: &mut Choices<'_>, columns: Vec<(&str, ArrayRef)>, len: usize) -> ArrayRef {
    let mut dice = choices.dice();
    let nulls = if choices.below(3) == 2 { nulls(choices, &mut dice, len) } else { None };
    let columns: Vec<_> = columns.into_iter().filter(|_| !choices.one_in(9)).collect();
    let field =
        |(name, array): &(&str, ArrayRef)| Field::new(*name, array.data_type().clone(), true);
    let fields: Fields = columns.iter().map(field).collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    Arc::new(StructArray::try_new_with_length(fields, arrays, nulls, len).unwrap())
}

pub fn contact(choices: &mut Choices<'_>, len: usize) -> ArrayRef {
    let columns = vec![
        ("Nom", scalar(choices, Kind::Text, Kind::Text, len)),
        ("Âge", scalar(choices, Kind::Number, Kind::Number, len)),
        ("Ville", text_column(choices, Kind::Text, len)),
        ("Né", scalar(choices, Kind::Date, Kind::Date, len)),
    ];
    record(choices, columns, len)
}

pub fn event(choices: &mut Choices<'_>, len: usize) -> ArrayRef {
    let columns = vec![
        ("type", text_column(choices, Kind::Events, len)),
        ("at", scalar(choices, Kind::DateTime, Kind::DateTime, len)),
        ("Page", text_column(choices, Kind::Text, len)),
        ("Durée", scalar(choices, Kind::Number, Kind::Number, len)),
        ("Objet", text_column(choices, Kind::Text, len)),
    ];
    record(choices, columns, len)
}

pub fn reference(choices: &mut Choices<'_>, rows: usize) -> ArrayRef {
    let mut dice = choices.dice();
    let ids: ArrayRef = if choices.below(2) == 0 {
        Arc::new(PrimitiveArray::<Int64Type>::from_iter(
            (0..rows).map(|_| (dice.below(5) != 0).then(|| dice.below(12) as i64)),
        ))
    } else {
        Arc::new(PrimitiveArray::<Int32Type>::from_iter_values(
            (0..rows).map(|_| dice.below(12) as i32),
        ))
    };
    let columns = vec![
        ("id", ids),
        ("name", text_column(choices, Kind::Text, rows)),
        ("Type", text_column(choices, Kind::Text, rows)),
        ("Taille", scalar(choices, Kind::Number, Kind::Number, rows)),
    ];
    record(choices, columns, rows)
}
