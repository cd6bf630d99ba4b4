//! Scores: points for a record and its events, with their reasons.

pub(crate) mod change;
pub(crate) mod errors;
pub(crate) mod events;
pub mod result;
pub(crate) mod run;
pub(crate) mod runner;
pub(crate) mod sentence;

pub use result::{EventCounts, EventPoints, GroupResult, LineResult, ScoreResult};
