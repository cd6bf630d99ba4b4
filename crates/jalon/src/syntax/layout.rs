//! Text → declarations and their logical lines: first columns, indentation, comments, and where
//! a line goes on.

mod physical;

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use self::physical::{Physical, blanked, physical_lines};
use super::ast::Comment;
use super::keyword::{self, Case, Kind};
use super::normal::Normal;
use super::scan;
use super::words;
use crate::diagnostic::{Diagnostic, Edit, Fix, catalogue, did_you_mean};
use crate::lang::Lang;
use crate::source::Span;

/// A text cut into declarations.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// What the `langue` line says.
    pub(crate) lang: Option<Lang>,
    /// In source order.
    pub(crate) blocks: Vec<Block>,
    /// Comments that are the documentation of no declaration.
    pub(crate) comments: Vec<Comment>,
}

/// One declaration: places in the normalised text, in which comments are now blank.
#[derive(Debug)]
pub(crate) struct Block {
    /// What it declares.
    pub(crate) kind: Kind,
    /// The comment lines directly above.
    pub(crate) doc: Vec<String>,
    /// From the keyword to the end of the last line; comments on that line included when the
    /// declaration is kept as written.
    pub(crate) range: Range<usize>,
    /// What follows the keyword on its logical line; none when that line is broken.
    pub(crate) head: Option<Range<usize>>,
    /// The other logical lines; broken ones are left out.
    pub(crate) lines: Vec<Range<usize>>,
    /// Whether something is wrong with its layout: the declaration is left out.
    pub(crate) broken: bool,
}

/// Turns the comments of a criterion that stands alone into spaces.
pub(crate) fn blank_comments(normal: &mut Normal) {
    if normal.text.contains('#') {
        normal.text = blanked(&normal.text, &physical_lines(&normal.text));
    }
}

/// A comment where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Remark {
    /// Its place in the original.
    pub(crate) span: Span,
    /// Its text with the `#`.
    text: String,
    /// Whether nothing else stands on its line.
    pub(crate) alone: bool,
    /// Whether its line begins with white space.
    pub(crate) indented: bool,
}

impl Remark {
    /// As it is printed: one space behind the `#`, but for a line of signs such as `#####`.
    pub(crate) fn text(&self) -> String {
        let rest = self.text.strip_prefix('#').unwrap_or(&self.text).trim();
        let signs = rest.starts_with(['#', '!']) && self.alone;
        let gap = if rest.is_empty() || signs { "" } else { " " };
        format!("#{gap}{rest}")
    }
}

impl Remark {
    /// Without its sign.
    pub(crate) fn into_comment(self) -> Comment {
        Comment {
            span: self.span,
            text: comment_text(&self.text),
            inside: !self.alone || self.indented,
        }
    }
}

/// Every comment of a text, in order.
pub(crate) fn remarks(normal: &Normal) -> Vec<Remark> {
    if !normal.text.contains('#') {
        return Vec::new();
    }
    let comment = |line: &Physical| {
        let range = line.comment.clone()?;
        Some(Remark {
            span: normal.span_of(&range),
            text: normal.text.get(range)?.to_owned(),
            alone: line.is_blank(),
            indented: line.indented,
        })
    };
    physical_lines(&normal.text).iter().filter_map(comment).collect()
}

/// Cuts a text; comments in `normal` become spaces of the same length.
pub(crate) fn cut(normal: &mut Normal, out: &mut Vec<Diagnostic>) -> Layout {
    let lines = physical_lines(&normal.text);
    let cut = Cutter {
        normal,
        lines: &lines,
        out,
        layout: Layout::default(),
        documentation: FxHashSet::default(),
    }
    .run();
    normal.text = blanked(&normal.text, &lines);
    cut
}

/// Walks the physical lines.
struct Cutter<'a> {
    normal: &'a Normal,
    lines: &'a [Physical],
    out: &'a mut Vec<Diagnostic>,
    layout: Layout,
    /// The lines that document a declaration.
    documentation: FxHashSet<usize>,
}

impl Cutter<'_> {
    fn run(mut self) -> Layout {
        let mut from = self.before_declarations();
        while from < self.lines.len() {
            let to = self.block_end(from + 1);
            self.block(from, to);
            from = to;
        }
        self.collect_comments();
        self.layout
    }

    fn text(&self, range: Range<usize>) -> &str {
        self.normal.text.get(range).unwrap_or("")
    }

    fn diagnostic(&self, code: &'static catalogue::Code, range: Range<usize>) -> Diagnostic {
        Diagnostic::new(code, self.normal.span(range.start, range.end))
    }

    /// What a line says about declarations.
    fn opens(&self, index: usize) -> Option<Opening> {
        let line = self.lines.get(index).filter(|line| !line.is_blank() && !line.indented)?;
        let text = self.text(line.content.clone());
        if let Some((kind, length)) = keyword::longest(keyword::DECLARATIONS, text, Case::Strict) {
            return Some(Opening { kind, length, meant: None });
        }
        let first = text.split([' ', ':', ',', '(', '"']).next().unwrap_or("");
        let meant = did_you_mean(first, keyword::spellings(keyword::DECLARATIONS))?;
        let kind = keyword::whole(keyword::DECLARATIONS, &meant, Case::Strict)?;
        // `Constante Junk : …` is a constant, `Montant : …` a field that is not indented.
        let name = first.len()..text.len();
        let is_field = scan::field_colon(&self.normal.text, line.content.clone()).is_some();
        let is_constant = kind == Kind::Constant
            && keyword::same(first.chars().next()?, 'c', Case::Any)
            && !text[name].trim_start().starts_with(':');
        (!is_field || is_constant).then_some(Opening {
            kind,
            length: first.len(),
            meant: Some(meant),
        })
    }

    /// Reads the `langue` line and reports what stands before the first declaration; returns
    /// the index of that.
    fn before_declarations(&mut self) -> usize {
        let mut reported = false;
        for index in 0..self.lines.len() {
            let line = &self.lines[index];
            if line.is_blank() {
                continue;
            }
            if self.opens(index).is_some() || self.is_indented_declaration(index) {
                return index;
            }
            if !reported && self.layout.lang.is_none() && self.lang_line(index) {
                continue;
            }
            if !reported {
                self.nothing_to_belong_to(index);
                reported = true;
            }
        }
        self.lines.len()
    }

    /// A declaration keyword after white space, where no declaration is open.
    fn is_indented_declaration(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let text = self.text(line.content.clone());
        line.indented && keyword::longest(keyword::DECLARATIONS, text, Case::Strict).is_some()
    }

    fn lang_line(&mut self, index: usize) -> bool {
        let content = self.lines[index].content.clone();
        let text = self.text(content.clone());
        let Some(length) = keyword::any(keyword::LANGUAGE, text, Case::Any) else {
            return false;
        };
        let code = scan::trim(&self.normal.text, content.start + length..content.end);
        if let Ok(lang) = self.text(code.clone()).parse::<Lang>() {
            self.layout.lang = Some(lang);
        } else {
            let place = if code.is_empty() { content } else { code };
            let word = self.text(place.clone()).to_owned();
            let d = self.diagnostic(&catalogue::UNKNOWN_LANGUAGE, place).arg("name", word);
            self.out.push(d);
        }
        true
    }

    /// A line before the first declaration.
    fn nothing_to_belong_to(&mut self, index: usize) {
        let content = self.lines[index].content.clone();
        let word = first_word(self.text(content.clone())).to_owned();
        let place = content.start..content.start + word.len();
        let again = keyword::any(keyword::LANGUAGE, &word, Case::Any).is_some();
        let code = if again { &catalogue::LATE_LANGUAGE } else { &catalogue::NO_DECLARATION };
        let d = self.diagnostic(code, place).arg("name", word);
        self.out.push(d);
    }

    /// The first line from `index` on that opens a declaration.
    fn block_end(&self, index: usize) -> usize {
        (index..self.lines.len()).find(|i| self.opens(*i).is_some()).unwrap_or(self.lines.len())
    }

    /// The declaration whose first line is `from`.
    fn block(&mut self, from: usize, to: usize) {
        let first = self.lines[from].content.clone();
        let (opening, mut broken) = self.opening(from);
        let last = (from..to).rev().find(|i| !self.lines[*i].is_blank()).unwrap_or(from);
        let kept = matches!(opening.kind, Kind::Kept(_));
        let mut end = self.lines[last].content.end;
        if kept {
            end = self.lines[last].comment.as_ref().map_or(end, |comment| comment.end);
        }
        let mut block = Block {
            kind: opening.kind,
            doc: self.doc_above(from),
            range: first.start..end,
            head: None,
            lines: Vec::new(),
            broken: false,
        };
        broken |= self.report_unindented(from + 1..last + 1);
        if !kept {
            let (lines, wrong) = self.logical_lines(from, last + 1);
            broken |= wrong;
            for line in lines {
                if line.start == first.start {
                    let head = line.start + opening.length..line.end;
                    block.head = Some(scan::trim(&self.normal.text, head));
                } else {
                    block.lines.push(line);
                }
            }
        }
        block.broken = broken;
        self.layout.blocks.push(block);
    }

    /// The keyword of a declaration; says what is wrong with it.
    fn opening(&mut self, index: usize) -> (Opening, bool) {
        let line = &self.lines[index];
        if let Some(opening) = self.opens(index) {
            let broken = opening.meant.is_some();
            if broken {
                let place = line.content.start..line.content.start + opening.length;
                let word = self.text(place.clone()).to_owned();
                let d = self
                    .diagnostic(&catalogue::UNKNOWN_DECLARATION, place)
                    .arg("name", word)
                    .suggest(opening.meant.clone());
                self.out.push(d);
            }
            return (opening, broken);
        }
        let text = self.text(line.content.clone());
        let (kind, length) = keyword::longest(keyword::DECLARATIONS, text, Case::Strict)
            .unwrap_or((Kind::Kept(""), 0));
        let margin = self.normal.span(line.start, line.content.start);
        let word = text.get(..length).unwrap_or("").to_owned();
        let d = self
            .diagnostic(
                &catalogue::INDENTED_DECLARATION,
                line.content.start..line.content.start + length,
            )
            .arg("name", word)
            .fix(Fix {
                title: &catalogue::UNINDENT,
                args: BTreeMap::new(),
                edits: vec![Edit { span: margin, text: String::new() }],
            });
        self.out.push(d);
        (Opening { kind, length, meant: None }, true)
    }

    /// The comment lines directly above a line.
    fn doc_above(&mut self, index: usize) -> Vec<String> {
        let above = self.lines[..index].iter().rev().take_while(|line| line.is_doc()).count();
        self.documentation.extend(index - above..index);
        self.lines[index - above..index]
            .iter()
            .filter_map(|line| Some(comment_text(self.text(line.comment.clone()?))))
            .collect()
    }

    /// Lines of a declaration that stand in the first column.
    fn report_unindented(&mut self, range: Range<usize>) -> bool {
        let mut broken = false;
        for index in range {
            let line = &self.lines[index];
            if line.is_blank() || line.indented {
                continue;
            }
            broken = true;
            let word = first_word(self.text(line.content.clone())).to_owned();
            let place = line.content.start..line.content.start + word.len();
            let misplaced = keyword::any(keyword::LANGUAGE, &word, Case::Strict).is_some();
            let code =
                if misplaced { &catalogue::LATE_LANGUAGE } else { &catalogue::UNINDENTED_LINE };
            let mut d = self.diagnostic(code, place).arg("name", word);
            if !misplaced {
                d = d.fix(Fix {
                    title: &catalogue::INDENT,
                    args: BTreeMap::new(),
                    edits: vec![Edit {
                        span: self.normal.span(line.start, line.start),
                        text: "  ".to_owned(),
                    }],
                });
            }
            self.out.push(d);
        }
        broken
    }

    /// The logical lines of the physical ones, without those that have an open quote, an odd
    /// bracket, or stand in the first column; whether there were such.
    fn logical_lines(&mut self, from: usize, to: usize) -> (Vec<Range<usize>>, bool) {
        let odd = self.odd_brackets(from, to);
        let mut logical: Vec<Range<usize>> = Vec::new();
        let mut broken = false;
        let mut current: Option<(Range<usize>, bool)> = None;
        let mut depth = 0usize;
        let mut flush = |current: &mut Option<(Range<usize>, bool)>| {
            if let Some((range, true)) = current.take() {
                logical.push(range);
            }
        };
        for index in from..to {
            let line = &self.lines[index];
            if line.is_blank() {
                continue;
            }
            let text = self.text(line.content.clone());
            let goes_on = current.as_ref().is_some_and(|(range, _)| {
                depth > 0 || self.text(range.clone()).ends_with(',') || begins_with_connective(text)
            });
            if !goes_on {
                flush(&mut current);
                current = Some((line.content.clone(), true));
                depth = 0;
            }
            let wrong: Vec<_> = line.brackets.iter().filter(|b| odd.contains(&b.0)).collect();
            let in_place = line.indented || index == from;
            let sound = in_place && wrong.is_empty() && line.unclosed_quote.is_none();
            broken |= !sound;
            if let Some((range, fine)) = &mut current {
                range.end = line.content.end;
                *fine &= sound;
            }
            for (at, opens) in &line.brackets {
                if odd.contains(at) {
                    continue;
                }
                depth = if *opens { depth + 1 } else { depth.saturating_sub(1) };
            }
        }
        flush(&mut current);
        self.report_odd(from..to, &odd);
        (logical, broken)
    }

    /// The brackets that have no partner among these lines, in order.
    fn odd_brackets(&self, from: usize, to: usize) -> FxHashSet<usize> {
        let mut open = Vec::new();
        let mut odd = FxHashSet::default();
        for (at, opens) in self.lines[from..to].iter().flat_map(|line| &line.brackets) {
            if *opens {
                open.push(*at);
            } else if open.pop().is_none() {
                odd.insert(*at);
            }
        }
        odd.extend(open);
        odd
    }

    /// One error for each line: its open quote, or its first odd bracket.
    fn report_odd(&mut self, range: Range<usize>, odd: &FxHashSet<usize>) {
        for line in &self.lines[range] {
            let bracket = line.brackets.iter().find(|(at, _)| odd.contains(at));
            if let Some((at, opens)) = bracket.filter(|_| line.unclosed_quote.is_none()) {
                let code =
                    if *opens { &catalogue::UNCLOSED_BRACKET } else { &catalogue::EXTRA_BRACKET };
                let d = self.diagnostic(code, *at..at + 1);
                self.out.push(d);
            }
            if let Some(at) = line.unclosed_quote {
                let open = words::unclosed_quote(self.normal, at..line.content.end);
                self.out.push(open);
            }
        }
    }

    /// Comments that are neither documentation nor inside a declaration kept as written.
    fn collect_comments(&mut self) {
        let mut next = 0;
        for index in 0..self.lines.len() {
            let Some(comment) = self.lines[index].comment.clone() else { continue };
            while self.layout.blocks.get(next).is_some_and(|b| b.range.end < comment.end) {
                next += 1;
            }
            let inside = self.layout.blocks.get(next).is_some_and(|block| {
                matches!(block.kind, Kind::Kept(_)) && block.range.start < comment.start
            });
            if !inside && !self.documentation.contains(&index) {
                self.layout.comments.push(Comment {
                    span: self.normal.span(comment.start, comment.end),
                    text: comment_text(self.text(comment)),
                    inside: !self.lines[index].is_blank() || self.lines[index].indented,
                });
            }
        }
    }
}

/// The keyword that a line begins with.
struct Opening {
    kind: Kind,
    length: usize,
    /// The keyword that a misspelled one stands for.
    meant: Option<String>,
}

/// Whether a line goes on with the criterion of the line before.
fn begins_with_connective(text: &str) -> bool {
    let word = text.split([' ', '\n', '(']).next().unwrap_or("");
    matches!(word, "ET" | "OU" | "AND" | "OR")
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or("")
}

fn comment_text(comment: &str) -> String {
    comment.strip_prefix('#').unwrap_or(comment).trim().to_owned()
}
