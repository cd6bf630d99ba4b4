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
