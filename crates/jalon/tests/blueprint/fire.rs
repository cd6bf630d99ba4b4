//! One call at a time, with an instance that the test keeps.

use jalon::blueprint::{DueStep, Given, Instance, Obstacle};
use jalon::program::Error;
use jalon::users::{User, Users};
use jalon::workflow::{Context, State};
use serde_json::json;

use super::{DEALS, Desk, clock, program};

fn alice() -> User {
    User { groups: vec!["Équipe juridique".to_owned()], ..User::named("Alice") }
}

#[test]
fn a_record_enters_where_it_stands() {
    let desk = Desk::new(DEALS);
    let state = |record| desk.enter(&record).map(|instance| instance.state.to_string());
    assert_eq!(state(json!({"Étape": "Examen juridique"})).as_deref(), Some("Examen juridique"));
    assert_eq!(state(json!({})).as_deref(), Some("Qualification"));
    assert_eq!(state(json!({"Étape": "Clôture gagnée"})), None);
    assert_eq!(state(json!({"Étape": "ailleurs"})), None);
}

#[test]
fn what_is_offered_says_why_the_rest_is_not() {
    let mut desk = Desk::new(DEALS);
    let deal = json!({"Étape": "Démonstration du produit", "Démo du produit": "À faire"});
    let instance = desk.enter(&deal).unwrap();
    let bob = User::named("Bob");
    let context = desk.context().trace(true);
    let offers = desk.program.available(&instance, &deal, Some(&bob), &context).unwrap();
    let named: Vec<_> = offers.iter().map(|offer| (offer.transition, offer.offered)).collect();
    assert_eq!(named, [("Faire relire", false), ("Perdre", true)]);
    let codes: Vec<_> = offers[0]
        .why_not
        .iter()
        .map(|why| serde_json::to_value(why).unwrap()["code"].clone())
        .collect();
    assert_eq!(codes, ["not_allowed", "not_held"]);
    let Obstacle::NotHeld { why: Some(why) } = &offers[0].why_not[1] else { panic!() };
    assert!(serde_json::to_string(why).unwrap().contains("À faire"), "{why:?}");
    desk.clock = clock("2026-07-01T10:30");
}

#[test]
fn all_that_stands_in_the_way_is_told_at_once() {
    let desk = Desk::new(DEALS);
    let deal = json!({"Étape": "Démonstration du produit", "Propriétaire": "Carole"});
    let instance = desk.enter(&deal).unwrap();
    let given = Given::new().with("Montant", "beaucoup").with("Étape", "Examen juridique");
    let by = User::named("Bob");
    let found = desk.fire(&instance, "Faire relire", &given, &deal, Some(&by)).unwrap_err();
    let told: Vec<_> = found.iter().map(|why| why.message(jalon::Lang::Fr)).collect();
    assert_eq!(told.len(), 5, "{told:#?}");
    assert!(told[0].starts_with("Bob n'est pas propriétaire"), "{told:#?}");
    let wrong = desk.fire(&instance, "Conclure", Given::NONE, &deal, None).unwrap_err();
    assert!(
        matches!(&wrong[0], Obstacle::WrongState { from, .. } if from == &["Examen juridique"])
    );
    let unknown = desk.fire(&instance, "Concluer", Given::NONE, &deal, None).unwrap_err();
    assert!(matches!(&unknown[0], Obstacle::Unknown { known, .. } if known.len() == 4));
}

#[test]
fn a_transition_moves_the_record_and_gives_its_changes() {
    let desk = Desk::new(DEALS);
    let deal = json!({"Étape": "Démonstration du produit", "Démo du produit": "Terminé"});
    let instance = desk.enter(&deal).unwrap();
    let given = Given::new().with("Montant", "1 500,50");
    let alice = alice();
    let fired = desk.fire(&instance, "Faire relire", &given, &deal, Some(&alice)).unwrap();
    assert_eq!(&*fired.instance.state, "Examen juridique");
    let made = fired.instance.history.last().unwrap();
    assert_eq!(made.by.as_deref(), Some("Alice"));
    let changes = fired.changes();
    let changes: Vec<_> = changes.iter().map(|c| (c.field.as_str(), c.new.to_json())).collect();
    assert_eq!(changes, [("Montant", json!(1500.5)), ("Étape", json!("Examen juridique"))]);
    let low = Given::new().with("Montant", 999);
    let found = desk.fire(&instance, "Faire relire", &low, &deal, Some(&alice)).unwrap_err();
    assert_eq!(found[0].message(jalon::Lang::Fr), "le montant doit atteindre 1 000 €");
}

#[test]
fn a_draft_stands_behind_what_is_given() {
    let desk = Desk::new(DEALS);
    let deal = json!({"Étape": "Démonstration du produit", "Démo du produit": "Terminé"});
    let instance = desk.enter(&deal).unwrap();
    let alice = alice();
    let half = Given::new().with("Montant", 2000);
    let saved = desk
        .program
        .save_draft(&instance, "Faire relire", &half, Some(&alice), &desk.clock)
        .unwrap();
    let text = serde_json::to_string(&saved).unwrap();
    let saved: Instance = serde_json::from_str(&text).unwrap();
    let form = desk.program.form(&saved, "Faire relire", &deal, &desk.clock).unwrap();
    assert_eq!(form.draft, Some(half));
    let fired = desk.fire(&saved, "Faire relire", Given::NONE, &deal, Some(&alice)).unwrap();
    assert_eq!(fired.changes()[0].new, 2000.into());
    assert!(fired.instance.drafts.is_empty());
}

#[test]
fn a_draft_is_found_however_the_transition_is_written() {
    let desk = Desk::new(
        "
parcours Vente sur Affaires, champ Étape
  états Ouverte
  final Close
  transition Clore de Ouverte vers Close
    pendant
      obligatoire Motif
      note
",
    );
    let deal = json!({"id": 1, "Étape": "Ouverte"});
    let instance = desk.enter(&deal).unwrap();
    let half = Given { note: Some("vu".to_owned()), ..Given::new().with("Motif", "prix") };
    let saved = desk.program.save_draft(&instance, "clore", &half, None, &desk.clock).unwrap();
    let fired = desk.fire(&saved, "CLORE", Given::NONE, &deal, None).unwrap();
    assert_eq!(fired.changes()[0].new, "prix".into());
    assert_eq!((fired.effects().len(), fired.effects()[0].rule.as_str()), (1, "Clore"));
    let desk = Desk::new(DEALS);
    let deal = json!({"Étape": "Qualification"});
    let instance = desk.enter(&deal).unwrap();
    let fired = desk.fire(&instance, "présenter", Given::NONE, &deal, None).unwrap();
    assert_eq!(fired.changes()[0].rule, "Présenter");
}

#[test]
fn what_happens_by_itself_is_listed_and_taken() {
    let mut desk = Desk::new(DEALS);
    let deal = json!({"id": 7, "Étape": "Examen juridique", "Propriétaire": "Carole"});
    let instance = desk.enter(&deal).unwrap();
    let steps = desk.program.steps(&instance, &desk.clock);
    let at: Vec<_> = steps.iter().map(|due| due.at.to_string()).collect();
    assert_eq!(at, ["2026-07-02T08:30Z", "2026-07-03T08:30Z"]);
    assert_eq!(steps[1].step, DueStep::Escalation { level: 0 });
    desk.clock = clock("2026-07-02T10:30");
    let firing = jalon::program::Firing {
        id: "e2",
        transition: "",
        given: Given::NONE,
        record: &deal,
        record_id: None,
        by: None,
    };
    let (after, decision) =
        desk.program.take_step(&instance, &steps[0], &firing, &desk.context()).unwrap();
    assert_eq!(decision.effects.len(), 1);
    assert_eq!(desk.program.steps(&after, &desk.clock).len(), 1);
}

#[test]
fn an_instance_does_not_run_under_another_version() {
    let old = Desk::new(DEALS);
    let deal = json!({"Étape": "Qualification"});
    let instance = old.enter(&deal).unwrap();
    let new = Desk::new(&DEALS.replace("obligatoire Montant", "facultatif Montant"));
    let found = new.fire(&instance, "Présenter", Given::NONE, &deal, None).unwrap_err();
    assert!(matches!(&found[..], [Obstacle::OtherVersion { .. }]), "{found:?}");
    let left = old.program.exit(&instance, &old.clock).unwrap();
    let found = old.fire(&left, "Présenter", Given::NONE, &deal, None).unwrap_err();
    assert_eq!(found, [Obstacle::NotInside]);
}

#[test]
fn a_parallel_transition_is_done_when_its_children_are() {
    let desk = Desk::new(
        r#"
parcours Vente sur Affaires, champ Étape
  états Relecture, Signature
  final Signée
  transition parallèle "Tout relire" de Relecture vers Signature
    enfant "Juridique"
      pendant
        cocher "Clauses"
    enfant "Finance"
      pendant
        note
  transition "Signer" de Signature vers Signée
"#,
    );
    let deal = json!({"id": 1, "Étape": "Relecture"});
    let instance = desk.enter(&deal).unwrap();
    let found = desk.fire(&instance, "Tout relire", Given::NONE, &deal, None).unwrap_err();
    assert!(matches!(&found[0], Obstacle::ByChildren { left } if left.len() == 2), "{found:?}");
    let ticked = Given { ticked: vec!["clauses".to_owned()], ..Given::new() };
    let fired = desk.fire(&instance, "Juridique", &ticked, &deal, None).unwrap();
    assert_eq!(&*fired.instance.state, "Relecture");
    let again = desk.fire(&fired.instance, "Juridique", &ticked, &deal, None).unwrap_err();
    assert_eq!(again, [Obstacle::Done]);
    let noted = Given { note: Some("vu".to_owned()), ..Given::new() };
    let last = desk.fire(&fired.instance, "Finance", &noted, &deal, None).unwrap();
    assert_eq!(&*last.instance.state, "Signature");
    assert_eq!(last.instance.history.len(), 4);
    assert!(last.effects().len() == 1 && last.changes().len() == 1);
}

#[test]
fn the_last_child_asks_for_what_its_parent_does() {
    let desk = Desk::new(
        r#"
parcours Vente sur Affaires, champ Étape
  états Relecture, Signature
  final Signée
  transition parallèle "Tout relire" de Relecture vers Signature
    pendant
      message "Tout est relu"
      obligatoire Avis
    enfant "Juridique"
    enfant "Finance"
      pendant
        facultatif Avis
        note
  transition "Signer" de Signature vers Signée
"#,
    );
    let deal = json!({"id": 1, "Étape": "Relecture"});
    let instance = desk.enter(&deal).unwrap();
    let asked = |instance: &Instance, child: &str| {
        let form = desk.program.form(instance, child, &deal, &desk.clock).unwrap();
        let fields = form.fields.iter().map(|asked| (asked.field.to_owned(), asked.required));
        (fields.collect::<Vec<_>>(), form.extras.len(), form.messages.len())
    };
    assert_eq!(asked(&instance, "Juridique"), (vec![], 0, 0));
    let fired = desk.fire(&instance, "Juridique", Given::NONE, &deal, None).unwrap();
    assert_eq!(asked(&fired.instance, "Finance"), (vec![("Avis".to_owned(), true)], 1, 1));
    let given = Given { note: Some("vu".to_owned()), ..Given::new().with("Avis", "bon") };
    let saved =
        desk.program.save_draft(&fired.instance, "Finance", &given, None, &desk.clock).unwrap();
    let last = desk.fire(&saved, "Finance", Given::NONE, &deal, None).unwrap();
    assert_eq!(&*last.instance.state, "Signature");
}

#[test]
fn a_state_that_a_rule_forces_on_a_step_is_followed() {
    let mut desk = Desk::new(
        r#"
parcours Vente sur Affaires, champ Étape
  états Qualification, Proposition, Négociation
  final Perdue
  transition automatique "Proposer" de Qualification vers Proposition après 1 jour
  transition "Négocier" de Proposition vers Négociation
  transition "Perdre" de Négociation vers Perdue

règle "Plus loin" sur Affaires
  quand Étape DEVIENT Proposition
  alors
    forcer Étape : Négociation
"#,
    );
    let deal = json!({"id": 7, "Étape": "Qualification"});
    let instance = desk.enter(&deal).unwrap();
    desk.clock = clock("2026-07-01T10:30");
    let firing = jalon::program::Firing {
        id: "e2",
        transition: "",
        given: Given::NONE,
        record: &deal,
        record_id: None,
        by: None,
    };
    let due = desk.program.steps(&instance, &desk.clock);
    let (after, decision) =
        desk.program.take_step(&instance, &due[0], &firing, &desk.context()).unwrap();
    assert_eq!(decision.changes[0].new, "Négociation".into());
    assert_eq!((&*after.state, after.history.len()), ("Négociation", 3));
}

#[test]
fn a_record_that_is_forced_back_where_it_was_is_there() {
    let desk = Desk::new(
        r#"
parcours Vente sur Affaires, champ Étape
  états Qualification, Proposition
  final Perdue
  transition "Proposer" de Qualification vers Proposition
  transition "Perdre" de Proposition vers Perdue

règle "Pas encore" sur Affaires
  quand Étape DEVIENT Proposition
  alors
    forcer Étape : Qualification
"#,
    );
    let deal = json!({"id": 7, "Étape": "Qualification"});
    let instance = desk.enter(&deal).unwrap();
    let fired = desk.fire(&instance, "Proposer", Given::NONE, &deal, None).unwrap();
    assert!(fired.changes().is_empty());
    assert_eq!((&*fired.instance.state, fired.instance.history.len()), ("Qualification", 3));
}

#[test]
fn what_is_due_at_one_time_is_taken_one_by_one() {
    let mut desk = Desk::new(
        r#"
parcours Vente sur Affaires, champ Étape
  états Qualification, Proposition
  final Oubliée, Perdue
  délai Qualification, 2 jours, escalade Alice
  transition automatique "Relancer" de Qualification vers Proposition après 2 jours
    avant
      si Montant > 10
  transition automatique "Oublier" de Qualification vers Oubliée après 2 jours
  transition "Perdre" de Proposition vers Perdue
"#,
    );
    let deal = json!({"id": 7, "Étape": "Qualification", "Montant": 5});
    let mut instance = desk.enter(&deal).unwrap();
    desk.clock = clock("2026-07-02T10:30");
    let firing = jalon::program::Firing {
        id: "e2",
        transition: "",
        given: Given::NONE,
        record: &deal,
        record_id: None,
        by: None,
    };
    let take = |instance: &Instance, due: &jalon::blueprint::Due| {
        desk.program.take_step(instance, due, &firing, &desk.context()).unwrap()
    };
    let steps = desk.program.steps(&instance, &desk.clock);
    assert_eq!(steps.len(), 3);
    for due in &steps {
        let (after, _) = take(&instance, due);
        instance = after;
    }
    assert_eq!(&*instance.state, "Oubliée");
    let (after, again) = take(&instance, &steps[0]);
    assert!(after == instance && again.effects.is_empty());
}

#[test]
fn a_guide_knows_more_transitions_than_a_word_has_bits() {
    let states: Vec<String> = (0..70).map(|number| format!("S{number}")).collect();
    let ways = states.iter().enumerate().map(|(number, state)| {
        format!(
            "  transition T{number} de Début vers {state}\n    avant\n      si Montant > {number}\n"
        )
    });
    let text = format!(
        "parcours Vente sur Affaires, champ Étape\n  états Début, {}\n{}",
        states.join(", "),
        ways.collect::<String>()
    );
    let (program, state) = (program(&text), State::new());
    let clock = clock("2026-06-30T10:30");
    let deal = |amount: u32| json!({"Étape": "Début", "Montant": amount});
    let context = Context::new(&clock, &state);
    let instance = program.enter(Some("Affaires"), &deal(0), &context).unwrap().unwrap();
    let mut guide = program.guide(&clock);
    for amount in [0, 1, 66, 80] {
        let offered = guide.at(&instance).unwrap().offered(&deal(amount), None, Users::NONE);
        let offered = offered.unwrap();
        assert_eq!(guide.names(&offered).count(), amount.min(70) as usize);
    }
    let left = program.exit(&instance, &clock).unwrap();
    assert!(matches!(guide.at(&left), Err(Error::Refused(_))));
}
