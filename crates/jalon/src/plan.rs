//! The plan: checked conditions compiled to slots, interned predicates and boolean programs.
//!
//! Each distinct positive test on each source is an atom, interned once for a program
//! ([`pool`]). What one entry point needs (a criterion, a rule, a score) is gathered in a
//! [`block::Block`]: the fields it reads, for each field all tests on it compiled together
//! ([`kernel`]), and its conditions as programs over the bits that these fill ([`logic`]).

pub(crate) mod atom;
pub(crate) mod block;
pub(crate) mod candidates;
pub(crate) mod code;
pub(crate) mod decay;
mod dynamic;
pub(crate) mod entry;
pub(crate) mod ids;
pub(crate) mod kernel;
pub(crate) mod logic;
pub(crate) mod lower;
pub(crate) mod mention;
pub(crate) mod number;
pub(crate) mod pool;
pub(crate) mod root;
pub(crate) mod score;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod value;
