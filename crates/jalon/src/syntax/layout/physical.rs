//! The lines of a text one by one: their comment, quotes and brackets.

use std::ops::Range;

use crate::syntax::scan;

/// One line of the text.
#[derive(Debug)]
pub(super) struct Physical {
    /// Its first byte.
    pub(super) start: usize,
    /// Its text without a comment and the white space around.
    pub(super) content: Range<usize>,
    /// Its comment, `#` included.
    pub(super) comment: Option<Range<usize>>,
    /// Whether it begins with white space.
    pub(super) indented: bool,
    /// A quote that does not close.
    pub(super) unclosed_quote: Option<usize>,
    /// Its brackets outside quotes: where, and whether they open.
    pub(super) brackets: Vec<(usize, bool)>,
}

impl Physical {
    pub(super) fn is_blank(&self) -> bool {
        self.content.is_empty()
    }

    /// A comment in the first column, alone on its line: it may document what follows.
    pub(super) fn is_doc(&self) -> bool {
        self.is_blank() && !self.indented && self.comment.is_some()
    }
}

/// The lines of a text.
pub(super) fn physical_lines(text: &str) -> Vec<Physical> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push(physical_line(text, start..start + line.len()));
        start += line.len();
    }
    lines
}

fn physical_line(text: &str, range: Range<usize>) -> Physical {
    let mut line = Physical {
        start: range.start,
        content: range.clone(),
        comment: None,
        indented: text[range.clone()].starts_with(char::is_whitespace),
        unclosed_quote: None,
        brackets: Vec::new(),
    };
    let mut before = None;
    for place in scan::outside(text, range.clone()) {
        match place.c {
            '#' if starts_comment(text, before, place.end) => {
                line.comment = Some(scan::trim(text, place.at..range.end));
                line.content.end = place.at;
                break;
            }
            '(' | ')' => line.brackets.push((place.at, place.c == '(')),
            _ if place.unclosed => {
                line.unclosed_quote = Some(place.at);
                break;
            }
            _ => {}
        }
        if !(place.c.is_whitespace() && before.is_none()) {
            before = Some(place.c);
        }
    }
    line.content = scan::trim(text, line.content);
    line
}

/// Whether a `#` starts a comment: at the start of its line, or between two spaces.
fn starts_comment(text: &str, before: Option<char>, after: usize) -> bool {
    match before {
        None => true,
        Some(c) => {
            let next = text.get(after..).and_then(|rest| rest.chars().next());
            c.is_whitespace() && next.is_none_or(char::is_whitespace)
        }
    }
}

/// The text with comments as spaces.
pub(super) fn blanked(text: &str, lines: &[Physical]) -> String {
    let mut blank = String::with_capacity(text.len());
    for line in lines {
        let end = line.comment.as_ref().map_or(line.content.end, |comment| comment.start);
        blank.push_str(text.get(blank.len()..end).unwrap_or(""));
        let next = line.comment.as_ref().map_or(end, |comment| comment.end);
        blank.extend(std::iter::repeat_n(' ', next - end));
    }
    blank.push_str(text.get(blank.len()..).unwrap_or(""));
    blank
}
