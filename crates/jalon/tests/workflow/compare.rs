//! Two programs compared: every kind of outcome, and the rule that makes the difference.

use jalon::lang::Lang;
use jalon::rehearsal::Rehearsal;
use jalon::rehearsal::compare::{Because, Changed, Comparison, Difference, Side, Tally, report};
use jalon::value::{Instant, Value, Zone};
use jalon::workflow::{Incoming, Outcome};
use jalon::{Clock, Program};
use serde_json::{Value as Json, json};

const BASE: &str = "
module Prospects
  Nom    : texte
  Pays   : texte
  Email  : e-mail
  Statut : texte
  Montant : nombre
";

const RULE: &str = "
règle \"Relance\" sur Prospects
  quand créé
  si Pays EST France
  alors
    Statut : à appeler
    tâche \"Appeler ${Nom}\"
  puis 3 jours après
    tâche \"Relancer ${Nom}\"
";

fn stage(text: &str) -> Rehearsal {
    let program = Program::parse(&format!("{BASE}{text}")).unwrap_or_else(|e| panic!("{e}"));
    Rehearsal::new(&program, Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap())
}

fn comparison(old: &str, new: &str) -> Comparison {
    Comparison::new(stage(old), stage(new))
}

fn created(record: Json) -> Incoming {
    let event = json!({"id": "e1", "type": "created", "module": "Prospects", "record": record});
    Incoming::read(&event).unwrap()
}

fn ferrand() -> Incoming {
    created(json!({"id": 1, "Nom": "Ferrand", "Pays": "France", "Montant": 10}))
}

/// What differs for Ferrand.
fn differences(old: &str, new: &str) -> Vec<Difference> {
    comparison(old, new).replay(&ferrand(), None).unwrap()
}

fn because(differences: &[Difference]) -> &Because {
    &differences[0].rules[0].because
}

#[test]
fn the_same_programs_give_no_difference_and_names_of_rules_do_not_count() {
    assert_eq!(differences(RULE, RULE), []);
    let renamed = RULE.replace("Relance\"", "Relance du matin\"").replace("puis 3 jours après", "");
    let shorter = RULE.replace("puis 3 jours après", "");
    let differences = differences(&shorter, &renamed);
    assert_eq!(differences, [], "the same is done, by whichever rule");
}

#[test]
fn a_rule_that_fires_no_more_is_named_with_the_leaf_that_fails() {
    let differences = differences(RULE, &RULE.replace("EST France", "EST Monaco"));
    let kinds: Vec<_> = differences.iter().map(|one| one.what.kind()).collect();
    assert_eq!(kinds, [("field", "Statut"), ("effect", "task"), ("timer", "arm")]);
    let Changed::Field { before, old, new, .. } = &differences[0].what else { panic!() };
    assert_eq!((before, old, new), (&Value::Empty, &"à appeler".into(), &Value::Empty));
    let Because::FiresNoMore { outcome: Some(Outcome::NotHeld { why, .. }) } =
        because(&differences)
    else {
        panic!("{differences:?}")
    };
    assert!(!why[0].holds());
    assert!(differences.iter().skip(1).all(|one| matches!(
        one.what,
        Changed::Effect { with: Side::Old, .. } | Changed::Timer { with: Side::Old, .. }
    )));
}

#[test]
fn rules_that_come_go_or_act_otherwise_are_told_apart() {
    assert_eq!(because(&differences(RULE, "")), &Because::Removed);
    assert_eq!(because(&differences("", RULE)), &Because::Added);
    let other = RULE.replace("à appeler", "à rappeler");
    let acts = differences(RULE, &other);
    assert_eq!((acts.len(), because(&acts)), (1, &Because::ActsOtherwise));
    let now = differences(&RULE.replace("EST France", "EST Monaco"), RULE);
    assert!(matches!(because(&now), Because::FiresNow { outcome: Some(Outcome::NotHeld { .. }) }));
    // The new rule writes over the old one, which does as before.
    let over = format!(
        "{RULE}\nrègle \"Dessus\" sur Prospects\n  quand créé\n  alors\n    Statut : neuf\n"
    );
    let over = differences(RULE, &over);
    let named: Vec<_> = over[0].rules.iter().map(|reason| reason.rule.as_str()).collect();
    assert_eq!(named, ["Dessus"]);
}

#[test]
fn what_timers_do_later_is_compared_when_the_clock_goes_on() {
    let other = RULE.replace("Relancer", "Rappeler");
    assert_eq!(differences(RULE, &other), []);
    let until = Instant::parse("2026-07-10T00:00Z");
    let later = comparison(RULE, &other).replay(&ferrand(), until).unwrap();
    let sides: Vec<_> = later
        .iter()
        .map(|one| match &one.what {
            Changed::Effect { with, .. } => *with,
            what => panic!("{what:?}"),
        })
        .collect();
    assert_eq!(sides, [Side::Old, Side::New]);
    assert_eq!(because(&later), &Because::ActsOtherwise);
}

#[test]
fn a_score_is_compared_line_by_line_on_what_the_rules_wrote() {
    let score = |points: u32| {
        format!(
            "{RULE}\nscore Chaleur sur Prospects\n  +{points} si Statut EST à appeler\n  +5 si Montant > 1\n"
        )
    };
    let differences = differences(&score(10), &score(30));
    let [Difference { what: Changed::Score { old, new, lines, .. }, .. }] = &differences[..] else {
        panic!("{differences:?}")
    };
    assert_eq!((*old, *new), (Some(15.into()), Some(35.into())));
    let lines: Vec<_> = lines.iter().map(|line| (line.text.as_str(), line.old, line.new)).collect();
    assert_eq!(
        lines,
        [
            ("+10 si Statut EST à appeler", Some(10.into()), None),
            ("+30 si Statut EST à appeler", None, Some(30.into())),
        ]
    );
}

#[test]
fn where_a_change_is_refused_nothing_else_is_compared() {
    let refusing = format!(
        "{RULE}\nvalidation sur Prospects\n  Montant > 100, message \"Montant trop bas\"\n"
    );
    let differences = differences(RULE, &refusing);
    let [Difference { what: Changed::Refusal { old, new }, .. }] = &differences[..] else {
        panic!("{differences:?}")
    };
    assert_eq!((old.len(), new.as_slice()), (0, &["Montant trop bas".to_owned()][..]));
}

#[test]
fn events_are_remembered_by_both_programs() {
    let old = RULE.replace("  alors", "  une seule fois\n  alors");
    let old = old.replace("quand créé", "quand créé ou modifié");
    let new = RULE.replace("quand créé", "quand créé ou modifié");
    let mut both = Comparison::new(stage(&old).tracing(), stage(&new).tracing());
    let changed = |id: &str, pays: &str| {
        Incoming::read(&json!({"id": id, "type": "updated", "module": "Prospects",
            "before": {"id": 1}, "after": {"Pays": pays, "Nom": pays}}))
        .unwrap()
    };
    let quiet =
        |found: Vec<Difference>| found.iter().all(|d| matches!(d.what, Changed::Timer { .. }));
    assert!(quiet(both.send(&ferrand()).unwrap()));
    assert!(quiet(both.send(&changed("e2", "Monaco")).unwrap()));
    let again = both.send(&changed("e3", "France")).unwrap();
    let effect = again.iter().find(|one| matches!(one.what, Changed::Effect { .. })).unwrap();
    assert!(matches!(
        &effect.rules[0].because,
        Because::FiresNow { outcome: Some(Outcome::Held { .. }) }
    ));
    let due = both.advance(Instant::parse("2026-08-01T00:00Z").unwrap()).unwrap();
    assert!(!due.is_empty());
}

#[test]
fn what_one_program_leaves_is_what_its_own_record_holds() {
    let later = |country: &str| {
        format!(
            "
règle \"R\" sur Prospects
  quand créé
  si Pays EST {country}
  alors
    Statut : premier
  puis 3 jours après
    Statut : second
"
        )
    };
    let mut both = comparison(&later("France"), &later("Monaco"));
    assert!(!both.send(&ferrand()).unwrap().is_empty());
    let due = both.advance(Instant::parse("2026-08-01T00:00Z").unwrap()).unwrap();
    let Changed::Field { old, new, .. } = &due[0].what else { panic!("{due:?}") };
    assert_eq!((old, new), (&"second".into(), &Value::Empty));
}

#[test]
fn differences_are_told_and_counted() {
    let differences = differences(RULE, &RULE.replace("EST France", "EST Monaco"));
    let zone = Zone::parse("Europe/Paris").unwrap();
    let of = Some(&differences[0].record);
    assert_eq!(
        report(&differences, of, Lang::Fr, zone),
        "Statut : « à appeler » → vide (« Relance »)\n\
         − tâche « Appeler Ferrand » (« Relance »)\n\
         − minuterie armée : 2026-07-03T10:30 (« Relance »)\n\
         avec le nouveau programme « Relance » ne se déclenche pas (créé) : sa condition ne tient pas\n  \
         ✗ « Pays EST Monaco » ne tient pas : Pays vaut « France »"
    );
    assert!(
        report(&differences, None, Lang::En, zone).starts_with("Prospects 1 · Statut: “à appe")
    );
    let mut tally = Tally::default();
    tally.add(&differences);
    tally.add(&[]);
    let mut twice = tally.clone();
    twice.merge(tally);
    assert_eq!((twice.compared, twice.changed), (4, 2));
    assert_eq!((twice.by_rule()[0].name.as_str(), twice.by_rule()[0].count), ("Relance", 2));
    assert_eq!(twice.by_outcome().len(), 3);
}
