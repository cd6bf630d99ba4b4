//! Ranges that meet share a stretch, and what is filed beside is what counts.

use proptest::prelude::*;

use super::*;

fn range() -> impl Strategy<Value = Range> {
    let end = || prop::option::weighted(0.9, (0..400_i64).prop_map(Decimal::from));
    (end(), end()).prop_map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => Range { from: Some(a.min(b)), to: Some(a.max(b)) },
        (from, to) => Range { from, to },
    })
}

proptest! {
    #[test]
    fn ranges_that_meet_share_a_stretch(ranges in prop::collection::vec(range(), 1..40)) {
        let grid = Grid::of(ranges.iter());
        for (one, other) in ranges.iter().flat_map(|r| ranges.iter().map(move |o| (r, o))) {
            let mut both = *one;
            both.narrow(*other);
            let meet = both.from.zip(both.to).is_none_or(|(from, to)| from <= to);
            if let (Some(a), Some(b)) = (grid.stretches(one), grid.stretches(other)) {
                prop_assert!(!meet || a.iter().any(|key| b.contains(key)), "{one:?} {other:?}");
            }
        }
    }
}

#[test]
fn of_many_ranges_side_by_side_few_share_a_stretch() {
    let range = |at: i64| Range { from: Some((at * 10).into()), to: Some((at * 10 + 9).into()) };
    let ranges: Vec<Range> = (0..10_000).map(range).collect();
    let (grid, mut filed) = (Grid::of(ranges.iter()), Filed::default());
    for (number, range) in ranges.iter().enumerate() {
        let keys = grid.stretches(range);
        let (beside, more) = filed.beside(keys.as_ref(), 32, |_| true);
        assert!(beside.len() <= 8 && !more, "{number}: {}", beside.len());
        filed.add(number, keys.as_ref());
    }
}
