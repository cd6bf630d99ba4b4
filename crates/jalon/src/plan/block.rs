//! Blocks: everything that is read and tested on one frame for a set of conditions.
//!
//! A block gives each atom that its conditions use a bit, those of one source side by side, and
//! each source a further bit for "of the wrong type". Running it fills the bits once; each
//! condition is then a boolean program over them.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};

use super::atom::{Atom, CompareTest, ConstantTest};
use super::code::Code;
use super::kernel::Kernel;
use super::logic::{Bit, Tree, set};
use super::pool::{Lowered, Pool, SourceId};
pub(crate) use super::root::Root;
use super::time::{Axis, TimeId};
use crate::checked::{Condition, Domain, Expr, FieldRef, Operand};
use crate::lexicon::Quantifier;
use crate::value::{Clock, Interval, NoClock, TimeSpec};

/// Conditions and expressions on one frame, compiled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    /// What is read.
    pub(crate) sources: Vec<Source>,
    /// Tests against computed values.
    pub(crate) compares: Vec<Compare>,
    /// Criteria on lists of records.
    pub(crate) related: Vec<RelatedPlan>,
    /// Blocks of inner frames, and of conditions inside expressions.
    pub(crate) nested: Vec<Block>,
    /// The conditions, in the order they were added.
    pub(crate) roots: Vec<Root>,
    /// How many words the bits take.
    pub(crate) words: usize,
    /// Every error bit that a condition looks at.
    pub(crate) errors: Words,
    /// What each bit belongs to.
    pub(crate) owners: Vec<Owner>,
    /// For the answer of each test, the error bits of everything that it mentions.
    pub(crate) mentioned: FxHashMap<Bit, Words>,
}

/// What a bit belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Owner {
    /// A source: one of its tests, or its error.
    Source,
    /// A test against computed values.
    Compare(u32),
    /// A criterion on a list of records.
    Related(u32),
}

/// One thing that is read, with all tests on it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Where the value comes from.
    pub(crate) input: Input,
    /// The first of its bits, which stand side by side; the last is that of its error.
    pub(crate) first: Bit,
    /// Set when there is nothing.
    pub(crate) empty: Option<Bit>,
    /// Set when the value is of the wrong type, contradicts itself, or cannot be computed.
    pub(crate) error: Bit,
    /// The other tests.
    pub(crate) kernel: Kernel,
    /// The word that holds all its bits, unless they are more than a word's.
    pub(crate) word: Option<u32>,
    /// Whether expressions or tests of another kind read it, too.
    pub(crate) is_mentioned: bool,
}

impl Source {
    /// Whether all that is asked of a text is whether it is blank.
    pub(crate) fn asks_little(&self) -> bool {
        !self.is_mentioned && matches!(&self.kernel, Kernel::Text(tests) if tests.is_none())
    }
}

/// Where a value comes from.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    /// A field.
    Field(FieldRef),
    /// An expression.
    Code {
        /// Compiled.
        code: Code,
        /// As written.
        text: String,
        /// What it gives.
        domain: Domain,
    },
}

impl Input {
    /// How the value is read.
    pub(crate) fn domain(&self) -> Domain {
        match self {
            Input::Field(field) => field.domain,
            Input::Code { domain, .. } => *domain,
        }
    }
}

/// A test against computed values.
#[derive(Clone, Debug)]
pub(crate) struct Compare {
    /// Index of the source in the block.
    pub(crate) source: usize,
    /// The test.
    pub(crate) test: CompareTest,
    /// The values, with their text.
    pub(crate) terms: Vec<(Code, String)>,
    /// Its answer.
    pub(crate) bit: Bit,
    /// Set when a value cannot be computed.
    pub(crate) error: Bit,
}

/// A criterion on a list of records.
#[derive(Clone, Debug)]
pub(crate) struct RelatedPlan {
    /// The list.
    pub(crate) list: FieldRef,
    /// How many must satisfy it.
    pub(crate) quantifier: Quantifier,
    /// Index of its block.
    pub(crate) nested: usize,
    /// Its answer.
    pub(crate) bit: Bit,
    /// Set when one of the records holds a value of the wrong type.
    pub(crate) error: Bit,
}

/// A set of bits; most blocks take one word.
pub(crate) type Words = SmallVec<[u64; 1]>;

/// Whether two sets of bits share one.
#[inline]
pub(crate) fn overlap(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}

/// The dates and date words of a plan, each once on each axis.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times {
    /// In the order of their numbers.
    pub(crate) list: Vec<(TimeSpec, Axis)>,
    runs: FxHashMap<(Vec<TimeSpec>, Axis), TimeId>,
}

impl Times {
    /// The number of a date.
    pub(crate) fn add(&mut self, spec: &TimeSpec, axis: Axis) -> TimeId {
        self.add_all(std::slice::from_ref(spec), axis)
    }

    /// The number of the first of several dates that stand side by side.
    pub(crate) fn add_all(&mut self, specs: &[TimeSpec], axis: Axis) -> TimeId {
        let next = self.list.len() as TimeId;
        let first = *self.runs.entry((specs.to_vec(), axis)).or_insert(next);
        if first == next {
            self.list.extend(specs.iter().map(|spec| (spec.clone(), axis)));
        }
        first
    }

    /// What each stands for under a clock, in place of what was resolved before.
    pub(crate) fn resolve(
        &self,
        clock: &Clock,
        resolved: &mut Vec<Interval>,
    ) -> Result<(), NoClock> {
        resolved.clear();
        for (spec, axis) in &self.list {
            resolved.push(match axis {
                Axis::Days => spec.date_interval(clock)?,
                Axis::Micros => spec.instant_interval(clock)?,
            });
        }
        Ok(())
    }
}

/// Builds one block.
#[derive(Debug)]
pub(crate) struct Builder<'t> {
    /// The dates of the whole plan.
    pub(crate) times: &'t mut Times,
    pool: Cow<'t, Pool>,
    trees: Vec<(Tree, Vec<SourceId>)>,
    nested: Vec<Block>,
    next: Bit,
}

impl<'t> Builder<'t> {
    /// A builder for one frame.
    pub(crate) fn new(times: &'t mut Times) -> Builder<'t> {
        Builder { times, pool: Cow::default(), trees: Vec::new(), nested: Vec::new(), next: 0 }
    }

    /// A builder for a record whose outer frame is the record before a change.
    pub(crate) fn with_before(times: &'t mut Times) -> Builder<'t> {
        Builder { pool: Cow::Owned(Pool::with_before()), ..Builder::new(times) }
    }

    /// A builder over atoms that are interned already.
    pub(crate) fn with_pool(times: &'t mut Times, pool: &'t Pool) -> Builder<'t> {
        Builder { times, pool: Cow::Borrowed(pool), trees: Vec::new(), nested: Vec::new(), next: 0 }
    }

    /// Adds a condition (none holds always) and the expressions that share its fate when a
    /// value is of the wrong type.
    pub(crate) fn root(&mut self, condition: Option<&Condition>, with: &[&Expr]) {
        let tree = condition
            .map_or(Tree::All(Vec::new()), |condition| self.pool.to_mut().lower(condition));
        let pool = self.pool.to_mut();
        let mentions = with.iter().flat_map(|expr| pool.mentions(expr)).collect();
        self.trees.push((tree, mentions));
    }

    /// Adds a condition that is lowered already.
    pub(crate) fn tree(&mut self, tree: Tree) {
        self.trees.push((tree, Vec::new()));
    }

    /// Compiles an expression of this frame, to be run on the finished block.
    pub(crate) fn expr(&mut self, expr: &Expr) -> Code {
        self.code(expr)
    }

    /// Builds a block for a condition and returns its index among the nested ones.
    pub(super) fn nest(&mut self, lowered: &Lowered) -> usize {
        let mut inner = Builder::with_pool(self.times, &lowered.pool);
        inner.tree(lowered.tree.clone());
        let block = inner.build();
        self.nested.push(block);
        self.nested.len() - 1
    }

    /// The finished block.
    pub(crate) fn build(mut self) -> Block {
        let mut used = Used::default();
        let trees = std::mem::take(&mut self.trees);
        for (tree, mentions) in &trees {
            used.tree(tree, &self.pool);
            for source in mentions {
                used.source(*source);
                used.mentioned.insert(*source);
            }
        }
        let mut block = Block::default();
        let mut layout = Layout::default();
        let pool = std::mem::take(&mut self.pool);
        for id in &used.sources {
            self.lay_source(*id, &pool, &used, &mut layout, &mut block);
        }
        for id in &used.atoms {
            self.lay_atom(*id, &pool, &mut layout, &mut block);
        }
        block.words = (self.next as usize).div_ceil(64).max(1);
        block.nested = self.nested;
        block.roots =
            trees.iter().map(|(tree, with)| layout.root(tree, with, &pool, block.words)).collect();
        block.mentioned = used
            .atoms
            .iter()
            .filter_map(|atom| {
                Some((*layout.bits.get(atom)?, layout.errors_of(*atom, &pool, block.words)))
            })
            .collect();
        block.errors = (0..block.words)
            .map(|word| block.roots.iter().fold(0, |all, root| all | root.errors[word]))
            .collect();
        block
    }

    /// Gives a source, its tests against constants and its error their bits.
    fn lay_source(
        &mut self,
        id: SourceId,
        pool: &Pool,
        used: &Used,
        layout: &mut Layout,
        block: &mut Block,
    ) {
        let owner = Owner::Source;
        let input = match &pool.sources[id as usize] {
            Operand::Field(field) => Input::Field(field.clone()),
            Operand::Expr(expr) => Input::Code {
                code: self.code(expr),
                text: expr.source.clone(),
                domain: expr.domain,
            },
        };
        let first =
            self.start_source(used.tests.get(&id).map_or(&[][..], Vec::as_slice), pool, block);
        let mut empty = None;
        let mut tests = Vec::new();
        for atom in used.tests.get(&id).into_iter().flatten() {
            let Atom::Constant { test, .. } = &pool.atoms[*atom as usize] else { continue };
            let bit = self.bit(owner, block);
            layout.bits.insert(*atom, bit);
            match test {
                ConstantTest::Empty => empty = Some(bit),
                test => tests.push((test, bit)),
            }
            if matches!(test, ConstantTest::Dynamic(..)) {
                let wrong = self.bit(owner, block);
                layout.errors.entry(*atom).or_default().push(wrong);
            }
        }
        let error = self.bit(owner, block);
        layout.sources.insert(id, (block.sources.len(), error));
        let kernel = Kernel::new(input.domain(), &tests, self.times);
        let word = (first / 64 == error / 64).then_some(first / 64);
        let is_mentioned = used.mentioned.contains(&id);
        block.sources.push(Source { input, first, empty, error, kernel, word, is_mentioned });
    }

    /// The first bit of a source with some tests: the next one, or that of the next word where
    /// only there all its bits stand in one.
    fn start_source(&mut self, tests: &[u32], pool: &Pool, block: &mut Block) -> Bit {
        let bits = |atom: &u32| match &pool.atoms[*atom as usize] {
            Atom::Constant { test: ConstantTest::Dynamic(..), .. } => 2,
            _ => 1,
        };
        let needed = 1 + tests.iter().map(bits).sum::<u32>();
        if needed <= 64 && self.next % 64 + needed > 64 {
            while !self.next.is_multiple_of(64) {
                self.bit(Owner::Source, block);
            }
        }
        self.next
    }

    /// Gives a test that is not against constants its bits.
    fn lay_atom(&mut self, id: u32, pool: &Pool, layout: &mut Layout, block: &mut Block) {
        match &pool.atoms[id as usize] {
            Atom::Constant { .. } => {}
            Atom::Compare { source, test, terms, .. } => {
                let owner = Owner::Compare(block.compares.len() as u32);
                let (bit, error) = (self.bit(owner, block), self.bit(owner, block));
                layout.bits.insert(id, bit);
                layout.errors.entry(id).or_default().push(error);
                let terms = terms.iter().map(|e| (self.code(e), e.source.clone())).collect();
                let source = layout.sources.get(source).map_or(0, |(index, _)| *index);
                block.compares.push(Compare { source, test: *test, terms, bit, error });
            }
            Atom::Related(related) => {
                let owner = Owner::Related(block.related.len() as u32);
                let (bit, error) = (self.bit(owner, block), self.bit(owner, block));
                layout.bits.insert(id, bit);
                layout.errors.entry(id).or_default().push(error);
                let nested = self.nest(&related.inner);
                let Operand::Field(list) = &pool.sources[related.list as usize] else { return };
                let (list, quantifier) = (list.clone(), related.quantifier);
                block.related.push(RelatedPlan { list, quantifier, nested, bit, error });
            }
        }
    }

    fn bit(&mut self, owner: Owner, block: &mut Block) -> Bit {
        block.owners.push(owner);
        self.next += 1;
        self.next - 1
    }
}

/// The atoms and sources that a set of trees uses, in the order of first use.
#[derive(Debug, Default)]
struct Used {
    atoms: Vec<u32>,
    sources: Vec<SourceId>,
    /// The atoms that test each source against constants.
    tests: FxHashMap<SourceId, Vec<u32>>,
    seen: FxHashSet<(bool, u32)>,
    /// The sources that are read by more than tests against constants.
    mentioned: FxHashSet<SourceId>,
}

impl Used {
    fn tree(&mut self, tree: &Tree, pool: &Pool) {
        match tree {
            Tree::All(parts) | Tree::Any(parts) => parts.iter().for_each(|p| self.tree(p, pool)),
            Tree::Not(part) => self.tree(part, pool),
            Tree::Bit(atom) => {
                if self.seen.insert((true, *atom)) {
                    self.atoms.push(*atom);
                    let atom_of = &pool.atoms[*atom as usize];
                    let mut tested = None;
                    if let Atom::Constant { source, .. } = atom_of {
                        self.tests.entry(*source).or_default().push(*atom);
                        tested = Some(*source);
                    }
                    for source in atom_of.sources() {
                        self.source(source);
                        if tested != Some(source) {
                            self.mentioned.insert(source);
                        }
                    }
                }
            }
        }
    }

    fn source(&mut self, source: SourceId) {
        if self.seen.insert((false, source)) {
            self.sources.push(source);
        }
    }
}

/// Which bits atoms and sources were given.
#[derive(Debug, Default)]
struct Layout {
    bits: FxHashMap<u32, Bit>,
    /// Error bits of atoms, beside those of their sources.
    errors: FxHashMap<u32, Vec<Bit>>,
    /// Index in the block and error bit.
    sources: FxHashMap<SourceId, (usize, Bit)>,
}

impl Layout {
    /// The error bits of everything that an atom mentions.
    fn errors_of(&self, atom: u32, pool: &Pool, words: usize) -> Words {
        let mut errors: Words = smallvec![0; words];
        for source in pool.atoms[atom as usize].sources() {
            if let Some((_, error)) = self.sources.get(&source) {
                set(&mut errors, *error);
            }
        }
        for bit in self.errors.get(&atom).into_iter().flatten() {
            set(&mut errors, *bit);
        }
        errors
    }

    fn root(&self, tree: &Tree, with: &[SourceId], pool: &Pool, words: usize) -> Root {
        let mut errors: Words = smallvec![0; words];
        for (_, error) in with.iter().filter_map(|source| self.sources.get(source)) {
            set(&mut errors, *error);
        }
        let mut used = Used::default();
        used.tree(tree, pool);
        for atom in used.atoms {
            let mentioned = self.errors_of(atom, pool, words);
            errors.iter_mut().zip(mentioned).for_each(|(all, mentioned)| *all |= mentioned);
        }
        Root::new(self.map(tree), errors)
    }

    fn map(&self, tree: &Tree) -> Tree {
        match tree {
            Tree::All(parts) => Tree::All(parts.iter().map(|part| self.map(part)).collect()),
            Tree::Any(parts) => Tree::Any(parts.iter().map(|part| self.map(part)).collect()),
            Tree::Not(part) => Tree::Not(Box::new(self.map(part))),
            Tree::Bit(atom) => self.bits.get(atom).map_or(Tree::Any(Vec::new()), |b| Tree::Bit(*b)),
        }
    }
}
