//! Records made up so that most questions about a criterion need no search: what holds of one of
//! them can hold.
//!
//! Of each field a few values stand for all ([`domain::cells`]). A record takes of each field the
//! value that meets what a question forces, and as much as possible of what it only wishes. Then
//! every part is run on all records at once, a bit for each: a question is answered by an
//! intersection of words.

use rustc_hash::FxHashMap;

use super::solve::{Side, Witness};
use super::space::{Sort, Space};
use crate::lint::domain::{Cell, Purpose};
use crate::plan::atom::ConstantTest;
use crate::plan::logic::Tree;
use crate::plan::pool::SourceId;
use crate::value::Value;

/// So many records are made up for one criterion.
const MOST_RECORDS: usize = 256;

/// So many records are made up for one question where what it wishes is not enough.
const MOST_TRIES: u64 = 6;

/// Fewer tests are not worth the records.
const LEAST_TESTS: usize = 5;

/// With fewer tests a search is as quick, and what it finds is shorter to read.
const LEAST_TESTS_OF_ONE: usize = 16;

/// A bit for each record.
type Word = [u64; MOST_RECORDS / 64];

const NONE: Word = [0; MOST_RECORDS / 64];

/// What a part of a criterion is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    All,
    Any,
    Not,
    /// A field, and the place of the test among the tests on it.
    Test(u32, u32),
}

/// A part of a tree, its own parts behind it.
#[derive(Debug)]
struct Node {
    /// Where its tree stands in memory.
    address: usize,
    kind: Kind,
    /// Of a test, what it is in the pool.
    atom: u32,
    /// Behind its last part; its first follows it.
    end: usize,
}

/// What a question asks of a field.
#[derive(Clone, Copy, Debug, Default)]
struct Wanted {
    forced: [u64; 2],
    wished: [u64; 2],
}

/// A field, or what may hold or not whatever the fields are.
#[derive(Debug, Default)]
struct Source {
    id: Option<SourceId>,
    atoms: Vec<u32>,
    cells: Vec<Cell>,
    /// By atom, on which records it holds.
    words: Vec<Word>,
}

/// What is asked: parts that must hold or, with `true`, must not.
type Question<'q> = &'q [(usize, bool)];

/// Questions one after the other, in one list.
#[derive(Debug, Default)]
struct Questions {
    sides: Vec<(usize, bool)>,
    /// Behind the last side of each.
    ends: Vec<usize>,
}

impl Questions {
    fn add(&mut self, question: Question<'_>, last: (usize, bool)) {
        self.sides.extend(question);
        self.sides.push(last);
        self.ends.push(self.sides.len());
    }

    fn get(&self, number: usize) -> Question<'_> {
        let from = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.sides[from..self.ends[number]]
    }
}

/// Records for some trees. One is made for many, one after the other, and keeps its room.
#[derive(Debug, Default)]
pub(super) struct Examples {
    nodes: Vec<Node>,
    /// Those of earlier trees stand behind the `count` that there are.
    sources: Vec<Source>,
    count: usize,
    roots: Vec<usize>,
    /// By node, on which records it holds.
    words: Vec<Word>,
    /// For each record the value of each source.
    records: Vec<u32>,
    /// How many records there are.
    number: usize,
    wanted: Vec<Wanted>,
    /// What is still to be looked at of a question, and whether it is forced.
    todo: Vec<(usize, bool, bool)>,
    /// Where a source stands, and what an atom is.
    places: FxHashMap<SourceId, usize>,
    kinds: FxHashMap<u32, Kind>,
}

/// On which of some records the parts of a criterion hold, by their addresses.
#[derive(Debug, Default)]
pub(super) struct Known {
    examples: Examples,
    questions: Questions,
    words: FxHashMap<usize, Word>,
    /// A bit for each record that there is.
    records: Word,
}

impl Known {
    /// Makes up records for a criterion where some others do not hold: where it holds, where it
    /// does not, and for each part where it makes a difference.
    pub(super) fn study(&mut self, tree: &Tree, given: &[Tree], space: &Space<'_>) {
        self.forget();
        if self.make(tree, given, space).is_some() {
            let Examples { nodes, words, .. } = &self.examples;
            let addresses = nodes.iter().map(|node| node.address);
            self.words.extend(addresses.zip(words.iter().copied()));
            self.records = self.examples.all();
        }
    }

    /// Forgets the records that there are.
    pub(super) fn forget(&mut self) {
        self.words.clear();
        self.records = NONE;
    }

    fn make(&mut self, tree: &Tree, given: &[Tree], space: &Space<'_>) -> Option<()> {
        let Known { examples, questions, .. } = self;
        examples.read(std::iter::once(tree).chain(given), LEAST_TESTS, space)?;
        for source in &mut examples.sources[..examples.count] {
            source.fill(Purpose { apart: u64::MAX, shown: false }, space)?;
        }
        let mut certain: Vec<(usize, bool)> =
            examples.roots[1..].iter().map(|root| (*root, true)).collect();
        questions.sides.clear();
        questions.ends.clear();
        for verdict in [false, true] {
            questions.add(&certain, (0, verdict));
        }
        examples.differences(0, &mut certain, questions);
        questions.ends.truncate(MOST_RECORDS / 2);
        for number in 0..questions.ends.len() {
            examples.add(questions.get(number), None, false);
        }
        examples.run();
        let mut open: Vec<usize> = (0..questions.ends.len()).collect();
        open.retain(|number| examples.answer(questions.get(*number)) == NONE);
        for (salt, number) in (1..=MOST_TRIES).flat_map(|n| open.iter().map(move |q| (n, *q))) {
            examples.add(questions.get(number), Some(salt), false);
        }
        if !open.is_empty() {
            examples.run();
        }
        Some(())
    }

    /// Whether all sides hold on one of the records.
    pub(super) fn hold(&self, sides: &[Side<'_>]) -> bool {
        let mut all = self.records;
        for (tree, negated) in sides {
            let Some(word) = self.words.get(&address(tree)) else { return false };
            meet(&mut all, word, *negated);
        }
        all != NONE
    }
}

/// Values with which all sides hold, where they are soon found.
pub(super) fn example(
    sides: &[Side<'_>],
    space: &Space<'_>,
    examples: &mut Examples,
) -> Option<Witness> {
    examples.read(sides.iter().map(|(tree, _)| *tree), LEAST_TESTS_OF_ONE, space)?;
    let question: Vec<(usize, bool)> =
        examples.roots.iter().zip(sides).map(|(root, side)| (*root, side.1)).collect();
    examples.want(&question, None);
    for (source, wanted) in examples.sources[..examples.count].iter_mut().zip(&examples.wanted) {
        source.id?;
        source.fill(Purpose { apart: wanted.forced[1], shown: true }, space)?;
    }
    for salt in 0..MOST_TRIES {
        examples.add(&question, (salt > 0).then_some(salt), true);
        if salt == 0 || salt + 1 == MOST_TRIES {
            examples.run();
            let met = examples.answer(&question);
            if let Some(at) = met.iter().position(|word| *word != 0) {
                let number = at * 64 + met[at].trailing_zeros() as usize;
                let record = examples.record(number);
                let values = examples.sources[..examples.count].iter().zip(record);
                let values = values.map(|(source, cell)| {
                    Some((source.id?, source.cells[*cell as usize].value.clone()))
                });
                return values.collect();
            }
        }
    }
    None
}

fn address(tree: &Tree) -> usize {
    std::ptr::from_ref(tree).addr()
}

/// Keeps the records on which something holds, or does not.
fn meet(all: &mut Word, word: &Word, negated: bool) {
    let turn = if negated { u64::MAX } else { 0 };
    all.iter_mut().zip(word).for_each(|(all, word)| *all &= word ^ turn);
}

impl Source {
    /// Finds the values that stand for all.
    fn fill(&mut self, purpose: Purpose, space: &Space<'_>) -> Option<()> {
        let Some(id) = self.id else {
            let cell = |holds| Cell { value: Value::Empty, holds, usual: true };
            self.cells.clear();
            self.cells.extend([cell(0), cell(1)]);
            return Some(());
        };
        let test = |atom: &u32| space.test(*atom).map(|(_, test)| test);
        let tests = self.atoms.iter().map(test).collect::<Option<Vec<&ConstantTest>>>()?;
        space.cells(id, &tests, purpose, &mut self.cells)
    }

    /// The value that does what is forced, and most of what is wished.
    fn best(&self, wanted: &Wanted, usual: bool) -> u32 {
        let (mut best, mut least) = (0, u32::MAX);
        for (at, cell) in self.cells.iter().enumerate() {
            let fails =
                |[hold, fail]: [u64; 2]| (hold & !cell.holds | fail & cell.holds).count_ones();
            let missed = u32::from(usual && !cell.usual) << 16 | fails(wanted.forced) << 8;
            if missed < least {
                let missed = missed + fails(wanted.wished);
                if missed < least {
                    (best, least) = (at, missed);
                }
            }
            if least == 0 {
                break;
            }
        }
        best as u32
    }
}

impl Examples {
    /// Reads the parts of some trees, where they are many enough and of a kind that values decide.
    fn read<'t>(
        &mut self,
        trees: impl Iterator<Item = &'t Tree>,
        least: usize,
        space: &Space<'_>,
    ) -> Option<()> {
        self.nodes.clear();
        self.roots.clear();
        self.records.clear();
        (self.count, self.number) = (0, 0);
        let mut tests = 0;
        for tree in trees {
            self.roots.push(self.nodes.len());
            tests += flatten(tree, &mut self.nodes);
        }
        if tests < least {
            return None;
        }
        self.places.clear();
        self.kinds.clear();
        let Examples { nodes, sources, count, places, kinds, .. } = self;
        for node in nodes.iter_mut().filter(|node| matches!(node.kind, Kind::Test(..))) {
            if let Some(kind) = kinds.get(&node.atom) {
                node.kind = *kind;
                continue;
            }
            let (id, place) = match space.sort(node.atom) {
                Sort::Constant(id) => (Some(id), *places.entry(id).or_insert(*count)),
                Sort::Unchanged(_) | Sort::Related => (None, *count),
                // It holds only where its field has a value.
                Sort::Computed(_) => return None,
            };
            if place == *count {
                *count += 1;
                sources.resize_with(sources.len().max(*count), Source::default);
                sources[place].id = id;
                sources[place].atoms.clear();
            }
            let atoms = &mut sources[place].atoms;
            node.kind = Kind::Test(place as u32, atoms.len() as u32);
            kinds.insert(node.atom, node.kind);
            atoms.push(node.atom);
            if atoms.len() > 64 {
                return None;
            }
        }
        Some(())
    }

    /// The places of the parts of a node.
    fn parts(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[node].end;
        let mut next = node + 1;
        std::iter::from_fn(move || {
            let part = (next < end).then_some(next)?;
            next = self.nodes[part].end;
            Some(part)
        })
    }

    /// For each part below a node, the question whether it makes a difference: with its neighbours
    /// as they leave it open.
    fn differences(&self, node: usize, certain: &mut Vec<(usize, bool)>, out: &mut Questions) {
        let all = match self.nodes[node].kind {
            Kind::All => true,
            Kind::Any => false,
            Kind::Not => return self.differences(node + 1, certain, out),
            Kind::Test(..) => return,
        };
        for part in self.parts(node) {
            if out.ends.len() >= MOST_RECORDS {
                return;
            }
            let mark = certain.len();
            certain.extend(self.parts(node).filter(|p| *p != part).map(|p| (p, !all)));
            out.add(certain, (part, all));
            self.differences(part, certain, out);
            certain.truncate(mark);
        }
    }

    /// What a question asks of each field. Of alternatives, all are wished; with a salt one of
    /// them is forced.
    fn want(&mut self, question: Question<'_>, salt: Option<u64>) {
        let mut todo = std::mem::take(&mut self.todo);
        let mut wanted = std::mem::take(&mut self.wanted);
        wanted.clear();
        wanted.resize(self.count, Wanted::default());
        todo.extend(question.iter().rev().map(|(node, negated)| (*node, *negated, true)));
        let mut state = salt.unwrap_or(0).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        while let Some((node, negated, forced)) = todo.pop() {
            match (self.nodes[node].kind, negated) {
                (Kind::Test(source, at), _) => {
                    let wanted = &mut wanted[source as usize];
                    let side = if forced { &mut wanted.forced } else { &mut wanted.wished };
                    side[usize::from(negated)] |= 1 << at;
                }
                (Kind::Not, _) => todo.push((node + 1, !negated, forced)),
                (Kind::All, false) | (Kind::Any, true) => {
                    todo.extend(self.parts(node).map(|part| (part, negated, forced)));
                }
                (Kind::All | Kind::Any, _) => {
                    let parts = self.parts(node).count();
                    state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
                    let chosen = match salt {
                        Some(_) => (state >> 33) as usize % parts.max(1),
                        None if parts == 1 => 0,
                        None => usize::MAX,
                    };
                    let each = self.parts(node).enumerate();
                    todo.extend(each.map(|(at, part)| (part, negated, forced && at == chosen)));
                }
            }
        }
        (self.todo, self.wanted) = (todo, wanted);
    }

    /// Makes up a record for a question.
    fn add(&mut self, question: Question<'_>, salt: Option<u64>, usual: bool) {
        if self.number == MOST_RECORDS {
            return;
        }
        self.want(question, salt);
        let sources = self.sources[..self.count].iter().zip(&self.wanted);
        self.records.extend(sources.map(|(source, wanted)| source.best(wanted, usual)));
        self.number += 1;
    }

    /// The values of a record.
    fn record(&self, number: usize) -> &[u32] {
        &self.records[number * self.count..][..self.count]
    }

    /// Runs every node on every record.
    fn run(&mut self) {
        for (place, source) in self.sources[..self.count].iter_mut().enumerate() {
            source.words.clear();
            source.words.resize(source.atoms.len(), NONE);
            let values = self.records.iter().skip(place).step_by(self.count);
            for (number, value) in values.enumerate() {
                let mut holds = source.cells[*value as usize].holds;
                while holds != 0 {
                    source.words[holds.trailing_zeros() as usize][number / 64] |=
                        1 << (number % 64);
                    holds &= holds - 1;
                }
            }
        }
        let mut words = std::mem::take(&mut self.words);
        words.clear();
        words.resize(self.nodes.len(), NONE);
        let all = self.all();
        for node in (0..self.nodes.len()).rev() {
            words[node] = match self.nodes[node].kind {
                Kind::Test(source, at) => self.sources[source as usize].words[at as usize],
                Kind::All | Kind::Not | Kind::Any => {
                    let any = self.nodes[node].kind == Kind::Any;
                    let mut word = all;
                    self.parts(node).for_each(|part| meet(&mut word, &words[part], any));
                    let turned = self.nodes[node].kind != Kind::All;
                    let mut result = all;
                    meet(&mut result, &word, turned);
                    result
                }
            };
        }
        self.words = words;
    }

    /// A bit for each record.
    fn all(&self) -> Word {
        std::array::from_fn(|word| match self.number.saturating_sub(word * 64) {
            0 => 0,
            count => u64::MAX >> (64 - count.min(64)),
        })
    }

    /// The records on which all sides of a question hold.
    fn answer(&self, question: Question<'_>) -> Word {
        let mut all = self.all();
        for (node, negated) in question {
            meet(&mut all, &self.words[*node], *negated);
        }
        all
    }
}

/// Adds the nodes of a tree, each before its parts; the number of its tests.
fn flatten(tree: &Tree, nodes: &mut Vec<Node>) -> usize {
    let place = nodes.len();
    let (kind, parts) = match tree {
        Tree::All(parts) => (Kind::All, parts.as_slice()),
        Tree::Any(parts) => (Kind::Any, parts.as_slice()),
        Tree::Not(part) => (Kind::Not, std::slice::from_ref(&**part)),
        Tree::Bit(_) => (Kind::Test(0, 0), &[][..]),
    };
    let atom = if let Tree::Bit(atom) = tree { *atom } else { 0 };
    nodes.push(Node { address: address(tree), kind, atom, end: 0 });
    let tests: usize = parts.iter().map(|part| flatten(part, nodes)).sum();
    nodes[place].end = nodes.len();
    tests + usize::from(matches!(tree, Tree::Bit(_)))
}
