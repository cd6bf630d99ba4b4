#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

const PLAIN: TextMode = TextMode { case_sensitive: false, ignoring_accents: false };
const CASE: TextMode = TextMode { case_sensitive: true, ignoring_accents: false };
const NO_ACCENTS: TextMode = TextMode { case_sensitive: false, ignoring_accents: true };
const BOTH: TextMode = TextMode { case_sensitive: true, ignoring_accents: true };

const CASE_FOLDING: &str = include_str!("../../../tests/data/unicode/CaseFolding.txt");
const NORMALIZATION: &str = include_str!("../../../tests/data/unicode/NormalizationTest.txt");

/// The lines of a Unicode data file, each split at `;`.
fn lines(data: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = data.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split(';').map(str::trim).collect())
}

fn text(code_points: &str) -> String {
    code_points
        .split(' ')
        .map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap())
        .collect()
}

#[test]
fn every_full_case_folding_holds() {
    let folds: Vec<_> = lines(CASE_FOLDING)
        .map(|line| (text(line[0]), line[1].to_owned(), text(line[2])))
        .collect();
    assert_eq!(folds.len(), 1530);
    for (from, _, to) in folds {
        let normal: String = to.nfc().collect();
        assert_eq!(fold(&from, PLAIN), normal, "{from}");
        assert!(eq_folded(&from, &to, PLAIN), "{from}");
        assert!(folds_to(&from, &normal, PLAIN), "{from}");
        let unfolded: String = from.nfc().collect();
        assert_eq!(fold(&from, CASE), unfolded, "{from}");
    }
}

#[test]
fn canonically_equivalent_texts_are_equal_in_every_mode() {
    let mut count = 0;
    for line in lines(NORMALIZATION) {
        count += 1;
        let [source, nfc, nfd] = [0, 1, 2].map(|column| text(line[column]));
        for mode in [PLAIN, CASE, NO_ACCENTS, BOTH] {
            assert_eq!(fold(&source, mode), fold(&nfc, mode), "{source}");
            assert_eq!(fold(&source, mode), fold(&nfd, mode), "{source}");
        }
        // NFC with spaces unified is all that a strict comparison changes.
        let unified: String = nfc.chars().map(unify).collect();
        assert_eq!(fold(&source, CASE), unified, "{source}");
    }
    assert_eq!(count, 4407);
}

#[test]
fn french_typography_does_not_count() {
    let cases = [
        ("L’Étoile", "l'étoile"),
        ("Étoile", "étoile"),
        ("1\u{202F}000\u{A0}€", "1 000 €"),
        ("a\tb\u{2009}c\u{3000}d", "a b c d"),
        ("  Deux  espaces ", "  deux  espaces "),
        ("ŒUVRE", "œuvre"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ẞ", "ss"),
        ("ΣΑΣ", "σασ"),
        ("ﬁn", "fin"),
        ("İ", "i\u{307}"),
        ("I", "i"),
        ("ǅ", "ǆ"),
        ("\u{1E9B}\u{323}", "\u{1E69}"),
        ("한글", "한글"),
        ("😀 OK", "😀 ok"),
    ];
    for (from, to) in cases {
        assert_eq!(fold(from, PLAIN), to);
    }
    assert!(!eq_folded("Éze", "Eze", PLAIN));
    assert!(!eq_folded("a b", "ab", PLAIN));
    assert!(!eq_folded("a  b", "a b", PLAIN));
}

#[test]
fn accents_and_case_follow_the_mode() {
    assert_eq!(fold("Œuvre d’ÉTÉ, Ægir, Noël, ǰ", NO_ACCENTS), "oeuvre d'ete, aegir, noel, j");
    assert_eq!(fold("Œuvre d’ÉTÉ, Ægir", BOTH), "OEuvre d'ETE, AEgir");
    assert_eq!(fold("E\u{301}te\u{301}", CASE), "Été");
    assert_eq!(fold("Mañana ø ł", NO_ACCENTS), "manana ø ł");
    assert_eq!(fold("각", NO_ACCENTS), "각");
    assert!(!eq_folded("Nice", "nice", CASE));
}

#[test]
fn names_compare_as_text() {
    assert!(same_name("Secteur d’activité", "secteur d'ACTIVITÉ"));
    assert!(same_name("Secteur d'activite\u{301}", "Secteur d'activité"));
    assert!(!same_name("Secteur", "Secteurs"));
    assert!(folds_to("E\u{301}tape", "étape", PLAIN));
    assert!(!folds_to("E\u{301}tape", "etape", PLAIN));
    assert!(!folds_to("étape suivante", "étape", PLAIN));
    assert!(!folds_to("étape", "étape suivante", PLAIN));
}

#[test]
fn near_misses_are_named() {
    let equal =
        |a: &'static str, b: &'static str, mode| near_miss(mode, move |fold| fold(a) == fold(b));
    assert_eq!(equal("Nice", "NICE", CASE), Some(NearMiss::Case));
    assert_eq!(equal("Nice", "NICE", PLAIN), None);
    assert_eq!(equal("Éze", "eze", PLAIN), Some(NearMiss::Accents));
    assert_eq!(equal("Éze", "eze", NO_ACCENTS), None);
    assert_eq!(equal(" Nice\u{A0}", "nice", PLAIN), Some(NearMiss::OuterSpaces));
    assert_eq!(equal("Nice", "Cannes", PLAIN), None);
    let starts = near_miss(PLAIN, |fold| fold(" Nice").starts_with(&fold("ni")));
    assert_eq!(starts, Some(NearMiss::OuterSpaces));
    let not_equal = near_miss(CASE, |fold| fold("Nice") != fold("NICE"));
    assert_eq!(not_equal, Some(NearMiss::Case));
}

fn any_mode() -> impl Strategy<Value = TextMode> {
    (any::<bool>(), any::<bool>()).prop_map(|(case_sensitive, ignoring_accents)| TextMode {
        case_sensitive,
        ignoring_accents,
    })
}

/// Texts of letters that fold, combine and expand, as well as any others.
fn any_text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        'A',
        'é',
        'É',
        '\u{301}',
        '\u{345}',
        '\u{323}',
        'ß',
        'İ',
        'ǰ',
        'Œ',
        '’',
        '\u{A0}',
        'ᾈ',
        'ΐ',
        'ﬁ',
        'K',
        ' ',
        '\t',
        '€',
        '\u{200B}',
        '각',
        'Я',
        '\u{1D15E}',
    ]);
    prop::collection::vec(prop_oneof![3 => odd, 1 => any::<char>()], 0..12)
        .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn folding_is_idempotent(text in any_text(), mode in any_mode()) {
        let once = fold(&text, mode).into_owned();
        prop_assert_eq!(fold(&once, mode), once.as_str());
    }

    #[test]
    fn the_three_paths_agree(text in any_text(), other in any_text(), mode in any_mode()) {
        let mut reference = String::new();
        fold_any(&text, mode, &mut reference);
        prop_assert_eq!(fold(&text, mode), reference.as_str());
        prop_assert!(folds_to(&text, &reference, mode));
        let same = fold(&other, mode) == reference;
        prop_assert_eq!(folds_to(&other, &reference, mode), same);
        prop_assert_eq!(eq_folded(&text, &other, mode), same);
    }

    #[test]
    fn short_texts_agree_too(text in "[a-cA-Cé É\u{301}]{0,4}", other in "[a-cA-Cé É\u{301}]{0,4}") {
        let folded = fold(&text, PLAIN).into_owned();
        prop_assert_eq!(folds_to(&other, &folded, PLAIN), fold(&other, PLAIN) == folded);
    }
}
