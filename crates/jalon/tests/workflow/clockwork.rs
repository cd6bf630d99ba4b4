//! What the clock brings: timers and schedules in their order, and what decisions tell of it.

use jalon::lang::Lang;
use jalon::rehearsal::{FiredBy, Rehearsal};
use jalon::value::Instant;
use jalon::{Clock, Program};
use serde_json::json;

use super::{create, stage};

const RULES: &str = "
module Prospects
  Nom   : texte
  Pays  : texte
  Email : e-mail
  Statut : texte
score Scorex sur Prospects
  +25 si Email N'EST PAS VIDE
règle \"Relance\" sur Prospects
  quand créé
  si Pays EST France
  alors
    score Scorex
  puis 3 jours après
    tâche \"Relancer ${Nom}\"
planification A chaque jour à 08:00
  au plus 400 Prospects
  alors
    tâche \"A ${Nom}\"
planification B chaque jour à 08:00
  au plus 400 Prospects
  alors
    tâche \"B ${Nom}\"
";

fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// What fired, and when.
fn told(fired: &[jalon::rehearsal::Fired]) -> Vec<String> {
    let by = |by: &FiredBy| match by {
        FiredBy::Timer(name) | FiredBy::Schedule(name) => name.clone(),
    };
    fired.iter().map(|fired| format!("{} {}", fired.at, by(&fired.by))).collect()
}

#[test]
fn a_score_that_a_rule_asks_for_is_told() {
    let decision = create(&mut stage(RULES), json!({"id": 1, "Pays": "France", "Email": "a@x.fr"}));
    let [score] = &decision.scores[..] else { panic!("{decision:?}") };
    assert_eq!((score.score.as_str(), score.old, score.new), ("Scorex", None, 25.into()));
}

#[test]
fn schedules_of_one_time_all_run_and_timers_keep_their_place() {
    let mut stage = stage(RULES);
    create(&mut stage, json!({"id": 1, "Pays": "France", "Nom": "Ferrand"}));
    let fired = stage.advance(instant("2026-07-04T06:00Z")).unwrap();
    assert_eq!(
        told(&fired),
        [
            "2026-07-01T06:00Z A",
            "2026-07-01T06:00Z B",
            "2026-07-02T06:00Z A",
            "2026-07-02T06:00Z B",
            "2026-07-03T06:00Z A",
            "2026-07-03T06:00Z B",
            "2026-07-03T08:30Z Relance",
            "2026-07-04T06:00Z A",
            "2026-07-04T06:00Z B",
        ],
    );
    assert_eq!(stage.advance(instant("2026-07-04T06:00Z")).unwrap().len(), 0);
}

#[test]
fn saved_and_reloaded_at_any_time_the_same_fires() {
    let mut whole = stage(RULES);
    create(&mut whole, json!({"id": 1, "Pays": "France", "Nom": "Ferrand"}));
    let expected = told(&whole.clone().advance(instant("2026-07-05T00:00Z")).unwrap());
    for stop in ["2026-06-30T12:00Z", "2026-07-01T06:00Z", "2026-07-03T08:00Z", "2026-07-03T08:30Z"]
    {
        let mut first = whole.clone();
        let mut all = told(&first.advance(instant(stop)).unwrap());
        let saved = serde_json::to_string(first.state()).unwrap();
        let clock = Clock { now: Some(instant(stop)), ..first.clock().clone() };
        let mut again = Rehearsal::new(&Program::parse(RULES).unwrap(), clock)
            .resume(serde_json::from_str(&saved).unwrap(), first.records().clone());
        all.extend(told(&again.advance(instant("2026-07-05T00:00Z")).unwrap()));
        assert_eq!(all, expected, "{stop}");
    }
}

#[test]
fn a_report_gives_local_times_and_says_what_was_dropped() {
    let mut stage = stage(RULES);
    let zone = stage.clock().zone;
    let decision = create(&mut stage, json!({"id": 1, "Pays": "France", "Nom": "Ferrand"}));
    let report = decision.report_in(Lang::Fr, zone);
    assert!(report.contains("minuterie armée : 2026-07-03T10:30 (« Relance »)"), "{report}");
    assert!(decision.report(Lang::En).contains("timer armed: 2026-07-03T08:30Z"), "{report}");
    let key = decision.record.unwrap();
    stage.put(key, json!({"id": 1, "Pays": "Monaco"}));
    let fired = stage.advance(instant("2026-07-03T09:00Z")).unwrap();
    let report = fired.last().unwrap().decision.report_in(Lang::En, zone);
    assert!(report.contains("timer due: 2026-07-03T10:30 (“Relance”), dropped"), "{report}");
    assert!(report.contains("✗ “Pays EST France” does not hold"), "{report}");
    assert!(!report.contains("— score") && report.contains("— workflow"), "{report}");
}

#[test]
fn an_event_that_names_no_module_is_of_the_only_one() {
    let mut stage = stage(RULES);
    let created = json!({"id": "e1", "type": "created",
        "record": {"id": 1, "Pays": "Suisse", "Email": "a@x.fr"}});
    super::send(&mut stage, created);
    let changed = json!({"id": "e2", "type": "updated", "before": {"id": 1},
        "after": {"Pays": "France"}});
    let decision = super::send(&mut stage, changed);
    let key = decision.record.unwrap();
    assert_eq!((key.module.as_str(), key.id.as_str()), ("Prospects", "1"));
    assert_eq!(stage.record(&key).unwrap()["Email"], "a@x.fr");
    assert_eq!(stage.records().len(), 1);
}
