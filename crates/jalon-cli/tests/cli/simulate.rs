//! `jalon simulate`, run as a process.

use crate::folder::Folder;
use crate::run::RULES;

const RECORDS: &str = "\
id,Nom,Email,Pays,Montant
1,Ferrand,f@exemple.fr,France,200
2,Leroy,,Monaco,1500
3,Roux,r@exemple.fr,Suisse,
";

const NOW: [&str; 4] = ["--now", "2026-06-30T10:30", "--zone", "Europe/Paris"];

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("old.jalon", RULES);
    let new = RULES.replace("si Pays EST France", "si Pays EST Monaco");
    folder.write("new.jalon", new.replace("+30 si Montant", "+40 si Montant"));
    folder.write("records.csv", RECORDS);
    folder
}

fn args<'a>(parts: &[&[&'a str]]) -> Vec<&'a str> {
    [&["simulate", "--old", "old.jalon", "--new", "new.jalon"], parts.concat().as_slice()].concat()
}

#[test]
fn what_changes_is_listed_with_the_rule_and_the_line_and_counted() {
    let folder = folder();
    let ran = folder.run(&args(&[&["records.csv"], &NOW]));
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("french", ran.out);
    let later = ["records.csv", "--until", "2026-07-10", "--lang", "en"];
    insta::assert_snapshot!("english", folder.run(&args(&[&later, &NOW])).out);
}

#[test]
fn exit_codes_say_what_was_asked() {
    let folder = folder();
    let fail = ["records.csv", "--fail-on-change"];
    assert_eq!(folder.run(&args(&[&fail, &NOW])).code, 1);
    folder.write("new.jalon", RULES);
    let ran = folder.run(&args(&[&fail, &NOW]));
    assert_eq!((ran.code, ran.out.as_str()), (0, "3 fiches comparées : rien ne change\n"));
    let ran = folder.run(&args(&[&["records.csv"]]));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--now 2026-06-30T09:00"), "{}", ran.err);
    let ran = folder.run(&args(&[&["records.csv", "--module", "Prospect"], &NOW]));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("vouliez-vous dire `Prospects` ?"), "{}", ran.err);
    folder.write("new.jalon", "règle \"R\" sur Prospects\n  quand\n");
    assert_eq!(folder.run(&args(&[&["records.csv"], &NOW])).code, 1);
    assert_eq!(folder.run(&["simulate", "--old", "old.jalon", "records.csv"]).code, 2);
}

#[test]
fn json_has_the_counts_first_and_as_many_as_are_asked_for() {
    let folder = folder();
    let ran = folder.run(&args(&[&["records.csv", "--format", "json", "--show", "1"], &NOW]));
    assert!(ran.out.starts_with("{\n  \"compared\": 3,\n  \"changed\": 2,"), "{}", ran.out);
    let whole: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(whole["listed"].as_array().unwrap().len(), 1);
    assert_eq!(whole["listed"][0]["row"], 2);
    assert_eq!(whole["listed"][0]["differences"][0]["rules"][0]["because"], "fires_no_more");
    assert_eq!(whole["by_rule"][0]["count"], 2);
}

#[test]
fn many_records_come_out_the_same_however_many_threads_there_are() {
    let folder = folder();
    let row = |n: usize| format!("{n},{n:01000},,{},{n}\n", ["France", "Monaco", "Suisse"][n % 3]);
    let rows: Vec<String> = (0..2_500).map(row).collect();
    folder.write("many.csv", format!("id,Nom,Email,Pays,Montant\n{}", rows.concat()));
    let run = |threads| folder.run(&args(&[&["many.csv", "--threads", threads], &NOW])).out;
    let one = run("1");
    assert_eq!(one, run("4"));
    assert!(one.contains("2\u{a0}500 fiches comparées : 2\u{a0}"), "{one}");
    assert!(one.contains("de plus ; --show N en nomme davantage"), "{one}");
    assert_eq!(one.lines().filter(|line| line.starts_with("ligne ")).count(), 20);
}

#[test]
fn json_and_parquet_are_read_as_csv_is() {
    let folder = folder();
    let csv = folder.run(&args(&[&["records.csv"], &NOW])).out;
    folder.write(
        "records.ndjson",
        "\n{\"id\": 1, \"Nom\": \"Ferrand\", \"Email\": \"f@exemple.fr\", \"Pays\": \"France\", \"Montant\": 200}\n\
         {\"id\": 2, \"Nom\": \"Leroy\", \"Pays\": \"Monaco\", \"Montant\": 1500}\n\
         {\"id\": 3, \"Nom\": \"Roux\", \"Email\": \"r@exemple.fr\", \"Pays\": \"Suisse\"}\n",
    );
    assert_eq!(folder.run(&args(&[&["records.ndjson"], &NOW])).out, csv);
    folder.run(&["match", "records.csv", "--criterion", "Nom N'EST PAS VIDE", "-o", "r.parquet"]);
    let parquet = folder.run(&args(&[&["r.parquet"], &NOW])).out;
    assert_eq!(parquet.replace("ligne 2", "ligne 3").replace("ligne 1", "ligne 2"), csv);
    folder.write("no_id.csv", "Nom,Pays\nA,France\n");
    let ran = folder.run(&args(&[&["no_id.csv"], &NOW]));
    assert!(ran.out.starts_with("ligne 2 · Prospects 2\n"), "{ran:?}");
    let updated = folder.run(&args(&[&["records.csv", "--as", "updated"], &NOW]));
    assert!(!updated.out.contains("tâche") && updated.out.contains("Scorex"), "{}", updated.out);
}

#[test]
fn events_are_settled_in_order_by_both_programs() {
    let folder = folder();
    folder.write(
        "events.ndjson",
        "{\"id\": \"e1\", \"type\": \"created\", \"now\": \"2026-06-30T10:30\", \"record\": {\"id\": 1, \"Pays\": \"France\"}}\n\
         {\"id\": \"e2\", \"type\": \"created\", \"now\": \"2026-06-30T10:40\", \"record\": {\"id\": 2, \"Pays\": \"Suisse\"}}\n\
         {\"id\": \"e3\", \"type\": \"created\", \"now\": \"2026-07-08T10:40\", \"record\": {\"id\": 3}}\n",
    );
    let events = ["events.ndjson", "--events", "--zone", "Europe/Paris"];
    let ran = folder.run(&args(&[&events]));
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("events", ran.out);
    folder.write("bad.ndjson", "{\"id\": \"e1\", \"type\": \"creatd\"}\n");
    let ran = folder.run(&args(&[&["bad.ndjson", "--events", "--lang", "en"]]));
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("`bad.ndjson`, line 1: unknown event type `creatd`"), "{}", ran.err);
}
