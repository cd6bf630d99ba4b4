//! Explanations and their sentences.

use jalon::eval::{Because, LeafReason, Node, Read};
use jalon::{Lang, Program};
use serde_json::{Value as Json, json};

use super::{MODULE, clock};

#[track_caller]
fn leaf(criterion: &str, record: &Json) -> LeafReason {
    let program = Program::parse(MODULE).unwrap();
    let criterion = program.criterion(criterion, Some("Prospects")).unwrap();
    match criterion.explain(record, &clock()).unwrap().root {
        Node::Leaf(leaf) => leaf,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn sentence(criterion: &str, record: &Json, lang: Lang) -> String {
    leaf(criterion, record).sentence(lang)
}

#[test]
fn values_and_reasons() {
    assert_eq!(
        sentence("Pays EST France", &json!({"Pays": "Monaco"}), Lang::Fr),
        "« Pays EST France » ne tient pas : Pays vaut « Monaco »"
    );
    assert_eq!(
        sentence("Nom N'EST PAS off", &json!({"Nom": ""}), Lang::Fr),
        "« Nom N'EST PAS off » tient parce que Nom est vide"
    );
    assert_eq!(
        sentence("Nom IS NOT off", &json!({}), Lang::En),
        "“Nom IS NOT off” holds because the record does not carry Nom, which reads as empty"
    );
    assert_eq!(
        sentence("Montant > 5", &json!({"Montant": "x"}), Lang::En),
        "“Montant > 5” cannot be judged: Montant carries “x”, an unusable value"
    );
    assert_eq!(
        sentence("Secret EST a", &json!({"Secret": "code nucléaire"}), Lang::Fr),
        "« Secret EST a » ne tient pas : Secret vaut •••"
    );
    assert_eq!(
        sentence("Rejet EST ✓", &json!({"Rejet": false}), Lang::Fr),
        "« Rejet EST ✓ » ne tient pas : Rejet vaut non sélectionné"
    );
}

#[test]
fn near_misses() {
    let missed = |criterion: &str, record: Json| leaf(criterion, &record).because;
    assert_eq!(missed("Code EST abc", json!({"Code": "ABC"})), Some(Because::Case));
    assert_eq!(missed("Nom EST ete", json!({"Nom": "Été"})), Some(Because::Accents));
    assert_eq!(missed("Nom EST a", json!({"Nom": " a"})), Some(Because::OuterSpaces));
    assert_eq!(missed("Nom N'EST PAS ete", json!({"Nom": "été"})), Some(Because::Accents));
    assert_eq!(missed("Nom EST b", json!({"Nom": "a"})), None);
    assert_eq!(missed("Nom EST a", json!({"Nom": "a"})), None);
    assert_eq!(
        sentence("Code EST abc", &json!({"Code": "ABC"}), Lang::Fr),
        "« Code EST abc » ne tient pas : Code vaut « ABC » (seule la casse diffère)"
    );
}

#[test]
fn intervals_are_shown() {
    let record = json!({"Créé": "2026-06-20"});
    let reason = leaf("Créé DANS LES 7 DERNIERS jours", &record);
    assert_eq!(reason.interval, Some((Some("2026-06-23".into()), Some("2026-07-01".into()))));
    assert_eq!(
        reason.sentence(Lang::Fr),
        "« Créé DANS LES 7 DERNIERS jours » ne tient pas : Créé vaut 20/06/2026 (du 23/06/2026 au 30/06/2026)"
    );
    let ago = leaf("Créé IL Y A PLUS DE 7 jours", &record).sentence(Lang::En);
    assert!(ago.ends_with("Créé is 2026-06-20 (until 2026-06-22)"), "{ago}");
    assert_eq!(leaf("Créé > 2026-01-01", &record).interval, None);
}

#[test]
fn other_fields_are_shown() {
    let reason = leaf("Montant > Prospects.Budget", &json!({"Montant": 5, "Budget": 9}));
    assert_eq!(reason.compared_with, [Read::Value("9".into())]);
    assert!(reason.sentence(Lang::Fr).ends_with("Montant vaut 5, comparé à 9"));
}

#[test]
fn related_records_name_the_first_that_decides() {
    let record = json!({"Contacts": [{"Nom": "a", "Âge": 20}, {"Nom": "b", "Âge": 40}]});
    let program = Program::parse(MODULE).unwrap();
    let criterion = program.criterion("TOUS LES Contacts (Âge > 30)", Some("Prospects")).unwrap();
    let why = criterion.explain(&record, &clock()).unwrap();
    let Node::Related { holds, count, matching, decisive, .. } = &why.root else { panic!() };
    assert_eq!((*holds, *count, *matching), (false, 2, 1));
    let Some(Node::Leaf(leaf)) = decisive.as_deref() else { panic!() };
    assert_eq!(leaf.value, Read::Value("20".into()));
    assert!(
        why.sentence(Lang::Fr).contains("1 sur 2 y répond ; il les faut toutes"),
        "{}",
        why.sentence(Lang::Fr)
    );
}

#[test]
fn a_score_reads_as_a_report() {
    let text = format!(
        "{MODULE}\nscore Scorex sur Prospects\n  +25 si Nom N'EST PAS VIDE\n  + Montant / 100 si Montant > 0\n  groupe Comportement, entre 0 et 15\n    +10 par visite, au plus 20, sur 90 jours\n  étoiles 1 dès 0, 2 dès 20\n  mentions froid dès 0, tiède dès 30\n"
    );
    let record = json!({"Nom": "Ferrand", "Visites": [
        {"type": "visit", "at": "2026-06-01"}, {"type": "visit", "at": "2026-06-02"},
        {"type": "visit", "at": "2026-06-03"}, {"type": "visit", "at": "2025-06-03"},
    ]});
    let program = Program::parse(&text).unwrap();
    let result = program.score(None).unwrap().evaluate(&record, &clock()).unwrap();
    assert_eq!(
        result.explain(Lang::Fr),
        "Scorex : 40 points, 2 étoiles, « tiède »\n    \
         +25  « +25 si Nom N'EST PAS VIDE »\n           \
         ✓ « Nom N'EST PAS VIDE » tient : Nom vaut « Ferrand »\n      \
         0  « + Montant / 100 si Montant > 0 »\n           \
         ✗ « Montant > 0 » ne tient pas parce que la fiche ne porte pas Montant, lu comme vide\n           \
         Montant vaut absent\n\
         Groupe Comportement : 15 points (20 avant ses limites)\n    \
         +20  « +10 par visite, au plus 20, sur 90 jours », plafonné (+30 sinon)\n           \
         4 événements : 3 comptés, 1 expiré\n\
         Prochain changement sans rien faire : 01/09/2026 à 00:00"
    );
    assert!(result.explain(Lang::En).starts_with("Scorex: 40 points, 2 stars, “tiède”\n"));
    let json = serde_json::to_value(&result).unwrap();
    assert_eq!(json["lines"][0]["reason"]["kind"], "leaf");
}
