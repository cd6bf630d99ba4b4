//! A block of numbers, dates or instants as integers, whatever the column holds them as.

use std::ops::Range;

use super::column::{Column, TextColumn, TimeUnit, Values, integers};
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

/// The scale at which numbers in texts are read.
const TEXT_SCALE: u32 = 4;

/// What a number with so many decimals is multiplied by.
const UNITS: [i64; TEXT_SCALE as usize + 1] = [10_000, 1_000, 100, 10, 1];

const MICROS_A_DAY: i64 = 86_400_000_000;

impl Line {
    /// The line on which a column's values stand as they are, if they are of the kind that is
    /// `wanted`; `utc` says whether the clock's zone is UTC.
    pub(super) fn of(values: &Values<'_>, wanted: Line, utc: bool) -> Option<Line> {
        match (wanted, values) {
            (Line::Numbers(_), Values::Integers(_)) => Some(Line::Numbers(0)),
            (Line::Numbers(_), Values::Texts(_)) => Some(Line::Numbers(TEXT_SCALE)),
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
                self.texts(texts, rows, nothing, iso_day);
            }
            Values::Texts(texts) => self.texts(texts, rows, nothing, plain_number),
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

/// A number written `-1250` or `12.5`, at [`TEXT_SCALE`]; `None` of other spellings, longer
/// numbers and finer ones.
#[inline]
fn plain_number(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > 14 {
        return None;
    }
    let (mut number, mut point) = (0_i64, None);
    for (index, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            // Fourteen digits stay far below the largest integer.
            number = number.wrapping_mul(10).wrapping_add(i64::from(digit));
        } else if *byte == b'.' && index > 0 && point.is_none() {
            point = Some(index + 1);
        } else {
            return None;
        }
    }
    let decimals = point.map_or(0, |point| digits.len() - point);
    if digits.is_empty() || (point.is_some() && decimals == 0) {
        return None;
    }
    let unit = UNITS.get(decimals)?;
    let number = number.wrapping_mul(*unit);
    Some(if negative { -number } else { number })
}

/// The day of a date written `2026-06-30`.
#[inline]
fn iso_day(text: &[u8]) -> Option<i64> {
    let [year @ .., b'-', m, n, b'-', d, e] = text else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |number, digit| {
            let digit = u32::from(digit.wrapping_sub(b'0'));
            (digit <= 9).then_some(number * 10 + digit)
        })
    };
    let year = number(year).filter(|_| year.len() == 4)?;
    let (month, day) = (number(&[*m, *n])?, number(&[*d, *e])?);
    Date::ymd(year as i32, month, day).map(|date| date.days().into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::value::read;

    proptest! {
        #[test]
        fn plain_numbers_are_those_that_are_read(text in "-?[0-9]{0,16}(\\.[0-9]{0,6})?|[ -~]{0,8}") {
            if let Some(number) = plain_number(text.as_bytes()) {
                prop_assert_eq!(read::number(&text), Some(Decimal::new(number, TEXT_SCALE)), "{}", text);
            }
        }

        #[test]
        fn iso_days_are_those_that_are_read(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]|[0-9-]{10}") {
            let read = match read::iso(&text) {
                Some(crate::value::Moment::Date(date)) => Some(i64::from(date.days())),
                _ => None,
            };
            prop_assert_eq!(iso_day(text.as_bytes()), read, "{}", text);
        }
    }

    #[test]
    fn usual_numbers_need_nothing_more() {
        for (text, number) in [("0", 0), ("-12", -120_000), ("12.5", 125_000), ("7.1234", 71_234)] {
            assert_eq!(plain_number(text.as_bytes()), Some(number), "{text}");
        }
        assert_eq!(plain_number(b"-99999999999999"), Some(-999_999_999_999_990_000));
        assert_eq!(plain_number(b"999999999999999"), None, "beyond the integers at this scale");
    }
}
