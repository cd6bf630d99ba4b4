use proptest::prelude::*;

use super::*;

/// Every occurrence, by the definition.
fn naive(literals: &[Vec<u8>], text: &[u8]) -> Vec<(usize, usize)> {
    let mut hits = Vec::new();
    for position in 0..text.len() {
        for (index, literal) in literals.iter().enumerate() {
            if text[position..].starts_with(literal) {
                hits.push((position, index));
            }
        }
    }
    hits
}

/// Both paths find what the definition finds, in a text that stands anywhere in a buffer.
fn agrees(literals: &[Vec<u8>], text: &[u8], offset: usize) {
    let mut buffer = vec![b'a'; offset];
    buffer.extend_from_slice(text);
    let text = &buffer[offset..];
    let expected = naive(literals, text);
    let set = Literals::new(literals).unwrap();
    for set in [set.clone(), set.portable()] {
        let mut hits = Vec::new();
        set.each(text, |position, literal| hits.push((position, literal)));
        assert!(hits.is_sorted_by_key(|(position, _)| *position), "positions rise");
        hits.sort_unstable();
        assert_eq!(hits, expected, "{literals:?} in {text:?}");
        let found = expected.iter().fold(0, |found, (_, literal)| found | 1_u64 << literal);
        assert_eq!(set.found(text), found);
        let mut padded = Padded::default();
        padded.set(&[b'a'; 200]);
        padded.set(text);
        assert_eq!(set.found_padded(&padded), found);
    }
}

fn bytes(
    alphabet: &'static [u8],
    length: std::ops::Range<usize>,
) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(alphabet), length)
}

/// Small enough that much overlaps, with bytes that differ in one half only, zero and 0xFF.
const FEW: &[u8] = &[b'a', b'b', b'q', 0, 0xFF];

/// Few cases under Miri, which is slow.
fn cases() -> ProptestConfig {
    ProptestConfig::with_cases(if cfg!(miri) { 8 } else { 512 })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn few_literals(
        literals in prop::collection::vec(bytes(FEW, 1..5), 1..9),
        text in bytes(FEW, 0..81),
        offset in 0..33_usize,
    ) {
        agrees(&literals, &text, offset);
    }

    #[test]
    fn many_literals(
        literals in prop::collection::vec(bytes(FEW, 1..20), 9..65),
        text in bytes(FEW, 0..200),
        offset in 0..33_usize,
    ) {
        agrees(&literals, &text, offset);
    }

    #[test]
    fn long_literals_cut_from_the_text(
        text in bytes(b"abcdefghijklmnop", 1..120),
        cuts in prop::collection::vec((0..120_usize, 1..40_usize), 1..20),
    ) {
        let cut = |(start, length): &(usize, usize)| {
            let start = start % text.len();
            text[start..text.len().min(start + length)].to_vec()
        };
        let literals: Vec<_> = cuts.iter().map(cut).collect();
        agrees(&literals, &text, 0);
    }
}

#[test]
fn every_length_and_every_place() {
    for length in 1..if cfg!(miri) { 36 } else { 140 } {
        for literal in 1..=4.min(length) {
            for place in [0, (length - literal) / 2, length - literal] {
                let mut text = vec![b'.'; length];
                text[place..place + literal].copy_from_slice(&b"xyzt"[..literal]);
                agrees(&[b"xyzt"[..literal].to_vec(), b"q".to_vec()], &text, 0);
            }
        }
    }
}

#[test]
fn bounds_of_sets() {
    assert!(Literals::new::<&str>(&[]).is_none());
    assert!(Literals::new(&["a", ""]).is_none());
    assert!(Literals::new(&vec!["a"; 64]).is_some_and(|set| set.found(b"ba") == u64::MAX));
    assert!(Literals::new(&vec!["a"; 65]).is_none());
}
