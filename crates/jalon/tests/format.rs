//! Formatting: what people see, and the laws it keeps on every program of the repository.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "format/files.rs"]
mod files;
#[path = "format/layout.rs"]
mod layout;
