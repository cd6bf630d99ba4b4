//! Blueprints on a stage: events as JSON, the clock let go on.

use jalon::rehearsal::compare::{Changed, Comparison};
use jalon::rehearsal::{FiredBy, Rehearsal};
use jalon::value::Instant;
use jalon::workflow::{Decision, EffectKind, Incoming, RecordKey};
use jalon::{Clock, Lang};
use serde_json::{Value as Json, json};

use super::{DEALS, program};

fn stage(text: &str) -> Rehearsal {
    Rehearsal::new(&program(text), Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap()).tracing()
}

fn key() -> RecordKey {
    RecordKey { module: "Affaires".to_owned(), id: "7".to_owned() }
}

/// Sends an event of the deal 7, with these keys more.
fn send(stage: &mut Rehearsal, kind: &str, more: Json) -> Decision {
    let mut event = json!({"id": kind, "type": kind, "module": "Affaires", "record": {"id": 7}});
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let event = Incoming::read(&event).unwrap_or_else(|error| panic!("{error}"));
    stage.send(&event).unwrap_or_else(|error| panic!("{error}"))
}

fn refusals(decision: &Decision) -> Vec<&str> {
    decision.refusals.iter().map(|refusal| refusal.message.as_str()).collect()
}

fn state(stage: &Rehearsal) -> String {
    stage.state().of(&key()).unwrap().process.unwrap().state.to_string()
}

fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

#[test]
fn a_deal_goes_its_way_and_its_record_with_it() {
    let mut stage = stage(DEALS);
    send(&mut stage, "created", json!({"record": {"id": 7, "Étape": "Qualification"}}));
    send(&mut stage, "transition", json!({"transition": "Présenter"}));
    assert_eq!(state(&stage), "Démonstration du produit");
    // All that stands in the way at once; the record stays as it is.
    let refused = send(
        &mut stage,
        "transition",
        json!({"transition": "Faire relire", "by": "Bruno", "given": {"fields": {"Montant": 10}}}),
    );
    assert_eq!(
        refusals(&refused),
        [
            "Bruno n'est pas propriétaire de cette transition ; le sont : \
             groupe Équipe juridique, propriétaire de la fiche",
            "le critère de cette transition n'est pas rempli",
            "le montant doit atteindre 1 000 €",
        ]
    );
    assert_eq!(stage.record(&key()).unwrap().get("Montant"), None);
    send(
        &mut stage,
        "updated",
        json!({"record": {"id": 7}, "changes": {"Démo du produit": "Terminé"}}),
    );
    let alice = json!({"name": "Alice", "groups": ["Équipe juridique"]});
    let draft = json!({"transition": "Faire relire", "by": alice,
        "given": {"fields": {"Montant": 4000}}});
    assert!(send(&mut stage, "draft", draft).changes.is_empty());
    send(&mut stage, "transition", json!({"transition": "Faire relire", "by": alice}));
    let record = stage.record(&key()).unwrap();
    assert_eq!((&record["Étape"], &record["Montant"]), (&json!("Examen juridique"), &json!(4000)));
    let instance = stage.state().of(&key()).unwrap().process.unwrap();
    assert!(instance.drafts.is_empty());
    assert_eq!(instance.history.last().unwrap().by.as_deref(), Some("Alice"));
}

#[test]
fn plain_writes_are_refused_and_deadlines_told_as_the_clock_goes_on() {
    let mut stage = stage(DEALS);
    let record = json!({"id": 7, "Étape": "Examen juridique", "Propriétaire": "Alice"});
    let entered = send(&mut stage, "created", json!({"record": record}));
    assert_eq!(entered.timers.len(), 2);
    let refused = send(&mut stage, "updated", json!({"changes": {"Étape": "Clôture gagnée"}}));
    assert_eq!(
        refusals(&refused),
        ["Étape ne change que par une transition du parcours « Parcours Affaire » : Conclure, \
          Perdre"]
    );
    assert_eq!(stage.record(&key()).unwrap()["Étape"], "Examen juridique");
    let told = stage.advance(instant("2026-07-10T00:00Z")).unwrap();
    let to: Vec<_> = told
        .iter()
        .map(|fired| match &fired.decision.effects[0].kind {
            EffectKind::Alert { to, .. } => (fired.at.to_string(), to.join(", ")),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        to,
        [
            ("2026-07-02T08:30Z".to_owned(), "Alice".to_owned()),
            ("2026-07-03T08:30Z".to_owned(), "role:Directeur commercial".to_owned()),
        ]
    );
    assert!(told.iter().all(|one| one.by == FiredBy::Timer("Parcours Affaire".to_owned())));
    send(&mut stage, "exit", json!({}));
    assert_eq!(stage.process(&key()), None);
    assert_eq!(stage.state().next_due(), None);
}

#[test]
fn an_old_and_a_new_blueprint_are_compared_on_the_same_events() {
    let new = DEALS
        .replace("Conclure\" de Examen", "Conclure\" de Démonstration du produit, Examen")
        .replace("3 jours, rappel", "5 jours, rappel");
    let mut comparison = Comparison::new(stage(DEALS), stage(&new));
    let mut send = |id: &str, kind: &str, more: Json| {
        let mut event = json!({"id": id, "type": kind, "module": "Affaires", "record": {"id": 7}});
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        comparison.send(&Incoming::read(&event).unwrap()).unwrap()
    };
    let deal = json!({"id": 7, "Étape": "Démonstration du produit"});
    assert_eq!(send("e1", "created", json!({"record": deal})), []);
    let changed = send("e2", "transition", json!({"transition": "Conclure"}));
    let [difference] = &changed[..] else { panic!("{changed:?}") };
    let Changed::Refusal { old, new } = &difference.what else { panic!("{difference:?}") };
    assert!(old[0].contains("cette transition part de : Examen juridique") && new.is_empty());
    let other = json!({"record": {"id": 8, "Étape": "Examen juridique"}});
    let changed = send("e3", "created", other);
    assert!(changed.iter().all(|one| matches!(one.what, Changed::Timer { .. })), "{changed:?}");
    assert_eq!(changed.len(), 4, "the reminder and the escalation, by each");
}

#[test]
fn what_is_wrong_with_an_event_of_a_process_is_said_with_a_way_out() {
    let message = |more: Json| {
        let mut event = json!({"id": "e", "type": "transition", "record": {"id": 7}});
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Incoming::read(&event).unwrap_err().message(Lang::En)
    };
    assert_eq!(message(json!({})), "the event lacks `transition`; name the transition");
    let cases = [
        (
            json!({"given": {"Montant": 4000}}),
            "unknown key `Montant` in `given`; the fields of the record go into `fields` (there \
             are: fields, note, attachments, ticked, records)",
        ),
        (
            json!({"given": {"field": {}}}),
            "unknown key `field` in `given`; did you mean `fields`? (there are: fields, note, \
             attachments, ticked, records)",
        ),
        (
            json!({"given": 4000}),
            "`given` must be an object such as {\"fields\": {\"Montant\": 4000}, \"note\": \"…\"}",
        ),
        (
            json!({"given": {"fields": 1}}),
            "`given.fields` must be an object with the fields of a record",
        ),
        (json!({"given": {"ticked": "RIB"}}), "`given.ticked` must be a list of texts"),
        (
            json!({"given": {"records": {"Devis": 12}}}),
            "`given.records` gives lists of ids by module: {\"Devis\": [12]}",
        ),
        (json!({"by": ["Alice"]}), "`by`: a user is an object, such as {\"name\": \"Alice\"}"),
        (
            json!({"by": {"roles": []}}),
            "`by`: `name` is missing, the name by which rules and records know the user",
        ),
        (
            json!({"by": {"name": "A", "role": "x"}}),
            "`by`: user `A`: unknown key `role`; did you mean `roles`? (there are: name, id, \
             email, roles, groups, profiles)",
        ),
    ];
    for (more, expected) in cases {
        let mut all = json!({"transition": "Perdre"});
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(message(all), expected);
    }
}
