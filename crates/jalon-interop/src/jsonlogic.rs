//! [JSONLogic](https://jsonlogic.com): rules as JSON, with an operator as the only key.
//!
//! What is read keeps its structure, and its meaning but for the differences that
//! `docs/en/guides/interop.md` lists: texts compare without regard to case, values are compared by type
//! and not coerced, and white space is empty.

mod reader;
mod writer;

pub use reader::read;
pub use writer::{FOLD, write};
