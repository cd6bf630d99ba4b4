//! All number predicates of one field: intervals of exact integers.
//!
//! A number `v` becomes the integer `2·⌊v·10^s⌋`, plus one where something is left below the
//! scale `s` of the constants: an order-preserving image in which every test is an interval.

use rust_decimal::Decimal;

use super::logic::{Bit, Bits};
use crate::checked::OrderTest;

/// A predicate on numbers: the test and its constants (one, two for `Between`, any number for
/// `Equal`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NumberTest {
    /// Which test.
    pub(crate) test: OrderTest,
    /// The constants.
    pub(crate) terms: Vec<Decimal>,
}

impl NumberTest {
    /// Whether a number passes: the definition that the kernel is held to.
    pub(crate) fn passes(&self, value: Decimal) -> bool {
        match (self.test, self.terms.as_slice()) {
            (OrderTest::Equal, terms) => terms.contains(&value),
            (OrderTest::Between, [low, high]) => *low <= value && value <= *high,
            (test, [bound, ..]) => ordered(test, value, *bound),
            (_, []) => false,
        }
    }
}

/// Whether two numbers stand in an order; `Between` needs two bounds and never does.
pub(crate) fn ordered(test: OrderTest, value: Decimal, bound: Decimal) -> bool {
    match test {
        OrderTest::Equal => value == bound,
        OrderTest::Less => value < bound,
        OrderTest::LessOrEqual => value <= bound,
        OrderTest::Greater => value > bound,
        OrderTest::GreaterOrEqual => value >= bound,
        OrderTest::Between => false,
    }
}

/// The predicates of one field.
#[derive(Clone, Debug, Default)]
pub(crate) struct NumberKernel {
    scale: u32,
    /// The images of 1 and of a unit at each scale up to that of the constants.
    units: Vec<i64>,
    /// First image inside, how many more, and the bit: those of `intervals` where all ends are
    /// small.
    short: Vec<(i64, u64, Bit)>,
    /// Likewise for images of any size.
    intervals: Vec<(i128, i128, Bit)>,
    /// Tests whose constants have no exact image at a common scale.
    wide: Vec<(NumberTest, Bit)>,
}

/// From here on (zero apart) bounds on floats are exact at every scale that has some.
pub(crate) const FINEST_FLOAT: f64 = 1e-9;

/// Images of constants stay well inside those of values, so that a value too large for an image
/// may stand at the edge.
const EDGE: i128 = i128::MAX / 4;

/// At least so many decimals are kept of values: money has two, and prices and rates four.
const SCALE: u32 = 4;

impl NumberKernel {
    /// Compiles the predicates of a field.
    pub(crate) fn new(tests: Vec<(NumberTest, Bit)>) -> NumberKernel {
        let terms = tests.iter().flat_map(|(test, _)| &test.terms);
        let scale = terms.map(|term| term.normalize().scale()).max().unwrap_or(0).max(SCALE);
        let mut kernel = NumberKernel { scale, ..NumberKernel::default() };
        for (test, bit) in tests {
            let images: Vec<i128> = test.terms.iter().map(|term| image(*term, scale)).collect();
            if images.iter().any(|image| image.abs() >= EDGE) {
                kernel.wide.push((test, bit));
                continue;
            }
            let (low, high) = match *images.as_slice() {
                [low, high] => (low, high),
                [one, ..] => (one, one),
                [] => continue,
            };
            let interval = match test.test {
                OrderTest::Equal => {
                    kernel.intervals.extend(images.iter().map(|image| (*image, *image, bit)));
                    continue;
                }
                OrderTest::Less => (i128::MIN, low - 1),
                OrderTest::LessOrEqual => (i128::MIN, low),
                OrderTest::Greater => (low + 1, i128::MAX),
                OrderTest::GreaterOrEqual => (low, i128::MAX),
                OrderTest::Between => (low, high),
            };
            kernel.intervals.push((interval.0, interval.1, bit));
        }
        kernel.shorten();
        kernel
    }

    /// Fills the short forms, where every interval has one.
    fn shorten(&mut self) {
        let short = |(low, high, bit): &(i128, i128, Bit)| {
            let low = if *low == i128::MIN { i64::MIN } else { i64::try_from(*low).ok()? };
            let high = if *high == i128::MAX { i64::MAX } else { i64::try_from(*high).ok()? };
            Some((low, high.wrapping_sub(low).cast_unsigned(), *bit))
        };
        let unit = |scale: u32| 10_i64.checked_pow(self.scale - scale)?.checked_mul(2);
        let units = (0..=self.scale).map(unit).collect::<Option<Vec<_>>>();
        let inhabited = self.intervals.iter().filter(|(low, high, _)| low <= high);
        let short = inhabited.map(short).collect::<Option<Vec<_>>>();
        if let (Some(units), Some(short), true) = (units, short, self.wide.is_empty()) {
            (self.units, self.short) = (units, short);
        }
    }

    /// Sets the bits of the predicates that a number passes.
    #[inline]
    pub(crate) fn run<B: Bits + ?Sized>(&self, value: Decimal, bits: &mut B) {
        let image = self.units.get(value.scale() as usize).and_then(|unit| {
            i64::try_from(value.mantissa()).ok().and_then(|mantissa| mantissa.checked_mul(*unit))
        });
        match image {
            Some(image) => self.inside(image, bits),
            None => bits.lend(|bits| self.run_any(value, bits)),
        }
    }

    /// Sets the bits of the predicates that a whole number passes.
    #[inline]
    pub(crate) fn run_whole<B: Bits + ?Sized>(&self, value: i64, bits: &mut B) {
        match self.units.first().and_then(|unit| value.checked_mul(*unit)) {
            Some(image) => self.inside(image, bits),
            None => bits.lend(|bits| self.run_any(value.into(), bits)),
        }
    }

    /// The predicates as inclusive bounds on integers that stand for numbers at a scale: `1250`
    /// at scale 2 is `12.50`. `None` where they have no such bounds.
    pub(crate) fn bounds(&self, scale: u32) -> Option<Vec<(i64, i64, Bit)>> {
        if !self.wide.is_empty() {
            return None;
        }
        let common = self.scale.max(scale);
        let fine = 10_i128.checked_pow(common - self.scale)?;
        let coarse = 10_i128.checked_pow(common - scale)?;
        // An image is even at a number of the constants' scale, and odd between two.
        let start = |image: i128| {
            let first = image.div_euclid(2).checked_mul(fine)? + image.rem_euclid(2);
            Some(first.div_euclid(coarse) + i128::from(first.rem_euclid(coarse) != 0))
        };
        let end = |image: i128| {
            let last = (image + 1).div_euclid(2).checked_mul(fine)? - image.rem_euclid(2);
            Some(last.div_euclid(coarse))
        };
        let clamp = |bound: i128| bound.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
        let mut bounds = Vec::with_capacity(self.intervals.len());
        for &(first, last, bit) in &self.intervals {
            let low = if first == i128::MIN { i128::MIN } else { start(first)? };
            let high = if last == i128::MAX { i128::MAX } else { end(last)? };
            if low <= high && low <= i64::MAX.into() && high >= i64::MIN.into() {
                bounds.push((clamp(low), clamp(high), bit));
            }
        }
        Some(bounds)
    }

    /// The predicates as inclusive bounds on floats, each standing for the shortest decimal that
    /// reads back as it, which `exact` gives. They hold of zero and from [`FINEST_FLOAT`] on.
    pub(crate) fn float_bounds(
        &self,
        exact: impl Fn(f64) -> Option<Decimal>,
    ) -> Option<Vec<(f64, f64, Bit)>> {
        if !self.wide.is_empty() || self.scale > 8 {
            return None;
        }
        let unit = 2.0 * 10_f64.powi(self.scale as i32);
        let image_of = |x: f64| match x {
            0.0 => Some(0),
            x if x.abs() < FINEST_FLOAT => Some(if x < 0.0 { -1 } else { 1 }),
            x => Some(image(exact(x)?, self.scale)),
        };
        // From the float nearest to an end, a step or two to the last one that is inside.
        let edge = |start: i128,
                    inside: &dyn Fn(i128) -> bool,
                    out: fn(f64) -> f64,
                    back: fn(f64) -> f64| {
            let mut at = start as f64 / unit;
            for _ in 0..16 {
                if inside(image_of(out(at))?) {
                    at = out(at);
                } else if inside(image_of(at)?) {
                    return Some(at);
                } else {
                    at = back(at);
                }
            }
            None
        };
        let low = |first: i128| {
            edge(first - first.rem_euclid(2), &|i| i >= first, f64::next_down, f64::next_up)
        };
        let high = |last: i128| {
            edge(last + last.rem_euclid(2), &|i| i <= last, f64::next_up, f64::next_down)
        };
        let mut bounds = Vec::with_capacity(self.intervals.len());
        for &(first, last, bit) in &self.intervals {
            let low = if first == i128::MIN { f64::NEG_INFINITY } else { low(first)? };
            let high = if last == i128::MAX { f64::INFINITY } else { high(last)? };
            bounds.push((low, high, bit));
        }
        Some(bounds)
    }

    #[inline]
    fn inside<B: Bits + ?Sized>(&self, image: i64, bits: &mut B) {
        for (first, more, bit) in &self.short {
            bits.set_if(*bit, image.wrapping_sub(*first).cast_unsigned() <= *more);
        }
    }

    /// Of a number or constants that have no short image.
    #[inline(never)]
    fn run_any(&self, value: Decimal, bits: &mut [u64]) {
        let image = image(value, self.scale);
        for (first, last, bit) in &self.intervals {
            bits.set_if(*bit, *first <= image && image <= *last);
        }
        for (test, bit) in &self.wide {
            bits.set_if(*bit, test.passes(value));
        }
    }
}

/// The image of a number at a scale; beyond [`EDGE`] where it has no exact one.
pub(crate) fn image(value: Decimal, scale: u32) -> i128 {
    let mantissa = value.mantissa();
    if value.scale() <= scale {
        let factor = 10_i128.checked_pow(scale - value.scale());
        let image = factor.and_then(|f| mantissa.checked_mul(f)).and_then(|m| m.checked_mul(2));
        return image.unwrap_or(if mantissa < 0 { i128::MIN / 2 } else { i128::MAX / 2 });
    }
    let Some(divisor) = 10_i128.checked_pow(value.scale() - scale) else { return 0 };
    2 * mantissa.div_euclid(divisor) + i128::from(mantissa.rem_euclid(divisor) != 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::logic::{is_set, set};

    fn decimals() -> impl Strategy<Value = Decimal> {
        prop_oneof![
            (-30_i64..30, 0_u32..3).prop_map(|(m, scale)| Decimal::new(m, scale)),
            (any::<i64>(), 0_u32..28).prop_map(|(m, scale)| Decimal::new(m, scale)),
            Just(Decimal::MAX),
            Just(Decimal::MIN),
            Just(Decimal::from_i128_with_scale(1, 28)),
        ]
    }

    fn numbered(tests: Vec<(usize, Decimal, Decimal)>) -> Vec<(NumberTest, Bit)> {
        let tests = tests.into_iter().zip(0..).map(|((test, a, b), bit)| {
            (NumberTest { test: OrderTest::ALL[test], terms: vec![a.min(b), a.max(b)] }, bit)
        });
        tests.collect()
    }

    proptest! {
        #[test]
        fn the_kernel_agrees_with_decimals(
            tests in prop::collection::vec((0..6_usize, decimals(), decimals()), 1..8),
            values in prop::collection::vec(decimals(), 1..20),
        ) {
            let tests: Vec<_> = tests.into_iter().zip(0..).map(|((test, a, b), bit)| {
                let test = OrderTest::ALL[test];
                let terms = if matches!(test, OrderTest::Equal | OrderTest::Between) {
                    vec![a.min(b), a.max(b)]
                } else {
                    vec![a]
                };
                (NumberTest { test, terms }, bit)
            }).collect();
            let kernel = NumberKernel::new(tests.clone());
            let of_tests = tests.iter().flat_map(|(test, _)| test.terms.clone());
            for value in of_tests.chain(values) {
                let mut bits = [0];
                kernel.run(value, bits.as_mut_slice());
                for (test, bit) in &tests {
                    prop_assert_eq!(is_set(&bits, *bit), test.passes(value), "{} {:?}", value, test);
                }
            }
        }

        #[test]
        fn bounds_say_what_the_kernel_says(
            tests in prop::collection::vec((0..6_usize, decimals(), decimals()), 1..8),
            values in prop::collection::vec(prop_oneof![-400_i64..400, any::<i64>()], 1..20),
            scale in 0_u32..6,
        ) {
            let kernel = NumberKernel::new(numbered(tests));
            let Some(bounds) = kernel.bounds(scale) else { return Ok(()) };
            for value in values {
                let (mut expected, mut found) = ([0_u64], [0_u64]);
                kernel.run(Decimal::new(value, scale), expected.as_mut_slice());
                for (low, high, bit) in &bounds {
                    if (*low..=*high).contains(&value) {
                        set(&mut found, *bit);
                    }
                }
                prop_assert_eq!(expected, found, "{} {:?}", value, bounds);
            }
        }

        #[test]
        fn float_bounds_say_what_the_kernel_says(
            tests in prop::collection::vec((0..6_usize, decimals(), decimals()), 1..8),
            values in prop::collection::vec(prop_oneof![-30.0..30.0, (-300_i32..300).prop_map(|n| f64::from(n) / 10.0), any::<f64>()], 1..20),
        ) {
            let kernel = NumberKernel::new(numbered(tests.clone()));
            let exact = |x: f64| crate::value::read::float(x).value();
            let Some(bounds) = kernel.float_bounds(exact) else { return Ok(()) };
            let ends = bounds.iter().flat_map(|(low, high, _)| [*low, *high]);
            let near = ends.flat_map(|x| [x.next_down(), x, x.next_up()]);
            for value in values.into_iter().chain(near).filter(|x| *x == 0.0 || x.abs() >= FINEST_FLOAT) {
                let Some(number) = exact(value) else { continue };
                let (mut expected, mut found) = ([0_u64], [0_u64]);
                kernel.run(number, expected.as_mut_slice());
                for (low, high, bit) in &bounds {
                    if (*low..=*high).contains(&value) {
                        set(&mut found, *bit);
                    }
                }
                prop_assert_eq!(expected, found, "{} {:?}", value, bounds);
            }
        }

        #[test]
        fn whole_numbers_have_a_short_way(
            tests in prop::collection::vec((0..6_usize, decimals(), decimals()), 1..8),
            values in prop::collection::vec(prop_oneof![-40_i64..40, any::<i64>()], 1..20),
        ) {
            let kernel = NumberKernel::new(numbered(tests));
            for value in values {
                let (mut short, mut long) = ([0_u64], [0_u64]);
                kernel.run_whole(value, short.as_mut_slice());
                kernel.run_any(value.into(), &mut long);
                prop_assert_eq!(short, long);
            }
        }
    }
}
