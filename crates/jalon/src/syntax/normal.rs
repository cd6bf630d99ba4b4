//! A text as the parser sees it, and the way back to the places in the original.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::source::{SourceId, Span};

/// A text in NFC with one kind of space, apostrophe and line end, and the map from its bytes to
/// those of the original.
#[derive(Debug)]
pub(crate) struct Normal {
    /// The normalised text.
    pub(crate) text: String,
    source: SourceId,
    /// Where the two texts run in step and where they differ, by normalised place; empty when
    /// they are the same.
    pieces: Vec<Piece>,
    /// Bytes of the original.
    original_len: u32,
}

/// A stretch of the normalised text, up to the next piece.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// First byte in the normalised text.
    normal: u32,
    /// First byte in the original.
    original: u32,
    /// Whether the bytes are those of the original, one for one.
    copied: bool,
}

impl Normal {
    /// Normalises a text.
    pub(crate) fn new(source: SourceId, original: &str) -> Normal {
        let original_len = original.len() as u32;
        if is_normal(original) {
            return Normal { text: original.to_owned(), source, pieces: Vec::new(), original_len };
        }
        let mut builder = Builder { text: String::with_capacity(original.len()), pieces: vec![] };
        let skipped = if original.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut start = skipped;
        for (at, c) in original[skipped..].char_indices() {
            let at = at + skipped;
            if at > start && starts_cluster(c, &original[start..at]) {
                builder.add(&original[start..at], start);
                start = at;
            }
        }
        builder.add(&original[start..], start);
        Normal { text: builder.text, source, pieces: builder.pieces, original_len }
    }

    /// The original place of bytes `start..end` of [`Normal::text`].
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let (start, end) = (start as u32, end.max(start) as u32);
        let first = self.original_start(start);
        let last = if end == start { first } else { self.original_end(end) };
        Span { source: self.source, start: first, end: last }
    }

    /// The original place of a range of [`Normal::text`].
    pub(crate) fn span_of(&self, range: &std::ops::Range<usize>) -> Span {
        self.span(range.start, range.end)
    }

    fn piece_at(&self, at: u32) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.normal <= at).checked_sub(1)
    }

    fn original_start(&self, at: u32) -> u32 {
        match self.piece_at(at).map(|i| self.pieces[i]) {
            Some(piece) if piece.copied => piece.original + (at - piece.normal),
            Some(_) if at as usize >= self.text.len() => self.original_len,
            Some(piece) => piece.original,
            None => at,
        }
    }

    fn original_end(&self, end: u32) -> u32 {
        match self.piece_at(end - 1).map(|i| (i, self.pieces[i])) {
            Some((_, piece)) if piece.copied => piece.original + (end - piece.normal),
            Some((i, _)) => self.pieces.get(i + 1).map_or(self.original_len, |next| next.original),
            None => end,
        }
    }
}

/// Collects the normalised text and its pieces.
struct Builder {
    text: String,
    pieces: Vec<Piece>,
}

impl Builder {
    /// Adds one cluster of the original: a character with the marks that may join it.
    fn add(&mut self, cluster: &str, original: usize) {
        let before = self.text.len();
        let line_end = cluster.starts_with("\r\n");
        let mut chars = cluster[usize::from(line_end)..].chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_ascii() || unified(c) != c => self.text.push(unified(c)),
            _ => self.text.extend(cluster[usize::from(line_end)..].chars().map(unified).nfc()),
        }
        let copied = self.text[before..] == *cluster;
        let in_step = copied
            && self.pieces.last().is_some_and(|piece| {
                piece.copied && before - piece.normal as usize == original - piece.original as usize
            });
        if !in_step && !cluster.is_empty() {
            self.pieces.push(Piece { normal: before as u32, original: original as u32, copied });
        }
    }
}

/// Whether the text is normal as it stands.
fn is_normal(text: &str) -> bool {
    if text.is_ascii() {
        return !text.bytes().any(|b| b != b'\n' && b != b' ' && b.is_ascii_whitespace())
            && !text.bytes().any(|b| b == 0x0b);
    }
    !text.starts_with('\u{feff}')
        && text.chars().all(|c| unified(c) == c && c != '\r')
        && is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// One kind of space, apostrophe and line end.
fn unified(c: char) -> char {
    match c {
        '\n' | '\r' => '\n',
        '’' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Whether a character can neither join nor reorder with those before it.
fn starts_cluster(c: char, before: &str) -> bool {
    if c.is_ascii() {
        return !(c == '\n' && before == "\r");
    }
    canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

#[cfg(test)]
#[allow(clippy::panic, clippy::expect_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn normal(text: &str) -> Normal {
        Normal::new(SourceId(0), text)
    }

    fn back<'a>(normal: &Normal, original: &'a str, part: &str) -> &'a str {
        let start = normal.text.find(part).expect("part of the text");
        let span = normal.span(start, start + part.len());
        &original[span.start as usize..span.end as usize]
    }

    #[test]
    fn a_normal_text_keeps_its_places_and_costs_no_map() {
        let text = "Société EST Écosystème";
        let n = normal(text);
        assert_eq!(n.text, text);
        assert!(n.pieces.is_empty());
        assert_eq!(back(&n, text, "Écosystème"), "Écosystème");
    }

    #[test]
    fn spaces_apostrophes_and_line_ends_become_one_kind() {
        let text = "\u{feff}a\u{a0}b\tN’EST\r\nc\u{2009}d\re";
        let n = normal(text);
        assert_eq!(n.text, "a b N'EST\nc d\ne");
        assert_eq!(back(&n, text, "N'EST"), "N’EST");
        assert_eq!(back(&n, text, "\nc"), "\r\nc");
        assert_eq!(back(&n, text, "d"), "d");
        assert_eq!(back(&n, text, "a b"), "a\u{a0}b");
    }

    #[test]
    fn decomposed_letters_compose_and_map_back() {
        let text = "Socie\u{301}te\u{301} EST A";
        let n = normal(text);
        assert_eq!(n.text, "Société EST A");
        assert_eq!(back(&n, text, "é EST"), "e\u{301} EST");
        assert_eq!(back(&n, text, "Société"), "Socie\u{301}te\u{301}");
        assert_eq!(back(&n, text, "A"), "A");
    }

    proptest! {
        #[test]
        fn spans_lie_in_the_original_on_character_boundaries(
            text in "[a e\u{301}\u{a0}’\r\né\u{1100}\u{1161}\u{11a8}\u{212b}\u{323}\u{feff}]{0,30}"
        ) {
            let n = normal(&text);
            let expected: String = text
                .strip_prefix('\u{feff}').unwrap_or(&text)
                .replace("\r\n", "\n")
                .chars().map(unified).nfc().collect();
            prop_assert_eq!(&n.text, &expected);
            let places: Vec<usize> =
                n.text.char_indices().map(|(i, _)| i).chain([n.text.len()]).collect();
            for (i, start) in places.iter().enumerate() {
                for end in &places[i..] {
                    let span = n.span(*start, *end);
                    prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
                }
            }
        }
    }
}
