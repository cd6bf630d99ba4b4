//! Running a block: every source is read once, every bit filled, nothing allocated.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::compare::{Folds, compare};
use super::expr::Machine;
use super::marks::Marks;
use super::recall::Recall;
use super::value::{Buffers, Failure, Frame, Val};
use crate::checked::ScoreId;
use crate::lexicon::Quantifier;
use crate::plan::block::{Block, Compare, Input, RelatedPlan, Source};
use crate::plan::kernel::{Kernel, SetTests, TextTests};
use crate::plan::logic::{Bit, Bits, Word, clear, set};
use crate::plan::time::Axis;
use crate::value::fold::Folded;
use crate::value::read::NumberText;
use crate::value::typed::{self, Typed};
use crate::value::{Clock, FieldKey, Interval, Record, ValueRef};

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
    /// The number of what the clock was set to, among those under which a block was ever run with
    /// the same [`State`]; nothing where nobody counts them.
    pub(crate) moment: Option<u64>,
}

/// The bits of a block and of its nested blocks.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// Filled by [`fill`].
    pub(crate) bits: Vec<u64>,
    /// In the order of the nested blocks.
    pub(crate) nested: Vec<State>,
    /// What is known of interned texts.
    marks: Marks,
}

impl State {
    /// The state of a block.
    pub(crate) fn new(block: &Block) -> State {
        State {
            bits: vec![0; block.words],
            nested: block.nested.iter().map(State::new).collect(),
            marks: Marks::default(),
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
    fill_from(block, state, frame.record, frame, context, buffers);
}

/// [`fill`] compiled for the type of the frame's record.
#[inline]
pub(crate) fn fill_from<R: Record + ?Sized>(
    block: &Block,
    state: &mut State,
    record: &R,
    frame: &Frame<'_>,
    context: &Context<'_>,
    buffers: &mut Buffers,
) {
    let State { bits, nested, marks } = state;
    if let [only] = bits.as_mut_slice() {
        let mut word = Word(0);
        sources(block, nested, marks, record, frame, context, buffers, &mut word);
        *only = word.0;
    } else {
        bits.fill(0);
        sources(block, nested, marks, record, frame, context, buffers, bits.as_mut_slice());
    }
    if !(block.compares.is_empty() && block.related.is_empty()) {
        compute(block, state, frame, context, buffers);
    }
}

/// [`fill`] for a record of which only some fields are others than when the block was last filled;
/// the frames around it may be others.
pub(crate) fn refill(
    block: &Block,
    state: &mut State,
    frame: &Frame<'_>,
    context: &Context<'_>,
    buffers: &mut Buffers,
    is_other: &dyn Fn(&FieldKey) -> bool,
) {
    let State { bits, nested, .. } = state;
    let may_conflict = frame.record.may_conflict();
    for source in &block.sources {
        let stays = match &source.input {
            Input::Field(field) => {
                field.depth == 0 && field.key.path.is_none() && !is_other(&field.key)
            }
            Input::Code { .. } => false,
        };
        if !stays {
            clear(bits, source.first, source.error);
            read(block, source, nested, frame, context, buffers, may_conflict, bits.as_mut_slice());
        }
    }
    let compared = block.compares.iter().map(|plan| (plan.bit, plan.error));
    for (bit, error) in compared.chain(block.related.iter().map(|plan| (plan.bit, plan.error))) {
        clear(bits, bit, error);
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

/// Writes the answer of a test down.
fn answer(holds: Result<bool, Failure>, bit: Bit, error: Bit, bits: &mut [u64]) {
    match holds {
        Ok(true) => set(bits, bit),
        Ok(false) => {}
        Err(_) => set(bits, error),
    }
}

/// Sets the bits of every source.
#[inline]
#[allow(clippy::too_many_arguments, reason = "what a block is run with, kept in registers")]
fn sources<B: Bits + ?Sized, R: Record + ?Sized>(
    block: &Block,
    nested: &mut [State],
    marks: &mut Marks,
    record: &R,
    frame: &Frame<'_>,
    context: &Context<'_>,
    buffers: &mut Buffers,
    bits: &mut B,
) {
    let may_conflict = record.may_conflict();
    let is_plain = !may_conflict && !context.strict;
    let mut recall = Recall { block, marks, context };
    for (index, source) in block.sources.iter().enumerate() {
        match &source.input {
            Input::Field(field) if is_plain && field.depth == 0 => {
                let (key, folded) = (&field.key, &mut buffers.text);
                let is_known = matches!(source.kernel, Kernel::Text(_))
                    && recall.field(index, source, record, key, bits);
                if !is_known {
                    test_field(&mut recall, index, source, record, key, folded, bits);
                }
            }
            _ => bits.lend(|bits| {
                read(block, source, nested, frame, context, buffers, may_conflict, bits);
            }),
        }
    }
}

/// Reads a field of a record that has no conflicts, and sets the bits of its tests. The kernel
/// is asked for first, so that each of them compiles to the reading of the values it expects, and
/// no value is copied right after it was written, which would wait for the writes.
#[inline]
fn test_field<B: Bits + ?Sized, R: Record + ?Sized>(
    recall: &mut Recall<'_>,
    index: usize,
    source: &Source,
    record: &R,
    key: &FieldKey,
    folded: &mut Folded,
    bits: &mut B,
) {
    let context = recall.context;
    let other = match &source.kernel {
        Kernel::Text(tests) => match record.get(key) {
            ValueRef::Text(text) => match tests.short_marks(text) {
                Some(marks) => {
                    bits.mark(tests.word, marks);
                    if let Some(bit) = source.empty {
                        bits.set_if(bit, text.is_empty());
                    }
                    return;
                }
                None => {
                    return bits.lend(|bits| test_text(source, tests, text, context, folded, bits));
                }
            },
            ValueRef::Absent | ValueRef::Empty => return nothing(source, bits),
            other => other,
        },
        Kernel::Number(kernel) => match record.get(key) {
            ValueRef::Int(number) => return kernel.run_whole(number, bits),
            ValueRef::Number(number) => return kernel.run(number, bits),
            ValueRef::Absent | ValueRef::Empty => return nothing(source, bits),
            other => other,
        },
        Kernel::Time(Axis::Days, kernel) => match record.get(key) {
            ValueRef::Date(date) => return kernel.run(date.days().into(), context.times, bits),
            ValueRef::Absent | ValueRef::Empty => return nothing(source, bits),
            other => other,
        },
        Kernel::Checkbox(ticks) => match record.get(key) {
            ValueRef::Bool(ticked) => return tick(ticks, ticked, bits),
            ValueRef::Absent | ValueRef::Empty => {
                tick(ticks, false, bits);
                return nothing(source, bits);
            }
            other => other,
        },
        _ => record.get(key),
    };
    match other {
        ValueRef::Absent | ValueRef::Empty if !matches!(source.kernel, Kernel::Dynamic(_)) => {
            nothing(source, bits);
        }
        ValueRef::Text(_) if recall.rare(index, source, record, key, bits) => {}
        _ => bits.lend(|bits| test_any(source, &other, context, folded, bits)),
    }
}

/// Sets the bit of a source where there is nothing.
#[inline]
fn nothing<B: Bits + ?Sized>(source: &Source, bits: &mut B) {
    if let Some(bit) = source.empty {
        bits.set(bit);
    }
}

/// Sets the bits of a checkbox.
#[inline]
fn tick<B: Bits + ?Sized>(ticks: &[Vec<Bit>; 2], ticked: bool, bits: &mut B) {
    ticks[usize::from(!ticked)].iter().for_each(|bit| bits.set(*bit));
}

/// Reads one source of a frame and sets the bits of its tests.
#[inline]
#[allow(clippy::too_many_arguments, reason = "what a block is run with, kept in registers")]
pub(crate) fn read<B: Bits + ?Sized>(
    block: &Block,
    source: &Source,
    nested: &mut [State],
    frame: &Frame<'_>,
    context: &Context<'_>,
    buffers: &mut Buffers,
    may_conflict: bool,
    bits: &mut B,
) {
    match &source.input {
        Input::Field(field) => {
            let value = frame.get(field);
            test(source, &value, context, &mut buffers.text, bits);
            let ambiguous = (may_conflict || field.depth > 0)
                && field.key.names.len() > 1
                && frame.conflict(field).is_some();
            if ambiguous || (context.strict && matches!(value, ValueRef::Absent)) {
                bits.set(source.error);
            }
        }
        Input::Code { code, .. } => {
            let mut machine = Machine { block, nested, context, buffers };
            match machine.eval(code, frame) {
                Ok(value) => {
                    let Buffers { text, arena, .. } = &mut *buffers;
                    test(source, &value.lend(arena), context, text, bits);
                }
                Err(_) => bits.set(source.error),
            }
        }
    }
}

/// Runs a source's kernel on its value. The common cases come first and look at the value where
/// it stands: copying it right after it was written would wait for the writes.
#[inline]
pub(crate) fn test<B: Bits + ?Sized>(
    source: &Source,
    value: &ValueRef<'_>,
    context: &Context<'_>,
    folded: &mut Folded,
    bits: &mut B,
) {
    match (&source.kernel, value) {
        (Kernel::Text(tests), ValueRef::Text(text)) => match tests.short_marks(text) {
            Some(marks) => {
                bits.mark(tests.word, marks);
                if let Some(bit) = source.empty {
                    bits.set_if(bit, text.is_empty());
                }
            }
            None => bits.lend(|bits| test_text(source, tests, text, context, folded, bits)),
        },
        (Kernel::Number(kernel), ValueRef::Int(number)) => kernel.run_whole(*number, bits),
        (Kernel::Number(kernel), ValueRef::Number(number)) => kernel.run(*number, bits),
        (Kernel::Time(Axis::Days, kernel), ValueRef::Date(date)) => {
            kernel.run(date.days().into(), context.times, bits);
        }
        _ => bits.lend(|bits| test_any(source, value, context, folded, bits)),
    }
}

/// [`test`] of a text that is looked at folded.
#[inline(never)]
fn test_text(
    source: &Source,
    tests: &TextTests,
    text: &str,
    context: &Context<'_>,
    folded: &mut Folded,
    bits: &mut [u64],
) {
    if !tests.run_usual(text, folded, bits) {
        return test_any(source, &ValueRef::Text(text), context, folded, bits);
    }
    if let Some(bit) = source.empty {
        bits.set_if(bit, text.is_empty());
    }
}

/// [`test`] of any value.
#[inline(never)]
pub(super) fn test_any(
    source: &Source,
    value: &ValueRef<'_>,
    context: &Context<'_>,
    folded: &mut Folded,
    bits: &mut [u64],
) {
    let mut digits;
    let typed = match &source.kernel {
        Kernel::Text(tests) => {
            digits = NumberText::default();
            match value {
                ValueRef::Text(text) if !starts_blank(text) => Typed::Value(*text),
                other => typed::text(*other, &mut digits),
            }
            .map(|text| tests.run(text, folded, bits))
        }
        Kernel::Reference(tests) => typed::reference(*value).map(|reference| {
            reference.any(|text| {
                tests.run(text, folded, bits);
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
                tick(ticks, ticked, bits);
            }
            typed.map(|_| ())
        }
        Kernel::Set(tests) => typed::set(*value).map(|items| run_set(tests, items, folded, bits)),
        Kernel::Time(Axis::Days, kernel) => typed::date(*value, context.clock.zone)
            .map(|date| kernel.run(date.days().into(), context.times, bits)),
        Kernel::Time(Axis::Micros, kernel) => typed::date_time(*value, context.clock.zone)
            .map(|instant| kernel.run(instant.micros(), context.times, bits)),
        Kernel::Records => typed::records(*value).map(|_| ()),
        Kernel::Dynamic(kernel) => {
            let empty = typed::is_empty(*value);
            kernel.run(*value, empty, context.times, context.clock, folded, bits);
            match value {
                _ if empty => Typed::Empty,
                ValueRef::Invalid(_) => Typed::Wrong,
                _ => Typed::Value(()),
            }
        }
    };
    match typed {
        Typed::Value(()) => {}
        Typed::Absent | Typed::Empty => nothing(source, bits),
        Typed::Wrong => set(bits, source.error),
    }
}

/// Whether a text may hold nothing but white space: asked first, since few do.
fn starts_blank(text: &str) -> bool {
    text.as_bytes().first().is_none_or(|byte| *byte <= b' ' || *byte >= 0x80)
}

fn run_set(tests: &SetTests, items: typed::Items<'_>, folded: &mut Folded, bits: &mut [u64]) {
    items.for_each(|item| tests.has.run(folded.fold(item, tests.mode), bits));
    for (known, bit) in &tests.within {
        let other = items.any(|item| {
            let item = folded.fold(item, tests.mode).text();
            !known.iter().any(|known| known.as_bytes() == item)
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
        let Buffers { folded, other, arena, .. } = &mut *self.buffers;
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
