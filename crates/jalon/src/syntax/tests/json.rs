//! JSON that tools make: what no text says is refused with its place, and nothing makes it panic.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::automation::AUTOMATION;
use super::*;
use crate::syntax::form::{MAX_DEPTH, from_json, to_json};

fn program(declaration: &Value) -> String {
    json!({"version": 1, "declarations": [declaration]}).to_string()
}

#[track_caller]
fn refused(json: &str, pointer: &str, french: &str, english: &str) {
    let error = from_json(json).unwrap_err();
    assert_eq!(error.pointer(), pointer);
    for (lang, part) in [(Lang::Fr, french), (Lang::En, english)] {
        let message = error.message(lang);
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn mistakes_have_a_place_in_both_languages() {
    refused("{", "", "ligne 1, colonne 1 : ce n'est pas du JSON", "not JSON");
    refused("[]", "", "il faut un objet", "must be an object");
    refused("{}", "", "il manque le membre `version`", "`version` is missing");
    refused(r#"{"version": 2}"#, "", "autre version", "another version of the form; this one is 1");
    refused(r#"{"version": "1"}"#, "/version", "un nombre entier", "a whole number");
    refused(r#"{"version": 1, "langue": "fr"}"#, "/langue", "membre inconnu", "there are: version");
    refused(r#"{"version": 1, "language": "de"}"#, "/language", "`de` inconnu", "fr, en");
    let at = "/declarations/0";
    refused(&program(&json!({"doc": []})), at, "une déclaration doit dire", "must say one thing");
    let twice = json!({"chaining": "once", "pipeline": {"stages": ["score"]}});
    refused(&program(&twice), at, "une déclaration doit dire", "must say one thing");
    let doc = json!({"doc": ["a\nb"], "chaining": "once"});
    refused(&program(&doc), "/declarations/0/doc/0", "sur une ligne", "one line");
    let line = |test: Value| {
        program(&json!({"score": {"name": "S", "lines": [
        {"points": "1", "criterion": {"test": test}}]}}))
    };
    let test = "/declarations/0/score/lines/0/criterion/test";
    let op = format!("{test}/op");
    refused(&line(json!({"left": "A", "op": "equals"})), &op, "`equals` inconnu", "is, is_not");
    refused(&line(json!({"left": "A", "op": "is"})), test, "un autre membre", "another member");
    let both = json!({"left": "A", "op": "is", "values": ["1"], "regex": {"pattern": "x"}});
    refused(&line(both), test, "un autre membre", "another member");
    let value = format!("{test}/values/0");
    let number = json!({"left": "A", "op": "is", "values": [3]});
    refused(&line(number), &value, "il faut un texte", "must be a text");
    let two = json!({"left": "A", "op": "is", "values": [{"score": "A", "quoted": "B"}]});
    refused(&line(two), &value, "un seul membre", "exactly one member");
    let count = json!({"left": "A", "op": "in_last", "period": {"count": -1, "unit": "day"}});
    refused(&line(count), &format!("{test}/period/count"), "nombre entier", "whole number");
}

#[test]
fn what_cannot_be_written_is_shown() {
    let empty = json!({"constant": {"name": "A"}});
    refused(&program(&empty), "/declarations/0", "ne peut pas s'écrire", "cannot be written");
    let kept = json!({"verbatim": {"keyword": "trophy", "text": "score S\n  +1 si A EST b"}});
    refused(&program(&kept), "/declarations/0", "se lirait autrement", "read as something else");
}

#[test]
fn nesting_is_bounded() {
    let criterion = |depth: usize| {
        let nested = "{\"not\":".repeat(depth)
            + "{\"test\":{\"left\":\"A\",\"op\":\"is_empty\"}}"
            + &"}".repeat(depth);
        format!(
            "{{\"version\":1,\"declarations\":[{{\"score\":{{\"name\":\"S\",\"lines\":[\
             {{\"points\":\"1\",\"criterion\":{nested}}}]}}}}]}}"
        )
    };
    assert!(from_json(&criterion(60)).is_ok());
    // As a text it nests too deep.
    refused(&criterion(100), "/declarations/0", "ne peut pas s'écrire", "cannot be written");
    refused(&criterion(MAX_DEPTH), "", "l'un dans l'autre", "inside each other");
    refused(&"[".repeat(1 << 20), "", "l'un dans l'autre", "inside each other");
    // A sum is as deep as it is long.
    let sum = |terms: usize| {
        let text = format!("score S\n  +1 si A > {}\n", vec!["1"; terms].join(" + "));
        let (document, found) = parse(SourceId(0), &text, &Limits::default());
        assert!(found.is_empty(), "{found:?}");
        from_json(&to_json(&document).to_string())
    };
    assert!(sum(150).is_ok());
}

/// Puts something else at one of the places of a value.
fn put(value: &mut Value, at: &mut usize, other: &Value) {
    if *at == 0 {
        *value = other.clone();
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| put(value, at, other)),
        Value::Object(members) => members.values_mut().for_each(|value| put(value, at, other)),
        _ => {}
    }
}

fn something() -> impl Strategy<Value = Value> {
    prop_oneof![
        "\\PC{0,8}".prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        proptest::sample::select(vec![
            json!(null),
            json!([]),
            json!({}),
            json!("vide"),
            json!("ET"),
            json!("a\nb"),
            json!({"quoted": "x"}),
            json!({"quoted": 1}),
            json!(["a", "b"]),
            json!("delete"),
            json!({"all": []}),
            json!({"any": [{"all": []}]}),
            json!({"score": "S"}),
            json!({"test": {"left": "A", "op": "is_empty"}}),
            json!({"negate": "1"}),
            json!({"count": 3, "unit": "day"}),
            json!("1,5"),
            json!("# x"),
            json!("si"),
        ]),
    ]
}

proptest! {
    #[test]
    fn whatever_a_tool_puts_in_is_refused_or_written(
        text in proptest::sample::select(vec![MODULES, SCORE, RULES, AUTOMATION]),
        places in proptest::collection::vec((0..400usize, something()), 1..3),
    ) {
        let (document, _) = parse(SourceId(0), text, &Limits::default());
        let mut value = to_json(&document);
        for (place, other) in &places {
            put(&mut value, &mut place.clone(), other);
        }
        match from_json(&value.to_string()) {
            Ok(document) => {
                let printed = print(&document, Lang::Fr);
                let (again, found) = parse(SourceId(0), &printed, &Limits::default());
                prop_assert!(!super::has_errors(&found), "{printed}\n{found:?}");
                prop_assert_eq!(print(&again, Lang::Fr), printed);
            }
            Err(error) => {
                prop_assert!(!error.message(Lang::Fr).is_empty() && !error.message(Lang::En).is_empty());
            }
        }
    }

    #[test]
    fn no_text_as_json_makes_it_panic(text in "[\\[\\]{}:,\"\\\\a-c0-9 ]{0,60}") {
        let _ = from_json(&text);
    }
}
