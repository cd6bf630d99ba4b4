//! The law of forms: what an export does not refuse is imported as a criterion that says the same
//! of every record, and is exported again as the same.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "a test fails where it panics"
)]

use jalon::syntax::print_criterion;
use jalon::{Clock, Criterion, Lang, Program};
use jalon_interop::{FieldNames, Form, Setting, export_criterion, import_criterion};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Map, Value as Json, json};

const MODULE: &str = "\
constante Junk : a, b
module Prospects (Leads)
  Nom (Last_Name) : texte
  Société (Company) : texte, sans accents
  Secteur d'activité (Industry) : texte
  Rejet (Opt_Out) : case
  Statut (Status) : liste a, b, Junk
  Intérêts (Interests) : liste multiple a, b, c
  Montant (Amount) : devise
  Budget : nombre
  Créé (Created) : date
  Vu (Seen) : date-heure
  Compte (Account_Name) : référence Comptes
  Contacts liés (Contacts) : fiches Contacts
module Comptes
  Type : texte
module Contacts
  Nom : texte
  Âge (Age) : entier
";

/// Texts that are easily taken for something else.
const TEXTS: &[&str] = &[
    "a",
    "b",
    "A",
    "a b",
    "Junk",
    "Rien",
    "Contacts.Nom",
    "vide",
    "VIDE b",
    "12",
    "06",
    "1,5",
    "true",
    "oui",
    "a, b",
    "a,b",
    "a ET b",
    "a OU b",
    "a EST b",
    "2026-06-30",
    "aujourd'hui",
    "l'été",
    "Société",
    "Budget",
    "Prospects.Nom",
    "x.y",
    "(a)",
    "\"a\"",
    "a : b",
    "score Profil",
    "a plus 3 jours",
    "#a",
    "/a/",
    "a\\b",
    "É",
    "e\u{301}",
    "NON (a)",
    "entre 1 et 2",
    "-5",
    "à",
    "non sélectionné",
];

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn constant() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(TEXTS).prop_map(quoted),
        1 => "[a-cé ,.'\\\\${}\"]{1,6}".prop_filter("not blank", |t| !t.trim().is_empty())
            .prop_map(|t| quoted(&t.replace("${", "$ {"))),
        2 => prop::sample::select(vec!["a", "b", "abc", "12", "06", "oui", "été"])
            .prop_map(str::to_owned),
    ]
}

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(constant(), 1..4).prop_map(|values| values.join(", "))
}

fn number() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["0", "5", "-3", "2.5", "1234567890123456789.5", "0.1"])
        .prop_map(str::to_owned)
}

fn date() -> impl Strategy<Value = String> {
    let dates = vec!["2026-06-30", "2026-06-29", "aujourd'hui", "hier", "cette semaine"];
    prop::sample::select(dates).prop_map(str::to_owned)
}

fn leaf(dynamic: bool) -> BoxedStrategy<String> {
    let of = |fields: &[&str]| {
        prop::sample::select(fields.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let equal = of(&["EST", "N'EST PAS"]);
    let part = of(&[
        "CONTIENT",
        "NE CONTIENT PAS",
        "CONTIENT TOUT",
        "COMMENCE PAR",
        "NE COMMENCE PAS PAR",
        "FINIT PAR",
        "NE FINIT PAS PAR",
    ]);
    let empty = of(&["EST VIDE", "N'EST PAS VIDE"]);
    let order = of(&["<", "<=", ">", ">=", "EST", "N'EST PAS"]);
    let between = of(&["ENTRE", "N'EST PAS ENTRE"]);
    let text_fields = of(&["Nom", "Société", "Secteur d'activité", "Compte.Type"]);
    let text = (text_fields, prop_oneof![equal.clone(), part.clone()], texts())
        .prop_map(|(f, o, v)| format!("{f} {o} {v}"));
    let any = of(&["Nom", "Montant", "Créé", "Intérêts", "Vu", "Statut"]);
    let emptiness = (any, empty).prop_map(|(f, o)| format!("{f} {o}"));
    let numbers = (of(&["Montant", "Budget"]), order.clone(), number())
        .prop_map(|(f, o, v)| format!("{f} {o} {v}"));
    let ranges = (of(&["Montant", "Budget"]), between.clone())
        .prop_map(|(f, o)| format!("{f} {o} -3 ET 2.5"));
    let dates = (of(&["Créé", "Vu"]), order, date()).prop_map(|(f, o, v)| format!("{f} {o} {v}"));
    if dynamic {
        return prop_oneof![text, emptiness, numbers, ranges, dates].boxed();
    }
    let ticks = (equal.clone(), of(&["✓", "non"])).prop_map(|(o, v)| format!("Rejet {o} {v}"));
    let lists = (equal, of(&["a", "a, b", "Junk"])).prop_map(|(o, v)| format!("Statut {o} {v}"));
    let sets = (part.prop_filter("of sets", |o| o.contains("CONTIENT")), of(&["a", "a, c"]))
        .prop_map(|(o, v)| format!("Intérêts {o} {v}"));
    let fields = of(&[
        "Montant > Prospects.Budget",
        "Nom EST Prospects.Société, \"a\"",
        "Rejet EST Prospects.Rejet",
        "Nom N'EST PAS Prospects.Société, \"a\"",
        "Budget <= Prospects.Montant",
    ]);
    let related = of(&[
        "AU MOINS UN Contacts liés (Nom EST \"Junk\")",
        "AUCUN Contacts liés (Nom EST \"Âge\", \"Contacts.Nom\", \"1,5\")",
        "TOUS LES Contacts liés (Nom EST Contacts.Âge)",
        "AUCUN Contacts liés (Nom EST a OU Âge > 5)",
        "TOUS LES Contacts liés (NON (Âge < 5))",
        "NOMBRE DE Contacts liés (Nom EST a) >= 1",
    ]);
    prop_oneof![text, emptiness, numbers, ranges, dates, ticks, lists, sets, fields, related]
        .boxed()
}

fn criterion(dynamic: bool) -> BoxedStrategy<String> {
    leaf(dynamic)
        .prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..4)
                    .prop_map(|p| format!("({})", p.join(" ET "))),
                prop::collection::vec(inner.clone(), 2..4)
                    .prop_map(|p| format!("({})", p.join(" OU "))),
                inner.prop_map(|p| format!("NON ({p})")),
            ]
        })
        .boxed()
}

fn value() -> impl Strategy<Value = Json> {
    prop_oneof![
        4 => prop::sample::select(TEXTS).prop_map(Json::from),
        2 => prop::sample::select(vec![json!(5), json!(-3), json!(2.5), json!(0.1), json!(12), json!(6)]),
        1 => any::<bool>().prop_map(Json::from),
        2 => prop::sample::select(vec![Json::Null, json!(""), json!(" "), json!([])]),
        2 => prop::sample::select(vec![json!("2026-06-30"), json!("2026-06-29"), json!("2026-06-30T12:00:00Z")]),
        1 => prop::sample::subsequence(vec!["a", "b", "c"], 0..=3).prop_map(|v| json!(v)),
    ]
}

fn record() -> impl Strategy<Value = Json> {
    let fields = [
        "Nom",
        "Société",
        "Secteur d'activité",
        "Rejet",
        "Statut",
        "Intérêts",
        "Montant",
        "Budget",
        "Créé",
        "Vu",
        "Compte.Type",
    ];
    let contacts = prop::collection::vec((value(), value()), 0..3).prop_map(|contacts| {
        contacts.into_iter().map(|(n, a)| json!({"Nom": n, "Âge": a})).collect::<Vec<_>>()
    });
    let values = prop::collection::vec(prop::option::weighted(0.8, value()), fields.len());
    (values, contacts).prop_map(move |(values, contacts)| {
        let mut record = Map::new();
        for (field, value) in fields.iter().zip(values) {
            if let Some(value) = value {
                record.insert((*field).to_owned(), value);
            }
        }
        record.insert("Contacts liés".to_owned(), json!(contacts));
        Json::Object(record)
    })
}

const FORMS: [Form; 3] = [Form::QueryBuilder, Form::Zoho, Form::Pattern];

fn law(program: &Program, module: Option<&str>, text: &str, records: &[Json]) {
    let Ok(ours) = program.criterion(text, module) else { return };
    let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
    let setting = Setting::of(program.checked(), module);
    for form in FORMS {
        for names in [FieldNames::Api, FieldNames::Label] {
            let Ok(theirs) = export_criterion(ours.condition().unwrap(), form, names) else {
                continue;
            };
            let read = import_criterion(form, &theirs, &setting)
                .unwrap_or_else(|left_out| panic!("{text}\n{theirs:#}\n{left_out:?}"));
            let back = print_criterion(&read, Lang::Fr);
            let again: Criterion = program
                .criterion(&back, module)
                .unwrap_or_else(|error| panic!("{text}\n{theirs:#}\n{back}\n{error}"));
            for record in records {
                assert_eq!(
                    ours.matches(record, &clock).unwrap(),
                    again.matches(record, &clock).unwrap(),
                    "{text}\n{theirs:#}\n{back}\n{record:#}"
                );
            }
            let twice = export_criterion(again.condition().unwrap(), form, names);
            assert_eq!(twice.as_ref(), Ok(&theirs), "{text}\n{back}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn declared(text in criterion(false), records in prop::collection::vec(record(), 8)) {
        law(&Program::parse(MODULE).unwrap(), Some("Leads"), &text, &records);
    }

    #[test]
    fn undeclared(text in criterion(true), records in prop::collection::vec(record(), 8)) {
        law(&Program::parse("constante Rien : x\n").unwrap(), None, &text, &records);
    }

    #[test]
    fn any_json_is_read_or_listed(value in json_value()) {
        for form in FORMS {
            match import_criterion(form, &value, &Setting::default()) {
                Ok(criterion) => {
                    let text = print_criterion(&criterion, Lang::En);
                    prop_assert!(jalon::syntax::parse_criterion(jalon::source::SourceId(0), &text).is_ok());
                }
                Err(left_out) => prop_assert!(!left_out.is_empty()),
            }
        }
    }
}

/// The law says little where most is refused.
#[test]
fn most_is_carried() {
    let program = Program::parse(MODULE).unwrap();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut checked, mut carried) = (0, [0; FORMS.len()]);
    for _ in 0..300 {
        let text = criterion(false).new_tree(&mut runner).unwrap().current();
        let Ok(ours) = program.criterion(&text, Some("Leads")) else { continue };
        checked += 1;
        for (form, carried) in FORMS.into_iter().zip(&mut carried) {
            let condition = ours.condition().unwrap();
            *carried += i32::from(export_criterion(condition, form, FieldNames::Api).is_ok());
        }
    }
    assert!(checked > 150, "{checked}");
    assert!(carried.iter().all(|carried| carried * 3 > checked), "{carried:?} of {checked}");
}

/// Anything, with the keys and words of the forms.
fn json_value() -> impl Strategy<Value = Json> {
    let words = vec![
        "and", "or", "=", "in", "between", "equal", "not_in", "a", "a,b", "", "${EMPTY}",
        "1 and 2", "(1 or 2)", "~", "atLeast", "field", "12", "ET",
    ];
    let leaf = prop_oneof![
        prop::sample::select(words).prop_map(Json::from),
        any::<i32>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<bool>().prop_map(Json::from),
        Just(Json::Null),
        ".{0,8}".prop_map(Json::from),
    ];
    let keys = vec![
        "combinator",
        "rules",
        "not",
        "field",
        "operator",
        "value",
        "valueSource",
        "match",
        "mode",
        "threshold",
        "group",
        "group_operator",
        "comparator",
        "api_name",
        "conditions",
        "pattern",
        "type",
        "id",
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((prop::sample::select(keys.clone()), inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}
