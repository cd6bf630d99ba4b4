//! What stands around rules: validation, dependent fields, guards, scores, schedules, chaining.

use jalon::value::Instant;
use jalon::workflow::EffectKind;
use serde_json::{Value as Json, json};

use super::{changes, create, effects, send, stage};

fn update(before: Json, after: Json) -> Json {
    json!({"id": "e2", "type": "updated", "module": "Prospects", "before": before, "after": after})
}

#[test]
fn a_change_that_breaks_what_is_declared_is_refused() {
    let mut stage = stage(
        "
module Prospects
  Nom       : texte, obligatoire, au plus 10 caractères
  Mail      : e-mail
  Téléphone : téléphone
  Note      : texte
validation sur Prospects
  Téléphone SUIT LE FORMAT \"99 99 99 99 99\", message \"dix chiffres pour ${Nom}\"
règle \"R\" sur Prospects
  quand créé
  alors
    Note : vu
",
    );
    let bad = json!({"id": 1, "Nom": "Ferrand", "Mail": "a.fr", "Téléphone": "0493"});
    let decision = create(&mut stage, bad);
    let messages: Vec<_> = decision.refusals.iter().map(|r| r.message.as_str()).collect();
    assert_eq!(
        messages,
        ["Mail : « a.fr » n'est pas une adresse e-mail", "dix chiffres pour Ferrand"]
    );
    assert!(decision.changes.is_empty() && decision.fired.is_empty() && stage.records().is_empty());
    assert_eq!(create(&mut stage, json!({"id": 1})).refusals[0].message, "Nom est obligatoire");
    let good = create(&mut stage, json!({"id": 1, "Nom": "Ferrand", "Téléphone": ""}));
    assert_eq!(good.fired, ["R"]);
    let shortened = send(&mut stage, update(json!({"id": 1, "Nom": "F"}), json!({"Nom": null})));
    assert_eq!(shortened.refusals[0].field.as_deref(), Some("Nom"));
}

#[test]
fn a_dependent_field_is_filled_or_refused() {
    let mut stage = stage(
        "
module Prospects
  Département : liste 06, 83, 98
  Région      : liste Côte-Azur, Monaco
dépendance Région selon Département sur Prospects
  06, 83 : Côte-Azur
  98 : Monaco
",
    );
    let filled = create(&mut stage, json!({"id": 1, "Département": "98"}));
    assert_eq!(changes(&filled), [("Région", &"Monaco".into())]);
    let refused = create(&mut stage, json!({"id": 2, "Département": "06", "Région": "Monaco"}));
    assert!(refused.refusals[0].message.contains("Côte-Azur"), "{:?}", refused.refusals);
}

#[test]
fn a_dependent_field_follows_what_a_rule_writes() {
    let mut stage = stage(
        "
module Prospects
  Ville       : texte
  Département : liste 06, 98
  Région      : liste Côte-Azur, Monaco
dépendance Région selon Département sur Prospects
  06 : Côte-Azur
  98 : Monaco
règle \"Monaco\" sur Prospects
  quand créé ou modifié
  si Ville CONTIENT monaco
  alors
    Département : 98
règle \"suite\" sur Prospects
  quand Région modifié
  alors
    tâche \"à ${Région}\"
",
    );
    let decision = send(
        &mut stage,
        update(
            json!({"id": 1, "Département": "06", "Région": "Côte-Azur"}),
            json!({"Ville": "Monaco"}),
        ),
    );
    assert_eq!(changes(&decision), [("Département", &"98".into()), ("Région", &"Monaco".into())]);
    assert_eq!(decision.fired, ["Monaco", "suite"]);
    let record = json!({"id": 2, "Ville": "Monaco", "Département": "06", "Région": "Côte-Azur"});
    let decision = create(&mut stage, record);
    assert_eq!(changes(&decision), [("Département", &"98".into()), ("Région", &"Monaco".into())]);
}

#[test]
fn a_guard_holds_messages_back() {
    let mut stage = stage(
        "
module Prospects
  Nom   : texte
  Rejet : case
garde e-mail sur Prospects, au plus 2 par 7 jours, si Rejet EST non sélectionné
règle \"R\" sur Prospects
  quand créé ou modifié
  alors
    e-mail \"Bonjour\" à Nom
    tâche \"suivre\"
",
    );
    let mails = |stage: &mut jalon::rehearsal::Rehearsal, event| {
        let decision = send(stage, event);
        assert!(effects(&decision).iter().any(|e| matches!(e, EffectKind::Task { .. })));
        effects(&decision).iter().filter(|e| matches!(e, EffectKind::Email { .. })).count()
    };
    let again = |name: &str| update(json!({"id": 1, "Nom": "x"}), json!({"Nom": name}));
    create(&mut stage, json!({"id": 1, "Nom": "F"}));
    assert_eq!(mails(&mut stage, again("a")), 1);
    assert_eq!(mails(&mut stage, again("b")), 0, "two in seven days are enough");
    stage.set_now(Instant::parse("2026-07-08T10:30Z").unwrap());
    assert_eq!(mails(&mut stage, again("c")), 1);
    stage.set_now(Instant::parse("2026-09-08T10:30Z").unwrap());
    let refused = update(json!({"id": 1, "Rejet": false}), json!({"Rejet": true}));
    assert_eq!(mails(&mut stage, refused), 0);
}

#[test]
fn a_score_that_rises_sets_a_rule_off_once() {
    let mut stage = stage(
        "
module Prospects
  Pays   : texte
  Scorex : nombre
score Scorex sur Prospects
  +30 si Pays EST Monaco
  +30 si Pays N'EST PAS VIDE
règle \"Chaud\" sur Prospects
  quand score Scorex atteint 50
  alors
    tâche \"appeler\"
    score Scorex
règle \"Froid\" sur Prospects
  quand score Scorex descend sous 50
  alors
    tâche \"oublier\"
",
    );
    assert!(create(&mut stage, json!({"id": 1, "Pays": "France"})).fired.is_empty());
    let up =
        send(&mut stage, update(json!({"id": 1, "Pays": "France"}), json!({"Pays": "Monaco"})));
    assert_eq!(up.fired, ["Chaud"]);
    assert_eq!(changes(&up), [("Scorex", &60.into())]);
    let same =
        send(&mut stage, update(json!({"id": 1, "Pays": "Monaco"}), json!({"Pays": "MONACO"})));
    assert!(same.fired.is_empty());
    let down =
        send(&mut stage, update(json!({"id": 1, "Pays": "Monaco"}), json!({"Pays": "Italie"})));
    assert_eq!(down.fired, ["Froid"]);
}

#[test]
fn a_score_that_was_never_seen_is_compared_with_the_record_before() {
    let mut stage = stage(
        "
module Prospects
  Pays : texte
  Note : texte
score Scorex sur Prospects
  +60 si Pays EST Monaco
règle \"Note\" sur Prospects
  quand Pays modifié
  alors
    Note : vu
règle \"Chaud\" sur Prospects
  quand score Scorex atteint 50
  alors
    étiqueter chaud
",
    );
    let up =
        send(&mut stage, update(json!({"id": 1, "Pays": "France"}), json!({"Pays": "Monaco"})));
    assert_eq!(up.fired, ["Note", "Chaud"]);
    let known = json!({"id": 2, "Pays": "Monaco"});
    let still = send(&mut stage, update(known, json!({"Pays": "MONACO"})));
    assert_eq!(still.fired, ["Note"]);
}

#[test]
fn a_schedule_takes_no_more_than_it_says() {
    let mut stage = stage(
        "
module Prospects
  Nom    : texte
  Créé   : date
  Envoi  : date
planification \"Envois\" chaque jour à 19:00 sauf samedi, dimanche
  au plus 2 Prospects, triés par Créé, si Envoi EST VIDE
  alors
    Envoi : demain
",
    );
    for (id, day) in [(1, "2026-03-01"), (2, "2026-01-01"), (3, "2026-02-01")] {
        create(&mut stage, json!({"id": id, "Créé": day}));
    }
    // Tuesday evening, then Wednesday evening.
    let fired = stage.advance(Instant::parse("2026-07-01T20:00Z").unwrap()).unwrap();
    let records: Vec<_> =
        fired.iter().map(|f| f.decision.record.as_ref().unwrap().id.as_str()).collect();
    assert_eq!(records, ["2", "3", "1"]);
    assert_eq!(fired[0].at.to_string(), "2026-06-30T17:00Z");
    assert_eq!(fired[2].decision.changes[0].new.to_json(), "2026-07-02");
}

#[test]
fn schedules_of_the_same_minute_all_run_and_nobody_is_written_to_in_the_void() {
    let mut stage = stage(
        "
module Prospects
  Nom   : texte
  Email : e-mail
planification \"A\" chaque jour à 19:00
  sur Prospects
  alors
    e-mail \"a\" à Email
planification \"B\" chaque jour à 19:00
  sur Prospects
  alors
    tâche \"b\"
",
    );
    create(&mut stage, json!({"id": 1, "Nom": "F"}));
    let fired = stage.advance(Instant::parse("2026-06-30T17:00Z").unwrap()).unwrap();
    let [a, b] = fired.as_slice() else { panic!("{fired:?}") };
    assert_eq!((a.decision.effects.len(), a.decision.errors[0].reason), (0, "no_recipient"));
    assert_eq!(effects(&b.decision).len(), 1);
}

#[test]
fn chaining_may_end_or_go_on() {
    let rules = |chaining: &str| {
        format!(
            "
module Prospects
  A : nombre
enchaînement {chaining}
règle \"plus\" sur Prospects
  quand A modifié
  alors
    A += 1
"
        )
    };
    for (chaining, end) in [("une fois", 2), ("aucun", 2), ("profondeur 3", 5)] {
        let mut stage = stage(&rules(chaining));
        let decision = send(&mut stage, update(json!({"id": 1, "A": 0}), json!({"A": 1})));
        assert_eq!(changes(&decision), [("A", &end.into())], "{chaining}");
        let trace = serde_json::to_string(&decision.trace).unwrap();
        assert!(trace.contains("\"would_change\":true"), "{chaining}: {trace}");
    }
}

#[test]
fn lists_and_references_show_what_the_cascade_wrote() {
    let mut stage = stage(
        "
module Comptes
  Nom      : texte
  Contacts : fiches Contacts
  Note     : texte
module Contacts
  Ville : texte
règle \"copie\" sur Comptes
  quand créé
  alors
    chaque Contacts.Ville : Nice
    Note : fait
règle \"suite\" sur Comptes
  quand Note modifié
  si TOUS LES Contacts (Ville EST Nice)
  alors
    tâche \"tous à Nice\"
",
    );
    let decision = send(
        &mut stage,
        json!({"id": "e1", "type": "created", "module": "Comptes", "record":
            {"id": "a", "Contacts": [{"id": "c1", "Ville": "Paris"}, {"id": "c2"}]}}),
    );
    assert_eq!(decision.fired, ["copie", "suite"]);
    assert_eq!(decision.changes.len(), 3);
}

/// Accounts and their contacts, told apart from each other: what one event writes to a record is
/// there when the next one reads it through another.
#[test]
fn records_on_a_stage_hold_each_other_as_they_are_now() {
    let mut stage = stage(
        "
module Comptes
  Type     : texte
  Contacts : fiches Contacts
  Villes   : entier
module Contacts
  Ville  : texte
  Compte : référence Comptes
  Type   : texte
règle \"compte\" sur Comptes
  quand créé ou modifié
  alors
    Villes : NOMBRE DE Contacts (Ville EST Nice)
règle \"type\" sur Comptes
  quand Type modifié
  alors
    chaque Contacts.Type : Comptes.Type
règle \"remonte\" sur Contacts
  quand Type modifié
  alors
    Compte.Type : Contacts.Type
",
    );
    let contact = |id: &str| {
        json!({"id": id, "type": "created", "module": "Contacts",
               "record": {"id": id, "Compte": "a", "Ville": "Paris"}})
    };
    send(&mut stage, contact("c1"));
    send(&mut stage, contact("c2"));
    let account = json!({"id": "a", "Contacts": ["c1", {"id": "c2"}]});
    let created = json!({"id": "e1", "type": "created", "module": "Comptes", "record": account});
    assert_eq!(changes(&send(&mut stage, created)), [("Villes", &0.into())]);
    let change = |module: &str, id: &str, changes: Json| json!({"id": "e", "type": "updated", "module": module, "record": {"id": id}, "changes": changes});
    send(&mut stage, change("Contacts", "c2", json!({"Ville": "Nice"})));
    let decision = send(&mut stage, change("Comptes", "a", json!({"Note": 1})));
    assert_eq!(changes(&decision), [("Villes", &1.into())], "the list reads the contact as it is");
    let decision = send(&mut stage, change("Contacts", "c1", json!({"Type": "client"})));
    let written: Vec<&str> = decision.changes.iter().map(|c| c.record.id.as_str()).collect();
    assert_eq!(written, ["a", "c2"], "the other contact is reached through the account");
    assert_eq!(decision.fired.iter().filter(|rule| *rule == "remonte").count(), 2);
}

#[test]
fn inactivity_and_deletion() {
    let mut stage = stage(
        "
module Prospects
  Nom : texte
règle \"Silence\" sur Prospects
  quand sans modification depuis 2 jours
  alors
    alerte \"rien sur ${Nom}\"
règle \"Fin\" sur Prospects
  quand supprimé
  alors
    e-mail \"Adieu\" à Nom
",
    );
    create(&mut stage, json!({"id": 1, "Nom": "F"}));
    stage.advance(Instant::parse("2026-07-01T08:30Z").unwrap()).unwrap();
    send(&mut stage, update(json!({"id": 1, "Nom": "F"}), json!({"Nom": "G"})));
    let fired = stage.advance(Instant::parse("2026-07-03T08:29Z").unwrap()).unwrap();
    assert!(fired.is_empty(), "the change moved it");
    let fired = stage.advance(Instant::parse("2026-07-10T08:30Z").unwrap()).unwrap();
    assert_eq!(fired.len(), 1);
    let gone = json!({"id": "e3", "type": "deleted", "module": "Prospects", "record": {"id": 1, "Nom": "G"}});
    let decision = send(&mut stage, gone);
    assert_eq!(decision.fired, ["Fin"]);
    assert!(stage.records().is_empty() && stage.state().is_empty());
}

#[test]
fn a_role_is_told_from_a_user_of_that_name() {
    let mut stage = stage(
        "
module Prospects
  Nom : texte
règle \"R\" sur Prospects
  quand créé
  alors
    alerte \"voir\" à rôle Directeur, groupe Juristes, utilisateur Directeur
    affecter à rôle Directeur
",
    );
    let decision = create(&mut stage, json!({"id": 1}));
    let to = ["role:Directeur", "group:Juristes", "Directeur"];
    assert!(matches!(effects(&decision)[0], EffectKind::Alert { to: told, .. } if *told == to));
    let report = decision.report(jalon::Lang::Fr);
    assert!(report.contains("à rôle Directeur, groupe Juristes, Directeur"), "{report}");
    assert!(report.contains("affecter à rôle Directeur"), "{report}");
}
