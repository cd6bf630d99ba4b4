//! What rules write, and what they say where they cannot.

use jalon::workflow::Decision;
use serde_json::json;

use super::{create, stage};

/// What each field gets, as JSON.
fn values(decision: &Decision) -> serde_json::Value {
    decision.changes.iter().map(|c| (c.field.clone(), c.new.to_json())).collect()
}

#[test]
fn templates_need_no_quotes() {
    let mut french = stage(
        "
module Prospects
  Nom   : texte
  Âge   : nombre
  Copie : texte
  Autre : texte
  Bis   : nombre
règle \"R\" sur Prospects
  quand créé
  alors
    Copie : ${Prospects.Nom}
    Autre : M. ${Prospects.Nom}
    Bis : ${Prospects.Âge}
",
    );
    let made = create(&mut french, json!({"id": 1, "Nom": "Ferrand", "Âge": 7}));
    assert_eq!(values(&made), json!({"Copie": "Ferrand", "Autre": "M. Ferrand", "Bis": 7}));
}

#[test]
fn amounts_are_converted_with_the_declared_rates() {
    let mut stage = stage(
        "
devises EUR
  USD 1,17
module Affaires
  Montant : devise
  Devise  : liste EUR, USD, JPY
  Euros   : devise
  Prix    : devise
règle \"R\" sur Affaires
  quand créé
  alors
    Euros : arrondi(en devise(Montant, Devise, EUR), 2)
    Prix : 1 170 USD
",
    );
    let made = |stage: &mut jalon::rehearsal::Rehearsal, devise: &str| {
        let record = json!({"id": devise, "Montant": 117, "Devise": devise});
        super::send(
            stage,
            json!({"id": "e", "type": "created", "module": "Affaires", "record": record}),
        )
    };
    let dollars = made(&mut stage, "USD");
    assert_eq!(values(&dollars), json!({"Euros": 100, "Prix": 1000}));
    // No rate: nothing is written, and it is said.
    let yens = made(&mut stage, "JPY");
    assert_eq!(values(&yens), json!({"Prix": 1000}));
    assert_eq!(yens.errors[0].reason, "wrong_type");
}

#[test]
fn what_cannot_be_written_names_its_values_and_masks_personal_ones() {
    let mut stage = stage(
        "
module Prospects
  Nom     : texte
  Montant : nombre
  Revenu  : nombre, personnel
  Mail    : e-mail, personnel
  Double  : nombre
  Entier  : entier
  Salaire : nombre, personnel
règle \"R\" sur Prospects
  quand créé
  alors
    Double : Montant * 2
    Salaire : 3000
    Double : Revenu / 2
    Double : 1 / 0
    Entier : 7 / 2
",
    );
    let record = json!({"id": 1, "Montant": "beaucoup", "Revenu": "secret"});
    let made = create(&mut stage, record);
    assert_eq!(values(&made), json!({"Salaire": 3000}), "the others are left as they were");
    let reasons: Vec<_> = made.errors.iter().map(|error| error.reason).collect();
    assert_eq!(reasons, ["wrong_type", "wrong_type", "arithmetic", "not_whole"]);
    let fr = made.report(jalon::Lang::Fr);
    assert!(fr.contains("`Prospects.Montant` : `beaucoup` n'est pas un nombre"), "{fr}");
    assert!(!fr.contains("secret") && !fr.contains("3000"), "{fr}");
    assert!(made.report(jalon::Lang::En).contains("`beaucoup` is not a number"));
    let refused = create(&mut stage, json!({"id": 2, "Mail": "zoe.fr"}));
    assert_eq!(refused.refusals[0].message, "Mail : « ••• » n'est pas une adresse e-mail");
}

#[test]
fn a_field_written_anew_from_its_own_value_is_no_oversight() {
    let program = |second: &str| {
        format!(
            "
module Prospects
  Montant : nombre
  Nom     : texte
règle \"R\" sur Prospects
  quand créé
  alors
    Montant += 5
    {second}
    Montant : 2
"
        )
    };
    let warns = |second: &str| {
        let program = jalon::Program::parse(&program(second)).unwrap();
        program.diagnostics().list.iter().any(|found| found.code.id == "W0403")
    };
    assert!(warns("Nom : x"));
    assert!(!warns("Nom : \"${Montant}\""));
    assert!(!warns("tâche \"${Prospects.Montant}\""));
}
