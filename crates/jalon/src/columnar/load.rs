//! A block of numbers, dates or instants as integers, whatever the column holds them as.

use std::ops::Range;

use super::column::{Column, TextColumn, TimeUnit, Values, integers};
use super::plain;
use crate::value::Date;

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
            (Line::Numbers(_), Values::Integers(_)) => Some(Line::Numbers(0)),
            (Line::Numbers(_), Values::Texts(_)) => Some(Line::Numbers(plain::SCALE)),
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
            Values::Integers(values) => integers!(values, values => self.keep(&values[rows])),
            Values::Decimals { unscaled, .. } => self.keep(&unscaled[rows]),
            Values::Days(days) => {
                self.keep(&days[rows]);
                self.keep_dates(1);
            }
            Values::Times { values, unit, .. } => self.times(&values[rows], *unit, line),
            Values::Texts(texts) if line == Line::Days => {
                self.texts(texts, rows, nothing, plain::iso_day);
            }
            Values::Texts(texts) => self.texts(texts, rows, nothing, plain::number),
            _ => self.odd.extend(0..rows.len() as u32),
        }
    }

    /// Keeps values as they are; those of more than 64 bits are odd.
    fn keep<T: Copy + TryInto<i64>>(&mut self, values: &[T]) {
        for (row, (kept, value)) in self.values.iter_mut().zip(values).enumerate() {
            match (*value).try_into() {
                Ok(value) => *kept = value,
                Err(_) => self.odd.push(row as u32),
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

    /// Reads texts by a function that is given each where it stands: bytes, a start, a length.
    fn texts(
        &mut self,
        texts: &TextColumn<'_>,
        rows: Range<usize>,
        nothing: &mut [u64],
        read: impl Fn(&[u8], usize, usize) -> Option<i64>,
    ) {
        let Loaded { values, odd } = self;
        texts.each(rows, |index, bytes, text| match read(bytes, text.start, text.len()) {
            Some(value) => values[index] = value,
            None if text.is_empty() => nothing[index / 64] |= 1 << (index % 64),
            None => odd.push(index as u32),
        });
    }
}
