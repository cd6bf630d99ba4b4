//! `jalon match`, run as a process.

use crate::folder::Folder;

#[test]
fn count_prints_the_number_and_nothing_else() {
    let folder = Folder::new();
    let ran = folder.run(&[
        "match",
        "leads.jalon",
        "leads.csv",
        "--criterion",
        "Ville CONTIENT monaco",
        "--count",
    ]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "2\n", ""));
}

#[test]
fn matching_rows_are_written_as_they_were() {
    let folder = Folder::new();
    let ran = folder.run(&["match", "leads.jalon", "leads.csv", "--rule", "CM5 : PROSPECT MONACO"]);
    let expected: Vec<&str> = crate::folder::LEADS.lines().collect();
    let kept: Vec<&str> = ran.out.lines().collect();
    assert_eq!(kept, [expected[0], expected[2], expected[3]]);
    assert!(ran.err.contains("2 lignes sur 4 (50,0 %)"), "{}", ran.err);
    let ran = folder.run(&[
        "match",
        "leads.jalon",
        "leads.csv",
        "--rule",
        "cm5 : prospect monaco",
        "-o",
        "out.ndjson",
        "--lang",
        "en",
    ]);
    assert!(ran.err.contains("2 rows of 4 (50.0%)"), "{}", ran.err);
    assert_eq!(folder.read("out.ndjson").lines().count(), 2);
}

#[test]
fn a_criterion_needs_no_program() {
    let folder = Folder::new();
    let ran = folder.run(&["match", "leads.csv", "--criterion", "Montant > 1000", "--count"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "2\n"), "{ran:?}");
    folder.write("leads.ndjson", "{\"Ville\": \"Nice\"}\n{\"Ville\": \"Paris\"}\n");
    let ran = folder.run(&["match", "leads.ndjson", "--criterion", "Ville IS nice"]);
    assert_eq!(ran.out, "{\"Ville\": \"Nice\"}\n");
}

#[test]
fn a_criterion_with_errors_exits_1_with_its_rendering() {
    let folder = Folder::new();
    for args in [
        &["match", "leads.csv", "--count", "--lang", "fr"][..],
        &["match", "leads.jalon", "leads.csv", "--count"][..],
    ] {
        let criterion = ["--criterion", "Ville EST Nice ET Ville EST Paris OU Ville EST Lyon"];
        let ran = folder.run(&[args, &criterion[..]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
        assert!(ran.err.contains("erreur[E"), "{}", ran.err);
    }
    let unknown = ["match", "leads.jalon", "leads.csv", "--criterion", "Vile EST Nice"];
    let ran = folder.run(&unknown);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("Ville"), "{}", ran.err);
}

#[test]
fn the_clock_is_asked_for() {
    let folder = Folder::new();
    let criterion = ["--criterion", "Dernier contact DANS LES 7 DERNIERS jours", "--count"];
    let args = [&["match", "leads.jalon", "leads.csv"], &criterion[..]].concat();
    let ran = folder.run(&args);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--now"), "{}", ran.err);
    let ran = folder.run(&[&args[..], &["--now", "2026-06-30"]].concat());
    assert_eq!(ran.out, "1\n", "{ran:?}");
}

#[test]
fn what_is_missing_or_unknown_exits_2() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["match", "leads.csv"]).code, 2);
    let ran = folder.run(&["match", "leads.jalon", "leads.csv", "--rule", "CM6"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("CM6"), "{}", ran.err);
    let ran = folder.run(&["match", "no.csv", "--criterion", "a EST b", "--lang", "en"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "error: `no.csv`: not found\n"));
}

#[test]
fn a_bad_value_is_named_and_does_not_match() {
    let folder = Folder::new();
    folder.write("bad.csv", "Montant\nbeaucoup\n5000\n");
    let ran = folder.run(&[
        "match",
        "leads.jalon",
        "bad.csv",
        "--criterion",
        "Montant > 1000",
        "--count",
    ]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "1\n"));
    assert!(ran.err.contains("ligne 2") && ran.err.contains("`beaucoup`"), "{}", ran.err);
}

#[test]
fn several_modules_are_chosen_from() {
    let folder = Folder::new();
    folder.write("two.jalon", "module A\n  Nom : texte\nmodule B\n  Nom : texte\n");
    let args = ["match", "two.jalon", "leads.csv", "--criterion", "Nom EST Leroy", "--count"];
    let ran = folder.run(&args);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("`A`, `B`") && ran.err.contains("--module"), "{}", ran.err);
    let ran = folder.run(&[&args[..], &["--module", "b"]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (0, "1\n"), "{ran:?}");
}

#[test]
fn a_field_without_a_column_is_named_with_the_column_perhaps_meant() {
    let folder = Folder::new();
    let match_count = |criterion: &str, lang: &str| {
        folder.run(&["match", "leads.csv", "--criterion", criterion, "--count", "--lang", lang])
    };
    let ran = match_count("Vile EST Nice", "fr");
    assert_eq!((ran.code, ran.out.as_str()), (0, "0\n"));
    let said = "sans colonne dans les données, donc vide : `Vile` (vouliez-vous dire `Ville` ?)\n";
    assert_eq!(ran.err, said);
    folder.write("leads.ndjson", "{\"Ville\": \"Nice\"}\n{\"Pays\": \"France\"}\n");
    let criterion = ["--criterion", "Pays EST France OU Vile EST Nice", "--count", "--lang", "fr"];
    let ran = folder.run(&[&["match", "leads.ndjson"], &criterion[..]].concat());
    let said = "absent de toutes les fiches, donc vide : `Vile` (vouliez-vous dire `Ville` ?)\n";
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("1\n", said));
    let ran = match_count("Zut IS EMPTY", "en");
    assert_eq!((ran.out.as_str(), ran.err.lines().count()), ("4\n", 1), "{ran:?}");
}

#[test]
fn a_program_in_the_place_of_data_is_told() {
    let folder = Folder::new();
    for args in [
        &["score", "leads.csv", "leads.jalon"][..],
        &["match", "leads.jalon", "--criterion", "Ville EST Nice"],
        &["explain", "leads.jalon"],
    ] {
        let ran = folder.run(&[args, &["--lang", "en"]].concat());
        let said = "error: `leads.jalon` is a program; the data comes last\n";
        assert_eq!((ran.code, ran.err.as_str()), (2, said));
    }
}
