//! Events of records in blueprints, decided with the rules around them.

use jalon::Program;
use jalon::blueprint::Given;
use jalon::workflow::{Context, Decision, Event, EventKind, State};
use serde_json::{Value as Json, json};

use super::{clock, program};

const RULES: &str = r#"
module Affaires
  Étape : liste Qualification, Proposition, Gagnée, Perdue
  Relance : entier
  Montant : nombre

parcours Vente sur Affaires, champ Étape
  états Qualification, Proposition
  gagné Gagnée
  perdu Perdue
  transition "Proposer" de Qualification vers Proposition
    après
      tâche "Appeler"
      Relance : 1
  transition automatique "Oublier" de Proposition vers Perdue après 2 jours
    avant
      si Montant < 100
  transition "Gagner" de Proposition vers Gagnée

règle "Vu" sur Affaires
  quand Étape DEVIENT Proposition
  alors
    alerte "proposée" à Alice

règle "Relancée" sur Affaires
  quand Relance modifiée
  alors
    étiqueter relancée

règle "Brute" sur Affaires
  quand manuel
  alors
    Étape : Gagnée

règle "Forcée" sur Affaires
  quand manuel
  alors
    forcer Étape : Gagnée
"#;

struct Host {
    program: Program,
    state: State,
    now: &'static str,
}

impl Host {
    fn new() -> Host {
        Host { program: program(RULES), state: State::new(), now: "2026-06-30T10:30" }
    }

    fn decide(&mut self, kind: EventKind<'_>) -> Decision {
        let clock = clock(self.now);
        let context = Context::new(&clock, &self.state).trace(true);
        let event = Event { id: self.now, module: Some("Affaires"), record: None, kind };
        let decision = self.program.decide(&event, &context).unwrap();
        self.state.apply(&decision.state);
        // What is packed comes back the same.
        assert_eq!(State::read(&self.state.write()).unwrap(), self.state);
        decision
    }

    fn create(&mut self, record: &Json) -> Decision {
        self.decide(EventKind::Created { record })
    }
}

fn new_values(decision: &Decision) -> Vec<(String, Json)> {
    decision.changes.iter().map(|c| (c.field.clone(), c.new.to_json())).collect()
}

#[test]
fn a_record_enters_by_itself_and_its_state_is_protected() {
    let mut host = Host::new();
    let decision = host.create(&json!({"id": 1}));
    assert_eq!(new_values(&decision), [("Étape".to_owned(), json!("Qualification"))]);
    assert_eq!(decision.changes[0].rule, "Vente", "the blueprint wrote it");
    let process = decision.process.unwrap();
    assert_eq!(&*process.state, "Qualification");
    let (before, after) = (json!({"id": 1, "Étape": "Qualification"}), json!({"Étape": "Gagnée"}));
    let refused = host.decide(EventKind::Updated { before: &before, after: &after });
    assert_eq!(
        refused.refusals[0].message,
        "Étape ne change que par une transition du parcours « Vente » : Proposer"
    );
    let brute = host.decide(EventKind::Manual { rule: "Brute", record: &before });
    assert_eq!(brute.errors[0].reason, "in_process");
    assert!(brute.changes.is_empty());
    let forced = host.decide(EventKind::Manual { rule: "Forcée", record: &before });
    assert_eq!(new_values(&forced), [("Étape".to_owned(), json!("Gagnée"))]);
    assert_eq!(&*forced.process.unwrap().state, "Gagnée");
}

#[test]
fn after_actions_and_rules_see_the_change_of_state() {
    let mut host = Host::new();
    host.create(&json!({"id": 1, "Étape": "Qualification"}));
    let record = json!({"id": 1, "Étape": "Qualification"});
    let kind = EventKind::Transition {
        transition: "Proposer",
        given: Given::NONE,
        by: None,
        record: &record,
    };
    let decision = host.decide(kind);
    assert_eq!(
        new_values(&decision),
        [("Étape".to_owned(), json!("Proposition")), ("Relance".to_owned(), json!(1))]
    );
    let kinds: Vec<_> = decision.effects.iter().map(|effect| effect.kind.name()).collect();
    assert_eq!(kinds, ["task", "alert", "tag"]);
    assert_eq!(decision.fired, ["Vu", "Relancée"]);
    assert_eq!(decision.timers.len(), 1);
    assert!(
        decision
            .report(jalon::Lang::Fr)
            .contains("« Qualification » → « Proposition », « Proposer »"),
        "{}",
        decision.report(jalon::Lang::Fr)
    );
}

#[test]
fn an_automatic_transition_is_made_once_if_its_criterion_holds() {
    for (amount, expected) in [(50, vec![("Étape".to_owned(), json!("Perdue"))]), (500, vec![])] {
        let mut host = Host::new();
        let record = json!({"id": 1, "Étape": "Proposition", "Montant": amount});
        host.create(&record);
        host.now = "2026-07-02T10:30";
        let due = host.state.due(clock(host.now).now.unwrap());
        let [(_, timer)] = &due[..] else { panic!("{due:?}") };
        let decision = host.decide(EventKind::Due { timer: &timer.id, record: &record });
        assert_eq!(new_values(&decision), expected);
        assert_eq!(host.state.next_due(), None, "{decision:?}");
        let again = host.decide(EventKind::Due { timer: &timer.id, record: &record });
        assert!(again.changes.is_empty());
    }
}

#[test]
fn a_record_leaves_by_an_exit_and_stays_out_until_it_is_let_in() {
    let mut host = Host::new();
    let record = json!({"id": 1, "Étape": "Proposition"});
    host.create(&record);
    assert!(host.state.next_due().is_some());
    let decision = host.decide(EventKind::Exit { record: &record });
    assert_eq!(decision.timers[0].change, "cancel");
    assert!(decision.process.unwrap().left.is_some());
    let changed = json!({"id": 1, "Étape": "Gagnée"});
    let saved = host.decide(EventKind::Updated { before: &record, after: &changed });
    assert!(saved.refusals.is_empty() && saved.process.is_none(), "{saved:?}");
    let back = host.decide(EventKind::Enter { record: &record });
    assert_eq!(back.process.unwrap().left, None);
    assert!(host.state.next_due().is_some());
    let again = host.decide(EventKind::Enter { record: &record });
    assert!(again.process.is_none());
}

#[test]
fn a_record_that_enters_a_process_run_through_in_one_go_is_offered_what_comes_next() {
    let program = program(
        "module Prospects\n  Appel : liste Accueil, Besoin, Fin\n  Budget : devise\n  \
         Appelant : utilisateur\n\
         parcours Script sur Prospects, champ Appel, continu\n  états Accueil, Besoin\n  \
         final Fin\n  \
         transition \"Demander\" de Accueil vers Besoin\n    avant\n      \
         propriétaires utilisateur du champ Appelant\n  \
         transition \"Proposer\" de Accueil vers Fin\n    avant\n      si Budget > 1000\n  \
         transition \"Finir\" de Besoin vers Fin\n",
    );
    let (clock, state) = (clock("2026-06-30T10:30"), State::new());
    let record = json!({"id": 1, "Appelant": "Alice", "Budget": 10});
    let alice = jalon::users::User::named("Alice");
    let created = |by| {
        let kind = EventKind::Created { record: &record };
        let event = Event { id: "e", module: None, record: None, kind };
        program.decide(&event, &Context::new(&clock, &state).by(by)).unwrap()
    };
    let decision = created(Some(&alice));
    assert_eq!(
        decision.report(jalon::Lang::Fr),
        "Appel : vide → « Accueil » (« Script »)\nEnsuite :\n  ✓ Demander → Besoin\n  \
         ✗ Proposer → Fin\n    le critère de cette transition n'est pas rempli\n      \
         ✗ « Budget > 1000 » ne tient pas : Budget vaut 10"
    );
    let nobody = created(None).next.unwrap();
    assert_eq!(serde_json::to_value(&nobody[0].why_not).unwrap()[0]["code"], "not_allowed");
    // What changes nothing in the process leads nowhere.
    let mut kept = State::new();
    kept.apply(&decision.state);
    let after = json!({"Budget": 2000});
    let kind = EventKind::Updated { before: &record, after: &after };
    let event = Event { id: "f", module: None, record: None, kind };
    assert_eq!(program.decide(&event, &Context::new(&clock, &kept)).unwrap().next, None);
}
