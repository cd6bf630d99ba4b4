use proptest::prelude::*;

use super::*;
use crate::{Padded, head, tail};

/// By the definition.
fn naive(text: &[u8]) -> Letters {
    let latin = |c: char| matches!(c, ' '..='\x7F' | '\u{C0}'..='\u{FF}');
    match std::str::from_utf8(text) {
        Ok(text) if text.chars().all(|c| matches!(c, ' '..='\x7F')) => Letters::Ascii,
        Ok(text) if text.chars().all(latin) => Letters::Latin,
        _ => Letters::Other,
    }
}

fn agrees(text: &[u8], offset: usize) {
    let mut buffer = vec![LEAD; offset];
    buffer.extend_from_slice(text);
    let text = &buffer[offset..];
    let expected = naive(text);
    assert_eq!(letters(text), expected, "{text:?}");
    assert_eq!(portable_letters(text), expected, "{text:?}");

    let mut out = b"before".to_vec();
    assert_eq!(lower_into(text, &mut out), expected);
    assert_eq!(&out[6..], text.to_ascii_lowercase());

    let Ok(text) = std::str::from_utf8(text) else { return };
    let small = match expected {
        Letters::Ascii | Letters::Latin => text.to_lowercase().replace('ß', "ss"),
        Letters::Other => String::new(),
    };
    for fold in [fold_into, portable_fold_into] {
        let mut folded = "é".to_owned();
        assert_eq!(fold(text, &mut folded), expected);
        assert_eq!(&folded[2..], small, "{text:?}");
        assert!(std::str::from_utf8(folded.as_bytes()).is_ok());
    }
    let mut padded = Padded::default();
    assert_eq!(padded.fold(text), expected);
    assert_eq!(padded.text(), small.as_bytes());
    assert_eq!(padded.copy(text), expected);
    assert_eq!(padded.text(), text.as_bytes());
    padded.fold(text);
    assert_eq!(padded.head(), head(small.as_bytes(), 0, small.len()));
    assert_eq!(padded.tail(), tail(small.as_bytes(), 0, small.len()));
    if expected == Letters::Latin {
        lower_latin(&mut out[6..]);
        assert_eq!(&out[6..], small.as_bytes());
    }
}

fn chars() -> impl Strategy<Value = char> {
    prop_oneof![
        20 => prop::char::range(' ', '\x7F'),
        20 => prop::char::range('\u{C0}', '\u{FF}'),
        2 => Just('ß'),
        1 => prop::char::range('\u{80}', '\u{BF}'),
        1 => any::<char>(),
    ]
}

fn cases() -> ProptestConfig {
    ProptestConfig::with_cases(if cfg!(miri) { 8 } else { 1024 })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn texts(chars in prop::collection::vec(chars(), 0..80), offset in 0..33_usize) {
        agrees(String::from_iter(chars).as_bytes(), offset);
    }

    #[test]
    fn western_texts(text in "[ -~À-ÿ]{0,80}", offset in 0..33_usize) {
        agrees(text.as_bytes(), offset);
    }

    #[test]
    fn bytes(
        bytes in prop::collection::vec(
            prop_oneof![4 => b' '..=0x7F, 2 => Just(LEAD), 2 => 0x80..=0xBF_u8, 1 => any::<u8>()],
            0..80,
        ),
        offset in 0..33_usize,
    ) {
        agrees(&bytes, offset);
    }
}

#[test]
fn every_length_with_one_letter_at_every_place() {
    for length in 0..if cfg!(miri) { 36 } else { 100 } {
        agrees(&vec![b'Q'; length], 0);
        for place in 0..length.saturating_sub(1) {
            let mut text = vec![b'Q'; length];
            text[place..place + 2].copy_from_slice("É".as_bytes());
            agrees(&text, 0);
            text[place + 1] = b'!';
            agrees(&text, 0);
        }
    }
}
