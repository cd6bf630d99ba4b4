//! Criteria and records at random, over few fields and few values so that tests touch.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value as Json, json};

/// The fields.
pub const MODULES: &str = "module P
  Nom : texte
  Note : texte long, casse stricte, obligatoire
  Pays : liste France, Monaco, Clic, Clic CRM
  Montant : nombre
  Rang : entier
  Rejet : case
  Salons : liste multiple Nice, Paris, Lyon
  Échéance : date
  Appel : date-heure
  Compte : référence C
  Cible : texte
module C
  Nom : texte
";

const TEXTS: &[&str] = &["a", "ab", "abc", "b", "ba", "c", "A", "a b"];
const COUNTRIES: &[&str] = &["France", "Monaco", "Clic", "Clic CRM", "clic"];
const NUMBERS: &[&str] = &["1", "2", "2,5", "3", "10"];
const TOWNS: &[&str] = &["Nice", "Paris", "Lyon"];
const DAYS: &[&str] = &["2026-06-16", "2026-06-17", "2026-06-20", "2025-01-31"];

fn list(of: &'static [&'static str]) -> BoxedStrategy<String> {
    let few = subsequence(of, 1..=3.min(of.len())).prop_shuffle();
    few.prop_map(|items| {
        items.iter().map(|item| format!("\"{item}\"")).collect::<Vec<_>>().join(", ")
    })
    .boxed()
}

fn text_leaf(field: &'static str, values: &'static [&'static str]) -> BoxedStrategy<String> {
    let operators = &[
        "EST",
        "N'EST PAS",
        "CONTIENT",
        "NE CONTIENT PAS",
        "COMMENCE PAR",
        "NE COMMENCE PAS PAR",
        "FINIT PAR",
        "NE FINIT PAS PAR",
        "CONTIENT TOUT",
    ];
    (select(operators.as_slice()), list(values))
        .prop_map(move |(op, list)| format!("{field} {op} {list}"))
        .boxed()
}

fn choice_leaf(
    field: &'static str,
    values: &'static [&'static str],
    operators: &'static [&'static str],
) -> BoxedStrategy<String> {
    (select(operators), list(values))
        .prop_map(move |(op, list)| format!("{field} {op} {list}"))
        .boxed()
}

fn number_leaf(field: &'static str) -> BoxedStrategy<String> {
    let number = || select(NUMBERS);
    let op = select(&["<", "<=", ">", ">=", "=", "!="][..]);
    prop_oneof![
        (op, number()).prop_map(move |(op, number)| format!("{field} {op} {number}")),
        subsequence(NUMBERS, 2)
            .prop_map(move |pair| format!("{field} ENTRE {} ET {}", pair[0], pair[1])),
        subsequence(NUMBERS, 2)
            .prop_map(move |pair| format!("{field} N'EST PAS ENTRE {} ET {}", pair[0], pair[1])),
    ]
    .boxed()
}

fn date_leaf(field: &'static str) -> BoxedStrategy<String> {
    let word = select(
        &[
            "aujourd'hui",
            "hier",
            "demain",
            "cette semaine",
            "la semaine dernière",
            "ce mois",
            "le mois dernier",
            "l'année dernière",
        ][..],
    );
    let window = select(
        &[
            "DANS LES 2 DERNIERS jours",
            "DANS LES 9 DERNIERS jours",
            "DANS LES 2 PROCHAINS jours",
            "IL Y A PLUS DE 2 jours",
            "IL Y A PLUS DE 1 mois",
            "DANS PLUS DE 1 jours",
        ][..],
    );
    prop_oneof![
        (select(&["AVANT", "APRÈS", "EST", "N'EST PAS", "<=", ">="][..]), select(DAYS))
            .prop_map(move |(op, day)| format!("{field} {op} {day}")),
        (select(&["EST", "N'EST PAS"][..]), word)
            .prop_map(move |(op, word)| format!("{field} {op} {word}")),
        window.prop_map(move |window| format!("{field} {window}")),
    ]
    .boxed()
}

fn leaf() -> BoxedStrategy<String> {
    let fields = &["Nom", "Note", "Pays", "Montant", "Salons", "Échéance", "Appel", "Compte"];
    prop_oneof![
        4 => text_leaf("Nom", TEXTS),
        1 => text_leaf("Note", TEXTS),
        3 => text_leaf("Pays", COUNTRIES),
        1 => choice_leaf("Compte", TEXTS, &["EST", "N'EST PAS"]),
        4 => number_leaf("Montant"),
        1 => number_leaf("Rang"),
        2 => choice_leaf("Salons", TOWNS, &["EST", "N'EST PAS", "CONTIENT", "NE CONTIENT PAS", "CONTIENT TOUT"]),
        2 => date_leaf("Échéance"),
        1 => date_leaf("Appel"),
        1 => select(&["Rejet EST ✓", "Rejet EST non sélectionné", "Rejet N'EST PAS ✓"][..]).prop_map(str::to_owned),
        3 => (select(fields.as_slice()), any::<bool>()).prop_map(|(field, not)| format!("{field} {}", if not { "N'EST PAS VIDE" } else { "EST VIDE" })),
        1 => Just("Nom = P.Note".to_owned()),
        1 => Just("Nom CORRESPOND À /a+b/".to_owned()),
    ]
    .boxed()
}

/// A criterion.
pub fn criterion() -> BoxedStrategy<String> {
    // With whether it needs brackets inside another.
    let joined = |word: &'static str| {
        move |parts: Vec<(String, bool)>| {
            let bracketed = parts
                .into_iter()
                .map(|(part, joined)| if joined { format!("({part})") } else { part });
            (bracketed.collect::<Vec<_>>().join(word), true)
        }
    };
    leaf()
        .prop_map(|leaf| (leaf, false))
        .prop_recursive(3, 10, 3, move |inner| {
            prop_oneof![
                3 => prop::collection::vec(inner.clone(), 2..4).prop_map(joined(" ET ")),
                2 => prop::collection::vec(inner.clone(), 2..4).prop_map(joined(" OU ")),
                1 => inner.prop_map(|(part, _)| (format!("NON ({part})"), false)),
            ]
        })
        .prop_map(|(criterion, _)| criterion)
        .boxed()
}

fn one(of: &'static [&'static str]) -> BoxedStrategy<Json> {
    prop_oneof![1 => Just(Json::Null), 6 => select(of).prop_map(|text| json!(text))].boxed()
}

/// A record.
pub fn record() -> BoxedStrategy<Json> {
    let texts =
        &["a", "ab", "abc", "b", "ba", "c", "A", "a b", "aab", "x", "cab", "ab c a", "", " "];
    let countries = &["France", "Monaco", "Clic", "Clic CRM", "france", "Autre", "Clic Monaco"];
    let numbers = &["0", "1", "1.5", "2", "2.2", "2.5", "2.7", "3", "7", "10", "11", "-4"];
    let days = &[
        "2025-01-30",
        "2025-01-31",
        "2025-02-01",
        "2026-06-14",
        "2026-06-15",
        "2026-06-16",
        "2026-06-17",
        "2026-06-18",
        "2026-06-19",
        "2026-06-20",
        "2026-06-21",
        "2026-07-01",
        "2026-05-30",
    ];
    let times = &[
        "2026-06-16T23:59",
        "2026-06-17T00:00",
        "2026-06-17T10:00",
        "2026-06-17T10:01",
        "2026-06-20T12:00",
        "2025-01-31T08:00",
        "2026-05-16T10:00",
    ];
    let numbers = || select(numbers.as_slice()).prop_map(|n| json!(n.parse::<f64>().unwrap()));
    let number = move || prop_oneof![1 => Just(Json::Null), 6 => numbers()];
    let towns = subsequence(&["Nice", "Paris", "Lyon", "Brest"][..], 0..4);
    let account = (select(TEXTS), select(TEXTS), any::<bool>()).prop_map(|(id, name, both)| {
        if both { json!({"id": id, "name": name}) } else { json!(name) }
    });
    (
        (one(texts), one(texts), one(countries)),
        (number(), number(), any::<bool>(), towns),
        (one(days), one(times), account),
    )
        .prop_map(|((name, note, country), (amount, rank, refused, towns), (due, call, account))| {
            json!({"Nom": name, "Note": note, "Pays": country, "Montant": amount, "Rang": rank,
                "Rejet": refused, "Salons": towns, "Échéance": due, "Appel": call, "Compte": account})
        })
        .boxed()
}

/// A moment.
pub fn now() -> BoxedStrategy<&'static str> {
    select(
        &[
            "2026-06-17T10:00",
            "2026-06-17T00:00",
            "2026-06-15T08:00",
            "2026-06-30T23:59",
            "2026-07-01T00:00",
            "2025-02-01T12:00",
            "2026-06-21T12:00",
        ][..],
    )
    .boxed()
}
