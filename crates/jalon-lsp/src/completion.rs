//! What may stand where the cursor is, also in a line that is not finished: the line is read by
//! its words, the names come from the program as it was checked last.

mod body;
mod criterion;
mod declarations;
mod items;
mod line;
mod scope;
#[cfg(test)]
mod tests;
mod values;

use jalon::source::SourceId;
use lsp_types::CompletionItem;

use crate::analysis::Analysis;
use crate::text::{Encoding, Text};
use items::Items;
pub(crate) use line::{Line, find_words, mask, words as word_starts};

/// Where something is to be completed.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The text as it stands, which may be newer than the program.
    pub text: &'a Text,
    /// The byte before which the cursor is.
    pub offset: usize,
    /// The number of the text in the program, if it has it.
    pub source: Option<SourceId>,
    /// Whether the client fills in places of a template.
    pub snippets: bool,
    /// How columns are counted.
    pub encoding: Encoding,
}

/// What is offered.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    /// What may stand there, the best matches first where some are left out.
    pub items: Vec<CompletionItem>,
    /// Whether some are left out: with more typed, others may be among the best.
    pub is_incomplete: bool,
}

/// What may stand there.
pub fn completion(analysis: &Analysis, asked: &Asked<'_>) -> Offered {
    let Some(line) = Line::find(asked.text, asked.offset) else { return Offered::default() };
    let mut items = Items::new(analysis, asked, &line);
    if let Some(field) = line.template {
        body::template(&mut items, &line, field);
    } else if line.is_head() {
        declarations::head(&mut items, &line);
    } else {
        body::body(&mut items, &line);
    }
    items.finish()
}
