use serde_json::json;

use super::*;
use crate::value::Date;

fn key(names: &[&str]) -> FieldKey {
    FieldKey::named(names.iter().copied())
}

/// `Json::get` is another function.
fn read<'a>(record: &'a Json, key: &FieldKey) -> ValueRef<'a> {
    Record::get(record, key)
}

fn show(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::List(list) => format!("list of {}", list.len()),
        ValueRef::Record(_) => "record".to_owned(),
        ValueRef::Number(number) => format!("Number({number})"),
        other => format!("{other:?}"),
    }
}

#[test]
fn values_come_as_they_are() {
    let record = json!({
        "a": null, "b": true, "c": -12, "d": 0.1, "e": 12_345_678_901_234_567_890_u64,
        "g": "06", "h": [1, "x"], "i": {"id": 7}, "j": 1e3, "k": 1e300,
    });
    for (name, expected) in [
        ("a", "Empty"),
        ("b", "Bool(true)"),
        ("c", "Int(-12)"),
        ("d", "Number(0.1)"),
        ("e", "Number(12345678901234567890)"),
        ("g", "Text(\"06\")"),
        ("h", "list of 2"),
        ("i", "record"),
        ("j", "Number(1000.0)"),
        ("k", "Invalid(Number(1e+300))"),
        ("z", "Absent"),
    ] {
        assert_eq!(show(read(&record, &key(&[name]))), expected, "{name}");
    }
}

#[test]
fn keys_compare_as_text_does() {
    let record = json!({"E-MAIL": "a", "Secteur d’activite\u{301}": "b", "Straße": "c"});
    for name in ["e-mail", "Secteur d'activité", "STRASSE"] {
        assert!(matches!(read(&record, &key(&[name])), ValueRef::Text(_)), "{name}");
    }
    assert!(matches!(read(&record, &key(&["mail"])), ValueRef::Absent));
    assert!(matches!(read(&record, &key(&["inconnu", "e-mail"])), ValueRef::Text("a")));
    let both = json!({"email": "folded", "Email": "exact"});
    assert!(matches!(read(&both, &key(&["Email"])), ValueRef::Text("exact")));
}

#[test]
fn two_names_with_different_values_conflict() {
    let key = key(&["Adresse e-mail", "Email"]);
    let conflict = json!({"Adresse e-mail": "a", "EMAIL": "b"}).conflict(&key);
    let mut keys = conflict.map(|c| [c.keys.0, c.keys.1]).into_iter().flatten().collect::<Vec<_>>();
    keys.sort();
    assert_eq!(keys, ["Adresse e-mail", "EMAIL"]);
    assert_eq!(json!({"Adresse e-mail": "a", "Email": "a"}).conflict(&key), None);
    assert_eq!(json!({"Email": 1, "email": 1.0}).conflict(&key), None);
    assert!(json!({"Email": null, "email": "a"}).conflict(&key).is_some());
    assert_eq!(json!({"Email": "a", "Nom": "b"}).conflict(&key), None);
    assert_eq!(json!(["Email"]).conflict(&key), None);
}

#[test]
fn paths_read_through_references_unless_a_key_has_the_whole_name() {
    let mut path = key(&["Compte.Type"]);
    path.path = Some(Box::new((key(&["Compte"]), key(&["Type"]))));
    assert!(matches!(
        read(&json!({"Compte": {"type": "Client"}}), &path),
        ValueRef::Text("Client")
    ));
    let both = json!({"Compte": {"Type": "Client"}, "Compte.Type": "Exact"});
    assert!(matches!(read(&both, &path), ValueRef::Text("Exact")));
    assert!(matches!(read(&json!({"Compte": "12"}), &path), ValueRef::Absent));
    assert!(matches!(read(&json!("Compte"), &path), ValueRef::Absent));
}

#[test]
fn values_are_written_without_losing_a_digit() {
    let decimal = |text: &str| Value::Number(text.parse().unwrap_or_default());
    let value = Value::Record(vec![
        ("whole".into(), Value::from(25)),
        ("tenth".into(), decimal("0.10")),
        ("long".into(), decimal("0.1234567890123456789012345678")),
        ("large".into(), decimal("12345678901234567890123")),
        ("date".into(), Value::from(Date::ymd(2026, 6, 30))),
        ("items".into(), Value::from(vec!["a", "b"])),
        ("none".into(), Value::Empty),
    ]);
    let expected = json!({
        "whole": 25, "tenth": 0.1, "long": "0.1234567890123456789012345678",
        "large": "12345678901234567890123", "date": "2026-06-30", "items": ["a", "b"], "none": null,
    });
    assert_eq!(value.to_json(), expected);
    assert_eq!(serde_json::to_value(&value).ok(), Some(expected));
    assert_eq!(Value::from(&json!({"a": [0.1]})).to_json(), json!({"a": [0.1]}));
}
