//! Blueprints: the guided way of a record from state to state.
//!
//! An [`Instance`] says where a record stands; it is plain data that the host keeps. The engine is
//! pure: an instance, a record, a clock and an actor give what is offered and why the rest is not;
//! a transition and what is given for it, the instance from then on, or all that stands in the way.
//! A [`picture::Picture`] shows the blueprint, and [`replay`] what a log of the past makes of it.

pub mod changes;
mod compile;
pub mod discover;
mod due;
mod firing;
mod form;
mod given;
mod history;
mod instance;
pub mod log;
pub mod migration;
mod obstacle;
mod offer;
mod owner;
pub mod picture;
pub mod replay;
mod run;
mod stored;
pub(crate) mod words;

pub use due::{Due, DueStep};
pub use form::{AskedExtra, AskedField, Form};
pub use history::History;
pub use instance::{Draft, Given, Instance, Move, Progress};
pub use obstacle::Obstacle;
pub use offer::Offer;
pub use stored::InstanceError;

pub(crate) use compile::{Process, Which, checked, each};
pub(crate) use due::{deadline, told};
pub(crate) use firing::{Asked, Passage};
pub(crate) use given::Fields;
pub(crate) use offer::Open;
pub(crate) use run::Run;
