//! Document → text: the canonical form, with the fewest quotes that read back the same.
//!
//! Quotes on the right side and in expressions stay, because they say that a text is a constant;
//! on the left side they go where the name needs none.

#[path = "printer/criterion.rs"]
mod criterion;
#[path = "printer/expr.rs"]
mod expr;
#[path = "printer/quoting.rs"]
mod quoting;

pub use criterion::{print_criterion, print_item, print_items};
pub use expr::print_expr;
pub(crate) use quoting::{name, quote, value};
