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
mod leaf;
pub(crate) mod normal;
mod printer;
pub(crate) mod words;

pub use printer::{print_criterion, print_expr, print_item, print_items};

use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::SourceId;

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

/// Parses a criterion that stands alone, such as `Pays EST France ET Montant > 1000`.
///
/// ```
/// use jalon::{lang::Lang, source::SourceId, syntax};
///
/// let criterion = syntax::parse_criterion(SourceId(0), "Pays est Monaco OR Code postal COMMENCE PAR 98");
/// let criterion = criterion.expect("a sound criterion");
/// assert_eq!(
///     syntax::print_criterion(&criterion, Lang::En),
///     "Pays IS Monaco OR Code postal STARTS WITH 98",
/// );
/// ```
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse_criterion(source: SourceId, text: &str) -> Result<ast::Criterion, Vec<Diagnostic>> {
    let limits = Limits::default();
    let normal = normal::Normal::new(source, text);
    if text.len() > limits.bytes {
        let too_large = Diagnostic::new(&catalogue::TOO_LARGE, normal.span(0, 0));
        return Err(vec![too_large.arg("limit", limits.bytes)]);
    }
    let mut findings = Vec::new();
    let range = 0..normal.text.len();
    criterion::parse(&normal, range, &limits, &mut findings).ok_or(findings)
}
