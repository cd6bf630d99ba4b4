//! A loop over the rules, and an index as one writes it: each rule under its best access path.

use aho_corasick::AhoCorasick;
use race::rules::{BOUND, Condition, NUMBERS, Rule};
use race::worker::Contender;
use rustc_hash::FxHashMap;

use super::{Ask, Given, contender};

/// How wide a cell of the grid over a number is.
const CELL: i64 = 100;

/// A loop over more rules than this only costs time.
const LOOP_AT_MOST: usize = 100_000;

pub fn contenders(given: &Given) -> Vec<Contender> {
    let mut all = Vec::new();
    if given.rules.len() <= LOOP_AT_MOST {
        all.push(contender(given, "hand-written loop", "", "struct", || looping(given)));
    }
    all.push(contender(given, "hand-written index", "", "struct", || indexed(given)));
    all
}

fn looping(given: &Given) -> Ask {
    let (rules, facts) = (given.rules.clone(), given.facts.clone());
    Box::new(move |i, found| {
        let fact = &facts[i];
        for (number, rule) in rules.iter().enumerate() {
            if rule.iter().all(|condition| condition.holds(fact)) {
                found.push(number as u32);
            }
        }
    })
}

/// A rule by its number, and which of its conditions the access path has tested.
type Entry = (u32, usize);

/// Each rule under one path: an equality, else a literal, else its narrowest range.
#[derive(Default)]
struct Index {
    equal: FxHashMap<(usize, usize), Vec<Entry>>,
    literals: Vec<Vec<Entry>>,
    grid: Vec<Vec<Vec<Entry>>>,
}

fn indexed(given: &Given) -> Ask {
    let (rules, facts) = (given.rules.clone(), given.facts.clone());
    let cells = (BOUND / CELL + 1) as usize;
    let mut index = Index { grid: vec![vec![Vec::new(); cells]; NUMBERS], ..Index::default() };
    let mut words: FxHashMap<&str, usize> = FxHashMap::default();
    for (number, rule) in (0_u32..).zip(rules.iter()) {
        let path = best(rule);
        let entry = (number, path);
        match &rule[path] {
            Condition::Equal(field, value) => {
                index.equal.entry((*field, *value)).or_default().push(entry);
            }
            Condition::Contains(word) => {
                let next = words.len();
                let place = *words.entry(word).or_insert(next);
                if place == index.literals.len() {
                    index.literals.push(Vec::new());
                }
                index.literals[place].push(entry);
            }
            Condition::Between(field, low, high) => {
                for cell in low / CELL..=high / CELL {
                    index.grid[*field][cell as usize].push(entry);
                }
            }
        }
    }
    let mut patterns = vec![""; words.len()];
    for (word, place) in &words {
        patterns[*place] = word;
    }
    let searcher = AhoCorasick::new(patterns).unwrap();
    Box::new(move |i, found| {
        let fact = &facts[i];
        let mut verify = |entries: &[Entry], tested: bool| {
            for (number, path) in entries {
                let rest = rules[*number as usize].iter().enumerate();
                if rest
                    .filter(|(place, _)| !tested || place != path)
                    .all(|(_, condition)| condition.holds(fact))
                {
                    found.push(*number);
                }
            }
        };
        for (field, value) in fact.fields.iter().enumerate() {
            if let Some(entries) = index.equal.get(&(field, *value)) {
                verify(entries, true);
            }
        }
        let mut seen: [usize; 8] = [usize::MAX; 8];
        for (count, place) in searcher
            .find_overlapping_iter(&fact.url)
            .map(|hit| hit.pattern().as_usize())
            .enumerate()
        {
            // a word may stand twice in a URL
            if !seen.contains(&place) {
                seen[count % 8] = place;
                verify(&index.literals[place], true);
            }
        }
        for (field, number) in fact.numbers.iter().enumerate() {
            verify(&index.grid[field][(number / CELL) as usize], false);
        }
    })
}

/// The condition by which a rule is found.
fn best(rule: &Rule) -> usize {
    let cost = |condition: &Condition| match condition {
        Condition::Equal(..) => 0,
        Condition::Contains(_) => 1,
        Condition::Between(_, low, high) => 2 + high - low,
    };
    (0..rule.len()).min_by_key(|place| cost(&rule[*place])).unwrap_or_default()
}
