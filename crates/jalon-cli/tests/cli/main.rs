//! The command, run as a process on files, as people run it.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

mod blueprints;
mod check;
mod diff;
mod draw;
mod explain;
mod fmt;
mod folder;
mod forms;
mod json;
mod lsp;
mod matching;
mod migrate;
mod pages;
mod quiet;
mod reference;
mod replay;
mod run;
mod say;
mod score;
mod simulate;
mod tables;
mod test;
mod threads;
mod users;
