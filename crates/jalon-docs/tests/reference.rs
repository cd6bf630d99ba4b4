//! What the language reference says is so: its examples hold and fail where it says, also of
//! nothing, and no word is left out.

use jalon::lang::Lang;
use jalon::lexicon::reference::{self, EXAMPLE_NOW, Example, OnEmpty, example_modules};
use jalon::lexicon::{Aggregate, EVENT_TYPES, Function, OPERATORS, Op, Quantifier, Unit};
use jalon::rehearsal::test;
use jalon::{Clock, Program};
use serde_json::{Value as Json, json};

fn clock() -> Clock {
    Clock::at(EXAMPLE_NOW, "Europe/Paris").unwrap()
}

/// A value of an example in a record; several with ` + `, of related records their amounts.
fn record(field: &str, value: Option<&str>) -> Json {
    let value = match (field, value) {
        (_, None) => Json::Null,
        ("People", Some(amounts)) => {
            amounts.split(" + ").map(|amount| json!({"Amount": amount})).collect()
        }
        ("Tags", Some(items)) => items.split(" + ").map(Json::from).collect(),
        (_, Some(text)) => Json::from(text),
    };
    json!({ field: value })
}

fn holds(criterion: &str, record: &Json, lang: Lang) -> bool {
    let program = Program::parse(example_modules(lang)).unwrap_or_else(|e| panic!("{e}"));
    let criterion = program
        .criterion(criterion, Some(lang.pick("Prospects", "Leads")))
        .unwrap_or_else(|e| panic!("{criterion}: {e}"));
    criterion.matches(record, &clock()).unwrap()
}

fn hold_to(example: &Example) {
    for lang in [Lang::Fr, Lang::En] {
        let criterion = example.criterion(lang);
        for (values, expected) in [(example.holds, true), (example.fails, false)] {
            for value in values {
                let got = holds(criterion, &record(example.field, Some(value)), lang);
                assert_eq!(got, expected, "{criterion}, where {} is {value:?}", example.field);
            }
        }
    }
}

/// Of a change: a rule with the criterion fires or does not when the value changes so.
fn hold_change_to(example: &Example) {
    for lang in [Lang::Fr, Lang::En] {
        let criterion = example.criterion(lang);
        for (changes, fires) in [(example.holds, true), (example.fails, false)] {
            for change in changes {
                let (before, after) = change.split_once("→").unwrap();
                let value = |text: &str| match text.trim() {
                    "" => "vide".to_owned(),
                    text => text.to_owned(),
                };
                let expected = if fires { "se déclenche" } else { "ne se déclenche pas" };
                let text = format!(
                    "{}\nrègle R sur Prospects\n  quand modifié\n  si {criterion}\n  alors\n    Nom : x\n\n\
                     test T sur Prospects\n  avant\n    Ville : {}\n  après\n    Ville : {}\n    Statut : Suivi\n  attendu règle R {expected}\n",
                    example_modules(Lang::Fr),
                    value(before),
                    value(after),
                );
                let program = Program::parse(&text).unwrap_or_else(|e| panic!("{text}\n{e}"));
                let report = test::run(&program, &clock());
                assert!(report.passed(), "{criterion}, {change}: not {expected}");
            }
        }
    }
}

#[test]
fn every_operator_does_what_its_row_says_also_of_nothing() {
    for row in reference::OPERATORS {
        if row.on_empty == OnEmpty::AsValue {
            hold_change_to(&row.example);
            continue;
        }
        hold_to(&row.example);
        for lang in [Lang::Fr, Lang::En] {
            let criterion = row.example.criterion(lang);
            let expected = row.on_empty == OnEmpty::Holds;
            assert_eq!(
                holds(criterion, &record(row.example.field, None), lang),
                expected,
                "{criterion}: null"
            );
            assert_eq!(holds(criterion, &json!({}), lang), expected, "{criterion}: absent");
            assert_eq!(
                holds(criterion, &record(row.example.field, Some(" ")), lang),
                expected,
                "{criterion}: blank"
            );
        }
    }
}

#[test]
fn every_function_aggregate_and_quantifier_does_what_its_row_says_also_of_nothing() {
    let functions = reference::FUNCTIONS.iter().map(|row| (&row.example, row.empty));
    let aggregates = reference::AGGREGATES.iter().map(|row| (&row.example, row.empty));
    let quantifiers = reference::QUANTIFIERS.iter().map(|row| (&row.example, row.empty));
    for (example, empty) in functions.chain(aggregates).chain(quantifiers) {
        hold_to(example);
        assert!(holds(empty, &record(example.field, None), Lang::Fr), "{empty}: null");
        assert!(holds(empty, &json!({}), Lang::Fr), "{empty}: absent");
    }
}

#[test]
fn every_unit_counts_what_its_row_says() {
    for (_, _, example) in reference::UNITS {
        hold_to(example);
    }
}

#[test]
fn every_word_has_its_row_and_every_row_its_word() {
    let mut ops: Vec<Op> = OPERATORS.iter().map(|row| row.op).collect();
    ops.dedup();
    let rows: Vec<Op> = reference::OPERATORS.iter().map(|row| row.op).collect();
    assert_eq!(rows, ops);
    let functions: Vec<Function> = Function::WORDS.iter().map(|(f, ..)| *f).collect();
    assert_eq!(reference::FUNCTIONS.iter().map(|row| row.of).collect::<Vec<_>>(), functions);
    let aggregates: Vec<Aggregate> = Aggregate::WORDS.iter().map(|(a, ..)| *a).collect();
    assert_eq!(reference::AGGREGATES.iter().map(|row| row.of).collect::<Vec<_>>(), aggregates);
    let quantifiers: Vec<Quantifier> = Quantifier::WORDS.iter().map(|(q, ..)| *q).collect();
    assert_eq!(reference::QUANTIFIERS.iter().map(|row| row.of).collect::<Vec<_>>(), quantifiers);
    let units: Vec<Unit> = Unit::WORDS.iter().map(|(u, ..)| *u).collect();
    assert_eq!(reference::UNITS.iter().map(|(u, ..)| *u).collect::<Vec<_>>(), units);
    for event in EVENT_TYPES {
        assert!(reference::events(event.id).is_some(), "{}", event.id);
    }
}

#[test]
fn the_pages_of_the_reference_are_those_of_the_table() {
    let root = jalon_docs::books::root();
    for (path, text) in jalon_docs::reference::all().unwrap() {
        let there = std::fs::read_to_string(root.join(&path)).unwrap_or_default();
        assert!(there == text, "{path} is stale: `cargo xtask book` writes it");
    }
}
