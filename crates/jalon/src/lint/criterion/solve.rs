//! Whether trees can hold together: a search through the ways to make them hold, in which each
//! field is asked for a value that meets all that the way so far demands of it.

use rustc_hash::FxHashMap;

use super::examples::{Examples, Known, example};
use super::space::{Sort, Space};
use crate::lint::domain::{Answer, Demand};
use crate::plan::atom::ConstantTest;
use crate::plan::logic::Tree;
use crate::plan::pool::SourceId;
use crate::value::Value;

/// A tree that must hold, or with `true` must not.
pub(in crate::lint) type Side<'t> = (&'t Tree, bool);

/// Values by source.
pub(in crate::lint) type Witness = Vec<(SourceId, Value)>;

/// So many steps are spent on one question.
const MOST_STEPS: usize = 4000;

/// What it takes to find a value for a field, for each of the demands on it.
const STEPS_OF_A_DEMAND: usize = 4;

/// So many choices are open at a time.
const MOST_CHOICES: usize = 48;

/// So many answers of fields are remembered.
const MOST_REMEMBERED: usize = 1 << 16;

/// `N'EST PAS VIDE`, which a test against a computed value implies.
const NOT_EMPTY: u32 = u32::MAX;

/// Whether trees can hold together.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lint) enum Verdict {
    /// They cannot: proven.
    No,
    /// They do where the fields have these values and nothing else has any.
    Yes(Witness),
    /// Unknown.
    Perhaps,
}

/// Answers questions about trees within a budget.
#[derive(Debug)]
pub(in crate::lint) struct Solver<'a> {
    space: &'a Space<'a>,
    steps: usize,
    /// What fields answered to demands, by the atoms of these, `2·atom` or one more where negated.
    known: FxHashMap<Vec<u32>, Answer>,
    /// Records made up for the criterion that questions are about.
    examples: Known,
    /// Room for those made up for one question.
    room: Examples,
}

impl<'a> Solver<'a> {
    pub(super) fn new(space: &'a Space<'a>) -> Solver<'a> {
        Solver {
            space,
            steps: 0,
            known: FxHashMap::default(),
            examples: Known::default(),
            room: Examples::default(),
        }
    }

    /// Makes up records for the questions about a criterion where others do not hold; without one
    /// those so far are forgotten.
    pub(super) fn study(&mut self, criterion: Option<&Tree>, given: &[Tree]) {
        match criterion {
            Some(tree) => self.examples.study(tree, given, self.space),
            None => self.examples.forget(),
        }
    }

    /// Sets how many steps the next questions may take together.
    pub(in crate::lint) fn allow(&mut self, steps: usize) {
        self.steps = steps;
    }

    /// Whether sides cannot hold together; counts what stays undecided.
    pub(super) fn never(&mut self, sides: &[Side<'_>], undecided: &mut usize) -> bool {
        if self.examples.hold(sides) {
            return false;
        }
        let (verdict, spent) = self.search(sides, false);
        *undecided += usize::from(spent);
        verdict == Verdict::No
    }

    /// Values with which all sides hold.
    pub(in crate::lint) fn solve(&mut self, sides: &[Side<'_>]) -> Verdict {
        match example(sides, self.space, &mut self.room) {
            Some(witness) => Verdict::Yes(witness),
            None => self.search(sides, true).0,
        }
    }

    fn search(&mut self, sides: &[Side<'_>], witness: bool) -> (Verdict, bool) {
        let left = self.steps.min(MOST_STEPS);
        let mut search = Search {
            solver: self,
            witness,
            left,
            assigned: FxHashMap::default(),
            demands: FxHashMap::default(),
            computed: 0,
            trail: Vec::new(),
        };
        let mut sides = sides.to_vec();
        sides.reverse();
        let verdict = search.run(sides, 0);
        let spent = search.left == 0;
        let used = left - search.left;
        self.steps -= used;
        (verdict, spent)
    }

    /// What a field answers, and how many steps that took: none where it has been asked before.
    fn ask(&mut self, source: SourceId, demands: &[u32]) -> (Answer, usize) {
        static EMPTY: ConstantTest = ConstantTest::Empty;
        let mut key = demands.to_vec();
        key.sort_unstable();
        if key.last() == Some(&NOT_EMPTY) {
            key.dedup();
            key.push(source);
        }
        if let Some(answer) = self.known.get(&key) {
            return (answer.clone(), 0);
        }
        let tests = demands.iter().filter_map(|demand| match *demand {
            NOT_EMPTY => Some(Demand { test: &EMPTY, negated: true }),
            code => {
                let (_, test) = self.space.test(code >> 1)?;
                Some(Demand { test, negated: code & 1 == 1 })
            }
        });
        let answer = self.space.solve(source, &tests.collect::<Vec<_>>());
        if self.known.len() < MOST_REMEMBERED {
            self.known.insert(key, answer.clone());
        }
        (answer, demands.len() * STEPS_OF_A_DEMAND)
    }
}

struct Search<'s, 'a> {
    solver: &'s mut Solver<'a>,
    /// Whether values are wanted, and not only whether there are none.
    witness: bool,
    left: usize,
    /// Atoms that must hold or, with `true`, must not.
    assigned: FxHashMap<u32, bool>,
    demands: FxHashMap<SourceId, Vec<u32>>,
    /// How many atoms are assigned that no values of fields decide.
    computed: usize,
    trail: Vec<u32>,
}

impl<'t> Search<'_, '_> {
    /// Whether sides can hold beside what is assigned; leaves the assignment as it was.
    fn run(&mut self, todo: Vec<Side<'t>>, depth: usize) -> Verdict {
        let mark = self.trail.len();
        let verdict = self.step(todo, mark, depth);
        while self.trail.len() > mark {
            self.take_back();
        }
        verdict
    }

    fn step(&mut self, mut todo: Vec<Side<'t>>, mark: usize, depth: usize) -> Verdict {
        let mut choices: Vec<Side<'t>> = Vec::new();
        while let Some((tree, negated)) = todo.pop() {
            if self.left == 0 {
                return Verdict::Perhaps;
            }
            self.left -= 1;
            match (tree, negated) {
                (Tree::Bit(atom), _) if !self.assign(*atom, negated) => return Verdict::No,
                (Tree::Bit(_), _) => {}
                (Tree::Not(part), _) => todo.push((part, !negated)),
                (Tree::All(parts), false) | (Tree::Any(parts), true) => {
                    todo.extend(parts.iter().rev().map(|part| (part, negated)));
                }
                (Tree::All(parts) | Tree::Any(parts), _) => match parts.as_slice() {
                    [only] => todo.push((only, negated)),
                    _ => choices.push((tree, negated)),
                },
            }
        }
        let Some(certain) = self.fields_agree(mark) else { return Verdict::No };
        choices.retain(|choice| !self.is_met(*choice));
        let Some(at) = (0..choices.len()).min_by_key(|at| parts(choices[*at]).len()) else {
            return if certain { self.found() } else { Verdict::Perhaps };
        };
        if depth >= MOST_CHOICES {
            self.left = 0;
            return Verdict::Perhaps;
        }
        let choice = choices.remove(at);
        choices.reverse();
        let mut verdict = Verdict::No;
        for part in parts(choice) {
            let mut todo = choices.clone();
            todo.push((part, choice.1));
            match self.run(todo, depth + 1) {
                Verdict::No => {}
                Verdict::Perhaps if self.witness && self.left > 0 => verdict = Verdict::Perhaps,
                outcome => return outcome,
            }
        }
        verdict
    }

    /// Notes down that an atom must hold or must not; false where it must do the other already.
    fn assign(&mut self, atom: u32, negated: bool) -> bool {
        if let Some(before) = self.assigned.get(&atom) {
            return *before == negated;
        }
        self.assigned.insert(atom, negated);
        self.trail.push(atom);
        match (self.solver.space.sort(atom), negated) {
            (Sort::Constant(source), _) => self.demand(source, atom << 1 | u32::from(negated)),
            (Sort::Computed(source), false) => {
                self.computed += 1;
                self.demand(source, NOT_EMPTY);
            }
            // Of the ways to change, a witness takes the one from nothing to something.
            (Sort::Unchanged(source), true) if self.witness => self.demand(source, NOT_EMPTY),
            (Sort::Computed(_) | Sort::Unchanged(_) | Sort::Related, _) => self.computed += 1,
        }
        true
    }

    fn demand(&mut self, source: SourceId, demand: u32) {
        self.demands.entry(source).or_default().push(demand);
    }

    fn take_back(&mut self) {
        let Some(atom) = self.trail.pop() else { return };
        let negated = self.assigned.remove(&atom) == Some(true);
        let demanded = match (self.solver.space.sort(atom), negated) {
            (Sort::Constant(source), _) => Some(source),
            (Sort::Computed(source), false) => {
                self.computed -= 1;
                Some(source)
            }
            (Sort::Unchanged(source), true) if self.witness => Some(source),
            (Sort::Computed(_) | Sort::Unchanged(_) | Sort::Related, _) => {
                self.computed -= 1;
                None
            }
        };
        // Demands are taken back in the order in which they came.
        if let Some(demands) = demanded.and_then(|source| self.demands.get_mut(&source)) {
            demands.pop();
        }
    }

    /// Whether each field that was demanded something new still has a value; `Some(false)` where
    /// that is not known of all.
    fn fields_agree(&mut self, mark: usize) -> Option<bool> {
        let mut touched: Vec<SourceId> = Vec::new();
        for atom in &self.trail[mark..] {
            let sort = self.solver.space.sort(*atom);
            if let Sort::Constant(source) | Sort::Computed(source) | Sort::Unchanged(source) = sort
                && !touched.contains(&source)
            {
                touched.push(source);
            }
        }
        for source in touched {
            if self.answer(source) == Answer::No {
                return None;
            }
        }
        Some(self.computed == 0)
    }

    fn answer(&mut self, source: SourceId) -> Answer {
        match self.demands.get(&source) {
            Some(demands) if !demands.is_empty() => {
                let (answer, steps) = self.solver.ask(source, demands);
                self.left = self.left.saturating_sub(steps);
                answer
            }
            _ => Answer::Yes(Value::Empty),
        }
    }

    /// Whether one of the parts of a choice is assigned already.
    fn is_met(&self, choice: Side<'_>) -> bool {
        parts(choice).iter().any(|part| match part {
            Tree::Bit(atom) => self.assigned.get(atom) == Some(&choice.1),
            _ => false,
        })
    }

    /// The values of all fields, or that they are not known.
    fn found(&mut self) -> Verdict {
        if !self.witness {
            return Verdict::Perhaps;
        }
        let mut sources: Vec<SourceId> = self.demands.keys().copied().collect();
        sources.sort_unstable();
        let mut values = Witness::with_capacity(sources.len());
        for source in sources {
            match self.answer(source) {
                Answer::Yes(value) => values.push((source, value)),
                Answer::No => return Verdict::No,
                Answer::Perhaps => return Verdict::Perhaps,
            }
        }
        Verdict::Yes(values)
    }
}

fn parts((tree, _): Side<'_>) -> &[Tree] {
    match tree {
        Tree::All(parts) | Tree::Any(parts) => parts,
        Tree::Not(_) | Tree::Bit(_) => &[],
    }
}
