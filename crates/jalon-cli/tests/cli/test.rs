//! `jalon test`, run as a process.

use crate::folder::Folder;
use crate::run::RULES;

/// Two tests that pass.
const GOOD: &str = "
test \"un Monégasque\" sur Prospects
  le 2026-06-30 à 10h30
  avec
    Pays : Principauté de Monaco
    Montant : 2000
  attendu règle \"CM5 : PROSPECT MONACO\" se déclenche
  attendu Pays = Monaco
  attendu score Scorex = 30

test \"un Français relancé\" sur Prospects
  le 2026-06-30 à 10h30
  avec
    Nom : Ferrand
    Pays : France
  attendu tâche \"Appeler Ferrand\"
  attendu règle \"CM5 : PROSPECT MONACO\" ne se déclenche pas
  puis le 2026-07-03 à 10h30
  attendu tâche \"Relancer Ferrand\"
  attendu Statut = relancé
";

/// One that fails in every way.
const BAD: &str = "
test \"rien ne va\" sur Prospects
  le 2026-06-30 à 10h30
  avec
    Nom : Leroy
    Pays : principauté de Monaco
    Adresse e-mail : l@exemple.fr
    Date Prochain Push : 2026-07-02
  attendu règle \"Relance\" se déclenche
  attendu règle \"CM5 : PROSPECT MONACO\" ne se déclenche pas
  attendu Statut = à appeler
  attendu Date Prochain Push DANS LES 7 DERNIERS jours
  attendu score Scorex = 50
  attendu tâche \"Appeler Leroy\"
  attendu minuterie \"Relance\"
  attendu refus
";

fn folder(tests: &str) -> Folder {
    let folder = Folder::new();
    folder.write("regles.jalon", format!("{RULES}{tests}"));
    folder
}

#[test]
fn tests_that_pass_exit_0_whatever_they_leave_uncovered() {
    let folder = folder(GOOD);
    let ran = folder.run(&["test", "regles.jalon"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    insta::assert_snapshot!("passed", ran.out);
}

#[test]
fn a_failed_expectation_is_shown_beside_what_was_found_in_both_languages() {
    let folder = folder(&format!("{GOOD}{BAD}"));
    let paris = ["test", "regles.jalon", "--zone", "Europe/Paris"];
    let ran = folder.run(&paris);
    assert_eq!(ran.code, 1, "{ran:?}");
    insta::assert_snapshot!("failed_french", ran.out);
    let ran = folder.run(&[&paris[..], &["--lang", "en"]].concat());
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("failed_english", ran.out);
}

#[test]
fn json_has_the_totals_first_and_a_place_for_everything() {
    let folder = folder(&format!("{GOOD}{BAD}"));
    let ran = folder.run(&["test", "regles.jalon", "--format", "json"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("{\n  \"total\": 3,\n  \"passed\": 2,\n  \"failed\": 1,"));
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["tests"][2]["passed"], false);
    assert_eq!(report["tests"][2]["failures"][0]["found"]["kind"], "rule");
    assert_eq!(report["tests"][2]["failures"][0]["at"], "regles.jalon:71");
    assert_eq!(report["coverage"][0]["at"], "regles.jalon:16");
    assert_eq!(report["criteria"], report["coverage"].as_array().unwrap().len());
}

#[test]
fn some_tests_are_chosen_by_name_and_none_is_said() {
    let folder = folder(&format!("{GOOD}{BAD}"));
    let ran = folder.run(&["test", "regles.jalon", "--only", "MONÉGASQUE"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "✓ un Monégasque\n\n1 test : aucun échec\n"));
    let ran = folder.run(&["test", "regles.jalon", "--only", "zzz"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("aucun test n'a `zzz` dans son nom (le programme a 3 tests)"));
    folder.write("none.jalon", RULES);
    let ran = folder.run(&["test", "none.jalon"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "le programme n'a aucun test\n"));
    folder.write("empty.jalon", "");
    let ran = folder.run(&["test", "empty.jalon"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "the program has no tests\n"));
}

#[test]
fn only_errors_of_the_program_and_failures_exit_1() {
    // A warning: a field in braces, as old tables write them.
    let doubtful = "\nrègle \"V\" sur Prospects\n  quand supprimé\n  alors\n    tâche \"Voir {Prospects.Nom}\"\n";
    let folder = folder(&format!("{GOOD}{doubtful}"));
    assert_eq!(folder.run(&["check", "regles.jalon"]).code, 1);
    assert_eq!(folder.run(&["test", "regles.jalon"]).code, 0);
    folder.write("wrong.jalon", "test \"x\" sur Prospects\n  attendu bidule\n");
    assert_eq!(folder.run(&["test", "wrong.jalon"]).code, 1);
    assert_eq!(folder.run(&["test", "nowhere.jalon"]).code, 2);
}
