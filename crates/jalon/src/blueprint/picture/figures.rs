//! What happened, to be written on a picture.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Figures of a blueprint, by the names of its states and transitions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// Of states, by name.
    pub states: BTreeMap<String, StateFigures>,
    /// Of transitions, by name.
    pub transitions: BTreeMap<String, TransitionFigures>,
}

/// How many were in a state, and for how long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StateFigures {
    /// How many times it was entered.
    pub count: u64,
    /// How long half of them stayed at most, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_seconds: Option<u64>,
}

/// How often a transition was made and refused, and how long it took.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TransitionFigures {
    /// How many times it was made.
    pub count: u64,
    /// How many times it was refused.
    pub refused: u64,
    /// How long half of them took at most since their state was entered, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_seconds: Option<u64>,
    /// How many times it was made from each state, by name, where that is known: lines are drawn
    /// as wide as that.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub from: BTreeMap<String, u64>,
}
