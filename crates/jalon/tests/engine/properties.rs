//! Laws that hold of every record.

use jalon::eval::Node;
use jalon::{Criterion, Program};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{MODULE, clock};

/// Tests of every kind, positive and negative spelled side by side.
const PAIRS: &[(&str, &str)] = &[
    ("Nom EST a, Été", "Nom N'EST PAS a, Été"),
    ("Nom EST VIDE", "Nom N'EST PAS VIDE"),
    ("Nom CONTIENT a, é", "Nom NE CONTIENT PAS a, é"),
    ("Ville COMMENCE PAR ni, e", "Ville NE COMMENCE PAS PAR ni, e"),
    ("Code FINIT PAR a, B", "Code NE FINIT PAS PAR a, B"),
    ("Pays EST France", "Pays N'EST PAS France"),
    ("Salons EST Lyon, Nice", "Salons N'EST PAS Lyon, Nice"),
    ("Salons CONTIENT Lyon, Nice", "Salons NE CONTIENT PAS Lyon, Nice"),
    ("Rejet EST ✓", "Rejet N'EST PAS ✓"),
    ("Montant ENTRE 0 ET 10", "Montant N'EST PAS ENTRE 0 ET 10"),
    ("Montant = 0, 1.5", "Montant ≠ 0, 1.5"),
    ("Montant = Prospects.Budget", "Montant ≠ Prospects.Budget"),
    ("Nom EST Prospects.Ville", "Nom N'EST PAS Prospects.Ville"),
    ("Créé EST aujourd'hui, hier", "Créé N'EST PAS aujourd'hui, hier"),
    ("Créé ENTRE hier ET 2026-07-10", "Créé N'EST PAS ENTRE hier ET 2026-07-10"),
    ("Vu EST cette semaine", "Vu N'EST PAS cette semaine"),
    ("Compte EST Acme, 7", "Compte N'EST PAS Acme, 7"),
];

/// Positive tests without a complement.
const OTHERS: &[&str] = &[
    "Montant < 3",
    "Montant >= Budget * 2",
    "Budget > 1.25",
    "Créé DANS LES 7 DERNIERS jours",
    "Vu DANS LES 5 DERNIÈRES heures",
    "Nom CORRESPOND À /^[a-e]/",
    "Salons CONTIENT TOUT Lyon, Nice",
    "AU MOINS UN Contacts (Âge > 30 OU Ville EST Prospects.Ville)",
    "TOUS LES Contacts (Âge < 60)",
    "SOMME DE Contacts.Âge (Ville N'EST PAS VIDE) > 50",
    "longueur(Nom) > 2",
];

fn texts() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(Json::Null),
        Just(json!("  ")),
        "[aàAéEe B]{0,4}".prop_map(Json::from),
        prop::sample::select(vec!["a", "A", "été", "ETE", "France", "Nice", "nice", "x;Lyon"])
            .prop_map(Json::from),
    ]
}

fn numbers() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(Json::Null),
        (-3..14_i64).prop_map(Json::from),
        (-30..140_i64).prop_map(|n| json!(n as f64 / 10.0)),
        Just(json!("1,5")),
    ]
}

fn dates() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(Json::Null),
        (20..=30_u32).prop_map(|day| json!(format!("2026-06-{day}"))),
        (0..48_u32).prop_map(|h| json!(format!("2026-06-{:02}T{:02}:00Z", 29 + h / 24, h % 24))),
    ]
}

fn wrong() -> impl Strategy<Value = Json> {
    prop_oneof![Just(json!("n'importe quoi")), Just(json!({"x": 1})), Just(json!([[1]]))]
}

/// Records; `errors` says how often a value is of the wrong type.
pub(super) fn records(errors: bool) -> impl Strategy<Value = Json> {
    let field = move |good: BoxedStrategy<Json>| {
        let wrong = u32::from(errors);
        prop::option::weighted(0.85, prop_oneof![9 => good, wrong => wrong_or_null(errors)])
    };
    let contact = (field(numbers().boxed()), field(texts().boxed()))
        .prop_map(|(age, city)| object([("Âge", age), ("Ville", city)]));
    let salons =
        prop::collection::vec(prop::sample::select(vec!["Lyon", "lyon", "Nice", "Paris"]), 0..3)
            .prop_map(|items| json!(items));
    let compte = prop::sample::select(vec![
        json!(null),
        json!("acme"),
        json!({"id": 7, "name": "x"}),
        json!({"id": "1", "name": "Acme"}),
    ]);
    let rejet = prop::sample::select(vec![json!(true), json!(false), json!("oui"), json!(null)]);
    (
        [
            field(texts().boxed()),
            field(texts().boxed()),
            field(texts().boxed()),
            field(texts().boxed()),
        ],
        [field(numbers().boxed()), field(numbers().boxed())],
        [field(dates().boxed()), field(dates().boxed())],
        (field(salons.boxed()), field(compte.boxed()), field(rejet.boxed())),
        prop::option::of(prop::collection::vec(contact, 0..3).prop_map(Json::from)),
    )
        .prop_map(|(texts, numbers, dates, (salons, compte, rejet), contacts)| {
            let [nom, ville, code, pays] = texts;
            let [montant, budget] = numbers;
            let [cree, vu] = dates;
            object([
                ("Nom", nom),
                ("Ville", ville),
                ("Code", code),
                ("Pays", pays),
                ("Montant", montant),
                ("Budget", budget),
                ("Créé", cree),
                ("Vu", vu),
                ("Salons", salons),
                ("Compte", compte),
                ("Rejet", rejet),
                ("Contacts", contacts),
            ])
        })
}

fn wrong_or_null(errors: bool) -> BoxedStrategy<Json> {
    if errors { wrong().boxed() } else { Just(Json::Null).boxed() }
}

pub(super) fn object<const N: usize>(fields: [(&str, Option<Json>); N]) -> Json {
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// Criteria built of the tests above.
pub(super) fn criteria() -> impl Strategy<Value = String> {
    let tests: Vec<String> = PAIRS
        .iter()
        .flat_map(|(positive, negative)| [*positive, *negative])
        .chain(OTHERS.iter().copied())
        .map(str::to_owned)
        .collect();
    prop::sample::select(tests).prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| join(&parts, " ET ")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| join(&parts, " OU ")),
            inner.prop_map(|part| format!("NON ({part})")),
        ]
    })
}

pub(super) fn join(parts: &[String], connective: &str) -> String {
    let parts: Vec<String> = parts.iter().map(|part| format!("({part})")).collect();
    parts.join(connective)
}

fn program() -> &'static Program {
    static PROGRAM: std::sync::LazyLock<Program> =
        std::sync::LazyLock::new(|| Program::parse(MODULE).unwrap());
    &PROGRAM
}

fn criterion(text: &str) -> Criterion {
    program().criterion(text, Some("Prospects")).unwrap_or_else(|error| panic!("{error}"))
}

/// The verdict that an explanation's leaves give, by the meaning of connectives alone. Without
/// values of the wrong type it is the verdict.
fn from_leaves(node: &Node) -> bool {
    match node {
        Node::All { parts, .. } => parts.iter().all(from_leaves),
        Node::Any { parts, .. } => parts.iter().any(from_leaves),
        Node::Not { part, .. } => !from_leaves(part),
        Node::Related { holds, .. } => *holds,
        Node::Leaf(leaf) => leaf.holds,
    }
}

/// The leaves of an explanation with their texts.
fn leaves<'n>(node: &'n Node, found: &mut Vec<(&'n str, bool)>) {
    match node {
        Node::All { parts, .. } | Node::Any { parts, .. } => {
            for part in parts {
                leaves(part, found);
            }
        }
        Node::Not { part, .. } => leaves(part, found),
        Node::Related { text, holds, .. } => found.push((text, *holds)),
        Node::Leaf(leaf) => found.push((&leaf.text, leaf.holds)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_negative_operator_is_the_complement_of_its_positive_one(record in records(false)) {
        for (positive, negative) in PAIRS {
            let holds = criterion(positive).matches(&record, &clock()).unwrap();
            let fails = criterion(negative).matches(&record, &clock()).unwrap();
            prop_assert_ne!(holds, fails, "{}", positive);
        }
    }

    #[test]
    fn an_explanation_gives_the_verdict(text in criteria(), record in records(true)) {
        let criterion = criterion(&text);
        let holds = criterion.matches(&record, &clock()).unwrap();
        let verdict = criterion.matcher(&clock()).unwrap().test(&record);
        let why = criterion.explain(&record, &clock()).unwrap();
        prop_assert_eq!(why.holds, holds);
        prop_assert_eq!(why.root.holds(), holds);
        prop_assert_eq!(verdict.holds, holds);
        prop_assert_eq!(verdict.has_errors, !why.errors.is_empty(), "{:?}", why.errors);
        if verdict.has_errors {
            prop_assert!(!holds);
        } else {
            prop_assert_eq!(from_leaves(&why.root), holds);
            let mut found = Vec::new();
            leaves(&why.root, &mut found);
            for (leaf, holds) in found {
                let alone = self::criterion(leaf).matches(&record, &clock()).unwrap();
                prop_assert_eq!(alone, holds, "{}", leaf);
            }
        }
    }

    #[test]
    fn a_score_is_the_sum_of_its_lines(record in records(true)) {
        let lines: Vec<String> = PAIRS
            .iter()
            .enumerate()
            .map(|(i, (positive, negative))| {
                format!("  +{} si {positive}\n  -{}.5 si {negative}\n", i + 1, i)
            })
            .collect();
        let (alone, grouped) = lines.split_at(lines.len() / 2);
        let head = format!("{MODULE}\nscore S sur Prospects\n{}", alone.concat());
        let text = format!("{head}  groupe G, entre -3 et 4\n{}", grouped.concat());
        let score = Program::parse(&text).unwrap().score(None).unwrap();
        let result = score.evaluate(&record, &clock()).unwrap();
        let sum = |grouped: bool| -> rust_decimal::Decimal {
            let lines = result.lines.iter().filter(|line| line.group.is_some() == grouped);
            lines.map(|line| line.points).sum()
        };
        let group = &result.groups[0];
        prop_assert_eq!(group.before_limits, sum(true));
        prop_assert_eq!(group.points, sum(true).clamp((-3).into(), 4.into()));
        prop_assert_eq!(result.total, sum(false) + group.points);
        prop_assert_eq!(result.positive + result.negative, sum(false) + sum(true));
        prop_assert_eq!(score.scorer(&clock()).unwrap().total(&record).total, result.total);
    }
}
