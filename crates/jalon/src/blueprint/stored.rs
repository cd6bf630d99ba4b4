//! Instances as hosts keep them: JSON.

use std::fmt;

use serde_json::Value as Json;

use super::Instance;
use crate::lang::Lang;

/// Why something is no instance, or not one that is meant.
#[derive(Clone, PartialEq, Eq)]
pub struct InstanceError(Fault);

#[derive(Clone, PartialEq, Eq)]
enum Fault {
    NotAnObject,
    Lacks(&'static str),
    Wrong(String),
    Elsewhere { of: String, meant: String },
}

/// The keys that every instance has.
const NEEDED: [&str; 4] = ["blueprint", "content", "state", "since"];

impl Instance {
    /// The keys of an instance as JSON.
    pub const KEYS: &[&str] = &[
        "blueprint",
        "content",
        "state",
        "since",
        "told",
        "left",
        "drafts",
        "progress",
        "history",
    ];

    /// Reads what serde wrote, as text.
    ///
    /// ```
    /// use jalon::blueprint::Instance;
    /// use jalon::lang::Lang;
    ///
    /// let error = Instance::read(r#"{"blueprint": "Sales"}"#).unwrap_err();
    /// let said = "this is no instance of a blueprint: it lacks the key `content`";
    /// assert_eq!(error.message(Lang::En), said);
    /// ```
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(text: &str) -> Result<Instance, InstanceError> {
        let json = serde_json::from_str(text);
        Instance::from_json(json.map_err(|error| InstanceError(Fault::Wrong(error.to_string())))?)
    }

    /// Reads what serde wrote.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn from_json(json: Json) -> Result<Instance, InstanceError> {
        let object = json.as_object().ok_or(InstanceError(Fault::NotAnObject))?;
        if let Some(key) = NEEDED.into_iter().find(|key| !object.contains_key(*key)) {
            return Err(InstanceError(Fault::Lacks(key)));
        }
        serde_json::from_value(json).map_err(|error| InstanceError(Fault::Wrong(error.to_string())))
    }
}

impl InstanceError {
    /// An instance of another blueprint than the one that is meant.
    pub(crate) fn elsewhere(instance: &Instance, meant: &str) -> InstanceError {
        let (of, meant) = (instance.blueprint.to_string(), meant.to_owned());
        InstanceError(Fault::Elsewhere { of, meant })
    }

    /// Whether it is an instance, but of another blueprint than the one that is meant.
    pub fn is_elsewhere(&self) -> bool {
        matches!(self.0, Fault::Elsewhere { .. })
    }

    /// What is wrong, in a language.
    pub fn message(&self, lang: Lang) -> String {
        let why = match &self.0 {
            Fault::Elsewhere { of, meant } => {
                return lang.pick(
                    format!("cette instance est du parcours « {of} », non « {meant} »"),
                    format!("this is an instance of blueprint “{of}”, not “{meant}”"),
                );
            }
            Fault::NotAnObject => {
                let keys = NEEDED.join(", ");
                lang.pick(
                    format!("il faut un objet avec les clés {keys}"),
                    format!("it takes an object with the keys {keys}"),
                )
            }
            Fault::Lacks(key) => {
                lang.pick(format!("il manque la clé `{key}`"), format!("it lacks the key `{key}`"))
            }
            Fault::Wrong(why) => why.clone(),
        };
        lang.pick(
            format!("ce n'est pas une instance de parcours : {why}"),
            format!("this is no instance of a blueprint: {why}"),
        )
    }
}

impl fmt::Display for InstanceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for InstanceError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::{Draft, DueStep, Given, Progress};
    use crate::value::Instant;

    #[test]
    fn the_keys_are_all_that_an_instance_writes() {
        let now = Instant::from_micros(0);
        let draft = Draft { transition: "T".into(), given: Given::new(), saved: now, by: None };
        let progress = Progress { transition: "T".into(), done: Vec::new() };
        let mut instance = Instance {
            blueprint: "B".into(),
            content: "c".into(),
            state: "S".into(),
            since: now,
            told: vec![DueStep::Reminder { number: 0 }],
            left: Some(now),
            drafts: vec![draft],
            progress: vec![progress],
            history: crate::blueprint::History::default(),
        };
        instance.history =
            serde_json::from_str(r#"[{"to": "S", "at": "2026-01-01T00:00Z"}]"#).unwrap();
        let json = serde_json::to_value(&instance).unwrap();
        let mut keys: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        let mut known = Instance::KEYS.to_vec();
        keys.sort_unstable();
        known.sort_unstable();
        assert_eq!(keys, known);
        assert!(Instance::from_json(json).unwrap() == instance);
    }
}
