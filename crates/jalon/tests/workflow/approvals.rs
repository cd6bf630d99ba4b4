//! Approvals in the engine: submitted, voted, delegated, recalled, overdue.

use jalon::approval::{Approval, Status};
use jalon::rehearsal::Rehearsal;
use jalon::value::Instant;
use jalon::workflow::{Decision, Incoming, RecordKey, State};
use jalon::{Clock, Program};
use serde_json::{Value as Json, json};

const PROGRAM: &str = r#"
module Devis
  Remise       : pourcentage
  Statut       : liste Brouillon, En attente, Approuvé, Refusé
  Commentaire  : texte
  Propriétaire : utilisateur
  Relances     : entier
calendrier Siège, fuseau Europe/Paris
  lundi à vendredi 09:00-19:00
approbation Remise sur Devis
  quand créé ou modifié
  si Remise > 20
  verrouillé, sauf Commentaire
  niveau rôle Directeur, délai 2 jours ouvrés, rappel 1 jour avant, ensuite escalade Diane
  niveau rôle Associé, Diane, unanimité, si Remise > 40
  soumis
    Statut : En attente
  approuvé
    Statut : Approuvé
    tâche "Envoyer le devis"
  refusé
    Statut : Refusé
  rappelé
    Statut : Brouillon
règle "Suite" sur Devis
  quand Statut modifié
  alors
    Relances += 1
"#;

fn people() -> Json {
    json!([
        {"name": "Alice", "roles": ["Directeur"], "email": "alice@exemple.fr"},
        {"name": "Bruno", "roles": ["Directeur"]},
        {"name": "Diane"},
        {"name": "Emma", "roles": ["Associé"]},
        {"name": "Fanny", "roles": ["Associé"]},
        {"name": "Victor"},
    ])
}

struct Stage {
    inner: Rehearsal,
    events: u32,
}

impl Stage {
    fn new(text: &str) -> Stage {
        let program =
            Program::parse(text).unwrap_or_else(|e| panic!("{}", e.message(jalon::Lang::Fr)));
        let clock = program.clock(jalon::value::read::moment("2026-06-30T10:30"), None);
        let users = serde_json::from_value(people()).unwrap();
        Stage { inner: Rehearsal::new(&program, clock).with_users(users).tracing(), events: 0 }
    }

    fn send(&mut self, event: Json) -> Decision {
        self.events += 1;
        let mut event = event;
        event["id"] = format!("e{}", self.events).into();
        event["module"] = "Devis".into();
        let kind = event["type"].as_str().unwrap();
        if !matches!(kind, "created" | "updated") && event["record"].is_null() {
            event["record"] = json!({"id": 1});
        }
        self.inner.send(&Incoming::read(&event).unwrap()).unwrap()
    }

    fn create(&mut self, discount: u32) -> Decision {
        let record =
            json!({"id": 1, "Remise": discount, "Statut": "Brouillon", "Propriétaire": "Victor"});
        self.send(json!({"type": "created", "record": record}))
    }

    fn update(&mut self, changes: Json) -> Decision {
        self.send(json!({"type": "updated", "record": {"id": 1}, "changes": changes}))
    }

    fn vote(&mut self, by: &str, verdict: &str) -> Decision {
        self.send(json!({"type": "vote", "approval": "Remise", "by": by, "verdict": verdict}))
    }

    fn request(&self) -> Approval {
        let key = RecordKey { module: "Devis".into(), id: "1".into() };
        self.inner.state().of(&key).unwrap().approvals[0].clone()
    }

    fn field(&self, name: &str) -> Json {
        let key = RecordKey { module: "Devis".into(), id: "1".into() };
        self.inner.record(&key).unwrap()[name].clone()
    }

    fn until(&mut self, at: &str) -> Vec<Decision> {
        let at = if at.len() == 10 { format!("{at}T00:00Z") } else { at.to_owned() };
        let fired = self.inner.advance(Instant::parse(&at).unwrap()).unwrap();
        fired.into_iter().map(|fired| fired.decision).collect()
    }
}

fn why(decision: &Decision) -> Vec<&str> {
    decision.refusals.iter().map(|refusal| refusal.message.as_str()).collect()
}

fn alerts(decision: &Decision) -> Vec<String> {
    let alerts = decision.effects.iter().filter_map(|effect| match &effect.kind {
        jalon::workflow::EffectKind::Alert { text, to, .. } => {
            Some(format!("{} → {text}", to.join(", ")))
        }
        _ => None,
    });
    alerts.collect()
}

#[test]
fn a_record_is_submitted_asked_level_by_level_and_approved() {
    let mut stage = Stage::new(PROGRAM);
    let created = stage.create(50);
    assert_eq!(stage.field("Statut"), "En attente");
    let asked =
        ["Alice, Bruno → Remise : votre approbation est attendue avant le 2026-07-02T10:30"];
    assert_eq!(alerts(&created), asked);
    assert_eq!(created.approvals[0].request.level, 1);
    assert_eq!(
        why(&stage.vote("Victor", "approve")),
        ["« Remise » : ce niveau n'attend pas Victor ; il attend : rôle Directeur"]
    );
    let next = stage.vote("alice@exemple.fr", "approve");
    assert_eq!(alerts(&next), ["Emma, Fanny, Diane → Remise : votre approbation est attendue"]);
    assert_eq!(
        why(&stage.vote("Bruno", "approve")),
        ["« Remise » : ce niveau n'attend pas Bruno ; il attend : Emma, Fanny, Diane"]
    );
    stage.vote("Emma", "approve");
    assert_eq!(why(&stage.vote("Emma", "reject")), ["« Remise » : Emma a déjà répondu"]);
    stage.vote("Fanny", "approve");
    assert_eq!(stage.request().status, Status::Pending);
    let last = stage.vote("Diane", "approve");
    assert_eq!(stage.request().status, Status::Approved);
    assert_eq!(last.effects.len(), 1);
    assert_eq!((stage.field("Statut"), stage.field("Relances")), (json!("Approuvé"), json!(2)));
    assert_eq!(why(&stage.vote("Diane", "reject")), ["« Remise » : la demande est déjà approuvée"]);
    let told: Vec<_> =
        stage.request().history.iter().map(|e| e.sentence(jalon::Lang::Fr)).collect();
    assert_eq!(
        told,
        [
            "soumise",
            "niveau 1 consulté",
            "Alice approuve",
            "niveau 2 consulté",
            "Emma approuve",
            "Fanny approuve",
            "Diane approuve",
            "approuvée",
        ]
    );
}

#[test]
fn a_level_whose_condition_does_not_hold_is_skipped_and_one_refusal_ends_it() {
    let mut stage = Stage::new(PROGRAM);
    stage.create(30);
    stage.vote("Bruno", "approve");
    assert_eq!(stage.request().status, Status::Approved);
    let mut stage = Stage::new(PROGRAM);
    stage.create(50);
    stage.vote("Bruno", "approve");
    stage.vote("Emma", "approve");
    stage.vote("Fanny", "reject");
    assert_eq!(
        (stage.request().status, stage.field("Statut")),
        (Status::Rejected, json!("Refusé"))
    );
}

#[test]
fn nothing_is_asked_of_small_discounts_nor_twice_of_the_same() {
    let mut stage = Stage::new(PROGRAM);
    assert_eq!(stage.create(10).approvals.len(), 0);
    assert_eq!(stage.update(json!({"Remise": 30})).approvals.len(), 1);
    stage.vote("Alice", "approve");
    assert_eq!(stage.update(json!({"Relances": 7})).approvals.len(), 0);
    let again = stage.update(json!({"Remise": 35}));
    assert_eq!(again.approvals[0].request.status, Status::Pending);
    assert!(again.approvals[0].request.history.len() > 4, "the history goes on");
}

#[test]
fn while_it_waits_the_record_is_locked() {
    let mut stage = Stage::new(PROGRAM);
    stage.create(30);
    assert_eq!(
        why(&stage.update(json!({"Remise": 35, "Commentaire": "x"}))),
        ["Remise est verrouillé : « Remise » est en attente"]
    );
    assert_eq!(stage.field("Remise"), 30);
    assert_eq!(why(&stage.update(json!({"Commentaire": "x"}))), Vec::<&str>::new());
    assert_eq!(
        why(&stage.send(json!({"type": "deleted"}))),
        ["la fiche est verrouillée : « Remise » est en attente"]
    );
    stage.vote("Alice", "approve");
    assert_eq!(why(&stage.update(json!({"Statut": "Brouillon"}))), Vec::<&str>::new());
}

#[test]
fn deadlines_remind_then_escalate_in_business_days() {
    let mut stage = Stage::new(PROGRAM);
    stage.create(30);
    let fired = stage.until("2026-07-01T12:00Z");
    assert_eq!(
        fired.iter().flat_map(alerts).collect::<Vec<_>>(),
        [
            "Alice, Bruno → Remise : rappel, votre approbation est attendue avant le 2026-07-02T10:30"
        ]
    );
    assert_eq!(why(&stage.vote("Diane", "approve")).len(), 1);
    let fired = stage.until("2026-07-02T12:00Z");
    assert_eq!(
        fired.iter().flat_map(alerts).collect::<Vec<_>>(),
        ["Diane → Remise : le délai est passé, à vous d'approuver"]
    );
    stage.vote("Diane", "reject");
    assert_eq!(stage.request().status, Status::Rejected);
    assert!(stage.until("2026-09-01").is_empty());
}

#[test]
fn a_deadline_may_answer_and_a_vote_cancels_it() {
    for (word, status) in [("approuvé", Status::Approved), ("refusé", Status::Rejected)] {
        let text = PROGRAM.replace("escalade Diane", word);
        let mut stage = Stage::new(&text);
        stage.create(30);
        stage.until("2026-07-03");
        assert_eq!(stage.request().status, status);
        let mut stage = Stage::new(&text);
        stage.create(30);
        let voted = stage.vote("Alice", "reject");
        assert_eq!(voted.timers.iter().filter(|t| t.change == "cancel").count(), 2);
        assert!(stage.until("2026-07-03").is_empty());
    }
}

#[test]
fn a_vote_is_handed_over_and_comes_back() {
    let mut stage = Stage::new(PROGRAM);
    stage.create(30);
    let hand = |stage: &mut Stage, by: &str, to: &str| {
        stage.send(json!({"type": "delegate", "approval": "Remise", "by": by, "to": to}))
    };
    let handed = hand(&mut stage, "Alice", "Victor");
    assert_eq!(alerts(&handed).len(), 1);
    assert_eq!(
        why(&stage.vote("Alice", "approve")),
        ["« Remise » : Alice a délégué sa voix à Victor"]
    );
    hand(&mut stage, "Victor", "Alice");
    assert_eq!(why(&hand(&mut stage, "Victor", "Emma")).len(), 1);
    assert_eq!(
        why(&hand(&mut stage, "Alice", "Alise")),
        ["« Remise » : « Alise » n'est pas un utilisateur connu"]
    );
    assert_eq!(
        why(&hand(&mut stage, "Alice", "alice")),
        ["« Remise » : on ne délègue pas sa voix à soi-même"]
    );
    stage.vote("Alice", "approve");
    assert_eq!(stage.request().status, Status::Approved);
    let text = PROGRAM.replace("  soumis\n", "  sans délégation\n  soumis\n");
    let mut stage = Stage::new(&text);
    stage.create(30);
    assert_eq!(why(&hand(&mut stage, "Victor", "Alise")).len(), 3, "all the reasons at once");
}

#[test]
fn a_request_is_taken_back_by_its_owner_and_submitted_by_hand() {
    let mut stage = Stage::new(PROGRAM);
    stage.create(30);
    let recall = json!({"type": "recall", "approval": "Remise", "by": "Emma"});
    assert_eq!(
        why(&stage.send(recall)),
        ["« Remise » : Emma ne peut pas rappeler cette demande ; le peuvent : Victor"]
    );
    let recall =
        json!({"type": "recall", "approval": "Remise", "by": "Victor", "comment": "à revoir"});
    stage.send(recall);
    assert_eq!(
        (stage.request().status, stage.field("Statut")),
        (Status::Recalled, json!("Brouillon"))
    );
    assert!(stage.until("2026-09-01").is_empty());
    let submit = json!({"type": "submit", "approval": "remise", "by": "Victor"});
    stage.send(submit.clone());
    assert_eq!(stage.request().by.as_deref(), Some("Victor"));
    assert_eq!(why(&stage.send(submit.clone())), ["« Remise » : une demande est déjà en attente"]);
    let mut small = Stage::new(PROGRAM);
    small.create(10);
    assert_eq!(why(&small.send(submit)).len(), 1);
}

#[test]
fn votes_are_counted() {
    let majority = PROGRAM
        .replace("niveau rôle Directeur, ", "niveau rôle Directeur, Diane, majorité, ")
        .replace("escalade Diane", "escalade Victor");
    let mut stage = Stage::new(&majority);
    stage.create(30);
    stage.vote("Alice", "approve");
    assert_eq!(stage.request().status, Status::Pending);
    stage.vote("Bruno", "reject");
    assert_eq!(stage.request().status, Status::Pending);
    stage.vote("Diane", "approve");
    assert_eq!(stage.request().status, Status::Approved);
    let mut stage = Stage::new(&majority);
    stage.create(30);
    stage.vote("Alice", "reject");
    stage.vote("Bruno", "reject");
    assert_eq!(stage.request().status, Status::Rejected);
}

#[test]
fn edited_levels_take_no_more_votes_but_other_actions_do() {
    let mut stage = Stage::new(PROGRAM);
    stage.create(30);
    let (state, records) = (stage.inner.state().clone(), stage.inner.records().clone());
    let state = State::read(&state.write()).unwrap();
    let resumed = |text: &str| {
        let mut stage = Stage::new(text);
        stage.inner = stage.inner.resume(state.clone(), records.clone());
        stage
    };
    let mut edited = resumed(&PROGRAM.replace("rôle Associé, Diane", "rôle Associé"));
    assert!(why(&edited.vote("Alice", "approve"))[0].contains("ont changé depuis"));
    edited.until("2026-07-03");
    assert_eq!(edited.request().status, Status::Pending);
    edited.send(json!({"type": "recall", "approval": "Remise"}));
    assert_eq!(edited.request().status, Status::Recalled);
    let mut same = resumed(&PROGRAM.replace("Envoyer le devis", "Envoyer"));
    assert_eq!(same.vote("Alice", "approve").approvals[0].request.status, Status::Approved);
}

#[test]
fn a_level_without_anybody_is_reported_and_without_a_level_it_is_approved() {
    let text = PROGRAM.replace("niveau rôle Directeur", "niveau Propriétaire");
    let mut stage = Stage::new(&text);
    let record = json!({"id": 1, "Remise": 30});
    let decision = stage.send(json!({"type": "created", "record": record}));
    assert_eq!(decision.errors[0].reason, "no_recipient");
    assert_eq!(stage.request().status, Status::Pending);
    let text = PROGRAM.replace("niveau rôle Directeur, délai 2 jours ouvrés, rappel 1 jour avant, ensuite escalade Diane\n", "inactif\n");
    let mut stage = Stage::new(&text);
    assert_eq!(stage.create(50).approvals.len(), 0);
    let text = text.replace("  inactif\n", "");
    let mut stage = Stage::new(&text);
    let decision = stage.create(30);
    assert_eq!(decision.approvals[0].request.status, Status::Approved);
    assert_eq!(stage.field("Statut"), "Approuvé");
}

#[test]
fn an_unknown_approval_is_named() {
    let program = Program::parse(PROGRAM).unwrap();
    let mut stage =
        Rehearsal::new(&program, Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap());
    let event = json!({"id": "e", "type": "recall", "module": "Devis", "approval": "Remises", "record": {"id": 1}});
    let error = stage.send(&Incoming::read(&event).unwrap()).unwrap_err();
    assert_eq!(
        error.message(jalon::Lang::Fr),
        "approbation inconnue `Remises` ; vouliez-vous dire `Remise` ?"
    );
}
