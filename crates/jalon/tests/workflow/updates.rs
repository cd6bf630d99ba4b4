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
