//! Byte and row kernels: the fast loops below Jalon's engine. They know no rules.
//!
//! - [`Literals`]: which of up to 64 literals occur in a text, or where; [`Marker`]: the same of
//!   each text of a block.
//! - [`letters`], [`lower_into`], [`lower_latin`], [`fold_into`]: what a text is made of, and its
//!   small letters.
//! - [`head`], [`tail`]: the ends of a text as integers, to compare them without a branch;
//!   [`Start`]: which texts of a block begin so.
//! - [`blanks`]: which texts hold nothing.
//! - [`Short`]: which of some short texts a text is, at one look.
//! - [`Memory`]: texts that repeat, known again.
//! - [`Padded`]: a text with room behind it, for which all of these are quickest.
//! - [`rows`]: predicate bits of a block of rows.
//!
//! On x86-64 with AVX2, found out at run time, they run on vectors of 32 bytes, and where it
//! has AVX-512 many of them on 64; elsewhere on safe portable code, which defines what they mean. All
//! `unsafe` is in one module.

#![deny(unsafe_code, unsafe_op_in_unsafe_fn)]

mod blank;
mod block;
mod ends;
mod letters;
mod literals;
mod memory;
mod padded;
pub mod rows;
mod short;
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code, reason = "vector loads, and calls of functions compiled for AVX2")]
mod x86;

pub use blank::{blank_views, blanks};
pub use block::Marker;
pub use ends::{Start, head, tail};
pub use letters::{Letters, fold_into, letters, lower_into, lower_latin};
pub use literals::Literals;
pub use memory::Memory;
pub use padded::Padded;
pub use rows::{
    Points, add_limited, add_or_replace, add_points, all_within_f64, least_and_most, limit, select,
    select_any, set_between, set_between_f64, set_between_i32, set_from_table, set_where,
};
pub use short::Short;
