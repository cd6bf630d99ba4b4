//! Scores: points for a record and its events, with their reasons.

pub(crate) mod decay;
pub mod result;

pub use result::{EventPoints, GroupResult, LineResult, ScoreResult};
