//! Where a record stands in its process.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::due::DueStep;
use super::history::History;
use crate::value::fold::same_name;
use crate::value::{Instant, Value};

/// A record's way through a blueprint: plain data, kept by the host between calls. Names are
/// shared with the program, so that a copy costs no text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// The blueprint's name.
    pub blueprint: Arc<str>,
    /// The content of the blueprint under which it runs: under another it does not run.
    pub content: Arc<str>,
    /// The state it is in.
    pub state: Arc<str>,
    /// Since when.
    pub since: Instant,
    /// Which steps of its state have been taken care of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<DueStep>,
    /// When it was taken out of the blueprint, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Instant>,
    /// What was given for transitions that were not made yet, one draft a transition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<Draft>,
    /// Which children of parallel transitions are done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub progress: Vec<Progress>,
    /// How it came where it is, from its entry on.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History,
}

/// A transition half filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Which transition, or child of a parallel one.
    pub transition: Arc<str>,
    /// What was given so far.
    pub given: Given,
    /// When it was saved last.
    pub saved: Instant,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Arc<str>>,
}

/// What is given for a transition, kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    /// Values of fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(String, Value)>,
    /// A note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Attachments, as the host names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<String>,
    /// The items that were ticked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ticked: Vec<String>,
    /// Records that were associated: module and id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<(String, String)>,
}

impl Given {
    /// Nothing.
    pub const NONE: &Given = &Given {
        fields: Vec::new(),
        note: None,
        attachments: Vec::new(),
        ticked: Vec::new(),
        records: Vec::new(),
    };

    /// Nothing yet.
    pub fn new() -> Given {
        Given::default()
    }

    /// With the value of a field.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Given {
        self.fields.push((field.to_owned(), value.into()));
        self
    }

    /// Whether there is more than fields, here or in a draft for a transition.
    pub(crate) fn has_extras(&self, instance: &Instance, transition: &str) -> bool {
        let more = |given: &Given| {
            given.note.is_some()
                || !given.attachments.is_empty()
                || !given.ticked.is_empty()
                || !given.records.is_empty()
        };
        more(self) || instance.draft(transition).is_some_and(|draft| more(&draft.given))
    }

    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self == Given::NONE
    }
}

/// The children of a parallel transition that are done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The parallel transition.
    pub transition: Arc<str>,
    /// Its children that are done, in the order they were.
    pub done: Vec<Arc<str>>,
}

/// One step of a process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// By which transition; none is the entry, a forced write, or a migration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transition: Option<Arc<str>>,
    /// From which state; none at the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Arc<str>>,
    /// To which state; the same for a child of a parallel transition while others are to be done.
    pub to: Arc<str>,
    /// When.
    pub at: Instant,
    /// By whom; none is by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Arc<str>>,
}

impl Instance {
    /// The draft of a transition, whose name compares as text does.
    pub fn draft(&self, transition: &str) -> Option<&Draft> {
        self.drafts.iter().find(|draft| same_name(&draft.transition, transition))
    }
}
