//! Instances under an edited blueprint: which stay where they are, which are moved, which leave
//! the process, and which cannot go on before somebody says where to.
//!
//! ```
//! use jalon::Program;
//! use jalon::blueprint::Instance;
//! use jalon::blueprint::migration::{Fate, Mapping};
//! use jalon::lang::Lang;
//! use jalon::value::Instant;
//!
//! let program = |states: &str, way: &str| Program::parse(&format!("
//! parcours Vente sur Affaires, champ Étape
//!   états {states}
//!   gagné Gagnée
//!   transition Conclure de {way} vers Gagnée
//! "));
//! let (old, new) = (program("Devis", "Devis")?, program("Offre", "Offre")?);
//! let content = old.blueprint_content("Vente")?;
//! let instance: Instance = serde_json::from_value(serde_json::json!({
//!     "blueprint": "Vente", "content": content, "state": "Devis", "since": "2026-06-30T10:30Z",
//! })).unwrap();
//!
//! // Nobody has said where `Devis` leads to.
//! let migration = new.migration(Some(&old), Mapping::default())?;
//! assert!(matches!(migration.step(&instance).fate, Fate::Refused { .. }));
//!
//! let mapping = Mapping::default().moved("Devis", "Offre");
//! let migration = new.migration(Some(&old), mapping)?;
//! let plan = migration.plan([&instance]);
//! assert_eq!((plan.counts.moved, plan.counts.refused), (1, 0));
//! assert!(plan.report(Lang::En).contains("Devis → Offre"));
//! let now = Instant::parse("2026-07-01T08:00Z").unwrap();
//! let moved = migration.apply(&instance, now, None).unwrap().unwrap();
//! assert_eq!((&*moved.state, moved.history.len()), ("Offre", 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod carry;
mod mapping;
mod plan;
mod text;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::changes::{Changes, changes};
use super::instance::{Instance, Move};
use super::words;
use crate::checked::CheckedProgram;
use crate::checked::blueprint::{Blueprint, StateId};
use crate::checked::content::Names;
use crate::diagnostic::did_you_mean;
use crate::value::Instant;
use crate::value::fold::same_name;

pub use carry::{DraftLoss, GivenKind, Lost, ProgressLoss};
use mapping::Way;
pub use mapping::{Mapping, MappingError, Target};
pub use plan::{Counts, Group, LostCount, Plan, Planner};

/// What becomes of instances under a new program. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Migration(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    old: Option<Vec<Edition>>,
    new: Vec<Edition>,
    mapping: Mapping,
    changes: Vec<Changes>,
}

/// A blueprint as one of the programs has it.
#[derive(Debug)]
struct Edition {
    name: Arc<str>,
    content: Arc<str>,
    /// Its module; empty where nothing is declared.
    module: String,
    states: Vec<Arc<str>>,
    blueprint: Blueprint,
}

/// What becomes of an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Where it goes.
    #[serde(flatten)]
    pub fate: Fate,
    /// What it does not keep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Lost>,
}

/// Where an instance goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "fate", rename_all = "snake_case")]
pub enum Fate {
    /// It stays in its state.
    Kept {
        /// Whether the blueprint has not changed, so that the instance does not change either.
        unchanged: bool,
        /// The new name of its blueprint, where that is another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        renamed: Option<Arc<str>>,
    },
    /// It goes on in another state, as the map says. Its record is to be written with it.
    Moved {
        /// Which.
        to: Arc<str>,
        /// The field of the record that holds the state.
        field: String,
        /// The new name of its blueprint, where that is another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        renamed: Option<Arc<str>>,
    },
    /// It leaves the process; its record stays as it is.
    Out {
        /// Why.
        #[serde(flatten)]
        because: Leaving,
    },
    /// It cannot go on before somebody says where to.
    Refused {
        /// Why.
        #[serde(flatten)]
        because: Refusal,
    },
}

/// Why an instance leaves its process.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Leaving {
    /// The new program does not have its blueprint.
    BlueprintGone {
        /// The blueprint that may have been meant: of the same content, or of a like name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        near: Option<String>,
    },
    /// The blueprint governs nothing any more.
    Inactive,
    /// The map says so.
    Mapped,
}

/// Why an instance cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Refusal {
    /// The blueprint does not have its state any more, and the map says nothing of it.
    StateGone {
        /// The state that may be meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        near: Option<String>,
    },
    /// It runs under a blueprint that is neither the new program's nor the old one's.
    OtherContent,
    /// Blueprints of several modules have this name, and nothing says which is its.
    SeveralOfThisName,
}

/// Where an instance goes on: in which blueprint and state.
type Place<'m> = (&'m Edition, StateId);

impl Migration {
    pub(crate) fn new(
        old: Option<&CheckedProgram>,
        new: &CheckedProgram,
        mapping: Mapping,
    ) -> Result<Migration, MappingError> {
        let mut inner =
            Inner { old: old.map(editions), new: editions(new), mapping, changes: Vec::new() };
        inner.mapping.refuse_unknown(&inner.new, inner.old.as_deref())?;
        inner.changes = inner.all_changes(old, new);
        Ok(Migration(Arc::new(inner)))
    }

    /// What becomes of an instance.
    pub fn step(&self, instance: &Instance) -> Step {
        let (fate, place) = self.0.fate(instance);
        let lost = match (&fate, place) {
            (Fate::Kept { unchanged: false, .. } | Fate::Moved { .. }, Some((edition, state))) => {
                carry::carry(&edition.blueprint, state, instance).lost
            }
            _ => Vec::new(),
        };
        Step { fate, lost }
    }

    /// The instance under the new program; nothing where it leaves its process. That it was
    /// migrated stands in its history, with who did it. One whose blueprint has not changed is given back as it
    /// is.
    ///
    /// # Errors
    /// Why it cannot go on; then it stays what it was.
    pub fn apply(
        &self,
        instance: &Instance,
        now: Instant,
        by: Option<&str>,
    ) -> Result<Option<Instance>, Refusal> {
        let (fate, place) = self.0.fate(instance);
        let moved = match fate {
            Fate::Kept { unchanged: true, .. } => return Ok(Some(instance.clone())),
            Fate::Out { .. } => return Ok(None),
            Fate::Refused { because } => return Err(because),
            Fate::Kept { .. } => false,
            Fate::Moved { .. } => true,
        };
        let Some((edition, state)) = place else { return Ok(None) };
        let kept = carry::carry(&edition.blueprint, state, instance);
        let to = edition.state(state);
        Ok(Some(Instance {
            blueprint: edition.name.clone(),
            content: edition.content.clone(),
            state: to.clone(),
            since: if moved { now } else { instance.since },
            told: if moved { Vec::new() } else { instance.told.clone() },
            left: None,
            drafts: kept.drafts,
            progress: kept.progress,
            history: instance.history.and(Move {
                transition: None,
                from: Some(instance.state.clone()),
                to,
                at: now,
                by: by.map(Arc::from),
            }),
        }))
    }

    /// What becomes of all of some instances; they are looked at one by one, and none is kept.
    pub fn plan<'i>(&self, instances: impl IntoIterator<Item = &'i Instance>) -> Plan {
        let mut planner = self.planner();
        for instance in instances {
            planner.add(instance);
        }
        planner.finish()
    }

    /// A plan to which instances are added one by one.
    pub fn planner(&self) -> Planner {
        Planner::new(self.clone())
    }

    /// What changes of each blueprint of the old program, and which are new; nothing where the
    /// old program is not known.
    pub fn changes(&self) -> &[Changes] {
        &self.0.changes
    }
}

impl Inner {
    /// Where an instance goes.
    fn fate(&self, instance: &Instance) -> (Fate, Option<Place<'_>>) {
        if instance.left.is_some() {
            // History only: nothing runs under it any more.
            return (Fate::Kept { unchanged: true, renamed: None }, None);
        }
        let refused = |because| (Fate::Refused { because }, None);
        let out = |because| (Fate::Out { because }, None);
        let old = self.old.as_deref().map(|all| all.iter().find(|one| one.is_of(instance)));
        let edition = self.edition(instance, old.flatten());
        let is_same = |edition: &Edition| *edition.content == *instance.content;
        if matches!(old, Some(None)) && !matches!(edition, Found::One(edition) if is_same(edition))
        {
            return refused(Refusal::OtherContent);
        }
        let edition = match edition {
            Found::One(edition) if edition.blueprint.inactive => return out(Leaving::Inactive),
            Found::One(edition) => edition,
            Found::Several => return refused(Refusal::SeveralOfThisName),
            Found::None => return out(Leaving::BlueprintGone { near: self.near(instance) }),
        };
        let renamed = (*edition.name != *instance.blueprint).then(|| edition.name.clone());
        let there = edition.find(&instance.state);
        if let Some(state) = there.filter(|_| is_same(edition)) {
            let unchanged = renamed.is_none();
            return (Fate::Kept { unchanged, renamed }, Some((edition, state)));
        }
        match (self.mapping.of(instance, edition), there) {
            (Some(Way::Out), _) => out(Leaving::Mapped),
            (Some(Way::To(to)), _) if Some(to) != there => {
                let (field, name) = (words::field(&edition.blueprint.field), edition.state(to));
                let fate = Fate::Moved { to: name, field: field.to_owned(), renamed };
                (fate, Some((edition, to)))
            }
            (_, Some(state)) => (Fate::Kept { unchanged: false, renamed }, Some((edition, state))),
            (_, None) => refused(Refusal::StateGone { near: self.near_state(instance, edition) }),
        }
    }

    /// The blueprint of the new program under which an instance goes on.
    fn edition(&self, instance: &Instance, old: Option<&Edition>) -> Found<'_> {
        let name = self.mapping.name(&instance.blueprint);
        let named = || self.new.iter().filter(|one| same_name(&one.name, name));
        let exactly = named().find(|one| *one.content == *instance.content);
        let of_module = || {
            let mut same = named().filter(|one| old.is_some_and(|old| one.module == old.module));
            same.next().filter(|_| same.next().is_none())
        };
        if let Some(one) = exactly.or_else(of_module) {
            return Found::One(one);
        }
        let mut all = named();
        match (all.next(), all.next()) {
            (None, _) => Found::None,
            (Some(one), None) => Found::One(one),
            _ => Found::Several,
        }
    }

    /// A blueprint that one which is gone may have become.
    fn near(&self, instance: &Instance) -> Option<String> {
        let same = self.new.iter().find(|one| *one.content == *instance.content);
        let names = self.new.iter().map(|one| &*one.name);
        same.map(|one| one.name.to_string()).or_else(|| did_you_mean(&instance.blueprint, names))
    }

    /// The state that one which is gone may have become: of a like name, else the only new one.
    fn near_state(&self, instance: &Instance, edition: &Edition) -> Option<String> {
        let old = self.old.iter().flatten().find(|one| one.is_of(instance));
        let names = edition.states.iter().map(|state| &**state);
        let mut added =
            names.clone().filter(|name| old.is_some_and(|old| old.find(name).is_none()));
        let only = added.next().filter(|_| added.next().is_none());
        did_you_mean(&instance.state, names).or_else(|| only.map(str::to_owned))
    }

    fn all_changes(&self, old: Option<&CheckedProgram>, new: &CheckedProgram) -> Vec<Changes> {
        let (Some(old), Some(editions)) = (old, &self.old) else { return Vec::new() };
        let mut met = Vec::new();
        let mut all = Vec::new();
        for (edition, blueprint) in editions.iter().zip(&old.blueprints) {
            let name = self.mapping.name(&edition.name);
            let named = |(_, one): &(usize, &Edition)| same_name(&one.name, name);
            let of_module = |(_, one): &(usize, &Edition)| one.module == edition.module;
            let mut candidates = self.new.iter().enumerate().filter(named);
            let same = candidates.clone().find(of_module);
            let partner = same.or_else(|| candidates.next()).map(|(place, _)| place);
            met.extend(partner);
            let becomes = |state: &str| {
                let target = self.new.get(partner?)?;
                match self.mapping.state(&edition.name, state, target)? {
                    Way::To(to) => Some(target.state(to).to_string()),
                    Way::Out => None,
                }
            };
            let partner = partner.and_then(|place| new.blueprints.get(place));
            all.push(changes(Some((blueprint, old)), partner.map(|one| (one, new)), &becomes));
        }
        let added = new.blueprints.iter().enumerate().filter(|(place, _)| !met.contains(place));
        all.extend(added.map(|(_, one)| changes(None, Some((one, new)), &|_| None)));
        all
    }
}

/// A blueprint by name.
enum Found<'m> {
    None,
    One(&'m Edition),
    Several,
}

impl Edition {
    /// Whether an instance was started under it.
    fn is_of(&self, instance: &Instance) -> bool {
        *self.content == *instance.content && same_name(&self.name, &instance.blueprint)
    }

    /// A state by name.
    fn find(&self, name: &str) -> Option<StateId> {
        let exactly = self.states.iter().position(|state| **state == *name);
        let found =
            exactly.or_else(|| self.states.iter().position(|state| same_name(state, name)))?;
        Some(StateId(found as u32))
    }

    /// The name of a state.
    fn state(&self, id: StateId) -> Arc<str> {
        self.states.get(id.0 as usize).cloned().unwrap_or_else(|| "".into())
    }
}

fn editions(program: &CheckedProgram) -> Vec<Edition> {
    let edition = |blueprint: &Blueprint| Edition {
        name: blueprint.name.as_str().into(),
        content: Names::new(program).of_blueprint(blueprint).to_string().into(),
        module: blueprint.on.key(&program.schema).to_owned(),
        states: blueprint.states.iter().map(|state| state.name.as_str().into()).collect(),
        blueprint: blueprint.clone(),
    };
    program.blueprints.iter().map(edition).collect()
}
