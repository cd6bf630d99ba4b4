//! Users: what rehearsals, tests beside the rules and reports make of them.

use jalon::lang::Lang;
use jalon::rehearsal::{Rehearsal, test};
use jalon::users::{User, Users};
use jalon::workflow::{EffectKind, Incoming};
use jalon::{Clock, Program};
use serde_json::json;

const RULES: &str = "
module Prospects
  Nom          : texte
  Propriétaire : utilisateur
règle \"Bienvenue\" sur Prospects
  quand créé
  alors
    e-mail \"Bonjour\" à rôle Commercial, Propriétaire
    affecter à groupe Juristes
  puis 1 jour après
    alerte \"Relancer\" à rôle Pilote
test \"une juriste\" sur Prospects
  avec
    Propriétaire : Alice
  attendu affecter \"Bruno\"
";

fn users() -> Users {
    Users::new(vec![
        User::named("Alice").email("alice@exemple.fr").role("Commercial"),
        User::named("Bruno").role("Commercial").group("Juristes"),
    ])
}

fn program() -> Program {
    Program::parse(RULES).unwrap_or_else(|error| panic!("{error}"))
}

fn clock() -> Clock {
    Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap()
}

#[test]
fn a_rehearsal_tells_of_its_users_now_and_when_a_timer_is_due() {
    let program = program();
    let mut stage = Rehearsal::new(&program, clock()).with_users(users());
    let event = json!({"id": "e1", "type": "created", "module": "Prospects",
        "record": {"id": 1, "Propriétaire": "alice"}});
    let decision = stage.send(&Incoming::read(&event).unwrap()).unwrap();
    let [mail, owner] = decision.effects.as_slice() else { panic!("{decision:?}") };
    let EffectKind::Email { to, .. } = &mail.kind else { panic!("{mail:?}") };
    assert_eq!(to, &["alice@exemple.fr", "Bruno"]);
    assert_eq!(owner.kind, EffectKind::Assign { to: "Bruno".to_owned() });
    let until = jalon::value::Instant::parse("2026-07-02T00:00Z").unwrap();
    let fired = stage.advance(until).unwrap();
    let error = &fired[0].decision.errors[0];
    assert!(fired[0].decision.effects.is_empty());
    assert_eq!(
        [error.sentence(Lang::Fr), error.sentence(Lang::En)],
        [
            "⚠ « Bienvenue » : « alerte \"Relancer\" à rôle Pilote » n'est pas fait : personne \
             n'est désigné : le champ est vide, ou nul n'a ce rôle ou n'est de ce groupe",
            "⚠ “Bienvenue”: “alerte \"Relancer\" à rôle Pilote” is not done: nobody is meant: the \
             field is empty, or nobody has that role or is in that group",
        ]
    );
}

#[test]
fn tests_beside_the_rules_run_among_users() {
    let program = program();
    let stage = Rehearsal::new(&program, clock());
    assert!(!test::run_on(&stage).passed());
    assert!(test::run_on(&stage.with_users(users())).passed());
}

#[test]
fn a_mail_that_is_missed_says_that_nobody_is_meant() {
    let rules = "
module Prospects
  Nom     : texte
  Adresse : e-mail
règle \"Bienvenue\" sur Prospects
  quand créé
  alors
    e-mail \"Bonjour\" à Adresse
test \"un prospect\" sur Prospects
  avec
    Nom : Ferrand
  attendu e-mail \"Bonjour\"
";
    let program = Program::parse(rules).unwrap_or_else(|error| panic!("{error}"));
    let report = test::run(&program, &clock());
    let message = report.tests[0].failures[0].message(Lang::Fr);
    let (effects, errors) = message.split_once('\n').unwrap();
    assert_eq!(effects, "aucun effet");
    assert!(
        errors.starts_with("⚠ « Bienvenue » : « e-mail \"Bonjour\" à Adresse » n'est pas fait")
    );
}
