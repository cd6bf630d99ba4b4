//! `jalon reference`, run as a process.

use crate::folder::Folder;

#[test]
fn a_word_is_told_in_its_language() {
    let folder = Folder::new();
    let ran = folder.run(&["reference", "contains"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("contains", ran.out);
    let ran = folder.run(&["reference", "est", "vide"]);
    assert!(ran.out.contains("  opérateur\n") && ran.out.contains("exemple : "), "{ran:?}");
    assert_eq!(ran.out, folder.run(&["reference", "IS EMPTY", "--lang", "fr"]).out);
    let ran = folder.run(&["reference", "regle"]);
    assert!(ran.out.starts_with("règle\n  rule\n  Déclarations\n"), "{ran:?}");
    for (word, told) in [
        ("arrondi", "fonction"),
        ("sum of", "over related records"),
        ("business days", "unit of time"),
        ("email_opened", "event type"),
        ("checkbox", "Types"),
        ("when", "Lines of a rule"),
    ] {
        let ran = folder.run(&["reference", word]);
        assert!(ran.code == 0 && ran.out.contains(told), "{word}: {ran:?}");
    }
}

#[test]
fn without_a_word_all_are_listed_and_a_wrong_one_is_suggested() {
    let folder = Folder::new();
    let all = folder.run(&["reference", "--lang", "fr"]);
    assert!(all.out.starts_with("opérateur :\n  EST, "), "{}", all.out);
    assert!(
        all.out.contains("\n\nDéclarations :\n  langue, ") || all.out.contains("module"),
        "{}",
        all.out
    );
    for (lang, kind) in
        [("fr", "Mots qui en joignent d'autres :"), ("en", "Words that join others:")]
    {
        let ran = folder.run(&["reference", "--lang", lang]);
        let words: Vec<&str> = ran.out.split(kind).nth(1).unwrap().trim().split(", ").collect();
        let once =
            words.iter().all(|word| words.iter().filter(|other| *other == word).count() == 1);
        assert!(once && !words.contains(&"obligatoires"), "{words:?}");
    }
    let ran = folder.run(&["reference", "contans", "--lang", "en"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert!(ran.err.contains("`contans` is no word of the language; did you mean `"), "{ran:?}");
}
