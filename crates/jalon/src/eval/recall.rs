//! Sources whose texts may be known by number: what the tests on them say is remembered.

use super::marks::{ALWAYS, Marks};
use super::run::{Context, test_any};
use crate::plan::block::{Block, Source};
use crate::plan::kernel::Kernel;
use crate::plan::logic::Bits;
use crate::value::fold::Folded;
use crate::value::{FieldKey, Record, Symbol};

/// A block, with what is remembered of the texts that its sources met.
pub(super) struct Recall<'r> {
    pub(super) block: &'r Block,
    pub(super) marks: &'r mut Marks,
    pub(super) context: &'r Context<'r>,
}

impl Recall<'_> {
    /// [`Recall::field`] where other values are expected.
    #[inline(never)]
    pub(super) fn rare<B: Bits + ?Sized, R: Record + ?Sized>(
        &mut self,
        index: usize,
        source: &Source,
        record: &R,
        key: &FieldKey,
        bits: &mut B,
    ) -> bool {
        self.field(index, source, record, key, bits)
    }

    /// Sets the bits of a field's text if it is an interned one that is remembered; whether it is.
    #[expect(clippy::inline_always, reason = "its call would be a third of it")]
    #[inline(always)]
    pub(super) fn field<B: Bits + ?Sized, R: Record + ?Sized>(
        &mut self,
        index: usize,
        source: &Source,
        record: &R,
        key: &FieldKey,
        bits: &mut B,
    ) -> bool {
        let (Some(word), Some(symbol)) = (source.word, record.symbol(key)) else {
            return false;
        };
        let moment = match source.kernel {
            // Of these, what a text says depends on the clock, or on its zone.
            Kernel::Time(..) | Kernel::Dynamic(_) => self.context.moment,
            _ => Some(ALWAYS),
        };
        let Some(moment) = moment else { return false };
        let known = self.marks.get(index, symbol, moment);
        match known.or_else(|| self.learn(index, symbol, moment, record, key)) {
            Some(marks) => {
                bits.mark(word, marks);
                true
            }
            None => false,
        }
    }

    /// The bits, in the word of a source, that a text sets, remembered from now on.
    #[cold]
    #[inline(never)]
    fn learn<R: Record + ?Sized>(
        &mut self,
        index: usize,
        symbol: Symbol,
        moment: u64,
        record: &R,
        key: &FieldKey,
    ) -> Option<u64> {
        let Recall { block, marks, context } = self;
        let source = &block.sources[index];
        let word = source.word?;
        marks.learn(index, symbol, moment, || {
            let mut bits = vec![0; block.words];
            test_any(source, &record.get(key), context, &mut Folded::default(), &mut bits);
            bits[word as usize]
        })
    }
}
