use jalon::lang::Lang;

use super::*;

#[test]
fn a_folder_is_all_its_programs_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("b")).unwrap();
    fs::write(at("b/two.jalon"), "2").unwrap();
    fs::write(at("a.jalon"), "1").unwrap();
    fs::write(at("notes.txt"), "no").unwrap();
    let texts = sources([folder.path()]).unwrap();
    let texts: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["1", "2"]);
    let named = sources([at("notes.txt"), at("a.jalon")]).unwrap();
    assert_eq!(named[0], (at("notes.txt").display().to_string(), "no".to_owned()));
}

#[test]
fn a_file_that_is_not_utf8_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("latin.jalon");
    fs::write(&path, b"module Prospects\n  Soci\xe9t\xe9 : texte\n").unwrap();
    let error = sources([&path]).unwrap_err();
    assert!(matches!(error.problem(), FileProblem::NotUtf8 { line: 2, column: 7 }), "{error:?}");
    assert!(
        error.message(Lang::Fr).ends_with(
            "latin.jalon` : ligne 2, colonne 7 : pas de l'UTF-8 ; enregistrez-le en UTF-8"
        )
    );
}

#[test]
fn missing_empty_and_huge_are_clear() {
    let folder = tempfile::tempdir().unwrap();
    let error = sources([folder.path().join("no.jalon")]).unwrap_err();
    assert!(error.message(Lang::En).ends_with("no.jalon`: not found"), "{error}");
    let error = sources([folder.path()]).unwrap_err();
    assert!(matches!(error.problem(), FileProblem::NoProgram));
    let huge = folder.path().join("huge.jalon");
    fs::File::create(&huge).unwrap().set_len(MOST_BYTES + 1).unwrap();
    let error = sources([&huge]).unwrap_err();
    assert!(error.message(Lang::En).contains("larger than 16 MiB"), "{error}");
}

#[test]
fn a_file_named_twice_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jalon");
    fs::write(&path, "1").unwrap();
    assert_eq!(sources([folder.path(), &path, &path]).unwrap().len(), 1);
}

#[test]
fn utf16_is_called_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wide.jalon");
    fs::write(&path, b"\xff\xfem\0o\0").unwrap();
    let error = sources([&path]).unwrap_err();
    assert!(error.message(Lang::Fr).ends_with("de l'UTF-16 ; enregistrez-le en UTF-8"), "{error}");
}
