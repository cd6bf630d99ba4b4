//! Text ⇄ document.
//!
//! A text is normalised ([`normal`]), cut into declarations and lines ([`layout`]), each line is
//! parsed by the grammar (`grammar/jalon.pest`), and what the grammar cannot know (where a leaf
//! splits into field, operator and value) is decided here. One broken declaration never hides the
//! errors of the others.

pub mod ast;
pub(crate) mod criterion;
pub(crate) mod expr;
pub(crate) mod grammar;
pub(crate) mod normal;
pub(crate) mod words;

/// The limits of a source text, each a clear error.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one text.
    pub bytes: usize,
    /// Depth of brackets.
    pub depth: usize,
    /// Leaves of one criterion.
    pub leaves: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 16 << 20, depth: 64, leaves: 10_000 }
    }
}
