//! Waves and chaining: what goes on, what is held back, and what is told of it.

use serde_json::{Value as Json, json};

use super::{changes, create, send, stage};

fn update(before: Json, after: Json) -> Json {
    json!({"id": "e2", "type": "updated", "module": "Prospects", "before": before, "after": after})
}

#[test]
fn rules_on_scores_act_under_every_chaining() {
    for chaining in ["une fois", "aucun", "profondeur 1"] {
        let mut stage = stage(&format!(
            "
module Prospects
  Montant : nombre
  Étape   : texte
  Note    : texte
enchaînement {chaining}
score Scorex sur Prospects
  +60 si Montant > 10
règle \"étape\" sur Prospects
  quand créé ou modifié
  alors
    Étape : vu
règle \"chaud\" sur Prospects
  quand score Scorex atteint 50
  alors
    Note : chaud
règle \"froid\" sur Prospects
  quand score Scorex descend sous 50
  alors
    Note : froid
"
        ));
        let made = create(&mut stage, json!({"id": 1, "Montant": 20}));
        assert!(made.fired.contains(&"chaud".to_owned()), "{chaining}: above it from the start");
        let fall = send(&mut stage, update(json!({"id": 1, "Montant": 20}), json!({"Montant": 5})));
        assert!(fall.fired.contains(&"froid".to_owned()), "{chaining}: {:?}", fall.fired);
        let again = send(&mut stage, update(json!({"id": 1, "Montant": 5}), json!({"Montant": 6})));
        assert!(!again.fired.contains(&"froid".to_owned()), "{chaining}: crossed only once");
        send(&mut stage, update(json!({"id": 1, "Montant": 6}), json!({"Montant": 60})));
        let gone = send(
            &mut stage,
            json!({"id": "e3", "type": "deleted", "module": "Prospects", "record": {"id": 1}}),
        );
        assert!(gone.fired.is_empty() && gone.scores.is_empty(), "{chaining}: {gone:?}");
    }
}

#[test]
fn a_write_back_to_the_old_value_raises_nothing() {
    let mut stage = stage(
        "
module Prospects
  Pays : texte
  Note : texte
règle \"aller\" sur Prospects
  quand créé
  alors
    Pays : Italie
règle \"retour\" sur Prospects
  quand créé
  alors
    Pays : France
règle \"suite\" sur Prospects
  quand modifié
  alors
    Note : changé
règle \"suite du pays\" sur Prospects
  quand Pays modifié
  alors
    Note : changé
",
    );
    let made = create(&mut stage, json!({"id": 1, "Pays": "France"}));
    assert_eq!(made.fired, ["aller", "retour"]);
    assert!(changes(&made).is_empty());
}

#[test]
fn what_is_held_back_is_a_cut_only_where_it_would_change_a_value() {
    let program = "
module Contacts
  Type   : texte
  Compte : référence Comptes
module Comptes
  Type     : texte
  Contacts : fiches Contacts
règle \"vers le compte\" sur Contacts
  quand Type modifié
  alors
    Compte.Type : Contacts.Type
règle \"vers les contacts\" sur Comptes
  quand Type modifié
  alors
    chaque Contacts.Type : Comptes.Type
règle \"autre\" sur Contacts
  quand Type modifié
  si Type EST b
  alors
    Type : c
";
    let event = |kind: &str| {
        json!({"id": "e1", "type": "updated", "module": "Contacts",
            "before": {"id": "c1", "Type": "a", "Compte": "a1"}, "after": {"Type": kind},
            "related": {"Comptes": [{"id": "a1", "Type": "a", "Contacts": [{"id": "c1", "Type": "a"}]}]}})
    };
    // c1 gives b to its account and becomes c, which it would give too; the account gives b back,
    // which c1 need not give again, but it would become c again.
    let decision = send(&mut stage(program), event("b"));
    let trace = serde_json::to_value(&decision.trace).unwrap();
    let held = |rule: &str| -> Vec<Json> {
        let of = |step: &&Json| step["outcome"] == "held" && step["rule"] == rule;
        let steps = trace.as_array().unwrap().iter().filter(of);
        steps.map(|step| step["would_change"].clone()).collect()
    };
    assert_eq!(held("vers le compte"), [json!(true), json!(false)], "{trace:#}");
    assert_eq!(held("autre"), [json!(true)], "{trace:#}");
}
