//! One meaning: programs and Arrow batches over all types, operators and layouts, made at random
//! and run by every executor.
//!
//! `PROPTEST_CASES` raises the number of cases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

#[path = "cases.rs"]
mod cases;

use std::time::Duration;

use proptest::prelude::*;

use self::cases::Case;

/// Runs the case of some bytes. One that fails is made smaller before it is shown: bytes are cut
/// off and set to zero, as long as it fails, for a minute at most.
fn check(bytes: &[u8], most_rows: usize) {
    let case = |bytes: &[u8]| Case::new(bytes, most_rows).check();
    let fails = |bytes: &[u8]| std::panic::catch_unwind(|| case(bytes)).is_err();
    if !fails(bytes) {
        return;
    }
    let (mut bytes, mut step) = (bytes.to_vec(), bytes.len());
    let start = std::time::Instant::now();
    while step > 0 && start.elapsed() < Duration::from_secs(60) {
        if fails(&bytes[..bytes.len().saturating_sub(step)]) {
            bytes.truncate(bytes.len().saturating_sub(step));
            continue;
        }
        for place in (0..bytes.len()).step_by(step) {
            let end = bytes.len().min(place + step);
            let kept = bytes[place..end].to_vec();
            if kept.iter().any(|byte| *byte != 0) {
                bytes[place..end].fill(0);
                if !fails(&bytes) {
                    bytes[place..end].copy_from_slice(&kept);
                }
            }
        }
        step /= 2;
    }
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let shown = std::panic::catch_unwind(|| case(&bytes)).unwrap_err();
    let message = shown.downcast_ref::<String>().map_or("", String::as_str);
    panic!("bytes {hex}\n{message}");
}

/// Bytes that do not fill the screen when they fail.
#[derive(Clone)]
struct Bytes(Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

fn bytes() -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..3_000).prop_map(Bytes)
}

proptest! {
    #![proptest_config(ProptestConfig {
        max_shrink_iters: 0,
        failure_persistence: None,
        ..ProptestConfig::with_cases(128)
    })]

    #[test]
    fn every_executor_says_the_same(bytes in bytes()) {
        check(&bytes.0, 5_000);
    }
}

/// Two tasks, the second of one block and a row.
#[test]
fn threads_say_the_same() {
    let bytes: Vec<u8> = (0..700).map(|n: u32| (n * n + 7 * n) as u8 & 15).collect();
    Case::of_rows(&bytes, (1 << 15) + 2_049).check();
}

/// Most of what is made must be accepted, or little is tested.
#[test]
fn most_programs_are_accepted() {
    let (mut refused, mut accepted) = (0, 0);
    let mut state = 1_u64;
    for _ in 0..100 {
        let byte = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as u8
        };
        let bytes: Vec<u8> = (0..2_000).map(byte).collect();
        let counts = Case::new(&bytes, 10).refused();
        refused += counts.0;
        accepted += counts.1;
    }
    println!("{refused} refused, {accepted} accepted");
    assert!(refused * 20 < accepted, "{refused} refused, {accepted} accepted");
}
