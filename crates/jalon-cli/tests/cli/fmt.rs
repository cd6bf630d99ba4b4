//! `jalon fmt`, run as a process.

use crate::folder::Folder;

const UNTIDY: &str = "score  S\n +5 si Pays EST France # note\n";
const TIDY: &str = "score S\n  +5 si Pays EST France  # note\n";

#[test]
fn files_are_rewritten_in_place_and_only_those_that_change() {
    let folder = Folder::new();
    folder.write("a.jalon", UNTIDY);
    folder.write("b.jalon", "constante B : x\n");
    let ran = folder.run(&["fmt", "a.jalon", "b.jalon"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.out, "a.jalon : mis en forme\n2 fichiers : 1 mis en forme\n");
    assert_eq!(folder.read("a.jalon"), TIDY);
    let ran = folder.run(&["fmt", "a.jalon", "b.jalon"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "2 fichiers : rien à changer\n"));
}

#[test]
fn check_writes_nothing_and_shows_what_would_change() {
    let folder = Folder::new();
    folder.write("a.jalon", UNTIDY);
    let ran = folder.run(&["fmt", "--check", "a.jalon"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    insta::assert_snapshot!("check", ran.out);
    assert_eq!(folder.read("a.jalon"), UNTIDY);
    folder.write("a.jalon", TIDY);
    assert_eq!(folder.run(&["fmt", "--check", "a.jalon"]).code, 0);
}

#[test]
fn a_language_translates_and_says_what_it_cannot() {
    let folder = Folder::new();
    folder.write("a.jalon", format!("{TIDY}\naffectation \"A\" sur P\n  Alice\n"));
    let ran = folder.run(&["fmt", "a.jalon", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.err, "a.jalon:4:1: note: kept as written: affectation \"A\" sur P\n");
    assert!(
        folder.read("a.jalon").starts_with("score S\n  +5 if Pays IS France  # note\n\naffect")
    );
}

#[test]
fn a_file_with_a_syntax_error_is_left_and_the_others_are_formatted() {
    let folder = Folder::new();
    folder.write("bad.jalon", "score  T\n  +1 si (A EST b\n");
    folder.write("good.jalon", UNTIDY);
    let ran = folder.run(&["fmt", "bad.jalon", "good.jalon"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("bad.jalon:2"), "{}", ran.err);
    assert_eq!(folder.read("bad.jalon"), "score  T\n  +1 si (A EST b\n");
    assert_eq!(folder.read("good.jalon"), TIDY);
    assert!(ran.out.ends_with("2 fichiers : 1 mis en forme, 1 laissé pour ses erreurs\n"));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new();
    let ran = folder.run_with(&["fmt", "-"], UNTIDY);
    assert_eq!((ran.code, ran.out.as_str()), (0, TIDY));
    let ran = folder.run_with(&["fmt", "-"], "score S\n  +1 si (A EST b\n");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("E0"), "{}", ran.err);
    let ran = folder.run(&["fmt", "-", "leads.jalon"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}
