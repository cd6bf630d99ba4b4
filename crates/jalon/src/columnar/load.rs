//! A block of numbers, dates or instants as integers, whatever the column holds them as.

use std::ops::Range;

use super::column::{Column, TextColumn, TimeUnit, Values};
use crate::value::read::plain_integer;
use crate::value::{Date, read};

/// The values of a block of rows as integers, and the rows that have none.
#[derive(Clone, Debug, Default)]
pub(super) struct Loaded {
    /// One for each row; of rows without a value, anything.
    pub(super) values: Vec<i64>,
    /// Rows whose value only the record executor can read.
    pub(super) odd: Vec<u32>,
}

/// On which line of integers values stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Numbers at a scale.
    Numbers(u32),
    /// Days from 1970-01-01.
    Days,
    /// Microseconds of UTC from 1970-01-01.
    Micros,
}

const MICROS_A_DAY: i64 = 86_400_000_000;

impl Line {
    /// The line on which a column's values stand as they are, if they are of the kind that is
    /// `wanted`; `utc` says whether the clock's zone is UTC.
    pub(super) fn of(values: &Values<'_>, wanted: Line, utc: bool) -> Option<Line> {
        match (wanted, values) {
            (
                Line::Numbers(_),
                Values::I8(_)
                | Values::I16(_)
                | Values::I32(_)
                | Values::I64(_)
                | Values::U8(_)
                | Values::U16(_)
                | Values::U32(_)
                | Values::Texts(_),
            ) => Some(Line::Numbers(0)),
            // Beyond, the least of them has more digits than a number may have.
            (Line::Numbers(_), Values::Decimals { scale: scale @ ..=28, .. }) => {
                Some(Line::Numbers(*scale))
            }
            (
                Line::Days,
                Values::Days(_) | Values::Texts(_) | Values::Times { zoned: false, .. },
            ) => Some(Line::Days),
            (Line::Days, Values::Times { zoned: true, .. }) if utc => Some(Line::Days),
            (Line::Micros, Values::Times { zoned: true, .. }) => Some(Line::Micros),
            (Line::Micros, Values::Times { zoned: false, .. }) if utc => Some(Line::Micros),
            _ => None,
        }
    }
}

impl Loaded {
    /// Reads the values of some rows of a column, which stand on a line (see [`Line::of`]).
    /// `nothing` gains the rows that hold nothing.
    pub(super) fn load(
        &mut self,
        column: &Column<'_>,
        line: Line,
        rows: Range<usize>,
        nothing: &mut [u64],
    ) {
        self.odd.clear();
        self.values.resize(rows.len(), 0);
        match &column.values {
            Values::I8(values) => self.widen(&values[rows]),
            Values::I16(values) => self.widen(&values[rows]),
            Values::I32(values) => self.widen(&values[rows]),
            Values::I64(values) => self.values.copy_from_slice(&values[rows]),
            Values::U8(values) => self.widen(&values[rows]),
            Values::U16(values) => self.widen(&values[rows]),
            Values::U32(values) => self.widen(&values[rows]),
            Values::Decimals { unscaled, .. } => self.narrow(&unscaled[rows]),
            Values::Days(days) => {
                self.widen(&days[rows]);
                self.keep_dates(1);
            }
            Values::Times { values, unit, .. } => self.times(&values[rows], *unit, line),
            Values::Texts(texts) if line == Line::Days => {
                self.texts(texts, rows, nothing, iso_day);
            }
            Values::Texts(texts) => self.texts(texts, rows, nothing, plain_integer),
            _ => self.odd.extend(0..rows.len() as u32),
        }
    }

    fn widen<T: Copy + Into<i64>>(&mut self, values: &[T]) {
        for (wide, value) in self.values.iter_mut().zip(values) {
            *wide = (*value).into();
        }
    }

    fn narrow(&mut self, values: &[i128]) {
        for (row, (narrow, value)) in self.values.iter_mut().zip(values).enumerate() {
            *narrow = *value as i64;
            if i128::from(*narrow) != *value {
                self.odd.push(row as u32);
            }
        }
    }

    /// Leaves what is beyond the calendar to the record executor; `a_day` is how many units
    /// make one.
    fn keep_dates(&mut self, a_day: i64) {
        let least = i64::from(Date::MIN.days()) * a_day;
        let most = (i64::from(Date::MAX.days()) + 1) * a_day - 1;
        for (row, value) in self.values.iter().enumerate() {
            if *value < least || *value > most {
                self.odd.push(row as u32);
            }
        }
    }

    fn times(&mut self, values: &[i64], unit: TimeUnit, line: Line) {
        let (times, over) = match unit {
            TimeUnit::Second => (1_000_000, 1),
            TimeUnit::Millisecond => (1_000, 1),
            TimeUnit::Microsecond => (1, 1),
            TimeUnit::Nanosecond => (1, 1_000),
        };
        for (micros, value) in self.values.iter_mut().zip(values) {
            *micros = value.div_euclid(over).saturating_mul(times);
        }
        self.keep_dates(MICROS_A_DAY);
        if line == Line::Days {
            for value in &mut self.values {
                *value = value.div_euclid(MICROS_A_DAY);
            }
        }
    }

    fn texts(
        &mut self,
        texts: &TextColumn<'_>,
        rows: Range<usize>,
        nothing: &mut [u64],
        read: impl Fn(&[u8]) -> Option<i64>,
    ) {
        for (index, row) in rows.enumerate() {
            let mut inline = [0; 16];
            let text = texts.get(row, &mut inline);
            match read(text) {
                Some(value) => self.values[index] = value,
                None if text.is_empty() => nothing[index / 64] |= 1 << (index % 64),
                None => self.odd.push(index as u32),
            }
        }
    }
}

/// The day of a date written `2026-06-30`.
fn iso_day(text: &[u8]) -> Option<i64> {
    if text.len() != 10 {
        return None;
    }
    match read::iso(std::str::from_utf8(text).ok()?)? {
        crate::value::Moment::Date(date) => Some(date.days().into()),
        _ => None,
    }
}
