//! All date predicates of one field: places against intervals that a clock gives.

use super::logic::{Bit, Bits};
use crate::checked::OrderTest;
use crate::value::{Interval, TimeSpec};

/// The number of a date or a date word of a plan; a clock resolves each once.
pub(crate) type TimeId = u32;

/// On which axis a date word is resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Axis {
    /// Civil days, for date fields.
    Days,
    /// Microseconds of UTC, for date-times.
    Micros,
}

/// A predicate on dates: the test and what it compares with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TimeTest {
    /// Which test.
    pub(crate) test: OrderTest,
    /// The dates and date words.
    pub(crate) terms: Vec<TimeSpec>,
}

/// Whether a place passes a test against intervals.
#[inline]
pub(crate) fn passes(test: OrderTest, at: i64, intervals: &[Interval]) -> bool {
    let from_start = |interval: &Interval| interval.from.is_none_or(|from| at >= from);
    let before_end = |interval: &Interval| interval.to.is_none_or(|to| at < to);
    if test == OrderTest::Equal {
        return intervals.iter().any(|interval| from_start(interval) && before_end(interval));
    }
    let Some(first) = intervals.first() else { return false };
    match test {
        OrderTest::Equal => false,
        OrderTest::Less => !from_start(first),
        OrderTest::LessOrEqual => before_end(first),
        OrderTest::Greater => !before_end(first),
        OrderTest::GreaterOrEqual => from_start(first),
        OrderTest::Between => from_start(first) && intervals.get(1).is_some_and(before_end),
    }
}

/// The predicates of one field on one axis.
#[derive(Clone, Debug, Default)]
pub(crate) struct TimeKernel {
    /// The test, its first interval, how many, and the bit.
    tests: Vec<(OrderTest, TimeId, u32, Bit)>,
    /// The same as they are run.
    quick: Vec<Quick>,
}

/// A predicate without a branch: a place is compared with the start of an interval and with the end
/// of one.
#[derive(Clone, Copy, Debug)]
struct Quick {
    start: TimeId,
    /// Whether it must be from the start on, before it, or either.
    from_start: Wanted,
    end: TimeId,
    /// Likewise before the end.
    before_end: Wanted,
    bit: Bit,
}

/// Which answers pass: those that differ from the first, and with the second all.
type Wanted = (bool, bool);

const YES: Wanted = (false, false);
const NO: Wanted = (true, false);
const EITHER: Wanted = (false, true);

impl Quick {
    #[inline]
    fn passes(&self, at: i64, intervals: &[Interval]) -> bool {
        let (start, end) = (&intervals[self.start as usize].from, &intervals[self.end as usize].to);
        let from_start = start.is_none() | (at >= start.unwrap_or_default());
        let before_end = end.is_none() | (at < end.unwrap_or_default());
        let wanted = |answer: bool, (turned, all): Wanted| (answer ^ turned) | all;
        wanted(from_start, self.from_start) & wanted(before_end, self.before_end)
    }
}

impl TimeKernel {
    /// Adds a predicate whose intervals are resolved side by side.
    pub(crate) fn add(&mut self, test: OrderTest, first: TimeId, count: u32, bit: Bit) {
        self.tests.push((test, first, count, bit));
        let (from_start, before_end) = match test {
            OrderTest::Equal | OrderTest::Between => (YES, YES),
            OrderTest::Less => (NO, EITHER),
            OrderTest::LessOrEqual => (EITHER, YES),
            OrderTest::Greater => (EITHER, NO),
            OrderTest::GreaterOrEqual => (YES, EITHER),
        };
        let quick = |start: TimeId, end: TimeId| Quick { start, from_start, end, before_end, bit };
        match test {
            OrderTest::Equal => self.quick.extend((first..first + count).map(|id| quick(id, id))),
            OrderTest::Between if count < 2 => {}
            OrderTest::Between => self.quick.push(quick(first, first + 1)),
            _ if count == 0 => {}
            _ => self.quick.push(quick(first, first)),
        }
    }

    /// Sets the bits of the predicates that a place passes.
    #[inline]
    pub(crate) fn run<B: Bits + ?Sized>(&self, at: i64, intervals: &[Interval], bits: &mut B) {
        for test in &self.quick {
            bits.set_if(test.bit, test.passes(at, intervals));
        }
    }

    /// The predicates as inclusive bounds on places, under a clock.
    pub(crate) fn bounds(&self, intervals: &[Interval]) -> Vec<(i64, i64, Bit)> {
        let mut bounds = Vec::new();
        for (test, first, count, bit) in &self.tests {
            let intervals = &intervals[*first as usize..(first + count) as usize];
            let mut add = |low: Option<i64>, high: Option<i64>| {
                bounds.extend(low.zip(high).map(|(low, high)| (low, high, *bit)));
            };
            let (least, most) = (Some(i64::MIN), Some(i64::MAX));
            let from = |interval: &Interval| interval.from.or(least);
            let last = |interval: &Interval| interval.to.map_or(most, |to| to.checked_sub(1));
            match (test, intervals) {
                (OrderTest::Equal, all) => all.iter().for_each(|i| add(from(i), last(i))),
                (OrderTest::Between, [low, high]) => add(from(low), last(high)),
                (_, []) | (OrderTest::Between, _) => {}
                (OrderTest::Less, [i, ..]) => add(least, i.from.and_then(|f| f.checked_sub(1))),
                (OrderTest::LessOrEqual, [i, ..]) => add(least, last(i)),
                (OrderTest::Greater, [i, ..]) => add(i.to, most),
                (OrderTest::GreaterOrEqual, [i, ..]) => add(from(i), most),
            }
        }
        bounds
    }

    /// The dates that it compares with.
    pub(crate) fn times(&self) -> impl Iterator<Item = TimeId> {
        self.tests.iter().flat_map(|(_, first, count, _)| *first..first + count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::logic::is_set;

    proptest! {
        #[test]
        fn the_kernel_agrees_with_the_definition(
            intervals in prop::collection::vec(
                (prop::option::of(-5_i64..5), prop::option::of(-5_i64..5)), 3..8),
            tests in prop::collection::vec((0..6_usize, 0_u32..3, 0_u32..4), 0..8),
            at in -6_i64..6,
        ) {
            let intervals: Vec<_> =
                intervals.into_iter().map(|(from, to)| Interval { from, to }).collect();
            let mut kernel = TimeKernel::default();
            let mut bits = [0];
            for ((test, first, count), bit) in tests.iter().zip(0..) {
                let count = (*count).min(intervals.len() as u32 - first);
                kernel.add(OrderTest::ALL[*test], *first, count, bit);
            }
            kernel.run(at, &intervals, bits.as_mut_slice());
            for (test, first, count, bit) in &kernel.tests {
                let of = &intervals[*first as usize..(first + count) as usize];
                prop_assert_eq!(is_set(&bits, *bit), passes(*test, at, of), "{:?} {:?}", test, of);
            }
        }
    }
}
