//! A text as the parser sees it, and the way back to the places in the original.

use crate::source::{SourceId, Span};

/// A text in NFC with one kind of space, apostrophe and line end, and the map from its bytes to
/// those of the original.
#[derive(Debug)]
pub(crate) struct Normal {
    /// The normalised text.
    pub(crate) text: String,
    source: SourceId,
}

impl Normal {
    /// Normalises a text.
    pub(crate) fn new(source: SourceId, original: &str) -> Normal {
        Normal { text: original.to_owned(), source } // TODO(syntax-criteria)
    }

    /// The original place of bytes `start..end` of [`Normal::text`].
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span { source: self.source, start: start as u32, end: end as u32 }
    }
}
