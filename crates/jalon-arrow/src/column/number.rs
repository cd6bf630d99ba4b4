//! Binary floats and wide decimals as exact numbers.

use std::cell::OnceCell;

use arrow_array::types::{Decimal128Type, DecimalType};
use jalon::value::typed::Typed;
use jalon::value::{ValueRef, read};
use rust_decimal::Decimal;

use super::{Scratch, invalid};

/// The most digits that a number may have.
const MOST_DIGITS: u32 = 28;

/// A number read from a column.
#[derive(Debug, PartialEq)]
pub(crate) enum Number {
    /// NaN.
    Empty,
    Whole(i64),
    Exact(Decimal),
    /// Infinite, or of more than 28 digits; as people read it.
    Invalid(String),
}

impl Number {
    fn of(read: Typed<Decimal>, float: impl std::fmt::LowerExp) -> Number {
        match read {
            Typed::Value(exact) => Number::Exact(exact),
            Typed::Empty | Typed::Absent => Number::Empty,
            Typed::Wrong => Number::Invalid(format!("{float:e}")),
        }
    }

    pub(super) fn lend<'a>(self, cell: &'a OnceCell<Scratch<'_>>) -> ValueRef<'a> {
        match self {
            Number::Empty => ValueRef::Empty,
            Number::Whole(n) => ValueRef::Int(n),
            Number::Exact(n) => ValueRef::Number(n),
            Number::Invalid(shown) => invalid(shown, cell),
        }
    }
}

/// The shortest decimal that reads back as this float.
pub(crate) fn of_f64(x: f64) -> Number {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53: below, every whole float is itself
    if x.abs() < EXACT && x.fract() == 0.0 {
        return Number::Whole(x as i64);
    }
    Number::of(read::float(x), x)
}

/// The shortest decimal that reads back as this float.
pub(crate) fn of_f32(x: f32) -> Number {
    Number::of(read::float32(x), x)
}

/// `unscaled / 10^original`, if 28 digits hold it.
pub(crate) fn of_decimal(unscaled: i128, original: i8) -> Number {
    let (mut mantissa, mut scale) = (unscaled, i32::from(original));
    while mantissa % 10 == 0 && mantissa != 0 && (scale > 28 || digits(mantissa) > MOST_DIGITS) {
        mantissa /= 10;
        scale -= 1;
    }
    while scale < 0 && digits(mantissa) < MOST_DIGITS {
        mantissa *= 10;
        scale += 1;
    }
    if mantissa == 0 {
        return Number::Exact(Decimal::ZERO);
    }
    let scale = u32::try_from(scale).ok().filter(|_| digits(mantissa) <= MOST_DIGITS);
    match scale.and_then(|scale| Decimal::try_from_i128_with_scale(mantissa, scale).ok()) {
        Some(n) => Number::Exact(n),
        None => Number::Invalid(Decimal128Type::format_decimal(unscaled, 38, original)),
    }
}

fn digits(mantissa: i128) -> u32 {
    mantissa.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Number {
        Number::Exact(Decimal::from_str_exact(text).unwrap())
    }

    #[test]
    fn floats_enter_as_their_shortest_decimal() {
        assert_eq!(of_f64(0.1), exact("0.1"));
        assert_eq!(of_f32(0.1), exact("0.1"));
        assert_eq!(of_f64(-2.5e-7), exact("-0.00000025"));
        assert_eq!(of_f64(1e20), exact("100000000000000000000"));
        assert_eq!(of_f64(-0.0), Number::Whole(0));
        assert_eq!(of_f64(1234.0), Number::Whole(1234));
    }

    #[test]
    fn floats_that_no_number_holds_are_told_apart() {
        assert_eq!(of_f64(f64::NAN), Number::Empty);
        assert_eq!(of_f64(f64::INFINITY), Number::Invalid("inf".into()));
        assert_eq!(of_f64(1e300), Number::Invalid("1e300".into()));
        assert_eq!(of_f64(1e-30), Number::Invalid("1e-30".into()));
        assert_eq!(of_f32(f32::NEG_INFINITY), Number::Invalid("-inf".into()));
    }

    #[test]
    fn decimals_keep_their_scale_and_stop_at_28_digits() {
        assert_eq!(of_decimal(150, 2), exact("1.50"));
        assert_eq!(of_decimal(0, 10), exact("0"));
        assert_eq!(of_decimal(12, -3), exact("12000"));
        let widest = 9_999_999_999_999_999_999_999_999_999_i128;
        assert_eq!(of_decimal(widest, 0), exact("9999999999999999999999999999"));
        assert_eq!(of_decimal(15 * 10_i128.pow(34), 35), exact("1.5"));
        assert_eq!(
            of_decimal(widest * 10 + 1, 1),
            Number::Invalid("9999999999999999999999999999.1".into())
        );
    }
}
