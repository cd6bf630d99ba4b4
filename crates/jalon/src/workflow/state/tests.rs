//! A state is what it was put together from, however it is packed.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::approval::{Act, Approver, Cast, Delegation, Entry, Seat, Status, Verdict};
use crate::blueprint::{Draft, Given, History, Move, Progress};
use crate::checked::approval::Quorum;

fn instants() -> impl Strategy<Value = Instant> {
    prop_oneof![
        (0..4_i64).prop_map(|n| Instant::from_micros(n * 1_000_000)),
        any::<i64>().prop_map(Instant::from_micros),
    ]
}

fn timers() -> impl Strategy<Value = Timer> {
    let causes = prop_oneof![
        (any::<u32>(), "[a-c]{0,3}", "\\PC{0,4}")
            .prop_map(|(trigger, field, value)| { TimerCause::Date { trigger, field, value } }),
        (any::<u32>(), any::<u32>(), instants())
            .prop_map(|(branch, later, fired)| TimerCause::Later { branch, later, fired }),
        (any::<u32>(), instants()).prop_map(|(trigger, since)| TimerCause::Idle { trigger, since }),
        (any::<u32>(), instants(), proptest::option::of(0..9_u32)).prop_map(
            |(level, since, number)| {
                let lapse = number.map_or(Lapse::Deadline, |number| Lapse::Reminder { number });
                TimerCause::Approval { level, since, lapse }
            }
        ),
        (instants(), any::<u32>(), "[a-c]{0,2}", 0..3).prop_map(|(since, number, name, kind)| {
            let step = match kind {
                0 => DueStep::Reminder { number },
                1 => DueStep::Escalation { level: number },
                _ => DueStep::Transition { transition: name },
            };
            TimerCause::Process { since, step }
        }),
    ];
    ("[a-c/]{0,4}", instants(), "[a-c]{0,2}", "[0-9a-f]{0,3}", causes)
        .prop_map(|(id, due, rule, rule_hash, cause)| Timer { id, due, rule, rule_hash, cause })
}

fn requests() -> impl Strategy<Value = Approval> {
    let seat = ("[a-c]{1,2}", any::<bool>(), proptest::option::of("[a-c]{1,2}")).prop_map(
        |(name, escalated, by)| Seat {
            who: if escalated { Approver::User(name.into()) } else { Approver::Role(name.into()) },
            escalated,
            vote: by.map(|by| Cast { by: by.into(), verdict: Verdict::Approve }),
        },
    );
    let acts = prop_oneof![
        Just(Act::Submitted),
        Just(Act::Voted { verdict: Verdict::Reject }),
        "[a-c]{1,2}".prop_map(|to| Act::Delegated { to: to.into() }),
        Just(Act::Ended { status: Status::Recalled }),
    ];
    let entry =
        (instants(), proptest::option::of("[a-c]"), acts, proptest::option::of("\\PC{0,3}"))
            .prop_map(|(at, by, act, comment)| Entry {
                at,
                level: 1,
                by: by.map(Into::into),
                act,
                comment,
            });
    let seats = prop::collection::vec(seat, 0..3);
    let history = prop::collection::vec(entry, 0..4);
    ("[a-c]{1,2}", any::<u32>(), instants(), proptest::option::of(instants()), seats, history)
        .prop_map(|(name, level, since, due, seats, history)| Approval {
            approval: name.as_str().into(),
            content: "c".into(),
            status: Status::Pending,
            level,
            since,
            due,
            by: due.map(|_| name.as_str().into()),
            submitted: since,
            quorum: Quorum::Majority,
            delegations: vec![Delegation {
                from: "a".into(),
                to: name.as_str().into(),
                seats: vec![0, level],
            }],
            seats,
            history,
        })
}

fn shared() -> impl Strategy<Value = Arc<str>> {
    "[A-C]{1,2}".prop_map(Arc::from)
}

fn processes() -> impl Strategy<Value = Instance> {
    let given = ("[a-c]{0,2}", "\\PC{0,4}", prop::option::of("\\PC{0,3}"))
        .prop_map(|(field, text, note)| Given { note, ..Given::new().with(&field, text) });
    let drafts = (shared(), given, instants(), prop::option::of(shared()))
        .prop_map(|(transition, given, saved, by)| Draft { transition, given, saved, by });
    let progress = (shared(), prop::collection::vec(shared(), 0..3))
        .prop_map(|(transition, done)| Progress { transition, done });
    let names = || prop::option::of(shared());
    let moves = (names(), names(), shared(), instants(), names())
        .prop_map(|(transition, from, to, at, by)| Move { transition, from, to, at, by });
    let step = prop_oneof![
        any::<u32>().prop_map(|number| DueStep::Reminder { number }),
        any::<u32>().prop_map(|level| DueStep::Escalation { level }),
        "[A-C]{1,2}".prop_map(|transition| DueStep::Transition { transition }),
    ];
    let told = prop::collection::vec(step, 0..3);
    let times = (instants(), told, prop::option::of(instants()));
    (
        (shared(), shared(), shared()),
        times,
        prop::collection::vec(drafts, 0..2),
        prop::collection::vec(progress, 0..2),
        prop::collection::vec(moves, 0..4),
    )
        .prop_map(
            |((blueprint, content, state), (since, told, left), drafts, progress, moves)| {
                let history =
                    moves.into_iter().fold(History::default(), |before, made| before.and(made));
                Instance { blueprint, content, state, since, told, left, drafts, progress, history }
            },
        )
}

fn states() -> impl Strategy<Value = RecordState> {
    let sent = prop::collection::vec(instants(), 0..3);
    let numbers = (any::<i64>(), 0..28_u32).prop_map(|(n, scale)| Decimal::new(n, scale));
    (
        prop::collection::btree_set("\\PC{0,3}", 0..3),
        prop::collection::vec(timers(), 0..3),
        prop::collection::btree_map("[a-c]{0,2}", sent, 0..2),
        prop::collection::btree_map("[a-c]{0,2}", numbers, 0..2),
        (prop::collection::vec(requests(), 0..2), prop::option::of(processes())),
    )
        .prop_map(|(fired, timers, sent, scores, (approvals, process))| RecordState {
            fired,
            timers,
            sent,
            scores,
            approvals,
            process,
        })
}

fn keys() -> impl Strategy<Value = RecordKey> {
    ("[AB]?", "[ab\u{e9}]{0,2}").prop_map(|(module, id)| RecordKey { module, id })
}

/// The timers due at an instant, found by looking at all of them.
fn looked_up(records: &BTreeMap<RecordKey, RecordState>, now: Instant) -> Vec<(RecordKey, Timer)> {
    let all = records.iter().flat_map(|(key, state)| {
        state.timers.iter().map(move |timer| (key.clone(), timer.clone()))
    });
    let mut due: Vec<_> = all.filter(|(_, timer)| timer.due <= now).collect();
    due.sort_by(|a, b| (a.1.due, &a.0, &a.1.id).cmp(&(b.1.due, &b.0, &b.1.id)));
    due
}

proptest! {
    #[test]
    fn it_holds_what_was_put_in(
        puts in prop::collection::vec((keys(), states()), 0..24),
        now in instants(),
    ) {
        let mut state = State::new();
        let mut records = BTreeMap::new();
        for (key, of) in &puts {
            state.put(key, of);
            if *of == RecordState::default() {
                records.remove(key);
            } else {
                records.insert(key.clone(), of.clone());
            }
        }
        prop_assert_eq!(state.records().collect::<BTreeMap<_, _>>(), records.clone());
        prop_assert_eq!(state.len(), records.len());
        for (key, _) in &puts {
            prop_assert_eq!(state.of(key), records.get(key).cloned());
        }
        prop_assert_eq!(state.due(now), looked_up(&records, now));
        let next = records.values().flat_map(|state| &state.timers).map(|timer| timer.due).min();
        prop_assert_eq!(state.next_due(), next);
        let text = serde_json::to_string(&state).unwrap();
        let read: State = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
        // The order in which records came does not show.
        let mut again = State::new();
        records.iter().rev().for_each(|(key, state)| again.put(key, state));
        prop_assert_eq!(&again, &state);
        prop_assert_eq!(&read, &state);
    }
}

#[test]
fn its_form_is_a_list_of_records() {
    let json = json!({
        "version": 1,
        "records": [{
            "module": "Prospects", "id": "1", "fired": ["Une"],
            "timers": [{
                "id": "e/R/Prospects/1/d1", "due": "2026-07-14T08:30Z", "rule": "R",
                "rule_hash": "00ff",
                "cause": {"kind": "date", "trigger": 0, "field": "Date", "value": "2026-07-14"},
            }],
        }],
    });
    let state: State = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&state).unwrap(), json);
    let emptied: Json = json!({"version": 1, "records": [{"module": "Prospects", "id": "1"}]});
    let mut state = state;
    state.apply(&serde_json::from_value(emptied).unwrap());
    assert!(state.is_empty() && state.next_due().is_none());
}
