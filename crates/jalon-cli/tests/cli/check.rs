//! `jalon check`, run as a process.

use crate::folder::Folder;

const BAD: &str = "\
module Prospects
  Ville : texte
  Montant : devise

score S sur Prospects
  +10 si Vile EST Nice
  +20 si Montant > beaucoup

score T sur Prospects
  +5 si Ville EST Nice
";

#[test]
fn a_sound_program_is_said_so() {
    let folder = Folder::new();
    let ran = folder.run(&["check", "leads.jalon"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "1 fichier : rien à redire\n"), "{ran:?}");
}

#[test]
fn findings_exit_1_with_all_of_them() {
    let folder = Folder::new();
    folder.write("bad.jalon", BAD);
    let ran = folder.run(&["check", "bad.jalon"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    insta::assert_snapshot!("french", ran.out);
    let ran = folder.run(&["check", "bad.jalon", "--lang", "en"]);
    insta::assert_snapshot!("english", ran.out);
}

#[test]
fn json_gives_places_and_fixes() {
    let folder = Folder::new();
    folder.write("bad.jalon", BAD);
    let ran = folder.run(&["check", "bad.jalon", "--format", "json", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    let list: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let first = &list[0];
    assert_eq!(first["file"], "bad.jalon");
    assert_eq!((&first["line"], &first["column"]), (&6.into(), &10.into()), "{first}");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["fixes"][0]["edits"][0]["text"], "Ville", "{first}");
    assert_eq!(first["fixes"][0]["edits"][0]["end_column"], 14, "{first}");
    let ran = folder.run(&["check", "leads.jalon", "--format", "json"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "[]\n"));
}

#[test]
fn a_folder_is_one_program() {
    let folder = Folder::new();
    folder.write("rules/a.jalon", "module M\n  A : texte\n");
    folder.write("rules/sub/b.jalon", "score S sur M\n  +1 si A EST x\n");
    let ran = folder.run(&["check", "rules", "--lang", "en"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "2 files: nothing to report\n"), "{ran:?}");
}

#[test]
fn files_that_cannot_be_read_exit_2() {
    let folder = Folder::new();
    folder.write("latin.jalon", b"# \xe9\n");
    folder.write("empty/readme.txt", "");
    for (file, why) in [
        ("no.jalon", "not found"),
        ("latin.jalon", "line 1, column 3: not UTF-8"),
        ("empty", "no `.jalon` file"),
    ] {
        let ran = folder.run(&["check", file, "--lang", "en"]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(why), "{}", ran.err);
    }
}

#[test]
fn a_line_without_end_is_not_printed_whole() {
    let folder = Folder::new();
    folder.write("long.jalon", "é".repeat(1 << 20));
    let ran = folder.run(&["check", "long.jalon", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("E0104") && ran.out.len() < 10_000, "{} bytes", ran.out.len());
}
