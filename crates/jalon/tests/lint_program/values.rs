//! Scores, dependent fields and the values of lists: what is told, and what is not.

use jalon::diagnostic::apply;
use std::fmt::Write;

use jalon::Program;
use jalon::value::Clock;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::{checked, codes};

/// The codes beyond what is not declared.
fn doubts(text: &str) -> Vec<&'static str> {
    codes(text).into_iter().filter(|code| *code != "N0202").collect()
}

#[test]
fn what_a_score_can_reach_is_counted_with_care() {
    let none = Vec::<&str>::new();
    let score = |lines: &str| doubts(&format!("score S\n{lines}"));
    let stars = "  étoiles 1 dès 0, 2 dès 50\n";
    assert_eq!(score(&format!("  +10 si A EST 1\n{stars}")), ["W0844"]);
    assert_eq!(score(&format!("  +50 si A EST 1\n{stars}")), none);
    assert_eq!(score(&format!("  +10 par visite\n{stars}")), none);
    assert_eq!(score(&format!("  +10 par visite, au plus 40\n{stars}")), ["W0844"]);
    assert_eq!(
        score(&format!("  +10 par visite, au plus 1 par jour, sur 4 jours\n{stars}")),
        ["W0844"]
    );
    assert_eq!(score(&format!("  +10 par visite, au plus 1 par jour, sur 5 jours\n{stars}")), none);
    assert_eq!(score(&format!("  +10 par visite, demi-vie 3 jours\n{stars}")), none);
    assert_eq!(score(&format!("  + B\n{stars}")), none);
    assert_eq!(score(&format!("  + B, au plus 40\n{stars}")), ["W0844"]);
    assert_eq!(
        score(&format!("  groupe G, entre 0 et 20\n    +100 si A EST 1\n{stars}")),
        ["W0844"]
    );
    assert_eq!(score(&format!("  entre 0 et 40\n  +100 si A EST 1\n{stars}")), ["W0844"]);
    assert_eq!(score(&format!("  +50\n  +10 si A EST 1\n{stars}")), ["W0845"]);
    assert_eq!(score(&format!("  +50\n  -10 si A EST 1\n{stars}")), none);
    let two = "score T\n  +40 si A EST 1\nscore S\n  + score T\n  étoiles 1 dès 0, 2 dès 50\n";
    assert_eq!(doubts(two), ["W0844"]);
    assert_eq!(doubts(&two.replace("+40", "+50")), none);
}

#[test]
fn triggers_that_wait_for_a_score_are_judged_by_it() {
    let rule = |line: &str, trigger: &str| {
        doubts(&format!(
            "score S\n  {line}\nrègle \"R\"\n  quand score S {trigger}\n  alors\n    tâche \"T\"\n"
        ))
    };
    assert_eq!(rule("+10 si A EST 1", "atteint 10"), Vec::<&str>::new());
    assert_eq!(rule("+10 si A EST 1", "atteint 11"), ["W0846"]);
    assert_eq!(rule("+10", "atteint 10"), Vec::<&str>::new());
    assert_eq!(rule("+10", "falls below 10"), ["W0846"]);
}

const DEPENDENT: &str = "
module A
  Dép : liste 06, 13, 98, 75
  Rég : liste Sud, Monaco, Paris

dépendance Rég selon Dép sur A
  06, 13 : Sud
  98 : Monaco
";

#[test]
fn a_dependency_is_held_against_criteria_and_writes() {
    let base = ["W0541", "N0852"];
    let with = |more: &str| -> Vec<&str> {
        let found = codes(&format!("{DEPENDENT}{more}"));
        found.into_iter().filter(|code| !base.contains(code)).collect()
    };
    let criterion = |text: &str| with(&format!("score S sur A\n  +10 si {text}\n"));
    let none = Vec::<&str>::new();
    assert_eq!(criterion("Dép EST 06, 13 ET Rég EST Monaco"), ["W0850"]);
    assert_eq!(criterion("Dép EST 06, 98 ET Rég EST Monaco"), none);
    assert_eq!(criterion("Dép EST 75 ET Rég EST Monaco"), none, "75 allows all");
    assert_eq!(criterion("Dép EST 06 ET Rég EST Monaco, Sud"), none);
    assert_eq!(criterion("Dép EST 06 OU Rég EST Monaco"), none);
    assert_eq!(criterion("Dép N'EST PAS 06 ET Rég EST Monaco"), none);
    assert_eq!(criterion("Dép EST 06 ET (Rég EST Monaco OU Rég EST Paris)"), ["W0850", "W0850"]);
    let rule = |criterion: &str, actions: &str| {
        with(&format!("règle \"R\" sur A\n  quand créé\n{criterion}  alors\n{actions}"))
    };
    assert_eq!(rule("", "    Dép : 98\n    Rég : Sud\n"), ["W0851"]);
    assert_eq!(rule("", "    Dép : 98\n    Rég : Monaco\n"), none);
    assert_eq!(rule("  si Dép EST 98\n", "    Rég : Sud\n"), ["W0851"]);
    assert_eq!(rule("  si Dép EST 98\n", "    Dép : 06\n    Rég : Sud\n"), none);
    assert_eq!(rule("  si Dép EST 98 OU Dép EST 06\n", "    Rég : Sud\n"), none);
    assert_eq!(rule("", "    Rég : Sud\n"), none);
}

#[test]
fn spellings_of_a_value_are_compared_and_mended() {
    let text = "score S\n  -50 si Statut EST Désabonné\n  +5 si Statut N'EST PAS Désabonné\n  \
                +10 si Statut EST Actif, Desabonné\n";
    let list = checked(text);
    let found = list.iter().find(|d| d.code.id == "W0857").unwrap();
    let mended = apply(text, &found.fixes[0].edits);
    assert!(mended.contains("Actif, Désabonné"), "{mended}");
    assert!(!codes(&mended).contains(&"W0857"));
    // Where accents or case do not count they are one value.
    let module = "module A\n  T : texte, sans accents\nscore S sur A\n  +1 si T EST Désabonné\n  +2 si \
                  T EST désabonne\n";
    assert_eq!(codes(module), Vec::<&str>::new());
}

#[test]
fn only_the_exception_of_a_list_is_told() {
    let list = |values: &str, line: &str| {
        codes(&format!("module A\n  L : liste {values}\n  M : texte\nscore S sur A\n  {line}\n"))
    };
    let none = Vec::<&str>::new();
    assert_eq!(list("aa, bb, cc, dd, ee", "+1 si L EST aa, bb, cc, dd"), ["N0858"]);
    assert_eq!(list("aa, bb, cc, dd, ee, ff", "+1 si L EST aa, bb, cc, dd"), none);
    assert_eq!(list("aa, bb, cc, dd", "+1 si L EST aa, bb, cc"), none);
    assert_eq!(list("aa, bb, cc, dd, ee", "+1 si L EST aa, bb, cc, dd, M"), none);
    assert_eq!(list("aa, bb, cc, dd, xe", "+1 si L EST aa, bb, cc, dd OU L CONTIENT e"), none);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Stars that are said to be out of reach are given to no record.
    #[test]
    fn what_is_out_of_reach_is_never_reached(
        points in prop::collection::vec((-30..40i64, any::<bool>(), prop::option::of(0..20u32)), 1..6),
        limits in prop::option::of((-20..10i64, 10..40i64)),
        threshold in -40..120i64,
        record in prop::collection::vec(any::<bool>(), 6),
    ) {
        let mut text = String::from("score S\n");
        if let Some((low, high)) = limits {
            writeln!(text, "  entre {low} et {high}").unwrap();
        }
        for (index, (points, always, cap)) in points.iter().enumerate() {
            write!(text, "  {points:+}").unwrap();
            if let Some(cap) = cap {
                write!(text, ", au plus {cap}").unwrap();
            }
            if !always {
                write!(text, "{} si F{index} EST 1", if cap.is_some() { "," } else { "" }).unwrap();
            }
            text.push('\n');
        }
        writeln!(text, "  étoiles 1 dès -1000, 2 dès {threshold}").unwrap();
        let found = codes(&text);
        let program = Program::parse(&text).unwrap();
        let values = record.iter().enumerate();
        let fields = values.map(|(index, holds)| (format!("F{index}"), json!(i64::from(*holds))));
        let record = Json::Object(fields.collect());
        let score = program.score(None).unwrap();
        let mut judge = program.judge(Some(&score), &[], &Clock::default()).unwrap();
        judge.run(&record);
        let reached = judge.total() >= Decimal::from(threshold);
        prop_assert!(!(reached && found.contains(&"W0844")), "{text}{}", judge.total());
        prop_assert!(reached || !found.contains(&"W0845"), "{text}{}", judge.total());
    }
}
