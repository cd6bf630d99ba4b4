//! Exact decimal arithmetic: 28 digits, beyond is an error, nothing is rounded but a division.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::lexicon::Arithmetic;

/// The decimals that a division keeps.
const DIVISION_SCALE: u32 = 12;

/// One more than the greatest mantissa of 28 digits.
const LIMIT: u128 = 10_u128.pow(28);

/// The result of an operation; `None` of a division by zero and beyond 28 digits.
pub(crate) fn apply(left: Decimal, sign: Arithmetic, right: Decimal) -> Option<Decimal> {
    match sign {
        Arithmetic::Add => add(left, right),
        Arithmetic::Subtract => add(left, -right),
        Arithmetic::Multiply => {
            let (left, right) = (left.normalize(), right.normalize());
            let product = left.mantissa().checked_mul(right.mantissa())?;
            exact(product, left.scale() + right.scale())
        }
        Arithmetic::Divide => divide(left, right),
    }
}

/// The exact sum.
pub(crate) fn add(left: Decimal, right: Decimal) -> Option<Decimal> {
    let scale = left.scale().max(right.scale());
    let aligned = |n: Decimal| n.mantissa().checked_mul(10_i128.checked_pow(scale - n.scale())?);
    let sum = match (aligned(left), aligned(right)) {
        (Some(left), Some(right)) => left.checked_add(right)?,
        _ => return None,
    };
    exact(sum, scale)
}

/// A quotient, rounded half to even at twelve decimals.
pub(crate) fn divide(left: Decimal, right: Decimal) -> Option<Decimal> {
    let (left, right) = (left.normalize(), right.normalize());
    if right.is_zero() {
        return None;
    }
    // left / right = (l·10^(12 + rs − ls) / r) · 10^−12
    let shift = DIVISION_SCALE as i32 + right.scale() as i32 - left.scale() as i32;
    let power = 10_i128.checked_pow(shift.unsigned_abs());
    let fraction = match (power, shift >= 0) {
        (Some(power), true) => left.mantissa().checked_mul(power).map(|n| (n, right.mantissa())),
        (Some(power), false) => right.mantissa().checked_mul(power).map(|d| (left.mantissa(), d)),
        (None, _) => None,
    };
    let Some((numerator, denominator)) = fraction else {
        let quotient = left.checked_div(right)?;
        let even = RoundingStrategy::MidpointNearestEven;
        return Some(quotient.round_dp_with_strategy(DIVISION_SCALE, even).normalize());
    };
    let (quotient, rest) = (numerator / denominator, numerator % denominator);
    let away = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
    let half = (rest.unsigned_abs() * 2).cmp(&denominator.unsigned_abs());
    let rounded = match half {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Equal if quotient % 2 == 0 => quotient,
        _ => quotient + away,
    };
    exact(rounded, DIVISION_SCALE)
}

/// A decimal from its parts, if it has at most 28 digits.
fn exact(mut mantissa: i128, mut scale: u32) -> Option<Decimal> {
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    if mantissa.unsigned_abs() >= LIMIT {
        return None;
    }
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calc(left: &str, sign: Arithmetic, right: &str) -> Option<String> {
        let number = |text: &str| text.parse::<Decimal>().ok();
        apply(number(left)?, sign, number(right)?).map(|n| n.to_string())
    }

    #[test]
    fn sums_and_products_are_exact_or_an_error() {
        use Arithmetic::{Add, Multiply, Subtract};
        assert_eq!(calc("0.1", Add, "0.2").as_deref(), Some("0.3"));
        assert_eq!(calc("1", Subtract, "1.00").as_deref(), Some("0"));
        assert_eq!(calc("1.5", Multiply, "-4").as_deref(), Some("-6"));
        assert_eq!(calc("9999999999999999999999999999", Add, "1"), None);
        assert_eq!(calc("9999999999999999999999999999", Add, "0.1"), None);
        assert_eq!(calc("0.000000000000001", Multiply, "0.00000000000001"), None);
    }

    #[test]
    fn quotients_round_half_to_even_at_twelve_decimals() {
        use Arithmetic::Divide;
        assert_eq!(calc("1", Divide, "3").as_deref(), Some("0.333333333333"));
        assert_eq!(calc("-2", Divide, "3").as_deref(), Some("-0.666666666667"));
        assert_eq!(calc("0.000000000001", Divide, "2").as_deref(), Some("0"));
        assert_eq!(calc("0.000000000003", Divide, "2").as_deref(), Some("0.000000000002"));
        assert_eq!(calc("-0.000000000003", Divide, "2").as_deref(), Some("-0.000000000002"));
        assert_eq!(calc("1000", Divide, "8").as_deref(), Some("125"));
        assert_eq!(calc("1", Divide, "0"), None);
    }
}
