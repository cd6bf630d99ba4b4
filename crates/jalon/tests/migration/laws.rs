//! Laws of migrations, on edits and instances made at random.

use std::sync::Arc;

use jalon::blueprint::migration::{Fate, Mapping};
use jalon::blueprint::{Draft, Given, Instance, Progress};
use jalon::value::{Instant, Value};
use proptest::prelude::*;
use proptest::sample::select;

use super::{instance, program};

const STATES: [&str; 5] = ["A", "B", "C", "D", "E"];
const NAMES: [&str; 4] = ["Un", "Deux", "Trois", "Quatre"];

/// A transition: name, from, to, whether it is parallel, what it asks for.
type Way = (usize, usize, usize, bool, Vec<&'static str>);

/// A blueprint of some of the states and ways between them.
fn blueprint() -> impl Strategy<Value = String> {
    let states = proptest::sample::subsequence(STATES.to_vec(), 1..=STATES.len());
    let asked = proptest::sample::subsequence(vec!["Montant", "Motif"], 0..=2);
    let way = (0..NAMES.len(), 0..5usize, 0..5usize, any::<bool>(), asked);
    (states, proptest::collection::vec(way, 0..6), any::<bool>()).prop_map(|(states, ways, inactive)| {
        let mut text = format!(
            "module Affaires\n  Étape : liste {}, Fin\n  Montant : devise\n  Motif : texte\nparcours P sur \
             Affaires, champ Étape{}\n  états {}\n  final Fin\n",
            STATES.join(", "),
            if inactive { ", inactif" } else { "" },
            states.join(", ")
        );
        let mut seen = Vec::new();
        for (name, from, to, parallel, asks) in ways as Vec<Way> {
            let (from, to) = (states[from % states.len()], states[to % states.len()]);
            if seen.contains(&(name, from)) {
                continue;
            }
            seen.push((name, from));
            let name = NAMES[name];
            let kind = if parallel { " parallèle" } else { "" };
            text += &format!("  transition{kind} {name} de {from} vers {to}\n");
            if !asks.is_empty() {
                text += &format!("    pendant\n      obligatoire {}\n", asks.join(", "));
            }
            if parallel {
                text += &format!("    enfant {name}A{from}\n    enfant {name}B{from}\n");
            }
        }
        text
    })
}

/// Drafts and progress, sensible and not.
fn luggage() -> impl Strategy<Value = (Vec<Draft>, Vec<Progress>)> {
    let name = select(&NAMES[..]);
    let draft = (name.clone(), any::<bool>(), any::<bool>()).prop_map(|(name, amount, note)| {
        let fields = if amount { vec![("Montant".to_owned(), Value::from(3))] } else { Vec::new() };
        let note = note.then(|| "n".to_owned());
        let given = Given { fields, note, ..Given::default() };
        Draft { transition: name.into(), given, saved: Instant::from_micros(0), by: None }
    });
    let child = (select(&["A", "B"][..]), select(&STATES[..]));
    let progress = (name, proptest::collection::vec(child, 1..3)).prop_map(|(name, children)| {
        let done = children.into_iter().map(|(of, state)| format!("{name}{of}{state}").into());
        Progress { transition: name.into(), done: done.collect() }
    });
    (proptest::collection::vec(draft, 0..3), proptest::collection::vec(progress, 0..2))
}

/// Where each state leads: nowhere, out, or to a state.
fn leads() -> impl Strategy<Value = Vec<Option<Option<usize>>>> {
    let lead = prop_oneof![Just(None), Just(Some(None)), (0..5usize).prop_map(|to| Some(Some(to)))];
    proptest::collection::vec(lead, STATES.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_instance_goes_one_way_and_none_is_silently_different(
        (old, new, leads, luggage) in (blueprint(), blueprint(), leads(), luggage())
    ) {
        let (old, new) = (program(&old), program(&new));
        let blueprint = &new.checked().blueprints[0];
        let has = |state: &str| blueprint.states.iter().any(|known| known.name == state);
        let mut mapping = Mapping::default();
        for (from, lead) in STATES.iter().zip(&leads) {
            let known = old.checked().blueprints[0].states.iter().any(|state| state.name == *from);
            match lead {
                Some(None) if known => mapping = mapping.out(from),
                Some(Some(to)) if known && has(STATES[*to]) => mapping = mapping.moved(from, STATES[*to]),
                _ => {}
            }
        }
        let migration = new.migration(Some(&old), mapping).unwrap();
        let content: Arc<str> = new.blueprint_content("P").unwrap().to_string().into();
        let now = Instant::from_micros(1_000_000);
        let mut planner = migration.planner();
        for state in &old.checked().blueprints[0].states {
            let mut before = instance(&old, &state.name);
            (before.drafts, before.progress) = luggage.clone();
            let step = migration.step(&before);
            prop_assert_eq!(planner.add(&before), &step.fate);
            let after = migration.apply(&before, now, Some("Alice"));
            match &step.fate {
                Fate::Kept { unchanged: true, .. } => {
                    prop_assert_eq!(&before.content, &content);
                    prop_assert_eq!(after.unwrap().unwrap(), before);
                    continue;
                }
                Fate::Out { .. } => {
                    prop_assert_eq!(after, Ok(None));
                    continue;
                }
                Fate::Refused { because } => {
                    prop_assert_eq!(after, Err(because.clone()));
                    prop_assert!(!has(&before.state));
                    continue;
                }
                Fate::Kept { .. } | Fate::Moved { .. } => {}
            }
            let after = after.unwrap().unwrap();
            prop_assert!(has(&after.state) && !blueprint.inactive);
            prop_assert_eq!(&after.content, &content);
            let last = after.history.last().unwrap();
            prop_assert_eq!(after.history.len(), before.history.len() + 1);
            prop_assert_eq!((&last.transition, last.from.as_ref(), &last.to), (&None, Some(&before.state), &after.state));
            if let Fate::Kept { .. } = step.fate {
                prop_assert_eq!((&after.state, after.since), (&before.state, before.since));
            }
            fits(blueprint, &after)?;
            // What is lost is told, and only that.
            let kept = after.drafts == before.drafts && after.progress == before.progress;
            prop_assert_eq!(kept, step.lost.is_empty());
            // Migrated once, it is not migrated again.
            let again = migration.apply(&after, now, None).unwrap().unwrap();
            prop_assert_eq!(again, after);
        }
        let counts = planner.counts();
        let states = old.checked().blueprints[0].states.len() as u64;
        prop_assert_eq!(counts.kept + counts.moved + counts.out + counts.refused, states);
    }

    #[test]
    fn what_changes_is_told_exactly_where_the_content_differs((old, new) in (blueprint(), blueprint())) {
        let (old, new) = (program(&old), program(&new));
        let migration = new.migration(Some(&old), Mapping::default()).unwrap();
        let [changes] = migration.changes() else { panic!("one blueprint") };
        prop_assert_eq!(changes.old == changes.new, changes.changes.is_empty(), "{:?}", changes);
        prop_assert_eq!(changes.is_empty(), changes.changes.is_empty());
    }
}

/// Everything that an instance carries, its blueprint asks for from its state.
fn fits(
    blueprint: &jalon::checked::blueprint::Blueprint,
    instance: &Instance,
) -> Result<(), TestCaseError> {
    let state = blueprint.states.iter().position(|state| state.name == *instance.state).unwrap();
    let leaving = || {
        blueprint.transitions.iter().filter(|one| one.from.iter().any(|id| id.0 as usize == state))
    };
    for draft in &instance.drafts {
        let one = leaving().find(|one| one.name == *draft.transition);
        let one = one.ok_or_else(|| TestCaseError::fail("a draft of no transition"))?;
        let asked: Vec<&str> =
            one.required.iter().map(|field| field.key.names[0].as_str()).collect();
        prop_assert!(draft.given.fields.iter().all(|(name, _)| asked.contains(&name.as_str())));
        prop_assert_eq!(&draft.given.note, &None);
    }
    for progress in &instance.progress {
        let one = leaving().find(|one| one.name == *progress.transition);
        let one = one.ok_or_else(|| TestCaseError::fail("progress of no transition"))?;
        let is_child = |name: &Arc<str>| one.children.iter().any(|child| child.name == **name);
        prop_assert!(progress.done.iter().all(is_child));
        let is_done = |name: &str| progress.done.iter().any(|done| **done == *name);
        prop_assert!(!one.children.iter().all(|child| is_done(&child.name)));
    }
    Ok(())
}
