//! Blueprints: the guided way of a record from state to state.
//!
//! An [`Instance`] says where a record stands; it is plain data that the host keeps. A
//! [`picture::Picture`] shows the blueprint.

mod history;
mod instance;
pub mod picture;

pub use history::History;
pub use instance::{Draft, Given, Instance, Move, Progress};
