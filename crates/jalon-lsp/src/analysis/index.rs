//! Where each name is declared and where it is used.

mod build;

use jalon::checked::readings::FieldId;
use jalon::program::Draft;
use jalon::source::{SourceId, Span};
use rustc_hash::FxHashMap;

use super::SourceFile;

/// What a name stands for: the kind of thing, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// By its number in the schema.
    Module(u32),
    /// A field of a module, or an attribute of its events.
    Field(FieldId),
    /// A value of a list, by its number in the index.
    Value(u32),
    /// By its number in the program.
    Constant(u32),
    /// By its number in the program.
    Score(u32),
    /// By its number in the program.
    Rule(u32),
    /// By its number in the program.
    Webhook(u32),
    /// By its number in the program.
    Calendar(u32),
    /// By its number in the index, as all that nothing names.
    Other(u32),
    /// A transition of a blueprint, by its number in the index.
    Transition(u32),
}

/// What kind of thing a definition defines: as the outline shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `module`
    Module,
    /// A field of a module.
    Field,
    /// A value of a list.
    Value,
    /// `constante`
    Constant,
    /// `score`
    Score,
    /// A group of lines of a score.
    Group,
    /// `règle`
    Rule,
    /// `parcours`
    Blueprint,
    /// A transition of a blueprint.
    Transition,
    /// `test`
    Test,
    /// Every other declaration.
    Other,
}

/// Where a name is declared.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What is declared.
    pub target: Target,
    /// Of what kind.
    pub kind: Kind,
    /// The name as text.
    pub name: String,
    /// Where the name stands, quotes included.
    pub name_span: Span,
    /// All of the declaration.
    pub span: Span,
    /// The comments that document it.
    pub doc: Vec<String>,
    /// What it is declared in.
    pub parent: Option<u32>,
}

/// Why a name stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is declared there.
    Declared,
    /// It is declared there as an API name or a synonym.
    Alias,
    /// It is used there.
    Used,
}

/// A name at a place.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence {
    /// Where, quotes included; of a path only its part.
    pub span: Span,
    /// What it stands for.
    pub target: Target,
    /// Why it stands there.
    pub role: Role,
}

/// Which field of the schema a field is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldPlace {
    pub(crate) module: usize,
    pub(crate) field: usize,
    /// Of its events.
    pub(crate) attribute: Option<usize>,
}

/// All names of a program.
#[derive(Debug, Default)]
pub struct Index {
    /// In the order of the texts; what is declared inside stands behind.
    pub definitions: Vec<Definition>,
    occurrences: Vec<Occurrence>,
    by_target: FxHashMap<Target, Vec<u32>>,
    /// The first definition of each.
    declared: FxHashMap<Target, u32>,
    fields: FxHashMap<FieldId, FieldPlace>,
    values: FxHashMap<(FieldId, String), u32>,
}

impl Index {
    pub(super) fn new(draft: &Draft, files: &[SourceFile]) -> Index {
        build::build(draft, files)
    }

    /// The name at a byte of a text, also directly after its end: the shortest around it.
    pub fn at(&self, source: SourceId, offset: u32) -> Option<Occurrence> {
        let key = |o: &Occurrence| (o.span.source, o.span.start);
        let end = self.occurrences.partition_point(|o| key(o) <= (source, offset));
        let near = self.occurrences.get(end.saturating_sub(16)..end)?;
        let around = near.iter().filter(|o| o.span.source == source && offset <= o.span.end);
        // Of two that meet at the place the one that begins there is meant.
        around.min_by_key(|o| (o.span.end == offset, o.span.end - o.span.start)).copied()
    }

    /// Every place where something is named, in the order of the texts.
    pub fn of(&self, target: Target) -> impl Iterator<Item = Occurrence> {
        let places = self.by_target.get(&target).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.occurrences.get(*at as usize)).copied()
    }

    /// Every name of a text, in its order.
    pub fn in_source(&self, source: SourceId) -> &[Occurrence] {
        let start = self.occurrences.partition_point(|o| o.span.source < source);
        let end = self.occurrences.partition_point(|o| o.span.source <= source);
        self.occurrences.get(start..end).unwrap_or_default()
    }

    /// Where something is declared.
    pub fn definition(&self, target: Target) -> Option<&Definition> {
        self.definitions.get(*self.declared.get(&target)? as usize)
    }

    pub(super) fn field_place(&self, id: FieldId) -> Option<FieldPlace> {
        self.fields.get(&id).copied()
    }
}
