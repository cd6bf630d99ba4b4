//! Every operator: plain, empty, absent, wrong type.

use serde_json::json;

use super::{clock, dynamic, holds};
use jalon::{Criterion, Program};

#[test]
fn text_compares_folded() {
    let record = json!({"Nom": "L’ÉCOLE Straße", "Ville": "Nîmes", "Code": "Ab"});
    assert!(holds("Nom EST \"l'école strasse\"", &record));
    assert!(!holds("Nom EST \"l'ecole strasse\"", &record));
    assert!(holds("Last_Name CONTIENT école, lycée", &record));
    assert!(holds("Nom CONTIENT TOUT école, strasse", &record));
    assert!(!holds("Nom CONTIENT TOUT école, lycée", &record));
    assert!(holds("Nom NE CONTIENT PAS lycée", &record));
    assert!(holds("Nom COMMENCE PAR \"L'É\"", &record));
    assert!(holds("Nom FINIT PAR SSE", &record));
    assert!(holds("Ville EST NIMES", &record));
    assert!(!holds("Code EST AB", &record));
    assert!(holds("Code EST Ab", &record));
}

#[test]
fn negative_operators_are_true_on_empty() {
    for record in
        [json!({}), json!({"Nom": null, "Salons": []}), json!({"Nom": "  ", "Salons": " "})]
    {
        assert!(holds("Nom EST VIDE", &record));
        assert!(!holds("Nom EST a", &record));
        assert!(holds("Nom N'EST PAS a", &record));
        assert!(holds("Nom NE CONTIENT PAS a", &record));
        assert!(holds("Nom NE COMMENCE PAS PAR a", &record));
        assert!(holds("Nom NE FINIT PAS PAR a", &record));
        assert!(!holds("Nom CORRESPOND À /a*/", &record));
        assert!(!holds("Nom SUIT LE FORMAT \"99\"", &record));
        assert!(holds("Salons N'EST PAS Lyon", &record));
        assert!(holds("Salons NE CONTIENT PAS Lyon", &record));
        assert!(!holds("Montant < 5", &record));
        assert!(!holds("Montant ENTRE -5 ET 5", &record));
        assert!(holds("Montant N'EST PAS ENTRE -5 ET 5", &record));
        assert!(!holds("Créé AVANT aujourd'hui", &record));
        assert!(holds("Créé N'EST PAS aujourd'hui", &record));
    }
}

#[test]
fn checkboxes_are_never_empty() {
    assert!(holds("Rejet EST ✓", &json!({"Rejet": true})));
    assert!(holds("Rejet EST Sélectionné", &json!({"Email Opt Out": "oui"})));
    assert!(holds("Rejet EST non sélectionné", &json!({})));
    assert!(holds("Rejet EST non", &json!({"Rejet": null})));
    assert!(!holds("Rejet N'EST PAS décoché", &json!({})));
}

#[test]
fn numbers_are_exact() {
    let record = json!({"Montant": 0.1, "Budget": "1 234,50"});
    assert!(holds("Montant = 0,1", &record));
    assert!(holds("Montant = 5, 0.10", &record));
    assert!(!holds("Montant > 0.1", &record));
    assert!(holds("Montant >= 0.1 ET Montant <= 0.1 ET Montant < 0.1000001", &record));
    assert!(holds("Budget ENTRE 1234.5 ET 1234.5", &record));
    assert!(holds("Budget ≠ 3", &record));
}

#[test]
fn multi_lists_are_sets_of_whole_items() {
    let record = json!({"Salons": ["lyon", "PARIS"]});
    assert!(holds("Salons EST Paris, Lyon", &record));
    assert!(!holds("Salons EST Paris", &record));
    assert!(!holds("Salons EST Paris, Lyon, Nice", &record));
    assert!(holds("Salons CONTIENT Paris, Nice", &record));
    assert!(!holds("Salons CONTIENT TOUT Paris, Nice", &record));
    assert!(holds("Salons CONTIENT TOUT Paris, Lyon", &record));
    assert!(holds("Salons NE CONTIENT PAS Nice", &record));
    assert!(holds("Salons EST Paris, Lyon", &json!({"Salons": "Lyon;Paris"})));
}

#[test]
fn references_compare_by_id_or_name() {
    let record = json!({"Compte": {"id": "42", "name": "Acme", "Type": "Client"}});
    assert!(holds("Compte EST acme", &record));
    assert!(holds("Compte EST 42", &record));
    assert!(!holds("Compte EST 43", &record));
    assert!(holds("Compte N'EST PAS VIDE", &record));
    assert!(holds("Compte.Type EST client", &record));
    assert!(holds("Compte EST acme", &json!({"Compte": "Acme"})));
    assert!(holds("Compte.Type EST Partenaire", &json!({"Compte.Type": "partenaire"})));
}

#[test]
fn a_value_of_the_wrong_type_holds_nothing() {
    let record = json!({"Montant": "beaucoup", "Nom": "x"});
    assert!(!holds("Montant > 5", &record));
    assert!(!holds("NON (Montant > 5)", &record));
    assert!(!holds("Montant > 5 OU Nom EST x", &record));
    assert!(!holds("Montant N'EST PAS ENTRE 1 ET 2 OU Nom EST x", &record));
    assert!(!holds("Montant N'EST PAS VIDE", &record));
    let clash = json!({"Nom": "x", "Last_Name": "y"});
    assert!(!holds("Nom EST x, y OU Rejet EST non", &clash));
    assert!(holds("Nom EST x", &json!({"Nom": "x", "Last_Name": "x"})));
    let program = Program::parse(super::MODULE).unwrap();
    let criterion = program.criterion("Nom EST x", Some("Leads")).unwrap();
    let error = &criterion.explain(&clash, &clock()).unwrap().errors[0];
    assert_eq!(error.to_string(), "`Prospects.Nom`: `Last_Name` and `Nom` carry different values");
}

#[test]
fn dates_are_intervals_of_the_clock() {
    let day = |text: &str| json!({ "Créé": text });
    assert!(holds("Créé EST aujourd'hui", &day("2026-06-30")));
    assert!(holds("Créé EST hier, demain", &day("2026-07-01")));
    assert!(holds("Créé EST cette semaine", &day("2026-06-29")));
    assert!(holds("Créé DANS LES 7 DERNIERS jours", &day("2026-06-23")));
    assert!(!holds("Créé DANS LES 7 DERNIERS jours", &day("2026-06-22")));
    assert!(holds("Créé IL Y A PLUS DE 7 jours", &day("2026-06-22")));
    assert!(holds("Créé > 29/06/2026 ET Créé < 2026-07-01", &day("2026-06-30")));
    assert!(holds("Créé ENTRE hier ET demain", &day("2026-07-01")));
    assert!(holds("Créé AVANT aujourd'hui plus 100 jours", &day("2026-10-07")));
    assert!(!holds("Créé AVANT aujourd'hui plus 100 jours", &day("2026-10-08")));
    // An instant gives its civil date in the zone.
    assert!(holds("Créé EST aujourd'hui", &day("2026-06-29T22:30Z")));
    assert!(holds("Créé EST hier", &day("2026-06-29T21:30Z")));
}

#[test]
fn against_an_instant_a_day_is_its_local_interval() {
    let at = |text: &str| json!({ "Vu": text });
    assert!(holds("Vu EST 2026-06-30", &at("2026-06-29T22:00Z")));
    assert!(holds("Vu < 2026-06-30", &at("2026-06-29T21:59Z")));
    assert!(!holds("Vu > 2026-06-30", &at("2026-06-30T21:59Z")));
    assert!(holds("Vu > 2026-06-30", &at("2026-07-01T00:00")));
    assert!(holds("Vu <= 2026-06-30", &at("2026-06-30T23:59")));
    assert!(holds("Vu >= 2026-06-30", &at("2026-06-30T00:00")));
    assert!(holds("Vu ENTRE 2026-06-29 ET 2026-06-30", &at("2026-06-30T23:59:59")));
    assert!(holds("Vu DANS LES 2 DERNIÈRES heures", &at("2026-06-30T07:00")));
    assert!(!holds("Vu DANS LES 2 DERNIÈRES heures", &at("2026-06-30T06:59:59")));
    assert!(!holds("Vu DANS LES 2 DERNIÈRES heures", &at("2026-06-30T09:00:01")));
}

#[test]
fn other_fields_and_expressions_on_the_right() {
    let record = json!({"Montant": 150, "Budget": 100, "Nom": "nice", "Ville": "NICE"});
    assert!(holds("Montant > Prospects.Budget", &record));
    assert!(holds("Montant = Budget * 1,5", &record));
    assert!(holds("Montant ENTRE Budget ET 200", &record));
    assert!(holds("Nom EST minuscules(Ville)", &record));
    assert!(holds("Nom EST Prospects.Ville, x", &record));
    let empty = json!({"Montant": 150, "Nom": "nice"});
    assert!(!holds("Montant > Prospects.Budget", &empty));
    assert!(!holds("Montant = Prospects.Budget", &empty));
    assert!(holds("Montant ≠ Prospects.Budget", &empty));
    assert!(holds("Montant N'EST PAS ENTRE Budget ET 200", &empty));
    let wrong = json!({"Montant": 150, "Budget": "x"});
    assert!(!holds("Montant ≠ Prospects.Budget", &wrong));
    assert!(!holds("NON (Montant = Budget / 0)", &record));
}

#[test]
fn functions_on_the_left() {
    let record = json!({"Nom": "Anna@Exemple.FR", "Créé": "2026-06-01"});
    assert!(holds("longueur(Nom) = 15", &record));
    assert!(holds("domaine(Nom) EST exemple.fr", &record));
    assert!(holds("jours entre(Créé, maintenant) = 29", &record));
    assert!(holds("gauche(Nom, 4) EST anna", &record));
    assert!(!holds("longueur(Nom) = 0", &json!({})));
}

#[test]
fn related_records_and_their_quantifiers() {
    let record = json!({"Ville": "Nice", "Contacts": [
        {"Nom": "a", "Âge": 20, "Ville": "Nice"}, {"Nom": "b", "Âge": 40, "Ville": "Paris"},
    ]});
    assert!(holds("AU MOINS UN Contacts (Âge > 30 ET Ville EST Paris)", &record));
    assert!(!holds("AU MOINS UN Contacts (Âge > 30 ET Ville EST Nice)", &record));
    assert!(holds("AUCUN Contacts (Âge > 50)", &record));
    assert!(!holds("TOUS LES Contacts (Âge > 30)", &record));
    assert!(holds("AU MOINS UN Contacts (Ville EST Prospects.Ville)", &record));
    assert!(holds("NOMBRE DE Contacts (Âge > 30) = 1", &record));
    assert!(holds("SOMME DE Contacts.Âge (Nom N'EST PAS VIDE) = 60", &record));
    assert!(holds("MOYENNE DE Contacts.Âge (Âge > 0) = 30", &record));
    assert!(holds("MAX DE Contacts.Âge (Âge > 0) = 40", &record));
    let none = json!({"Contacts": []});
    assert!(!holds("AU MOINS UN Contacts (Âge > 0)", &none));
    assert!(holds("AUCUN Contacts (Âge > 0)", &none));
    assert!(holds("TOUS LES Contacts (Âge > 0)", &none));
    assert!(holds(
        "SOMME DE Contacts.Âge (Âge > 0) = 0 ET NOMBRE DE Contacts (Âge > 0) = 0",
        &none
    ));
    assert!(!holds("MOYENNE DE Contacts.Âge (Âge > 0) = 0", &none));
    let wrong = json!({"Contacts": [{"Âge": 50}, {"Âge": "vieux"}]});
    assert!(!holds("AU MOINS UN Contacts (Âge > 30)", &wrong));
    assert!(!holds("AUCUN Contacts (Âge > 30) OU Nom EST VIDE", &wrong));
}

#[test]
fn regular_expressions_and_masks() {
    let record = json!({"Nom": "Réf AB-12 34"});
    assert!(holds("Nom CORRESPOND À /AB-\\d+/", &record));
    assert!(!holds("Nom CORRESPOND À /ab-\\d+/", &record));
    assert!(holds("Nom CORRESPOND À /ab-\\d+/i", &record));
    assert!(holds("Nom SUIT LE FORMAT \"*** AA-99 99\"", &record));
    assert!(!holds("Nom SUIT LE FORMAT \"99\"", &record));
}

#[test]
fn without_a_type_the_value_leads() {
    assert!(dynamic("X EST 5", &json!({"X": 5.0})));
    assert!(!dynamic("X EST cinq", &json!({"X": 5})));
    assert!(!dynamic("X EST 6", &json!({"X": "06"})));
    assert!(dynamic("X > 5", &json!({"X": "06"})));
    assert!(dynamic("X > 2026-01-01", &json!({"X": "2026-02-01"})));
    assert!(dynamic("X EST aujourd'hui", &json!({"X": "2026-06-30"})));
    assert!(dynamic("X DANS LES 7 DERNIERS jours", &json!({"X": "2026-06-25"})));
    assert!(dynamic("X EST oui", &json!({"X": true})));
    assert!(dynamic("X EST oui", &json!({"X": "TRUE"})));
    assert!(dynamic("X EST non sélectionné", &json!({})));
    assert!(!dynamic("X EST oui", &json!({"X": "peut-être"})));
    assert!(dynamic("X CONTIENT oui", &json!({"X": "ouïe ou ouie oui"})));
    assert!(dynamic("X EST a, b", &json!({"X": ["B", "a"]})));
    assert!(!dynamic("X EST a", &json!({"X": ["b", "a"]})));
    assert!(dynamic("X CONTIENT a", &json!({"X": ["b", "a"]})));
    assert!(dynamic("X EST Acme", &json!({"X": {"id": 3, "name": "ACME"}})));
    // Of the wrong type: neither the test nor its negation holds.
    for criterion in ["X CONTIENT a", "X NE CONTIENT PAS a"] {
        assert!(!dynamic(criterion, &json!({"X": 5})), "{criterion}");
    }
    for criterion in ["X > 5", "NON (X > 5)"] {
        assert!(!dynamic(criterion, &json!({"X": "abc"})), "{criterion}");
    }
    assert!(!dynamic("X N'EST PAS Lyon", &json!({"X": true})));
}

#[test]
fn what_needs_a_clock_says_so() {
    let none = jalon::Clock::default();
    let relative = Criterion::parse("Créé EST aujourd'hui").unwrap();
    assert!(relative.reads_clock());
    assert!(matches!(relative.matches(&json!({}), &none), Err(jalon::Error::ClockNeeded)));
    let fixed = Criterion::parse("Créé > 2026-01-01").unwrap();
    assert!(!fixed.reads_clock());
    assert!(fixed.matches(&json!({"Créé": "2026-02-01"}), &none).unwrap());
}
