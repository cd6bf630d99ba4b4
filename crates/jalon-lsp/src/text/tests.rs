//! Places and edits, held to a model that knows only UTF-16.

use lsp_types::{Position, Range, TextDocumentContentChangeEvent};
use proptest::prelude::*;

use super::{Encoding, Text};

const PIECES: &[&str] =
    &["a", "é", "œ", "😀", "\n", "\r\n", "\r", " ", "EST", "n\u{303}", "« x »", "\t", "\u{a0}"];

/// A text as UTF-16 units and the place of an edit in it, as a client counts.
fn model_offset(units: &[u16], position: Position) -> usize {
    let (mut line, mut at) = (0, 0);
    while line < position.line && at < units.len() {
        let crlf = units[at] == 13 && units.get(at + 1) == Some(&10);
        if units[at] == 10 || (units[at] == 13 && !crlf) {
            line += 1;
        }
        at += 1;
    }
    if line < position.line {
        return units.len();
    }
    let mut left = position.character;
    while left > 0 && at < units.len() && !matches!(units[at], 10 | 13) {
        let pair = (0xD800..0xDC00).contains(&units[at]);
        let width = if pair { 2 } else { 1 };
        if left < width {
            break;
        }
        left -= width;
        at += width as usize;
    }
    at
}

fn pieces(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..most)
        .prop_map(|list| list.concat())
}

fn position() -> impl Strategy<Value = Position> {
    (0..9u32, 0..12u32).prop_map(|(line, character)| Position { line, character })
}

proptest! {
    #[test]
    fn edits_give_what_the_client_has(
        start in pieces(24),
        edits in proptest::collection::vec((position(), position(), pieces(6)), 0..12),
    ) {
        let mut text = Text::new(start.clone());
        let mut model: Vec<u16> = start.encode_utf16().collect();
        for (a, b, new) in edits {
            let (a, b) = if (a.line, a.character) <= (b.line, b.character) { (a, b) } else { (b, a) };
            let from = model_offset(&model, a);
            let to = model_offset(&model, b).max(from);
            model.splice(from..to, new.encode_utf16());
            let range = Some(Range::new(a, b));
            let change = TextDocumentContentChangeEvent { range, range_length: None, text: new };
            text.apply(&change, Encoding::Utf16);
            prop_assert_eq!(text.as_str(), String::from_utf16(&model).unwrap());
            prop_assert_eq!(&text, &Text::new(text.as_str()));
        }
    }

    #[test]
    fn places_come_back(start in pieces(24)) {
        let text = Text::new(start.clone());
        for encoding in [Encoding::Utf16, Encoding::Utf8, Encoding::Utf32] {
            for (at, c) in start.char_indices() {
                let after_return = c == '\n' && start[..at].ends_with('\r');
                if !after_return {
                    prop_assert_eq!(text.offset(text.position(at, encoding), encoding), at);
                }
            }
        }
    }
}

#[test]
fn columns_are_those_of_the_protocol() {
    let text = Text::new("ab\r\nœ😀é EST\rfin");
    let at = |needle: &str| text.as_str().find(needle).unwrap();
    let of = |encoding| text.position(at("EST"), encoding);
    assert_eq!(of(Encoding::Utf16), Position::new(1, 5));
    assert_eq!(of(Encoding::Utf8), Position::new(1, 9));
    assert_eq!(of(Encoding::Utf32), Position::new(1, 4));
    assert_eq!(text.position(at("fin"), Encoding::Utf16), Position::new(2, 0));
    assert_eq!(text.offset(Position::new(1, 2), Encoding::Utf16), at("😀"), "inside a pair");
    assert_eq!(text.offset(Position::new(0, 99), Encoding::Utf16), 2);
    assert_eq!(text.offset(Position::new(99, 0), Encoding::Utf16), text.as_str().len());
}
