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

#[test]
fn a_code_is_told_in_both_languages() {
    let folder = Folder::new();
    let ran = folder.run(&["check", "--explain", "w0840"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("warning[W0840]: this line gives zero points\n"), "{ran:?}");
    assert!(ran.out.contains("+0 if Country IS Monaco"), "{ran:?}");
    let ran = folder.run(&["check", "--explain", "W0840", "--lang", "fr"]);
    assert!(ran.out.contains("+0 si Pays EST Monaco"), "{ran:?}");
    let ran = folder.run(&["check", "--explain", "E0203"]);
    assert!(ran.out.starts_with("error[E0203]: unknown field `…`\n"), "{ran:?}");
    let ran = folder.run(&["check", "--explain", "W084"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("did you mean `W0"), "{ran:?}");
    let ran = folder.run(&["check", "--explain", "W0840", "leads.jalon"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(folder.run(&["check"]).code, 2);
}

#[test]
fn what_a_comment_ignores_is_no_finding() {
    let folder = Folder::new();
    let program = "score S\n  +0 si Nom EST VIDE\n";
    folder.write("nothing.jalon", program);
    assert_eq!(folder.run(&["check", "nothing.jalon"]).code, 1);
    folder.write("nothing.jalon", &format!("# jalon: ignorer W0840, N0202\n{program}"));
    let ran = folder.run(&["check", "nothing.jalon"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "1 fichier : rien à redire\n"), "{ran:?}");
}
