//! A text that an editor holds: places in lines and columns as the protocol counts them, and the
//! edits that it sends.

#[cfg(test)]
mod tests;

use lsp_types::{Position, PositionEncodingKind, Range, TextDocumentContentChangeEvent};

/// How the protocol counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// In units of UTF-16, as every client can.
    #[default]
    Utf16,
    /// In bytes.
    Utf8,
    /// In characters.
    Utf32,
}

impl Encoding {
    /// The one to use with a client: the cheapest that it offers.
    pub fn negotiated(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        let offered = offered.unwrap_or_default();
        if offered.contains(&PositionEncodingKind::UTF8) { Encoding::Utf8 } else { Encoding::Utf16 }
    }

    /// Its name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How many units a character takes.
    fn units(self, c: char) -> u32 {
        match self {
            Encoding::Utf16 => c.len_utf16() as u32,
            Encoding::Utf8 => c.len_utf8() as u32,
            Encoding::Utf32 => 1,
        }
    }
}

/// A text and where its lines begin. A line ends at `\n`, `\r\n` or a single `\r`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    text: String,
    starts: Vec<u32>,
}

impl Text {
    /// Of a whole text.
    pub fn new(text: impl Into<String>) -> Text {
        let text = text.into();
        let starts = starts(&text);
        Text { text, starts }
    }

    /// As it stands.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How many lines there are, the last one also where it is empty.
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The line that a byte is on, from 0.
    pub fn line_of(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len()) as u32;
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Where a line begins; the end of the text behind the last line.
    pub fn line_start(&self, line: usize) -> usize {
        self.starts.get(line).map_or(self.text.len(), |start| *start as usize)
    }

    /// A line without its end.
    pub fn line(&self, line: usize) -> &str {
        let whole = self.text.get(self.line_start(line)..self.line_start(line + 1));
        whole.unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// Where a byte stands.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let line = self.line_of(offset);
        let start = self.line_start(line);
        let mut end = offset.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(start..end).unwrap_or("");
        let character = before.chars().map(|c| encoding.units(c)).sum();
        Position { line: line as u32, character }
    }

    /// The byte at a place; a column behind the end of its line is that end, one inside a
    /// character the start of it.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        let mut offset = self.line_start(line);
        let mut left = position.character;
        for c in self.line(line).chars() {
            let units = encoding.units(c);
            if left < units {
                break;
            }
            left -= units;
            offset += c.len_utf8();
        }
        offset
    }

    /// The places of some bytes.
    pub fn range(&self, bytes: std::ops::Range<usize>, encoding: Encoding) -> Range {
        Range::new(self.position(bytes.start, encoding), self.position(bytes.end, encoding))
    }

    /// The bytes between two places.
    pub fn bytes(&self, range: Range, encoding: Encoding) -> std::ops::Range<usize> {
        let start = self.offset(range.start, encoding);
        start..self.offset(range.end, encoding).max(start)
    }

    /// Takes an edit: of a range, or the whole text where it has none.
    pub fn apply(&mut self, change: &TextDocumentContentChangeEvent, encoding: Encoding) {
        let Some(range) = change.range else {
            *self = Text::new(change.text.clone());
            return;
        };
        let bytes = self.bytes(range, encoding);
        // Only the lines from the edit on are cut anew, and one before it: a `\r` may meet a `\n`.
        let first = self.line_of(bytes.start).saturating_sub(1);
        self.text.replace_range(bytes, &change.text);
        let from = self.line_start(first);
        self.starts.truncate(first);
        let later = starts(self.text.get(from..).unwrap_or(""));
        self.starts.extend(later.into_iter().map(|start| start + from as u32));
    }
}

/// Where the lines of a text begin.
fn starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1)).collect()
}
