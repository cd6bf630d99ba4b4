//! Which test of a conjunction it is found by: the one that the fewest records pass, as far as
//! the rules themselves tell.

use super::build::{Builder, NONE};
use super::words::{Kind, Tag, tests};

/// How often each position and each literal is asked for.
#[derive(Debug)]
pub(super) struct Counts {
    /// By slot and position, of tests on one or a few positions.
    positions: Vec<Vec<u32>>,
    totals: Vec<u32>,
    /// By slot, of wider ranges.
    ranges: Vec<u32>,
    literals: Vec<u32>,
    literal_total: u32,
}

/// What a conjunction is found by: the places of its tests among its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Choice {
    /// Nothing: it is verified for every record.
    Nothing,
    /// One test.
    One(usize),
    /// Two tests on a cell each, where their pair of grids is kept; else the third.
    Two(usize, usize, usize),
}

/// How positions of a slot are divided for a pair of keys: cells of a power of two of positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Grid {
    pub(super) slot: u32,
    pub(super) bits: u32,
}

impl Grid {
    /// The grid of a range, on which it lies in at most two cells; where it is one position, a
    /// cell of its own. Only every other size is used, so that a record asks few.
    pub(super) fn of(test: &[u32]) -> Grid {
        let slot = Tag(test[0]).slot() as u32;
        let bits = if test[2] == 0 { 0 } else { test[2].ilog2() + 1 };
        Grid { slot, bits: bits.next_multiple_of(2) }
    }

    /// The first and the last cell of a range.
    pub(super) fn cells(self, test: &[u32]) -> std::ops::RangeInclusive<u32> {
        self.cell(test[1])..=self.cell(test[1] + test[2])
    }

    /// The cell of a position.
    #[inline]
    pub(super) fn cell(self, position: u32) -> u32 {
        position >> self.bits
    }
}

/// Conjunctions under one key, beyond which a pair of keys pays.
const CROWD: u32 = 24;

/// A range whose cells a greater share of the records comes to is no half of a pair.
const COARSE: f32 = 0.25;

/// A key must be worth more than reading everything.
const WORTHLESS: f32 = 0.9;

impl Counts {
    /// Counts what the conjunctions of a builder ask; their constants are positions by now.
    pub(super) fn new(builder: &Builder, positions: &[usize]) -> Counts {
        let mut counts = Counts {
            positions: positions.iter().map(|positions| vec![0; *positions]).collect(),
            totals: vec![0; positions.len()],
            ranges: vec![0; positions.len()],
            literals: vec![0; builder.weights.len()],
            literal_total: 0,
        };
        let mut rest = builder.stream.as_slice();
        while let [_, words, access, after @ ..] = rest {
            let words = (words + access) as usize;
            for test in tests(&after[..words]) {
                counts.add(test, builder);
            }
            rest = &after[words..];
        }
        counts
    }

    fn add(&mut self, test: &[u32], builder: &Builder) {
        let tag = Tag(test[0]);
        if tag.negated() {
            return;
        }
        let positions = match tag.kind() {
            Kind::Range if test[2] == 0 => &test[1..2],
            Kind::Range => return self.ranges[tag.slot()] += 1,
            Kind::In => &test[1..],
            Kind::Literal => return self.add_literals(&test[1..]),
            Kind::Atom => return self.add_literals(&builder.atoms[test[1] as usize].keys),
            _ => return,
        };
        self.totals[tag.slot()] += 1;
        for position in positions {
            if let Some(count) = self.positions[tag.slot()].get_mut(*position as usize) {
                *count += 1;
            }
        }
    }

    fn add_literals(&mut self, literals: &[u32]) {
        self.literal_total += u32::from(!literals.is_empty());
        for literal in literals {
            self.literals[*literal as usize] += 1;
        }
    }

    /// How likely a record is thought to pass a test; `None` of one that is no key.
    pub(super) fn chance(&self, test: &[u32], builder: &Builder) -> Option<f32> {
        let tag = Tag(test[0]);
        if tag.negated() {
            return None;
        }
        Some(match tag.kind() {
            Kind::Range if test[2] == 0 => self.position(tag.slot(), test[1]),
            Kind::Range => {
                let all = self.positions[tag.slot()].len() as f32;
                ((test[2] + 1) as f32 / all).clamp(0.01, 0.85)
            }
            Kind::In => test[1..].iter().map(|at| self.position(tag.slot(), *at)).sum(),
            Kind::Literal => self.any_literal(&test[1..], builder),
            Kind::Timed => (0.25 * tag.count() as f32).min(0.8),
            Kind::Atom => {
                let keys = &builder.atoms[test[1] as usize].keys;
                if keys.is_empty() {
                    return None;
                }
                self.any_literal(keys, builder)
            }
            Kind::Program | Kind::Order | Kind::Among => return None,
        })
    }

    fn position(&self, slot: usize, position: u32) -> f32 {
        let counts = &self.positions[slot];
        if counts.len() <= 2 {
            return 0.4;
        }
        let count = counts.get(position as usize).copied().unwrap_or(0);
        share(count, self.totals[slot])
    }

    fn any_literal(&self, literals: &[u32], builder: &Builder) -> f32 {
        let chance = |literal: &u32| {
            let share = share(self.literals[*literal as usize], self.literal_total);
            share.max(builder.weights[*literal as usize])
        };
        literals.iter().map(chance).sum()
    }

    /// Whether many conjunctions ask for the position that a test asks for, or are thought to
    /// ask for one inside its range; of several values that is not known, and taken to be so.
    fn is_crowded(&self, test: &[u32]) -> bool {
        let tag = Tag(test[0]);
        if tag.kind() != Kind::Range || self.positions[tag.slot()].len() <= 2 {
            return true;
        }
        let of_slot = &self.positions[tag.slot()];
        if test[2] == 0 {
            return of_slot.get(test[1] as usize).is_none_or(|count| *count > CROWD);
        }
        let share = (test[2] + 1) as f32 / of_slot.len() as f32;
        share * self.ranges[tag.slot()] as f32 > CROWD as f32
    }

    /// How likely a record is thought to come to the cells of a positive test on a slot's grid;
    /// `None` where it is no half of a pair.
    fn cell_chance(&self, test: &[u32], chance: f32) -> Option<f32> {
        let tag = Tag(test[0]);
        let positions = self.positions[tag.slot()].len();
        if tag.kind() != Kind::Range || positions <= 2 {
            return None;
        }
        if test[2] == 0 {
            return Some(chance);
        }
        let reached = (2_u64 << Grid::of(test).bits) as f32 / positions as f32;
        (reached < COARSE).then_some(reached)
    }

    /// What to find a conjunction by.
    pub(super) fn choose(&self, words: &[u32], builder: &Builder) -> Choice {
        let (mut best, mut best_at, mut crowded) = (WORTHLESS, NONE as usize, false);
        let mut halves = [(1.0_f32, NONE as usize); 2];
        let mut at = 0;
        for test in tests(words) {
            if let Some(chance) = self.chance(test, builder) {
                if chance < best {
                    (best, best_at) = (chance, at);
                    crowded = self.is_crowded(test);
                }
                if let Some(chance) = self.cell_chance(test, chance)
                    && chance < halves[1].0
                {
                    halves[1] = (chance, at);
                    if halves[1].0 < halves[0].0 {
                        halves.swap(0, 1);
                    }
                }
            }
            at += test.len();
        }
        let [(first, a), (second, b)] = halves;
        let slot = |at: usize| Tag(words[at]).slot();
        if crowded && b != NONE as usize && slot(a) != slot(b) && first * second < 0.5 * best {
            return Choice::Two(a, b, best_at);
        }
        if best_at == NONE as usize { Choice::Nothing } else { Choice::One(best_at) }
    }
}

/// A share of what was counted, careful where little was.
fn share(count: u32, total: u32) -> f32 {
    (count + 1) as f32 / (total + 16) as f32
}
