//! A block's sources bound to the columns of a batch: how each will be answered.

use std::ops::Range;
use std::sync::Arc;

use jalon_simd::set_from_table;

use super::column::{Batch, Carried, Codes, Column, Values};
use super::load::Line;
use super::search::Search;
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
    /// The bits of each code.
    Table(Vec<u64>),
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

/// Binds one source of a block.
pub(super) fn bind<'b>(
    block: &'b Block,
    index: usize,
    batch: &'b dyn Batch,
    state: &mut State,
    context: &Context<'_>,
    buffers: &mut Buffers,
    search: &mut Option<Arc<Search>>,
) -> Way<'b> {
    let source = &block.sources[index];
    let (Input::Field(field), Some(word)) = (&source.input, source.word) else {
        return Way::ByRow;
    };
    if field.depth > 0 {
        return Way::ByRow;
    }
    let mut judge = Judge { source, word: word as usize, index, state, context, buffers };
    let column = match batch.column(&field.key) {
        Carried::ByRow => return Way::ByRow,
        Carried::Nowhere => {
            let strict = if context.strict { mask(source.error) } else { 0 };
            return Way::Same(judge.bits(ValueRef::Absent) | strict);
        }
        Carried::In(column) => column,
    };
    let nothing = judge.bits(ValueRef::Empty);
    let (means, always) = match &column.values {
        Values::Nothing => return Way::Same(nothing),
        Values::Bools(_) => {
            let (not, ticked) = (ValueRef::Bool(false), ValueRef::Bool(true));
            (Means::Bools([judge.bits(not), judge.bits(ticked)]), 0)
        }
        Values::Dictionary { codes, cells } if cells.len() <= 2 * codes.len().max(64) => {
            let mut table = vec![0; cells.len()];
            for (code, bits) in table.iter_mut().enumerate() {
                cells.with(code, &mut |value| *bits = judge.bits(value));
            }
            (Means::Table(table), 0)
        }
        values => match means(source, values, context, search) {
            Some(means) => means,
            None => return Way::ByRow,
        },
    };
    Way::Column { column, means, nothing, always }
}

/// What one value says.
struct Judge<'j, 'c> {
    source: &'j Source,
    word: usize,
    index: usize,
    state: &'j mut State,
    context: &'j Context<'c>,
    buffers: &'j mut Buffers,
}

impl Judge<'_, '_> {
    fn bits(&mut self, value: ValueRef<'_>) -> u64 {
        let State { bits, memos, .. } = &mut *self.state;
        let folded = &mut self.buffers.folded;
        test(self.source, &value, self.context, &mut memos[self.index], folded, bits);
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
            let search = search.get_or_insert_with(|| Arc::new(Search::new(tests)));
            (Means::Texts(search.clone()), 0)
        }
        (Kernel::Number(kernel), _) => (numbers(kernel, values, line(Line::Numbers(0)))?, 0),
        (Kernel::Time(axis, kernel), _) => {
            let wanted = if *axis == Axis::Days { Line::Days } else { Line::Micros };
            (Means::Integers(line(wanted)?, masks(kernel.bounds(context.times))), 0)
        }
        (Kernel::Dynamic(kernel), Values::Texts(_)) => {
            if search.is_none() {
                *search = Some(Arc::new(Search::new(&kernel.on_texts()?)));
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

impl Codes<'_> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Codes::I8(codes) => codes.len(),
            Codes::I16(codes) => codes.len(),
            Codes::I32(codes) => codes.len(),
            Codes::I64(codes) => codes.len(),
            Codes::U8(codes) => codes.len(),
            Codes::U16(codes) => codes.len(),
            Codes::U32(codes) => codes.len(),
            Codes::U64(codes) => codes.len(),
        }
    }
}

/// Sets the bits of each row's code. Codes beyond the table set none.
pub(super) fn look_up(codes: &Codes<'_>, rows: Range<usize>, table: &[u64], bits: &mut [u64]) {
    match codes {
        Codes::I8(codes) => set_from_table(&codes[rows], table, bits),
        Codes::I16(codes) => set_from_table(&codes[rows], table, bits),
        Codes::I32(codes) => set_from_table(&codes[rows], table, bits),
        Codes::I64(codes) => set_from_table(&codes[rows], table, bits),
        Codes::U8(codes) => set_from_table(&codes[rows], table, bits),
        Codes::U16(codes) => set_from_table(&codes[rows], table, bits),
        Codes::U32(codes) => set_from_table(&codes[rows], table, bits),
        Codes::U64(codes) => set_from_table(&codes[rows], table, bits),
    }
}
