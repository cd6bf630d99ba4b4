//! A line, or a part of one, that a keyword begins: the lines of approvals and blueprints, the
//! options of levels and deadlines.

use std::ops::Range;

use super::ast::Criterion;
use super::reader::Reader;
use crate::diagnostic::{Code, Fix, catalogue};
use crate::source::Span;

/// Where it stands, its keyword, and what follows that.
#[derive(Clone, Debug)]
pub(super) struct Keyed {
    pub(super) whole: Range<usize>,
    pub(super) keyword: Range<usize>,
    pub(super) rest: Range<usize>,
}

impl Keyed {
    /// A line whose keyword has this length.
    pub(super) fn new(reader: &Reader<'_>, whole: Range<usize>, length: usize) -> Keyed {
        let keyword = whole.start..whole.start + length;
        let rest = reader.trim(keyword.end..whole.end);
        Keyed { whole, keyword, rest }
    }

    pub(super) fn span(&self, reader: &Reader<'_>) -> Span {
        reader.span(self.whole.clone())
    }

    /// An error where nothing follows.
    pub(super) fn given(&self, reader: &mut Reader<'_>) -> Option<()> {
        if self.rest.is_empty() {
            return reader.fail(&catalogue::NOTHING_GIVEN, self.keyword.clone());
        }
        Some(())
    }

    /// An error where something follows.
    pub(super) fn alone(&self, reader: &mut Reader<'_>, code: &'static Code) -> Option<()> {
        if self.rest.is_empty() {
            return Some(());
        }
        reader.fail(code, self.rest.clone())
    }

    /// The criterion behind `si`.
    pub(super) fn criterion(self, reader: &mut Reader<'_>) -> Option<Criterion> {
        if self.rest.is_empty() {
            return reader.fail(&catalogue::MISSING_CRITERION, self.keyword);
        }
        reader.criterion(self.rest)
    }
}

/// The way out for a line that belongs under a word which is missing: the word, above it.
pub(super) fn put_above(reader: &Reader<'_>, line: usize, word: &str, indentation: &str) -> Fix {
    let at = reader.span(line..line);
    let mut fix = Fix::replace(&catalogue::PUT_ABOVE, at, &format!("{word}\n{indentation}"));
    fix.args.insert("new", word.to_owned());
    fix
}
