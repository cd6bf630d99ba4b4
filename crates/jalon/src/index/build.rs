//! Gathering rules: atoms become tests in words, conditions become conjunctions of them.

use std::hash::BuildHasher;

use rust_decimal::Decimal;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::atoms::Atom;
use super::intern::Interner;
use super::literals::Known;
use super::normal::{FAILS, HOLDS, conjunctions, flatten, necessary, single};
use super::warm;
use super::words::{Kind, MAX_SLOTS, Tag};
use crate::checked::{Condition, FieldRef, Operand, OrderTest};
use crate::plan::atom::{Atom as PlanAtom, ConstantTest};
use crate::plan::block::Times;
use crate::plan::ids::Ids;
use crate::plan::logic::Tree;
use crate::plan::pool::{Pool, SourceId};
use crate::value::TimeSpec;

/// No number.
pub(super) const NONE: u32 = u32::MAX;

/// Rules on their way into an index.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    pub(super) fields: Vec<FieldBuild>,
    by_key: FxHashMap<(u32, u32, Box<str>), Vec<u32>>,
    /// For each slot the field, where constants of the field are its positions.
    pub(super) slots: Vec<u32>,
    pub(super) times: Times,
    pub(super) atoms: Vec<Atom>,
    pub(super) timed: Vec<Timed>,
    timed_ids: FxHashMap<(u32, OrderTest, TimeSpec, Option<TimeSpec>), u32>,
    /// For each literal how likely a text is thought to pass it, before literals are counted.
    pub(super) weights: Vec<f32>,
    /// `rule, words, access words`, then the tests, then those that it may be found by instead.
    pub(super) stream: Vec<u32>,
    pub(super) programs: Vec<u32>,
    /// What rules mention, each distinct set once.
    pub(super) mentions: Vec<Box<[Mention]>>,
    mention_ids: FxHashMap<Box<[Mention]>, u32>,
    /// For each rule its set.
    pub(super) rules: Vec<u32>,
    /// What the rule at hand mentions.
    mentioned: Vec<Mention>,
    /// Its conjunction, where it is one.
    term: Vec<u32>,
}

/// Something that a rule mentions: of the wrong type, and the rule does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Mention {
    /// A field that the index reads.
    Field(u32),
    /// An atom that the record executor answers, with everything that it reads.
    Atom(u32),
}

/// A field that tests read.
#[derive(Debug)]
pub(super) struct FieldBuild {
    pub(super) source: FieldRef,
    /// Where the position of its value stands.
    pub(super) slot: u32,
    /// Where it is noted that the field is empty, if that is asked.
    pub(super) empty: Option<u32>,
    pub(super) symbols: Interner,
    pub(super) known: [Known; 4],
    pub(super) constants: Vec<Decimal>,
    /// What is spelled in two ways has two numbers, until all are ordered.
    pub(super) constant_ids: Ids,
}

/// A test on moments whose interval a clock gives.
#[derive(Clone, Debug)]
pub(super) struct Timed {
    pub(super) field: u32,
    pub(super) test: OrderTest,
    pub(super) first: TimeSpec,
    pub(super) second: Option<TimeSpec>,
}

/// Conditions taken apart into distinct tests, which is most of the work of building an index
/// and may be done on several threads, a portion on each.
#[derive(Clone, Debug, Default)]
pub struct LoweredRules {
    pool: Pool,
    trees: Vec<Tree>,
}

impl LoweredRules {
    /// Takes checked conditions apart; `None` holds of every record.
    pub fn new<'c>(conditions: impl IntoIterator<Item = Option<&'c Condition>>) -> LoweredRules {
        let mut pool = Pool::default();
        let mut tree = |condition: Option<&Condition>| {
            condition.map_or(Tree::All(Vec::new()), |condition| pool.lower(condition))
        };
        let trees = conditions.into_iter().map(&mut tree).collect();
        LoweredRules { pool, trees }
    }
}

/// What is known of the atoms of one pool.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// By source its field, [`NONE`] where that is not known.
    sources: Vec<u32>,
    atoms: Vec<Option<Learnt>>,
    words: Vec<u32>,
}

/// Where the words of an atom start and end, and what it mentions.
#[derive(Clone, Copy, Debug)]
struct Learnt {
    start: u32,
    end: u32,
    mention: Mention,
}

impl Builder {
    /// How many rules were added.
    pub(crate) fn len(&self) -> u32 {
        self.rules.len() as u32
    }

    /// Adds conditions that were lowered together.
    pub(crate) fn add_lowered(&mut self, lowered: &LoweredRules) {
        let mut batch = Batch::default();
        let (mut next, mut places) = (0, Vec::new());
        for atoms in lowered.pool.atoms.chunks(warm::AHEAD) {
            self.warm(atoms, &batch, &mut places);
            for _ in atoms {
                self.learn(next, &lowered.pool, &mut batch);
                next += 1;
            }
        }
        for tree in &lowered.trees {
            self.add(tree, &lowered.pool, &mut batch);
        }
    }

    /// Adds a condition that is lowered already; trees of one pool share a batch.
    pub(crate) fn add(&mut self, tree: &Tree, pool: &Pool, batch: &mut Batch) {
        let rule = self.rules.len() as u32;
        let mut mentions = std::mem::take(&mut self.mentioned);
        mentions.clear();
        tree.each_bit(&mut |atom| mentions.push(self.learn(atom, pool, batch)));
        mentions.sort_unstable();
        mentions.dedup();
        let set = self.mention_ids.get(mentions.as_slice()).copied().unwrap_or_else(|| {
            let set = self.mentions.len() as u32;
            self.mentions.push(mentions.as_slice().into());
            self.mention_ids.insert(mentions.as_slice().into(), set);
            set
        });
        self.rules.push(set);
        self.mentioned = mentions;
        let mut term = std::mem::take(&mut self.term);
        term.clear();
        match single(tree, &mut term) {
            Some(true) => self.conjunction(rule, &term, batch),
            Some(false) => {}
            None => self.terms(rule, tree, batch),
        }
        self.term = term;
    }

    /// A condition that is not one conjunction of atoms.
    fn terms(&mut self, rule: u32, tree: &Tree, batch: &Batch) {
        match conjunctions(tree) {
            Some(terms) => terms.iter().for_each(|term| self.conjunction(rule, term, batch)),
            None => self.program(rule, tree, batch),
        }
    }

    fn conjunction(&mut self, rule: u32, term: &[u32], batch: &Batch) {
        let start = self.stream.len();
        self.stream.extend([rule, 0, 0]);
        for literal in term {
            let test = self.stream.len();
            self.stream.extend_from_slice(batch.test(literal >> 1));
            if literal & 1 == 1 {
                self.stream[test] = Tag(self.stream[test]).complement().0;
            }
        }
        self.stream[start + 1] = (self.stream.len() - start - 3) as u32;
    }

    fn program(&mut self, rule: u32, tree: &Tree, batch: &Batch) {
        let mut write = |atom, steps: &mut Vec<u32>| steps.extend_from_slice(batch.test(atom));
        let entry = flatten(tree, HOLDS, FAILS, &mut write, &mut self.programs);
        if entry == FAILS {
            return;
        }
        let start = self.stream.len();
        self.stream.extend([rule, 0, 0]);
        if entry != HOLDS {
            self.stream.extend([Tag::new(Kind::Program, 0, 0).0, entry]);
            self.stream[start + 1] = 2;
        }
        let cost = |atom: u32| self.crude_cost(batch.test(atom));
        if let Some((_, atoms)) = necessary(tree, false, &cost) {
            for atom in atoms {
                self.stream.extend_from_slice(batch.test(atom));
            }
            self.stream[start + 2] = (self.stream.len() - start - 5) as u32;
        }
    }

    /// How much a test is worth as a key, before anything is counted.
    fn crude_cost(&self, test: &[u32]) -> Option<u32> {
        let tag = Tag(test[0]);
        Some(match tag.kind() {
            Kind::Range | Kind::Timed => 20,
            Kind::Order => 10,
            Kind::In | Kind::Among | Kind::Literal => 1 + tag.count() as u32,
            Kind::Atom => match self.atoms[test[1] as usize].keys.len() as u32 {
                0 => return None,
                keys => 1 + keys,
            },
            Kind::Program => return None,
        })
    }

    /// Makes words of an atom, once for a batch; says what it mentions.
    fn learn(&mut self, id: u32, pool: &Pool, batch: &mut Batch) -> Mention {
        match batch.atoms.get(id as usize) {
            Some(Some(learnt)) => learnt.mention,
            _ => self.learn_new(id, pool, batch),
        }
    }

    fn learn_new(&mut self, id: u32, pool: &Pool, batch: &mut Batch) -> Mention {
        if batch.atoms.len() <= id as usize {
            batch.atoms.resize(pool.atoms.len().max(id as usize + 1), None);
        }
        let start = batch.words.len();
        let field = match &pool.atoms[id as usize] {
            PlanAtom::Constant { source, test, .. } => self.simple(*source, test, pool, batch),
            PlanAtom::Compare { .. } | PlanAtom::Related(_) => None,
        };
        let mention = if let Some(field) = field {
            Mention::Field(field)
        } else {
            batch.words.truncate(start);
            let keys = self.keys_of(id, pool, batch).unwrap_or_default();
            let atom = Atom::new(id, pool, &mut self.times, keys);
            let number = self.atoms.len() as u32;
            batch.words.extend([Tag::new(Kind::Atom, 0, 0).0, number]);
            self.atoms.push(atom);
            Mention::Atom(number)
        };
        let (start, end) = (start as u32, batch.words.len() as u32);
        batch.atoms[id as usize] = Some(Learnt { start, end, mention });
        mention
    }

    /// Writes the words of a test that needs nothing but its field, which it gives.
    fn simple(
        &mut self,
        source: SourceId,
        test: &ConstantTest,
        pool: &Pool,
        batch: &mut Batch,
    ) -> Option<u32> {
        let field = self.field(source, pool, batch)?;
        self.write_simple(field, test, &mut batch.words)?;
        Some(field)
    }

    /// The number of a source that is a field of the record.
    pub(super) fn field(
        &mut self,
        source: SourceId,
        pool: &Pool,
        batch: &mut Batch,
    ) -> Option<u32> {
        if let Some(field) = batch.known_field(source) {
            return Some(field);
        }
        let Operand::Field(read) = &pool.sources[source as usize] else { return None };
        let name = read.key.folded.first().map_or("", String::as_str);
        let same_key = (read.key.shape, read.key.slot, Box::from(name));
        let known = self.by_key.entry(same_key).or_default();
        let same = known.iter().find(|id| self.fields[**id as usize].source == *read);
        let field = if let Some(id) = same {
            *id
        } else {
            let id = self.fields.len() as u32;
            let slot = self.slots.len() as u32;
            if read.depth > 0 || slot as usize >= MAX_SLOTS || id as usize >= MAX_SLOTS {
                return None;
            }
            self.slots.push(id);
            known.push(id);
            self.fields.push(FieldBuild::new(read.clone(), slot));
            id
        };
        if batch.sources.len() <= source as usize {
            batch.sources.resize(pool.sources.len(), NONE);
        }
        batch.sources[source as usize] = field;
        Some(field)
    }

    /// The number of a test on moments.
    pub(super) fn timed(&mut self, timed: Timed) -> u32 {
        let key = (timed.field, timed.test, timed.first.clone(), timed.second.clone());
        let next = self.timed.len() as u32;
        let id = *self.timed_ids.entry(key).or_insert(next);
        if id == next {
            self.timed.push(timed);
        }
        id
    }
}

impl Batch {
    /// The field of a source, where it was met before.
    #[inline]
    pub(super) fn known_field(&self, source: SourceId) -> Option<u32> {
        self.sources.get(source as usize).copied().filter(|field| *field != NONE)
    }

    /// The words of an atom that was learnt.
    fn test(&self, atom: u32) -> &[u32] {
        match self.atoms.get(atom as usize) {
            Some(Some(learnt)) => &self.words[learnt.start as usize..learnt.end as usize],
            _ => &[],
        }
    }
}

impl FieldBuild {
    fn new(source: FieldRef, slot: u32) -> FieldBuild {
        FieldBuild {
            source,
            slot,
            empty: None,
            symbols: Interner::default(),
            known: Default::default(),
            constants: Vec::new(),
            constant_ids: Ids::default(),
        }
    }

    /// The number of a constant, before they are ordered.
    pub(super) fn constant(&mut self, constant: Decimal) -> u32 {
        let (spelled, hash) = spelled(constant);
        let FieldBuild { constants, constant_ids, .. } = self;
        let same = |id: u32| constants[id as usize].serialize() == spelled;
        let id = constant_ids.get_or_add(hash, same);
        if id as usize == constants.len() {
            constants.push(constant);
        }
        id
    }
    /// The number that a constant likely has.
    pub(super) fn likely(&self, constant: Decimal) -> u32 {
        self.constant_ids.likely(spelled(constant).1)
    }
}

/// The bytes of a number, and their hash.
#[inline]
fn spelled(constant: Decimal) -> ([u8; 16], u64) {
    let bytes = constant.serialize();
    (bytes, FxBuildHasher.hash_one(u128::from_le_bytes(bytes)))
}
