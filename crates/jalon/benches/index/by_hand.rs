//! The index that one would write by hand for these rules: one way in for each conjunction (a
//! hash map of an equality, else an automaton of the literals, else a grid of a hundred cells on
//! the narrowest range), then its other conditions.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use rustc_hash::FxBuildHasher;

use crate::rules::{Check, Lead, Rule, SPAN, TEXTS, URL};

/// Conjunctions by the way in.
pub struct ByHand {
    conjunctions: Vec<(u32, Vec<Check>)>,
    by_text: [HashMap<String, Vec<u32>, FxBuildHasher>; TEXTS],
    literals: AhoCorasick,
    by_literal: Vec<u32>,
    grid: [Vec<Vec<u32>>; 3],
    rest: Vec<u32>,
    found: Vec<u32>,
}

const CELLS: i64 = 100;

fn cell(number: i64) -> usize {
    (number.clamp(0, SPAN - 1) * CELLS / SPAN) as usize
}

impl ByHand {
    /// Of rules.
    pub fn new(rules: &[Rule]) -> ByHand {
        let mut by_hand = ByHand {
            conjunctions: Vec::new(),
            by_text: Default::default(),
            literals: AhoCorasick::new([""; 0]).unwrap(),
            by_literal: Vec::new(),
            grid: std::array::from_fn(|_| vec![Vec::new(); CELLS as usize]),
            rest: Vec::new(),
            found: Vec::new(),
        };
        let mut literals = Vec::new();
        for (rule, number) in rules.iter().zip(0..) {
            for checks in &rule.0 {
                by_hand.file(number, checks, &mut literals);
            }
        }
        by_hand.literals = AhoCorasickBuilder::new().build(literals).unwrap();
        by_hand
    }

    fn file(&mut self, rule: u32, checks: &[Check], literals: &mut Vec<String>) {
        let id = self.conjunctions.len() as u32;
        let text = checks
            .iter()
            .position(|check| matches!(check, Check::Text(_, values, false) if values.len() == 1));
        let any = checks.iter().position(|check| matches!(check, Check::Text(_, _, false)));
        let literal = checks.iter().position(|check| matches!(check, Check::Url(_)));
        let width = |check: &Check| match check {
            Check::Number(_, low, high) => Some(high.saturating_sub(*low)),
            _ => None,
        };
        let range = (0..checks.len())
            .filter(|i| width(&checks[*i]).is_some())
            .min_by_key(|i| width(&checks[*i]));
        let way = text.or(any).or(literal).or(range);
        let mut others = checks.to_vec();
        match way.map(|way| &checks[way]) {
            Some(Check::Text(place, values, _)) => {
                for value in values {
                    self.by_text[*place].entry(value.clone()).or_default().push(id);
                }
                others.remove(way.unwrap());
            }
            Some(Check::Url(part)) => {
                literals.push(part.clone());
                self.by_literal.push(id);
                others.remove(way.unwrap());
            }
            Some(Check::Number(place, low, high)) => {
                for cell in cell(*low)..=cell(*high) {
                    self.grid[*place][cell].push(id);
                }
            }
            None => self.rest.push(id),
        }
        self.conjunctions.push((rule, others));
    }

    /// The rules that hold of a lead, in order.
    pub fn matches(&mut self, lead: &Lead) -> &[u32] {
        let ByHand { conjunctions, by_text, literals, by_literal, grid, rest, found } = self;
        found.clear();
        let mut try_all = |ids: &[u32]| {
            for id in ids {
                let (rule, checks) = &conjunctions[*id as usize];
                if checks.iter().all(|check| check.holds(lead)) {
                    found.push(*rule);
                }
            }
        };
        for (map, text) in by_text.iter().zip(&lead.texts) {
            if let Some(ids) = map.get(text) {
                try_all(ids);
            }
        }
        if !by_literal.is_empty() {
            for hit in literals.find_overlapping_iter(lead.texts[URL].as_str()) {
                try_all(&by_literal[hit.pattern().as_usize()..=hit.pattern().as_usize()]);
            }
        }
        for (grid, number) in grid.iter().zip(&lead.numbers) {
            try_all(&grid[cell(*number)]);
        }
        try_all(rest);
        found.sort_unstable();
        found.dedup();
        found
    }
}
