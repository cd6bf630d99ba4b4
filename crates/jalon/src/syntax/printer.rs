//! Document → text: the canonical form, with the fewest quotes that read back the same.
//!
//! Quotes on the right side and in expressions stay, because they say that a text is a constant;
//! on the left side they go where the name needs none.

mod criterion;
mod expr;
mod quoting;

pub use criterion::{print_criterion, print_item, print_items};
pub use expr::print_expr;
pub(crate) use quoting::{name, quote, value};
