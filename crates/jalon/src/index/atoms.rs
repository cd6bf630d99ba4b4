//! Atoms that the record executor answers, each at most once for a record and only where a rule
//! comes down to it: expressions, related records, regular expressions, fields without a type.

use crate::eval::run::{Context, State, fill};
use crate::eval::value::{Buffers, Frame};
use crate::plan::block::{self, Block, Times};
use crate::plan::logic::Tree;
use crate::plan::pool::Pool;
use crate::value::Record;

/// An atom in a block of its own.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    block: Block,
    /// Literals of which a record has one wherever the atom holds; none where that is unknown.
    pub(super) keys: Box<[u32]>,
}

/// The answer of an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) holds: bool,
    /// Whether something that it reads is of the wrong type.
    pub(super) wrong: bool,
}

impl Atom {
    pub(super) fn new(id: u32, pool: &Pool, times: &mut Times, keys: Vec<u32>) -> Atom {
        let mut builder = block::Builder::with_pool(times, pool);
        builder.tree(Tree::Bit(id));
        Atom { block: builder.build(), keys: keys.into() }
    }
}

/// What answering atoms needs room for, and the answers for the record at hand.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    states: Vec<Option<Box<State>>>,
    /// For each atom the record that it was asked for, and what it said.
    known: Vec<(u32, Answer)>,
    record: u32,
    buffers: Buffers,
}

impl Answers {
    pub(super) fn new(atoms: usize) -> Answers {
        Answers {
            states: vec![None; atoms],
            known: vec![(0, Answer { holds: false, wrong: false }); atoms],
            ..Answers::default()
        }
    }

    /// Forgets the answers for the last record.
    pub(super) fn next_record(&mut self) {
        self.record = self.record.wrapping_add(1);
        if self.record == 0 {
            self.known.iter_mut().for_each(|(record, _)| *record = 0);
            self.record = 1;
        }
    }

    /// The answer of an atom for the record at hand.
    pub(super) fn ask(
        &mut self,
        id: u32,
        atom: &Atom,
        record: &dyn Record,
        context: &Context<'_>,
    ) -> Answer {
        let (known_for, answer) = self.known[id as usize];
        if known_for == self.record {
            return answer;
        }
        self.buffers.arena.clear();
        let new = || Box::new(State::new(&atom.block));
        let state = self.states[id as usize].get_or_insert_with(new);
        fill(&atom.block, state, &Frame::new(record), context, &mut self.buffers);
        let answer = match atom.block.roots.first() {
            Some(root) => {
                Answer { holds: root.logic.holds(&state.bits), wrong: root.fails(&state.bits) }
            }
            None => Answer { holds: false, wrong: false },
        };
        self.known[id as usize] = (self.record, answer);
        answer
    }
}
