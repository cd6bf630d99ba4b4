//! Criteria and rules of Jalon in other people's forms, and theirs in Jalon's.
//!
//! What cannot be carried from one form to another is listed, with its place and the reason; it
//! is never approximated.
#![forbid(unsafe_code)]

pub mod sql;
