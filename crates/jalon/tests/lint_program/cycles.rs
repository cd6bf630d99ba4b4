//! Loops of rules: which are told, and that those which are said to end do.

use std::fmt::Write;

use jalon::lang::Lang;
use jalon::program::Loader;
use jalon::workflow::{Context, Event, EventKind, Held, Outcome, State, Step};
use jalon::{Clock, Program};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::{checked, loops};

const MODULES: &str = "
module A
  X : liste un, deux, trois
  Y : liste un, deux, trois
  N : nombre
  D : date
  C : case
  B : référence B
  Bs : fiches B

module B
  X : liste un, deux, trois
  A : référence A

";

fn of(rules: &str) -> Vec<&'static str> {
    loops(&format!("{MODULES}{rules}"))
}

#[test]
fn a_loop_has_a_path_and_an_end() {
    let text = format!(
        "{MODULES}règle \"R1\" sur A\n  quand X modifié\n  si X EST un\n  alors\n    Y : un\nrègle \
         \"R2\" sur A\n  quand Y DEVIENT un\n  alors\n    X : un\n"
    );
    let list = checked(&text);
    let found = list.iter().find(|d| d.code.id == "N0830").unwrap();
    assert_eq!(
        found.message(Lang::Fr),
        "boucle de règles : R1 → Y → R2 → X → R1 ; elle s'arrête d'elle-même"
    );
    assert_eq!(found.labels.len(), 2);
}

#[test]
fn a_value_that_the_next_does_not_want_closes_no_loop() {
    let two = |first: &str, second: &str| {
        of(&format!(
            "règle \"R1\" sur A\n  quand X modifié\n  si {first}\n  alors\n    Y : un\nrègle \"R2\" \
             sur A\n  quand Y modifié\n  si {second}\n  alors\n    X : deux\n"
        ))
    };
    assert_eq!(two("X EST deux", "Y EST un"), ["N0830"]);
    assert_eq!(two("X EST un", "Y EST un"), Vec::<&str>::new());
    assert_eq!(two("X EST un OU N > 3", "Y EST un"), ["N0830"]);
    assert_eq!(two("X EST deux", "Y N'EST PAS un"), Vec::<&str>::new());
    assert_eq!(two("X EST deux", "Y EST deux OU Y EST VIDE"), Vec::<&str>::new());
    assert_eq!(two("X EST deux", "Y EST un ET X EST deux"), ["N0830"]);
    assert_eq!(two("X PASSE DE un À deux", "Y DEVIENT un"), ["N0830"]);
    assert_eq!(two("X PASSE DE deux À un", "Y DEVIENT un"), Vec::<&str>::new());
}

#[test]
fn a_rule_that_makes_its_own_criterion_false_ends_there() {
    let one = |how: &str| of(&format!("règle \"R\" sur A\n  {how}\n"));
    assert_eq!(
        one("quand C modifié\n  si C EST coché\n  alors\n    C : non sélectionné"),
        Vec::<&str>::new()
    );
    assert_eq!(one("quand C modifié\n  si C EST coché\n  alors\n    C : ✓"), ["N0830"]);
    assert_eq!(one("quand C modifié\n  alors\n    C : ✓"), ["N0830"]);
    // What tidies a field at every save is no news.
    assert_eq!(
        one("quand créé ou modifié\n  si X EST un, deux\n  alors\n    X : deux"),
        Vec::<&str>::new()
    );
    assert_eq!(one("quand N modifié\n  alors\n    N += 1"), ["N0831"]);
    assert_eq!(one("quand modifié\n  alors\n    N += 1"), ["N0831"]);
    assert_eq!(one("quand N modifié\n  une seule fois\n  alors\n    N += 1"), ["N0835"]);
    assert_eq!(
        one("quand N modifié\n  si N > 3\n  au passage\n  alors\n    N += 1"),
        Vec::<&str>::new()
    );
    assert_eq!(
        one("quand X modifié\n  si X EST un\n  alors\n    X : deux\n  sinon si X EST deux\n  \
             alors\n    X : un"),
        ["N0831"]
    );
}

#[test]
fn what_a_rule_waits_for_may_change_with_what_makes_its_criterion_hold_anew() {
    let text = "enchaînement profondeur 5\nrègle \"R1\" sur A\n  quand Y modifié\n  alors\n    X : Y\n\
                règle \"R2\" sur A\n  quand créé ou modifié\n  alors\n    Y : deux\nrègle \"R3\" \
                sur A\n  quand X modifié\n  si Y EST deux\n  au passage\n  alors\n    Y : un\n";
    assert_eq!(of(text), ["W0832"]);
}

#[test]
fn chaining_decides_whether_a_loop_ends() {
    let with = |chaining: &str| {
        of(&format!("{chaining}\nrègle \"R\" sur A\n  quand N modifié\n  alors\n    N += 1\n"))
    };
    assert_eq!(with("enchaînement une fois"), ["N0831"]);
    assert_eq!(with("enchaînement profondeur 5"), ["W0832"]);
    assert_eq!(with("enchaînement aucun"), Vec::<&str>::new());
}

#[test]
fn loops_pass_modules_timers_and_new_records() {
    assert_eq!(
        of(
            "règle \"R1\" sur A\n  quand X modifié\n  alors\n    chaque Bs.X : A.X\nrègle \"R2\" sur \
            B\n  quand X modifié\n  alors\n    A.X : B.X\n"
        ),
        ["N0831"]
    );
    let creates = |value: &str| {
        of(&format!(
            "règle \"R1\" sur A\n  quand créé\n  si X EST un\n  alors\n    créer B avec X = \
             {value}\nrègle \"R2\" sur B\n  quand créé\n  si X EST un\n  alors\n    créer A avec X = \
             un\n"
        ))
    };
    assert_eq!(creates("un"), ["W0833"]);
    assert_eq!(creates("deux"), Vec::<&str>::new());
    assert_eq!(
        of("règle \"R\" sur A\n  quand D à 10h30\n  alors\n    D plus 100 jours\n"),
        ["N0834"]
    );
    assert_eq!(of("règle \"R\" sur A\n  quand D à 10h30\n  alors\n    D : vide\n"), [""; 0]);
}

/// A rule of a random program.
fn rule() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec!["X", "Y"]);
    let value = prop::sample::select(vec!["un", "deux", "trois"]);
    let trigger = prop_oneof![
        field.clone().prop_map(|f| format!("{f} modifié")),
        (field.clone(), value.clone()).prop_map(|(f, v)| format!("{f} DEVIENT {v}")),
        Just("créé ou modifié".to_owned()),
        Just("modifié".to_owned()),
        Just("N modifié".to_owned()),
    ];
    let criterion = prop_oneof![
        2 => Just(String::new()),
        4 => (field.clone(), value.clone()).prop_map(|(f, v)| format!("  si {f} EST {v}\n")),
        2 => (field.clone(), value.clone()).prop_map(|(f, v)| format!("  si {f} N'EST PAS {v}\n")),
        2 => (field.clone(), value.clone(), value.clone())
            .prop_map(|(f, v, w)| format!("  si {f} EST {v} OU Y EST {w}\n")),
        1 => Just("  si N > 3\n".to_owned()),
    ];
    let action = prop_oneof![
        6 => (field.clone(), value).prop_map(|(f, v)| format!("    {f} : {v}\n")),
        1 => Just("    N += 1\n".to_owned()),
        1 => Just("    N : 5\n".to_owned()),
        1 => Just("    X : Y\n".to_owned()),
        1 => field.prop_map(|f| format!("    {f} : vide\n")),
    ];
    let actions = prop::collection::vec(action, 1..3);
    let repetition = prop::sample::select(vec!["", "", "  une seule fois\n", "  au passage\n"]);
    (trigger, criterion, repetition, actions).prop_map(|(trigger, criterion, often, actions)| {
        let often = if criterion.is_empty() { "" } else { often };
        format!("sur A\n  quand {trigger}\n{criterion}{often}  alors\n{}", actions.concat())
    })
}

/// Whether a rule is stopped by the depth of chaining that would still have changed something.
fn is_stopped(text: &str, before: &Json, after: &Json) -> bool {
    let program = Program::parse(text).unwrap();
    let kind = EventKind::Updated { before, after };
    let event = Event { id: "e", module: Some("A"), record: None, kind };
    let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
    let state = State::new();
    let decision = program.decide(&event, &Context::new(&clock, &state).trace(true)).unwrap();
    let stopped = |step: &Step| {
        let Step::Rule { outcome, .. } = step else { return false };
        matches!(outcome, Outcome::Held { because: Held::Depth, would_change: true })
    };
    decision.trace.unwrap().iter().any(stopped)
}

#[test]
fn a_loop_that_goes_round_is_stopped_and_was_told() {
    let text = format!(
        "{MODULES}enchaînement profondeur 60\nrègle \"R\" sur A\n  quand N modifié\n  alors\n    \
         N += 1\n"
    );
    assert!(is_stopped(&text, &json!({"id": 1, "N": 1}), &json!({"N": 2})));
    assert_eq!(loops(&text), ["W0832"]);
}

#[test]
fn where_too_much_would_have_to_be_compared_a_note_says_so() {
    let mut text = MODULES.to_owned();
    for i in 0..2_100 {
        let next = i + 1;
        writeln!(
            text,
            "règle \"R{i}\" sur A\n  quand N modifié\n  si N EST {i}\n  alors\n    N += {next}"
        )
        .unwrap();
    }
    let found = Loader::default().source("large.jalon", text).check();
    let note = found.list.iter().find(|d| d.code.id == "N0836").unwrap();
    assert_eq!(found.sources.slice(note.span), "N += 1");
    let told = "a write to this field may set off 2100";
    assert_eq!(note.underline(Lang::En).as_deref(), Some(told));
}

#[test]
fn a_great_circle_is_found_and_its_path_told_in_short() {
    let mut text = MODULES.to_owned();
    for i in 0..2_100 {
        let next = (i + 1) % 2_100;
        writeln!(
            text,
            "règle \"R{i}\" sur A\n  quand N modifié\n  si N EST {i}\n  alors\n    N : {next}"
        )
        .unwrap();
    }
    let list = checked(&text);
    let found = list.iter().find(|d| d.code.id.ends_with("0831")).unwrap();
    assert_eq!(
        found.args["path"],
        "R0 → N → R1 → N → R2 → N → R3 → N → R4 → N → R5 → N → … (2092) → N → R2098 → N → R2099 → N \
         → R0"
    );
    assert!(list.iter().all(|d| d.code.id != "N0836"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Where no loop is said to use up the depth of chaining, no rule is ever stopped by it.
    #[test]
    fn what_is_said_to_end_ends(
        rules in prop::collection::vec(rule(), 1..5),
        start in (0..4usize, 0..4usize, 0..6i32),
        change in (0..4usize, 0..4usize, 0..6i32),
    ) {
        let mut text = format!("{MODULES}enchaînement profondeur 60\n");
        for (index, rule) in rules.iter().enumerate() {
            writeln!(text, "règle \"R{index}\" {rule}").unwrap();
        }
        let values = [json!(null), json!("un"), json!("deux"), json!("trois")];
        let record = |(x, y, n): (usize, usize, i32)| {
            json!({"id": 1, "X": values[x], "Y": values[y], "N": n, "C": false, "D": null})
        };
        let (before, after) = (record(start), record(change));
        if is_stopped(&text, &before, &after) {
            prop_assert!(loops(&text).contains(&"W0832"), "{text}\n{before} → {after}");
        }
    }
}
