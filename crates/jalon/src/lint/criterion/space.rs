//! The atoms of all criteria of a program, and what the fields they read may hold.

use rustc_hash::FxHashMap;

use crate::checked::{CheckedProgram, Condition, Domain, Operand};
use crate::lint::domain::{self, Answer, Cell, Demand, Field, Purpose};
use crate::plan::atom::{Atom, CompareTest, ConstantTest};
use crate::plan::entry::Plan;
use crate::plan::logic::Tree;
use crate::plan::pool::{Pool, SourceId};
use crate::schema::{self, FieldType};
use crate::value::{Clock, FieldKey};

/// The moment at which words such as `aujourd'hui` are looked at.
const NOW: &str = "2026-06-17T10:00";

/// Every criterion lowered to one pool of atoms.
#[derive(Debug)]
pub(in crate::lint) struct Space<'p> {
    pub(in crate::lint) program: &'p CheckedProgram,
    pub(in crate::lint) clock: Clock,
    pool: Pool,
    declared: FxHashMap<(u32, u32), &'p schema::Field>,
    fields: Vec<Field<'p>>,
}

/// What an atom is to the search.
pub(in crate::lint) enum Sort {
    /// A test of this source against constants.
    Constant(SourceId),
    /// A test against something computed, which holds only where its source has a value.
    Computed(SourceId),
    /// Whether a source has the value that it had before.
    Unchanged(SourceId),
    /// A criterion on a list of records.
    Related,
}

impl<'p> Space<'p> {
    pub(in crate::lint) fn new(program: &'p CheckedProgram) -> Space<'p> {
        let mut declared = FxHashMap::default();
        for field in program.schema.modules.iter().flat_map(|module| &module.fields) {
            declared.insert((field.key.shape, field.key.slot), field);
            if let FieldType::Events(attributes) = &field.ty {
                let attributes =
                    attributes.iter().map(|field| ((field.key.shape, field.key.slot), field));
                declared.extend(attributes);
            }
        }
        let clock = Clock::at(NOW, "UTC").unwrap_or_default().with_calendar(program.calendar());
        Space { program, clock, pool: Pool::with_before(), declared, fields: Vec::new() }
    }

    /// Lowers a criterion.
    pub(super) fn lower(&mut self, condition: &Condition) -> Tree {
        self.pool.lower(condition)
    }

    /// Reads what each source may hold, when all criteria are lowered.
    pub(in crate::lint) fn close(&mut self) {
        let sources = self.pool.sources.iter();
        self.fields = sources
            .map(|source| match source {
                Operand::Field(field) => Field {
                    domain: field.domain,
                    declared: self.declaration(&field.key),
                    computed: false,
                },
                Operand::Expr(expr) => {
                    Field { domain: expr.domain, declared: None, computed: true }
                }
            })
            .collect();
    }

    /// The declaration of a field, that of a path its last field's.
    pub(in crate::lint) fn declaration(&self, key: &FieldKey) -> Option<&'p schema::Field> {
        let key = key.path.as_deref().map_or(key, |(_, field)| field);
        self.declared.get(&(key.shape, key.slot)).copied()
    }

    /// What an atom is.
    pub(super) fn sort(&self, atom: u32) -> Sort {
        match &self.pool.atoms[atom as usize] {
            Atom::Constant { source, .. } => Sort::Constant(*source),
            Atom::Compare { source, test: CompareTest::Same, .. } => Sort::Unchanged(*source),
            Atom::Compare { source, .. } => Sort::Computed(*source),
            Atom::Related(_) => Sort::Related,
        }
    }

    /// The source that an atom reads, unless it is a criterion on related records.
    pub(in crate::lint) fn reads(&self, atom: u32) -> Option<SourceId> {
        match self.sort(atom) {
            Sort::Constant(source) | Sort::Computed(source) | Sort::Unchanged(source) => {
                Some(source)
            }
            Sort::Related => None,
        }
    }

    /// The constant test of an atom.
    pub(in crate::lint) fn test(&self, atom: u32) -> Option<(SourceId, &ConstantTest)> {
        match &self.pool.atoms[atom as usize] {
            Atom::Constant { source, test, .. } => Some((*source, test)),
            Atom::Compare { .. } | Atom::Related(_) => None,
        }
    }

    /// What is read.
    pub(in crate::lint) fn source(&self, source: SourceId) -> &Operand {
        &self.pool.sources[source as usize]
    }

    /// Whether a record has at most one value of it, which a test compares.
    pub(in crate::lint) fn has_one_value(&self, source: SourceId) -> bool {
        let domain = self.fields[source as usize].domain;
        matches!(domain, Domain::Text(_) | Domain::Number | Domain::Checkbox)
    }

    /// The executor's plan of criteria that are lowered already.
    pub(super) fn plan(&self, lowered: &[(&Condition, &Tree)]) -> Plan {
        let lowered: Vec<_> =
            lowered.iter().map(|(condition, tree)| (*tree, Some(*condition))).collect();
        Plan::of_trees(&lowered, &self.pool, self.program)
    }

    /// A value of a source that meets demands.
    pub(super) fn solve(&self, source: SourceId, demands: &[Demand<'_>]) -> Answer {
        domain::solve(&self.fields[source as usize], demands, &self.clock)
    }

    /// Values of a source at which tests differ; see [`domain::cells`].
    pub(super) fn cells(
        &self,
        source: SourceId,
        tests: &[&ConstantTest],
        purpose: Purpose,
        cells: &mut Vec<Cell>,
    ) -> Option<()> {
        domain::cells(&self.fields[source as usize], tests, purpose, &self.clock, cells)
    }
}
