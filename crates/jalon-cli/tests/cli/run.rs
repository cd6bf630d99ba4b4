//! `jalon run`, run as a process.

use crate::folder::{Folder, timeless};

pub const RULES: &str = "\
module Prospects (Leads)
  Nom (Last_Name)             : texte
  Adresse e-mail (Email)      : e-mail
  Pays                        : texte
  Statut                      : liste nouveau, à appeler, relancé
  Montant                     : devise
  Rejet des mails             : case
  Date Prochain Push          : date

score Scorex sur Prospects
  +25 si Adresse e-mail N'EST PAS VIDE
  +30 si Montant > 1000

règle \"CM5 : PROSPECT MONACO\" sur Prospects
  quand créé ou modifié
  si Pays CONTIENT monaco
  alors
    Pays : Monaco
    score Scorex

règle \"Relance\" sur Prospects
  quand créé
  si Pays EST France
  une seule fois
  alors
    Statut : à appeler
    tâche \"Appeler ${Prospects.Nom}\", échéance dans 1 jour ouvré
  puis 3 jours après
    tâche \"Relancer ${Prospects.Nom}\"
    Statut : relancé

règle \"AP1 : EMAILING 10H30\" sur Prospects
  quand Date Prochain Push à 10h30
  si Rejet des mails EST non sélectionné
  alors
    e-mail \"Écosystème\" à Adresse e-mail

planification Matin chaque lundi à 08:00
  au plus 400 Prospects
  si Statut EST relancé
  alors
    étiqueter à revoir
";

const EVENTS: &str = r#"{"id": "e1", "type": "created", "module": "Prospects", "now": "2026-06-30T10:30", "record": {"id": 1, "Nom": "Ferrand", "Pays": "France", "Email": "f@exemple.fr", "Date Prochain Push": "2026-07-02"}}
{"id": "e2", "type": "created", "module": "Leads", "now": "2026-06-30T11:00", "record": {"id": 2, "Nom": "Leroy", "Pays": "principauté de Monaco", "Montant": 1500}}

{"id": "e3", "type": "created", "module": "Prospects", "now": "2026-07-01T09:00", "record": {"id": 3, "Nom": "Roux", "Pays": "France"}}
{"id": "e4", "type": "updated", "module": "Prospects", "now": "2026-07-02T12:00", "before": {"id": 3}, "after": {"Pays": "Monaco (98)"}}
"#;

const PARIS: [&str; 4] = ["--zone", "Europe/Paris", "--until", "2026-07-07"];

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("regles.jalon", RULES);
    folder.write("events.ndjson", EVENTS);
    folder
}

fn args<'a>(parts: &[&[&'a str]]) -> Vec<&'a str> {
    [&["run", "regles.jalon"], parts.concat().as_slice()].concat()
}

#[test]
fn a_timeline_says_what_each_event_asks_for_in_both_languages() {
    let folder = folder();
    let text = ["events.ndjson", "--format", "text"];
    let ran = folder.run(&args(&[&text, &PARIS]));
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("french", ran.out);
    assert!(ran.err.starts_with("\n4 événements · "), "{}", ran.err);
    let ran = folder.run(&args(&[&text, &PARIS, &["--lang", "en"]]));
    insta::assert_snapshot!("english", ran.out);
    assert!(ran.err.starts_with("\n4 events · 4 due · "), "{}", ran.err);
}

#[test]
fn explained_it_says_why_and_why_not() {
    let folder = folder();
    let text = ["events.ndjson", "--format", "text", "--explain"];
    insta::assert_snapshot!("explained_french", folder.run(&args(&[&text, &PARIS])).out);
    let ran = folder.run(&args(&[&text, &PARIS, &["--lang", "en"]]));
    insta::assert_snapshot!("explained_english", ran.out);
}

#[test]
fn one_decision_a_line_as_json() {
    let folder = folder();
    let ran = folder.run(&args(&[&["events.ndjson"], &PARIS]));
    let lines: Vec<serde_json::Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["at"], "2026-06-30T08:30Z");
    assert_eq!(lines[0]["changes"][0]["new"], "à appeler");
    assert_eq!(lines[0]["effects"][0]["id"], "e1/Relance/Prospects/1/0");
    assert_eq!(lines[0]["effects"][0]["record"]["id"], "1");
    assert!(lines.iter().all(|line| line.get("trace").is_none()), "{}", ran.out);
    let ran = folder.run(&args(&[&["events.ndjson", "--explain", "-o", "out.ndjson"], &PARIS]));
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    let first = folder.read("out.ndjson").lines().next().unwrap().to_owned();
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(first["trace"][0]["step"], "pipeline");
}

#[test]
fn stopped_after_any_event_and_gone_on_with_the_decisions_are_the_same() {
    let folder = folder();
    let whole = folder.run(&args(&[&["events.ndjson"], &PARIS])).out;
    let lines: Vec<&str> = EVENTS.lines().collect();
    for stop in 0..=lines.len() {
        let state = format!("state{stop}.json");
        folder.write("first.ndjson", lines[..stop].join("\n"));
        folder.write("second.ndjson", lines[stop..].join("\n"));
        let zone = ["--zone", "Europe/Paris", "--state", &state];
        let first = folder.run(&args(&[&["first.ndjson"], &zone]));
        assert_eq!(first.code, 0, "{first:?}");
        let second = folder.run(&args(&[&["second.ndjson", "--state", &state], &PARIS]));
        assert_eq!(first.out + &second.out, whole, "stopped after {stop}");
    }
}

#[test]
fn stopped_between_arming_and_firing_every_timer_fires_once() {
    let folder = folder();
    let whole = folder.run(&args(&[&["events.ndjson"], &PARIS])).out;
    let zone = ["--zone", "Europe/Paris", "--state", "state.json"];
    let mut parts = folder.run(&args(&[&["events.ndjson"], &zone])).out;
    folder.write("none.ndjson", "");
    for day in 2..=7 {
        let until = format!("2026-07-0{day}T10:30");
        let ran = folder.run(&args(&[&["none.ndjson", "--until", &until], &zone]));
        assert_eq!(ran.code, 0, "{ran:?}");
        parts += &ran.out;
    }
    assert_eq!(parts, whole);
    // The present moves on by itself where --now says it has.
    folder.run(&args(&[&["events.ndjson", "--zone", "Europe/Paris", "--state", "now.json"]]));
    let now = ["none.ndjson", "--now", "2026-07-07", "--zone", "Europe/Paris"];
    let late = folder.run(&args(&[&now, &["--state", "now.json"]]));
    assert!(!late.out.is_empty() && whole.ends_with(&late.out), "{}", late.out);
}

#[test]
fn events_come_from_standard_input_and_as_an_array() {
    let folder = folder();
    let whole = folder.run(&args(&[&["events.ndjson"], &PARIS])).out;
    let piped = folder.run_with(&args(&[&["-"], &PARIS]), EVENTS);
    assert_eq!(piped.out, whole);
    let events: Vec<&str> = EVENTS.lines().filter(|line| !line.is_empty()).collect();
    folder.write("events.json", format!("\u{feff}[{}]\n", events.join(",\n")));
    assert_eq!(folder.run(&args(&[&["events.json"], &PARIS])).out, whole);
    folder.write("cut.json", format!("[{}", events[0]));
    let ran = folder.run(&args(&[&["cut.json"]]));
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("`cut.json`, ligne 1 : pas du JSON à la colonne"), "{}", ran.err);
}

const BAD: &str = r#"{"id": "e1", "type": "creatd", "record": {"id": 1}}
{"id": "e2", "type": "created", "recrd": {"id": 1}}
{"id": "e3", "type": "created", "record": {"id": 1}, "zzz": 1}

{"type": "created", "record": {"id": 1}}
{"id": "e5", "record": {"id": 1}}
{"id": "e6", "type": "created"}
{"id": "e7", "type": "created", "module": "Prospect", "record": {"id": 1}}
{"id": "e8", "type": "manual", "rule": "Relanc", "record": {"id": 1}}
{"id": "e9", "type": "created",
{"id": "e10", "type": "created", "now": "demain", "record": {"id": 1}}
{"id": "e11", "type": "created", "record": {"id": 11, "Pays": "Monaco (98)"}}
"#;

#[test]
fn bad_events_are_named_with_their_line_and_a_way_out_and_stop_nothing() {
    let folder = folder();
    folder.write("bad.ndjson", BAD);
    let now = ["bad.ndjson", "--now", "2026-06-30T10:30"];
    let ran = folder.run(&args(&[&now]));
    assert_eq!((ran.code, ran.out.lines().count()), (1, 1), "{ran:?}");
    insta::assert_snapshot!("bad_french", timeless(&ran.err));
    let ran = folder.run(&args(&[&now, &["--lang", "en"]]));
    insta::assert_snapshot!("bad_english", timeless(&ran.err));
    let ran = folder.run(&args(&[&now, &["--strict", "--state", "state.json"]]));
    assert_eq!((ran.code, ran.err.lines().count()), (1, 1), "{ran:?}");
    assert!(!folder.path("state.json").exists());
    folder.write("many.ndjson", "{}\n".repeat(50));
    let ran = folder.run(&args(&[&["many.ndjson", "--lang", "en"]]));
    assert!(ran.err.contains("… and 40 events more to look at"), "{}", ran.err);
}

#[test]
fn the_clock_is_asked_for_at_the_event_that_needs_it() {
    let folder = folder();
    let event =
        "{\"id\": \"e1\", \"type\": \"created\", \"record\": {\"id\": 1, \"Pays\": \"France\"}}\n";
    let ran = folder.run_with(&args(&[&["-"]]), event);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("`-`, ligne 1 : le programme lit l'heure ; donnez `now`"), "{ran:?}");
    let ran = folder.run_with(&args(&[&["-", "--now", "2026-06-30T10:30"]]), event);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn a_state_that_is_none_or_of_a_newer_version_is_refused_and_kept() {
    let folder = folder();
    let newer = "{\"format\": \"jalon run\", \"state\": {\"version\": 9}}";
    let states = [
        ("leads.csv", "pas du JSON"),
        ("other.json", "n'est pas un état de `jalon run`"),
        ("newer.json", "de la version 9, ce `jalon` connaît la 1 ; mettez-le à jour"),
    ];
    folder.write("other.json", "{\"state\": {\"version\": 1}, \"records\": []}");
    folder.write("newer.json", newer);
    for (state, said) in states {
        let before = folder.read(state);
        let ran = folder.run(&args(&[&["events.ndjson", "--state", state]]));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        assert!(ran.err.contains(said), "{}", ran.err);
        assert_eq!(folder.read(state), before);
    }
}

#[test]
fn an_output_that_breaks_leaves_the_state_as_it_was() {
    let folder = folder();
    let ran =
        folder.run(&args(&[&["events.ndjson", "-o", "no/where.ndjson", "--state", "state.json"]]));
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("ce dossier n'existe pas"), "{}", ran.err);
    assert!(!folder.path("state.json").exists());
    let full = folder.run(&args(&[&["events.ndjson", "-o", "/dev/full", "--state", "state.json"]]));
    assert_eq!(full.code, 2, "{full:?}");
    assert!(!folder.path("state.json").exists());
}
