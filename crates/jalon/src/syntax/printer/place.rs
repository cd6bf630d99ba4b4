//! Where the words of a line stand in the source, and in which language they are written there.

use super::text::{Node, Piece, Text, Word};
use crate::lang::Lang;
use crate::source::{SourceId, Span};
use crate::syntax::keyword::{self, Case};

/// The words of a line that changes its order are looked for in so many bytes.
const FAR: usize = 2048;

/// A source whose comments are spaces.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) text: &'a str,
    pub(super) source: SourceId,
}

/// A line with the places of its pieces.
pub(super) struct Line {
    pub(super) pieces: Vec<Placed>,
    /// How deep it stands.
    pub(super) depth: usize,
    /// Whether a blank line stands above it.
    pub(super) apart: bool,
    /// Its first byte in the source.
    pub(super) start: Option<u32>,
}

/// A piece and its bytes in the source.
pub(super) struct Placed {
    pub(super) piece: Piece,
    pub(super) place: Option<(u32, u32)>,
    /// The language it is printed in.
    pub(super) lang: Lang,
    known: Option<Lang>,
}

impl Written<'_> {
    /// The lines of a declaration in the order of the source. Words are in the one language, or
    /// each in its own; those of which the source does not tell follow the others.
    pub(super) fn lines(
        self,
        mut node: Node,
        within: Span,
        lang: Option<Lang>,
        fallback: &mut Lang,
    ) -> Vec<Line> {
        self.sort(&mut node, within);
        let mut lines = Vec::new();
        self.flatten(node, 0, within, &mut lines);
        self.look_up(&mut lines, within);
        for line in &mut lines {
            let first = line.pieces.iter().filter_map(|piece| piece.place).map(|place| place.0);
            line.start = line.start.into_iter().chain(first).min();
        }
        let pieces = || lines.iter().flat_map(|line| &line.pieces);
        if let Some(known) = pieces().find_map(|piece| piece.known) {
            *fallback = known;
        }
        for piece in lines.iter_mut().flat_map(|line| &mut line.pieces) {
            *fallback = piece.known.unwrap_or(*fallback);
            piece.lang = lang.unwrap_or(*fallback);
        }
        lines
    }

    fn place(self, span: Span, within: Span) -> Option<(u32, u32)> {
        let inside = span.source == self.source
            && span.start >= within.start
            && span.end <= within.end
            && span.start < span.end;
        inside.then_some((span.start, span.end))
    }

    /// Puts lines in the order of the source and says where they begin.
    fn sort(self, node: &mut Node, within: Span) -> Option<u32> {
        let mut last = 0;
        let mut children: Vec<(u32, Node)> = Vec::new();
        for mut child in node.children.drain(..) {
            let start = self.sort(&mut child, within).unwrap_or(last);
            last = start;
            children.push((start, child));
        }
        children.sort_by_key(|(start, _)| *start);
        let first = children.iter().map(|(start, _)| *start).find(|start| *start > 0);
        node.children = children.into_iter().map(|(_, child)| child).collect();
        let own = node.text.pieces.iter().filter_map(|piece| match piece {
            Piece::Named(_, span) | Piece::Kept(_, span) => self.place(*span, within),
            Piece::Word(word) | Piece::Connective(word) => {
                word.span.and_then(|span| self.place(span, within))
            }
            _ => None,
        });
        let at = node.at.and_then(|span| self.place(span, within));
        at.into_iter().chain(own).map(|place| place.0).chain(first).min()
    }

    fn flatten(self, node: Node, depth: usize, within: Span, lines: &mut Vec<Line>) {
        let start = node.at.and_then(|span| self.place(span, within)).map(|place| place.0);
        let Text { pieces } = node.text;
        let placed = pieces.into_iter().map(|piece| {
            let (mut place, mut known) = (None, None);
            match &piece {
                Piece::Named(_, span) | Piece::Kept(_, span) => {
                    place = self.place(*span, within);
                }
                Piece::Word(word) | Piece::Connective(word) => {
                    place = word.span.and_then(|span| self.place(span, within));
                    if let Some((start, end)) = place {
                        known = self.find(word, start as usize..end as usize).and_then(|f| f.2);
                    }
                }
                _ => {}
            }
            Placed { piece, place, lang: Lang::default(), known }
        });
        lines.push(Line { pieces: placed.collect(), depth, apart: node.apart, start });
        for child in node.children {
            self.flatten(child, depth + 1, within, lines);
        }
    }

    /// Finds the words of which the document has no place, each between its neighbours.
    fn look_up(self, lines: &mut [Line], within: Span) {
        let mut pieces: Vec<(Option<u32>, &mut Placed)> = Vec::new();
        for line in lines {
            let mut start = line.start;
            pieces.extend(line.pieces.iter_mut().map(|piece| (start.take(), piece)));
        }
        // What comes behind each piece.
        let mut after = vec![within.end; pieces.len()];
        let mut next = within.end;
        for (index, (_, piece)) in pieces.iter().enumerate().rev() {
            after[index] = next;
            next = piece.place.map_or(next, |place| place.0);
        }
        let mut before = within.start;
        for ((start, piece), next) in pieces.into_iter().zip(after) {
            before = start.map_or(before, |start| start.max(before));
            let (Piece::Word(word) | Piece::Connective(word), None) = (&piece.piece, piece.place)
            else {
                before = piece.place.map_or(before, |place| place.1);
                continue;
            };
            let window = match before <= next {
                true => before as usize..next as usize,
                false => self.line(before as usize),
            };
            if let Some((start, end, known)) = self.find(word, window) {
                piece.place = Some((start, end));
                piece.known = known;
                before = end;
            }
        }
    }

    /// The line of a byte.
    fn line(self, at: usize) -> std::ops::Range<usize> {
        let (before, after) = self.text.split_at_checked(at).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let end = at + after.find('\n').unwrap_or(after.len());
        if end - start > FAR { at..at } else { start..end }
    }

    /// The first of the spellings of a word in a range, the longest there; and its language,
    /// where it has only one.
    fn find(self, word: &Word, range: std::ops::Range<usize>) -> Option<(u32, u32, Option<Lang>)> {
        let text = self.text.get(range.clone())?;
        let mut before = None;
        for (at, c) in text.char_indices() {
            let begins =
                c.is_alphanumeric() && before.is_none_or(|before: char| !before.is_alphanumeric());
            before = Some(c);
            if !begins {
                continue;
            }
            let length = |list: &[&str]| {
                let found =
                    list.iter().map(|phrase| keyword::starts(&text[at..], phrase, Case::Any));
                found.max().flatten().unwrap_or(0)
            };
            let [fr, en] = word.spelled.map(length);
            let length = fr.max(en);
            if length > 0 {
                let lang = match fr.cmp(&en) {
                    std::cmp::Ordering::Greater => Some(Lang::Fr),
                    std::cmp::Ordering::Less => Some(Lang::En),
                    std::cmp::Ordering::Equal => None,
                };
                let start = (range.start + at) as u32;
                return Some((start, start + length as u32, lang));
            }
        }
        None
    }
}
