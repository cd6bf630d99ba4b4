//! Reading what comments say to Jalon, and where it holds.

use std::ops::Range;

use crate::diagnostic::did_you_mean;
use crate::source::Span;
use crate::syntax::ast::Document;

/// What a comment may ask.
pub(super) const VERBS: [&str; 2] = ["ignorer", "ignore"];

/// A comment that speaks to Jalon.
#[derive(Debug)]
pub(super) struct Instruction {
    /// From its `#` to its end.
    pub(super) comment: Span,
    /// The comment with the line that it has for itself, or the space before it.
    pub(super) whole: Span,
    /// The codes it names.
    pub(super) codes: Vec<Ignored>,
    /// A word that is none of [`VERBS`] but may have been meant so.
    pub(super) verb_meant: Option<(String, Span)>,
    /// Where what it ignores begins.
    pub(super) holds: Range<u32>,
}

/// A code that is not to be reported.
#[derive(Debug)]
pub(super) struct Ignored {
    /// In capitals.
    pub(super) code: String,
    pub(super) span: Span,
    /// Whether it has kept something from being reported.
    pub(super) used: bool,
}

/// What the comments of a file say to Jalon, in the order of the file.
pub(super) fn instructions(document: &Document, text: &str) -> Vec<Instruction> {
    let lines = Lines::of(text);
    let first = document.declarations.first().map_or(u32::MAX, |d| d.span.start);
    let mut found = Vec::new();
    for comment in &document.comments {
        let line = lines.at(comment.span.start);
        let alone = text[lines.range(line)].trim_start().starts_with('#');
        let holds = if comment.span.start < first {
            0..u32::MAX
        } else if alone {
            lines.logical(text, line + 1)
        } else {
            lines.logical(text, line)
        };
        found.extend(instruction(text, comment.span, alone.then(|| lines.range(line)), holds));
    }
    for declaration in document.declarations.iter().filter(|d| !d.doc.is_empty()) {
        let line = lines.at(declaration.span.start);
        let span = declaration.span;
        for above in line.saturating_sub(declaration.doc.len())..line {
            let range = lines.range(above);
            let comment = text[range.clone()].trim_end();
            if comment.starts_with('#') {
                let start = range.start as u32;
                let comment = Span { start, end: start + comment.len() as u32, ..span };
                found.extend(instruction(text, comment, Some(range), span.start..span.end));
            }
        }
    }
    found.sort_by_key(|instruction| instruction.comment.start);
    found
}

/// What a comment says, if it speaks to Jalon; `line` is its line, where it has one for itself.
fn instruction(
    text: &str,
    comment: Span,
    line: Option<Range<usize>>,
    holds: Range<u32>,
) -> Option<Instruction> {
    let source = comment.source;
    let written = text.get(comment.start as usize..comment.end as usize)?;
    let said = written.trim_start_matches('#').trim_start();
    let said = said.strip_prefix("jalon").or_else(|| said.strip_prefix("Jalon"))?;
    let said = said.trim_start().strip_prefix(':')?.trim_start();
    let offset = |part: &str| comment.start + (written.len() - part.len()) as u32;
    let verb_end = said.find([' ', '\t', ',', ':', '\u{a0}']).unwrap_or(said.len());
    let (verb, rest) = said.split_at(verb_end);
    let start = offset(said);
    let whole = if let Some(line) = line {
        Span { start: line.start as u32, end: line.end as u32, ..comment }
    } else {
        let before = text[..comment.start as usize].trim_end_matches([' ', '\t']).len();
        Span { start: before as u32, ..comment }
    };
    let known = VERBS.iter().any(|known| known.eq_ignore_ascii_case(verb));
    let mut read = Instruction { comment, whole, codes: Vec::new(), verb_meant: None, holds };
    if !known {
        did_you_mean(verb, VERBS)?;
        let span = Span { source, start, end: start + verb.len() as u32 };
        read.verb_meant = Some((verb.to_owned(), span));
        return Some(read);
    }
    let mut rest = rest;
    let mut after_comma = true;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ':', '\u{a0}']);
        if let Some(next) = rest.strip_prefix(',') {
            (rest, after_comma) = (next, true);
            continue;
        }
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, next) = rest.split_at(end);
        // After the codes a comment may say why.
        if word.is_empty() || !(after_comma || is_code(word)) {
            return Some(read);
        }
        let start = offset(rest);
        let span = Span { source, start, end: start + word.len() as u32 };
        read.codes.push(Ignored { code: word.to_uppercase(), span, used: false });
        (rest, after_comma) = (next, false);
    }
}

/// Whether a word looks like `W0801`.
fn is_code(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && word.len() >= 4
        && chars.all(|c| c.is_ascii_digit())
}

/// The lines of a text, by place.
struct Lines {
    starts: Vec<u32>,
    end: usize,
}

impl Lines {
    fn of(text: &str) -> Lines {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
        Lines { starts, end: text.len() }
    }

    /// The line of a place, from 0.
    fn at(&self, place: u32) -> usize {
        self.starts.partition_point(|start| *start <= place).saturating_sub(1)
    }

    /// A line with its break.
    fn range(&self, line: usize) -> Range<usize> {
        let at = |line: usize| self.starts.get(line).map_or(self.end, |start| *start as usize);
        at(line)..at(line + 1)
    }

    /// A line with those that go on with it; comments that stand above it are passed over.
    fn logical(&self, text: &str, line: usize) -> Range<u32> {
        let is_comment = |line: usize| text[self.range(line)].trim_start().starts_with('#');
        let first = (line..self.starts.len()).find(|line| !is_comment(*line)).unwrap_or(line);
        let mut last = first;
        while last + 1 < self.starts.len() {
            let (here, next) = (&text[self.range(last)], text[self.range(last + 1)].trim_start());
            let word = next.split([' ', '\n', '(']).next().unwrap_or("");
            let goes_on = matches!(word, "ET" | "OU" | "AND" | "OR")
                || (here.trim_end().ends_with(',') && !next.is_empty());
            if !goes_on {
                break;
            }
            last += 1;
        }
        self.range(first).start as u32..self.range(last).end.max(self.range(first).start + 1) as u32
    }
}
