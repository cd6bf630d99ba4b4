//! Records of a stage that hold each other.

use serde_json::json;

use super::{changes, send, stage};

const TEXT: &str = "
module Comptes
  Type     : texte
  Contacts : fiches Contacts
  Nombre   : entier
module Contacts
  Ville  : texte
  Compte : référence Comptes
  Type   : texte
règle \"nombre\" sur Contacts
  quand créé
  alors
    Compte.Nombre : NOMBRE DE Compte.Contacts
règle \"type\" sur Comptes
  quand Type modifié
  alors
    chaque Contacts.Type : Comptes.Type
règle \"remonte\" sur Contacts
  quand Type modifié
  alors
    Compte.Type : Contacts.Type
";

fn contact(id: &str) -> serde_json::Value {
    json!({"id": id, "type": "created", "module": "Contacts",
           "record": {"id": id, "Compte": "a", "Ville": "Paris"}})
}

#[test]
fn a_list_that_is_not_given_is_that_of_the_records_that_refer() {
    let mut stage = stage(TEXT);
    let created =
        json!({"id": "e1", "type": "created", "module": "Comptes", "record": {"id": "a"}});
    send(&mut stage, created);
    assert_eq!(changes(&send(&mut stage, contact("c1"))), [("Nombre", &1.into())]);
    assert_eq!(changes(&send(&mut stage, contact("c2"))), [("Nombre", &2.into())]);
    let update = json!({"id": "e2", "type": "updated", "module": "Contacts",
        "record": {"id": "c2"}, "changes": {"Compte": "b"}});
    send(&mut stage, update);
    assert_eq!(changes(&send(&mut stage, contact("c3"))), [], "c2 has gone, c3 has come");
    let gone = json!({"id": "e3", "type": "deleted", "module": "Contacts", "record": {"id": "c1"}});
    send(&mut stage, gone);
    assert_eq!(changes(&send(&mut stage, contact("c4"))), []);
    let update = json!({"id": "e4", "type": "updated", "module": "Contacts",
        "record": {"id": "c3"}, "changes": {"Type": "client"}});
    let decision = send(&mut stage, update);
    let written: Vec<&str> = decision.changes.iter().map(|c| c.record.id.as_str()).collect();
    assert_eq!(written, ["a", "c4"], "the other contact is reached through the account");
    assert_eq!(decision.fired, ["remonte", "type", "remonte"]);
}

/// The loop between a contact and its account holds rules back that would write what is there.
#[test]
fn a_rule_held_back_is_a_cut_only_if_it_would_change_a_record() {
    let mut stage = stage(TEXT);
    let created =
        json!({"id": "e1", "type": "created", "module": "Comptes", "record": {"id": "a"}});
    send(&mut stage, created);
    send(&mut stage, contact("c1"));
    send(&mut stage, contact("c2"));
    let update = json!({"id": "e2", "type": "updated", "module": "Contacts",
        "record": {"id": "c1"}, "changes": {"Type": "client"}});
    let decision = send(&mut stage, update);
    let trace = serde_json::to_string(&decision.trace).unwrap();
    assert!(!trace.contains("\"would_change\":true"), "{trace}");
}
