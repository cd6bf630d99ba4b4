//! The suites of other engines, said in Jalon: each case passes, differs by design, or cannot be
//! said, and of each it is known why.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod design;
mod dmn;
mod gorules;
mod jsonlogic;
#[path = "../vectors/layout.rs"]
mod layout;
mod outside;
#[path = "../../../../tests/suites/page.rs"]
mod page;
mod run;
mod said;
mod tally;
mod zen;
