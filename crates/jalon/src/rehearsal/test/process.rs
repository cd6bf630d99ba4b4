//! What a test does with the blueprint of its record, and what it expects of it.

use serde_json::json;

use super::Running;
use super::found::Found;
use crate::blueprint::Obstacle;
use crate::checked::blueprint::{Blueprint, Transition};
use crate::checked::workflow::{Handed, Who};
use crate::program::Error;
use crate::rehearsal::{Fired, FiredBy};
use crate::users::User;
use crate::value::fold::same_name;
use crate::workflow::Step;

/// A transition that a test made, or asked about.
#[derive(Clone, Debug)]
pub(super) struct Considered {
    pub(super) blueprint: String,
    pub(super) transition: String,
    /// Whether it was made.
    pub(super) made: bool,
    pub(super) why_not: Vec<Obstacle>,
}

/// Who acts.
pub(super) fn user(who: &Who) -> User {
    User {
        roles: who.roles.clone(),
        groups: who.groups.clone(),
        profiles: who.profiles.clone(),
        ..User::named(&who.name)
    }
}

impl<'p> Running<'p> {
    /// Somebody makes a transition, or saves it half filled in.
    pub(super) fn transition(&mut self, kind: &str, transition: &str, handed: &'p Handed) {
        let fields = self.fields(&handed.fields);
        let mut records = serde_json::Map::new();
        for module in &handed.records {
            let ids = records.entry(module.clone()).or_insert_with(|| json!([]));
            if let Some(ids) = ids.as_array_mut() {
                ids.push(format!("{module} {}", ids.len() + 1).into());
            }
        }
        let record = self.current();
        let instance = self.key().and_then(|key| self.stage.process(&key));
        self.send(json!({
            "type": kind, "record": record, "transition": transition, "by": self.who,
            "given": {
                "fields": fields, "note": handed.note, "attachments": handed.attachments,
                "ticked": handed.ticked, "records": records,
            },
        }));
        let (Some(instance), Some(decision)) = (instance, self.decisions.first()) else { return };
        if kind == "transition" {
            let why_not = decision.refusals.iter().filter_map(|refusal| refusal.obstacle.clone());
            let (blueprint, transition) = (instance.blueprint.to_string(), transition.to_owned());
            let (made, why_not) = (decision.refusals.is_empty(), why_not.collect());
            self.considered.push(Considered { blueprint, transition, made, why_not });
        }
    }

    /// Notes what a timer did to the record's process.
    pub(super) fn consider(&mut self, fired: &Fired) {
        let FiredBy::Timer(blueprint) = &fired.by else { return };
        for step in fired.decision.trace.iter().flatten() {
            let (transition, made, why_not) = match step {
                Step::Process { transition: Some(made), .. } => (made, true, Vec::new()),
                Step::NotMade { transition, because, .. } => (transition, false, because.clone()),
                _ => continue,
            };
            let (blueprint, transition) = (blueprint.clone(), transition.clone());
            self.considered.push(Considered { blueprint, transition, made, why_not });
        }
    }

    /// Notes of which blueprints the entry holds for the record, and of which it does not.
    pub(super) fn see_entries(&mut self) {
        let Some(key) = self.key() else { return };
        let inside = self.stage.process(&key);
        let (whole, clock) = (self.whole(), self.stage.clock().clone());
        for blueprint in &self.program.checked().blueprints {
            let here = blueprint.on == self.test.on;
            let Some(entry) = blueprint.entry.as_ref().filter(|_| here && !blueprint.inactive)
            else {
                continue;
            };
            match &inside {
                Some(instance) if *instance.blueprint == *blueprint.name => {
                    self.entries.push((blueprint, true));
                }
                Some(_) => {}
                None => {
                    let criterion = self.program.compiled(entry);
                    if criterion.explain(&whole, &clock).is_ok_and(|found| !found.holds) {
                        self.entries.push((blueprint, false));
                    }
                }
            }
        }
    }

    /// The blueprint that the record is in, by its name.
    pub(super) fn blueprint(&self, name: &str) -> Option<&'p Blueprint> {
        let mut all = self.program.checked().blueprints.iter();
        all.find(|blueprint| !blueprint.inactive && blueprint.name == name)
    }

    /// What there is instead of a state; nothing where the record is in it.
    pub(super) fn found_state(&self, expected: Option<&str>) -> Option<Found> {
        let key = self.key();
        let instance = key.as_ref().and_then(|key| self.stage.process(key));
        let state = instance.map(|instance| instance.state.to_string());
        let is_so = match (&state, expected) {
            (Some(state), Some(expected)) => same_name(state, expected),
            (state, expected) => state.is_none() && expected.is_none(),
        };
        let decisions = self.decisions.iter();
        let refused = decisions.flat_map(|decision| decision.refusals.iter().cloned());
        (!is_so).then(|| Found::State { state, refused: refused.collect() })
    }

    /// What there is instead of a transition that is offered, or is not; nothing where it is so.
    pub(super) fn found_offer(
        &mut self,
        transition: &str,
        offered: bool,
    ) -> Result<Option<Found>, Error> {
        let why_not = self.why_not(transition)?;
        if let Some(instance) = self.key().and_then(|key| self.stage.process(&key)) {
            self.considered.push(Considered {
                blueprint: instance.blueprint.to_string(),
                transition: transition.to_owned(),
                made: false,
                why_not: why_not.clone(),
            });
        }
        let is_so = why_not.is_empty() == offered;
        Ok((!is_so).then_some(Found::Transition { offered: !offered, why_not }))
    }

    /// Why a transition is not offered to who acts; nothing where it is.
    pub(super) fn why_not(&self, transition: &str) -> Result<Vec<Obstacle>, Error> {
        let key = self.key();
        let inside = key.and_then(|key| Some((self.stage.process(&key)?, key)));
        let Some((instance, key)) = inside else { return Ok(vec![Obstacle::NotInside]) };
        let offers = self.stage.available(&key, self.who.as_ref())?;
        let mut named = offers.into_iter().filter(|offer| same_name(offer.transition, transition));
        if let Some(offer) = named.next() {
            return Ok(if offer.offered { Vec::new() } else { offer.why_not });
        }
        let Some(blueprint) = self.blueprint(&instance.blueprint) else {
            return Ok(vec![Obstacle::NotInside]);
        };
        let state = instance.state.to_string();
        Ok(vec![elsewhere(blueprint, transition, state)])
    }
}

/// Why a transition is none of those that somebody can make from a state.
fn elsewhere(blueprint: &Blueprint, transition: &str, state: String) -> Obstacle {
    let name_of = |id: &crate::checked::blueprint::StateId| {
        blueprint.states.get(id.0 as usize).map(|state| state.name.clone())
    };
    let mut from: Vec<String> = Vec::new();
    let mut automatic = false;
    for (known, _) in with_children(blueprint).filter(|(t, _)| same_name(&t.name, transition)) {
        let names: Vec<String> = known.from.iter().filter_map(name_of).collect();
        automatic |= known.kind.is_automatic() && names.contains(&state);
        from.extend(names);
    }
    if automatic {
        return Obstacle::Automatic;
    }
    if from.is_empty() {
        let known = with_children(blueprint).map(|(known, _)| known.name.clone()).collect();
        return Obstacle::Unknown { transition: transition.to_owned(), known };
    }
    Obstacle::WrongState { state, from }
}

/// The transitions of a blueprint and their children, each with the one it belongs to.
pub(super) fn with_children(
    blueprint: &Blueprint,
) -> impl Iterator<Item = (&Transition, Option<&Transition>)> {
    blueprint.transitions.iter().flat_map(|whole| {
        let children = whole.children.iter().map(move |child| (child, Some(whole)));
        std::iter::once((whole, None)).chain(children)
    })
}
