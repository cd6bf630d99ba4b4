use proptest::prelude::*;

use super::*;
use crate::fold_into;

/// What a text finds, by its definition.
fn expected(equal: &[String], starts: &[String], text: &str, case_sensitive: bool) -> Option<u64> {
    let mut folded = String::new();
    let other = fold_into(text, &mut folded) == Letters::Other;
    let sharp = text.contains('ß') && !case_sensitive;
    if text.len() > LONGEST || other || sharp || text.starts_with(' ') {
        return None;
    }
    let text = if case_sensitive { text } else { &folded };
    let bit = |passes: bool, bit: usize| u64::from(passes) << bit;
    let equals = equal.iter().enumerate().map(|(index, other)| bit(text == other, index));
    let begins = starts.iter().enumerate().map(|(i, other)| bit(text.starts_with(other), i + 32));
    Some(equals.chain(begins).fold(0, |all, mark| all | mark))
}

/// Whether two texts have the same first 16 bytes: no table parts them.
fn begin_alike(texts: &[String]) -> bool {
    let first = |text: &String| text.as_bytes()[..text.len().min(16)].to_vec();
    let alike = |a: &String, b: &String| a != b && first(a) == first(b);
    texts.iter().any(|a| texts.iter().any(|b| alike(a, b)))
}

fn agrees(equal: &[String], starts: &[String], text: &str, case_sensitive: bool) {
    let equals: Vec<(&[u8], u64)> =
        equal.iter().enumerate().map(|(index, text)| (text.as_bytes(), 1 << index)).collect();
    let begins: Vec<(&[u8], u64)> = starts
        .iter()
        .enumerate()
        .map(|(index, text)| (text.as_bytes(), 1 << (index + 32)))
        .collect();
    let short = Short::new(&equals, &begins, case_sensitive);
    assert_eq!(short.is_none(), begin_alike(equal), "a table for {equal:?}");
    let Some(short) = short else { return };
    let expected = expected(equal, starts, text, case_sensitive);
    assert_eq!(short.marks(text), expected, "{text:?} {equal:?} {starts:?}");
    #[cfg(target_arch = "x86_64")]
    assert_eq!(short.clone().with_avx2().marks(text), expected, "AVX2: {text:?} {equal:?}");
    assert_eq!(short.portable().marks(text), expected, "portable: {text:?} {equal:?} {starts:?}");
}

proptest! {
    #[test]
    fn a_text_finds_what_it_is(
        equal in prop::collection::vec("[abé]{1,3}", 0..20),
        starts in prop::collection::vec("[abé]{1,3}", 0..4),
        text in "[abABÉé]{0,4}",
        case_sensitive: bool,
    ) {
        agrees(&equal, &starts, &text, case_sensitive);
    }

    #[test]
    fn texts_of_every_length_find_themselves(
        equal in prop::collection::vec("[a-zé]{1,16}", 1..32),
        text in "[a-zA-ZÀ-ÿ’ß \u{9F}]{0,36}",
        case_sensitive: bool,
    ) {
        let starts = [equal[0].clone()];
        agrees(&equal, &starts, &text, case_sensitive);
        agrees(&equal, &starts, &equal[0], case_sensitive);
        agrees(&equal, &starts, &equal[0].to_uppercase(), case_sensitive);
        agrees(&equal, &starts, &format!("{} ", equal[0]), case_sensitive);
    }
}

#[test]
fn the_longest_texts_are_told_apart_by_their_last_byte() {
    let text = "abcdefghijklmnopqrstuvwxyz012345";
    agrees(&[text.into()], &[text.into()], text, false);
    agrees(&[text.into()], &[text.into()], "abcdefghijklmnopqrstuvwxyz012346", false);
    agrees(&[text.into()], &[text.into()], "abcdefghijklmnopqrstuvwxyz0123456", false);
}

#[test]
fn what_does_not_fit_is_refused() {
    assert!(Short::new(&[(b"", 1)], &[], false).is_none());
    assert!(Short::new(&[], &[(&[b'a'; 33], 1)], false).is_none());
    let many: Vec<(&[u8], u64)> = vec![(b"a", 1); MOST + 1];
    assert!(Short::new(&many, &[], false).is_none());
    let alike: [(&[u8], u64); 2] = [(b"a text of sixteen", 1), (b"a text of sixteen and more", 2)];
    assert!(Short::new(&alike, &[], false).is_none());
    assert_eq!(Short::new(&[], &[], false).and_then(|short| short.marks("a")), Some(0));
}
