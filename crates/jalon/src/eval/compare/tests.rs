use super::same;
use crate::value::read::moment;
use crate::value::{Clock, Moment, Value, ValueRef};

fn text(text: &str) -> Value {
    Value::from(text)
}

fn at(written: &str) -> Value {
    match moment(written).unwrap_or_else(|| panic!("{written}")) {
        Moment::Date(date) => Value::Date(date),
        Moment::Local(local) => Value::DateTime(local),
        Moment::Instant(instant) => Value::Instant(instant),
    }
}

fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| text(item)).collect())
}

fn reference(id: &str, name: &str) -> Value {
    Value::Record(vec![("id".to_owned(), text(id)), ("name".to_owned(), text(name))])
}

/// Both ways round.
#[track_caller]
fn check(a: &Value, b: &Value, expected: bool) {
    let zone = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap().zone;
    assert_eq!(same(a.as_ref(), b.as_ref(), zone), expected, "{a:?} {b:?}");
    assert_eq!(same(b.as_ref(), a.as_ref(), zone), expected, "{b:?} {a:?}");
}

#[test]
fn nothing_is_the_same_as_nothing_and_as_an_unticked_box() {
    for nothing in [Value::Empty, text(""), text("  "), list(&[])] {
        check(&nothing, &Value::Empty, true);
        check(&nothing, &Value::Bool(false), true);
        check(&nothing, &Value::Bool(true), false);
        check(&nothing, &text("x"), false);
        check(&nothing, &Value::from(0), false);
    }
    check(&Value::Bool(true), &Value::Bool(true), true);
    check(&Value::Bool(true), &Value::Bool(false), false);
    check(&Value::Bool(true), &text("x"), false);
    let zone = Clock::default().zone;
    assert!(same(ValueRef::Absent, ValueRef::Empty, zone));
}

#[test]
fn a_text_counts_letter_by_letter() {
    check(&text("é"), &text("e\u{301}"), true);
    check(&text("Nice"), &text("nice"), false);
    check(&text("Nice"), &text("Nice"), true);
}

#[test]
fn numbers_are_the_same_by_value() {
    check(&Value::from(5), &Value::Number("5.00".parse().unwrap()), true);
    check(&Value::from(5), &Value::Number("5.01".parse().unwrap()), false);
    check(&Value::from(5), &text("x"), false);
}

#[test]
fn sets_are_the_same_in_any_order() {
    check(&list(&["a", "e\u{301}"]), &list(&["é", "a"]), true);
    check(&list(&["a", "b"]), &list(&["a"]), false);
    check(&list(&["a", "b"]), &list(&["a", "c"]), false);
    let records = |ids: &[&str]| Value::List(ids.iter().map(|id| reference(id, "x")).collect());
    check(&records(&["1", "2"]), &records(&["1", "2"]), true);
    check(&records(&["1", "2"]), &records(&["2", "1"]), false);
    check(&records(&["1", "2"]), &records(&["1"]), false);
}

#[test]
fn references_are_the_same_by_id() {
    check(&reference("1", "Dupont"), &reference("1", "Durand"), true);
    check(&reference("1", "Dupont"), &reference("2", "Dupont"), false);
    check(&reference("", "Dupont"), &reference("2", "Dupont"), true);
    check(&reference("", "Dupont"), &reference("", "Durand"), false);
    check(&reference("1", "Dupont"), &text("Dupont"), true);
    check(&reference("1", "Dupont"), &text("1"), true);
    check(&reference("1", "Dupont"), &Value::from(2), false);
}

#[test]
fn moments_are_the_same_in_the_zone_and_a_day_is_no_moment() {
    check(&at("2026-06-30"), &at("2026-06-30"), true);
    check(&at("2026-06-30"), &at("2026-07-01"), false);
    check(&at("2026-06-30T10:30"), &at("2026-06-30T08:30Z"), true);
    check(&at("2026-06-30T10:30"), &at("2026-06-30T10:30Z"), false);
    check(&at("2026-06-30"), &at("2026-06-30T00:00"), false);
    check(&at("2026-06-30"), &text("x"), false);
}
