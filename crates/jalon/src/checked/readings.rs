//! What each name and value of the texts was taken for: what formatting, translating and editors
//! need to know beyond the document, which has no types.

use crate::checked::ScoreId;
use crate::checked::workflow::{RuleId, WebhookId};
use crate::schema::ModuleId;
use crate::source::{SourceId, Span};
use crate::value::FieldKey;

/// The readings of a program, by place.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    list: Vec<Reading>,
}

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The name or value, quotes included; of an operator all its words.
    pub span: Span,
    /// What it was taken for.
    pub meaning: Meaning,
}

/// What a name or a value was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A module.
    Module(ModuleId),
    /// A field, or a path: the reference, and what is read through it, each by shape and slot.
    Field(Vec<FieldId>),
    /// A named constant.
    Constant,
    /// A score.
    Score(ScoreId),
    /// A rule.
    Rule(RuleId),
    /// A webhook.
    Webhook(WebhookId),
    /// A calendar, by its index in [`crate::checked::CheckedProgram::calendars`].
    Calendar(u32),
    /// A transition of a blueprint, named by a test.
    Transition,
    /// A tick of a checkbox.
    Tick(bool),
    /// A date, a date-time or a date word.
    Time,
    /// Another constant, and the field whose type read it, if there is one; a state of a blueprint
    /// is a value of the field that holds it.
    Value(Option<FieldId>),
    /// The operator of a leaf: of its splits, the one that `check` took.
    Operator,
}

/// A field by the shape and the slot of its [`FieldKey`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId {
    /// [`FieldKey::shape`]
    pub shape: u32,
    /// [`FieldKey::slot`]
    pub slot: u32,
}

impl FieldId {
    /// That of a field which is no path.
    pub fn of(key: &FieldKey) -> FieldId {
        FieldId { shape: key.shape, slot: key.slot }
    }

    /// A field, or the references of a path and the field at its end.
    pub fn path(key: &FieldKey) -> Vec<FieldId> {
        let mut path = Vec::new();
        let mut key = key;
        while let Some(step) = &key.path {
            path.push(FieldId::of(&step.0));
            key = &step.1;
        }
        path.push(FieldId::of(key));
        path
    }
}

impl Readings {
    /// Of readings in the order in which they were made: at one place the last holds.
    pub(crate) fn new(mut list: Vec<Reading>) -> Readings {
        list.sort_by_key(|reading| place(reading.span));
        list.dedup_by(|later, earlier| {
            let same = later.span == earlier.span;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        Readings { list }
    }

    /// All of them, in the order of the texts; where one begins with another the shorter is first.
    pub fn iter(&self) -> impl Iterator<Item = &Reading> {
        self.list.iter()
    }

    /// What a place was taken for: the whole of a name, a value or an operator.
    pub fn of(&self, span: Span) -> Option<&Meaning> {
        let found = self.list.binary_search_by_key(&place(span), |reading| place(reading.span));
        found.ok().map(|at| &self.list[at].meaning)
    }

    /// The shortest reading around a byte of a text, also directly after its end.
    pub fn at(&self, source: SourceId, offset: u32) -> Option<&Reading> {
        let around = self.list.iter().filter(|reading| {
            let span = reading.span;
            span.source == source && span.start <= offset && offset <= span.end
        });
        around.min_by_key(|reading| reading.span.end - reading.span.start)
    }
}

fn place(span: Span) -> (SourceId, u32, u32) {
    (span.source, span.start, span.end)
}
