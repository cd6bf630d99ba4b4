//! Where the states of an old blueprint lead to, as somebody has written it down.

use std::fmt;

use serde_json::Value as Json;

use super::Edition;
use crate::blueprint::instance::Instance;
use crate::checked::blueprint::StateId;
use crate::checked::names::fold;
use crate::diagnostic::did_you_mean;
use crate::lang::Lang;
use crate::value::fold::same_name;

/// Which states lead to which, and which blueprints have another name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    states: Vec<Lead>,
    blueprints: Vec<(String, String)>,
}

/// What one entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lead {
    /// Of which blueprint, by its old name; none is every one.
    pub(super) blueprint: Option<String>,
    /// The old state.
    pub(super) from: String,
    pub(super) to: Target,
}

/// Where an old state leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To this state of the new blueprint.
    State(String),
    /// Out of the process.
    Out,
}

/// Where an old state leads in a blueprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Out of the process.
    Out,
    /// To a state.
    To(StateId),
}

/// Why a map is none for a program.
#[derive(Clone, PartialEq, Eq)]
pub enum MappingError {
    /// It leads to a state that the new program does not have.
    UnknownState {
        /// From where.
        from: String,
        /// To where.
        to: String,
        /// A state that may have been meant.
        suggestion: Option<String>,
    },
    /// It leads from a state that neither program has.
    UnknownOldState {
        /// Which.
        from: String,
        /// A state that may have been meant.
        suggestion: Option<String>,
    },
    /// It names a blueprint that is not there.
    UnknownBlueprint {
        /// Which.
        name: String,
        /// A blueprint that may have been meant.
        suggestion: Option<String>,
    },
    /// It says two things of one state or one blueprint.
    Twice {
        /// Which.
        name: String,
    },
    /// It is no object of names.
    NotAMap,
}

impl Mapping {
    /// With a state of any blueprint leading to another.
    #[must_use]
    pub fn moved(self, from: &str, to: &str) -> Mapping {
        self.and(None, from, Target::State(to.to_owned()))
    }

    /// With the instances of a state leaving their process.
    #[must_use]
    pub fn out(self, from: &str) -> Mapping {
        self.and(None, from, Target::Out)
    }

    /// With one entry more, of one blueprint (by its old name) or of all.
    #[must_use]
    pub fn and(mut self, blueprint: Option<&str>, from: &str, to: Target) -> Mapping {
        let blueprint = blueprint.map(str::to_owned);
        self.states.push(Lead { blueprint, from: from.to_owned(), to });
        self
    }

    /// With a blueprint that has another name in the new program.
    #[must_use]
    pub fn renamed(mut self, from: &str, to: &str) -> Mapping {
        self.blueprints.push((from.to_owned(), to.to_owned()));
        self
    }

    /// Adds the entries of a JSON object: `{"Old": "New", "Gone": null}`, those of one blueprint
    /// in an object of their own, `{"Sales": {"Old": "New"}}`. `null` is out of the process.
    ///
    /// # Errors
    /// [`MappingError::NotAMap`].
    pub fn read(mut self, json: &Json) -> Result<Mapping, MappingError> {
        let object = json.as_object().ok_or(MappingError::NotAMap)?;
        for (name, value) in object {
            if let Json::Object(inner) = value {
                for (from, to) in inner {
                    self = self.and(Some(name), from, target(to)?);
                }
            } else {
                self = self.and(None, name, target(value)?);
            }
        }
        Ok(self)
    }

    /// The name of a blueprint in the new program.
    pub(super) fn name<'m>(&'m self, old: &'m str) -> &'m str {
        let renamed = self.blueprints.iter().find(|(from, _)| same_name(from, old));
        renamed.map_or(old, |(_, to)| to)
    }

    /// Where an instance is led to in a blueprint.
    pub(super) fn of(&self, instance: &Instance, edition: &Edition) -> Option<Way> {
        self.state(&instance.blueprint, &instance.state, edition)
    }

    /// Where a state of a blueprint (by its old name) is led to in the new one. An entry of that
    /// blueprint counts before one of all; an entry to a state that the blueprint does not have
    /// is for others.
    pub(super) fn state(&self, blueprint: &str, state: &str, edition: &Edition) -> Option<Way> {
        let entry = self.lead(blueprint, state, edition)?;
        Some(match &entry.to {
            Target::Out => Way::Out,
            Target::State(to) => Way::To(edition.find(to)?),
        })
    }

    pub(super) fn lead(&self, blueprint: &str, state: &str, edition: &Edition) -> Option<&Lead> {
        let applies = |entry: &&Lead| {
            same_name(&entry.from, state)
                && entry.blueprint.as_ref().is_none_or(|name| same_name(name, blueprint))
                && match &entry.to {
                    Target::Out => true,
                    Target::State(to) => edition.find(to).is_some(),
                }
        };
        let all = || self.states.iter().filter(applies);
        all().find(|entry| entry.blueprint.is_some()).or_else(|| all().next())
    }

    pub(super) fn leads(&self) -> &[Lead] {
        &self.states
    }

    /// Refuses what is there twice, and names that no program has.
    pub(super) fn refuse_unknown(
        &self,
        new: &[Edition],
        old: Option<&[Edition]>,
    ) -> Result<(), MappingError> {
        let mut seen = Vec::new();
        let entries = self.states.iter().map(|entry| (&entry.blueprint, &entry.from));
        for (blueprint, from) in entries {
            let key = (blueprint.as_deref().map(fold), Some(fold(from)));
            if seen.contains(&key) {
                return Err(MappingError::Twice { name: from.clone() });
            }
            seen.push(key);
        }
        for (from, _) in &self.blueprints {
            let key = (Some(fold(from)), None);
            if seen.contains(&key) {
                return Err(MappingError::Twice { name: from.clone() });
            }
            seen.push(key);
        }
        for (from, to) in &self.blueprints {
            known_blueprint(to, new)?;
            old.map_or(Ok(()), |old| known_blueprint(from, old))?;
        }
        self.states.iter().try_for_each(|entry| self.refuse_unknown_state(entry, new, old))
    }

    fn refuse_unknown_state(
        &self,
        entry: &Lead,
        new: &[Edition],
        old: Option<&[Edition]>,
    ) -> Result<(), MappingError> {
        let of = |all: &[Edition], name: Option<&str>, state: &str| {
            let concerned = |one: &&Edition| name.is_none_or(|name| same_name(&one.name, name));
            let states =
                || all.iter().filter(concerned).flat_map(|one| &one.states).map(|state| &**state);
            let known = states().any(|known| same_name(known, state));
            (!known).then(|| did_you_mean(state, states()))
        };
        if let (Some(name), Some(old)) = (&entry.blueprint, old) {
            known_blueprint(name, old)?;
        }
        if let Some(suggestion) =
            old.and_then(|old| of(old, entry.blueprint.as_deref(), &entry.from))
        {
            return Err(MappingError::UnknownOldState { from: entry.from.clone(), suggestion });
        }
        let Target::State(to) = &entry.to else { return Ok(()) };
        let name = entry.blueprint.as_deref().map(|name| self.name(name));
        if let Some(name) = name {
            known_blueprint(name, new)?;
        }
        match of(new, name, to) {
            Some(suggestion) => {
                let (from, to) = (entry.from.clone(), to.clone());
                Err(MappingError::UnknownState { from, to, suggestion })
            }
            None => Ok(()),
        }
    }
}

fn known_blueprint(name: &str, all: &[Edition]) -> Result<(), MappingError> {
    if all.iter().any(|one| same_name(&one.name, name)) {
        return Ok(());
    }
    let suggestion = did_you_mean(name, all.iter().map(|one| &*one.name));
    Err(MappingError::UnknownBlueprint { name: name.to_owned(), suggestion })
}

fn target(json: &Json) -> Result<Target, MappingError> {
    match json {
        Json::Null => Ok(Target::Out),
        Json::String(to) => Ok(Target::State(to.clone())),
        _ => Err(MappingError::NotAMap),
    }
}

impl MappingError {
    /// The message in a language, with the way out.
    pub fn message(&self, lang: Lang) -> String {
        let (message, suggestion) = match self {
            MappingError::UnknownState { from, to, suggestion } => (
                lang.pick(
                    format!("`{from}` → `{to}` : le nouveau parcours n'a pas d'état `{to}`"),
                    format!("`{from}` → `{to}`: the new blueprint has no state `{to}`"),
                ),
                suggestion,
            ),
            MappingError::UnknownOldState { from, suggestion } => (
                lang.pick(
                    format!("l'ancien parcours n'a pas d'état `{from}`"),
                    format!("the old blueprint has no state `{from}`"),
                ),
                suggestion,
            ),
            MappingError::UnknownBlueprint { name, suggestion } => (
                lang.pick(
                    format!("le parcours `{name}` n'existe pas"),
                    format!("there is no blueprint `{name}`"),
                ),
                suggestion,
            ),
            MappingError::Twice { name } => (
                lang.pick(format!("`{name}` est dit deux fois"), format!("`{name}` is said twice")),
                &None,
            ),
            MappingError::NotAMap => (
                lang.pick(
                    "il faut un objet tel que {\"Ancien\": \"Nouveau\", \"Vieux\": null}"
                        .to_owned(),
                    "an object is expected, such as {\"Old\": \"New\", \"Gone\": null}".to_owned(),
                ),
                &None,
            ),
        };
        match suggestion {
            Some(name) => lang.pick(
                format!("{message} ; vouliez-vous dire `{name}` ?"),
                format!("{message}; did you mean `{name}`?"),
            ),
            None => message,
        }
    }
}

impl fmt::Display for MappingError {
    /// In English; [`MappingError::message`] knows both languages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for MappingError {}
