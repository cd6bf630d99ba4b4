//! A block's sources bound to the columns of a batch: how each will be answered.

use std::sync::Arc;

use super::column::{Batch, Carried, Column, TextColumn, Values};
use super::load::Line;
use super::recall::Recall;
use super::search::Search;
use super::table::Table;
use crate::eval::run::{Context, State, test};
use crate::eval::value::Buffers;
use crate::plan::block::{Block, Input, Source};
use crate::plan::kernel::Kernel;
use crate::plan::logic::Bit;
use crate::plan::number::NumberKernel;
use crate::plan::time::Axis;
use crate::value::{ValueRef, Zone, read};

/// How a source is answered for the rows of a batch.
#[derive(Debug)]
pub(super) enum Way<'b> {
    /// The same bits for every row.
    Same(u64),
    /// From a column, many rows at once.
    Column {
        /// The column.
        column: Column<'b>,
        /// How.
        means: Means,
        /// The bits of rows that hold nothing.
        nothing: u64,
        /// Bits of every row that holds something.
        always: u64,
    },
    /// Row by row, by the record executor.
    ByRow,
}

/// What is done with the values of a column. Masks are of the word that the source's bits
/// stand in.
#[derive(Debug)]
pub(super) enum Means {
    /// Texts are folded and searched.
    Texts(Arc<Search>),
    /// Integers are compared with inclusive bounds.
    Integers(Line, Vec<(i64, i64, u64)>),
    /// Floats are compared with inclusive bounds.
    Floats(Vec<(f64, f64, u64)>),
    /// Each text is asked about by itself.
    Each,
    /// The bits of each code are looked up in the source's table.
    Table,
    /// The bits of "not ticked" and of "ticked".
    Bools([u64; 2]),
}

/// Bits within one word, from those of a block.
fn mask(bit: Bit) -> u64 {
    1 << (bit % 64)
}

fn masks<T>(bounds: Vec<(T, T, Bit)>) -> Vec<(T, T, u64)> {
    bounds.into_iter().map(|(low, high, bit)| (low, high, mask(bit))).collect()
}

/// What is known of a source beyond one batch.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Its tests on texts, compiled when a column has some.
    search: Option<Arc<Search>>,
    /// What they say of the values of a dictionary.
    pub(super) table: Table,
    /// What they say of texts that repeat.
    pub(super) recall: Recall,
}

impl Known {
    /// Forgets what was said under another clock.
    pub(super) fn forget(&mut self) {
        self.table.forget();
        self.recall.forget();
    }
}

/// A dictionary with more values than this for each row of a batch is not asked as a whole.
const MOST_VALUES: usize = 2;

/// Binds one source of a block; `None` where only its rows can be asked.
pub(super) fn bind<'b>(
    block: &'b Block,
    index: usize,
    batch: &'b dyn Batch,
    state: &mut State,
    context: &Context<'_>,
    buffers: &mut Buffers,
    Known { search, table, .. }: &mut Known,
) -> Option<Way<'b>> {
    let source = &block.sources[index];
    let (Input::Field(field), Some(word)) = (&source.input, source.word) else {
        return None;
    };
    if field.depth > 0 {
        return None;
    }
    let mut judge = Judge { source, word: word as usize, state, context, buffers };
    let mut column = match batch.column(&field.key) {
        Carried::ByRow => return None,
        Carried::Nowhere => {
            let strict = if context.strict { mask(source.error) } else { 0 };
            return Some(Way::Same(judge.bits(ValueRef::Absent) | strict));
        }
        Carried::In(column) => column,
    };
    let nothing = judge.bits(ValueRef::Empty);
    let (means, always) = match &column.values {
        Values::Nothing => return Some(Way::Same(nothing)),
        Values::Bools(_) => {
            let (not, ticked) = (ValueRef::Bool(false), ValueRef::Bool(true));
            (Means::Bools([judge.bits(not), judge.bits(ticked)]), 0)
        }
        Values::Dictionary { codes, values } => {
            if values.len() <= MOST_VALUES * codes.len().max(64) {
                table.prepare(*values);
                (Means::Table, 0)
            } else {
                // Values that hardly repeat are tested where they are needed.
                let texts = Box::new(values.texts()?);
                column.values = Values::Texts(TextColumn::Coded { codes: *codes, texts });
                means(source, &column.values, context, search).unwrap_or((Means::Each, 0))
            }
        }
        Values::Texts(_) => {
            means(source, &column.values, context, search).unwrap_or((Means::Each, 0))
        }
        values => means(source, values, context, search)?,
    };
    Some(Way::Column { column, means, nothing, always })
}

/// What one value says.
pub(super) struct Judge<'j, 'c> {
    pub(super) source: &'j Source,
    pub(super) word: usize,
    pub(super) state: &'j mut State,
    pub(super) context: &'j Context<'c>,
    pub(super) buffers: &'j mut Buffers,
}

impl Judge<'_, '_> {
    pub(super) fn bits(&mut self, value: ValueRef<'_>) -> u64 {
        let bits = &mut self.state.bits;
        test(self.source, &value, self.context, &mut self.buffers.text, bits.as_mut_slice());
        std::mem::take(&mut bits[self.word])
    }
}

fn means(
    source: &Source,
    values: &Values<'_>,
    context: &Context<'_>,
    search: &mut Option<Arc<Search>>,
) -> Option<(Means, u64)> {
    let utc = context.clock.zone == Zone::UTC;
    let line = |wanted| Line::of(values, wanted, utc);
    Some(match (&source.kernel, values) {
        (Kernel::Text(tests) | Kernel::Reference(tests), Values::Texts(_)) => {
            if search.is_none() {
                *search = Some(Arc::new(Search::new(tests)?));
            }
            (Means::Texts(search.clone()?), 0)
        }
        (Kernel::Number(kernel), _) => (numbers(kernel, values, line(Line::Numbers(0)))?, 0),
        (Kernel::Time(axis, kernel), _) => {
            let wanted = if *axis == Axis::Days { Line::Days } else { Line::Micros };
            (Means::Integers(line(wanted)?, masks(kernel.bounds(context.times))), 0)
        }
        (Kernel::Dynamic(kernel), Values::Texts(_)) => {
            if search.is_none() {
                *search = Some(Arc::new(Search::new(&kernel.on_texts()?)?));
            }
            (Means::Texts(search.clone()?), 0)
        }
        (Kernel::Dynamic(kernel), _) => {
            let line = line(Line::Numbers(0));
            if line.is_none() && !matches!(values, Values::F64(_)) {
                return None;
            }
            let (numbers_kernel, wrong) = kernel.on_numbers()?;
            let wrong = wrong.into_iter().map(mask).fold(0, |all, bit| all | bit);
            (numbers(&numbers_kernel, values, line)?, wrong)
        }
        _ => return None,
    })
}

fn numbers(kernel: &NumberKernel, values: &Values<'_>, line: Option<Line>) -> Option<Means> {
    if let Values::F64(_) = values {
        let exact = |x| read::float(x).value();
        return Some(Means::Floats(masks(kernel.float_bounds(exact)?)));
    }
    let line = line?;
    let Line::Numbers(scale) = line else { return None };
    Some(Means::Integers(line, masks(kernel.bounds(scale)?)))
}
