//! Which of many intervals hold a position.
//!
//! A static interval tree without pointers: an interval stands at the node whose middle it
//! crosses, which is where its two ends first differ as binary numbers. A position asks one node
//! on each level, and reads there as many intervals as hold it, and one more.

/// Intervals of positions, each with the number of what it leads to.
#[derive(Clone, Debug, Default)]
pub(super) struct Stab {
    levels: Vec<Level>,
}

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
        for interval in intervals {
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
        Stab { levels }
    }

    /// Calls `visit` with the number of each interval that holds a position.
    #[inline]
    pub(super) fn each(&self, position: u32, mut visit: impl FnMut(u32)) {
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
        self.levels.iter().map(of_level).sum()
    }
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
