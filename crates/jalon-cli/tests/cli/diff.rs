//! `jalon diff`, run as a process.

use crate::folder::Folder;
use crate::run::RULES;

const RECORDS: &str = "\
id,Nom,Email,Pays,Montant
1,Ferrand,f@exemple.fr,France,200
2,Leroy,,Monaco,1500
3,Roux,r@exemple.fr,Suisse,
";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("old.jalon", RULES);
    let new = RULES.replace("si Pays EST France", "si Pays EST Monaco");
    folder.write("new.jalon", new.replace("+30 si Montant", "+40 si Montant"));
    folder.write("records.csv", RECORDS);
    folder
}

#[test]
fn what_changes_is_told_and_exits_with_1() {
    let folder = folder();
    let ran = folder.run(&["diff", "old.jalon", "new.jalon"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    insta::assert_snapshot!("french", ran.out);
    let ran = folder.run(&["diff", "old.jalon", "new.jalon", "--lang", "en"]);
    insta::assert_snapshot!("english", ran.out);
}

#[test]
fn comments_and_spaces_are_no_difference() {
    let folder = folder();
    folder.write("new.jalon", format!("# a comment\n{}", RULES.replace("  si ", "    si   ")));
    let ran = folder.run(&["diff", "old.jalon", "new.jalon"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "aucune différence\n"));
    let ran = folder.run(&[
        "diff",
        "old.jalon",
        "new.jalon",
        "--data",
        "records.csv",
        "--format",
        "json",
    ]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "{\n  \"changes\": []\n}\n"));
}

#[test]
fn with_records_it_says_for_which_something_changes_and_by_what() {
    let folder = folder();
    let clock = ["--now", "2026-06-30T10:30", "--zone", "Europe/Paris"];
    let data = ["diff", "old.jalon", "new.jalon", "--data", "records.csv"];
    let ran = folder.run(&[&data[..], &clock].concat());
    assert_eq!(ran.code, 1, "{ran:?}");
    insta::assert_snapshot!("records", ran.out);
    let ran = folder.run(&[&data[..], &clock, &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&json["compared"], &json["changed"]), (&3.into(), &2.into()), "{}", ran.out);
    assert_eq!(json["changes"][0]["of"], "rule");
}

#[test]
fn what_is_missing_or_wrong_is_said() {
    let folder = folder();
    assert_eq!(folder.run(&["diff", "old.jalon"]).code, 2);
    assert_eq!(folder.run(&["diff", "old.jalon", "none.jalon"]).code, 2);
    let ran = folder.run(&["diff", "old.jalon", "new.jalon", "--data", "none.csv", "--now", "now"]);
    assert_eq!(ran.code, 2);
    folder.write("new.jalon", "règle \"R\" sur Prospects\n  quand\n");
    assert_eq!(folder.run(&["diff", "old.jalon", "new.jalon"]).code, 1);
}
