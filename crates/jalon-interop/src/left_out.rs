//! What could not be carried: where, and why.

pub mod reasons;

use std::collections::BTreeMap;

use jalon::diagnostic::Text;
use jalon::lang::Lang;
use serde_json::{Value as Json, json};

/// One thing that could not be carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands: a JSON pointer (`/rules/2/value`), a path of XML elements, or the words
    /// of the criterion.
    pub at: String,
    /// Why, in both languages; `{name}` is filled from the args.
    pub reason: &'static Text,
    /// What the reason speaks of.
    pub args: BTreeMap<&'static str, String>,
}

impl LeftOut {
    /// Something at a place, and why.
    pub fn new(at: impl Into<String>, reason: &'static Text) -> LeftOut {
        LeftOut { at: at.into(), reason, args: BTreeMap::new() }
    }

    /// Fills a `{name}` of the reason.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers and texts alike at the call")]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> LeftOut {
        self.args.insert(name, value.to_string());
        self
    }

    /// The reason in a language.
    pub fn message(&self, lang: Lang) -> String {
        self.reason.fill(lang, &self.args)
    }

    /// Places and reasons in both languages, for programs.
    pub fn told(all: &[LeftOut]) -> Json {
        let told = |one: &LeftOut| {
            let (fr, en) = (one.message(Lang::Fr), one.message(Lang::En));
            json!({"at": one.at, "fr": fr, "en": en})
        };
        all.iter().map(told).collect()
    }

    /// Place and reason, for programs.
    pub fn to_json(&self, lang: Lang) -> Json {
        json!({"at": self.at, "reason": self.message(lang)})
    }
}

/// What could not be carried so far, while the rest is read.
#[derive(Debug, Default)]
pub(crate) struct List(pub(crate) Vec<LeftOut>);

impl List {
    /// What was read; what could not be is listed, and is nothing.
    pub(crate) fn read<T>(&mut self, read: Result<T, LeftOut>) -> Option<T> {
        read.map_err(|left_out| self.0.push(left_out)).ok()
    }

    /// Lists one thing; it is nothing.
    pub(crate) fn add<T>(&mut self, left_out: LeftOut) -> Option<T> {
        self.0.push(left_out);
        None
    }

    /// What came of it all: nothing, where something could not be carried.
    pub(crate) fn finish<T>(self, read: Option<T>) -> Result<T, Vec<LeftOut>> {
        read.filter(|_| self.0.is_empty()).ok_or(self.0)
    }
}

/// A place in JSON: how to get there from the root.
#[derive(Clone, Copy, Debug)]
pub enum Place<'p> {
    /// The whole.
    Root,
    /// A key of an object.
    Key(&'p Place<'p>, &'p str),
    /// An index of an array.
    Index(&'p Place<'p>, usize),
}

impl<'p> Place<'p> {
    /// The value of a key here.
    #[must_use]
    pub fn key(&'p self, key: &'p str) -> Place<'p> {
        Place::Key(self, key)
    }

    /// The value at an index here.
    #[must_use]
    pub fn index(&'p self, index: usize) -> Place<'p> {
        Place::Index(self, index)
    }

    /// How many steps it is from the root.
    pub fn depth(&self) -> usize {
        match self {
            Place::Root => 0,
            Place::Key(outer, _) | Place::Index(outer, _) => outer.depth() + 1,
        }
    }

    /// As a JSON pointer (RFC 6901).
    pub fn pointer(&self) -> String {
        match self {
            Place::Root => String::new(),
            Place::Key(outer, key) => {
                format!("{}/{}", outer.pointer(), key.replace('~', "~0").replace('/', "~1"))
            }
            Place::Index(outer, index) => format!("{}/{index}", outer.pointer()),
        }
    }

    /// What is here could not be carried.
    pub fn left_out(&self, reason: &'static Text) -> LeftOut {
        LeftOut::new(self.pointer(), reason)
    }
}
