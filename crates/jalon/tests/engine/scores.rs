//! Scores: points, events, caps, groups, thresholds, next changes.

use jalon::value::{Clock, Instant};
use jalon::{Program, ScoreResult};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::clock;

const SCOREX: &str = "
module Prospects
  Adresse e-mail : e-mail
  Montant : nombre
  Jours : date
  E-mails : événements (Objet : texte)
  Visites : événements (Page : url, Durée : entier)

score Scorex sur Prospects
  +25 si Adresse e-mail N'EST PAS VIDE
  + Montant / 1000 si Montant > 0
  groupe Comportement, entre 0 et 60
    +10 par e-mail ouvert, au plus 50, sur 90 jours
    +10 par e-mail cliqué, demi-vie 30 jours
    -10 par e-mail non remis
    +20 par visite, au plus 1 par jour, si Page CONTIENT tarif
  entre -100 et 100
  étoiles 1 dès 0, 2 dès 20, 3 dès 40
  mentions froid dès -100, tiède dès 30, chaud dès 60
";

fn program(text: &str) -> Program {
    Program::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

/// The result, which the quick total must agree with.
#[track_caller]
fn evaluate(text: &str, record: &Json, clock: &Clock) -> ScoreResult {
    let program = program(text);
    let name = program.score_names().last().unwrap().to_owned();
    let score = program.score(Some(&name)).unwrap();
    let result = score.evaluate(record, clock).unwrap();
    let mut scorer = score.scorer(clock).unwrap();
    let total = scorer.total(record);
    assert_eq!(total.total, result.total);
    assert_eq!(total.has_errors, !result.errors.is_empty(), "{:?}", result.errors);
    let held: Vec<bool> = result.lines.iter().map(|line| line.holds).collect();
    assert_eq!(scorer.lines_held(), held);
    result
}

fn total(text: &str, record: &Json) -> String {
    evaluate(text, record, &clock()).total.normalize().to_string()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn at(text: &str) -> Option<Instant> {
    Clock::at(text, "Europe/Paris").unwrap().now
}

fn event(kind: &str, at: &str) -> Json {
    json!({"type": kind, "at": at})
}

#[test]
fn constant_and_computed_points() {
    let record = json!({"Adresse e-mail": "a@x.fr", "Montant": 2500});
    let result = evaluate(SCOREX, &record, &clock());
    assert_eq!(result.total, number("27.5"));
    assert_eq!((result.stars, result.label.as_deref()), (Some(2), Some("froid")));
    assert_eq!(result.lines[1].values[0].0, "Montant");
    assert_eq!(total(SCOREX, &json!({})), "0");
}

#[test]
fn events_are_found_by_id_or_label_in_every_event_field() {
    let record = json!({
        "E-mails": [event("email_opened", "2026-06-01"), event("E-mail ouvert", "2026-06-02")],
        "Visites": [event("email opened", "2026-06-03")],
    });
    let result = evaluate(SCOREX, &record, &clock());
    assert_eq!(result.total, number("30"));
    assert_eq!(result.touch_points.positive, number("30"));
    assert_eq!(result.lines[2].events.unwrap().counted, 3);
}

#[test]
fn caps_windows_and_future_events() {
    let opened = |days: &[&str]| {
        let events: Vec<_> = days.iter().map(|day| event("email_opened", day)).collect();
        json!({ "E-mails": events })
    };
    let many = opened(&["2026-06-01"; 7]);
    let result = evaluate(SCOREX, &many, &clock());
    assert_eq!(result.lines[2].points, number("50"));
    assert_eq!(result.lines[2].capped_from, Some(number("70")));
    // 90 days back from 30 June is 1 April.
    let edge = opened(&["2026-04-01", "2026-03-31", "2026-07-01", "2026-06-30T09:00:01"]);
    let result = evaluate(SCOREX, &edge, &clock());
    let counts = result.lines[2].events.unwrap();
    assert_eq!((counts.counted, counts.expired, counts.future), (1, 1, 2));
    assert_eq!(result.total, number("10"));
    assert_eq!(result.next_change, at("2026-06-30T09:00:01"));
}

#[test]
fn the_earliest_of_a_day_count() {
    let record = json!({"Visites": [
        {"type": "visit", "at": "2026-06-10T18:00", "Page": "/tarifs"},
        {"type": "visit", "at": "2026-06-10T08:00", "Page": "/tarifs"},
        {"type": "visit", "at": "2026-06-10T07:00", "Page": "/accueil"},
        {"type": "visit", "at": "2026-06-11T08:00", "Page": "/tarifs"},
        {"type": "visit", "Page": "/tarifs"},
    ]});
    let result = evaluate(SCOREX, &record, &clock());
    let counts = result.lines[5].events.unwrap();
    assert_eq!((counts.counted, counts.refused, counts.over_daily_limit), (3, 1, 1));
    assert_eq!(counts.undated, 1);
    assert_eq!(result.lines[5].points, number("60"));
}

#[test]
fn points_decay_by_civil_days() {
    let clicked = |day: &str| json!({"E-mails": [event("email_clicked", day)]});
    assert_eq!(total(SCOREX, &clicked("2026-06-30")), "10");
    assert_eq!(total(SCOREX, &clicked("2026-05-31")), "5");
    assert_eq!(total(SCOREX, &clicked("2026-06-29")), "9.7716");
    // Age is civil days in the zone: 22:30 UTC is the next day in Paris.
    assert_eq!(total(SCOREX, &clicked("2026-06-29T22:30Z")), "10");
    let result = evaluate(SCOREX, &clicked("2026-06-30"), &clock());
    assert_eq!(result.next_change, at("2026-07-01T00:00"));
    let old = evaluate(SCOREX, &clicked("2016-06-30"), &clock());
    assert_eq!((old.total, old.next_change), (Decimal::ZERO, None));
}

#[test]
fn groups_limits_and_parts() {
    let opened: Vec<_> = (0..5).map(|_| event("email_opened", "2026-06-29")).collect();
    let visits: Vec<_> = (10..14)
        .map(|day| json!({"type": "visite", "at": format!("2026-06-{day}"), "Page": "tarif"}))
        .collect();
    let record = json!({
        "Adresse e-mail": "a@x.fr", "Montant": 90000, "E-mails": opened, "Visites": visits,
    });
    let result = evaluate(SCOREX, &record, &clock());
    assert_eq!(result.groups[0].before_limits, number("130"));
    assert_eq!(result.groups[0].points, number("60"));
    assert_eq!(result.positive, number("245"));
    assert_eq!(result.total, number("100"));
    assert_eq!(result.label.as_deref(), Some("chaud"));
    let bounced = json!({"E-mails": [event("email_bounced", "2026-06-29")]});
    let result = evaluate(SCOREX, &bounced, &clock());
    assert_eq!((result.negative, result.touch_points.negative), (number("-10"), number("-10")));
    assert_eq!(result.total, Decimal::ZERO);
}

#[test]
fn expiry_moves_the_total_at_local_midnight() {
    let record = json!({"E-mails": [event("email_opened", "2026-06-01T23:30")]});
    let result = evaluate(SCOREX, &record, &clock());
    let expiry = result.next_change.unwrap();
    // The event's age passes 90 days on 31 August.
    assert_eq!(Some(expiry), at("2026-08-31T00:00"));
    let before = Instant::from_micros(expiry.micros() - 1);
    assert_eq!(evaluate(SCOREX, &record, &Clock { now: Some(before), ..clock() }).total, 10.into());
    assert_eq!(evaluate(SCOREX, &record, &Clock { now: Some(expiry), ..clock() }).total, 0.into());
}

#[test]
fn capped_events_change_nothing_until_the_cap_is_left() {
    let events: Vec<_> =
        ["2026-05-01", "2026-05-02", "2026-06-01", "2026-06-01", "2026-06-01", "2026-06-01"]
            .map(|day| event("email_opened", day))
            .into();
    let result = evaluate(SCOREX, &json!({ "E-mails": events }), &clock());
    assert_eq!(result.total, 50.into());
    assert_eq!(result.next_change, at("2026-08-01T00:00"));
}

#[test]
fn date_words_move_at_the_exact_instant() {
    let text = "module M\n  D : date\n  I : date-heure\nscore S sur M\n  +1 si D DANS LES 7 DERNIERS jours\n  +2 si I DANS LES 2 DERNIÈRES heures\n";
    let next = |record: Json| evaluate(text, &record, &clock()).next_change;
    assert_eq!(next(json!({"D": "2026-06-30"})), at("2026-07-08T00:00"));
    assert_eq!(next(json!({"D": "2026-07-04"})), at("2026-07-04T00:00"));
    assert_eq!(next(json!({"D": "2026-01-01"})), None);
    let leaves = next(json!({"I": "2026-06-30T08:00"})).unwrap();
    let at_ten = at("2026-06-30T10:00").unwrap();
    assert!(leaves.micros() - at_ten.micros() <= 1, "{leaves}");
    assert_eq!(next(json!({})), None);
}

#[test]
fn a_score_may_use_another() {
    let text = "score Profil\n  +30 si Pays EST France\n\nscore Tout\n  + score Profil\n  +5 si Nom N'EST PAS VIDE\n";
    assert_eq!(total(text, &json!({"Pays": "France", "Nom": "x"})), "35");
    assert_eq!(total(text, &json!({"Nom": "x"})), "5");
}

#[test]
fn wrong_values_give_nothing_and_are_named() {
    let record = json!({"Adresse e-mail": "a", "Montant": "beaucoup", "E-mails": "trois"});
    let result = evaluate(SCOREX, &record, &clock());
    assert_eq!(result.total, 25.into());
    let fields: Vec<_> = result.errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["Montant", "E-mails"]);
    let text = "score S\n  + A / B\n  +3\n";
    let result = evaluate(text, &json!({"A": 1, "B": 0}), &clock());
    assert_eq!(result.total, 3.into());
    assert!(matches!(result.errors[0].problem, jalon::eval::Problem::Arithmetic));
    assert_eq!(evaluate(text, &json!({"A": 1}), &clock()).total, 3.into());
}

#[test]
fn a_wrong_event_is_refused_alone() {
    let record = json!({"Visites": [
        {"type": "visit", "at": "2026-06-10", "Page": "tarif"},
        {"type": "visit", "at": "avant-hier", "Page": "tarif"},
        {"type": "visit", "at": "2026-06-12", "Page": {"x": 1}},
    ]});
    let result = evaluate(SCOREX, &record, &clock());
    assert_eq!(result.total, 20.into());
    assert_eq!(result.lines[5].events.unwrap().refused, 2);
    assert_eq!(result.errors.len(), 2, "{:?}", result.errors);
}

#[test]
fn whole_totals_are_known_beforehand() {
    let whole = |text: &str| program(text).score(None).unwrap().is_whole();
    assert!(whole("score S\n  +5 si A EST b\n  -10 par visite, au plus 50\n"));
    assert!(!whole("score S\n  +2,5 si A EST b\n"));
    assert!(!whole("score S\n  +5 par visite, demi-vie 3 jours\n"));
    assert!(!whole("score S\n  + A si A > 3\n"));
    assert!(!whole("score S\n  +5\n  entre 0 et 2,5\n"));
}
