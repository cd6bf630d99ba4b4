//! What the tests on a source say of the interned texts that were met, by their numbers.

use crate::value::Symbol;

/// At most so many texts are remembered for each source.
const KEPT: u32 = 1 << 16;

/// A set of texts gives way to another that was asked for so many times as often as texts of it
/// were learnt: were each to give way at once, nothing would be known where they take turns.
const PATIENCE: u32 = 16;

/// The moment of what holds under any clock; those of clocks are greater.
pub(crate) const ALWAYS: u64 = 1;

/// The bits that interned texts set, for each source of a block.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks(Vec<Known>);

/// The bits that the texts of one interner set in the word of a source, by their numbers.
#[derive(Clone, Debug, Default)]
struct Known {
    interner: u32,
    marks: Vec<Mark>,
    /// How many were learnt.
    learnt: u32,
    /// How often texts of another interner were asked for since.
    strangers: u32,
}

/// The bits that a text sets.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    /// When they were learnt; 0 of a text not yet met.
    moment: u64,
    bits: u64,
}

impl Marks {
    /// The bits that a text sets in the word of a source at a moment, where they were learnt.
    #[inline]
    pub(crate) fn get(&self, source: usize, symbol: Symbol, moment: u64) -> Option<u64> {
        let known = self.0.get(source).filter(|known| known.interner == symbol.interner)?;
        let mark = known.marks.get(symbol.text as usize)?;
        (mark.moment == moment).then_some(mark.bits)
    }

    /// The bits that a text not yet met sets, which `learn` tells; nothing where too many were
    /// learnt, or texts of another interner.
    pub(crate) fn learn(
        &mut self,
        source: usize,
        symbol: Symbol,
        moment: u64,
        learn: impl FnOnce() -> u64,
    ) -> Option<u64> {
        if symbol.text >= KEPT {
            return None;
        }
        if self.0.len() <= source {
            self.0.resize_with(source + 1, Known::default);
        }
        let known = &mut self.0[source];
        if known.interner != symbol.interner {
            known.strangers = known.strangers.saturating_add(1);
            if !known.marks.is_empty() && known.strangers / PATIENCE <= known.learnt {
                return None;
            }
            *known = Known { interner: symbol.interner, ..Known::default() };
        }
        let place = symbol.text as usize;
        if known.marks.len() <= place {
            known.marks.resize((place + 1).next_power_of_two(), Mark::default());
        }
        let bits = learn();
        known.learnt = known.learnt.saturating_add(1);
        known.marks[place] = Mark { moment, bits };
        Some(bits)
    }
}
