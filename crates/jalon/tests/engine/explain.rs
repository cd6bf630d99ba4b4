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

#[test]
fn long_values_are_cut() {
    let shown = |length: usize| match leaf("Nom EST a", &json!({"Nom": "b".repeat(length)})).value {
        Read::Value(text) => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(shown(120), "b".repeat(120));
    assert_eq!(shown(121), "b".repeat(120) + "…");
}

#[test]
fn what_a_function_gives_is_shown() {
    assert_eq!(
        sentence("majuscules(Nom) EST AB", &json!({"Nom": "ac"}), Lang::Fr),
        "« majuscules(Nom) EST AB » ne tient pas : majuscules(Nom) vaut « AC »"
    );
    assert_eq!(
        sentence("longueur(Nom) > 3", &json!({"Nom": "ab"}), Lang::En),
        "“longueur(Nom) > 3” does not hold: longueur(Nom) is 2"
    );
}

#[test]
fn near_misses_of_lists_references_and_computed_values() {
    let missed = |criterion: &str, record: Json| leaf(criterion, &record).because;
    let spaced = json!({"Salons": [" Paris"]});
    assert_eq!(missed("Salons EST Paris", spaced.clone()), Some(Because::OuterSpaces));
    assert_eq!(missed("Salons CONTIENT Paris", spaced), Some(Because::OuterSpaces));
    let two = json!({"Salons": [" Paris", "Nice"]});
    assert_eq!(missed("Salons CONTIENT TOUT Paris, Nice", two.clone()), Some(Because::OuterSpaces));
    assert_eq!(missed("Salons EST Nice, Paris", two.clone()), Some(Because::OuterSpaces));
    // A city more than asked for: not only the space is wrong.
    assert_eq!(missed("Salons EST Paris", two), Some(Because::Unlisted));
    let account = |name: &str| json!({"Compte": {"id": "1", "name": name}});
    assert_eq!(missed("Compte EST Acme", account("Acmé")), Some(Because::Accents));
    assert_eq!(missed("Compte EST Acme", account("Autre")), None);
    let country = json!({"Nom": " France", "Pays": "France"});
    assert_eq!(missed("Nom EST a, Prospects.Pays", country.clone()), Some(Because::OuterSpaces));
    assert_eq!(missed("Nom EST Prospects.Pays", country), Some(Because::OuterSpaces));
}

/// The whole explanation of a criterion on prospects, in French.
#[track_caller]
fn explained(criterion: &str, record: &Json) -> String {
    let program = Program::parse(MODULE).unwrap();
    let criterion = program.criterion(criterion, Some("Prospects")).unwrap();
    criterion.explain(record, &clock()).unwrap().sentence(Lang::Fr)
}

#[test]
fn parts_are_indented_and_counted() {
    let record = json!({"Contacts": [{"Âge": 31}, {"Âge": 32}, {"Âge": 3}]});
    assert_eq!(
        explained("NON (AU MOINS UN Contacts (Âge > 30))", &record),
        "Le critère ne tient pas.\n\
         ✗ le contraire de :\n\
         \x20 ✓ « AU MOINS UN Contacts (Âge > 30) » tient : 2 sur 3 y répondent ; il en faut au moins une\n\
         \x20   la première qui décide :\n\
         \x20     ✓ « Âge > 30 » tient : Âge vaut 31"
    );
    assert_eq!(
        explained("Montant > 5", &json!({"Montant": "x"})),
        "Le critère ne tient pas.\n\
         ✗ « Montant > 5 » ne peut pas être jugé : Montant porte « x », une valeur inutilisable\n\
         ⚠ `Prospects.Montant` : `x` n'est pas un nombre"
    );
}

#[test]
fn the_interval_alone_is_a_text() {
    let reason = leaf("Créé DANS LES 7 DERNIERS jours", &json!({"Créé": "2026-06-20"}));
    assert_eq!(reason.interval_text(Lang::Fr).as_deref(), Some("du 23/06/2026 au 30/06/2026"));
    assert_eq!(leaf("Montant > 5", &json!({"Montant": 6})).interval_text(Lang::Fr), None);
}

/// What is said of the unusable values of a record, by a criterion without a module.
#[track_caller]
fn unusable(criterion: &str, record: &Json) -> Vec<String> {
    let why = jalon::Criterion::parse(criterion).unwrap().explain(record, &clock()).unwrap();
    assert!(!why.holds);
    why.errors.iter().map(|error| error.message(Lang::Fr)).collect()
}

#[test]
fn unusable_values_inside_expressions_are_named() {
    let no_number = ["`B` : `x` n'est pas un nombre"];
    assert_eq!(unusable("A > arrondi(B)", &json!({"A": 5, "B": "x"})), no_number);
    assert_eq!(unusable("A > B - C", &json!({"A": 5, "B": "x", "C": 3})), no_number);
    assert_eq!(
        unusable("A > B - C", &json!({"A": 5, "B": 3, "C": "x"})),
        ["`C` : `x` n'est pas un nombre"]
    );
    let both = ["`B` : `x` n'est pas un nombre", "`C` : `y` n'est pas un nombre"];
    assert_eq!(unusable("A > B - C", &json!({"A": 5, "B": "x", "C": "y"})), both);
    assert_eq!(unusable("A > B - B", &json!({"A": 5, "B": "x"})), no_number);
    let dates = |b: Json| json!({"A": 5, "B": b, "C": "2026-01-01"});
    let no_date = ["`B` : `3` n'est pas une date"];
    assert_eq!(unusable("A > jours entre(B, C)", &dates(json!(3))), no_date);
    assert_eq!(unusable("A > B plus 3 jours", &dates(json!(3))), no_date);
    let texts = json!({"A": "x", "B": [1], "C": "z", "D": "abc"});
    assert_eq!(unusable("A EST majuscules(B)", &texts), ["`B` : `1` n'est pas un texte"]);
    assert_eq!(unusable("A EST gauche(D, C)", &texts), ["`C` : `z` n'est pas un nombre"]);
    let sums = json!({"Budget": 5, "Contacts": [{"Âge": "x"}, {"Âge": 3}]});
    assert!(
        explained("Budget > somme de Contacts.Âge", &sums)
            .ends_with("\n⚠ `Contacts.Âge` : `x` n'est pas un nombre")
    );
}

#[test]
fn a_good_value_is_not_blamed_for_what_it_is_compared_with() {
    let records = json!({"Budget": 5, "Contacts": [{"Âge": "x"}]});
    assert_eq!(
        sentence("Budget > somme de Contacts.Âge", &records, Lang::Fr),
        "« Budget > somme de Contacts.Âge » ne peut pas être jugé : Budget vaut 5, \
         comparé à « somme de Contacts.Âge », une valeur inutilisable"
    );
    let both = json!({"Budget": "y", "Contacts": [{"Âge": "x"}]});
    assert_eq!(
        sentence("Budget > somme de Contacts.Âge", &both, Lang::En),
        "“Budget > somme de Contacts.Âge” cannot be judged: Budget carries “y”, an unusable value, \
         compared with “somme de Contacts.Âge”, an unusable value"
    );
}
