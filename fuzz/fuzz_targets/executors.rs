//! Bytes as a program, a clock and an Arrow batch: every executor says what the record executor
//! says, row by row.
#![no_main]
#![allow(dead_code, reason = "what only the property test asks")]

#[path = "../../crates/jalon-arrow/tests/meaning/cases.rs"]
mod cases;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| cases::Case::new(data, 200).check());
