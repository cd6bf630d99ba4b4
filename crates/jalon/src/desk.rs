//! Where conditions and expressions are run on a record, with the record before around it.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crate::checked::workflow::Must;
use crate::checked::{CheckedProgram, Condition, Expr, FieldRef, Names};
use crate::eval::Node;
use crate::eval::explain::walk::Walk;
use crate::eval::expr::Machine;
use crate::eval::functions::print;
use crate::eval::value::{Failure, Frame};
use crate::lang::Lang;
use crate::plan::candidates::Candidates;
use crate::plan::code::Code;
use crate::plan::entry::Plan;
use crate::plan::logic::Tree;
use crate::score::runner::Runner;
use crate::value::merged::Nothing;
use crate::value::typed;
use crate::value::{Clock, FieldKey, NoClock, Record, Value, ValueRef};

/// A plan, and the room to run it that is kept between calls.
#[derive(Debug)]
pub(crate) struct Desks {
    plan: Arc<Plan>,
    #[allow(clippy::vec_box, reason = "a desk is moved often, and large")]
    idle: Mutex<Vec<Box<Desk>>>,
}

impl Desks {
    pub(crate) fn new(plan: Plan) -> Desks {
        Desks { plan: Arc::new(plan), idle: Mutex::default() }
    }

    /// Room to run the plan under a clock: what was used before, or new.
    pub(crate) fn take(&self, clock: &Clock, strict: bool) -> Result<Box<Desk>, NoClock> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(mut desk) => desk.set_clock(clock).map(|()| desk),
            None => Desk::new(self.plan.clone(), clock, strict).map(Box::new),
        }
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Keeps what is no longer used.
    pub(crate) fn give_back(&self, desk: Box<Desk>) {
        /// More than that many threads are rarely at work at once.
        const IDLE: usize = 16;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(desk);
        }
    }
}

/// A plan with a clock and the bits of the record at hand.
#[derive(Debug)]
pub(crate) struct Desk {
    runner: Runner,
    /// The bits of the record before, where they were asked for.
    before: Vec<u64>,
    /// Which record's bits are at hand, and after how many waves it was judged, where that was noted.
    pub(crate) judged: Option<(usize, u32)>,
}

impl Desk {
    pub(crate) fn new(plan: Arc<Plan>, clock: &Clock, strict: bool) -> Result<Desk, NoClock> {
        Ok(Desk { runner: Runner::new(plan, clock, strict)?, before: Vec::new(), judged: None })
    }

    /// Makes it ready for another event.
    pub(crate) fn set_clock(&mut self, clock: &Clock) -> Result<(), NoClock> {
        self.judged = None;
        if self.runner.clock == *clock { Ok(()) } else { self.runner.set_clock(clock) }
    }

    /// Judges every condition on a record and the record before.
    pub(crate) fn judge(&mut self, record: &dyn Record, before: &dyn Record) {
        let outer = Frame::new(before);
        self.runner.run_on(&Frame { record, outer: Some(&outer) });
        self.judged = None;
    }

    /// [`Desk::judge`] where the record at hand was judged before some of its fields were written.
    pub(crate) fn judge_again(
        &mut self,
        record: &dyn Record,
        before: &dyn Record,
        is_written: &dyn Fn(&FieldKey) -> bool,
    ) {
        let outer = Frame::new(before);
        let frame = Frame { record, outer: Some(&outer) };
        self.runner.run_again(&frame, is_written);
        #[cfg(debug_assertions)]
        {
            let again = self.bits().to_vec();
            self.runner.run_on(&frame);
            assert_eq!(again, self.bits(), "what was not written is as it was");
        }
    }

    /// Judges every condition on the record before alone, for [`Desk::held`]; the record is to be
    /// judged after that.
    pub(crate) fn judge_before(&mut self, before: &dyn Record) {
        self.judge(before, before);
        self.before.clear();
        let bits = self.runner.criterion.as_ref().map_or(&[][..], |state| &state.bits);
        self.before.extend(bits);
    }

    fn bits(&self) -> &[u64] {
        self.runner.criterion.as_ref().map_or(&[][..], |state| &state.bits)
    }

    /// Whether a condition holds of the record.
    pub(crate) fn holds(&self, root: usize) -> bool {
        self.root_holds(root, self.bits())
    }

    /// Calls `visit` with the place of each condition that holds of the record.
    pub(crate) fn each_held(&self, candidates: &Candidates, visit: impl FnMut(usize)) {
        if let Some(block) = &self.runner.plan.criterion {
            candidates.each_held(block, self.bits(), visit);
        }
    }

    /// Whether it held of the record before.
    pub(crate) fn held(&self, root: usize) -> bool {
        self.root_holds(root, &self.before)
    }

    fn root_holds(&self, root: usize, bits: &[u64]) -> bool {
        let block = self.runner.plan.criterion.as_ref();
        block.and_then(|block| block.roots.get(root)).is_some_and(|root| root.holds(bits))
    }

    /// The value of an expression, lent to `take`.
    pub(crate) fn value<T>(
        &mut self,
        code: &Code,
        record: &dyn Record,
        before: &dyn Record,
        take: impl FnOnce(ValueRef<'_>) -> T,
    ) -> Result<T, Failure> {
        let outer = Frame::new(before);
        let frame = Frame { record, outer: Some(&outer) };
        let Runner { plan, clock, strict, times, criterion, buffers, totals, .. } =
            &mut self.runner;
        let context =
            crate::eval::run::Context { clock, times, totals, strict: *strict, moment: None };
        buffers.arena.clear();
        let (Some(block), Some(state)) = (&plan.criterion, criterion) else {
            return Ok(take(ValueRef::Empty));
        };
        let nested = &mut state.nested;
        let mut machine = Machine { block, nested, context: &context, buffers: &mut *buffers };
        let value = machine.eval(code, &frame)?;
        Ok(take(value.lend(&buffers.arena)))
    }

    /// What a validation says of a record that was judged and breaks it: the field at fault, if
    /// there is one, and the message. A line is not judged while a field of its leaves is empty.
    pub(crate) fn broken(
        &mut self,
        must: &Must,
        (root, message): (usize, Option<&Code>),
        record: &dyn Record,
        before: &dyn Record,
        lang: Lang,
    ) -> Option<(Option<String>, String)> {
        let is_empty = |field: &FieldRef| typed::is_empty(record.get(&field.key));
        if self.holds(root) || must.judged_with.iter().any(is_empty) {
            return None;
        }
        let mut text = String::new();
        if let Some(code) = message
            && self.value(code, record, before, |value| print(value, &mut text)).is_err()
        {
            text.clear();
        }
        if text.is_empty() {
            let source = &must.source;
            text = lang.pick(format!("Il faut : {source}"), format!("Required: {source}"));
        }
        let field = must.judged_with.first().and_then(|field| field.key.names.first());
        Some((field.cloned(), text))
    }

    /// Why a condition holds or does not; the record was judged.
    pub(crate) fn explain(
        &mut self,
        root: usize,
        condition: Option<&Condition>,
        record: &dyn Record,
        before: &dyn Record,
        names: &Names,
    ) -> Option<Node> {
        let outer = Frame::new(before);
        let frame = Frame { record, outer: Some(&outer) };
        let condition = condition?;
        let plan = self.runner.plan.clone();
        let block = plan.criterion.as_ref()?;
        let tree: &Tree = &block.roots.get(root)?.tree;
        let mut state = self.runner.criterion.clone()?;
        let mut walk = Walk {
            block,
            state: &mut state,
            frame: &frame,
            context: &self.runner.context(),
            buffers: &mut crate::eval::value::Buffers::default(),
            names,
        };
        Some(walk.explain(condition, tree))
    }
}

/// The values of expressions that read no record; one without a value is empty.
pub(crate) fn constants(
    exprs: &[&Expr],
    program: &CheckedProgram,
    clock: &Clock,
    strict: bool,
) -> Result<Vec<Value>, NoClock> {
    let (plan, codes) = Plan::of_events(&[None], exprs, program);
    let mut desk = Desk::new(Arc::new(plan), clock, strict)?;
    let mut value = |code| desk.value(code, &Nothing, &Nothing, keep).unwrap_or(Value::Empty);
    Ok(codes.iter().map(&mut value).collect())
}

/// A lent value, kept. Of a record its id and its name are kept.
pub(crate) fn keep(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Absent | ValueRef::Empty => Value::Empty,
        ValueRef::Bool(ticked) => Value::Bool(ticked),
        ValueRef::Int(number) => Value::Number(number.into()),
        ValueRef::Number(number) => Value::Number(number),
        ValueRef::Text(text) => Value::Text(text.to_owned()),
        ValueRef::Date(date) => Value::Date(date),
        ValueRef::DateTime(local) => Value::DateTime(local),
        ValueRef::Instant(instant) => Value::Instant(instant),
        ValueRef::List(list) => Value::List((0..list.len()).map(|i| keep(list.at(i))).collect()),
        ValueRef::Record(record) => {
            static KEYS: LazyLock<[FieldKey; 2]> =
                LazyLock::new(|| ["id", "name"].map(|name| FieldKey::named([name])));
            let kept = KEYS.iter().map(|key| (key.names[0].clone(), keep(record.get(key))));
            Value::Record(kept.filter(|(_, value)| *value != Value::Empty).collect())
        }
        ValueRef::Invalid(shown) => Value::invalid(format!("{shown:?}")),
    }
}
