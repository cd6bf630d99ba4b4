//! Sources whose texts may be known by number: what the tests on them say is remembered.

use super::marks::{ALWAYS, Marks};
use super::run::{Context, test_any};
use crate::plan::block::{Block, Source};
use crate::plan::kernel::Kernel;
use crate::plan::logic::Bits;
use crate::value::fold::Folded;
use crate::value::{FieldKey, Record, ValueRef};

/// A source, with what is remembered of the texts that it met.
pub(super) struct Recall<'r> {
    pub(super) block: &'r Block,
    pub(super) source: &'r Source,
    pub(super) index: usize,
    pub(super) marks: &'r mut Marks,
    pub(super) context: &'r Context<'r>,
}

impl Recall<'_> {
    /// [`Recall::field`] where other values are expected.
    #[inline(never)]
    pub(super) fn rare<B: Bits + ?Sized, R: Record + ?Sized>(
        &mut self,
        record: &R,
        key: &FieldKey,
        bits: &mut B,
    ) -> bool {
        self.field(record, key, bits)
    }

    /// Sets the bits of a field's text if it is an interned one that is remembered; whether it is.
    #[expect(clippy::inline_always, reason = "its call would be a third of it")]
    #[inline(always)]
    pub(super) fn field<B: Bits + ?Sized, R: Record + ?Sized>(
        &mut self,
        record: &R,
        key: &FieldKey,
        bits: &mut B,
    ) -> bool {
        let (Some(word), Some(symbol)) = (self.source.word, record.symbol(key)) else {
            return false;
        };
        let moment = match self.source.kernel {
            // Of these, what a text says depends on the clock, or on its zone.
            Kernel::Time(..) | Kernel::Dynamic(_) => self.context.moment,
            _ => Some(ALWAYS),
        };
        let Some(moment) = moment else { return false };
        let (block, source, context) = (self.block, self.source, self.context);
        let learn = || learn(block, source, word, record.get(key), context);
        match self.marks.of(self.index, symbol, moment, learn) {
            Some(marks) => {
                bits.mark(word, marks);
                true
            }
            None => false,
        }
    }
}

/// The bits, in the word of a source, that a value of it sets.
#[cold]
fn learn(
    block: &Block,
    source: &Source,
    word: u32,
    value: ValueRef<'_>,
    context: &Context<'_>,
) -> u64 {
    let mut bits = vec![0; block.words];
    test_any(source, &value, context, &mut Folded::default(), &mut bits);
    bits[word as usize]
}
