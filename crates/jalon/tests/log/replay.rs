//! Which moves are accepted, which are refused and why, and how long states last.

use jalon::Clock;
use jalon::blueprint::log::{Event, Log, LogBuilder};
use jalon::blueprint::replay::{Reading, Reason, Replay, Unknown, replay};
use jalon::lang::Lang;
use jalon::value::{Instant, Zone};

use super::blueprint;

const SUPPORT: &str = "\
parcours Support, champ Statut
  états Ouvert, En cours, En attente
  gagné Résolu
  perdu Abandonné
  transition \"Prendre\" de Ouvert vers En cours
    avant
      propriétaires utilisateur Alice, utilisateur Bruno
  transition \"Demander\" de En cours vers En attente
  transition \"Répondre\" de En attente vers En cours
  transition \"Résoudre\" de En cours vers Résolu
  transition automatique \"Clore\" de En attente vers Abandonné après 3 jours
  transition commune \"Abandonner\" vers Abandonné, depuis Ouvert, En cours
  transition parallèle \"Valider\" de En cours vers Résolu
    enfant \"Technique\"
    enfant \"Client\"
";

/// `1 Ouvert 2026-06-01T10:00 Alice`, `-` for what is not said.
fn log(lines: &[&str]) -> Log {
    let mut log = LogBuilder::default();
    for line in lines {
        let mut parts = line.split('|').map(str::trim).map(|part| Some(part).filter(|p| *p != "-"));
        let mut part = || parts.next().flatten();
        let (case, what) = (part().unwrap(), part().unwrap());
        let at = part().map(|text| Instant::parse(&format!("2026-06-{text}Z")).unwrap());
        let (by, transition) = (part(), part());
        log.push(&Event { case, what, transition, by, at }).unwrap();
    }
    log.build()
}

fn replayed(lines: &[&str]) -> Replay {
    let (blueprint, log) = (blueprint(SUPPORT), log(lines));
    replay(&blueprint, &log, Reading::of(&blueprint, &log), &Clock::new(None, Zone::UTC))
}

fn reasons(report: &Replay) -> Vec<(Reason, u64, String)> {
    let refusals = report.refusals.iter();
    refusals.map(|one| (one.reason, one.count, one.message(Lang::Fr))).collect()
}

#[test]
fn moves_are_accepted_counted_and_timed() {
    let report = replayed(&[
        "1|Ouvert|01T10:00",
        "1|En cours|01T11:00",
        "1|En attente|01T13:00",
        "1|en cours|02T13:00",
        "1|Résolu|02T14:00",
        "2|Ouvert|01T10:00",
        "2|En cours|01T10:30",
        "2|Abandonné|03T10:30",
        "3|Ouvert|05T10:00",
    ]);
    assert_eq!((report.accepted, report.refused, report.events, report.cases), (6, 0, 9, 3));
    assert_eq!((report.conforming, report.finished, report.variants), (3, 2, 3));
    let seconds = |time: Option<std::time::Duration>| time.map(|time| time.as_secs());
    let state = |name: &str| report.states.iter().find(|one| one.state == name).unwrap();
    let open = state("Ouvert");
    assert_eq!((open.entries, open.cases, open.last, open.won, open.lost), (3, 3, 1, 1, 1));
    assert_eq!((open.times.timed, seconds(open.times.median)), (2, Some(1800)));
    assert_eq!(seconds(open.times.p90), Some(3600));
    let doing = state("En cours");
    assert_eq!((doing.entries, doing.cases, doing.last), (3, 2, 0));
    assert_eq!(seconds(doing.times.median), Some(7200));
    assert_eq!(state("Résolu").times.timed, 0);
    let of = |name: &str| report.transitions.iter().find(|one| one.transition == name).unwrap();
    assert_eq!((of("Prendre").count, of("Prendre").shared), (2, 0));
    assert_eq!((of("Résoudre").count, of("Résoudre").shared), (1, 1));
    assert_eq!((of("Valider").count, of("Valider").shared), (1, 1));
    assert_eq!(of("Technique").child_of.as_deref(), Some("Valider"));
    let ways = report.moves.iter().find(|one| one.to == "Résolu").unwrap();
    assert_eq!(ways.transitions, ["Résoudre", "Valider"]);
}

#[test]
fn each_refusal_has_its_reason() {
    let report = replayed(&[
        "1|Ouvert|-",
        "1|En attente|-",
        "1|Résolu|-",
        "1|Ouvert|-",
        "1|Ouvert|-",
        "2|Cloturé|-",
        "2|Ouvert|-",
        "3|En cours|-",
        "3|Résolu|-",
    ]);
    assert_eq!((report.accepted, report.refused, report.conforming), (1, 5, 0));
    let said = reasons(&report);
    let said: Vec<(Reason, &str)> =
        said.iter().map(|(reason, _, text)| (*reason, text.as_str())).collect();
    for expected in [
        (Reason::NoTransition, "aucune transition ne va de `Ouvert` à `En attente`"),
        (Reason::NoTransition, "aucune transition ne va de `En attente` à `Résolu`"),
        (Reason::EndLeft, "`Résolu` est une fin : rien n'en repart vers `Ouvert`"),
        (Reason::NoTransition, "aucune transition ne va de `Ouvert` à `Ouvert` : l'état se répète"),
        (Reason::UnknownState, "pas un état du parcours : `Cloturé`"),
    ] {
        assert!(said.contains(&expected), "{expected:?} in {said:?}");
    }
    assert_eq!(report.unknown, [Unknown { name: "Cloturé".to_owned(), events: 1 }]);
    let begins: Vec<_> =
        report.begins.iter().map(|one| (one.state.as_deref(), one.cases, one.default)).collect();
    let expected = [(Some("Ouvert"), 1, true), (Some("En cours"), 1, false), (None, 1, false)];
    assert_eq!(begins, expected);
}

#[test]
fn who_and_by_which_transition_is_judged_where_the_log_says_so() {
    let report = replayed(&[
        "1|Ouvert|-|Alice",
        "1|En cours|-|alice|Prendre",
        "1|Résolu|-|Chantal|Valider",
        "2|Ouvert|-|Chantal",
        "2|En cours|-|Chantal",
        "2|Abandonné|-|Chantal|Résoudre",
        "3|Ouvert|-",
        "3|En cours|-|-|Commencer",
    ]);
    assert_eq!((report.accepted, report.refused), (2, 3));
    let mut said = reasons(&report);
    said.sort_by_key(|(reason, ..)| *reason);
    let texts: Vec<&str> = said.iter().map(|(.., text)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "`Commencer` ne va pas de `Ouvert` à `En cours`",
            "`Résoudre` ne va pas de `En cours` à `Abandonné`",
            "faite par quelqu'un d'autre que ses propriétaires : `Prendre`",
        ]
    );
    let of = |name: &str| report.transitions.iter().find(|one| one.transition == name).unwrap();
    assert_eq!((of("Valider").count, of("Valider").shared, of("Résoudre").count), (1, 0, 0));
}

#[test]
fn automatic_moves_before_their_time_are_noted() {
    let lines = ["1|En attente|01T10:00", "1|Abandonné|03T10:00"];
    let report = replayed(&lines);
    assert_eq!((report.accepted, report.early), (1, 1));
    let report = replayed(&[lines[0], "1|Abandonné|04T10:00"]);
    assert_eq!((report.accepted, report.early), (1, 0));
}

#[test]
fn activities_may_be_transitions() {
    let report = replayed(&[
        "1|Prendre|01T10:00",
        "1|Demander|01T12:00",
        "1|répondre|01T13:00",
        "1|Technique|01T14:00",
        "1|Technique|01T14:30",
        "1|Client|01T15:00",
        "1|Prendre|01T16:00",
        "2|Demander|01T10:00",
        "2|Répondre|01T11:00",
        "2|Danser|01T12:00",
    ]);
    assert_eq!(report.reading, Reading::Transitions);
    assert_eq!((report.accepted, report.refused), (6, 4), "{report:?}");
    let mut said = reasons(&report);
    said.sort_by_key(|(reason, ..)| *reason);
    let texts: Vec<&str> = said.iter().map(|(.., text)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "`Résolu` est une fin : `Prendre` n'en repart pas",
            "pas une transition du parcours : `Danser`",
            "`Demander` ne part pas de `Ouvert`",
            "`Technique` est déjà fait",
        ]
    );
    // A refused transition moves the case where it leads: what follows is judged from there.
    let waiting = report.states.iter().find(|one| one.state == "En attente").unwrap();
    assert_eq!(waiting.entries, 2);
    let doing = report.states.iter().find(|one| one.state == "En cours").unwrap();
    assert_eq!(doing.times.median.map(|time| time.as_secs()), Some(7200));
    let of = |name: &str| report.transitions.iter().find(|one| one.transition == name).unwrap();
    assert_eq!((of("Technique").count, of("Client").count, of("Valider").count), (1, 1, 0));
    assert_eq!(
        ["Technique", "Prendre", "Demander", "Client"].map(|name| of(name).refused),
        [1, 1, 1, 0]
    );
}

#[test]
fn rows_come_in_any_order_within_a_case() {
    let lines =
        ["1|En cours|01T11:00", "2|Ouvert|01T09:00", "1|Ouvert|01T10:00", "2|En cours|01T10:00"];
    let report = replayed(&lines);
    assert_eq!((report.accepted, report.refused, report.reordered), (2, 0, 1));
    // Where a time is missing the order of the rows counts.
    let report = replayed(&["1|En cours|-", "1|Ouvert|01T10:00"]);
    assert_eq!((report.accepted, report.refused, report.reordered), (0, 1, 0));
}

#[test]
fn json_has_the_totals_first_and_says_why_in_both_languages() {
    let report = replayed(&["1|Ouvert|01T10:00", "1|En cours|01T10:00:01.5", "1|Ouvert|-"]);
    let json = serde_json::to_value(report.told(Lang::En)).unwrap();
    assert_eq!((json["accepted"].as_u64(), json["refused"].as_u64()), (Some(1), Some(1)));
    let refusal = &json["refusals"][0];
    assert_eq!(refusal["reason"], "no_transition");
    assert_eq!(refusal["message"], "no transition leads from `En cours` to `Ouvert`");
    assert_eq!(refusal["case"], "1");
    assert_eq!(json["states"][0]["median_seconds"], 1.5);
    assert_eq!(json["states"][0]["share"], 1.0);
    let text = serde_json::to_string(&report.told(Lang::Fr)).unwrap();
    assert!(text.starts_with("{\"accepted\":1,\"refused\":1,"), "{text}");
    assert!(text.contains("aucune transition ne va de `En cours` à `Ouvert`"), "{text}");
}

#[test]
fn an_empty_log_has_no_moves() {
    let report = replayed(&[]);
    assert_eq!((report.accepted, report.refused, report.cases), (0, 0, 0));
    let json = serde_json::to_value(report.told(Lang::En)).unwrap();
    assert_eq!(json["states"][0]["share"], 0.0);
}

#[test]
fn names_are_read_as_what_most_of_them_are() {
    let (blueprint, some) = (blueprint(SUPPORT), ["1|Ouvert|-", "1|En cours|-", "1|Prendre|-"]);
    assert_eq!(Reading::of(&blueprint, &log(&some)), Reading::States);
    let others = ["1|Ouvert|-", "1|Prendre|-", "1|Demander|-", "1|Répondre|-"];
    assert_eq!(Reading::of(&blueprint, &log(&others)), Reading::Transitions);
    assert_eq!(Reading::of(&blueprint, &log(&others[..2])), Reading::States, "as many of both");
}

#[test]
fn what_ends_and_where_it_began_are_counted() {
    let text = SUPPORT.replace("états Ouvert, En cours", "états En cours, Ouvert").replace(
        "  perdu Abandonné\n",
        "  perdu Abandonné\n  final Classé\n  défaut Ouvert\n  transition Classer de Ouvert vers Classé\n",
    );
    let lines = ["1|Classer|01T10:00", "2|Classer|01T10:00", "3|Prendre|01T10:00"];
    let (blueprint, log) = (blueprint(&text), log(&lines));
    let report = replay(&blueprint, &log, Reading::Transitions, &Clock::new(None, Zone::UTC));
    assert_eq!((report.accepted, report.refused), (3, 0), "{report:?}");
    let open = report.states.iter().find(|one| one.state == "Ouvert").unwrap();
    assert_eq!((open.won, open.lost, open.finished), (0, 0, 2));
}
