//! Two numbers, literals and a text, all in one: the vectors find and write what the definitions
//! say.
#![no_main]

use jalon_simd::{Letters, Literals, Padded, fold_into, letters, lower_into};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [count, longest, data @ ..] = data else { return };
    let (mut rest, mut literals) = (data, Vec::new());
    for i in 0..usize::from(count % 65) {
        let length = 1 + (i * 7 + usize::from(*longest)) % usize::from(longest % 20 + 1);
        let Some((literal, after)) = rest.split_at_checked(length) else { break };
        literals.push(literal.to_vec());
        rest = after;
    }
    // The text is what is left, and the literals once more, so that some are found.
    for text in [rest, data] {
        search(&literals, text);
        fold(text);
    }
});

fn search(literals: &[Vec<u8>], text: &[u8]) {
    let Some(set) = Literals::new(literals) else { return };
    let mut expected = Vec::new();
    for position in 0..text.len() {
        for (index, literal) in literals.iter().enumerate() {
            if text[position..].starts_with(literal) {
                expected.push((position, index));
            }
        }
    }
    let found = expected.iter().fold(0, |found, (_, index)| found | 1_u64 << index);
    let mut padded = Padded::default();
    padded.set(text);
    for set in [set.clone(), set.portable()] {
        let mut hits = Vec::new();
        set.each(text, |position, index| hits.push((position, index)));
        assert!(hits.is_sorted_by_key(|(position, _)| *position));
        hits.sort_unstable();
        assert_eq!(hits, expected);
        assert_eq!(set.found(text), found);
        assert_eq!(set.found_padded(&padded), found);
    }
}

fn fold(bytes: &[u8]) {
    let mut lowered = Vec::new();
    let kind = lower_into(bytes, &mut lowered);
    assert_eq!(lowered, bytes.to_ascii_lowercase());
    assert_eq!(letters(bytes), kind);
    let Ok(text) = std::str::from_utf8(bytes) else { return assert_eq!(kind, Letters::Other) };
    let latin = |c: char| matches!(c, ' '..='\x7F' | '\u{C0}'..='\u{FF}');
    assert_eq!(kind == Letters::Other, !text.chars().all(latin));
    let (mut folded, mut padded) = (String::new(), Padded::default());
    assert_eq!(fold_into(text, &mut folded), kind);
    assert_eq!(padded.fold(text), kind);
    assert_eq!(padded.text(), folded.as_bytes());
    if kind != Letters::Other {
        assert_eq!(folded, text.to_lowercase().replace('ß', "ss"));
    }
}
