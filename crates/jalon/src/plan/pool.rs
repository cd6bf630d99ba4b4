//! Where predicates are interned: each distinct one on each source once for a whole program.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::atom::{Atom, ConstantTest};
use super::ids::Ids;
use super::logic::Tree;
use super::mention;
use crate::checked::{Condition, Expr, FieldRef, Operand, Related};
use crate::lexicon::Quantifier;

/// The number of a source in its pool.
pub(crate) type SourceId = u32;

/// The sources and atoms of every condition on one kind of frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pool {
    /// What is read.
    pub(crate) sources: Vec<Operand>,
    /// The tests.
    pub(crate) atoms: Vec<Atom>,
    /// Sources by the hash of what names them; the few that share one are compared in full.
    by_name: FxHashMap<u64, Vec<SourceId>>,
    by_test: ByTest,
    /// Whether the frame around the record is the record before a change.
    pub(super) has_before: bool,
}

/// Constant tests by hash, and the atom of each.
#[derive(Clone, Debug, Default)]
struct ByTest {
    ids: Ids,
    atoms: Vec<u32>,
}

/// A criterion on a list of records, lowered.
#[derive(Clone, Debug)]
pub(crate) struct RelatedAtom {
    pub(super) list: SourceId,
    pub(super) quantifier: Quantifier,
    pub(super) inner: Lowered,
    /// Fields of outer records that the criterion mentions.
    pub(super) mentions: Vec<SourceId>,
}

/// A condition with the pool that its tree points into; a condition on a frame of its own.
#[derive(Clone, Debug)]
pub(crate) struct Lowered {
    pub(crate) pool: Pool,
    pub(crate) tree: Tree,
}

impl Lowered {
    /// Lowers a condition that shares no pool.
    pub(crate) fn new(condition: &Condition) -> Lowered {
        let mut pool = Pool::default();
        let tree = pool.lower(condition);
        Lowered { pool, tree }
    }
}

impl Pool {
    /// A pool for conditions on a record whose outer frame is the record before a change.
    pub(crate) fn with_before() -> Pool {
        Pool { has_before: true, ..Pool::default() }
    }

    /// The number of a source, the same for equal ones.
    pub(crate) fn source(&mut self, operand: &Operand) -> SourceId {
        let name = match operand {
            Operand::Field(FieldRef { depth, key, .. }) => {
                let name = key.folded.first().map_or("", String::as_str);
                (*depth, key.shape, key.slot, name)
            }
            Operand::Expr(expr) => (u8::MAX, expr.span.start, expr.span.end, expr.source.as_str()),
        };
        let name = FxBuildHasher.hash_one(name);
        let same_name = self.by_name.entry(name).or_default();
        if let Some(id) = same_name.iter().find(|id| self.sources[**id as usize] == *operand) {
            return *id;
        }
        let id = self.sources.len() as SourceId;
        same_name.push(id);
        self.sources.push(operand.clone());
        id
    }

    /// The sources of the fields that an expression mentions in this frame.
    pub(crate) fn mentions(&mut self, expr: &Expr) -> Vec<SourceId> {
        let mut fields = Vec::new();
        mention::of_expr(expr, 0, &mut fields);
        self.fields(fields)
    }

    fn fields(&mut self, fields: Vec<FieldRef>) -> Vec<SourceId> {
        fields.into_iter().map(|field| self.source(&Operand::Field(field))).collect()
    }

    /// The number of a constant test, the same for equal ones.
    pub(super) fn constant(&mut self, source: SourceId, test: ConstantTest) -> Tree {
        let Pool { atoms, by_test, .. } = self;
        let same = |id: u32| match &atoms[by_test.atoms[id as usize] as usize] {
            Atom::Constant { source: other, test: same, .. } => *other == source && *same == test,
            Atom::Compare { .. } | Atom::Related(_) => false,
        };
        let id = by_test.ids.get_or_add(FxBuildHasher.hash_one((source, &test)), same);
        if let Some(atom) = by_test.atoms.get(id as usize) {
            return Tree::Bit(*atom);
        }
        by_test.atoms.push(atoms.len() as u32);
        let mentions = match &self.sources[source as usize] {
            Operand::Field(_) => Vec::new(),
            Operand::Expr(expr) => self.mentions(&expr.clone()),
        };
        self.add(Atom::Constant { source, test, mentions })
    }

    /// Adds an atom that is not shared.
    pub(super) fn add(&mut self, atom: Atom) -> Tree {
        self.atoms.push(atom);
        Tree::Bit(self.atoms.len() as u32 - 1)
    }

    /// Lowers a condition on this frame: its tree over atom numbers.
    pub(crate) fn lower(&mut self, condition: &Condition) -> Tree {
        match condition {
            Condition::All(parts) => Tree::All(parts.iter().map(|p| self.lower(p)).collect()),
            Condition::Any(parts) => Tree::Any(parts.iter().map(|p| self.lower(p)).collect()),
            Condition::Not(part) => Tree::Not(Box::new(self.lower(part))),
            Condition::Test(test) => super::lower::test(self, test),
            Condition::Related(related) => self.related(related),
        }
    }

    fn related(&mut self, related: &Related) -> Tree {
        let list = self.source(&Operand::Field(related.list.clone()));
        let mut outer = Vec::new();
        mention::of_condition(&related.condition, 1, &mut outer);
        let mentions = self.fields(outer);
        let inner = Lowered::new(&related.condition);
        let quantifier = related.quantifier;
        self.add(Atom::Related(RelatedAtom { list, quantifier, inner, mentions }))
    }
}
