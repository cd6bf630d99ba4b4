//! One meaning: programs and Arrow batches over all types, operators and layouts, made at random
//! and run by every executor.
//!
//! `PROPTEST_CASES` raises the number of cases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

#[path = "cases.rs"]
mod cases;

use proptest::prelude::*;

use self::cases::Case;

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..most)
}

/// Most of what is made must be accepted, or little is tested.
#[test]
fn most_programs_are_accepted() {
    let (mut refused, mut accepted) = (0, 0);
    for seed in 0..200_u64 {
        let mut state = seed;
        let byte = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u8
        };
        let bytes: Vec<u8> = (0..2_000).map(byte).collect();
        let counts = Case::new(&bytes, 10).refused();
        refused += counts.0;
        accepted += counts.1;
    }
    assert!(refused * 10 < accepted, "{refused} refused, {accepted} accepted");
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn every_executor_says_the_same(bytes in bytes(3_000)) {
        Case::new(&bytes, 5_000).check();
    }
}
