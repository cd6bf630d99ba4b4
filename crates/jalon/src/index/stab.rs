//! Which of many intervals hold a position.
//!
//! Narrow intervals are written down at each position. The others stand in a static interval tree
//! without pointers: an interval stands at the node whose middle it
//! crosses, which is where its two ends first differ as binary numbers. A position asks one node
//! on each level, and reads there as many intervals as hold it, and one more.

/// Intervals of positions, each with the number of what it leads to.
#[derive(Clone, Debug, Default)]
pub(super) struct Stab {
    /// Where the narrow intervals of each position start.
    starts: Vec<u32>,
    /// The numbers of narrow intervals, at each position that they hold.
    narrow: Vec<u32>,
    /// The others.
    levels: Vec<Level>,
}

/// An interval of at most so many positions is written down at each.
const NARROW: u32 = 12;

#[derive(Clone, Debug)]
struct Level {
    /// The bit in which the ends of its intervals first differ.
    bit: u32,
    /// Where the intervals of each node start, in both lists.
    nodes: Vec<u32>,
    /// Low ends, rising, with the numbers.
    by_low: Vec<(u32, u32)>,
    /// High ends, falling, with the numbers.
    by_high: Vec<(u32, u32)>,
}

impl Stab {
    /// Of intervals `low..=high`.
    pub(super) fn new(intervals: &[(u32, u32, u32)]) -> Stab {
        let bit_of = |low: u32, high: u32| (low ^ high).checked_ilog2().unwrap_or(0);
        let mut by_level: Vec<Vec<(u32, u32, u32)>> = vec![Vec::new(); 32];
        let is_narrow = |(low, high, _): &&(u32, u32, u32)| high - low < NARROW;
        let (starts, narrow) = at_each_position(intervals.iter().filter(is_narrow));
        for interval in intervals.iter().filter(|interval| !is_narrow(interval)) {
            by_level[bit_of(interval.0, interval.1) as usize].push(*interval);
        }
        let mut levels = Vec::new();
        for (bit, mut of_level) in (0_u32..).zip(by_level) {
            if of_level.is_empty() {
                continue;
            }
            let node = |position: u32| (u64::from(position) >> (bit + 1)) as u32;
            of_level.sort_unstable_by_key(|(low, ..)| *low);
            let last = of_level.last().map_or(0, |(low, ..)| node(*low));
            let by_low: Vec<(u32, u32)> = of_level.iter().map(|(low, _, id)| (*low, *id)).collect();
            let nodes = (0..=last + 1)
                .map(|n| by_low.partition_point(|(low, _)| node(*low) < n) as u32)
                .collect();
            of_level.sort_unstable_by_key(|(low, high, _)| (node(*low), std::cmp::Reverse(*high)));
            let by_high = of_level.iter().map(|(_, high, id)| (*high, *id)).collect();
            levels.push(Level { bit, nodes, by_low, by_high });
        }
        Stab { starts, narrow, levels }
    }

    /// Calls `visit` with the number of each interval that holds a position.
    #[inline]
    pub(super) fn each(&self, position: u32, mut visit: impl FnMut(u32)) {
        let at = position as usize;
        if let (Some(start), Some(end)) = (self.starts.get(at), self.starts.get(at + 1)) {
            self.narrow[*start as usize..*end as usize].iter().for_each(|id| visit(*id));
        }
        for level in &self.levels {
            let node = (u64::from(position) >> (level.bit + 1)) as usize;
            let (Some(start), Some(end)) = (level.nodes.get(node), level.nodes.get(node + 1))
            else {
                continue;
            };
            let range = *start as usize..*end as usize;
            if position >> level.bit & 1 == 0 {
                for (low, id) in &level.by_low[range] {
                    if *low > position {
                        break;
                    }
                    visit(*id);
                }
            } else {
                for (high, id) in &level.by_high[range] {
                    if *high < position {
                        break;
                    }
                    visit(*id);
                }
            }
        }
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        let of_level = |level: &Level| {
            4 * level.nodes.capacity() + 8 * (level.by_low.capacity() + level.by_high.capacity())
        };
        let narrow = 4 * (self.starts.capacity() + self.narrow.capacity());
        narrow + self.levels.iter().map(of_level).sum::<usize>()
    }
}

/// The numbers of intervals at each position that they hold, and where those of each start.
fn at_each_position<'i>(
    intervals: impl Iterator<Item = &'i (u32, u32, u32)> + Clone,
) -> (Vec<u32>, Vec<u32>) {
    let Some(last) = intervals.clone().map(|(_, high, _)| *high as usize).max() else {
        return (Vec::new(), Vec::new());
    };
    let mut starts = vec![0_u32; last + 2];
    for (low, high, _) in intervals.clone() {
        (*low..=*high).for_each(|position| starts[position as usize + 1] += 1);
    }
    for position in 0..=last {
        starts[position + 1] += starts[position];
    }
    let mut ends = starts.clone();
    let mut numbers = vec![0; starts[last + 1] as usize];
    for (low, high, id) in intervals {
        for position in *low..=*high {
            let end = &mut ends[position as usize];
            numbers[*end as usize] = *id;
            *end += 1;
        }
    }
    (starts, numbers)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_finds_what_a_scan_finds(
            ends in prop::collection::vec((0..90_u32, 0..90_u32), 0..60),
            positions in prop::collection::vec(0..100_u32, 1..20),
        ) {
            let intervals: Vec<(u32, u32, u32)> = ends
                .into_iter()
                .filter(|(a, b)| a != b)
                .zip(0..)
                .map(|((a, b), id)| (a.min(b), a.max(b), id))
                .collect();
            let stab = Stab::new(&intervals);
            for position in positions.into_iter().chain([u32::MAX - 1]) {
                let mut found = Vec::new();
                stab.each(position, |id| found.push(id));
                found.sort_unstable();
                let expected: Vec<u32> = intervals
                    .iter()
                    .filter(|(low, high, _)| *low <= position && position <= *high)
                    .map(|(.., id)| *id)
                    .collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
