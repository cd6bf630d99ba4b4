use serde_json::{Value as Json, json};

use super::*;
use crate::value::json::value_ref;

fn paris() -> Zone {
    Zone::parse("Europe/Paris").unwrap_or_default()
}

fn text_of(json: &Json) -> Typed<String> {
    text(value_ref(json), &mut NumberText::default()).map(str::to_owned)
}

fn items(json: &Json) -> Typed<Vec<String>> {
    set(value_ref(json)).map(|items| {
        let mut all = Vec::new();
        items.for_each(|item| all.push(item.to_owned()));
        all
    })
}

#[test]
fn nothing_is_empty_for_every_type() {
    for nothing in [json!(null), json!(""), json!(" \t\u{A0}"), json!([]), json!([null, ""])] {
        let value = value_ref(&nothing);
        assert!(is_empty(value), "{nothing}");
        assert_eq!(text_of(&nothing), Typed::Empty);
        assert_eq!(number(value), Typed::Empty);
        assert_eq!(checkbox(value), Typed::Empty);
        assert_eq!(date(value, Zone::UTC), Typed::Empty);
        assert_eq!(items(&nothing), Typed::Empty);
        assert!(matches!(reference(value), Typed::Empty));
    }
    assert!(is_empty(ValueRef::Absent));
    assert_eq!(number(ValueRef::Absent), Typed::Absent);
    assert!(matches!(reference(ValueRef::Absent), Typed::Absent));
    assert!(matches!(records(ValueRef::Absent), Typed::Absent));
    assert!(!is_empty(ValueRef::from_float(&f64::INFINITY)));
    assert!(is_empty(ValueRef::from_float(&f64::NAN)));
    assert_eq!(number(ValueRef::from_float(&f64::INFINITY)), Typed::Wrong);
}

#[test]
fn numbers_have_a_text_and_texts_may_spell_numbers() {
    assert_eq!(text_of(&json!(75001)), Typed::Value("75001".to_owned()));
    assert_eq!(text_of(&json!(-1.50)), Typed::Value("-1.5".to_owned()));
    assert_eq!(text_of(&json!("06 ")), Typed::Value("06 ".to_owned()));
    for wrong in [json!(true), json!(["a"]), json!({"a": 1})] {
        assert_eq!(text_of(&wrong), Typed::Wrong, "{wrong}");
        assert_eq!(number(value_ref(&wrong)), Typed::Wrong, "{wrong}");
    }
    assert_eq!(
        number(value_ref(&json!("1 234,5"))).value().map(|n| n.to_string()).as_deref(),
        Some("1234.5")
    );
    assert_eq!(number(value_ref(&json!("12 rue"))), Typed::Wrong);
}

#[test]
fn checkboxes_read_booleans_and_ticks_only() {
    assert_eq!(checkbox(value_ref(&json!(true))), Typed::Value(true));
    assert_eq!(checkbox(value_ref(&json!("Décoché"))), Typed::Value(false));
    for wrong in [json!(1), json!("1"), json!("peut-être"), json!([true])] {
        assert_eq!(checkbox(value_ref(&wrong)), Typed::Wrong, "{wrong}");
    }
}

#[test]
fn dates_take_their_civil_day_in_the_zone() {
    let day = |text: &str| date(ValueRef::Text(text), paris()).map(|date| date.to_string());
    let value = |text: &str| Typed::Value(text.to_owned());
    assert_eq!(day("2026-06-30"), value("2026-06-30"));
    assert_eq!(day("30/06/2026"), value("2026-06-30"));
    assert_eq!(day("2026-06-30T23:30"), value("2026-06-30"));
    assert_eq!(day("2026-06-30T22:30Z"), value("2026-07-01"));
    assert_eq!(day("demain"), Typed::Wrong);
    assert_eq!(date(value_ref(&json!(20_260_630)), paris()), Typed::Wrong);

    let at =
        |text: &str| date_time(ValueRef::Text(text), paris()).map(|instant| instant.to_string());
    assert_eq!(at("2026-06-30T10:30"), value("2026-06-30T08:30Z"));
    assert_eq!(at("2026-03-29 02:30"), value("2026-03-29T01:00Z"));
    assert_eq!(at("2026-06-30"), value("2026-06-29T22:00Z"));
    assert_eq!(at("2026-06-30T10:30-01:00"), value("2026-06-30T11:30Z"));
    assert_eq!(at("10:30"), Typed::Wrong);
}

#[test]
fn sets_are_lists_or_texts_parted_by_semicolons() {
    let value = |items: &[&str]| Typed::Value(items.iter().map(ToString::to_string).collect());
    assert_eq!(items(&json!(["a", "", 6, null])), value(&["a", "6"]));
    assert_eq!(items(&json!("a; b ;;c")), value(&["a", "b", "c"]));
    assert_eq!(items(&json!("a, b")), value(&["a, b"]));
    assert_eq!(items(&json!(75)), value(&["75"]));
    assert_eq!(items(&json!(" ; ")), Typed::Empty);
    for wrong in [json!(true), json!(["a", true]), json!([["a"]]), json!({"a": 1})] {
        assert_eq!(items(&wrong), Typed::Wrong, "{wrong}");
    }
}

#[test]
fn references_compare_by_id_or_name() {
    let texts = |json: Json| {
        reference(value_ref(&json)).map(|reference| {
            let mut all = Vec::new();
            reference.any(|text| {
                all.push(text.to_owned());
                false
            });
            all.join("|")
        })
    };
    let value = |text: &str| Typed::Value(text.to_owned());
    assert_eq!(texts(json!("Exemple SA")), value("Exemple SA"));
    assert_eq!(texts(json!(4012)), value("4012"));
    assert_eq!(texts(json!({"id": 4012, "Name": "Exemple SA"})), value("4012|Exemple SA"));
    assert_eq!(texts(json!({"name": "Exemple SA"})), value("Exemple SA"));
    assert_eq!(texts(json!({"id": null})), Typed::Empty);
    for wrong in [json!({}), json!({"id": true}), json!(true), json!(["a"])] {
        assert_eq!(texts(wrong.clone()), Typed::Wrong, "{wrong}");
    }
}

#[test]
fn related_records_are_lists_of_records() {
    let events = json!([{"type": "visit"}, {}]);
    let list = records(value_ref(&events)).value();
    assert!(list.is_some_and(|list| list.len() == 2 && record(list.at(1)).is_some()));
    assert!(list.is_some_and(|list| record(list.at(2)).is_none()));
    assert!(matches!(records(value_ref(&json!([]))), Typed::Empty));
    assert!(matches!(records(value_ref(&json!(""))), Typed::Empty));
    for wrong in [json!([1]), json!({"type": "visit"}), json!("visit")] {
        assert!(matches!(records(value_ref(&wrong)), Typed::Wrong), "{wrong}");
    }
}
