//! Whatever happens, in whatever order: nothing is approved without each level, nobody answers who
//! is not asked, and what is saved and read again goes on the same.

use jalon::Program;
use jalon::approval::{Act, Approval, Approver, Status, Verdict};
use jalon::rehearsal::Rehearsal;
use jalon::users::{User, Users};
use jalon::workflow::{Decision, Incoming, RecordKey, State};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

const NAMES: [&str; 5] = ["Alice", "Bruno", "Chloé", "Diane", "Emil"];

/// Who is in which role, whatever the program says.
fn users() -> Users {
    let role = |name: &str| match name {
        "Alice" | "Bruno" => "Directeur",
        "Chloé" | "Diane" => "Associé",
        _ => "Autre",
    };
    let all = NAMES.iter().map(|name| json!({"name": name, "roles": [role(name)]}));
    serde_json::from_value(Json::Array(all.collect())).unwrap()
}

fn level() -> impl Strategy<Value = String> {
    let who = select(vec![
        "rôle Directeur",
        "rôle Associé",
        "Alice, Chloé, Emil",
        "Bruno",
        "rôle Autre, Diane",
    ]);
    let quorum = select(vec!["", ", unanimité", ", majorité", ", un seul"]);
    let deadline = select(vec![
        "",
        ", délai 2 jours",
        ", délai 2 jours, rappel 1 jour avant",
        ", délai 1 jour, ensuite escalade Emil",
        ", délai 1 jour, ensuite refusé",
    ]);
    let condition = select(vec!["", ", si Remise > 40"]);
    (who, quorum, deadline, condition).prop_map(|(who, quorum, deadline, condition)| {
        format!("  niveau {who}{quorum}{deadline}{condition}\n")
    })
}

fn program() -> impl Strategy<Value = String> {
    let levels = proptest::collection::vec(level(), 1..4);
    let lock = select(vec!["", "  verrouillé\n", "  verrouillé, sauf Note\n"]);
    (levels, lock, any::<bool>()).prop_map(|(levels, lock, delegation)| {
        let delegation = if delegation { "" } else { "  sans délégation\n" };
        format!(
            "module Devis\n  Remise : nombre\n  Note : texte\n  Statut : texte\n\
             approbation A sur Devis\n  quand créé ou modifié\n  si Remise > 20\n{lock}{delegation}{}  \
             approuvé\n    Statut : oui\n  refusé\n    Statut : non\n  rappelé\n    Statut : repris\n",
            levels.concat()
        )
    })
}

#[derive(Clone, Debug)]
enum Doing {
    Event(Json),
    Hours(i64),
}

fn doing() -> impl Strategy<Value = Doing> {
    let name = || select(NAMES.to_vec());
    let event = prop_oneof![
        6 => (name(), prop::bool::weighted(0.8)).prop_map(|(by, yes)| {
            let verdict = if yes { "approve" } else { "reject" };
            json!({"type": "vote", "approval": "A", "by": by, "verdict": verdict})
        }),
        2 => (name(), name()).prop_map(|(by, to)| json!({"type": "delegate", "approval": "A", "by": by, "to": to})),
        1 => name().prop_map(|by| json!({"type": "recall", "approval": "A", "by": by})),
        1 => name().prop_map(|by| json!({"type": "submit", "approval": "A", "by": by})),
        2 => (10..60_u32).prop_map(|n| json!({"type": "updated", "changes": {"Remise": n}})),
        1 => Just(json!({"type": "updated", "changes": {"Note": "x"}})),
    ];
    prop_oneof![6 => event.prop_map(Doing::Event), 1 => (1..60_i64).prop_map(Doing::Hours)]
}

fn key() -> RecordKey {
    RecordKey { module: "Devis".into(), id: "1".into() }
}

fn request(stage: &Rehearsal) -> Option<Approval> {
    stage.state().of(&key())?.approvals.first().cloned()
}

/// Does one thing, with the stage as it is.
fn step(stage: &mut Rehearsal, number: usize, doing: &Doing) -> Vec<Decision> {
    match doing {
        Doing::Hours(hours) => {
            let now = stage.clock().now.unwrap().micros() + hours * 3_600_000_000;
            let until = jalon::value::Instant::from_micros(now);
            stage.advance(until).unwrap().into_iter().map(|fired| fired.decision).collect()
        }
        Doing::Event(event) => {
            let mut event = event.clone();
            event["id"] = format!("e{number}").into();
            event["module"] = "Devis".into();
            event["record"] = json!({"id": 1});
            vec![stage.send(&Incoming::read(&event).unwrap()).unwrap()]
        }
    }
}

/// Those of this request who have answered on a level, by what happened to it.
fn answered(request: &Approval, level: u32, verdict: Verdict) -> Vec<String> {
    let since = request.history.iter().rposition(|entry| entry.act == Act::Submitted).unwrap_or(0);
    let of = request.history[since..]
        .iter()
        .filter(|entry| entry.level == level && entry.act == Act::Voted { verdict });
    of.filter_map(|entry| entry.by.as_deref().map(str::to_owned)).collect()
}

/// Whether somebody is asked by a seat as it was given, without delegation.
fn is_asked(request: &Approval, user: &User) -> bool {
    request.seats.iter().any(|seat| seat.vote.is_none() && seat.who.includes(user))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_approved_without_its_levels_and_reloading_changes_nothing(
        text in program(),
        discount in 10..60_u32,
        doings in proptest::collection::vec(doing(), 0..24),
    ) {
        let program = Program::parse(&text).unwrap();
        let clock = program.clock(jalon::value::read::moment("2026-06-30T10:30"), None);
        let mut stage = Rehearsal::new(&program, clock).with_users(users());
        let users = users();
        let created = json!({"id": "e0", "type": "created", "module": "Devis", "record": {"id": 1, "Remise": discount}});
        stage.send(&Incoming::read(&created).unwrap()).unwrap();
        for (number, doing) in doings.iter().enumerate() {
            let before = request(&stage);
            let reloaded = State::read(&stage.state().write()).unwrap();
            let mut again = Rehearsal::new(&program, stage.clock().clone())
                .with_users(users.clone())
                .resume(reloaded, stage.records().clone());
            let decisions = step(&mut stage, number + 1, doing);
            prop_assert_eq!(&step(&mut again, number + 1, doing), &decisions);
            prop_assert_eq!(again.state(), stage.state());
            let refused = decisions.iter().any(|decision| !decision.refusals.is_empty());
            let after = request(&stage);
            if refused {
                prop_assert_eq!(&after, &before, "what is refused changes nothing");
            }
            // Who votes was asked, by a seat or by somebody who was and handed it over.
            if let (Doing::Event(event), Some(before)) = (doing, &before)
                && event["type"] == "vote" && !refused
            {
                let by = users.named(event["by"].as_str().unwrap()).unwrap();
                let handed = before.delegations.iter().any(|d| by.is(&d.to));
                prop_assert!(before.is_pending() && (is_asked(before, by) || handed), "{:?}", before);
            }
            let Some(after) = after else { continue };
            // Every level that was asked and passed has an agreement, by vote or by its deadline;
            // levels end one after the other, and a request that ended stays as it ended.
            if after.status == Status::Approved {
                let since = after.history.iter().rposition(|e| e.act == Act::Submitted).unwrap();
                for entry in &after.history[since..] {
                    if entry.act == Act::Asked {
                        prop_assert!(
                            !answered(&after, entry.level, Verdict::Approve).is_empty(),
                            "level {} of {:?}", entry.level, after
                        );
                    }
                }
                prop_assert_eq!(after.level as usize, text.matches("  niveau ").count());
            }
            let asked = after.seats.iter().all(|seat| match &seat.who {
                Approver::User(name) => users.named(name).is_some(),
                _ => true,
            });
            prop_assert!(asked);
            if let Some(vote) = after.seats.iter().find_map(|seat| seat.vote.as_ref()) {
                prop_assert!(users.named(&vote.by).is_some());
            }
            // What waits for a deadline has a timer, what has ended has none.
            let timers = stage.state().of(&key()).map(|state| state.timers).unwrap_or_default();
            if !after.is_pending() {
                prop_assert!(timers.is_empty(), "{:?}", timers);
            }
        }
    }
}
