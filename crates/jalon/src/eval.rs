//! The record executor: one record, one clock, a verdict; and why.
//!
//! This executor defines what criteria mean. The others are held to it.

pub mod explain;

pub use explain::{Because, Explanation, LeafReason, Node, Read, RecordError};
