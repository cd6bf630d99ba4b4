//! Running a block: every source is read once, every bit filled, nothing allocated.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::compare::{Folds, compare};
use super::expr::Machine;
use super::memo::{Memo, Recall};
use super::value::{Buffers, Failure, Frame, Val};
use crate::checked::ScoreId;
use crate::lexicon::Quantifier;
use crate::plan::block::{Block, Compare, Input, RelatedPlan, Source};
use crate::plan::kernel::{Kernel, SetTests, TextTests};
use crate::plan::logic::{Bit, set};
use crate::plan::time::Axis;
use crate::value::fold::fold_into;
use crate::value::read::NumberText;
use crate::value::typed::{self, Typed};
use crate::value::{Clock, Interval, ValueRef};

/// What stays the same for all records under one clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'c> {
    /// The clock.
    pub(crate) clock: &'c Clock,
    /// The plan's dates, resolved.
    pub(crate) times: &'c [Interval],
    /// The scores of this record that are known so far.
    pub(crate) totals: &'c [(ScoreId, Decimal)],
    /// Whether an absent field is an error.
    pub(crate) strict: bool,
}

/// The bits of a block and of its nested blocks.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// Filled by [`fill`].
    pub(crate) bits: Vec<u64>,
    /// In the order of the nested blocks.
    pub(crate) nested: Vec<State>,
    /// For each source what it remembers of texts.
    pub(crate) memos: Vec<Memo>,
}

impl State {
    /// The state of a block.
    pub(crate) fn new(block: &Block) -> State {
        State {
            bits: vec![0; block.words],
            nested: block.nested.iter().map(State::new).collect(),
            memos: vec![Memo::new(); block.sources.len()],
        }
    }
}

/// Fills the bits of a block for a frame.
pub(crate) fn fill(
    block: &Block,
    state: &mut State,
    frame: &Frame<'_>,
    context: &Context<'_>,
    buffers: &mut Buffers,
) {
    state.bits.fill(0);
    for index in 0..block.sources.len() {
        read(block, index, state, frame, context, buffers);
    }
    compute(block, state, frame, context, buffers);
}

/// Sets the bits of the tests that are not of one source: against computed values, and on lists
/// of records.
pub(crate) fn compute(
    block: &Block,
    state: &mut State,
    frame: &Frame<'_>,
    context: &Context<'_>,
    buffers: &mut Buffers,
) {
    for plan in &block.compares {
        let nested = &mut state.nested;
        let mut machine = Machine { block, nested, context, buffers: &mut *buffers };
        answer(machine.compare(plan, frame), plan.bit, plan.error, &mut state.bits);
    }
    for plan in &block.related {
        let holds = related(block, &mut state.nested, plan, frame, context, buffers);
        answer(holds, plan.bit, plan.error, &mut state.bits);
    }
}

/// Reads one source of a frame and sets the bits of its tests.
pub(crate) fn read(
    block: &Block,
    index: usize,
    state: &mut State,
    frame: &Frame<'_>,
    context: &Context<'_>,
    buffers: &mut Buffers,
) {
    let State { bits, nested, memos } = state;
    let (source, memo) = (&block.sources[index], &mut memos[index]);
    match &source.input {
        Input::Field(field) => {
            let value = frame.get(field);
            test(source, &value, context, memo, &mut buffers.folded, bits);
            let ambiguous = field.key.names.len() > 1 && frame.conflict(field).is_some();
            if ambiguous || (context.strict && matches!(value, ValueRef::Absent)) {
                set(bits, source.error);
            }
        }
        Input::Code { code, .. } => {
            let mut machine = Machine { block, nested, context, buffers };
            match machine.eval(code, frame) {
                Ok(value) => {
                    let Buffers { folded, arena, .. } = &mut *buffers;
                    test(source, &value.lend(arena), context, memo, folded, bits);
                }
                Err(_) => set(bits, source.error),
            }
        }
    }
}

/// Writes the answer of a test down.
fn answer(holds: Result<bool, Failure>, bit: Bit, error: Bit, bits: &mut [u64]) {
    match holds {
        Ok(true) => set(bits, bit),
        Ok(false) => {}
        Err(_) => set(bits, error),
    }
}

/// Runs a source's kernel on its value. The common cases look at the value where it stands:
/// copying it right after it was written would wait for the writes.
pub(crate) fn test(
    source: &Source,
    value: &ValueRef<'_>,
    context: &Context<'_>,
    memo: &mut Memo,
    buffer: &mut String,
    bits: &mut [u64],
) {
    let mut digits;
    let typed = match &source.kernel {
        Kernel::Text(tests) => {
            let text = match value {
                ValueRef::Text(text) if !starts_blank(text) => Typed::Value(*text),
                other => {
                    digits = NumberText::default();
                    typed::text(*other, &mut digits)
                }
            };
            text.map(|text| test_text(source, tests, text, memo, buffer, bits))
        }
        Kernel::Reference(tests) => typed::reference(*value).map(|reference| {
            reference.any(|text| {
                tests.run(text, buffer, bits);
                false
            });
        }),
        Kernel::Number(kernel) => match typed::whole(value) {
            Some(number) => {
                kernel.run_whole(number, bits);
                Typed::Value(())
            }
            None => typed::number(*value).map(|number| kernel.run(number, bits)),
        },
        Kernel::Checkbox(ticks) => {
            let typed = typed::checkbox(*value);
            let state = match typed {
                Typed::Value(ticked) => Some(ticked),
                Typed::Absent | Typed::Empty => Some(false),
                Typed::Wrong => None,
            };
            if let Some(ticked) = state {
                ticks[usize::from(!ticked)].iter().for_each(|bit| set(bits, *bit));
            }
            typed.map(|_| ())
        }
        Kernel::Set(tests) => typed::set(*value).map(|items| run_set(tests, items, buffer, bits)),
        Kernel::Time(Axis::Days, kernel) => match value {
            ValueRef::Date(date) => Typed::Value(*date),
            other => typed::date(*other, context.clock.zone),
        }
        .map(|date| kernel.run(date.days().into(), context.times, bits)),
        Kernel::Time(Axis::Micros, kernel) => typed::date_time(*value, context.clock.zone)
            .map(|instant| kernel.run(instant.micros(), context.times, bits)),
        Kernel::Records => typed::records(*value).map(|_| ()),
        Kernel::Dynamic(kernel) => {
            let empty = typed::is_empty(*value);
            kernel.run(*value, empty, context.times, context.clock, buffer, bits);
            match value {
                _ if empty => Typed::Empty,
                ValueRef::Invalid(_) => Typed::Wrong,
                _ => Typed::Value(()),
            }
        }
    };
    match typed {
        Typed::Value(()) => {}
        Typed::Absent | Typed::Empty => {
            if let Some(bit) = source.empty {
                set(bits, bit);
            }
        }
        Typed::Wrong => set(bits, source.error),
    }
}

/// Runs the tests on a text, or recalls what they said of it.
#[inline]
fn test_text(
    source: &Source,
    tests: &TextTests,
    text: &str,
    memo: &mut Memo,
    buffer: &mut String,
    bits: &mut [u64],
) {
    let Some(word) = source.text_word else {
        return tests.run(text, buffer, bits);
    };
    match memo.recall(text) {
        Recall::Known(known) => bits[word as usize] |= known,
        Recall::Passed => tests.run(text, buffer, bits),
        Recall::New(place, print) => {
            let before = bits[word as usize];
            tests.run(text, buffer, bits);
            memo.remember(place, print, text, bits[word as usize] & !before);
        }
    }
}

/// Whether a text may hold nothing but white space: asked first, since few do.
fn starts_blank(text: &str) -> bool {
    text.as_bytes().first().is_none_or(|byte| *byte <= b' ' || *byte >= 0x80)
}

fn run_set(tests: &SetTests, items: typed::Items<'_>, buffer: &mut String, bits: &mut [u64]) {
    items.for_each(|item| {
        fold_into(item, tests.mode, buffer);
        tests.has.run(buffer.as_bytes(), bits);
    });
    for (known, bit) in &tests.within {
        let other = items.any(|item| {
            fold_into(item, tests.mode, buffer);
            !known.contains(buffer)
        });
        if !other {
            set(bits, *bit);
        }
    }
}

impl<'m> Machine<'m> {
    /// The answer of a test against computed values.
    fn compare<'a>(&mut self, plan: &'a Compare, frame: &Frame<'a>) -> Result<bool, Failure>
    where
        'm: 'a,
    {
        let left = self.source(plan.source, frame)?;
        let mut right = SmallVec::<[Val<'a>; 4]>::new();
        for (term, _) in &plan.terms {
            right.push(self.eval(term, frame)?);
        }
        let Buffers { folded, other, arena } = &mut *self.buffers;
        let mut folds = Folds { arena, left: folded, right: other };
        compare(plan.test, left, &right, self.context.clock, &mut folds)
    }

    /// The value of a source of the block.
    pub(crate) fn source<'a>(&mut self, index: usize, frame: &Frame<'a>) -> Result<Val<'a>, Failure>
    where
        'm: 'a,
    {
        let block: &'m Block = self.block;
        match &block.sources[index].input {
            Input::Field(field) => self.field(field, frame),
            Input::Code { code, .. } => self.eval(code, frame),
        }
    }
}

/// Whether a criterion on a list of records holds. Every record is judged, so that a value of
/// the wrong type in one never goes unseen.
fn related(
    block: &Block,
    nested: &mut [State],
    plan: &RelatedPlan,
    frame: &Frame<'_>,
    context: &Context<'_>,
    buffers: &mut Buffers,
) -> Result<bool, Failure> {
    let records = match typed::records(frame.get(&plan.list)) {
        Typed::Value(records) => records,
        Typed::Absent | Typed::Empty => return Ok(plan.quantifier != Quantifier::Any),
        Typed::Wrong => return Err(Failure::Wrong),
    };
    let inner = &block.nested[plan.nested];
    let state = &mut nested[plan.nested];
    let (mut matching, mut wrong) = (0, false);
    for index in 0..records.len() {
        let Some(record) = typed::record(records.at(index)) else { continue };
        fill(inner, state, &Frame { record, outer: Some(frame) }, context, buffers);
        for root in &inner.roots {
            wrong |= root.fails(&state.bits);
            matching += usize::from(root.logic.holds(&state.bits));
        }
    }
    if wrong {
        return Err(Failure::Wrong);
    }
    Ok(match plan.quantifier {
        Quantifier::Any => matching > 0,
        Quantifier::No => matching == 0,
        Quantifier::All => matching == records.len(),
    })
}
