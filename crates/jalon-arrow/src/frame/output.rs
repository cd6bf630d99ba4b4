//! The columns that a score adds.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Decimal128Array, Int64Array, StringArray};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::{DataType, Field};
use jalon::columnar::{Scored, Totals};
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
    /// The points of each line, where they are asked for: `<score>_line_1`, `<score>_line_2`, …
    /// and the line as written, which is the field's metadata `line`.
    pub lines: Vec<(String, String)>,
    /// Values of the wrong type, named.
    pub errors: String,
}

impl ScoreColumns {
    /// Those of a score.
    pub fn of(score: &Score) -> ScoreColumns {
        let name = score.name();
        let declared = score.declaration();
        ScoreColumns {
            total: name.to_owned(),
            whole: score.is_whole(),
            stars: declared.filter(|d| !d.stars.is_empty()).map(|_| format!("{name}_stars")),
            label: declared.filter(|d| !d.labels.is_empty()).map(|_| format!("{name}_label")),
            lines: Vec::new(),
            errors: "errors".to_owned(),
        }
    }

    /// The same with a column for each line.
    pub(super) fn with_lines(self, score: &Score) -> ScoreColumns {
        let lines = score.declaration().map_or(&[][..], |score| score.lines.as_slice());
        let line = |(line, number): (&jalon::checked::Line, u32)| {
            (format!("{}_line_{number}", score.name()), line.source.clone())
        };
        ScoreColumns { lines: lines.iter().zip(1..).map(line).collect(), ..self }
    }

    /// As Arrow fields.
    pub fn fields(&self) -> Vec<Field> {
        let exact = DataType::Decimal128(DIGITS, SCALE as i8);
        let points = if self.whole { DataType::Int64 } else { exact };
        let line = |(name, text): &(String, String)| {
            Field::new(name, points.clone(), true)
                .with_metadata(HashMap::from([("line".to_owned(), text.clone())]))
        };
        let stars = self.stars.iter().map(|name| Field::new(name, DataType::Int64, true));
        let label = self.label.iter().map(|name| Field::new(name, DataType::Utf8, true));
        std::iter::once(Field::new(&self.total, points.clone(), true))
            .chain(stars)
            .chain(label)
            .chain(self.lines.iter().map(line))
            .chain([Field::new(&self.errors, DataType::Utf8, true)])
            .collect()
    }
}

/// Rising thresholds of a score, with what each gives.
#[derive(Clone, Debug)]
struct Levels<T> {
    levels: Vec<(Decimal, T)>,
    /// The thresholds as integers, at the scale of the totals at hand.
    scaled: Vec<i64>,
}

impl<T> Levels<T> {
    fn new(levels: Vec<(Decimal, T)>) -> Levels<T> {
        Levels { levels, scaled: Vec::new() }
    }

    fn rescale(&mut self, scale: u32) {
        let scaled = |(from, _): &(Decimal, T)| {
            let scaled = Decimal::from(10_i64.pow(scale)).checked_mul(*from).map(|n| n.ceil());
            let limit = if from.is_sign_negative() { i64::MIN } else { i64::MAX };
            scaled.and_then(|n| n.to_i64()).unwrap_or(limit)
        };
        self.scaled = self.levels.iter().map(scaled).collect();
    }

    /// How many thresholds a total reaches.
    fn of_scaled(&self, total: i64) -> u16 {
        self.scaled.iter().map(|from| u16::from(total >= *from)).sum()
    }

    fn of_exact(&self, total: Decimal) -> u16 {
        self.levels.iter().map(|(from, _)| u16::from(total >= *from)).sum()
    }

    fn get(&self, reached: u16) -> Option<&T> {
        self.levels.get(usize::from(reached).checked_sub(1)?).map(|(_, level)| level)
    }
}

/// Points of rows, as integers at the scale of their column.
#[derive(Clone, Debug)]
struct Points {
    values: Unscaled,
    /// Rows that have none, or more than the column can hold.
    unknown: Vec<usize>,
}

#[derive(Clone, Debug)]
enum Unscaled {
    Whole(Vec<i64>),
    Exact(Vec<i128>),
}

impl Points {
    fn new(whole: bool, rows: usize) -> Points {
        let values = if whole {
            Unscaled::Whole(Vec::with_capacity(rows))
        } else {
            Unscaled::Exact(Vec::with_capacity(rows))
        };
        Points { values, unknown: Vec::new() }
    }

    fn len(&self) -> usize {
        match &self.values {
            Unscaled::Whole(column) => column.len(),
            Unscaled::Exact(column) => column.len(),
        }
    }

    /// Adds a row; one whose points the column cannot hold is null.
    fn push(&mut self, points: Option<Decimal>) {
        let row = self.len();
        let known = match &mut self.values {
            Unscaled::Whole(column) => {
                let whole = points.and_then(|points| points.to_i64());
                column.push(whole.unwrap_or(0));
                whole.is_some()
            }
            Unscaled::Exact(column) => {
                let exact = points.and_then(unscaled);
                column.push(exact.unwrap_or(0));
                exact.is_some()
            }
        };
        if !known {
            self.unknown.push(row);
        }
    }

    /// Adds rows of integers at a scale that is not finer than the column's.
    fn extend_scaled(&mut self, points: &[i64], scale: u32) {
        match &mut self.values {
            Unscaled::Whole(column) if scale == 0 => column.extend_from_slice(points),
            Unscaled::Whole(column) => {
                let unit = 10_i64.pow(scale);
                column.extend(points.iter().map(|points| points / unit));
            }
            Unscaled::Exact(column) => {
                let unit = 10_i128.pow(SCALE - scale);
                column.extend(points.iter().map(|points| i128::from(*points) * unit));
            }
        }
    }

    fn append(&mut self, other: Points) {
        let rows = self.len();
        self.unknown.extend(other.unknown.into_iter().map(|row| rows + row));
        match (&mut self.values, other.values) {
            (Unscaled::Whole(column), Unscaled::Whole(other)) => column.extend(other),
            (Unscaled::Exact(column), Unscaled::Exact(other)) => column.extend(other),
            _ => {}
        }
    }

    fn finish(self) -> Result<ArrayRef, FrameError> {
        let nulls = (!self.unknown.is_empty()).then(|| {
            let mut known = vec![true; self.len()];
            self.unknown.iter().for_each(|row| known[*row] = false);
            NullBuffer::new(BooleanBuffer::from(known))
        });
        Ok(match self.values {
            Unscaled::Whole(column) => Arc::new(Int64Array::new(column.into(), nulls)),
            Unscaled::Exact(column) => Arc::new(
                Decimal128Array::new(column.into(), nulls)
                    .with_precision_and_scale(DIGITS, SCALE as i8)?,
            ),
        })
    }
}

/// The columns of some rows.
#[derive(Debug)]
pub(super) struct Output {
    rows: usize,
    total: Points,
    stars: Levels<u32>,
    reached_stars: Vec<u16>,
    labels: Levels<String>,
    reached_labels: Vec<u16>,
    lines: Vec<Points>,
    /// Rows with errors, and what they are.
    errors: Vec<(usize, String)>,
}

impl Output {
    pub(super) fn new(score: &Score, columns: &ScoreColumns, rows: usize) -> Output {
        let (stars, labels) = match score.declaration() {
            Some(score) => (score.stars.clone(), score.labels.clone()),
            None => (Vec::new(), Vec::new()),
        };
        Output {
            rows: 0,
            total: Points::new(columns.whole, rows),
            stars: Levels::new(stars),
            reached_stars: Vec::with_capacity(if columns.stars.is_some() { rows } else { 0 }),
            labels: Levels::new(labels),
            reached_labels: Vec::with_capacity(if columns.label.is_some() { rows } else { 0 }),
            lines: columns.lines.iter().map(|_| Points::new(columns.whole, rows)).collect(),
            errors: Vec::new(),
        }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, total: Decimal, lines: &[Decimal]) {
        self.total.push(Some(total));
        self.level(total);
        for (column, points) in self.lines.iter_mut().zip(lines) {
            column.push(Some(*points));
        }
        self.rows += 1;
    }

    fn level(&mut self, total: Decimal) {
        if !self.stars.levels.is_empty() {
            self.reached_stars.push(self.stars.of_exact(total));
        }
        if !self.labels.levels.is_empty() {
            self.reached_labels.push(self.labels.of_exact(total));
        }
    }

    /// Adds a row whose score cannot be known, and why.
    pub(super) fn push_unknown(&mut self, error: String) {
        self.error(self.rows, error);
        self.total.push(None);
        if !self.stars.levels.is_empty() {
            self.reached_stars.push(0);
        }
        if !self.labels.levels.is_empty() {
            self.reached_labels.push(0);
        }
        self.lines.iter_mut().for_each(|line| line.push(None));
        self.rows += 1;
    }

    /// Says what is wrong in a row that was added or is to be added next.
    pub(super) fn error(&mut self, row: usize, error: String) {
        self.errors.push((row, error));
    }

    /// Adds a block of rows.
    pub(super) fn extend(&mut self, scored: &Scored<'_>) {
        for (line, column) in self.lines.iter_mut().enumerate() {
            for row in 0..scored.rows.len() {
                column.push(Some(scored.line_points(line, row)));
            }
        }
        match scored.totals {
            Totals::Scaled { values, scale } if scale <= SCALE => self.scaled(values, scale),
            totals => {
                for row in 0..scored.rows.len() {
                    let total = totals.get(row);
                    self.total.push(Some(total));
                    self.level(total);
                }
            }
        }
        self.rows += scored.rows.len();
    }

    fn scaled(&mut self, totals: &[i64], scale: u32) {
        self.total.extend_scaled(totals, scale);
        if !self.stars.levels.is_empty() {
            self.stars.rescale(scale);
            let stars = &self.stars;
            self.reached_stars.extend(totals.iter().map(|total| stars.of_scaled(*total)));
        }
        if !self.labels.levels.is_empty() {
            self.labels.rescale(scale);
            let labels = &self.labels;
            self.reached_labels.extend(totals.iter().map(|total| labels.of_scaled(*total)));
        }
    }

    /// Adds the rows of another, after these.
    pub(super) fn append(&mut self, other: Output) {
        self.total.append(other.total);
        self.reached_stars.extend(other.reached_stars);
        self.reached_labels.extend(other.reached_labels);
        for (lines, other) in self.lines.iter_mut().zip(other.lines) {
            lines.append(other);
        }
        self.errors.extend(other.errors.into_iter().map(|(row, error)| (self.rows + row, error)));
        self.rows += other.rows;
    }

    /// The arrays, in the order of [`ScoreColumns::fields`].
    pub(super) fn finish(self) -> Result<Vec<ArrayRef>, FrameError> {
        let Output { rows, total, stars, labels, lines, errors, .. } = self;
        let mut arrays = vec![total.finish()?];
        if !stars.levels.is_empty() {
            let star = |reached: &u16| stars.get(*reached).map(|stars| i64::from(*stars));
            let column: Int64Array = self.reached_stars.iter().map(star).collect();
            arrays.push(Arc::new(column));
        }
        if !labels.levels.is_empty() {
            let label = |reached: &u16| labels.get(*reached).map(String::as_str);
            let column: StringArray = self.reached_labels.iter().map(label).collect();
            arrays.push(Arc::new(column));
        }
        for line in lines {
            arrays.push(line.finish()?);
        }
        arrays.push(Arc::new(texts(rows, &errors)));
        debug_assert!(arrays.iter().all(|array| array.len() == rows));
        Ok(arrays)
    }
}

/// A column of texts, of which few rows have one.
fn texts(rows: usize, texts: &[(usize, String)]) -> StringArray {
    if texts.is_empty() {
        return StringArray::new_null(rows);
    }
    let mut texts = texts.iter().peekable();
    let text = |row| texts.next_if(|(at, _)| *at == row).map(|(_, text)| text.as_str());
    (0..rows).map(text).collect()
}

/// A total in ten-thousandths, half to even.
pub(super) fn unscaled(total: Decimal) -> Option<i128> {
    let mut rounded = total.round_dp(SCALE);
    rounded.rescale(SCALE);
    (rounded.scale() == SCALE).then(|| rounded.mantissa())
}
