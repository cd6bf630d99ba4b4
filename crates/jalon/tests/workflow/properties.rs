//! Laws that hold of every program and every sequence of events.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jalon::rehearsal::Rehearsal;
use jalon::value::Instant;
use jalon::workflow::{Decision, Incoming, Outcome, RecordKey, State, Step};
use jalon::{Clock, Program};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const MODULES: &str = "
module Prospects (Leads)
  Nom     : texte
  Statut  : liste A, B, C
  Montant : nombre
  Total   : entier
  Tags    : liste multiple x, y, z
  Rejet   : case
  Push    : date
  Vu      : date-heure
  Compte  : référence Comptes
  Fit     : nombre
  Suite   : liste un, deux, trois

module Comptes
  Nom       : texte
  Type      : liste A, B, C
  Effectif  : nombre
  Prospects : fiches Prospects

score Fit sur Prospects
  +20 si Statut EST A
  +5 si Montant > 2
  -7 si Rejet EST ✓
";

/// What stands around the rules.
const AROUND: &[&str] = &[
    "",
    "garde e-mail sur Prospects, au plus 1 par 2 jours, si Rejet EST non sélectionné\n",
    "validation sur Prospects\n  Montant < 6, message \"trop pour ${Nom}\"\n",
    "dépendance Suite selon Statut sur Prospects\n  A : un, deux\n  B : trois\n",
    "pipeline score, workflow\n",
];

const CHAINING: &[&str] = &["", "aucun", "profondeur 1", "profondeur 3", "une fois"];

const TRIGGERS: [&[&str]; 2] = [
    &[
        "créé",
        "modifié",
        "créé ou modifié",
        "créé ou modifié",
        "supprimé",
        "manuel",
        "Statut modifié",
        "Montant, Total modifiés",
        "Statut DEVIENT B",
        "Statut PASSE DE A À B",
        "Push à 10h30",
        "2 jours avant Push",
        "Push, chaque mois",
        "1 heure après Vu",
        "e-mail ouvert",
        "sans modification depuis 2 jours",
        "score Fit atteint 10",
        "score Fit descend sous 10",
    ],
    &["créé ou modifié", "Type modifié", "Effectif modifié", "Type DEVIENT B", "modifié"],
];

const CONDITIONS: [&[&str]; 2] = [
    &[
        "Statut EST A, B",
        "Statut N'EST PAS C",
        "Montant > 1",
        "Montant < Prospects.Total + 3",
        "Tags CONTIENT x",
        "Rejet EST non sélectionné",
        "Nom EST VIDE OU Montant = 2",
        "Push DANS LES 7 PROCHAINS jours",
        "Compte.Type EST A",
        "NON (Statut EST B ET Montant > 2)",
    ],
    &["Type EST A, B", "Effectif > 2", "AU MOINS UN Prospects (Statut EST A)", "Nom EST VIDE"],
];

const ACTIONS: [&[&str]; 2] = [
    &[
        "Statut : A",
        "Statut : B",
        "Statut : vide",
        "Suite : trois",
        "Nom : trois",
        "Montant : 2",
        "Montant += 1",
        "Montant : Prospects.Total",
        "Total : Prospects.Montant / 2",
        "Tags += x",
        "Tags : vide",
        "Rejet : ✓",
        "Push : aujourd'hui plus 3 jours",
        "Push : Prospects.Push plus 1 jour",
        "Push : vide",
        "Compte.Type : Prospects.Statut",
        "Compte.Effectif += 1",
        "score Fit",
        "tâche \"Relancer ${Prospects.Nom}\", échéance dans 1 jour ouvré",
        "e-mail \"Bonjour\" à Nom",
        "alerte \"${Prospects.Nom}\" à Nom",
        "webhook Appel",
        "fonction Calcul(Montant)",
        "étiqueter chaud",
        "supprimer",
    ],
    &[
        "Type : A",
        "Type : B",
        "Effectif += 1",
        "chaque Prospects.Statut : Comptes.Type",
        "chaque Prospects.Montant += 1",
        "étiqueter compte",
    ],
];

/// Those that give the same when they are done once more.
const IDEMPOTENT: &[&str] =
    &["Statut : A", "Nom : trois", "Montant : 2", "Tags += x", "Rejet : ✓", "étiqueter chaud"];

const LATER: &[&str] = &[
    "puis 1 jour après",
    "puis 3 heures après",
    "puis 2 jours ouvrés après",
    "puis 1 jour après à 9h",
];

const REPETITION: &[&str] = &["", "au passage", "une seule fois"];

fn one(list: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(list)
}

/// Some of a list, in any order.
fn some(
    list: &'static [&'static str],
    count: std::ops::Range<usize>,
) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(one(list), count)
}

/// What a rule says, but for its head.
fn body(module: usize) -> impl Strategy<Value = String> {
    let branch = move || {
        let condition = prop::option::weighted(0.7, one(CONDITIONS[module]));
        let later = (one(LATER), some(ACTIONS[module], 1..3));
        (condition, some(ACTIONS[module], 1..4), prop::option::weighted(0.3, later))
    };
    let branches = prop::collection::vec(branch(), 1..3);
    (some(TRIGGERS[module], 1..3), one(REPETITION), branches).prop_map(
        |(triggers, repetition, branches)| {
            let mut text = String::new();
            for trigger in triggers.into_iter().collect::<BTreeSet<_>>() {
                let _ = writeln!(text, "  quand {trigger}");
            }
            if !repetition.is_empty() {
                let _ = writeln!(text, "  {repetition}");
            }
            let count = branches.len();
            for (index, (condition, actions, later)) in branches.into_iter().enumerate() {
                match (index, condition) {
                    (0, None) if count > 1 => text += "  si Statut EST C OU Nom EST VIDE\n",
                    (0, None) => {}
                    (0, Some(condition)) => {
                        let _ = writeln!(text, "  si {condition}");
                    }
                    (_, None) => text += "  sinon\n",
                    (_, Some(condition)) => {
                        let _ = writeln!(text, "  sinon si {condition}");
                    }
                }
                text += "  alors\n";
                actions.iter().for_each(|action| {
                    let _ = writeln!(text, "    {action}");
                });
                if let Some((later, actions)) = later {
                    let _ = writeln!(text, "  {later}");
                    actions.iter().for_each(|action| {
                        let _ = writeln!(text, "    {action}");
                    });
                }
            }
            text
        },
    )
}

/// The text of a program: its rules are `R0`, `R1` and so on.
fn programs() -> impl Strategy<Value = String> {
    let rules = prop::collection::vec(
        prop_oneof![
            3 => body(0).prop_map(|body| ("Prospects", body)),
            1 => body(1).prop_map(|body| ("Comptes", body.replace("Statut EST C", "Type EST C"))),
        ],
        1..6,
    );
    let texts = (rules, one(CHAINING), one(AROUND)).prop_map(|(rules, chaining, around)| {
        let mut text =
            format!("{MODULES}\n{around}\nwebhook Appel\n  GET https://a.fr/?n=${{Nom}}\n\n");
        if !chaining.is_empty() {
            let _ = writeln!(text, "enchaînement {chaining}\n");
        }
        for (index, (module, body)) in rules.iter().enumerate() {
            let _ = writeln!(text, "règle \"R{index}\" sur {module}\n{body}");
        }
        text
    });
    texts.prop_filter("a rule that cannot do what it says", |text| Program::parse(text).is_ok())
}

fn parsed(text: &str) -> Program {
    Program::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn fields() -> impl Strategy<Value = Json> {
    let field = prop_oneof![
        prop::sample::select(vec!["", "un", "Dupont & Fils <SARL>"])
            .prop_map(|v| ("Nom", json!(v))),
        prop::sample::select(vec!["A", "B", "C", "b"]).prop_map(|v| ("Statut", json!(v))),
        prop::sample::select(vec!["un", "trois"]).prop_map(|v| ("Suite", json!(v))),
        (0..5).prop_map(|v| ("Montant", json!(v))),
        (0..50).prop_map(|v| ("Montant", json!(f64::from(v) / 10.0))),
        (0..5).prop_map(|v| ("Total", json!(v))),
        prop::sample::subsequence(vec!["x", "y", "z"], 0..3).prop_map(|v| ("Tags", json!(v))),
        any::<bool>().prop_map(|v| ("Rejet", json!(v))),
        (1..20).prop_map(|v| ("Push", json!(format!("2026-07-{v:02}")))),
        (1..20).prop_map(|v| ("Vu", json!(format!("2026-07-{v:02}T08:00Z")))),
        prop::sample::select(vec!["k1", "k2", "k3"]).prop_map(|v| ("Compte", json!(v))),
        Just(("Push", Json::Null)),
    ];
    prop::collection::vec(field, 0..6).prop_map(|fields| {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
        Json::Object(fields.collect())
    })
}

/// Something that happens.
#[derive(Clone, Debug)]
enum Happens {
    Created(u8, Json),
    Updated(u8, Json),
    Account(u8, Json),
    Deleted(u8),
    Opened(u8),
    Pressed(u8, u8),
    Hours(i64),
}

fn events() -> impl Strategy<Value = Vec<Happens>> {
    let account = (prop::sample::select(vec!["A", "B", "C"]), 0..5)
        .prop_map(|(ty, size)| json!({"Type": ty, "Effectif": size}));
    let event = prop_oneof![
        3 => (0..3_u8, fields()).prop_map(|(id, fields)| Happens::Created(id, fields)),
        5 => (0..3_u8, fields()).prop_map(|(id, fields)| Happens::Updated(id, fields)),
        2 => (1..3_u8, account).prop_map(|(id, fields)| Happens::Account(id, fields)),
        1 => (0..3_u8).prop_map(Happens::Deleted),
        1 => (0..3_u8).prop_map(Happens::Opened),
        1 => (0..3_u8, 0..6_u8).prop_map(|(id, rule)| Happens::Pressed(id, rule)),
        3 => (1..100_i64).prop_map(Happens::Hours),
    ];
    prop::collection::vec(event, 1..8)
}

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
    match depth(text) {
        // The score stage begins with a wave of its own, which changes nothing but its rules' values.
        Some(depth) => assert!(waves(decision) <= depth + 3, "{decision:#?}"),
        None => {
            let unique: BTreeSet<_> = fired.iter().collect();
            assert_eq!(unique.len(), fired.len(), "{decision:#?}");
            assert!(waves(decision) <= fired.len() + 3, "{decision:#?}");
        }
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
            (Some(held), Some(old)) => held == old,
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
