//! Leads scored and deals guided by rules, behind HTTP.
//!
//! [`host`] is what an application does around Jalon: it asks for decisions and stores them, in one
//! transaction. [`store`] is its database, [`web`] its routes, [`problem`] what may go wrong.

pub mod host;
pub mod problem;
pub mod store;
pub mod web;
