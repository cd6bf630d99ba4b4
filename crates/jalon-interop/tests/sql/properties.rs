//! Criteria and rows at random: SQLite selects the rows of which the record executor says that
//! the criterion holds.

use jalon::Program;
use jalon::schema::TextMode;
use jalon::value::Clock;
use jalon::value::fold::{fold, is_blank};
use jalon_interop::sql::{Texts, where_clause};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::database;

const PROGRAM: &str = "module Prospects
  Nom : texte
  Code : texte, casse stricte
  Ville : texte, sans accents
  Pays : liste France, Monaco
  Montant : devise
  Budget : nombre
  Effectif : entier
  Optin : case
  Salons : liste multiple Paris, Nice, Lyon
  Jour : date
  Relance : date
  Vu : date-heure
  Compte : référence Comptes
module Comptes
  Nom : texte
";

const TEXTS: [&str; 3] = ["Nom", "Code", "Ville"];

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(words).prop_map(str::to_owned)
}

/// Texts with all that makes folding hard; `ascii`: printable ASCII only.
fn text(ascii: bool) -> BoxedStrategy<String> {
    if ascii {
        return "[ aAbB'%_*?\\[\\]-]{0,5}".boxed();
    }
    "[ aAbBeEéÉœŒæßſKİı’'\u{a0}\u{2003}\t\u{301}\u{327}ﬁΣςσ%_*?\\[\\]]{0,5}".boxed()
}

/// What is compared with: never blank, since empty items are dropped.
fn literal(ascii: bool) -> impl Strategy<Value = String> {
    text(ascii).prop_filter_map("blank", |text| {
        let text = text.replace('\t', " ");
        (!text.trim().is_empty()).then(|| quoted(&text))
    })
}

fn leaf(ascii: bool) -> impl Strategy<Value = String> {
    let field = || prop::sample::select(&TEXTS[..]);
    let text_operator = one_of(&[
        "EST",
        "N'EST PAS",
        "CONTIENT",
        "NE CONTIENT PAS",
        "CONTIENT TOUT",
        "COMMENCE PAR",
        "NE COMMENCE PAS PAR",
        "FINIT PAR",
        "NE FINIT PAS PAR",
    ]);
    let literals = prop::collection::vec(literal(ascii), 1..3).prop_map(|all| all.join(", "));
    let order = || one_of(&["<", "<=", ">", ">=", "EST", "N'EST PAS"]);
    let number = || (-30_i64..30, 0_u32..3).prop_map(|(n, s)| decimal(n, s));
    let date = || (-3_i64..4).prop_map(|offset| format!("2026-07-{:02}", 4 + offset));
    let word = one_of(&[
        "EST aujourd'hui",
        "EST hier, demain",
        "EST cette semaine",
        "N'EST PAS le mois dernier",
        "DANS LES 2 DERNIERS jours",
        "DANS LES 3 PROCHAINS jours",
        "IL Y A PLUS DE 1 jours",
        "DANS PLUS DE 1 jours",
        "AVANT aujourd'hui",
        "APRÈS demain",
        "<= aujourd'hui plus 1 jour",
        "ENTRE hier ET demain",
    ]);
    let lists = one_of(&["Paris", "Nice, Paris", "Lyon"]);
    prop_oneof![
        4 => (field(), text_operator, literals).prop_map(|(f, op, all)| format!("{f} {op} {all}")),
        1 => (field(), one_of(&["EST VIDE", "N'EST PAS VIDE"])).prop_map(|(f, op)| format!("{f} {op}")),
        1 => one_of(&[
            "Nom EST Prospects.Ville", "Ville CONTIENT Prospects.Nom", "Nom FINIT PAR Prospects.Code",
            "Ville FINIT PAR Prospects.Nom", "Ville COMMENCE PAR Prospects.Nom",
            "Montant > Budget", "Montant N'EST PAS Budget", "Budget ENTRE 0 ET Montant",
            "Jour AVANT Relance", "Jour EST Relance", "Nom SUIT LE FORMAT \"9*-\"",
        ]),
        1 => one_of(&[
            "Pays EST France, Monaco", "Pays N'EST PAS France", "Pays COMMENCE PAR f",
            "Optin EST ✓", "Optin EST non sélectionné", "Optin N'EST PAS ✓",
            "Compte EST Acme", "Compte N'EST PAS 42", "Compte EST VIDE",
        ]),
        2 => (one_of(&["Montant", "Budget", "Effectif"]), order(), number())
            .prop_map(|(f, op, n)| format!("{f} {op} {n}")),
        1 => (one_of(&["Montant", "Effectif"]), -9_i64..0, 0_i64..9)
            .prop_map(|(f, a, b)| format!("{f} N'EST PAS ENTRE {a} ET {b}")),
        1 => one_of(&["Montant EST VIDE", "Jour EST VIDE", "Vu N'EST PAS VIDE", "Salons EST VIDE"]),
        2 => (one_of(&["Jour", "Vu"]), word).prop_map(|(f, word)| format!("{f} {word}")),
        1 => (one_of(&["Jour", "Vu"]), order(), date()).prop_map(|(f, op, d)| format!("{f} {op} {d}")),
        1 => one_of(&["Vu DANS LES 5 DERNIÈRES heures", "Vu > 2026-07-04 10h30"]),
        1 => (one_of(&["EST", "N'EST PAS", "CONTIENT", "CONTIENT TOUT", "NE CONTIENT PAS"]), lists)
            .prop_map(|(op, all)| format!("Salons {op} {all}")),
    ]
}

fn decimal(number: i64, scale: u32) -> String {
    rust_decimal::Decimal::new(number, scale).to_string()
}

fn criterion(ascii: bool) -> impl Strategy<Value = String> {
    leaf(ascii).prop_recursive(3, 8, 3, |part| {
        prop_oneof![
            prop::collection::vec(part.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" ET "))),
            prop::collection::vec(part.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" OU "))),
            part.prop_map(|part| format!("NON ({part})")),
        ]
    })
}

fn record(ascii: bool) -> impl Strategy<Value = Json> {
    let words = prop_oneof![
        6 => text(ascii).prop_map(Json::from),
        1 => Just(Json::Null),
    ];
    let number = prop_oneof![
        5 => (-30_i64..30, 0_u32..3).prop_map(|(n, s)| Json::from(decimal(n, s))),
        1 => Just(Json::from("")),
        1 => Just(Json::Null),
    ];
    let day = prop_oneof![
        5 => (1_i64..8).prop_map(|day| Json::from(format!("2026-07-{day:02}"))),
        1 => Just(Json::Null),
        1 => Just(Json::from(" ")),
    ];
    let instant = prop_oneof![
        5 => (1_i64..8, 0_i64..24, 0_i64..2, 0_i64..3)
            .prop_map(|(d, h, half, f)| Json::from(format!("2026-07-{d:02}T{h:02}:{:02}:00.{f}Z", half * 30))),
        1 => Just(Json::Null),
    ];
    let fairs =
        prop::collection::vec(prop::sample::select(&["Paris", "nice", "LYON", "", " "][..]), 0..3);
    (
        prop::collection::vec(words, 3),
        one_of(&["France", "monaco", "", "Italie"]),
        prop::collection::vec(number, 2),
        -9_i64..9,
        prop::option::of(any::<bool>()),
        fairs,
        prop::collection::vec(day, 2),
        instant,
        one_of(&["Acme", "42", ""]),
    )
        .prop_map(|(texts, country, numbers, staff, tick, fairs, days, seen, account)| {
            json!({
                "Nom": texts[0], "Code": texts[1], "Ville": texts[2], "Pays": country,
                "Montant": numbers[0], "Budget": numbers[1], "Effectif": staff, "Optin": tick,
                "Salons": fairs, "Jour": days[0], "Relance": days[1], "Vu": seen,
                "Compte": {"id": account, "name": "ACME"},
            })
        })
}

fn agree(criterion: &str, records: &[Json], texts: Texts) -> Result<(), TestCaseError> {
    let program = Program::parse(PROGRAM).unwrap();
    let clock = Clock::at("2026-07-04T10:30", "Europe/Paris").unwrap();
    let module = Some("Prospects");
    let criterion = program
        .criterion(criterion, module)
        .map_err(|error| TestCaseError::fail(format!("{criterion}: {error}")))?;
    let columns = database::columns(&program, module);
    let options = database::options(&columns).texts(texts);
    // A mask cannot be read in folded texts, nor fields folded apart be compared.
    let Ok(clause) = where_clause(&criterion, &clock, &options) else {
        prop_assert_eq!(texts, Texts::Folded);
        return Ok(());
    };
    let connection = database::open();
    database::create(&connection, &columns);
    let mut expected = Vec::new();
    for (id, record) in (1..).zip(records) {
        // A text of nothing but accents is nothing once it is folded.
        let city = record["Ville"].as_str().unwrap_or_default();
        let mode = TextMode { ignoring_accents: true, ..TextMode::default() };
        if texts == Texts::Folded && is_blank(&fold(city, mode)) != is_blank(city) {
            continue;
        }
        let mut stored = record.clone();
        if texts == Texts::Folded {
            for (name, field, domain) in &columns {
                if let (jalon::checked::Domain::Text(_), Some(text)) =
                    (domain, stored[name].as_str())
                {
                    stored[name] = Json::from(fold(text, field.mode));
                }
            }
            stored["Salons"] = record["Salons"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| Json::from(fold(item.as_str().unwrap(), TextMode::default())))
                .collect();
            let id =
                fold(record["Compte"]["id"].as_str().unwrap(), TextMode::default()).into_owned();
            stored["Compte"] = json!({"id": id, "name": "acme"});
        }
        let row = database::row(&columns, &stored, &clock).unwrap();
        database::insert(&connection, id, row);
        if criterion.matches(record, &clock).unwrap() {
            expected.push(id);
        }
    }
    let found = database::select(&connection, &clause)
        .map_err(|error| TestCaseError::fail(format!("{error}: {}", clause.sql)))?;
    prop_assert_eq!(found, expected, "{} {:?}", clause.sql, clause.params);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text(criterion in criterion(false), records in prop::collection::vec(record(false), 1..8)) {
        agree(&criterion, &records, Texts::Any)?;
    }

    #[test]
    fn ascii_text(criterion in criterion(true), records in prop::collection::vec(record(true), 1..8)) {
        agree(&criterion, &records, Texts::Ascii)?;
    }

    #[test]
    fn folded_text(criterion in criterion(false), records in prop::collection::vec(record(false), 1..8)) {
        agree(&criterion, &records, Texts::Folded)?;
    }
}
