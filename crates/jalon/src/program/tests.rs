//! What takes the whole way from a text to its lints, and more than they tell.

mod errors;
mod links;
