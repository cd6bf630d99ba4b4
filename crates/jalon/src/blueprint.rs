//! Blueprints: the guided way of a record from state to state.
//!
//! An [`Instance`] says where a record stands; it is plain data that the host keeps.

mod discover;
mod history;
mod instance;
mod log;
mod replay;

pub use discover::{Discovered, DiscoveredState, Naming, NoBlueprint, discover};
pub use history::History;
pub use instance::{Draft, Given, Instance, Move, Progress};
pub use log::{Event, Log, LogBuilder, LogColumn, Missing};
pub use replay::{
    Begin, Moves, Reading, Reason, Refusal, Replay, StateReplay, Times, Told, TransitionReplay,
    Unknown, replay,
};
