//! The record executor: one record, one clock, a verdict; and why.
//!
//! This executor defines what criteria mean. The others are held to it.

pub(crate) use crate::value::arithmetic;
pub(crate) mod compare;
pub mod explain;
pub(crate) mod expr;
pub(crate) mod functions;
pub(crate) mod marks;
mod recall;
pub(crate) mod run;
pub(crate) mod value;
mod written;

pub use explain::{Because, Explanation, LeafReason, Node, Problem, Read, RecordError};
