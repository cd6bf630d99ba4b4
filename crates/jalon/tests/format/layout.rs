//! The layout, by example.

use jalon::{Lang, format};

/// The text formatted, after checking that formatting it again changes nothing.
pub(crate) fn formatted(text: &str, lang: Option<Lang>) -> String {
    let once = format::text(text, lang).unwrap_or_else(|error| panic!("{error:?}"));
    let twice = format::text(&once, lang).unwrap_or_else(|error| panic!("{error:?}\n{once}"));
    assert_eq!(twice, once, "formatted twice");
    once
}

#[track_caller]
fn assert_formats(text: &str, expected: &str) {
    let found = formatted(text, None);
    assert!(found == expected, "found:\n{found}\nexpected:\n{expected}");
}

#[test]
fn comments_stay_where_they_are() {
    assert_formats(
        "# entête\n\n\n# doc de A\nscore A sur P   # la note\n# avant\n +25  si  Pays EST France # gros\n\n\n     # groupe deux\n +1 si (Ville EST Nice # sud\n   # ou\n   OU Ville EST Cannes )#pas un commentaire\n",
        "",
    );
}
