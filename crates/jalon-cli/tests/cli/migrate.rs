//! `jalon blueprint migrate`, run as a process.

use serde_json::{Value as Json, json};

use crate::folder::Folder;

const OLD: &str = "\
module Affaires
  Étape : liste Devis, Relecture, Vieux, Gagnée
  Montant : devise
parcours Vente sur Affaires, champ Étape
  états Devis, Relecture, Vieux
  gagné Gagnée
  transition Relire de Devis vers Relecture
    pendant
      obligatoire Montant
  transition Vieillir de Relecture vers Vieux
  transition Finir de Relecture, Vieux vers Gagnée
";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("old.jalon", OLD);
    let new = OLD.replace("Relecture", "Revue").replace(", Vieux", "");
    folder.write("new.jalon", new.replace("  transition Vieillir de Revue vers Vieux\n", ""));
    let content = content(&folder, "old.jalon");
    let lines = [
        json!({"id": "a1", "blueprint": "Vente", "content": content, "state": "Devis", "since": "2026-06-01T08:00Z",
            "drafts": [{"transition": "Relire", "given": {"fields": [["Montant", 3]]}, "saved": "2026-06-02T08:00Z"}]}),
        json!({"id": "a2", "blueprint": "Vente", "content": content, "state": "Relecture", "since": "2026-06-01T08:00Z"}),
        json!({"id": "a3", "process": {"blueprint": "Vente", "content": content, "state": "Vieux", "since": "2026-06-01T08:00Z"}}),
        json!({"id": "a4", "process": null}),
    ];
    let lines: Vec<String> = lines.iter().map(Json::to_string).collect();
    folder.write("inside.ndjson", lines.join("\n") + "\n");
    folder.write("inside.json", format!("[{}]", lines.join(",\n")));
    folder
}

/// The content of the blueprint, as a plan tells it.
fn content(folder: &Folder, program: &str) -> String {
    folder.write("none.ndjson", "");
    let args = ["blueprint", "migrate", program, "--old", program, "--instances", "none.ndjson"];
    let ran = folder.run(&[&args[..], &["--format", "json"]].concat());
    let json: Json = serde_json::from_str(&ran.out).unwrap();
    json["changes"][0]["new"].as_str().unwrap().to_owned()
}

fn args<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let args =
        ["blueprint", "migrate", "new.jalon", "--old", "old.jalon", "--instances", "inside.ndjson"];
    [&args[..], more].concat()
}

const ALL: [&str; 4] = ["--map", "Relecture=Revue", "--map", "Vieux="];

#[test]
fn a_plan_tells_what_changes_and_how_to_settle_what_is_refused() {
    let folder = folder();
    let ran = folder.run(&args(&[]));
    assert_eq!(ran.code, 1, "{ran:?}");
    insta::assert_snapshot!("french", ran.out);
    insta::assert_snapshot!("english", folder.run(&args(&["--lang", "en"])).out);
    let ran = folder.run(&args(&ALL));
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("settled", ran.out);
}

#[test]
fn a_plan_is_json() {
    let folder = folder();
    let ran = folder.run(&args(&["--format", "json", "--show", "1"]));
    let json: Json = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.code, 1);
    let counts =
        ["instances", "kept", "moved", "out", "refused"].map(|key| json[key].as_u64().unwrap());
    assert_eq!(counts, [3, 1, 0, 0, 2]);
    assert_eq!((&json["outside"], &json["applied"]), (&json!(1), &json!(false)));
    let listed = json!([{"row": 2, "id": "a2", "blueprint": "Vente", "state": "Relecture", "because": "state_gone", "near": "Revue"}]);
    assert_eq!(json["listed"], listed);
}

#[test]
fn all_is_written_or_nothing() {
    let folder = folder();
    let apply = ["--apply", "--now", "2026-07-01T08:00", "-o", "after.ndjson", "--by", "Alice"];
    let ran = folder.run(&args(&apply));
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("rien n'est écrit"), "{}", ran.err);
    assert!(!folder.path("after.ndjson").exists());
    let ran = folder.run(&args(&[&apply[..], &ALL].concat()));
    assert_eq!(ran.code, 0, "{ran:?}");
    let text = folder.read("after.ndjson");
    let lines: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let new = content(&folder, "new.jalon");
    assert_eq!((&lines[0]["id"], &lines[0]["content"]), (&json!("a1"), &json!(new)));
    assert_eq!(lines[0]["drafts"][0]["given"]["fields"], json!([["Montant", 3]]));
    let moved =
        json!([{"from": "Relecture", "to": "Revue", "at": "2026-07-01T08:00Z", "by": "Alice"}]);
    assert_eq!((&lines[1]["state"], &lines[1]["history"]), (&json!("Revue"), &moved));
    assert_eq!(lines[2], json!({"id": "a3", "process": null}));
    assert_eq!(lines[3], json!({"id": "a4", "process": null}));
    assert_eq!(lines.len(), 4);

    // What is migrated is not migrated again.
    let again =
        ["blueprint", "migrate", "new.jalon", "--old", "old.jalon", "--instances", "after.ndjson"];
    let ran = folder.run(
        &[&again[..], &ALL, &["--apply", "--now", "2026-07-02T08:00", "-o", "again.ndjson"]]
            .concat(),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(folder.read("again.ndjson"), text);
}

#[test]
fn an_array_is_read_and_written_and_a_map_may_be_a_file() {
    let folder = folder();
    folder.write("map.json", "{\"Relecture\": \"Revue\", \"Vente\": {\"Vieux\": null}}");
    let ran = folder.run(&[
        "blueprint",
        "migrate",
        "new.jalon",
        "--instances",
        "inside.json",
        "--map",
        "map.json",
        "--apply",
        "--now",
        "2026-07-01T08:00",
        "-o",
        "after.json",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let json: Json = serde_json::from_str(&folder.read("after.json")).unwrap();
    let states: Vec<_> = json.as_array().unwrap().iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, [json!("Devis"), json!("Revue"), Json::Null, Json::Null]);
}

#[test]
fn what_is_wrong_is_told_with_a_place_and_a_way_out() {
    let folder = folder();
    let says = |args: &[&str], code: i32, part: &str| {
        let ran = folder.run(args);
        assert_eq!(ran.code, code, "{ran:?}");
        assert!(ran.err.contains(part), "{}", ran.err);
    };
    says(&args(&["--map", "Relecture=Revu"]), 2, "vouliez-vous dire `Revue` ?");
    says(&args(&["--map", "Relecture"]), 2, "`Ancien=Nouveau`");
    says(&args(&["--map", "map.json"]), 2, "map.json");
    says(&args(&["--rename", "Vente="]), 2, "`Ancien=Nouveau`");
    says(&args(&["--rename", "Vente=Ventes"]), 2, "vouliez-vous dire `Vente` ?");
    says(&args(&["--apply", "-o", "x.ndjson"]), 2, "--now");
    says(&args(&["--apply"]), 2, "--out");
    folder.write("inside.ndjson", "{\"blueprint\": \"Vente\", \"state\": \"Devis\"}\n3\n{\n");
    let ran = folder.run(&args(&[]));
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("unreadable", ran.err.lines().take(3).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_state_is_no_list_of_instances_and_says_what_is() {
    let folder = folder();
    folder.write(
        "events.ndjson",
        r#"{"id": "e1", "type": "created", "module": "Affaires", "now": "2026-06-30T09:00", "record": {"id": 1}}"#,
    );
    folder.run(&["run", "old.jalon", "events.ndjson", "--state", "state.json"]);
    let ran = folder.run(&[
        "blueprint",
        "migrate",
        "new.jalon",
        "--old",
        "old.jalon",
        "--instances",
        "state.json",
    ]);
    assert_eq!(
        ran.err,
        "erreur : `state.json` est un état de `jalon run` ; donnez les décisions, qui portent les \
         instances : `jalon run … --format json -o decisions.ndjson`\n"
    );
}
