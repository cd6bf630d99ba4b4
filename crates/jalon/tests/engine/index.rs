//! The rule index says of every record what each rule alone says of it.

use std::collections::BTreeSet;

use jalon::eval::RecordError;
use jalon::index::RuleNumber;
use jalon::value::{Clock, Date, LocalDateTime, Row, Value};
use jalon::{Error, Loader, Program, RuleIndex, SharedIndex};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::properties::{criteria, join, object, records};
use super::{MODULE, clock};

/// Tests that the index has a way of its own for, beside those of every criterion.
const KEYED: &[&str] = &[
    "Nom IS a",
    "Nom EST b, été",
    "Nom EST a",
    "Nom COMMENCE PAR a, ét",
    "Nom FINIT PAR e, té",
    "Nom CONTIENT abcd, éa",
    "Nom CONTIENT été",
    "Nom CONTIENT a",
    "Nom NE CONTIENT PAS a",
    "Nom N'EST PAS VIDE",
    "Pays EST France",
    "Pays EST Monaco",
    "Ville EST nice",
    "Ville EST VIDE",
    "Rejet EST coché",
    "Rejet IS FALSE",
    "Montant > 3",
    "Montant >= 1.5",
    "Montant ENTRE 2 ET 7",
    "Montant = 4",
    "Montant ≠ 4",
    "Budget <= 3.25",
    "Budget < 100000000000000000000000",
    "Créé APRÈS 2026-06-24",
    "Créé AVANT 2026-06-24",
    "Créé EST 2026-06-25",
    "Créé EST 2026-06-25, 2026-06-27",
    "Créé EST hier",
    "Créé ENTRE 2026-06-22 ET 2026-06-28",
    "Vu EST 2026-06-29",
    "Vu APRÈS 2026-06-29 12:00",
    "Vu DANS LES 5 DERNIÈRES heures",
    "Salons CONTIENT Lyon",
    "Salons CONTIENT TOUT Lyon, Nice",
    "Salons EST Nice",
    "Salons EST VIDE",
    "Compte EST Acme",
    "Compte EST acm, 7",
    "AUCUN Contacts (Âge > 30)",
    "Contacts EST VIDE",
    "longueur(Nom) = 2",
];

/// Tests on fields without a declared type.
const DYNAMIC: &[&str] = &[
    "x EST a",
    "x EST a, 4, oui",
    "x IS NOT a",
    "x EST 4",
    "x EST 1.50",
    "x EST vrai",
    "x EST faux",
    "x EST \"4\"",
    "x EST aujourd'hui",
    "x EST 2026-06-30",
    "x CONTIENT a",
    "x CONTIENT bc, d",
    "x CONTIENT TOUT a, b",
    "x COMMENCE PAR a",
    "x FINIT PAR b, 4",
    "x CORRESPOND À /a+/",
    "x EST VIDE",
    "x N'EST PAS VIDE",
    "x > 3",
    "x ENTRE 1 ET 4",
    "x APRÈS hier",
    "y EST a",
    "y CONTIENT b",
    "y EST x",
    "AU MOINS UN z (a EST b)",
];

fn of(tests: &'static [&'static str]) -> BoxedStrategy<String> {
    let tests: Vec<String> = tests.iter().map(|test| (*test).to_owned()).collect();
    prop::sample::select(tests)
        .prop_recursive(3, 14, 4, |inner| {
            prop_oneof![
                3 => prop::collection::vec(inner.clone(), 2..5).prop_map(|p| join(&p, " ET ")),
                2 => prop::collection::vec(inner.clone(), 2..5).prop_map(|p| join(&p, " OU ")),
                1 => inner.prop_map(|part| format!("NON ({part})")),
            ]
        })
        .boxed()
}

fn rules(criteria: &[String], on: &str) -> String {
    let rule = |(number, text): (usize, &String)| {
        format!("règle \"R{number}\"{on}\n  quand créé\n  si {text}\n  alors\n    Nom : x\n")
    };
    criteria.iter().enumerate().map(rule).collect()
}

fn values() -> impl Strategy<Value = Json> {
    let texts = prop::sample::select(vec![
        json!(null),
        json!(" "),
        json!("a"),
        json!("A"),
        json!("abcd"),
        json!("b4"),
        json!("4"),
        json!("1.5"),
        json!("oui"),
        json!("2026-06-30"),
        json!("2026-06-30T10:00Z"),
        json!(4),
        json!(1.5),
        json!(true),
        json!(false),
        json!([]),
        json!(["a"]),
        json!(["a", 4]),
        json!([4, "bcd", "a"]),
        json!({"id": 4, "name": "A"}),
        json!({"name": "bc"}),
        json!({"other": 1}),
        json!(1e60),
        json!([{"a": "b"}]),
    ]);
    prop_oneof![3 => texts, 1 => "[a-d]{0,5}".prop_map(Json::from)]
}

fn untyped() -> impl Strategy<Value = Json> {
    let field = || prop::option::weighted(0.85, values());
    (field(), field(), field()).prop_map(|(x, y, z)| object([("x", x), ("y", y), ("z", z)]))
}

/// Compares the index of a program with each of its rules.
fn agrees(text: &str, records: &[Json]) {
    let program = Program::parse(text).unwrap_or_else(|error| panic!("{error}"));
    let strict = Loader::default().source("", text).strict().load().unwrap();
    let mut matcher = program.index(None).unwrap().matcher(&clock()).unwrap();
    for record in records {
        let (mut expected, mut affected) = (Vec::new(), Vec::new());
        for (number, name) in (0..).zip(program.rules()) {
            let rule = program.rule(name).unwrap();
            if rule.matches(record, &clock()).unwrap() {
                expected.push(name);
            }
            if rule.matcher(&clock()).unwrap().test(record).has_errors {
                affected.push(RuleNumber(number));
            }
        }
        assert_eq!(program.matching(record, &clock(), None).unwrap(), expected, "{text}{record}");
        let numbers = matcher.matches(record).to_vec();
        let names = numbers.iter().map(|n| program.rule_name(*n, None).unwrap().unwrap());
        assert_eq!(names.collect::<Vec<_>>(), expected);
        assert_eq!(matcher.affected(record), affected, "{text}{record}");
        assert_eq!(matcher.matches(record), numbers, "asked again");
        strictly(&strict, record);
    }
}

/// In strict mode the rules of a record are an error where one of them is.
fn strictly(program: &Program, record: &Json) {
    let mut expected = Vec::new();
    let mut errors = Vec::new();
    for name in program.rules() {
        match program.rule(name).unwrap().matches(record, &clock()) {
            Ok(true) => expected.push(name),
            Ok(false) => {}
            Err(Error::Record(found)) => errors.extend(found),
            Err(other) => panic!("{other}"),
        }
    }
    match program.matching(record, &clock(), None) {
        Ok(found) => assert_eq!((found, errors.len()), (expected, 0), "{record}"),
        Err(Error::Record(found)) => {
            assert!(!found.is_empty());
            // What a field without a type should have held depends on the test that is asked first.
            let names = |errors: &[RecordError]| -> BTreeSet<(String, String)> {
                errors.iter().map(|error| (error.field.clone(), error.value.clone())).collect()
            };
            assert_eq!(names(&found), names(&errors), "{record}");
        }
        Err(other) => panic!("{other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn rules_of_every_kind(
        all in prop::collection::vec(criteria(), 1..6),
        keyed in prop::collection::vec(of(KEYED), 1..14),
        records in prop::collection::vec(records(true), 1..4),
    ) {
        let all: Vec<String> = all.into_iter().chain(keyed).collect();
        agrees(&format!("{MODULE}\n{}", rules(&all, " sur Prospects")), &records);
    }

    #[test]
    fn rules_without_types(
        all in prop::collection::vec(of(DYNAMIC), 1..14),
        records in prop::collection::vec(untyped(), 1..6),
    ) {
        agrees(&rules(&all, ""), &records);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn crowds_of_rules(
        countries in prop::collection::vec((0..4_usize, 0..3_usize, 0..40_i32), 60..200),
        records in prop::collection::vec(records(true), 1..6),
    ) {
        // So many under one key that pairs are taken.
        let rule = |(pays, ville, montant): &(usize, usize, i32)| {
            let pays = ["France", "a", "été", "nice"][*pays];
            let ville = ["nice", "a", "ete"][*ville];
            format!("Nom EST {pays} ET Ville EST {ville} ET Montant < {montant}")
        };
        let all: Vec<String> = countries.iter().map(rule).collect();
        agrees(&format!("{MODULE}\n{}", rules(&all, " sur Prospects")), &records);
    }
}

fn index(criteria: &[&str]) -> RuleIndex {
    let program = Program::parse(MODULE).unwrap();
    let mut builder = program.index_builder();
    for text in criteria {
        builder.add(&program.criterion(text, Some("Prospects")).unwrap());
    }
    builder.finish()
}

fn numbers(index: &RuleIndex, record: &Json) -> Vec<u32> {
    let mut matcher = index.matcher(&clock()).unwrap();
    matcher.matches(record).iter().map(|number| number.0).collect()
}

#[test]
fn conditions_that_are_no_few_conjunctions_are_found_by_what_they_need() {
    let parts: Vec<String> = (0..6)
        .map(|i| format!("(Nom EST n{i}, m{i} OU Ville EST v{i} OU Montant = {i})"))
        .collect();
    let large = format!("{} ET Rejet EST ✓", parts.join(" ET "));
    let open = format!("({}) OU NON (Nom EST n1)", parts.join(" ET "));
    let index = index(&[&large, &open]);
    assert_eq!(index.residue(), 1, "only the one that holds without any key");
    let record = json!({"Nom": "n1", "Ville": "v2", "Montant": 3, "Rejet": true});
    assert_eq!(numbers(&index, &record), Vec::<u32>::new());
    assert_eq!(numbers(&index, &json!({"Nom": "zz"})), [1]);
    let one = |i: u32| format!("(Nom EST n OU Ville EST v{i} OU Budget = {i})");
    let parts: Vec<String> = (0..6).map(one).collect();
    let index = self::index(&[&parts.join(" ET ")]);
    assert_eq!(numbers(&index, &json!({"Nom": "N"})), [0]);
    assert_eq!(index.residue(), 0);
}

#[test]
fn negations_alone_are_residue() {
    let index =
        index(&["Pays N'EST PAS France", "Nom CORRESPOND À /x/", "Montant = 1 OU Montant ≠ 2"]);
    assert_eq!(index.residue(), 3);
    assert_eq!(index.len(), 3);
    assert_eq!(numbers(&index, &json!({"Pays": "Monaco", "Montant": 2})), [0]);
    assert_eq!(numbers(&index, &json!({"Pays": "France", "Montant": 1, "Nom": "x"})), [1, 2]);
}

#[test]
fn contradictions_and_tautologies() {
    let always = "Nom EST VIDE OU Nom N'EST PAS VIDE";
    let never = "Nom EST VIDE ET Nom N'EST PAS VIDE";
    let index = index(&[always, never]);
    for record in [json!({}), json!({"Nom": "a", "Montant": 3})] {
        assert_eq!(numbers(&index, &record), [0]);
    }
    // What they mention may still be of the wrong type.
    assert_eq!(numbers(&index, &json!({"Nom": {"x": 1}})), Vec::<u32>::new());
}

#[test]
fn a_wrong_value_is_forgotten_with_its_record() {
    let related = "NON (AU MOINS UN Contacts (Âge > 30 OU Ville EST Prospects.Ville))";
    let index = index(&[related, "NON (Créé APRÈS 2026-06-24)"]);
    let mut matcher = index.matcher(&clock()).unwrap();
    assert_eq!(matcher.matches(&json!({"Créé": "n'importe quoi"})), [RuleNumber(0)]);
    assert!(matcher.has_errors());
    assert_eq!(matcher.matches(&json!({"Contacts": [{"Ville": {"x": 1}}]})), [RuleNumber(1)]);
    assert!(matcher.has_errors());
    assert_eq!(matcher.matches(&json!({})), [RuleNumber(0), RuleNumber(1)]);
    assert!(!matcher.has_errors());
}

#[test]
fn date_words_move_with_the_clock() {
    let index = index(&["Créé EST aujourd'hui", "Vu EST hier", "Créé DANS LES 7 DERNIERS jours"]);
    assert!(index.reads_clock());
    assert!(index.matcher(&Clock::default()).is_err());
    let record = json!({"Créé": "2026-06-30", "Vu": "2026-06-30T12:00Z"});
    let mut matcher = index.matcher(&clock()).unwrap();
    assert_eq!(matcher.matches(&record), [RuleNumber(0), RuleNumber(2)]);
    matcher.set_clock(&Clock::at("2026-07-01T09:00", "Europe/Paris").unwrap()).unwrap();
    assert_eq!(matcher.matches(&record), [RuleNumber(1), RuleNumber(2)]);
    matcher.set_clock(&Clock::at("2026-08-01T09:00", "Europe/Paris").unwrap()).unwrap();
    assert_eq!(matcher.matches(&record), []);
}

#[test]
fn rows_and_native_values() {
    let index =
        index(&["Créé EST 2026-06-12", "Vu APRÈS 2026-06-12", "Montant = 120", "Nom EST x"]);
    let program = Program::parse(MODULE).unwrap();
    let mut row: Row = program.row(Some("Prospects")).unwrap();
    row.set("Créé", Date::parse("2026-06-12").unwrap());
    row.set("Vu", LocalDateTime::parse("2026-06-13T00:00").unwrap());
    row.set("Montant", 120).set("Nom", Value::Empty);
    let mut matcher = index.matcher(&clock()).unwrap();
    assert_eq!(matcher.matches(&row), [RuleNumber(0), RuleNumber(1), RuleNumber(2)]);
}

#[test]
fn each_module_has_its_rules() {
    let text = "
module Prospects
  Nom : texte
module Affaires
  Nom : texte
règle \"P\" sur Prospects
  quand créé
  si Nom EST a
  alors
    Nom : x
règle \"A\" sur Affaires
  quand créé
  si Nom EST a
  alors
    Nom : x
";
    let program = Program::parse(text).unwrap_or_else(|error| panic!("{error}"));
    let record = json!({"Nom": "A"});
    let clock = Clock::default();
    assert_eq!(program.matching(&record, &clock, Some("prospects")).unwrap(), ["P"]);
    assert_eq!(program.matching(&record, &clock, Some("Affaires")).unwrap(), ["A"]);
    let Err(Error::Ambiguous { names, .. }) = program.matching(&record, &clock, None) else {
        panic!("one module must be named");
    };
    assert_eq!(names, ["Prospects", "Affaires"]);
    assert!(matches!(program.index(Some("Affaire")), Err(Error::Unknown { .. })));
}

#[test]
fn an_index_is_replaced_while_others_read_it() {
    let shared = SharedIndex::new(index(&["Nom EST a"]));
    let before = shared.current();
    let version = shared.version();
    let (later, earlier) = std::sync::mpsc::channel::<()>();
    let slow = shared.rebuild(move || {
        let _ = earlier.recv();
        Ok::<_, Error>(index(&[]))
    });
    let quick = shared.rebuild(|| Ok::<_, Error>(index(&["Nom EST a", "Nom EST b"])));
    quick.join().unwrap().unwrap();
    assert_eq!((before.len(), shared.current().len()), (1, 2));
    assert_ne!(shared.version(), version);
    later.send(()).unwrap();
    slow.join().unwrap().unwrap();
    assert_eq!(shared.current().len(), 2, "a build begun earlier does not win");
    let failed = shared.rebuild(|| Err::<RuleIndex, _>("no"));
    assert_eq!(failed.join().unwrap(), Err("no"));
    shared.replace(before);
    assert_eq!(shared.current().len(), 1);
}

#[test]
fn crowds_of_two_ranges_are_found_by_both() {
    let program = Program::parse("module M\n  x : nombre\n  y : nombre\n").unwrap();
    let corners: Vec<(i64, i64)> = (0..1500).map(|i| (i * 37 % 200, i * 91 % 197)).collect();
    let mut builder = program.index_builder();
    for (x, y) in &corners {
        let text = format!("x ENTRE {x} ET {} ET y ENTRE {y} ET {}", x + 5, y + 5);
        builder.add(&program.criterion(&text, None).unwrap());
    }
    let index = builder.finish();
    for (x, y) in (-3..210).step_by(7).flat_map(|x| (-2..206).step_by(11).map(move |y| (x, y))) {
        let inside = |low: i64, at: i64| (low..=low + 5).contains(&at);
        let expected: Vec<u32> = (0..)
            .zip(&corners)
            .filter(|(_, corner)| inside(corner.0, x) && inside(corner.1, y))
            .map(|(number, _)| number)
            .collect();
        assert_eq!(numbers(&index, &json!({"x": x, "y": y})), expected, "{x} {y}");
    }
    assert_eq!(numbers(&index, &json!({"x": 3})), Vec::<u32>::new());
}
