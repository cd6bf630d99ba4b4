//! Jalon core (documentation follows).
#![forbid(unsafe_code)]

pub mod check;
pub mod checked;
pub mod diagnostic;
pub mod eval;
pub mod lang;
pub mod lexicon;
pub(crate) mod plan;
pub mod program;
pub mod schema;
pub mod score;
pub mod source;
pub mod syntax;
pub mod value;
