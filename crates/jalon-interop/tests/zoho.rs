//! Zoho's criteria, as trees and as lists with a pattern.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "a test fails where it panics"
)]

use std::collections::BTreeSet;

use jalon::syntax::print_criterion;
use jalon::{Lang, Program};
use jalon_interop::{FieldNames, Form, LeftOut, Setting, export_criterion, import_criterion};
use serde_json::{Value as Json, json};

const MODULE: &str = "\
module Prospects (Leads)
  Nom (Last_Name) : texte
  Société (Company) : texte
  Rejet (Opt_Out) : case
  Intérêts (Interests) : liste multiple Salon, Web
  Montant (Amount) : devise
  Créé le (Created) : date
  Contacts : fiches Contacts
module Contacts
  Nom : texte
";

fn import(form: Form, value: &Json) -> Result<String, Vec<LeftOut>> {
    let program = Program::parse(MODULE).unwrap();
    let setting = Setting::of(program.checked(), Some("Leads")).lang(Lang::Fr);
    import_criterion(form, value, &setting).map(|c| print_criterion(&c, Lang::Fr))
}

fn export(form: Form, text: &str) -> Result<Json, Vec<LeftOut>> {
    let program = Program::parse(MODULE).unwrap();
    let criterion = program.criterion(text, Some("Leads")).unwrap();
    export_criterion(criterion.condition().unwrap(), form, FieldNames::Api)
}

fn leaf(comparator: &str, value: Json) -> Json {
    json!({"field": {"api_name": "Company", "id": "3361"}, "comparator": comparator, "value": value})
}

#[test]
fn comparators() {
    for (comparator, value, expected) in [
        ("equal", json!("zoho"), "Company EST zoho"),
        ("not_equal", json!("zoho"), "Company N'EST PAS zoho"),
        ("equal", json!(["a", "b"]), "Company EST a, b"),
        ("in", json!(["a", "b"]), "Company EST a, b"),
        ("not_in", json!(["a"]), "Company N'EST PAS a"),
        ("equal", json!("${EMPTY}"), "Company EST VIDE"),
        ("not_equal", json!("${EMPTY}"), "Company N'EST PAS VIDE"),
        ("equal", json!("${NOTEMPTY}"), "Company N'EST PAS VIDE"),
        ("equal", json!(["a", "${EMPTY}"]), "Company EST a OU Company EST VIDE"),
        ("not_equal", json!(["a", "${EMPTY}"]), "Company N'EST PAS a ET Company N'EST PAS VIDE"),
        ("contains", json!("x"), "Company CONTIENT x"),
        ("not_contains", json!("x"), "Company NE CONTIENT PAS x"),
        ("starts_with", json!("x"), "Company COMMENCE PAR x"),
        ("ends_with", json!("x"), "Company FINIT PAR x"),
    ] {
        assert_eq!(import(Form::Zoho, &leaf(comparator, value)).unwrap(), expected);
    }
    let on = |field: &str, comparator: &str, value: Json| {
        import(Form::Zoho, &json!({"field": field, "comparator": comparator, "value": value}))
    };
    assert_eq!(
        on("Amount", "not_between", json!(["1", "2"])).unwrap(),
        "Amount N'EST PAS ENTRE 1 ET 2"
    );
    assert_eq!(on("Created", "equal", json!("${TODAY}")).unwrap(), "Created EST aujourd'hui");
    assert_eq!(on("Opt_Out", "equal", json!(false)).unwrap(), "Opt_Out EST non sélectionné");
    // The same text is a date or is none.
    assert_eq!(on("Created", "less_than", json!("01-02-2025")).unwrap_err()[0].at, "/value");
    assert_eq!(on("Company", "equal", json!("01-02-2025")).unwrap(), "Company EST 01-02-2025");
    assert_eq!(on("Interests", "equal", json!("Salon")).unwrap_err()[0].at, "/value");
    assert_eq!(on("Created", "equal", json!("${AGEINDAYS}+3")).unwrap_err()[0].at, "/value");
    assert_eq!(on("Created", "equal", json!("${THISWEEK}")).unwrap_err()[0].at, "/value");
}

#[test]
fn groups_join_in_any_case() {
    let group = json!({"group_operator": "or", "group": [
        leaf("equal", json!("a")),
        {"group_operator": "AND", "group": [leaf("equal", json!("b")), leaf("equal", json!("c"))]},
    ]});
    assert_eq!(
        import(Form::Zoho, &group).unwrap(),
        "Company EST a OU (Company EST b ET Company EST c)"
    );
    let wrong = json!({"group_operator": "XOR", "group": [leaf("like", json!("a")), 3]});
    let places: Vec<String> =
        import(Form::Zoho, &wrong).unwrap_err().into_iter().map(|l| l.at).collect();
    assert_eq!(places, ["/group/0/comparator", "/group/1", "/group_operator"]);
}

#[test]
fn the_vendors_lists_are_all_known() {
    let structures: Json = serde_json::from_str(include_str!("data/zoho/criteria.json")).unwrap();
    let values = |entry: &str, key: &str| -> BTreeSet<String> {
        let list = structures[entry][key]["values"].as_array().unwrap();
        list.iter().map(|value| value.as_str().unwrap().to_owned()).collect()
    };
    for entry in ["record.Criteria", "bulk_read.Criteria"] {
        for comparator in values(entry, "comparator") {
            let value = if comparator.contains("between") { json!([1, 2]) } else { json!("1") };
            let given = json!({"api_name": "Montant", "comparator": comparator, "value": value});
            assert!(import_criterion(Form::Zoho, &given, &Setting::default()).is_ok(), "{given}");
        }
    }
    for entry in ["record.Criteria", "bulk_read.Criteria", "user_groups.Criteria"] {
        for operator in values(entry, "group_operator") {
            let parts = [leaf("equal", json!("a")), leaf("equal", json!("b"))];
            let given = json!({"group_operator": operator, "group": parts});
            assert!(import(Form::Zoho, &given).is_ok(), "{given}");
        }
    }
}

#[test]
fn not_moves_inward() {
    let theirs = export(Form::Zoho, "NON (Nom EST VIDE OU (Montant < 5 ET Société CONTIENT a, b))");
    assert_eq!(
        theirs.unwrap(),
        json!({"group_operator": "AND", "group": [
            {"comparator": "not_equal", "field": {"api_name": "Last_Name"}, "value": "${EMPTY}"},
            {"group_operator": "OR", "group": [
                {"group_operator": "OR", "group": [
                    {"comparator": "greater_equal", "field": {"api_name": "Amount"}, "value": 5},
                    {"comparator": "equal", "field": {"api_name": "Amount"}, "value": "${EMPTY}"},
                ]},
                {"group_operator": "AND", "group": [
                    {"comparator": "not_contains", "field": {"api_name": "Company"}, "value": "a"},
                    {"comparator": "not_contains", "field": {"api_name": "Company"}, "value": "b"},
                ]},
            ]},
        ]})
    );
    for refused in [
        "Nom NE COMMENCE PAS PAR a",
        "NON (Nom FINIT PAR a)",
        "AU MOINS UN Contacts (Nom EST a)",
        "Nom EST \"\\${EMPTY}\"",
        "Créé le EST cette semaine",
        "Nom EST Prospects.Société",
    ] {
        let left_out = export(Form::Zoho, refused).unwrap_err();
        assert_eq!(left_out.len(), 1, "{refused}");
        assert!(!left_out[0].message(Lang::Fr).contains('…'), "{left_out:?}");
    }
}

#[test]
fn patterns() {
    let conditions = json!([
        {"field": "Nom", "comparator": "equal", "value": "a"},
        {"fieldName": "Nom", "condition": "is", "value": ["b"]},
        {"field": {"api_name": "Nom"}, "comparator": "not_equal", "value": "c"},
    ]);
    let with = |pattern: &str| {
        import(Form::Pattern, &json!({"conditions": conditions, "pattern": pattern}))
    };
    assert_eq!(with("(1 and (2 or 3))").unwrap(), "Nom EST a ET (Nom EST b OU Nom N'EST PAS c)");
    assert_eq!(with("1 or 2 and 3").unwrap(), "(Nom EST a OU Nom EST b) ET Nom N'EST PAS c");
    assert_eq!(with("((1 or 2) or 3)").unwrap(), "(Nom EST a OU Nom EST b) OU Nom N'EST PAS c");
    assert_eq!(
        with("1 AND NOT (2 OR 3)").unwrap(),
        "Nom EST a ET NON (Nom EST b OU Nom N'EST PAS c)"
    );
    let all = import(Form::Pattern, &json!({"fieldConditions": conditions}));
    assert_eq!(all.unwrap(), "Nom EST a ET Nom EST b ET Nom N'EST PAS c");
    for wrong in [
        "",
        "1 and",
        "1 and 2",
        "(1 and 2) or 4",
        "1 2 3",
        "(1 and 2",
        "1 and 2 or 3)",
        "1 ; 2",
        "1 xor 2",
        "()",
    ] {
        let left_out = with(wrong).unwrap_err();
        assert_eq!(left_out[0].at, "/pattern", "{wrong}: {left_out:?}");
    }
    let deep = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(with(&deep).is_err());
    let long = "1 and 2 or 3".to_owned() + &" and 1 or 2".repeat(50_000);
    assert!(with(&long).is_err());
    let theirs = export(Form::Pattern, "Nom EST a ET (Montant > 5 OU Rejet EST ✓)").unwrap();
    assert_eq!(
        theirs,
        json!({"conditions": [
            {"field": "Last_Name", "comparator": "equal", "value": "a"},
            {"field": "Amount", "comparator": "greater_than", "value": 5},
            {"field": "Opt_Out", "comparator": "equal", "value": true},
        ], "pattern": "(1 and (2 or 3))"})
    );
}
