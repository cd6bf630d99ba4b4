//! Blueprints: the guided way of a record from state to state.
//!
//! An [`Instance`] says where a record stands; it is plain data that the host keeps.

pub mod changes;
mod history;
mod instance;
pub mod migration;
mod words;

pub use history::History;
pub use instance::{Draft, Given, Instance, Move, Progress};
