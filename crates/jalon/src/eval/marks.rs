//! What the tests on texts say of the interned ones that were met, by their numbers.

use crate::value::Symbol;

/// At most so many texts are remembered for each source.
const KEPT: u32 = 1 << 16;

/// What stands for a text not yet met. (No text sets the bit of an error, so none sets all.)
const UNKNOWN: u64 = u64::MAX;

/// The bits that interned texts set, for each source of a block.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks(Vec<Known>);

/// The bits that the texts of one interner set in the word of a source, by their numbers.
#[derive(Clone, Debug)]
struct Known {
    /// The first that was met: were each to take the place of the one before, nothing would be
    /// known where they take turns.
    interner: u32,
    marks: Vec<u64>,
}

impl Marks {
    /// The bits that a text sets in the word of a source, learnt when it is first met; nothing where
    /// too many were, or texts of another interner.
    #[inline]
    pub(crate) fn of(
        &mut self,
        source: usize,
        symbol: Symbol,
        learn: impl FnOnce() -> u64,
    ) -> Option<u64> {
        if let Some(known) = self.0.get(source)
            && known.interner == symbol.interner
            && let Some(marks) = known.marks.get(symbol.text as usize)
            && *marks != UNKNOWN
        {
            return Some(*marks);
        }
        self.learn(source, symbol, learn)
    }

    #[cold]
    fn learn(&mut self, source: usize, symbol: Symbol, learn: impl FnOnce() -> u64) -> Option<u64> {
        if symbol.text >= KEPT {
            return None;
        }
        while self.0.len() <= source {
            self.0.push(Known { interner: symbol.interner, marks: Vec::new() });
        }
        let known = &mut self.0[source];
        if known.marks.is_empty() {
            known.interner = symbol.interner;
        }
        if known.interner != symbol.interner {
            return None;
        }
        let place = symbol.text as usize;
        if known.marks.len() <= place {
            known.marks.resize((place + 1).next_power_of_two(), UNKNOWN);
        }
        let marks = learn();
        known.marks[place] = marks;
        Some(marks)
    }
}
