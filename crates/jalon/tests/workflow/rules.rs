//! Triggers, conditions, repetition, waves.

use jalon::value::Instant;
use jalon::workflow::EffectKind;
use serde_json::json;

use super::{changes, create, effects, send, stage};

const LEADS: &str = "
module Prospects (Leads)
  Nom            : texte
  Pays           : texte
  Choisir Pays   : texte
  Code postal    : texte
  Département    : texte
  Ville          : texte
  Statut Membre  : liste Clic CRM, Opted Out, Désabonné
  Statut Lead    : texte
  Rejet des mails : case
  Date Auto      : date
  Date Prochain Push : date
  Montant        : nombre
";

fn leads(rules: &str) -> jalon::rehearsal::Rehearsal {
    stage(&format!("{LEADS}{rules}"))
}

#[test]
fn the_later_rule_wins_and_a_loop_ends() {
    let mut stage = leads(
        "
règle \"CM4\" sur Prospects
  quand créé ou modifié
  si Pays CONTIENT France ET Choisir Pays N'EST PAS France
  alors
    Pays : France
    Choisir Pays : France
règle \"CM5\" sur Prospects
  quand créé ou modifié
  si Pays CONTIENT monaco OU Code postal COMMENCE PAR 98
  alors
    Pays : Monaco
    Choisir Pays : Monaco
    Département : 98
",
    );
    let decision = create(&mut stage, json!({"id": 1, "Pays": "Monaco (France)"}));
    assert_eq!(decision.fired, ["CM4", "CM5"]);
    assert_eq!(
        changes(&decision),
        [
            ("Pays", &"Monaco".into()),
            ("Choisir Pays", &"Monaco".into()),
            ("Département", &"98".into())
        ],
    );
}

#[test]
fn a_timer_fires_once_when_its_rule_still_holds() {
    let mut stage = leads(
        "
règle \"Relance\" sur Prospects
  quand créé
  si Pays EST France
  alors
    Statut Lead : à appeler
  puis 3 jours après
    tâche \"Relancer ${Prospects.Nom}\", échéance dans 1 jour
",
    );
    let decision = create(&mut stage, json!({"id": 1, "Nom": "Ferrand", "Pays": "France"}));
    assert_eq!(decision.timers.len(), 1);
    assert_eq!(decision.timers[0].timer.due.to_string(), "2026-07-03T08:30Z");
    let fired = stage.advance(Instant::parse("2026-07-04T08:30Z").unwrap()).unwrap();
    assert_eq!(fired.len(), 1);
    assert!(matches!(
        effects(&fired[0].decision)[..],
        [EffectKind::Task { subject, .. }] if subject == "Relancer Ferrand"
    ));
    assert!(stage.state().is_empty());

    create(&mut stage, json!({"id": 2, "Nom": "Blanc", "Pays": "France"}));
    let event = json!({"id": "e2", "type": "updated", "module": "Prospects",
        "before": {"id": 2, "Pays": "France"}, "after": {"Pays": "Italie"}});
    send(&mut stage, event);
    let fired = stage.advance(Instant::parse("2026-08-01T00:00Z").unwrap()).unwrap();
    assert!(fired[0].decision.effects.is_empty());
    let trace = serde_json::to_string(&fired[0].decision.trace).unwrap();
    assert!(trace.contains("dropped") && trace.contains("Italie"), "{trace}");
}

#[test]
fn a_date_field_arms_moves_and_cancels() {
    let mut stage = leads(
        "
règle \"AP1\" sur Prospects
  quand Date Prochain Push à 10h30
  si Rejet des mails EST non sélectionné
  alors
    e-mail \"Écosystème\" à Nom
    Date Auto : aujourd'hui plus 100 jours
",
    );
    let armed =
        create(&mut stage, json!({"id": 1, "Nom": "F", "Date Prochain Push": "2026-10-25"}));
    assert_eq!(armed.timers[0].change, "arm");
    // Summer time ends that night.
    assert_eq!(armed.timers[0].timer.due.to_string(), "2026-10-25T09:30Z");
    let moved = send(
        &mut stage,
        json!({"id": "e2", "type": "field", "module": "Prospects",
            "record": {"id": 1, "Nom": "F", "Date Prochain Push": "2026-10-25"},
            "changes": {"Date Prochain Push": "2026-07-14"}}),
    );
    assert_eq!(moved.timers[0].change, "move");
    let fired = stage.advance(Instant::parse("2026-12-01T00:00Z").unwrap()).unwrap();
    assert_eq!(fired.len(), 1);
    assert_eq!(fired[0].at.to_string(), "2026-07-14T08:30Z");
    assert_eq!(changes(&fired[0].decision)[0].1.to_json(), "2026-10-22");
    assert_eq!(fired[0].decision.effects.len(), 1);
}

#[test]
fn a_rule_that_fires_twice_in_a_cascade_arms_its_timer_once() {
    let mut stage = leads(
        "
enchaînement profondeur 1
règle \"Deux\" sur Prospects
  quand créé ou modifié
  alors
    Statut Lead : vu
  puis 1 jour après
    tâche \"Relancer\"
",
    );
    let decision = create(&mut stage, json!({"id": 1}));
    assert_eq!(decision.fired, ["Deux", "Deux"]);
    assert_eq!(decision.timers.len(), 1);
    // The same event once more, later: the timer is the same and moves.
    stage.set_now(Instant::parse("2026-06-30T12:00Z").unwrap());
    let again = create(&mut stage, json!({"id": 1}));
    assert_eq!(again.timers.iter().map(|timer| timer.change).collect::<Vec<_>>(), ["move"]);
    assert_eq!(stage.state().records().next().unwrap().1.timers.len(), 1);
}

#[test]
fn ids_of_timers_that_arm_the_next_do_not_grow() {
    let mut stage = leads(
        "
règle \"Relance de tous les mois\" sur Prospects
  quand Date Auto, chaque mois
  alors
    tâche \"Relancer\"
",
    );
    create(&mut stage, json!({"id": "4150868000001", "Date Auto": "2026-07-14"}));
    let fired = stage.advance(Instant::parse("2036-07-01T00:00Z").unwrap()).unwrap();
    assert_eq!(fired.len(), 120);
    let ids: Vec<_> = fired.iter().map(|fired| &fired.decision.effects[0].id).collect();
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    assert!(ids.iter().all(|id| id.len() < 200), "{}", ids[119]);
}

#[test]
fn an_update_of_some_fields_knows_what_its_record_refers_to() {
    let mut stage = stage(
        "
module Contacts
  Nom : texte
  Compte : référence Comptes
module Comptes
  Type : texte
règle \"R\" sur Contacts
  quand Nom modifié
  si Compte.Type EST client
  alors
    Nom : connu
",
    );
    let account = json!({"id": "k1", "type": "created", "module": "Comptes",
        "record": {"id": "k1", "Type": "client"}});
    send(&mut stage, account);
    send(
        &mut stage,
        json!({"id": "c1", "type": "created", "module": "Contacts",
        "record": {"id": "c1", "Nom": "a", "Compte": "k1"}}),
    );
    let update = json!({"id": "c2", "type": "updated", "module": "Contacts",
        "before": {"id": "c1"}, "after": {"Nom": "b"}});
    assert_eq!(send(&mut stage, update).fired, ["R"]);
}

#[test]
fn becoming_is_judged_with_the_record_before() {
    let mut stage = leads(
        "
règle \"Clic\" sur Prospects
  quand Statut Membre DEVIENT Clic CRM
  alors
    Statut Lead : cliqueur
règle \"Sortie\" sur Prospects
  quand Statut Membre PASSE DE Clic CRM À Opted Out
  alors
    Statut Lead : off
",
    );
    let update = |before: &str, after: &str| {
        json!({"id": "e", "type": "updated", "module": "Prospects",
            "before": {"id": 1, "Statut Membre": before}, "after": {"Statut Membre": after}})
    };
    assert_eq!(create(&mut stage, json!({"id": 1, "Statut Membre": "Clic CRM"})).fired, ["Clic"]);
    assert_eq!(send(&mut stage, update("Désabonné", "Clic CRM")).fired, ["Clic"]);
    assert!(send(&mut stage, update("Clic CRM", "Clic CRM")).fired.is_empty());
    assert_eq!(send(&mut stage, update("Clic CRM", "Opted Out")).fired, ["Sortie"]);
}

#[test]
fn only_once_and_on_entering_remember() {
    let mut stage = leads(
        "
règle \"Une\" sur Prospects
  quand créé ou modifié
  si Montant > 10
  une seule fois
  alors
    tâche \"une\"
règle \"Passage\" sur Prospects
  quand créé ou modifié
  si Montant > 10
  au passage
  alors
    tâche \"passage\"
",
    );
    let update = |before: i32, after: i32| {
        json!({"id": "e", "type": "updated", "module": "Prospects",
            "before": {"id": 1, "Montant": before}, "after": {"Montant": after}})
    };
    assert_eq!(create(&mut stage, json!({"id": 1, "Montant": 20})).fired, ["Une", "Passage"]);
    assert!(send(&mut stage, update(20, 30)).fired.is_empty());
    assert!(send(&mut stage, update(30, 5)).fired.is_empty());
    assert_eq!(send(&mut stage, update(5, 11)).fired, ["Passage"]);
}

#[test]
fn a_change_goes_from_contact_to_account_and_ends() {
    let mut stage = stage(
        "
module Contacts
  Type Contact : texte
  Compte : référence Comptes
module Comptes
  Type de Compte : texte
  Contacts : fiches Contacts
règle \"MAJ1\" sur Contacts
  quand Type Contact modifié
  alors
    Compte.Type de Compte : Contacts.Type Contact
règle \"MAJ1\" sur Comptes
  quand Type de Compte modifié
  alors
    chaque Contacts.Type Contact : Comptes.Type de Compte
",
    );
    let decision = send(
        &mut stage,
        json!({"id": "e1", "type": "updated", "module": "Contacts",
            "before": {"id": "c1", "Type Contact": "prospect", "Compte": "a1"},
            "after": {"Type Contact": "client actif"},
            "related": {"Comptes": [{"id": "a1", "Type de Compte": "prospect",
                "Contacts": [{"id": "c1", "Type Contact": "prospect"}, {"id": "c2", "Type Contact": "suspect"}]}]}}),
    );
    let written: Vec<_> = decision
        .changes
        .iter()
        .map(|change| {
            format!("{} {} {}", change.record.module, change.record.id, change.new.to_json())
        })
        .collect();
    assert_eq!(written, ["Comptes a1 \"client actif\"", "Contacts c2 \"client actif\""]);
}

#[test]
fn a_timer_of_a_module_that_is_gone_is_due_once() {
    let mut stage = leads(
        "règle \"R\" sur Prospects\n  quand créé\n  alors\n    Nom : vu\n  puis 1 jour après\n    Nom : revu\n",
    );
    create(&mut stage, json!({"id": 1}));
    let program =
        jalon::Program::parse("règle \"S\" sur Clients\n  quand créé\n  alors\n    Nom : x\n");
    let records = stage.records().clone();
    let clock = stage.clock().clone();
    let mut other = jalon::rehearsal::Rehearsal::new(&program.unwrap(), clock)
        .resume(stage.state().clone(), records);
    let fired = other.advance(Instant::parse("2026-08-01T00:00Z").unwrap()).unwrap();
    assert_eq!(fired.len(), 1);
    assert!(fired[0].decision.fired.is_empty() && other.state().is_empty());
}

#[test]
fn a_timer_is_dropped_where_other_modules_are_declared() {
    let mut stage = leads(
        "règle \"R\" sur Prospects\n  quand créé\n  alors\n    Nom : vu\n  puis 1 jour après\n    Nom : revu\n",
    );
    create(&mut stage, json!({"id": 1}));
    let program = jalon::Program::parse("module Clients\n  Nom : texte\n").unwrap();
    let mut other = jalon::rehearsal::Rehearsal::new(&program, stage.clock().clone())
        .resume(stage.state().clone(), stage.records().clone());
    let fired = other.advance(Instant::parse("2026-08-01T00:00Z").unwrap()).unwrap();
    assert_eq!(fired.len(), 1);
    assert!(fired[0].decision.effects.is_empty() && other.state().is_empty());
}
