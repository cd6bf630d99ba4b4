//! The columns that a score adds.

use std::sync::Arc;

use arrow_array::builder::{Decimal128Builder, Int64Builder, StringBuilder};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, Field};
use jalon::program::Score;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::error::FrameError;

/// The places of a score that is not whole.
pub(super) const SCALE: u32 = 4;
pub(super) const DIGITS: u8 = 28;

/// The columns that a score adds, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreColumns {
    /// The total, named as the score.
    pub total: String,
    /// Whether totals are whole numbers.
    pub whole: bool,
    /// Stars, where the score declares them.
    pub stars: Option<String>,
    /// Label, where the score declares them.
    pub label: Option<String>,
    /// Values of the wrong type, named.
    pub errors: String,
}

impl ScoreColumns {
    /// Those of a score.
    pub fn of(score: &Score) -> ScoreColumns {
        let name = score.name();
        let scores = &score.program().checked().scores;
        let declared = scores.iter().find(|declared| declared.name == name);
        ScoreColumns {
            total: name.to_owned(),
            whole: score.is_whole(),
            stars: declared
                .filter(|score| !score.stars.is_empty())
                .map(|_| format!("{name}_stars")),
            label: declared
                .filter(|score| !score.labels.is_empty())
                .map(|_| format!("{name}_label")),
            errors: "errors".to_owned(),
        }
    }

    /// As Arrow fields.
    pub fn fields(&self) -> Vec<Field> {
        let exact = DataType::Decimal128(DIGITS, SCALE as i8);
        let total = if self.whole { DataType::Int64 } else { exact };
        let stars = self.stars.iter().map(|name| Field::new(name, DataType::Int64, true));
        let label = self.label.iter().map(|name| Field::new(name, DataType::Utf8, true));
        std::iter::once(Field::new(&self.total, total, true))
            .chain(stars)
            .chain(label)
            .chain([Field::new(&self.errors, DataType::Utf8, true)])
            .collect()
    }
}

/// The columns of one batch, row by row.
#[derive(Debug)]
pub(super) struct Output {
    total: Total,
    stars: Int64Builder,
    label: StringBuilder,
    errors: StringBuilder,
}

#[derive(Debug)]
enum Total {
    Whole(Int64Builder),
    Exact(Decimal128Builder),
}

impl Output {
    pub(super) fn new(columns: &ScoreColumns, rows: usize) -> Output {
        Output {
            total: if columns.whole {
                Total::Whole(Int64Builder::with_capacity(rows))
            } else {
                Total::Exact(Decimal128Builder::with_capacity(rows))
            },
            stars: Int64Builder::new(),
            label: StringBuilder::new(),
            errors: StringBuilder::new(),
        }
    }

    pub(super) fn push(&mut self, score: &Score, total: Decimal, errors: Option<String>) {
        match &mut self.total {
            Total::Whole(whole) => whole.append_option(total.to_i64()),
            Total::Exact(exact) => exact.append_option(unscaled(total)),
        }
        self.stars.append_option(score.stars(total).map(i64::from));
        self.label.append_option(score.label(total));
        self.errors.append_option(errors);
    }

    /// A row whose score cannot be known, and why.
    pub(super) fn push_unknown(&mut self, error: String) {
        match &mut self.total {
            Total::Whole(whole) => whole.append_null(),
            Total::Exact(exact) => exact.append_null(),
        }
        self.stars.append_null();
        self.label.append_null();
        self.errors.append_value(error);
    }

    /// The arrays, in the order of [`ScoreColumns::fields`].
    pub(super) fn finish(mut self, columns: &ScoreColumns) -> Result<Vec<ArrayRef>, FrameError> {
        let mut arrays: Vec<ArrayRef> = vec![match &mut self.total {
            Total::Whole(whole) => Arc::new(whole.finish()),
            Total::Exact(exact) => {
                Arc::new(exact.finish().with_precision_and_scale(DIGITS, SCALE as i8)?)
            }
        }];
        if columns.stars.is_some() {
            arrays.push(Arc::new(self.stars.finish()) as ArrayRef);
        }
        if columns.label.is_some() {
            arrays.push(Arc::new(self.label.finish()) as ArrayRef);
        }
        arrays.push(Arc::new(self.errors.finish()));
        debug_assert!(arrays.iter().all(|array| array.len() == arrays[0].len()));
        Ok(arrays)
    }
}

/// A total in ten-thousandths, half to even.
pub(super) fn unscaled(total: Decimal) -> Option<i128> {
    let mut rounded = total.round_dp(SCALE);
    rounded.rescale(SCALE);
    (rounded.scale() == SCALE).then(|| rounded.mantissa())
}
