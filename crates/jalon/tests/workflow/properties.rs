//! Laws that hold of every program and every sequence of events.

mod made;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jalon::rehearsal::Rehearsal;
use jalon::value::Instant;
use jalon::workflow::{Decision, Incoming, Outcome, RecordKey, State, Step};
use jalon::{Clock, Program};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use made::{
    CHAINING, CONDITIONS, Happens, IDEMPOTENT, MODULES, events, fields, one, parsed, programs, some,
};

fn lead(id: u8) -> RecordKey {
    RecordKey { module: "Prospects".into(), id: format!("p{id}") }
}

/// The stage at first: two accounts that list leads.
fn stage(program: &Program) -> Rehearsal {
    let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
    let mut stage = Rehearsal::new(program, clock);
    for id in ["k1", "k2"] {
        let key = RecordKey { module: "Comptes".into(), id: id.into() };
        let leads = json!([{"id": "p0", "Statut": "A", "Montant": 1}, {"id": "p9", "Statut": "B"}]);
        stage.put(key, json!({"id": id, "Type": "A", "Effectif": 1, "Prospects": leads}));
    }
    stage
}

/// The event as JSON, if it can happen on a stage.
fn event(happens: &Happens, number: usize, stage: &Rehearsal, program: &Program) -> Option<Json> {
    let id = format!("e{number}");
    let whole = |lead: &RecordKey| stage.record(lead).cloned();
    Some(match happens {
        Happens::Created(n, fields) => {
            let mut record = fields.clone();
            record["id"] = json!(lead(*n).id);
            json!({"id": id, "type": "created", "module": "Prospects", "record": record})
        }
        Happens::Updated(n, fields) => json!({"id": id, "type": "updated", "module": "Prospects",
            "before": whole(&lead(*n))?, "after": fields}),
        Happens::Account(n, fields) => {
            let key = RecordKey { module: "Comptes".into(), id: format!("k{n}") };
            json!({"id": id, "type": "updated", "module": "Comptes",
                "before": whole(&key)?, "after": fields})
        }
        Happens::Deleted(n) => json!({"id": id, "type": "deleted", "module": "Prospects",
            "record": whole(&lead(*n))?}),
        Happens::Opened(n) => json!({"id": id, "type": "activity", "module": "Prospects",
            "activity": "e-mail ouvert", "record": whole(&lead(*n))?}),
        Happens::Pressed(n, rule) => {
            let rule = program.rules().nth(*rule as usize)?;
            json!({"id": id, "type": "manual", "module": "Prospects", "rule": rule,
                "record": whole(&lead(*n))?})
        }
        Happens::Hours(_) => return None,
    })
}

/// Lets one thing happen: what was decided, each with its time.
fn happen(
    stage: &mut Rehearsal,
    happens: &Happens,
    number: usize,
    program: &Program,
) -> Vec<(Option<Instant>, Decision)> {
    if let Happens::Hours(hours) = happens {
        let now = stage.clock().now.unwrap();
        let until = Instant::from_micros(now.micros() + hours * 3_600_000_000);
        let fired = stage.advance(until).unwrap();
        return fired.into_iter().map(|fired| (Some(fired.at), fired.decision)).collect();
    }
    let Some(event) = event(happens, number, stage, program) else { return Vec::new() };
    let event = Incoming::read(&event).unwrap();
    vec![(None, stage.send(&event).unwrap())]
}

/// The stage saved and loaded.
fn reloaded(stage: &Rehearsal, program: &Program) -> Rehearsal {
    let text = serde_json::to_string(stage.state()).unwrap();
    let state: State = serde_json::from_str(&text).unwrap();
    assert_eq!(&state, stage.state());
    Rehearsal::new(program, stage.clock().clone()).resume(state, stage.records().clone())
}

fn written(decision: &Decision) -> String {
    serde_json::to_string(decision).unwrap()
}

/// How many further waves a program allows.
fn depth(text: &str) -> Option<usize> {
    match text {
        text if text.contains("profondeur 1") => Some(1),
        text if text.contains("profondeur 3") => Some(3),
        text if text.contains("enchaînement aucun") => Some(0),
        _ => None,
    }
}

fn waves(decision: &Decision) -> usize {
    let steps = decision.trace.iter().flatten();
    steps.filter(|step| matches!(step, Step::Wave { .. })).count()
}

/// What holds of a single decision that has its trace.
fn lawful(text: &str, decision: &Decision, before: &BTreeMap<RecordKey, Json>) {
    let steps = || decision.trace.iter().flatten();
    // Cascades end.
    let fired: Vec<_> = steps()
        .filter_map(|step| match step {
            Step::Rule { rule, record, outcome: Outcome::Fired { .. } } => Some((rule, record)),
            _ => None,
        })
        .collect();
    if let Some(depth) = depth(text) {
        // The score stage begins with a wave of its own.
        assert!(waves(decision) <= depth + 3, "{decision:#?}");
    } else {
        let unique: BTreeSet<_> = fired.iter().collect();
        assert_eq!(unique.len(), fired.len(), "{decision:#?}");
        assert!(waves(decision) <= fired.len() + 3, "{decision:#?}");
    }
    // Nothing that stays the same is a change, and what is written must have been so.
    let wrote = steps().any(|step| matches!(step, Step::Write { old, new, .. } if old != new));
    assert!(wrote || decision.changes.is_empty(), "{decision:#?}");
    let settled = steps().filter(|step| matches!(step, Step::Stage { .. })).count() == 0;
    assert!(wrote || settled || waves(decision) <= 2, "{decision:#?}");
    for change in &decision.changes {
        assert_ne!(change.old, change.new, "{decision:#?}");
        let Some(record) = before.get(&change.record) else { continue };
        let held = record.get(&change.field).cloned().unwrap_or(Json::Null);
        let old = change.old.to_json();
        let same = match (held.as_f64(), old.as_f64()) {
            (Some(held), Some(old)) => held.total_cmp(&old).is_eq(),
            _ => held == old,
        };
        assert!(same, "{}: {held} but expected {old}: {decision:#?}", change.field);
    }
    // Ids are of one effect.
    let effects = decision.effects.iter().map(|effect| &effect.id);
    let armed = decision.timers.iter().filter(|timer| matches!(timer.change, "arm" | "move"));
    let ids: Vec<_> = effects.chain(armed.map(|timer| &timer.timer.id)).collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{decision:#?}");
}

/// The record that an event of a stage makes, before rules act on it.
fn after(stage: &Rehearsal, happens: &Happens) -> BTreeMap<RecordKey, Json> {
    let mut records = stage.records().clone();
    let set = |record: &mut Json, fields: &Json| {
        for (name, value) in fields.as_object().unwrap() {
            record[name] = value.clone();
        }
    };
    match happens {
        Happens::Created(n, fields) => {
            records.insert(lead(*n), fields.clone());
        }
        Happens::Updated(n, fields) => {
            records.entry(lead(*n)).and_modify(|record| set(record, fields));
        }
        Happens::Account(n, fields) => {
            let key = RecordKey { module: "Comptes".into(), id: format!("k{n}") };
            records.entry(key).and_modify(|record| set(record, fields));
        }
        _ => {}
    }
    records
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_decision_is_lawful(text in programs(), events in events()) {
        let program = parsed(&text);
        let mut stage = stage(&program).tracing();
        for (number, happens) in events.iter().enumerate() {
            let before = after(&stage, happens);
            let timed = matches!(happens, Happens::Hours(_));
            for (index, (_, decision)) in
                happen(&mut stage, happens, number, &program).iter().enumerate()
            {
                // What a timer finds has been changed by those before it.
                let before = if timed && index > 0 { &BTreeMap::new() } else { &before };
                lawful(&text, decision, before);
            }
        }
    }

    /// The same input gives the same bytes, with a trace and without, and whenever the state is
    /// saved and loaded.
    #[test]
    fn decisions_are_determined(text in programs(), events in events()) {
        let program = parsed(&text);
        let mut one = stage(&program);
        let mut other = stage(&program);
        let mut tracing = stage(&program).tracing();
        for (number, happens) in events.iter().enumerate() {
            other = reloaded(&other, &program);
            let ones = happen(&mut one, happens, number, &program);
            let others = happen(&mut other, happens, number, &program);
            let traced = happen(&mut tracing, happens, number, &program);
            prop_assert_eq!(ones.len(), others.len());
            prop_assert_eq!(ones.len(), traced.len());
            for ((one, other), traced) in ones.iter().zip(&others).zip(&traced) {
                prop_assert_eq!(one.0, other.0);
                prop_assert_eq!(written(&one.1), written(&other.1));
                let traced = Decision { trace: None, ..traced.1.clone() };
                prop_assert_eq!(written(&one.1), written(&traced));
            }
        }
        prop_assert_eq!(one.records(), other.records());
    }

    /// What decisions say of the state is all that is needed to have it again.
    #[test]
    fn a_log_of_decisions_gives_the_state(text in programs(), events in events()) {
        let program = parsed(&text);
        let mut stage = stage(&program);
        let mut replayed = State::new();
        for (number, happens) in events.iter().enumerate() {
            for (_, decision) in happen(&mut stage, happens, number, &program) {
                let text = serde_json::to_string(&decision.state).unwrap();
                replayed.apply(&serde_json::from_str(&text).unwrap());
            }
            replayed.ticked = stage.state().ticked;
            prop_assert_eq!(&replayed, stage.state());
        }
    }

    /// A timer that was armed is done or cancelled once, and one that is done does nothing more.
    #[test]
    fn timers_fire_once(text in programs(), events in events()) {
        let program = parsed(&text);
        let mut stage = stage(&program);
        let mut armed: BTreeSet<(RecordKey, String)> = BTreeSet::new();
        for (number, happens) in events.iter().chain([&Happens::Hours(2_000)]).enumerate() {
            stage = reloaded(&stage, &program);
            for (at, decision) in happen(&mut stage, happens, number, &program) {
                for change in &decision.timers {
                    let timer = (change.record.clone(), change.timer.id.clone());
                    match change.change {
                        "arm" => prop_assert!(armed.insert(timer), "armed twice: {change:?}"),
                        "move" => prop_assert!(armed.contains(&timer), "never armed: {change:?}"),
                        "done" => {
                            prop_assert_eq!(at, Some(change.timer.due));
                            prop_assert!(armed.remove(&timer), "done twice: {:?}", change);
                        }
                        "cancel" => prop_assert!(armed.remove(&timer), "not armed: {change:?}"),
                        _ => {}
                    }
                }
            }
            let known: BTreeSet<_> = stage
                .state()
                .records()
                .flat_map(|(key, state)| {
                    state.timers.into_iter().map(move |timer| (key.clone(), timer.id))
                })
                .collect();
            prop_assert_eq!(&known, &armed);
            prop_assert!(stage.state().next_due().is_none_or(|due| Some(due) > stage.clock().now));
        }
    }

    /// Rules `au passage` whose effects are done already do not act when the event comes again.
    #[test]
    fn what_has_been_done_is_not_done_again(
        rules in prop::collection::vec((one(CONDITIONS[0]), some(IDEMPOTENT, 1..3)), 1..5),
        first in fields(),
    ) {
        let mut text = MODULES.to_owned();
        for (index, (condition, actions)) in rules.iter().enumerate() {
            let actions = actions.join("\n    ");
            let _ = writeln!(
                text,
                "règle \"R{index}\" sur Prospects\n  quand créé ou modifié\n  si {condition}\n  \
                 au passage\n  alors\n    {actions}\n",
            );
        }
        let program = parsed(&text);
        let mut stage = stage(&program);
        happen(&mut stage, &Happens::Created(0, first), 0, &program);
        // Saved as it is.
        let again = happen(&mut stage, &Happens::Updated(0, json!({})), 1, &program);
        for (_, decision) in &again {
            prop_assert_eq!(&decision.fired, &Vec::<String>::new());
            prop_assert!(decision.changes.is_empty() && decision.effects.is_empty());
            prop_assert!(decision.state.is_empty());
        }
        prop_assert_eq!(again.len(), 1);
    }

    /// A rule that writes what is there already raises nothing.
    #[test]
    fn what_is_there_already_raises_nothing(
        actions in some(IDEMPOTENT, 1..4),
        chaining in one(CHAINING),
        first in fields(),
    ) {
        let mut text = MODULES.to_owned();
        if !chaining.is_empty() {
            let _ = writeln!(text, "enchaînement {chaining}\n");
        }
        let actions = actions.join("\n    ");
        let _ = writeln!(text, "règle \"R\" sur Prospects\n  quand modifié\n  alors\n    {actions}\n");
        let program = parsed(&text);
        let mut stage = stage(&program).tracing();
        happen(&mut stage, &Happens::Created(0, first), 0, &program);
        happen(&mut stage, &Happens::Updated(0, json!({})), 1, &program);
        let again = happen(&mut stage, &Happens::Updated(0, json!({})), 2, &program);
        prop_assert!(again[0].1.changes.is_empty());
        prop_assert_eq!(waves(&again[0].1), 1);
    }
}
