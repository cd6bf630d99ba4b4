//! Criteria as SQL, run in a real SQLite and held to the record executor.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod database;
mod properties;
mod vectors;
mod written;
