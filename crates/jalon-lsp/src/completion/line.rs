//! The line that the cursor is in, and the declaration around it.

use jalon::syntax::vocabulary::{Place, begins};

use crate::text::Text;

/// A line up to the cursor.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// The declaration it belongs to: its keyword in French, and its first line.
    pub(crate) declaration: Option<(&'static str, &'a str)>,
    /// The lines of the declaration before this one, the head left out.
    pub(super) above: &'a str,
    /// The line, from its start to the cursor; a line that goes on is several.
    pub(super) text: &'a str,
    /// The same with what stands in quotes made `_`, byte by byte.
    pub(super) masked: String,
    /// Where the line starts in the text.
    pub(crate) start: usize,
    /// An open quote in it.
    pub(super) quote: Option<usize>,
    /// Behind an open `${` in it.
    pub(super) template: Option<usize>,
    /// What follows the cursor on its line.
    pub(super) after: &'a str,
}

/// A line that goes on is looked for at most so many lines above.
const MOST_LINES: usize = 50;

impl<'a> Line<'a> {
    /// The line of a byte; none inside a comment.
    pub(crate) fn find(text: &'a Text, offset: usize) -> Option<Line<'a>> {
        let whole = text.as_str();
        let number = text.line_of(offset);
        let own_start = text.line_start(number);
        let opens = |line: usize| {
            let line = text.line(line);
            let first = line.chars().next().filter(|c| c.is_alphabetic());
            first.and_then(|_| Some((Place::Declaration.opens(line)?.0, line)))
        };
        let head = (0..=number).rev().find(|line| opens(*line).is_some());
        let mut first = number;
        while first > head.unwrap_or(0) && number - first < MOST_LINES {
            let (line, before) = (text.line(first), text.line(first - 1));
            if !goes_on(before, line) {
                break;
            }
            first -= 1;
        }
        let start = text.line_start(first);
        let line = whole.get(start..offset)?;
        let (masked, quote, comment) = mask(line);
        if comment {
            return None;
        }
        let inside = quote.and_then(|at| line.get(at..));
        let template = inside.and_then(|inside| {
            let at = inside.rfind("${")?;
            (!inside[at..].contains('}')).then_some(quote? + at + 2)
        });
        let below_head = head.map_or(start, |head| text.line_start(head + 1)).min(start);
        let end = own_start + text.line(number).len();
        Some(Line {
            declaration: head.and_then(opens),
            above: whole.get(below_head..start).unwrap_or(""),
            text: line,
            masked,
            start,
            quote,
            template,
            after: whole.get(offset..end.max(offset)).unwrap_or(""),
        })
    }

    /// Whether it is the first line of a declaration, or becomes one.
    pub(super) fn is_head(&self) -> bool {
        !self.text.starts_with([' ', '\t', '\u{a0}'])
    }

    /// Behind the white space at its start.
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// The start of the word before the cursor.
    pub(super) fn word(&self) -> usize {
        self.masked.rfind([' ', '\t', '\n', ',', '(']).map_or(0, |at| at + 1)
    }
}

/// Whether a line belongs to the one before it.
fn goes_on(before: &str, line: &str) -> bool {
    let (masked, ..) = mask(before);
    let open = masked.matches('(').count() > masked.matches(')').count();
    let word = line.split_whitespace().next().unwrap_or("");
    let joined = matches!(word, "ET" | "OU" | "AND" | "OR") && line.starts_with([' ', '\t']);
    !before.trim().is_empty() && (masked.trim_end().ends_with(',') || open || joined)
}

/// A text with its quotes made `_`, where the quote that is open at its end begins, and whether
/// its end is in a comment.
pub(crate) fn mask(text: &str) -> (String, Option<usize>, bool) {
    let mut masked = String::with_capacity(text.len());
    let (mut quote, mut comment, mut escaped, mut depth) = (None, false, false, 0u32);
    let mut before = '\n';
    for (at, c) in text.char_indices() {
        let blank = "____".get(..c.len_utf8()).unwrap_or("_");
        if c == '\n' {
            (quote, comment, escaped, depth) = (None, false, false, 0);
            masked.push(c);
        } else if comment {
            masked.push_str(blank);
        } else if let Some((_, sign)) = quote {
            let template = (before, c) == ('$', '{');
            depth = if template { depth + 1 } else { depth.saturating_sub(u32::from(c == '}')) };
            let closes = !escaped && depth == 0 && c == if sign == '«' { '»' } else { '"' };
            escaped = !escaped && c == '\\';
            masked.push_str(blank);
            if closes {
                quote = None;
            }
        } else if matches!(c, '"' | '«') {
            quote = Some((at, c));
            masked.push_str(blank);
        } else {
            let starts_line = masked.lines().next_back().unwrap_or("").trim().is_empty();
            let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
            let apart = before.is_whitespace() && next.is_none_or(char::is_whitespace);
            comment = c == '#' && (starts_line || before == '\n' || apart);
            masked.push_str(if comment { blank } else { &text[at..at + c.len_utf8()] });
        }
        before = c;
    }
    (masked, quote.map(|(at, _)| at), comment)
}

/// Where a phrase stands as whole words in a masked text, and where it ends; the first place.
pub(crate) fn find_words(masked: &str, phrases: &[&str]) -> Option<(usize, usize)> {
    words(masked).find_map(|at| {
        let rest = masked.get(at..)?;
        phrases.iter().find_map(|phrase| Some((at, at + begins(rest, phrase)?)))
    })
}

/// Where words begin.
pub(crate) fn words(masked: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = ' ';
    masked.char_indices().filter_map(move |(at, c)| {
        let begins = (before.is_whitespace() || matches!(before, '(' | ',')) && !c.is_whitespace();
        before = c;
        begins.then_some(at)
    })
}
