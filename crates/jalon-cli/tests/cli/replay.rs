//! `jalon blueprint replay` and `discover`, run as processes.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value as Json;

use crate::folder::{Folder, Ran};

/// The example of support requests and its log.
fn support() -> Folder {
    let folder = Folder::new();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/support");
    for file in ["support.jalon", "journal.csv"] {
        folder.write(file, std::fs::read(example.join(file)).unwrap());
    }
    folder
}

fn replay(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(&[&["blueprint", "replay"], args].concat())
}

fn json(ran: &Ran) -> Json {
    serde_json::from_str(&ran.out).unwrap()
}

fn totals(ran: &Ran) -> (u64, u64) {
    let json = json(ran);
    (json["accepted"].as_u64().unwrap(), json["refused"].as_u64().unwrap())
}

#[test]
fn a_log_is_replayed_as_a_table_in_both_languages() {
    let folder = support();
    let files = ["support.jalon", "journal.csv"];
    let ran = replay(&folder, &files);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("french", ran.out);
    let ran = replay(&folder, &[&files[..], &["--lang", "en", "--show", "2"]].concat());
    insta::assert_snapshot!("english", ran.out);
}

#[test]
fn json_has_the_totals_at_its_top_and_everything_else() {
    let folder = support();
    let ran = replay(&folder, &["support.jalon", "journal.csv", "--format", "json"]);
    assert_eq!(totals(&ran), (84, 5));
    insta::assert_snapshot!("json", ran.out);
}

#[test]
fn what_was_found_is_drawn_on_the_picture() {
    let folder = support();
    let drawn = |name: &str| {
        let ran = replay(&folder, &["support.jalon", "journal.csv", "--picture", name]);
        assert_eq!(ran.code, 0, "{ran:?}");
        folder.read(name)
    };
    let svg = drawn("support.svg");
    assert!(svg.starts_with("<svg ") && svg.contains("Prendre"), "{svg}");
    assert!(svg.contains("39") && svg.contains("28"), "{svg}");
    assert!(drawn("support.mmd").contains("stateDiagram-v2"));
    assert!(drawn("support.dot").contains("digraph"));
    let ran = replay(&folder, &["support.jalon", "journal.csv", "--picture", "support.png"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("`support.png` : extension inconnue ; svg, mmd ou dot"),
        "{}",
        ran.err
    );
}

#[test]
fn refusals_fail_only_where_that_is_asked_for() {
    let folder = support();
    let files = ["support.jalon", "journal.csv"];
    assert_eq!(replay(&folder, &files).code, 0);
    assert_eq!(replay(&folder, &[&files[..], &["--fail-on-refusal"]].concat()).code, 1);
    folder.write("fine.csv", "case,status\n1,Ouverte\n1,En cours\n");
    let fine = ["support.jalon", "fine.csv", "--fail-on-refusal"];
    assert_eq!(replay(&folder, &fine).code, 0);
}

#[test]
fn logs_come_in_every_format_encoding_and_order() {
    let folder = support();
    let totals_of = |log: &str| {
        totals(&replay(&folder, &["support.jalon", log, "--format", "json", "--by", "par"]))
    };
    let log = folder.read("journal.csv");
    let mut lines: Vec<&str> = log.lines().collect();
    lines[1..].reverse();
    folder.write("turned.csv", lines.join("\n").replace(';', "\t"));
    let latin: Vec<u8> = log.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    folder.write("latin.csv", latin);
    for format in ["log.ndjson", "log.parquet", "log.json"] {
        let all = ["match", "journal.csv", "--criterion", "dossier N'EST PAS VIDE", "-o", format];
        assert_eq!(folder.run(&all).code, 0);
    }
    for log in ["turned.csv", "latin.csv", "log.ndjson", "log.parquet", "log.json"] {
        assert_eq!(totals_of(log), (84, 5), "{log}");
    }
    let turned = replay(&folder, &["support.jalon", "turned.csv"]);
    assert!(turned.out.contains("Remis dans l'ordre du temps : "), "{}", turned.out);
    let input = ["blueprint", "replay", "support.jalon", "-", "--format", "json"];
    assert_eq!(totals(&folder.run_with(&input, &log)), (84, 5));
}

#[test]
fn columns_are_named_where_their_names_do_not_tell() {
    let folder = support();
    folder.write("odd.csv", "A;B;C\nx;Ouverte;hier\nx;En cours;2026-06-30 10:00\n");
    let ran = replay(&folder, &["support.jalon", "odd.csv"]);
    assert_eq!(ran.code, 2);
    let expected = "`odd.csv` : quelle colonne donne le cas ? Dites-le avec --case : `A`, `B`, `C`";
    assert!(ran.err.contains(expected), "{}", ran.err);
    let named = ["support.jalon", "odd.csv", "--case", "A", "--activity", "B", "--time", "C"];
    let ran = replay(&folder, &[&named[..], &["--format", "json"]].concat());
    assert_eq!(totals(&ran), (1, 0));
    assert!(
        ran.err.contains("ligne 2 : `C` : `hier` n'est ni une date ni une heure"),
        "{}",
        ran.err
    );
    let strict = replay(&folder, &[&named[..], &["--strict"]].concat());
    assert_eq!(strict.code, 1);
    let ran =
        replay(&folder, &["support.jalon", "journal.csv", "--case", "dosier", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    let expected = "--case: `journal.csv` has no column `dosier`; did you mean `dossier`?";
    assert!(ran.err.contains(expected), "{}", ran.err);
}

#[test]
fn rows_that_are_no_events_are_named_and_left_out() {
    let folder = support();
    folder.write("gaps.csv", "case,status\n1,Ouverte\n,En cours\n1,\n1,En cours\n1,Ouvert\n");
    let ran = replay(&folder, &["support.jalon", "gaps.csv", "--lang", "en"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("row 3: `case` is empty; left out\n"), "{}", ran.err);
    assert!(ran.err.contains("row 4: `status` is empty; left out\n"), "{}", ran.err);
    assert!(ran.out.contains("not a state of the blueprint: `Ouvert`"), "{}", ran.out);
    assert!(ran.out.contains("`Ouvert`; did you mean `Ouverte`?"), "{}", ran.out);
    let strict = replay(&folder, &["support.jalon", "gaps.csv", "--lang", "en", "--strict"]);
    assert_eq!(
        (strict.code, strict.err.as_str()),
        (1, "error: row 3: `case` is empty; left out\n")
    );
    folder.write("empty.csv", "case,status\n");
    let ran = replay(&folder, &["support.jalon", "empty.csv"]);
    assert!(ran.out.starts_with("Support : 0 passage\n"), "{ran:?}");
    let wrong = replay(&folder, &["support.jalon", "journal.csv", "--state", "par"]);
    assert!(wrong.err.contains("est-ce la bonne colonne"), "{}", wrong.err);
}

#[test]
fn activities_may_be_the_names_of_transitions() {
    let folder = support();
    folder.write(
        "acts.csv",
        "case,activity\n1,Prendre\n1,Escalader\n1,Résoudre\n2,Prendre\n2,Reprendre\n",
    );
    let ran = replay(&folder, &["support.jalon", "acts.csv", "--format", "json"]);
    assert_eq!(totals(&ran), (4, 1));
    assert_eq!(json(&ran)["reading"], "transitions");
    assert_eq!(json(&ran)["refusals"][0]["message"], "`Reprendre` ne part pas de `En cours`");
    let states = ["support.jalon", "acts.csv", "--format", "json", "--as", "states"];
    assert_eq!(totals(&replay(&folder, &states)), (0, 3));
}

#[test]
fn one_of_several_blueprints_is_named() {
    let folder = support();
    let other = "\nparcours Autre sur Demandes, champ Statut\n  entrée si Numéro EST 1\n  états Ouverte\n  final Résolue\n  \
                 transition \"T\" de Ouverte vers Résolue\n";
    folder.write("support.jalon", folder.read("support.jalon") + other);
    let ran = replay(&folder, &["support.jalon", "journal.csv"]);
    assert_eq!(ran.code, 2);
    let expected =
        "il y a plusieurs parcours ; dites lequel : `Support`, `Autre` (avec --blueprint)";
    assert!(ran.err.contains(expected), "{}", ran.err);
    let named = |name| replay(&folder, &["support.jalon", "journal.csv", "--blueprint", name]);
    assert_eq!(named("support").code, 0);
    let ran = named("Suport");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("vouliez-vous dire `Support` ?"), "{}", ran.err);
    let ran = replay(&folder, &["leads.jalon", "journal.csv"]);
    assert!(ran.err.contains("n'a pas de parcours"), "{}", ran.err);
    assert_eq!(ran.code, 2);
}

#[test]
fn a_blueprint_is_discovered_and_accepts_its_log() {
    let folder = support();
    let discover = |args: &[&str]| folder.run(&[&["blueprint", "discover"], args].concat());
    let ran = discover(&["journal.csv", "--lang", "fr"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("discovered", ran.out);
    let named = ["--name", "Vu", "--field", "Statut", "--module", "Demandes", "-o", "seen.jalon"];
    let ran = discover(&[&["journal.csv"], &named[..]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    assert!(folder.read("seen.jalon").contains("blueprint \"Vu\" on Demandes, field Statut\n"));
    assert_eq!(folder.run(&["check", "seen.jalon"]).code, 0);
    let ran = replay(&folder, &["seen.jalon", "journal.csv", "--format", "json"]);
    assert_eq!(totals(&ran), (89, 0));
    discover(&["journal.csv", "--min-count", "2", "-o", "often.jalon"]);
    let often = totals(&replay(&folder, &["often.jalon", "journal.csv", "--format", "json"]));
    assert_eq!(often.0 + often.1, 89);
    assert!(often.1 > 0);
}

#[test]
fn what_cannot_be_discovered_is_said() {
    let folder = support();
    let discover = |args: &[&str]| folder.run(&[&["blueprint", "discover"], args].concat());
    folder.write("empty.csv", "case,status\n");
    let ran = discover(&["empty.csv"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, "error: no event in this log\n"));
    let rows: Vec<String> = (0..300).map(|n| format!("1,S{n}\n")).collect();
    folder.write("many.csv", format!("case,status\n{}", rows.concat()));
    let ran = discover(&["many.csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("300 different states, a blueprint has at most 200"), "{}", ran.err);
    let ran = discover(&["journal.csv", "--field", "A.B"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let ran = discover(&["support.jalon"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let ran = discover(&["journal.csv", "-o", "nowhere/x.jalon"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

/// The text without one pair of states, its transition left out with its last origin.
fn without(text: &str, from: &str, to: &str) -> String {
    let ending = format!(" to {to}");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at =
        lines.iter().position(|line| line.starts_with("  transition ") && line.ends_with(&ending));
    let at = at.unwrap();
    let (head, way) = lines[at].split_once("\" from ").unwrap();
    let states = way.strip_suffix(&ending).unwrap().split(", ").filter(|state| *state != from);
    let states: Vec<&str> = states.collect();
    if states.is_empty() {
        lines.remove(at);
    } else {
        lines[at] = format!("{head}\" from {}{ending}", states.join(", "));
    }
    lines.join("\n")
}

#[test]
fn a_real_log_is_accepted_whole_and_without_a_pair_just_that_pair_is_refused() {
    let folder = Folder::new();
    let log = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bpic2020-permit.parquet");
    folder.write("permit.parquet", std::fs::read(log).unwrap());
    let args = ["blueprint", "discover", "permit.parquet", "-o", "permit.jalon"];
    let ran = folder.run(&args);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.err, "51 states · 51 transitions · 553 pairs of states\n");
    let ran = replay(&folder, &["permit.jalon", "permit.parquet", "--format", "json"]);
    assert_eq!(totals(&ran), (24_550, 0));
    let report = json(&ran);
    assert_eq!((report["cases"].as_u64(), report["events"].as_u64()), (Some(1_478), Some(26_028)));
    let begins: HashMap<&str, u64> = report["begins"]
        .as_array()
        .unwrap()
        .iter()
        .map(|begin| (begin["state"].as_str().unwrap(), begin["cases"].as_u64().unwrap()))
        .collect();
    assert_eq!(begins["Permit SUBMITTED by EMPLOYEE"], 1_263);
    assert_eq!((begins["Start trip"], begins["Permit SAVED by EMPLOYEE"]), (213, 2));
    let moves = report["moves"].as_array().unwrap();
    assert_eq!(moves.len(), 553);
    // The most and the least frequent ones, and some between.
    for place in [0, 1, 7, 50, 200, 552] {
        let one = &moves[place];
        let (from, to) = (one["from"].as_str().unwrap(), one["to"].as_str().unwrap());
        let count = one["accepted"].as_u64().unwrap();
        folder.write("less.jalon", without(&folder.read("permit.jalon"), from, to));
        let ran = replay(&folder, &["less.jalon", "permit.parquet", "--format", "json"]);
        assert_eq!(totals(&ran), (24_550 - count, count), "{from} to {to}");
        let refusals = json(&ran)["refusals"].clone();
        assert_eq!(refusals.as_array().unwrap().len(), 1);
        assert_eq!((&refusals[0]["from"], &refusals[0]["to"]), (&one["from"], &one["to"]));
        assert_eq!(refusals[0]["reason"], "no_transition");
    }
}

#[test]
fn help_is_there_in_both_languages() {
    let folder = Folder::new();
    for command in [&["blueprint"][..], &["blueprint", "replay"], &["blueprint", "discover"]] {
        let english = folder.run(&[command, &["--help"]].concat());
        let french = folder.run(&[command, &["--help", "--lang", "fr"]].concat());
        assert_eq!((english.code, french.code), (0, 0));
        assert!(french.out.contains("Usage :") && !english.out.contains("Usage :"));
    }
}
