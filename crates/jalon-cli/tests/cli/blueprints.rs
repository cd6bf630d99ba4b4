//! The processes of `examples/blueprints`, as their README says to run them, and `jalon blueprint
//! show`.

use std::path::Path;
use std::process::Command;

use crate::folder::Folder;

/// Runs the command at the root of the repository: what it exits with and what it prints.
fn jalon(arguments: &[&str]) -> (Option<i32>, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    let ran = command.current_dir(root).args(arguments).output().unwrap();
    (ran.status.code(), String::from_utf8(ran.stdout).unwrap())
}

const STORY: &[&str] = &[
    "run",
    "examples/blueprints",
    "examples/blueprints/events.ndjson",
    "--users",
    "examples/blueprints/users.json",
    "--until",
    "2026-11-16",
];

#[test]
fn there_is_nothing_to_say_and_every_test_passes() {
    let (code, out) = jalon(&["check", "examples/blueprints"]);
    assert_eq!(code, Some(0), "{out}");
    let (code, out) = jalon(&["test", "examples/blueprints"]);
    assert_eq!(code, Some(0), "{out}");
    insta::assert_snapshot!("test", out);
}

#[test]
fn the_story_tells_entries_moves_refusals_and_deadlines() {
    let run = |more: &[&str]| {
        let (code, out) = jalon(&[STORY, more].concat());
        assert_eq!(code, Some(0), "{out}");
        out
    };
    insta::assert_snapshot!("story", run(&["--format", "text"]));
    insta::assert_snapshot!("story_english", run(&["--format", "text", "--lang", "en"]));
    assert_eq!(run(&["--format", "json"]).lines().count(), 27);
}

#[test]
fn a_record_is_shown_with_what_it_is_offered_and_why_not_the_rest() {
    let folder = Folder::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/blueprints");
    let rules = root.display().to_string();
    let users = root.join("users.json").display().to_string();
    folder.write(
        "deal.json",
        r#"{"id": "A1", "Nom": "Ferrand", "Étape": "Démonstration du produit"}"#,
    );
    let show = |record: &str, more: &[&str]| {
        let args = ["blueprint", "show", &rules, record, "--module", "Affaires", "--users", &users];
        folder.run(&[&args[..], &["--now", "2026-10-15T10:00"], more].concat())
    };
    let bruno = show("deal.json", &["--by", "Bruno"]);
    assert_eq!((bruno.code, bruno.err.as_str()), (0, ""));
    insta::assert_snapshot!("show", bruno.out);
    // Where the story left it, with Chantal's draft.
    let events = std::fs::read_to_string(root.join("events.ndjson")).unwrap();
    let until_draft: Vec<&str> = events.lines().take(8).collect();
    folder.write("events.ndjson", until_draft.join("\n"));
    let ran = folder.run(&["run", &rules, "events.ndjson", "--state", "state.json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    folder.write("id.json", r#"{"id": "A1"}"#);
    let state = ["--state", "state.json", "--lang", "en", "--by", "Chantal"];
    insta::assert_snapshot!("show_english", show("id.json", &state).out);
    let json = show("id.json", &[&state[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["offers"][0]["offered"], true, "{json}");
    assert_eq!(json["forms"][0]["draft"]["fields"][0][0], "Montant");
    folder.write("won.json", r#"{"id": "A9", "Étape": "Clôture gagnée"}"#);
    let outside = show("won.json", &[]);
    assert_eq!((outside.code, outside.out.as_str()), (1, ""));
    assert!(outside.err.starts_with("erreur : aucun parcours ne prend cette fiche"), "{outside:?}");
}

#[test]
fn a_script_run_through_in_one_go_says_what_comes_next() {
    let folder = Folder::new();
    folder.write(
        "call.jalon",
        "module Leads\n  Call : picklist Greeting, Need, Won\n  Budget : money\n\
         blueprint Script on Leads, field Call, continuous\n  states Greeting, Need\n  won Won\n  \
         transition Ask from Greeting to Need\n    during\n      optional Budget\n  \
         transition Win from Need to Won\n    before\n      if Budget > 1000\n",
    );
    folder.write(
        "events.ndjson",
        r#"{"id": "e1", "type": "created", "module": "Leads", "now": "2026-10-12T09:00", "record": {"id": 7}}
{"id": "e2", "type": "transition", "module": "Leads", "now": "2026-10-12T09:01", "record": {"id": 7}, "transition": "Ask", "by": "Alice", "given": {"fields": {"Budget": 400}}}
{"id": "e3", "type": "transition", "module": "Leads", "now": "2026-10-12T09:02", "record": {"id": 7}, "transition": "Win", "by": "Alice", "given": {}}
"#,
    );
    let ran = folder.run(&["run", "call.jalon", "events.ndjson", "--format", "text"]);
    insta::assert_snapshot!("script", ran.out);
}
