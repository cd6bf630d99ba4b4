//! react-querybuilder: what a query becomes, what is listed, and what an export holds.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "a test fails where it panics"
)]

use jalon::syntax::print_criterion;
use jalon::{Lang, Program};
use jalon_interop::{FieldNames, Form, LeftOut, Setting, export_criterion, import_criterion};
use serde_json::{Value as Json, json};

const MODULE: &str = "\
constante France : Hexagone
module Prospects (Leads)
  Nom (Last_Name) : texte
  Pays (Country) : texte
  Rejet (Opt_Out) : case
  Statut : liste Clic CRM, Clic ZC
  Intérêts (Interests) : liste multiple Salon, Web
  Montant (Amount) : devise
  Budget : nombre
  Créé le (Created) : date
  Contacts liés (Contacts) : fiches Contacts
module Contacts
  Nom : texte
";

fn text(query: &Json) -> Result<String, Vec<LeftOut>> {
    let program = Program::parse(MODULE).unwrap();
    let setting = Setting::of(program.checked(), Some("Leads")).lang(Lang::Fr);
    import_criterion(Form::QueryBuilder, query, &setting).map(|c| print_criterion(&c, Lang::Fr))
}

fn places(query: &Json) -> Vec<String> {
    text(query).unwrap_err().into_iter().map(|left_out| left_out.at).collect()
}

fn rule(field: &str, operator: &str, value: Json) -> Json {
    json!({"combinator": "and", "rules": [{"field": field, "operator": operator, "value": value}]})
}

#[test]
fn every_operator() {
    for (operator, value, expected) in [
        ("=", json!("Monaco"), "Country EST Monaco"),
        ("!=", json!("Monaco"), "Country N'EST PAS Monaco"),
        ("contains", json!("mona"), "Country CONTIENT mona"),
        ("beginsWith", json!("mo"), "Country COMMENCE PAR mo"),
        ("endsWith", json!("co"), "Country FINIT PAR co"),
        ("doesNotContain", json!("x"), "Country NE CONTIENT PAS x"),
        ("doesNotBeginWith", json!("x"), "Country NE COMMENCE PAS PAR x"),
        ("doesNotEndWith", json!("x"), "Country NE FINIT PAS PAR x"),
        ("null", Json::Null, "Country EST VIDE"),
        ("notNull", json!(""), "Country N'EST PAS VIDE"),
        ("in", json!(["Monaco", "Italie"]), "Country EST Monaco, Italie"),
        ("in", json!("Monaco, Italie,"), "Country EST Monaco, Italie"),
        ("notIn", json!(r"a\, b,c"), "Country N'EST PAS \"a, b\", c"),
        // A declared constant stays a text.
        ("=", json!("France"), "Country EST \"France\""),
        ("=", json!("vide"), "Country EST \"vide\""),
        ("=", json!("a ET b"), "Country EST \"a ET b\""),
        ("=", json!("${Nom}"), "Country EST \"\\${Nom}\""),
    ] {
        assert_eq!(text(&rule("Country", operator, value)).unwrap(), expected);
    }
    for (operator, value, expected) in [
        ("<", json!(10), "Amount < 10"),
        ("<=", json!("10.5"), "Amount <= 10.5"),
        (">", json!(-3), "Amount > -3"),
        (">=", json!(0.1), "Amount >= 0.1"),
        ("between", json!([1, 5]), "Amount ENTRE 1 ET 5"),
        ("notBetween", json!("1,5"), "Amount N'EST PAS ENTRE 1 ET 5"),
    ] {
        assert_eq!(text(&rule("Amount", operator, value)).unwrap(), expected);
    }
    assert_eq!(text(&rule("Opt_Out", "=", json!(true))).unwrap(), "Opt_Out EST sélectionné");
}

#[test]
fn groups() {
    let a = json!({"field": "Nom", "operator": "=", "value": "a"});
    let b = json!({"field": "Nom", "operator": "=", "value": "b"});
    let nested = json!({"combinator": "AND", "not": true, "rules": [
        a, {"combinator": "or", "rules": [a, {"combinator": "and", "rules": [b]}]},
    ]});
    assert_eq!(text(&nested).unwrap(), "NON (Nom EST a ET (Nom EST a OU Nom EST b))");
    let independent = json!({"rules": [a, "or", b, "and", a]});
    assert_eq!(text(&independent).unwrap(), "Nom EST a OU (Nom EST b ET Nom EST a)");
    let field = json!({"combinator": "and", "rules": [
        {"field": "Amount", "operator": ">", "value": "Budget", "valueSource": "field"},
    ]});
    assert_eq!(text(&field).unwrap(), "Amount > Prospects.Budget");
    let related = json!({"combinator": "and", "rules": [
        {"field": "Contacts", "operator": "=", "match": {"mode": "none"}, "value": nested},
    ]});
    assert_eq!(
        text(&related).unwrap(),
        "AUCUN Contacts (NON (Nom EST a ET (Nom EST a OU Nom EST b)))"
    );
    let counted = json!({"combinator": "and", "rules": [
        {"field": "Contacts", "operator": "=", "match": {"mode": "atLeast", "threshold": 2},
         "value": {"combinator": "and", "rules": [a]}},
    ]});
    assert_eq!(text(&counted).unwrap(), "NOMBRE DE Contacts (Nom EST a) >= 2");
}

#[test]
fn what_cannot_be_carried_has_its_place() {
    let queries = [
        (json!(3), ""),
        (json!({"combinator": "and", "rules": []}), ""),
        (json!({"combinator": "xor", "rules": []}), "/combinator"),
        (json!({"rules": [rule("Nom", "=", json!("a")), "or"]}), "/rules"),
        (json!({"combinator": "and", "not": 1, "rules": [rule("Nom", "=", json!("a"))]}), "/not"),
        (rule("~", "=", json!("a")), "/rules/0/field"),
        (rule("Nom", "like", json!("a")), "/rules/0/operator"),
        (rule("Nom", "=", json!("")), "/rules/0/value"),
        (rule("Nom", "=", json!(["a"])), "/rules/0/value"),
        (rule("Nom", "in", json!([])), "/rules/0/value"),
        (rule("Nom", "in", json!([{}])), "/rules/0/value/0"),
        (rule("Amount", "between", json!([5, 1])), "/rules/0/value"),
        (rule("Amount", "between", json!([5])), "/rules/0/value"),
        (rule("Amount", "=", json!(1e300)), "/rules/0/value"),
        // Of a multi-picklist `in` would be the exact set.
        (rule("Interests", "in", json!(["Salon", "Web"])), "/rules/0/value"),
        (
            json!({"combinator": "and", "rules": [{"field": "Nom", "operator": "=",
                "value": "Inconnu", "valueSource": "field"}]}),
            "/rules/0/value",
        ),
        (json!({"combinator": "and", "muted": true, "rules": []}), ""),
    ];
    for (query, place) in queries {
        assert_eq!(places(&query), [place], "{query}");
    }
    let left_out = text(&rule("Nom", "like", json!("a"))).unwrap_err();
    assert!(left_out[0].message(Lang::Fr).starts_with("l'opérateur `like` n'est pas connu"));
    assert!(left_out[0].message(Lang::En).starts_with("the operator `like` is not known"));
}

#[test]
fn exports_are_typed_and_named_by_api() {
    let program = Program::parse(MODULE).unwrap();
    let export = |text: &str, names| {
        let criterion = program.criterion(text, Some("Leads")).unwrap();
        export_criterion(criterion.condition().unwrap(), Form::QueryBuilder, names)
    };
    let theirs = export(
        "Rejet EST ✓ ET Montant ENTRE 1 ET 2,5 ET Créé le >= 30/06/2026 ET \
         (Pays CONTIENT a, b OU NON (Nom EST VIDE))",
        FieldNames::Api,
    );
    assert_eq!(
        theirs.unwrap(),
        json!({"combinator": "and", "rules": [
            {"field": "Opt_Out", "operator": "=", "value": true},
            {"field": "Amount", "operator": "between", "value": [1, 2.5]},
            {"field": "Created", "operator": ">=", "value": "2026-06-30"},
            {"combinator": "or", "rules": [
                {"combinator": "or", "rules": [
                    {"field": "Country", "operator": "contains", "value": "a"},
                    {"field": "Country", "operator": "contains", "value": "b"},
                ]},
                {"combinator": "and", "not": true, "rules": [
                    {"field": "Last_Name", "operator": "null", "value": null},
                ]},
            ]},
        ]})
    );
    let label = export("Pays EST Monaco", FieldNames::Label).unwrap();
    assert_eq!(label["rules"][0]["field"], json!("Pays"));
    for refused in [
        "Créé le DANS LES 7 DERNIERS jours",
        "Créé le EST aujourd'hui",
        "Nom CORRESPOND À /a/",
        "longueur(Nom) > 3",
        "Intérêts EST Salon, Web",
        "AU MOINS UN Contacts (Nom EST \"${Prospects.Nom}\")",
    ] {
        let left_out = export(refused, FieldNames::Api).unwrap_err();
        assert_eq!(left_out.len(), 1, "{refused}: {left_out:?}");
        assert!(!left_out[0].message(Lang::Fr).contains('…'), "{left_out:?}");
    }
}
