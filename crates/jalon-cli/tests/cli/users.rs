//! `--users USERS.json`, run as a process.

use serde_json::Value as Json;

use crate::folder::{Folder, Ran};

const RULES: &str = "\
module Prospects
  Nom          : texte
  Propriétaire : utilisateur

règle \"Accueil\" sur Prospects
  quand créé
  alors
    e-mail \"Nouveau prospect\" à rôle Commercial, Propriétaire
    affecter à rôle Directrice

test \"la directrice est chargée\" sur Prospects
  avec
    Nom : Ferrand
  attendu affecter \"Alice\"
";

const EVENTS: &str = r#"{"id": "e1", "type": "created", "module": "Prospects", "record": {"id": 1, "Nom": "Ferrand", "Propriétaire": "alice"}}
"#;

const USERS: &str = r#"[
  {"name": "Alice", "email": "alice@exemple.fr", "roles": ["Directrice"]},
  {"name": "Bruno", "roles": ["Commercial"]}
]
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("regles.jalon", RULES);
    folder.write("events.ndjson", EVENTS);
    folder.write("users.json", format!("\u{feff}{USERS}"));
    folder
}

fn run(folder: &Folder, more: &[&str]) -> Ran {
    folder.run(&[&["run", "regles.jalon", "events.ndjson"], more].concat())
}

#[test]
fn effects_name_the_users_of_the_file() {
    let folder = folder();
    let effects = |ran: &Ran| {
        let decision: Json = serde_json::from_str(&ran.out).unwrap();
        let effects = decision["effects"].as_array().unwrap().clone();
        effects.iter().map(|effect| effect["to"].to_string()).collect::<Vec<_>>()
    };
    let ran = run(&folder, &["--users", "users.json"]);
    assert_eq!(effects(&ran), [r#"["Bruno","alice@exemple.fr"]"#, r#""Alice""#], "{ran:?}");
    let ran = run(&folder, &[]);
    assert_eq!(effects(&ran), [r#"["role:Commercial","alice"]"#, r#""role:Directrice""#]);
    folder.write("users.json", r#"[{"name": "Bruno"}]"#);
    let ran = run(&folder, &["--users", "users.json", "--format", "text"]);
    let told =
        "⚠ « Accueil » : « affecter à rôle Directrice » n'est pas fait : personne n'est désigné";
    assert!(ran.out.contains(told), "{}", ran.out);
}

#[test]
fn tests_and_simulations_know_them_too() {
    let folder = folder();
    assert_eq!(folder.run(&["test", "regles.jalon"]).code, 1);
    let ran = folder.run(&["test", "regles.jalon", "--users", "users.json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    folder.write("new.jalon", RULES.replace("affecter à rôle Directrice", "affecter à Alice"));
    let simulate =
        ["simulate", "--old", "regles.jalon", "--new", "new.jalon", "events.ndjson", "--events"];
    let changes = |more: &[&str]| {
        folder.run(&[&simulate, ["--fail-on-change"].as_slice(), more].concat()).code
    };
    assert_eq!((changes(&[]), changes(&["--users", "users.json"])), (1, 0));
}

#[test]
fn what_is_wrong_with_the_file_is_said_with_its_place() {
    let folder = folder();
    for (text, fr, en) in [
        (
            "[{\"name\": \"Alice\"},\n {\"name\" \"Bruno\"}]",
            "pas du JSON à la ligne 2, colonne 10",
            "not JSON at line 2, column 10",
        ),
        (
            "[{\"name\": \"Alice\"}, {\"name\": \"Bruno\", \"rôles\": []}]",
            "utilisateur 2 `Bruno` : clé inconnue `rôles` ; vouliez-vous dire `roles` ?",
            "user 2 `Bruno`: unknown key `rôles`; did you mean `roles`?",
        ),
        ("{}", "les utilisateurs sont une liste", "users are a list"),
    ] {
        folder.write("users.json", text);
        let ran = run(&folder, &["--users", "users.json"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.starts_with(&format!("erreur : `users.json` : {fr}")), "{}", ran.err);
        let ran = run(&folder, &["--users", "users.json", "--lang", "en"]);
        assert!(ran.err.starts_with(&format!("error: `users.json`: {en}")), "{}", ran.err);
    }
    let ran = run(&folder, &["--users", "nobody.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nobody.json"), "{}", ran.err);
}

#[test]
fn a_name_that_no_user_has_is_told_with_the_one_that_may_be_meant() {
    let folder = folder();
    folder.write("regles.jalon", RULES.replace("à rôle Directrice", "à Alise"));
    let told = "avertissement[W0870]: `Alise` n'est aucun des utilisateurs";
    let check = folder.run(&["check", "regles.jalon", "--users", "users.json"]);
    assert!(
        check.out.contains(told) && check.out.contains("vouliez-vous dire `Alice` ?"),
        "{check:?}"
    );
    assert_eq!(check.code, 1, "{check:?}");
    let ran = run(&folder, &["--users", "users.json"]);
    assert!(ran.err.contains(told) && ran.code == 0, "{ran:?}");
    for quiet in [folder.run(&["check", "regles.jalon"]), run(&folder, &[])] {
        assert!(!(quiet.out + &quiet.err).contains("W0870"));
    }
}
