//! What is known of the record at hand, and the verification of tests against it.

use super::Inner;
use super::atoms::{Answer, Answers};
use super::build::Mention;
use super::normal::FAILS;
use super::words::{Kind, Tag};
use crate::eval::run::Context;
use crate::value::Record;

/// A field that holds no moment.
pub(super) const NOTHING: i64 = i64::MIN;

/// The record at hand, as far as it was read.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// By slot.
    pub(super) positions: Vec<u32>,
    /// By field: days or microseconds.
    pub(super) moments: Vec<i64>,
    /// By field: its folded text.
    pub(super) folded: Vec<String>,
    /// By field: whether its literals were looked for.
    pub(super) searched: Vec<bool>,
    pub(super) hits: Hits,
    pub(super) buffer: String,
    /// By field: whether its value is of the wrong type.
    pub(super) wrong: Vec<bool>,
    /// Whether one of them is.
    pub(super) any_wrong: bool,
    /// Whether something that an atom reads is, as far as atoms were asked.
    pub(super) wrong_in_atoms: bool,
    /// The numbered tests on moments under the clock: first and last inside.
    pub(super) moments_in: Vec<(i64, i64)>,
    pub(super) answers: Answers,
}

/// The literals that were found.
#[derive(Clone, Debug, Default)]
pub(super) struct Hits {
    set: Vec<u64>,
    pub(super) list: Vec<u32>,
}

impl Hits {
    pub(super) fn new(literals: usize) -> Hits {
        Hits { set: vec![0; literals.div_ceil(64)], list: Vec::new() }
    }

    #[inline]
    pub(super) fn hit(&mut self, literal: u32) {
        let word = &mut self.set[literal as usize / 64];
        let bit = 1 << (literal % 64);
        if *word & bit == 0 {
            *word |= bit;
            self.list.push(literal);
        }
    }

    #[inline]
    fn has(&self, literal: u32) -> bool {
        self.set[literal as usize / 64] >> (literal % 64) & 1 == 1
    }

    pub(super) fn clear(&mut self) {
        for literal in self.list.drain(..) {
            self.set[literal as usize / 64] = 0;
        }
    }
}

/// The record at hand with all that tests on it need.
pub(super) struct Subject<'s> {
    pub(super) index: &'s Inner,
    pub(super) record: &'s dyn Record,
    pub(super) context: Context<'s>,
    pub(super) state: &'s mut State,
}

impl Subject<'_> {
    /// Whether all tests of a run of words hold.
    #[inline]
    pub(super) fn all(&mut self, mut words: &[u32]) -> bool {
        while let [tag, after @ ..] = words {
            let tag = Tag(*tag);
            if tag.is_range()
                && let [low, width, after @ ..] = after
            {
                let position = self.state.positions[tag.slot()];
                if (position.wrapping_sub(*low) <= *width) == tag.negated() {
                    return false;
                }
                words = after;
                continue;
            }
            let (values, after) = after.split_at(tag.words() - 1);
            if self.holds(tag, values) == tag.negated() {
                return false;
            }
            words = after;
        }
        true
    }

    /// Whether a test holds, before it is turned round.
    fn holds(&mut self, tag: Tag, values: &[u32]) -> bool {
        match (tag.kind(), values) {
            (Kind::Range, [low, width]) => {
                self.state.positions[tag.slot()].wrapping_sub(*low) <= *width
            }
            (Kind::In, positions) => positions.contains(&self.state.positions[tag.slot()]),
            (Kind::Literal, literals) => {
                let field = tag.slot();
                if !self.state.searched[field] {
                    self.index.fields[field].search(field, self.state);
                }
                literals.iter().any(|literal| self.state.hits.has(*literal))
            }
            (Kind::Timed, times) => {
                let at = self.state.moments[tag.slot()];
                at != NOTHING
                    && times.iter().any(|time| {
                        let (first, last) = self.state.moments_in[*time as usize];
                        first <= at && at <= last
                    })
            }
            (Kind::Atom, [atom]) => self.ask(*atom).holds,
            (Kind::Program, [entry]) => self.run(*entry),
            _ => false,
        }
    }

    fn run(&mut self, entry: u32) -> bool {
        let mut at = entry;
        while at < FAILS {
            let [then, otherwise, tag, after @ ..] = &self.index.programs[at as usize..] else {
                return false;
            };
            let tag = Tag(*tag);
            let holds = self.holds(tag, &after[..tag.words() - 1]);
            at = if holds { *then } else { *otherwise };
        }
        at > FAILS
    }

    fn ask(&mut self, atom: u32) -> Answer {
        let plan = &self.index.atoms[atom as usize];
        self.state.answers.ask(atom, plan, self.record, &self.context)
    }

    /// Whether something that a rule mentions is of the wrong type.
    pub(super) fn fails(&mut self, set: u32) -> bool {
        let index = self.index;
        index.mentions[set as usize].iter().any(|mention| match mention {
            Mention::Field(field) => self.state.wrong[*field as usize],
            Mention::Atom(atom) => self.ask(*atom).wrong,
        })
    }
}
