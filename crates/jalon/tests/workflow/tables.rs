//! The consultant's tables as one program: `examples/tables`.

use std::fmt::Write as _;
use std::path::Path;

use jalon::program::Loader;
use jalon::rehearsal::{Rehearsal, test};
use jalon::value::Instant;
use jalon::workflow::{Decision, EffectKind, RecordKey};
use jalon::{Clock, Program};
use serde_json::json;

use super::{changes, send};

/// The program, from all its files.
fn program() -> Program {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tables");
    let mut files = Vec::new();
    for folder in [folder.clone(), folder.join("tests")] {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files.extend(entries.filter(|path| path.extension().is_some_and(|it| it == "jalon")));
    }
    files.sort();
    let with = |loader: Loader, path: &std::path::PathBuf| {
        loader.source(path.display().to_string(), std::fs::read_to_string(path).unwrap())
    };
    files.iter().fold(Loader::default(), with).load().unwrap_or_else(|error| panic!("{error}"))
}

/// A stage for the program at a local time in Paris, which its calendar says.
fn stage(now: &str) -> Rehearsal {
    Rehearsal::new(&program(), Clock::at(now, "Europe/Paris").unwrap()).tracing()
}

fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn trace(decision: &Decision) -> String {
    decision.trace.iter().flatten().fold(String::new(), |mut text, step| {
        let _ = writeln!(text, "{}", step.sentence(jalon::lang::Lang::Fr));
        text
    })
}

#[test]
fn every_test_of_the_tables_passes_and_sees_every_criterion() {
    let report = test::run(&program(), &Clock::at("2026-10-12T09:00", "Europe/Paris").unwrap());
    let failed: Vec<_> = report.tests.iter().filter(|test| !test.passed()).collect();
    assert!(failed.is_empty() && report.tests.len() > 40, "{failed:#?}");
    let unseen: Vec<_> =
        report.coverage.iter().filter(|c| !(c.seen_true && c.seen_false)).collect();
    assert!(unseen.is_empty(), "{unseen:#?}");
}

#[test]
fn the_loop_of_unsubscribing_ends_in_its_second_wave() {
    let mut stage = stage("2026-10-12T09:00");
    let decision = send(
        &mut stage,
        json!({"id": "e", "type": "updated", "module": "Prospects",
            "record": {"id": 1, "Nom": "Ferrand", "Date Auto": "2026-12-01"},
            "changes": {"Première page visitée": "https://exemple.fr/desabonnement"}}),
    );
    assert_eq!(decision.fired, ["CM3 : VISITEUR URL DÉSABO", "MAJ01 : DÉSABONNEMENT"]);
    let text = trace(&decision);
    assert!(text.contains("vague 2") && !text.contains("vague 3"), "{text}");
    assert!(text.contains("Statut Membre : « Opted Out » → « Opted Out »"), "{text}");
    assert!(!text.contains("aurait changé"), "{text}");
    let written: Vec<&str> = changes(&decision).iter().map(|(field, _)| *field).collect();
    assert_eq!(written, ["Statut Membre", "Statut Lead", "Date Auto"]);
}

#[test]
fn a_type_goes_from_a_contact_to_its_account_and_to_the_others() {
    let mut stage = stage("2026-10-12T09:00");
    let create = |module: &str, record: serde_json::Value| json!({"id": "c", "type": "created", "module": module, "record": record});
    send(&mut stage, create("Comptes", json!({"id": "A1", "Nom": "Lamoulie"})));
    for id in ["C1", "C2", "C3"] {
        let contact = json!({"id": id, "Nom": id, "Compte": "A1", "Type Contact": "prospect"});
        send(&mut stage, create("Contacts", contact));
    }
    let decision = send(
        &mut stage,
        json!({"id": "e", "type": "updated", "module": "Contacts", "record": {"id": "C2"},
            "changes": {"Type Contact": "client actif"}}),
    );
    let types: Vec<(&str, &str, String)> = decision
        .changes
        .iter()
        .filter(|change| change.field.starts_with("Type"))
        .map(|change| {
            (change.record.id.as_str(), change.field.as_str(), format!("{}", change.new.to_json()))
        })
        .collect();
    let active = || "\"client actif\"".to_owned();
    assert_eq!(
        types,
        [
            ("A1", "Type de Compte", active()),
            ("C1", "Type Contact", active()),
            ("C3", "Type Contact", active()),
        ]
    );
    let times = |rule: &str| decision.fired.iter().filter(|fired| *fired == rule).count();
    assert_eq!(times("MAJ1 : CHANGE TYPE COMPTE"), 1);
    assert_eq!(times("MAJ1 : CHANGE TYPE CONTACT"), 3, "{}", trace(&decision));
    assert!(!trace(&decision).contains("aurait changé"), "{}", trace(&decision));
}

/// What the body of the text message is for a contact.
fn message(portable: &str, nom: &str) -> String {
    let mut stage = stage("2026-10-12T09:00");
    // The mask lets no other portable through: the attribute is looked at on a record as it is.
    let key = RecordKey { module: "Contacts".to_owned(), id: "C1".to_owned() };
    stage.put(key, json!({"id": "C1", "Nom": nom, "Civilité": "M.", "Portable": portable}));
    let decision = send(
        &mut stage,
        json!({"id": "b", "type": "manual", "module": "Contacts", "rule": "D01 SMS",
            "record": {"id": "C1"}}),
    );
    let EffectKind::Webhook { method, parameters, .. } = &decision.effects[0].kind else {
        panic!("{:?}", decision.effects)
    };
    assert_eq!((method.as_str(), parameters[0].0.as_str()), ("POST", "XmlMsg"));
    parameters[0].1.clone()
}

#[test]
fn the_text_message_is_well_formed_whatever_the_name() {
    let names = ["Dupont & Fils <SARL>", "\"O'Neil\" ]]> & <b>", "l'été\u{1}", "a\u{FFFE}b&amp;"];
    for portable in ["06 12 34 56 78", "\"06\" <&>'"] {
        for nom in names {
            let body = message(portable, nom);
            let document =
                roxmltree::Document::parse(&body).unwrap_or_else(|error| panic!("{body}: {error}"));
            let root = document.root_element();
            assert_eq!(root.attribute("mobilenumber"), Some(portable), "{body}");
            let text: String = root.descendants().filter_map(|node| node.text()).collect();
            assert!(text.ends_with(", je reste à votre écoute pour vos besoins."), "{body}");
        }
    }
    assert_eq!(
        message("06 12 34 56 78", "Dupont & Fils <SARL>"),
        "<message mobilenumber=\"06 12 34 56 78\">M. Dupont &amp; Fils &lt;SARL&gt;, je reste à \
         votre écoute pour vos besoins.</message>"
    );
}

#[test]
fn four_hundred_leads_an_evening_the_oldest_first_and_none_at_the_weekend() {
    // A Friday evening, after the run.
    let mut stage = stage("2026-10-16T20:00");
    for number in 0..401 {
        let id = format!("{number:03}");
        // The first of them is the last to be made.
        let made = if number == 0 {
            "2026-10-16".to_owned()
        } else {
            format!("2026-09-{:02}", number % 28 + 1)
        };
        let key = RecordKey { module: "Prospects".to_owned(), id: id.clone() };
        stage.put(key, json!({"id": id, "Nom": id, "Créé le": made}));
    }
    assert_eq!(stage.advance(instant("2026-10-19T16:59Z")).unwrap().len(), 0, "the weekend");
    let fired = stage.advance(instant("2026-10-19T17:00Z")).unwrap();
    assert_eq!(fired.len(), 400);
    assert!(fired.iter().all(|fired| fired.decision.timers.len() == 1));
    assert!(fired.iter().all(|fired| fired.decision.record.as_ref().unwrap().id != "000"));
    // The next morning AP1 writes to each; in the evening the one that is left has its turn.
    let fired = stage.advance(instant("2026-10-20T17:00Z")).unwrap();
    assert_eq!(fired.len(), 401);
    let faults = fired.iter().flat_map(|fired| &fired.decision.errors);
    let nobody = faults.filter(|error| error.reason == "no_recipient");
    assert_eq!(nobody.count(), 400, "none of them has an address");
    assert_eq!(fired[400].decision.record.as_ref().unwrap().id, "000");
}

/// Where no module is declared and no rule is written, a score is still tested on its record.
#[test]
fn a_score_alone_is_tested_without_a_module() {
    let program = Program::parse(
        "score Fit on Leads\n  +25 if Email ISN'T EMPTY\ntest \"an address counts\" on Leads\n  given\n    \
         Email : a@b.example\n  expect score Fit = 25\n",
    )
    .unwrap();
    let report = test::run(&program, &Clock::default());
    assert!(report.passed(), "{report:?}");
}
