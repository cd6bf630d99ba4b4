//! Half-life: `2^(−age/half-life)` by integer arithmetic alone, so that every platform gives the
//! same digits.

use rust_decimal::{Decimal, RoundingStrategy};

/// ln 2 · 2^128.
const LN_2: u128 = 0xB172_17F7_D1CF_79AB_C9E3_B398_03F2_F6AF;

/// How many residues of the age are kept ready.
const TABLE: u32 = 512;

/// The decay of one half-life.
#[derive(Clone, Debug)]
pub(crate) struct Decay {
    half_life: u32,
    /// `2^(−r/half-life)·2^128` for the first residues, from 1.
    residues: Vec<u128>,
}

impl Decay {
    /// Prepares a half-life in days; zero decays nothing.
    pub(crate) fn new(half_life: u32) -> Decay {
        let residues = (1..half_life.min(TABLE)).map(|r| root(r, half_life)).collect();
        Decay { half_life, residues }
    }

    /// Points of an age in days: `points · 2^(−age/half-life)`, rounded to four decimals, half to
    /// even. `None` beyond 28 digits.
    pub(crate) fn apply(&self, points: Decimal, age: u32) -> Option<Decimal> {
        let decayed = points.checked_mul(self.factor(age))?;
        Some(decayed.round_dp_with_strategy(4, RoundingStrategy::MidpointNearestEven).normalize())
    }

    /// `2^(−age/half-life)` to 28 decimals; exact where the age is a few whole half-lives.
    fn factor(&self, age: u32) -> Decimal {
        let (halvings, residue) = match self.half_life {
            0 => (0, 0),
            half_life => (age / half_life, age % half_life),
        };
        if residue == 0 && halvings <= 28 {
            // 2^-n has n decimals: 5^n of them.
            return Decimal::from_i128_with_scale(5_i128.pow(halvings), halvings);
        }
        let fraction = match residue {
            0 => return Decimal::ZERO,
            _ => match self.residues.get(residue as usize - 1) {
                Some(fraction) => *fraction,
                None => root(residue, self.half_life),
            },
        };
        let scaled = high(fraction.checked_shr(halvings).unwrap_or(0), 10_u128.pow(28));
        Decimal::from_i128_with_scale(scaled as i128, 28)
    }
}

/// `2^(−r/n)·2^128` for `0 < r < n`: the series of `e^(−y)` with `y = ln 2 · r/n`.
fn root(r: u32, n: u32) -> u128 {
    let (r, n) = (u128::from(r), u128::from(n));
    let y = LN_2 / n * r + LN_2 % n * r / n;
    let (mut even, mut odd, mut term) = (0_u128, y, y);
    for k in 2_u128.. {
        term = high(term, y) / k;
        if term == 0 {
            break;
        }
        if k % 2 == 0 {
            even += term;
        } else {
            odd += term;
        }
    }
    // 1 − odd + even, where 1 is 2^128.
    (odd - even).wrapping_neg()
}

/// The upper half of a product: `a·b / 2^128`.
fn high(a: u128, b: u128) -> u128 {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0, b1, b0) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let middle = a1 * b0 + ((a0 * b0) >> 64);
    let carry = a0 * b1 + (middle & LOW);
    a1 * b1 + (middle >> 64) + (carry >> 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decayed(points: i64, age: u32, half_life: u32) -> String {
        Decay::new(half_life).apply(Decimal::from(points), age).unwrap_or_default().to_string()
    }

    #[test]
    fn whole_half_lives_are_exact() {
        assert_eq!(decayed(10, 0, 30), "10");
        assert_eq!(decayed(10, 30, 30), "5");
        assert_eq!(decayed(10, 60, 30), "2.5");
        assert_eq!(decayed(-10, 120, 30), "-0.625");
    }

    #[test]
    fn ties_go_to_even() {
        // 0.00005 and 0.00015: exact ties at the fourth decimal.
        let decay = Decay::new(1);
        assert_eq!(decay.apply(Decimal::new(1, 4), 1), Some(Decimal::ZERO));
        assert_eq!(decay.apply(Decimal::new(3, 4), 1), Some(Decimal::new(2, 4)));
    }

    #[test]
    fn between_half_lives_the_digits_are_right() {
        // 10·2^(-1/30) = 9.771599684342459…, 1000·2^(-7/30) = 850.6671609508645…
        assert_eq!(decayed(10, 1, 30), "9.7716");
        assert_eq!(decayed(1000, 7, 30), "850.6672");
        assert_eq!(decayed(1_000_000, 1, 2), "707106.7812");
        assert_eq!(decayed(100, 1000, 1001), decayed(100, 1000, 1001));
    }

    #[test]
    fn roots_are_precise_to_the_last_digits() {
        // The root multiplied n times gives one half again.
        for n in [2, 3, 7, 30, 365, 511, 4000] {
            let root = root(1, n);
            let power = (1..n).fold(root, |power, _| high(power, root));
            assert!(power.abs_diff(1 << 127) < u128::from(n) * 64, "{n}");
        }
    }

    #[test]
    fn very_old_points_vanish() {
        assert_eq!(decayed(1000, u32::MAX, 1), "0");
        assert_eq!(decayed(1000, 40, 1), "0");
    }
}
