//! What is told beside effects: which field a refusal is about, which values stood in the way,
//! what an event lacks, which schedules are due, and what a state holds.

use jalon::value::Instant;
use jalon::workflow::{Due, Incoming, RecordKey, RecordState, State};
use jalon::{Clock, Lang, Program};
use serde_json::{Value as Json, json};

use super::{create, send, stage};

#[test]
fn a_refusal_names_its_field() {
    let mut stage = stage(
        "
module Prospects
  Mail        : e-mail
  Département : liste 06, 83
  Région      : liste Côte-Azur, Var
dépendance Région selon Département sur Prospects
  06 : Côte-Azur
  83 : Var
",
    );
    let record = json!({"id": 1, "Mail": "a", "Département": "06", "Région": "Var"});
    let refusals = create(&mut stage, record).refusals;
    let fields: Vec<_> = refusals.iter().map(|refusal| refusal.field.as_deref()).collect();
    assert_eq!(fields, [Some("Mail"), Some("Région")]);
}

#[test]
fn an_action_that_is_not_done_names_the_values_that_stand_in_its_way_and_no_others() {
    let mut stage = stage(
        "
module Prospects
  Montant : nombre
  Taux    : nombre
  Total   : nombre
règle \"R\" sur Prospects
  quand créé
  alors
    Montant += 5
    Total : Montant * 2 + Taux
    Total : 1 / 0
",
    );
    let made = create(&mut stage, json!({"id": 1, "Montant": "beaucoup", "Total": "rien"}));
    let named = |index: usize| -> Vec<(&str, &str)> {
        let errors = &made.errors;
        assert_eq!(errors.len(), 3, "{errors:?}");
        let values = errors[index].values.iter();
        values.map(|one| (one.field.as_str(), one.value.as_str())).collect()
    };
    // A field without a value is none that stands in the way, nor is one that is written anew.
    assert_eq!(named(0), [("Montant", "beaucoup")]);
    assert_eq!(named(1), [("Montant", "beaucoup")]);
    assert_eq!(named(2), []);
}

#[test]
fn an_event_that_lacks_something_says_what_to_write() {
    let said = |event: Json| match Incoming::read(&event) {
        Ok(_) => panic!("{event} is read"),
        Err(error) => (error.message(Lang::Fr), error.message(Lang::En)),
    };
    for (kind, more, fr, en) in [
        ("activity", json!({}), "dites ce qui s'est passé", "say what happened"),
        ("submit", json!({}), "nommez l'approbation", "name the approval"),
        ("vote", json!({"approval": "A"}), "dites \"approve\" ou \"reject\"", "say \"approve\""),
        ("delegate", json!({"approval": "A"}), "dites à qui", "say to whom"),
        ("manual", json!({}), "nommez la règle", "name the rule"),
        ("transition", json!({}), "nommez la transition", "name the transition"),
        ("scheduled", json!({}), "nommez la planification", "name the schedule"),
        ("due", json!({}), "donnez l'id de la minuterie", "give the timer's id"),
        ("updated", json!({"before": {"id": 1}}), "`after`", "`after`"),
        ("updated", json!({"after": {"id": 1}}), "`before`", "`before`"),
        ("updated", json!({"record": {"id": 1}}), "`changes`", "`changes`"),
    ] {
        let mut event = json!({"id": "e1", "type": kind, "module": "Prospects"});
        if kind != "updated" {
            event["record"] = json!({"id": 1});
        }
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (french, english) = said(event);
        assert!(french.contains(fr), "{kind}: {french}");
        assert!(english.contains(en), "{kind}: {english}");
    }
}

#[test]
fn schedules_are_due_from_the_last_tick_up_to_now() {
    let program = Program::parse(
        "
module Prospects
  Nom : texte
planification Soir chaque jour à 19:00
  au plus 2 Prospects
  alors
    étiqueter Vu
",
    )
    .unwrap();
    let due = |now: &str| -> Vec<String> {
        let mut state = State::new();
        state.tick(Instant::parse("2026-06-30T17:00Z").unwrap());
        let clock = Clock::at(now, "Europe/Paris").unwrap();
        let due = program.due(&state, &clock).unwrap();
        due.iter()
            .filter(|due| matches!(due, Due::Schedule { .. }))
            .map(|due| due.at().to_string())
            .collect()
    };
    assert_eq!(due("2026-07-01T18:59"), [""; 0]);
    assert_eq!(due("2026-07-01T19:00"), ["2026-07-01T17:00Z"]);
    assert_eq!(due("2026-07-03T12:00"), ["2026-07-01T17:00Z", "2026-07-02T17:00Z"]);
}

#[test]
fn a_rule_that_has_fired_once_is_forgotten_by_its_name_or_with_all() {
    let rule = |name: &str| {
        format!(
            "règle {name} sur Prospects\n  quand créé\n  une seule fois\n  alors\n    étiqueter {name}\n"
        )
    };
    let mut stage = stage(&format!("module Prospects\n  Nom : texte\n{}{}", rule("A"), rule("B")));
    assert_eq!(create(&mut stage, json!({"id": 1})).fired, ["A", "B"]);
    let (mut state, key) =
        (stage.state().clone(), RecordKey { module: "Prospects".to_owned(), id: "1".to_owned() });
    let fired = |state: &State| -> Vec<String> {
        state.of(&key).map(|state| state.fired.into_iter().collect()).unwrap_or_default()
    };
    assert_eq!(fired(&state), ["A", "B"], "{state:?}");
    state.forget(&key, Some("A"));
    assert_eq!(fired(&state), ["B"]);
    state.forget(&key, Some("C"));
    assert_eq!(fired(&state), ["B"]);
    state.forget(&key, None);
    assert_eq!(fired(&state), [""; 0]);
}

#[test]
fn what_has_fired_is_forgotten_however_the_module_is_written() {
    let rule = "règle Accueil sur Prospects\n  quand créé\n  une seule fois\n  alors\n    tâche \"Appeler\"\n";
    for declared in ["", "module Prospects\n  Nom : texte\n"] {
        let mut stage = stage(&format!("{declared}{rule}"));
        assert_eq!(create(&mut stage, json!({"id": 1})).fired, ["Accueil"]);
        for module in ["Prospects", "PROSPECTS"] {
            let mut state = stage.state().clone();
            let key = RecordKey { module: module.to_owned(), id: "1".to_owned() };
            state.forget(&key, Some("accueil"));
            assert!(
                state.records().all(|(_, known)| known.fired.is_empty()),
                "{module}: {state:?}"
            );
        }
    }
}

#[test]
fn states_are_the_same_that_remember_the_same_of_the_same_records() {
    let remember = |records: &[(&str, &str)]| {
        let mut state = State::new();
        for (id, rule) in records {
            let key = RecordKey { module: "Prospects".to_owned(), id: (*id).to_owned() };
            let fired = [(*rule).to_owned()].into_iter().collect();
            state.put(&key, &RecordState { fired, ..RecordState::default() });
        }
        state
    };
    let one = remember(&[("1", "A"), ("2", "B")]);
    assert_eq!(one, remember(&[("2", "B"), ("1", "A")]));
    for other in [&[("1", "A"), ("2", "C")][..], &[("1", "A"), ("3", "B")], &[("1", "A")]] {
        let other = remember(other);
        assert_ne!(one, other);
        assert_ne!(other, one);
    }
}

#[test]
fn a_record_that_is_created_anew_has_nothing_of_the_one_before() {
    let mut stage = stage(
        "
module Prospects
  Pays : texte
règle \"R\" sur Prospects
  quand créé
  si Pays EST VIDE
  alors
    étiqueter Inconnu
",
    );
    assert_eq!(create(&mut stage, json!({"id": 1, "Pays": "France"})).fired, [""; 0]);
    assert_eq!(create(&mut stage, json!({"id": 1})).fired, ["R"]);
}

#[test]
fn where_a_record_stands_is_told_where_that_has_changed() {
    let mut stage = stage(
        "
module Prospects
  Étape  : liste Début, Fin
  Compte : référence Comptes
  Note   : texte
module Comptes
  Suivi : liste Ouvert, Fermé
  Note  : texte
parcours P sur Prospects, champ Étape
  états Début
  gagné Fin
  transition \"Finir\" de Début vers Fin
parcours C sur Comptes, champ Suivi
  entrée si Note N'EST PAS VIDE
  états Ouvert
  perdu Fermé
  transition \"Fermer\" de Ouvert vers Fermé
règle \"Une fois\" sur Prospects
  quand modifié
  une seule fois
  alors
    Compte.Note : vu
",
    );
    let record = json!({"id": 1, "Étape": "Début", "Compte": "a1"});
    let entered = create(&mut stage, record.clone());
    assert_eq!(entered.process.map(|process| process.state.to_string()).as_deref(), Some("Début"));
    let related = json!({"Comptes": [{"id": "a1", "Suivi": "Ouvert"}]});
    let changed = send(
        &mut stage,
        json!({"id": "e2", "type": "updated", "module": "Prospects",
        "before": record, "after": {"Note": "x"}, "related": related}),
    );
    // The account has entered its own, and the rule is remembered; the prospect stands where it was.
    assert_eq!(changed.fired, ["Une fois"]);
    assert!(changed.state.records().count() == 2 && changed.process.is_none(), "{changed:?}");
}
