//! `jalon say`, run as a process.

use crate::folder::Folder;

const PROGRAM: &str = "\
module Prospects
  Nom     : texte
  Pays    : liste France, Monaco
  Montant : nombre

règle Relance sur Prospects
  quand créé
  si Pays EST France, Monaco ET Montant > 1000
  alors
    Nom : vide

score Intérêt sur Prospects
  +10 si Nom N'EST PAS VIDE
";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("regles.jalon", PROGRAM);
    folder
}

#[test]
fn a_program_says_all_of_itself_and_one_of_its_parts() {
    let folder = folder();
    let ran = folder.run(&["say", "regles.jalon"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("program", ran.out);
    let ran = folder.run(&["say", "regles.jalon", "--rule", "relance", "--lang", "en"]);
    assert_eq!(
        ran.out,
        "When a record of Prospects is created, if Pays is France or Monaco, and Montant is greater \
         than 1000, then, every time:\n  – Nom becomes empty\n"
    );
    let ran = folder.run(&["say", "regles.jalon", "--score", "Intérêt"]);
    assert!(ran.out.starts_with("Le score Intérêt d'une fiche de Prospects"), "{}", ran.out);
}

#[test]
fn a_criterion_needs_no_program() {
    let folder = folder();
    let ran = folder.run(&["say", "--criterion", "Pays EST France OU Montant < 3"]);
    assert_eq!(ran.out, "Pays est France, ou Montant est en dessous de 3\n", "{ran:?}");
    let ran = folder.run(&["say", "--criterion", "Country IS France", "--format", "json"]);
    assert_eq!(ran.out, "{\n  \"text\": \"Country is France\"\n}\n");
    let ran = folder.run(&["say", "regles.jalon", "--criterion", "Montant > 5", "--lang", "en"]);
    assert_eq!(ran.out, "Montant is greater than 5\n");
}

#[test]
fn what_is_not_there_is_refused_with_a_way_out() {
    let folder = folder();
    let ran = folder.run(&["say", "regles.jalon", "--rule", "Relanse"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("Relance"), "{}", ran.err);
    assert_eq!(folder.run(&["say"]).code, 2);
    assert_eq!(folder.run(&["say", "--criterion", "Pays EST"]).code, 1);
    assert_eq!(folder.run(&["say", "regles.jalon", "--rule", "a", "--score", "b"]).code, 2);
    let json = folder.run(&["say", "regles.jalon", "--format", "json"]);
    assert!(json.out.contains("\"kind\": \"rule\""), "{}", json.out);
}
