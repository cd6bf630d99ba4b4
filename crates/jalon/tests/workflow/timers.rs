//! Timers over time: those that come back, move, are late, or whose rule is another by now.

use jalon::rehearsal::Rehearsal;
use jalon::value::Instant;
use jalon::{Clock, Program};
use serde_json::{Value as Json, json};

use super::{create, effects, send, stage};

const LEADS: &str = "
module Prospects
  Nom       : texte
  Naissance : date
  RDV       : date-heure
  Rappel    : date
";

fn leads(rules: &str) -> Rehearsal {
    stage(&format!("{LEADS}{rules}"))
}

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn update(before: Json, after: Json) -> Json {
    json!({"id": "e2", "type": "updated", "module": "Prospects", "before": before, "after": after})
}

/// What happened to timers: the change, and when they are due.
fn timers(decision: &jalon::workflow::Decision) -> Vec<String> {
    let shown = |t: &jalon::workflow::TimerChange| format!("{} {}", t.change, t.timer.due);
    decision.timers.iter().map(shown).collect()
}

#[test]
fn a_timer_that_comes_back_keeps_short_ids_of_its_own() {
    for trigger in [
        "quand Naissance à 08:00, chaque mois",
        "quand chaque mois Naissance à 08:00",
        "when Naissance at 08:00, every month",
        "when every month, Naissance at 08:00",
    ] {
        let word = if trigger.starts_with("quand") {
            ("règle", "sur", "alors", "tâche")
        } else {
            ("rule", "on", "then", "task")
        };
        let (rule, on, then, task) = word;
        let mut stage = leads(&format!(
            "{rule} \"Mois\" {on} Prospects\n  {trigger}\n  {then}\n    {task} \"x\"\n"
        ));
        create(&mut stage, json!({"id": 1, "Naissance": "1980-01-31"}));
        let fired = stage.advance(at("2031-07-01T00:00Z")).unwrap();
        assert_eq!(fired.len(), 60);
        assert_eq!(fired[7].at.to_string(), "2027-02-28T07:00Z", "the end of a short month");
        let mut ids: Vec<_> = fired.iter().map(|f| f.decision.effects[0].id.clone()).collect();
        assert!(ids.iter().all(|id| id.starts_with("e1") && id.len() < 60), "{:?}", ids.last());
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 60, "each time is another");
    }
}

#[test]
fn a_date_that_moves_into_the_past_is_cancelled_and_reported() {
    let mut stage = leads(
        "
règle \"Rappel\" sur Prospects
  quand 3 jours avant Rappel à 9h
  alors
    tâche \"x\"
",
    );
    let made = create(&mut stage, json!({"id": 1, "Rappel": "2026-07-15"}));
    assert_eq!(timers(&made), ["arm 2026-07-12T07:00Z"]);
    let before = json!({"id": 1, "Rappel": "2026-07-15"});
    let moved = send(&mut stage, update(before, json!({"Rappel": "2026-07-02"})));
    assert_eq!(timers(&moved), ["cancel 2026-07-12T07:00Z", "past 2026-06-29T07:00Z"]);
    let past = create(&mut stage, json!({"id": 2, "Rappel": "2026-07-02"}));
    assert_eq!(timers(&past), ["past 2026-06-29T07:00Z"]);
    assert!(stage.state().is_empty());
}

#[test]
fn a_late_host_loses_no_turn() {
    let mut stage = leads(
        "
règle \"Mois\" sur Prospects
  quand Naissance à 08:00, chaque mois
  alors
    tâche \"x\"
",
    );
    create(&mut stage, json!({"id": 1, "Nom": "F", "Naissance": "1980-07-10"}));
    // The timer of 10 July is due, not fired yet, when a change comes in.
    stage.set_now(at("2026-07-10T09:00Z"));
    let before = json!({"id": 1, "Nom": "F", "Naissance": "1980-07-10"});
    assert_eq!(timers(&send(&mut stage, update(before, json!({"Nom": "G"})))), [""; 0]);
    let fired = stage.advance(at("2026-07-10T10:00Z")).unwrap();
    assert_eq!(fired.len(), 1);
    assert_eq!(timers(&fired[0].decision), ["done 2026-07-10T06:00Z", "arm 2026-08-10T06:00Z"]);
}

#[test]
fn a_date_that_changed_unsaid_is_noticed_when_its_timer_is_due() {
    let mut stage = leads(
        "
rule \"Soon\" on Prospects
  when 2 hours before RDV
  then
    task \"x\"
",
    );
    let made = create(&mut stage, json!({"id": 1, "RDV": "2026-07-02T10:00"}));
    assert_eq!(timers(&made), ["arm 2026-07-02T06:00Z"]);
    let key = made.record.clone().unwrap();
    stage.put(key, json!({"id": 1, "RDV": "2026-07-03T10:00"}));
    let fired = stage.advance(at("2026-07-02T12:00Z")).unwrap();
    assert_eq!(timers(&fired[0].decision), ["move 2026-07-03T06:00Z"]);
    assert!(fired[0].decision.effects.is_empty());
    let fired = stage.advance(at("2026-07-04T12:00Z")).unwrap();
    assert_eq!(effects(&fired[0].decision).len(), 1);
}

#[test]
fn a_timer_follows_its_rule() {
    let rule = |name: &str, trigger: &str, later: &str| {
        format!("{LEADS}règle \"{name}\" sur Prospects\n  {trigger}\n  alors\n    Nom : x\n{later}")
    };
    let then = |text: String, made: &Rehearsal| {
        let program = Program::parse(&text).unwrap_or_else(|error| panic!("{error}"));
        let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
        let mut stage =
            Rehearsal::new(&program, clock).resume(made.state().clone(), made.records().clone());
        let fired = stage.advance(at("2026-08-01T00:00Z")).unwrap();
        let decision = fired[0].decision.clone();
        (timers(&decision)[0].split(' ').next().unwrap().to_owned(), decision.effects.len())
    };
    let later = "  puis 3 jours après\n    tâche \"un\"\n";
    let mut made = stage(&rule("R", "quand créé", later));
    create(&mut made, json!({"id": 1, "Rappel": "2026-07-15"}));
    // Edited, it does what it says now; without its later actions, or gone, nothing.
    let edited = "  puis 5 jours après\n    tâche \"deux\"\n    tâche \"trois\"\n";
    assert_eq!(then(rule("R", "quand créé", edited), &made), ("done".to_owned(), 2));
    assert_eq!(then(rule("R", "quand créé", ""), &made), ("cancel".to_owned(), 0));
    assert_eq!(then(rule("S", "quand créé", later), &made), ("cancel".to_owned(), 0));

    let mut dated = stage(&rule("R", "quand Rappel", ""));
    create(&mut dated, json!({"id": 1, "Rappel": "2026-07-15", "Naissance": "1980-01-01"}));
    // What waits for another date by now does not fire on the old one.
    assert_eq!(then(rule("R", "quand Naissance", ""), &dated), ("cancel".to_owned(), 0));
}

#[test]
fn records_that_were_there_before_their_rules_are_armed_once() {
    let mut stage = leads(
        "
règle \"Rappel\" sur Prospects
  quand Rappel à 9h
  alors
    tâche \"x\"
",
    );
    let arm = || {
        json!({"id": "a1", "type": "arm", "module": "Prospects",
        "record": {"id": 1, "Rappel": "2026-07-15"}})
    };
    assert_eq!(timers(&send(&mut stage, arm())), ["arm 2026-07-15T07:00Z"]);
    assert_eq!(timers(&send(&mut stage, arm())), [""; 0]);
}

#[test]
fn a_tick_says_until_when_schedules_have_run() {
    let mut stage = stage("règle \"R\" sur Prospects\n  quand créé\n  alors\n    étiqueter x\n");
    let decision = send(&mut stage, json!({"id": "t", "type": "tick", "now": "2026-07-02T09:00"}));
    assert!(decision.effects.is_empty() && decision.record.is_none());
    assert_eq!(decision.state.ticked.unwrap().to_string(), "2026-07-02T07:00Z");
    assert_eq!(stage.state().ticked, decision.state.ticked);
}

#[test]
fn records_of_modules_that_are_not_declared_are_found_again() {
    let mut stage = stage(
        "règle \"R\" sur Prospects\n  quand créé\n  si Pays EST France\n  alors\n    étiqueter x\n  \
         puis 3 jours après\n    tâche \"Relancer ${Nom}\"\n",
    );
    create(&mut stage, json!({"id": 1, "Nom": "F", "Pays": "France"}));
    let fired = stage.advance(Instant::parse("2026-07-03T08:30Z").unwrap()).unwrap();
    assert_eq!(fired[0].decision.effects.len(), 1);
}
