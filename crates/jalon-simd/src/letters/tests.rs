use proptest::prelude::*;

use super::*;

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

    let small = match (expected, std::str::from_utf8(text)) {
        (Letters::Ascii | Letters::Latin, Ok(text)) => text.to_lowercase().replace('ß', "ss"),
        _ => String::new(),
    };
    for fold in [fold_into, portable_fold_into] {
        let mut folded = b"before".to_vec();
        assert_eq!(fold(text, &mut folded), expected);
        assert_eq!(&folded[6..], small.as_bytes(), "{text:?}");
    }
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
