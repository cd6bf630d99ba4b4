//! Document → its source in the canonical layout: comments and groups of lines stay where they are.

use super::known::{Known, Meanings};
use super::place::{Line, Placed, Written};
use super::text::Piece;
use super::wrap::{Reason, Row, Segment, lay};
use super::{criterion, node};
use crate::lang::Lang;
use crate::source::{SourceId, Span};
use crate::syntax::ast::{Criterion, DeclarationKind, Document};
use crate::syntax::layout::{Remark, remarks};
use crate::syntax::normal::Normal;

/// A formatted text.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    /// The text.
    pub text: String,
    /// What can be printed in its own language only, if the text is to be in one: its places.
    pub kept: Vec<Span>,
}

/// The source of a document in the canonical layout. Its keywords are in one language: the given
/// one, else that of its `langue` line; without either each stays in its own. The document is
/// that of the source, and without syntax errors: what is not in it is not in the result.
pub fn format_document(
    document: &Document,
    source: &str,
    lang: Option<Lang>,
    meanings: &dyn Meanings,
) -> Laid {
    let lang = lang.or(document.lang);
    let normal = Normal::new(document.source, source);
    let remarks = remarks(&normal);
    let masked = masked(source, &remarks);
    let written = Written { text: &masked, source: document.source };
    let mut writer = Writer::new(source, &remarks);
    let mut fallback = Lang::default();
    if document.lang.is_some() {
        writer.language_line(&masked, lang.unwrap_or_default());
    }
    let known = Known::new(meanings, lang);
    let mut kept = Vec::new();
    let mut before = None;
    for (index, declaration) in document.declarations.iter().enumerate() {
        let next = document.declarations.get(index + 1).map(|next| next.span.start);
        let kind = std::mem::discriminant(&declaration.kind);
        let start = declaration.span.start;
        match (&declaration.kind, node(&declaration.kind, known)) {
            (DeclarationKind::Verbatim(verbatim), _) => {
                writer.opens(start, before.replace((kind, false)).is_some());
                kept.push(declaration.span);
                writer.verbatim(&verbatim.text, declaration.span);
            }
            (_, Some(node)) => {
                let row = (kind, node.children.is_empty());
                let above = before.replace(row);
                writer.opens(start, above.is_some_and(|above| above != row || !row.1));
                let lines = written.lines(node, declaration.span, lang, &mut fallback);
                kept.extend(lines.iter().flat_map(|line| &line.pieces).filter_map(kept_place));
                for (index, line) in lines.into_iter().enumerate() {
                    writer.line(line, index == 1);
                }
            }
            _ => {}
        }
        writer.ends(declaration.span.end, next.unwrap_or(u32::MAX));
    }
    kept.retain(|_| lang.is_some());
    Laid { text: writer.finish(), kept }
}

fn kept_place(placed: &Placed) -> Option<Span> {
    match placed.piece {
        Piece::Kept(_, span) => Some(span),
        _ => None,
    }
}

/// A criterion in the canonical spelling, on one line: its keywords in one language, or each in
/// its own.
pub fn format_criterion(criterion: &Criterion, source: &str, lang: Option<Lang>) -> String {
    let within = Span { source: SourceId(0), start: 0, end: source.len() as u32 };
    let node = super::Node::new(self::criterion::criterion(criterion, Known::NOTHING));
    let written = Written { text: source, source: within.source };
    let mut fallback = Lang::default();
    let lines = written.lines(node, within, lang, &mut fallback);
    let segments = lines.into_iter().flat_map(|line| segments(line.pieces).0);
    let flat = segments.enumerate().map(|(index, segment)| match segment.reason {
        Reason::Comma | Reason::Connective if index > 0 => format!(" {}", segment.text),
        _ => segment.text,
    });
    flat.collect()
}

/// The source with its comments as spaces, byte for byte.
fn masked(source: &str, remarks: &[Remark]) -> String {
    let mut masked = String::with_capacity(source.len());
    for remark in remarks {
        masked.push_str(source.get(masked.len()..remark.span.start as usize).unwrap_or(""));
        let length = (remark.span.end as usize).saturating_sub(masked.len());
        masked.extend(std::iter::repeat_n(' ', length));
    }
    masked.push_str(source.get(masked.len()..).unwrap_or(""));
    masked
}

/// The pieces of a line as texts that stay together, and where each begins in the source.
fn segments(pieces: Vec<Placed>) -> (Vec<Segment>, Vec<Option<u32>>) {
    let segment = |reason, depth| Segment { text: String::new(), reason, depth, remarks: vec![] };
    let mut all = vec![segment(Reason::Bracket, 0)];
    let mut starts: Vec<Option<u32>> = vec![None];
    let mut depth = 0;
    for Placed { piece, place, lang, .. } in pieces {
        let opened = match piece {
            Piece::Connective(_) => Some(segment(Reason::Connective, depth)),
            Piece::Close => Some(segment(Reason::Bracket, depth)),
            _ => None,
        };
        if let Some(opened) = opened {
            all.push(opened);
            starts.push(None);
        }
        let Some((last, start)) = all.last_mut().zip(starts.last_mut()) else { continue };
        *start = start.or(place.map(|place| place.0));
        let mut closed = None;
        match piece {
            Piece::Plain(text) => last.text.push_str(&text),
            Piece::Named(text, _) | Piece::Kept(text, _) => last.text.push_str(&text),
            Piece::Word(word) => last.text.push_str(word.in_language(lang)),
            Piece::Connective(word) => {
                last.text.push_str(word.in_language(lang));
                last.text.push(' ');
            }
            Piece::Comma => {
                last.text.push(',');
                closed = Some(segment(Reason::Comma, depth));
            }
            Piece::Open => {
                last.text.push('(');
                depth += 1;
                closed = Some(segment(Reason::Bracket, depth));
            }
            Piece::Close => {
                last.text.push(')');
                depth = depth.saturating_sub(1);
            }
        }
        if let Some(closed) = closed {
            all.push(closed);
            starts.push(None);
        }
    }
    (all, starts)
}

/// Writes lines and, at their places, comments.
struct Writer<'a> {
    out: String,
    source: &'a str,
    remarks: &'a [Remark],
    /// The comments that are written.
    written: usize,
    /// The end of what is written, in the source.
    last: u32,
    /// Whether a comment may stand at the end of the last line.
    open: bool,
    /// How deep the last line stands.
    depth: usize,
    /// Whether a blank line must come next.
    apart: bool,
    /// Whether the next line is the first below a head: blank lines of the source are left out.
    below_head: bool,
}

impl<'a> Writer<'a> {
    fn new(source: &'a str, remarks: &'a [Remark]) -> Writer<'a> {
        let out = String::with_capacity(source.len() + source.len() / 8);
        Writer {
            out,
            source,
            remarks,
            written: 0,
            last: 0,
            open: false,
            depth: 0,
            apart: false,
            below_head: false,
        }
    }

    /// `langue fr`
    fn language_line(&mut self, masked: &str, lang: Lang) {
        let margin = masked.trim_start_matches('\u{feff}');
        let start = masked.len() - margin.trim_start().len();
        let end = masked[start..].find('\n').map_or(masked.len(), |length| start + length);
        self.remarks_before(start as u32, 0);
        let line = masked[start..end].trim_end();
        let keyword = line.split_whitespace().next().unwrap_or("");
        let text = format!("{keyword} {}", lang.code());
        self.push(start as u32, Row { indentation: 0, text, remark: None });
        self.last = (start + line.len()) as u32;
        self.apart = true;
    }

    /// What stands above a declaration, below a blank line if it is to stand apart.
    fn opens(&mut self, start: u32, apart: bool) {
        self.apart |= apart;
        self.depth = 0;
        self.remarks_before(start, 0);
    }

    /// One line of a declaration, with the comments above it and inside it; above the first one
    /// below the head stands no blank line.
    fn line(&mut self, line: Line, first: bool) {
        let depth = line.depth;
        self.below_head = first;
        if let Some(start) = line.start {
            self.apart |= line.apart;
            self.remarks_before(start, depth);
        } else {
            self.apart |= line.apart;
        }
        let end = line.pieces.iter().filter_map(|piece| piece.place).map(|place| place.1).max();
        let start = line.start.unwrap_or(self.last);
        let (mut segments, starts) = segments(line.pieces);
        self.remarks_within(&mut segments, &starts);
        for row in lay(&segments, 2 * depth) {
            self.push(start, row);
            self.last = self.last.max(start);
        }
        self.last = self.last.max(end.unwrap_or(0));
        self.depth = depth;
    }

    /// A declaration kept as written.
    fn verbatim(&mut self, text: &str, span: Span) {
        let text = text.replace("\r\n", "\n");
        self.push(
            span.start,
            Row { indentation: 0, text: text.trim_end().to_owned(), remark: None },
        );
        self.last = span.end;
        self.depth = 1;
        self.written += self.pending().take_while(|remark| remark.span.start < span.end).count();
    }

    /// The comments within a declaration belong to it, also above what says nothing, and the
    /// indented ones below it.
    fn ends(&mut self, end: u32, next: u32) {
        let depth = self.depth.max(1);
        while let Some(remark) = self.pending().next() {
            let start = remark.span.start;
            let belongs = start < end || (start < next && (!remark.alone || remark.indented));
            if !belongs {
                break;
            }
            self.written += 1;
            self.remark(remark, depth);
        }
    }

    fn finish(mut self) -> String {
        self.remarks_before(u32::MAX, 0);
        if self.source.find('\n').is_some_and(|at| self.source[..at].ends_with('\r')) {
            self.out = self.out.replace('\n', "\r\n");
        }
        self.out
    }

    fn pending(&self) -> impl Iterator<Item = &'a Remark> + use<'a> {
        self.remarks[self.written..].iter()
    }

    fn remarks_before(&mut self, start: u32, depth: usize) {
        while let Some(remark) = self.pending().next().filter(|one| one.span.start < start) {
            self.written += 1;
            self.remark(remark, depth);
        }
    }

    /// Gives each comment inside a line to the next place where it may break.
    fn remarks_within(&mut self, segments: &mut [Segment], starts: &[Option<u32>]) {
        for (segment, start) in segments.iter_mut().zip(starts).skip(1) {
            let Some(start) = start.filter(|_| segment.may_begin()) else { continue };
            while let Some(remark) = self.pending().next().filter(|one| one.span.start < start) {
                self.written += 1;
                segment.remarks.push(remark.clone());
            }
        }
    }

    /// One comment: at the end of the last line if it stood there, else on its own.
    fn remark(&mut self, remark: &Remark, depth: usize) {
        if !remark.alone && self.open {
            self.out.pop();
            self.out.push_str("  ");
            self.out.push_str(&remark.text());
            self.out.push('\n');
            self.open = false;
            self.last = self.last.max(remark.span.end);
            return;
        }
        let row = Row { indentation: 2 * depth, text: String::new(), remark: Some(remark.clone()) };
        self.push(remark.span.start, row);
        self.last = remark.span.end;
        // A comment that was indented must not come to document a declaration.
        self.apart |= depth == 0 && remark.indented;
    }

    /// One line of the result, below a blank one where the source has one.
    fn push(&mut self, start: u32, row: Row) {
        let blank = self.apart || (!self.below_head && self.blank_before(start));
        if blank && !self.out.is_empty() {
            self.out.push('\n');
        }
        (self.apart, self.below_head) = (false, false);
        self.out.extend(std::iter::repeat_n(' ', row.indentation));
        self.out.push_str(&row.text);
        self.open = row.remark.is_none();
        if let Some(remark) = row.remark {
            if !row.text.is_empty() {
                self.out.push_str("  ");
            }
            self.out.push_str(&remark.text());
            self.last = self.last.max(remark.span.end);
        }
        self.out.push('\n');
    }

    fn blank_before(&self, start: u32) -> bool {
        let between = self.source.get(self.last as usize..start as usize).unwrap_or("");
        let mut lines = between.split('\n');
        lines.next();
        let mut lines = lines.rev();
        lines.next();
        lines.any(|line| line.trim().is_empty())
    }
}
