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
use crate::lint::domain::Cell;
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

#[derive(Debug)]
struct Node<'t> {
    tree: &'t Tree,
    kind: Kind,
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
#[derive(Debug)]
struct Source {
    id: Option<SourceId>,
    atoms: Vec<u32>,
    cells: Vec<Cell>,
    /// By atom, on which records it holds.
    words: Vec<Word>,
}

/// Records for some trees.
#[derive(Debug)]
struct Examples<'t> {
    nodes: Vec<Node<'t>>,
    sources: Vec<Source>,
    roots: Vec<usize>,
    /// By node, on which records it holds.
    words: Vec<Word>,
    /// For each record the value of each source.
    records: Vec<Vec<u32>>,
}

/// On which of some records the parts of a criterion hold, by their addresses.
#[derive(Debug)]
pub(super) struct Known {
    words: FxHashMap<usize, Word>,
    /// A bit for each record that there is.
    records: Word,
}

impl Known {
    /// Makes up records for a criterion where some others do not hold: where it holds, where it
    /// does not, and for each part where it makes a difference.
    pub(super) fn of(tree: &Tree, given: &[Tree], space: &Space<'_>) -> Option<Known> {
        let roots: Vec<&Tree> = std::iter::once(tree).chain(given).collect();
        let mut examples = Examples::of(&roots, LEAST_TESTS, space)?;
        for source in &mut examples.sources {
            source.fill(u64::MAX, space)?;
        }
        let given = examples.roots[1..].iter().map(|root| (*root, true));
        let mut certain: Vec<(usize, bool)> = given.collect();
        let mut questions: Vec<Vec<(usize, bool)>> = Vec::new();
        for verdict in [false, true] {
            let mut question = certain.clone();
            question.push((0, verdict));
            questions.push(question);
        }
        examples.differences(0, &mut certain, &mut questions);
        questions.truncate(MOST_RECORDS / 2);
        for question in &questions {
            examples.add(question, None, false);
        }
        examples.run();
        questions.retain(|question| examples.answer(question) == NONE);
        for (salt, question) in (1..=MOST_TRIES).flat_map(|n| questions.iter().map(move |q| (n, q)))
        {
            examples.add(question, Some(salt), false);
        }
        if !questions.is_empty() {
            examples.run();
        }
        let addresses = examples.nodes.iter().map(|node| address(node.tree));
        let words = addresses.zip(examples.words.iter().copied()).collect();
        Some(Known { words, records: examples.all() })
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
pub(super) fn example(sides: &[Side<'_>], space: &Space<'_>) -> Option<Witness> {
    let roots: Vec<&Tree> = sides.iter().map(|(tree, _)| *tree).collect();
    let mut examples = Examples::of(&roots, LEAST_TESTS_OF_ONE, space)?;
    let question: Vec<(usize, bool)> =
        examples.roots.iter().zip(sides).map(|(root, side)| (*root, side.1)).collect();
    let mut wanted = vec![Wanted::default(); examples.sources.len()];
    examples.want(&question, None, &mut wanted);
    for (source, wanted) in examples.sources.iter_mut().zip(&wanted) {
        source.id?;
        source.fill(wanted.forced[1], space)?;
    }
    for salt in 0..MOST_TRIES {
        examples.add(&question, (salt > 0).then_some(salt), true);
        if salt == 0 || salt + 1 == MOST_TRIES {
            examples.run();
            let met = examples.answer(&question);
            if let Some(at) = met.iter().position(|word| *word != 0) {
                let number = at * 64 + met[at].trailing_zeros() as usize;
                let record = &examples.records[number];
                let values = examples.sources.iter().zip(record).map(|(source, cell)| {
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
    fn fill(&mut self, apart: u64, space: &Space<'_>) -> Option<()> {
        let Some(id) = self.id else {
            let cell = |holds| Cell { value: Value::Empty, holds, usual: true };
            self.cells = vec![cell(0), cell(1)];
            return Some(());
        };
        let test = |atom: &u32| space.test(*atom).map(|(_, test)| test);
        let tests = self.atoms.iter().map(test).collect::<Option<Vec<&ConstantTest>>>()?;
        self.cells = space.cells(id, &tests, apart)?;
        Some(())
    }

    /// The value that does what is forced, and most of what is wished.
    fn best(&self, wanted: &Wanted, usual: bool) -> u32 {
        let missed = |cell: &Cell| {
            let fails = |[hold, fail]: [u64; 2]| {
                (hold & !cell.holds).count_ones() + (fail & cell.holds).count_ones()
            };
            (usual && !cell.usual, fails(wanted.forced), fails(wanted.wished))
        };
        let best = self.cells.iter().enumerate().min_by_key(|(_, cell)| missed(cell));
        best.map_or(0, |(at, _)| at as u32)
    }
}

impl<'t> Examples<'t> {
    /// The parts of some trees, where they are many enough and of a kind that values decide.
    fn of(trees: &[&'t Tree], least: usize, space: &Space<'_>) -> Option<Examples<'t>> {
        let (mut nodes, mut sources, mut roots) = (Vec::new(), Vec::<Source>::new(), Vec::new());
        let mut tests = 0;
        for tree in trees {
            roots.push(nodes.len());
            tests += flatten(tree, &mut nodes);
        }
        if tests < least {
            return None;
        }
        let mut places: FxHashMap<SourceId, usize> = FxHashMap::default();
        let mut known: FxHashMap<u32, Kind> = FxHashMap::default();
        for node in &mut nodes {
            let Tree::Bit(atom) = node.tree else { continue };
            if let Some(kind) = known.get(atom) {
                node.kind = *kind;
                continue;
            }
            let (id, place) = match space.sort(*atom) {
                Sort::Constant(id) => (Some(id), *places.entry(id).or_insert(sources.len())),
                Sort::Unchanged(_) | Sort::Related => (None, sources.len()),
                // It holds only where its field has a value.
                Sort::Computed(_) => return None,
            };
            if place == sources.len() {
                sources.push(Source {
                    id,
                    atoms: Vec::new(),
                    cells: Vec::new(),
                    words: Vec::new(),
                });
            }
            let atoms = &mut sources[place].atoms;
            node.kind = Kind::Test(place as u32, atoms.len() as u32);
            known.insert(*atom, node.kind);
            atoms.push(*atom);
            if atoms.len() > 64 {
                return None;
            }
        }
        Some(Examples { nodes, sources, roots, words: Vec::new(), records: Vec::new() })
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
    fn differences(
        &self,
        node: usize,
        certain: &mut Vec<(usize, bool)>,
        out: &mut Vec<Vec<(usize, bool)>>,
    ) {
        let all = match self.nodes[node].kind {
            Kind::All => true,
            Kind::Any => false,
            Kind::Not => return self.differences(node + 1, certain, out),
            Kind::Test(..) => return,
        };
        for part in self.parts(node) {
            if out.len() >= MOST_RECORDS {
                return;
            }
            let mark = certain.len();
            certain.extend(self.parts(node).filter(|p| *p != part).map(|p| (p, !all)));
            let mut question = certain.clone();
            question.push((part, all));
            out.push(question);
            self.differences(part, certain, out);
            certain.truncate(mark);
        }
    }

    /// What a question asks of each field. Of alternatives, all are wished; with a salt one of
    /// them is forced.
    fn want(&self, question: &[(usize, bool)], salt: Option<u64>, wanted: &mut [Wanted]) {
        // What must hold or not, whether it is forced.
        let mut todo: Vec<(usize, bool, bool)> =
            question.iter().rev().map(|(node, negated)| (*node, *negated, true)).collect();
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
    }

    /// Makes up a record for a question.
    fn add(&mut self, question: &[(usize, bool)], salt: Option<u64>, usual: bool) {
        if self.records.len() == MOST_RECORDS {
            return;
        }
        let mut wanted = vec![Wanted::default(); self.sources.len()];
        self.want(question, salt, &mut wanted);
        let sources = self.sources.iter().zip(&wanted);
        self.records.push(sources.map(|(source, wanted)| source.best(wanted, usual)).collect());
    }

    /// Runs every node on every record.
    fn run(&mut self) {
        for (place, source) in self.sources.iter_mut().enumerate() {
            source.words = vec![NONE; source.atoms.len()];
            for (number, record) in self.records.iter().enumerate() {
                let mut holds = source.cells[record[place] as usize].holds;
                while holds != 0 {
                    source.words[holds.trailing_zeros() as usize][number / 64] |=
                        1 << (number % 64);
                    holds &= holds - 1;
                }
            }
        }
        self.words = vec![NONE; self.nodes.len()];
        let all = self.all();
        for node in (0..self.nodes.len()).rev() {
            let word = match self.nodes[node].kind {
                Kind::Test(source, at) => self.sources[source as usize].words[at as usize],
                Kind::All | Kind::Not | Kind::Any => {
                    let any = self.nodes[node].kind == Kind::Any;
                    let mut word = all;
                    self.parts(node).for_each(|part| meet(&mut word, &self.words[part], any));
                    let turned = self.nodes[node].kind != Kind::All;
                    let mut result = all;
                    meet(&mut result, &word, turned);
                    result
                }
            };
            self.words[node] = word;
        }
    }

    /// A bit for each record.
    fn all(&self) -> Word {
        std::array::from_fn(|word| match self.records.len().saturating_sub(word * 64) {
            0 => 0,
            count => u64::MAX >> (64 - count.min(64)),
        })
    }

    /// The records on which all sides of a question hold.
    fn answer(&self, question: &[(usize, bool)]) -> Word {
        let mut all = self.all();
        for (node, negated) in question {
            meet(&mut all, &self.words[*node], *negated);
        }
        all
    }
}

/// Adds the nodes of a tree, each before its parts; the number of its tests.
fn flatten<'t>(tree: &'t Tree, nodes: &mut Vec<Node<'t>>) -> usize {
    let place = nodes.len();
    let (kind, parts) = match tree {
        Tree::All(parts) => (Kind::All, parts.as_slice()),
        Tree::Any(parts) => (Kind::Any, parts.as_slice()),
        Tree::Not(part) => (Kind::Not, std::slice::from_ref(&**part)),
        Tree::Bit(_) => (Kind::Test(0, 0), &[][..]),
    };
    nodes.push(Node { tree, kind, end: 0 });
    let tests: usize = parts.iter().map(|part| flatten(part, nodes)).sum();
    nodes[place].end = nodes.len();
    tests + usize::from(matches!(tree, Tree::Bit(_)))
}
