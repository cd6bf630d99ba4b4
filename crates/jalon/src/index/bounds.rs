//! Where a number stands among the constants of its field.
//!
//! Of `n` constants in order, the constant `i` has position `2·i + 1`, and what lies before it
//! (and after the one before) `2·i`: every test by order is then an interval of positions.

use rust_decimal::Decimal;

use crate::plan::number::image;

/// The constants of a field in order.
#[derive(Clone, Debug)]
pub(super) enum Bounds {
    /// As integers of one scale.
    Scaled(Scaled),
    /// As they are, where one scale does not fit them all.
    Exact(Vec<Decimal>),
}

#[derive(Clone, Debug)]
pub(super) struct Scaled {
    scale: u32,
    /// The image of 1.
    unit: i128,
    images: Vec<i64>,
    /// How many constants lie below each of many evenly spaced images, so that a search begins
    /// near its end.
    coarse: Vec<u32>,
    shift: u32,
}

/// Images of constants stay this far inside those of values.
const EDGE: i128 = i64::MAX as i128 / 4;

impl Bounds {
    /// Of distinct constants in rising order.
    pub(super) fn new(sorted: Vec<Decimal>) -> Bounds {
        let scale = sorted.iter().map(|term| term.normalize().scale()).max().unwrap_or(0);
        let images: Option<Vec<i64>> = sorted
            .iter()
            .map(|term| {
                let image = image(*term, scale);
                (image.abs() < EDGE).then_some(image as i64)
            })
            .collect();
        let unit = 10_i128.checked_pow(scale).and_then(|unit| unit.checked_mul(2));
        match (images, unit) {
            (Some(images), Some(unit)) if unit < EDGE => {
                Bounds::Scaled(Scaled::new(scale, unit, images))
            }
            _ => Bounds::Exact(sorted),
        }
    }

    /// How many positions there are.
    pub(super) fn positions(&self) -> usize {
        let constants = match self {
            Bounds::Scaled(scaled) => scaled.images.len(),
            Bounds::Exact(sorted) => sorted.len(),
        };
        2 * constants + 1
    }

    /// The position of a number.
    #[inline]
    pub(super) fn position(&self, value: Decimal) -> u32 {
        match self {
            Bounds::Scaled(scaled) => scaled.position(image(value, scaled.scale)),
            Bounds::Exact(sorted) => match sorted.binary_search(&value) {
                Ok(index) => 2 * index as u32 + 1,
                Err(index) => 2 * index as u32,
            },
        }
    }

    /// The position of a whole number.
    #[inline]
    pub(super) fn position_of_whole(&self, value: i64) -> u32 {
        match self {
            Bounds::Scaled(scaled) => scaled.position(i128::from(value) * scaled.unit),
            Bounds::Exact(_) => self.position(value.into()),
        }
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        match self {
            Bounds::Scaled(scaled) => 8 * scaled.images.capacity() + 4 * scaled.coarse.capacity(),
            Bounds::Exact(sorted) => 16 * sorted.capacity(),
        }
    }
}

impl Scaled {
    fn new(scale: u32, unit: i128, images: Vec<i64>) -> Scaled {
        let (mut coarse, mut shift) = (Vec::new(), 0);
        if let (Some(first), Some(last)) = (images.first(), images.last()) {
            let span = last.abs_diff(*first);
            while span >> shift > 2 * images.len() as u64 {
                shift += 1;
            }
            let steps = span >> shift;
            let mut below = 0;
            for step in 0..=steps + 1 {
                while below < images.len() && images[below].abs_diff(*first) >> shift < step {
                    below += 1;
                }
                coarse.push(below as u32);
            }
        }
        Scaled { scale, unit, images, coarse, shift }
    }

    #[inline]
    fn position(&self, image: i128) -> u32 {
        let (Some(first), Some(last)) = (self.images.first(), self.images.last()) else { return 0 };
        if image < i128::from(*first) {
            return 0;
        }
        if image > i128::from(*last) {
            return 2 * self.images.len() as u32;
        }
        let image = image as i64;
        let step = (image.abs_diff(*first) >> self.shift) as usize;
        let (start, end) = (self.coarse[step] as usize, self.coarse[step + 1] as usize);
        let near = &self.images[start..end];
        let index = near.partition_point(|bound| *bound < image);
        let equal = near.get(index) == Some(&image);
        2 * (start + index) as u32 + u32::from(equal)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimals() -> impl Strategy<Value = Decimal> {
        prop_oneof![
            8 => (-300_i64..300, 0_u32..3).prop_map(|(m, scale)| Decimal::new(m, scale)),
            1 => (any::<i64>(), 0_u32..28).prop_map(|(m, scale)| Decimal::new(m, scale)),
            1 => prop_oneof![Just(Decimal::MAX), Just(Decimal::MIN)],
        ]
    }

    fn holds(mut constants: Vec<Decimal>, values: &[Decimal]) {
        constants.sort_unstable();
        constants.dedup();
        let bounds = Bounds::new(constants.clone());
        assert_eq!(bounds.positions(), 2 * constants.len() + 1);
        for value in values.iter().chain(&constants) {
            let expected = match constants.binary_search(value) {
                Ok(index) => 2 * index + 1,
                Err(index) => 2 * index,
            };
            assert_eq!(bounds.position(*value), expected as u32, "{value} in {constants:?}");
            if let Ok(whole) = i64::try_from(*value)
                && value.is_integer()
            {
                assert_eq!(bounds.position_of_whole(whole), expected as u32);
            }
        }
    }

    proptest! {
        #[test]
        fn positions_are_those_of_decimals(
            constants in prop::collection::vec(decimals(), 0..30),
            values in prop::collection::vec(decimals(), 1..30),
        ) {
            holds(constants, &values);
        }

        #[test]
        fn positions_among_small_constants(
            constants in prop::collection::vec((-3000_i64..3000).prop_map(|m| Decimal::new(m, 1)), 0..30),
            values in prop::collection::vec(decimals(), 1..30),
        ) {
            holds(constants, &values);
        }
    }
}
