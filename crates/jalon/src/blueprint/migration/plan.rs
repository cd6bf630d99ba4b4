//! What becomes of many instances, counted.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::mapping::Target;
use super::{Fate, Leaving, Lost, Migration};
use crate::blueprint::changes::Changes;
use crate::blueprint::instance::Instance;
use crate::value::fold::same_name;

/// What becomes of instances: plain data, however many they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// How many there are.
    pub instances: u64,
    /// How many go which way; each instance goes just one.
    #[serde(flatten)]
    pub counts: Counts,
    /// What changes of each blueprint, where the old program is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Changes>,
    /// The instances by blueprint, content and state, in the order in which they came first.
    pub groups: Vec<Group>,
    /// The entries of the map that concern none: the old state, and where it would have led.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unused: Vec<(String, Option<String>)>,
}

/// How many instances go which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Stay in their state.
    pub kept: u64,
    /// Of those, how many have a blueprint that has not changed.
    pub unchanged: u64,
    /// Go on in another state.
    pub moved: u64,
    /// Leave their process.
    pub out: u64,
    /// Cannot go on.
    pub refused: u64,
}

/// Instances of one blueprint in one state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The blueprint.
    pub blueprint: Arc<str>,
    /// The content under which they run.
    pub content: Arc<str>,
    /// The state they are in.
    pub state: Arc<str>,
    /// How many.
    pub count: u64,
    /// Where they go.
    #[serde(flatten)]
    pub fate: Fate,
    /// What some of them do not keep.
    #[serde(default, rename = "losses", skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<LostCount>,
}

/// What so many instances do not keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostCount {
    /// What.
    #[serde(flatten)]
    pub lost: Lost,
    /// How many of them.
    pub count: u64,
}

/// Makes a plan, instance by instance.
#[derive(Debug)]
pub struct Planner {
    migration: Migration,
    plan: Plan,
    /// The group of each blueprint, content and state.
    places: FxHashMap<[Arc<str>; 3], usize>,
}

impl Planner {
    pub(super) fn new(migration: Migration) -> Planner {
        let plan = Plan { changes: migration.changes().to_vec(), ..Plan::default() };
        Planner { migration, plan, places: FxHashMap::default() }
    }

    /// Adds an instance, and says where it goes.
    pub fn add(&mut self, instance: &Instance) -> &Fate {
        let key = [&instance.blueprint, &instance.content, &instance.state].map(Arc::clone);
        let groups = &mut self.plan.groups;
        let has_more = !instance.drafts.is_empty() || !instance.progress.is_empty();
        let place = self.places.get(&key).copied();
        let step = (place.is_none() || has_more).then(|| self.migration.step(instance));
        let place = place.unwrap_or_else(|| {
            let [blueprint, content, state] = key.clone();
            let fate = step.as_ref().map(|step| step.fate.clone());
            let fate = fate.unwrap_or(Fate::Out { because: Leaving::Mapped });
            groups.push(Group { blueprint, content, state, count: 0, fate, lost: Vec::new() });
            self.places.insert(key, groups.len() - 1);
            groups.len() - 1
        });
        let group = &mut groups[place];
        group.count += 1;
        for lost in step.map(|step| step.lost).unwrap_or_default() {
            match group.lost.iter_mut().find(|known| known.lost == lost) {
                Some(known) => known.count += 1,
                None => group.lost.push(LostCount { lost, count: 1 }),
            }
        }
        self.plan.instances += 1;
        self.plan.counts.add(&group.fate);
        &group.fate
    }

    /// How many there are so far.
    pub fn instances(&self) -> u64 {
        self.plan.instances
    }

    /// How many go which way so far.
    pub fn counts(&self) -> Counts {
        self.plan.counts
    }

    /// The plan.
    pub fn finish(mut self) -> Plan {
        let migration = &self.migration.0;
        let groups = &self.plan.groups;
        let is_used = |entry: &&super::mapping::Lead| {
            groups.iter().any(|group| match &group.fate {
                Fate::Moved { .. } | Fate::Out { because: Leaving::Mapped } => {
                    same_name(&entry.from, &group.state)
                        && entry.blueprint.as_ref().is_none_or(|of| same_name(of, &group.blueprint))
                }
                _ => false,
            })
        };
        let unused = migration.mapping.leads().iter().filter(|entry| !is_used(entry));
        let unused = unused.map(|entry| {
            let to = match &entry.to {
                Target::State(to) => Some(to.clone()),
                Target::Out => None,
            };
            (entry.from.clone(), to)
        });
        self.plan.unused = unused.collect();
        self.plan
    }
}

impl Counts {
    fn add(&mut self, fate: &Fate) {
        match fate {
            Fate::Kept { unchanged, .. } => {
                self.kept += 1;
                self.unchanged += u64::from(*unchanged);
            }
            Fate::Moved { .. } => self.moved += 1,
            Fate::Out { .. } => self.out += 1,
            Fate::Refused { .. } => self.refused += 1,
        }
    }
}
