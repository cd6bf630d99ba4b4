//! The processes of `examples/blueprints` as one program.

use std::path::Path;

use jalon::program::Loader;
use jalon::rehearsal::{Rehearsal, test};
use jalon::workflow::{Incoming, RecordKey};
use jalon::{Clock, Program};
use serde_json::{Value as Json, json};

/// The program, from all its files.
fn program() -> Program {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/blueprints");
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

fn clock() -> Clock {
    program().clock(jalon::value::read::moment("2026-10-12T09:00"), None)
}

#[test]
fn every_test_passes_and_sees_every_criterion() {
    let report = test::run(&program(), &clock());
    let failed: Vec<_> = report.tests.iter().filter(|test| !test.passed()).collect();
    assert!(failed.is_empty() && report.tests.len() > 20, "{failed:#?}");
    let unseen: Vec<_> =
        report.coverage.iter().filter(|c| !(c.seen_true && c.seen_false)).collect();
    assert!(unseen.is_empty(), "{unseen:#?}");
}

#[test]
fn opportunities_follow_their_quotes_and_the_others_are_proposed_for_closing() {
    let mut stage = Rehearsal::new(&program(), clock());
    let mut number = 0;
    let mut send = |stage: &mut Rehearsal, kind: &str, module: &str, record: Json, more: Json| {
        number += 1;
        let mut event =
            json!({"id": format!("e{number}"), "type": kind, "module": module, "record": record});
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let decision = stage.send(&Incoming::read(&event).unwrap()).unwrap();
        assert!(decision.refusals.is_empty(), "{decision:?}");
    };
    let key = |id: &str| RecordKey { module: "Opportunités".to_owned(), id: id.to_owned() };
    let state = |stage: &Rehearsal, id: &str| stage.process(&key(id)).unwrap().state.to_string();
    send(&mut stage, "created", "Prospects", json!({"id": "P1", "Nom": "Lamoulie"}), json!({}));
    for id in ["O1", "O2", "O3"] {
        let record = json!({"id": id, "Nom": id, "Prospect": "P1"});
        send(&mut stage, "created", "Opportunités", record, json!({}));
    }
    let lost = json!({"transition": "Perdre", "given": {"fields": {"Motif de perte": "Budget"}}});
    send(&mut stage, "transition", "Opportunités", json!({"id": "O3"}), lost);
    let quote = json!({"id": "D1", "Nom": "D-1", "Opportunité": "O1", "Statut": "Envoyé"});
    send(&mut stage, "created", "Devis", quote, json!({}));
    assert_eq!(state(&stage, "O1"), "Proposition");
    let confirmed = json!({"changes": {"Statut": "Confirmé"}});
    send(&mut stage, "updated", "Devis", json!({"id": "D1"}), confirmed);
    assert_eq!(state(&stage, "O1"), "Fermée gagnée");
    assert_eq!(stage.record(&key("O1")).unwrap()["Étape"], "Fermée gagnée");
    let proposed = |id: &str| stage.record(&key(id)).unwrap()["Clôture proposée"] == true;
    assert_eq!(["O1", "O2", "O3"].map(proposed), [false, true, false]);
    let offers = stage.available(&key("O2"), None).unwrap();
    assert!(offers.iter().any(|one| one.offered && one.transition == "Clore avec l'autre"));
}
