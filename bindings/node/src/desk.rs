//! Where records are judged one at a time, packed by JavaScript into memory that is shared.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use std::cell::RefCell;
use std::rc::Rc;

use jalon::program::{Criterion, Judge, Program, Score};
use jalon::value::Value;
use napi::bindgen_prelude::{Env, Function, Uint8Array, Unknown};
use napi_derive::napi;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::json;

use crate::failure::{Failure, guard};
use crate::js::{Js, Lent, bare, write};
use crate::moment;
use crate::packed::{HELD, MAX_CRITERIA, Memory, Packed, answer, asked};
use crate::program::Now;
use crate::reading::Shared;
use crate::record;

/// The answers are in memory.
const FINE: u32 = 0;
/// A value of the wrong type, or of no use, was met: the record is to be read in full.
const WRONG: u32 = 1;
/// The layout is not known, or no longer: the record is to be packed again.
const STALE: u32 = 2;

/// Where records are judged; JavaScript and the function that it is given share it.
#[napi]
#[derive(Debug)]
pub struct Desk(Rc<RefCell<Inner>>);

/// A score, criteria or both, with what is reused from record to record.
#[derive(Debug)]
struct Inner {
    program: Program,
    score: Option<Score>,
    criteria: Vec<Criterion>,
    memory: Memory,
    reading: Shared,
    /// Taken out while it works, so that nothing half-filled is left by a panic: in a box, since
    /// it is large.
    judge: Option<Box<Judge>>,
}

impl Desk {
    pub(crate) fn new(
        program: &Program,
        score: Option<Score>,
        criteria: Vec<Criterion>,
        memory: Uint8Array,
    ) -> Result<Desk, Failure> {
        if criteria.len() > MAX_CRITERIA {
            return Err(Failure::Argument(format!("at most {MAX_CRITERIA} criteria at once")));
        }
        let (program, memory) = (program.clone(), Memory(memory));
        let reading = Shared::default();
        let inner = Inner { program, score, criteria, memory, reading, judge: None };
        Ok(Desk(Rc::new(RefCell::new(inner))))
    }
}

impl Inner {
    fn judge(&mut self, others: &[Option<Value>], lent: &Lent) {
        // Nothing is left of it after a panic: then records are read in full.
        let Some(mut judge) = self.judge.take() else { return answer(&mut self.memory.0, WRONG) };
        let status = judged(&mut judge, &mut self.memory.0, &self.reading, others, lent);
        self.judge = Some(judge);
        answer(&mut self.memory.0, status.unwrap_or(WRONG));
    }
}

/// Judges the record in memory.
fn judged(
    judge: &mut Judge,
    memory: &mut Uint8Array,
    reading: &Shared,
    others: &[Option<Value>],
    lent: &Lent,
) -> Option<u32> {
    let (layout, _) = asked(memory)?;
    let known = reading.get();
    let Some(layout) = known.layout(layout) else { return Some(STALE) };
    let packed = Packed::new(memory, others, lent, known.known())?;
    let picked = known.record(layout, &packed);
    let wrong = judge.run(&picked);
    if let Some(field) = picked.missed() {
        drop(known);
        reading.missed(&field);
        return Some(STALE);
    }
    let total = nearest(judge.total()).to_ne_bytes();
    write(memory, 0, total);
    write(memory, HELD, judge.held().map(u8::from));
    Some(if wrong { WRONG } else { FINE })
}

#[napi]
impl Desk {
    /// Sets the clock: before the first record, and to change it.
    #[napi]
    pub fn set_clock(&self, now: Now, zone: Option<String>) -> napi::Result<()> {
        let inner = &mut *self.0.borrow_mut();
        guard(inner.program.lang(), || {
            let clock = moment::clock(&inner.program, now, zone)?;
            if let Some(judge) = &mut inner.judge {
                return Ok(judge.set_clock(&clock)?);
            }
            let judge = inner.program.judge(inner.score.as_ref(), &inner.criteria, &clock)?;
            inner.reading.reset(judge.wanted());
            inner.judge = Some(Box::new(judge));
            Ok(())
        })
    }

    /// What is read of records.
    #[napi]
    pub fn reading(&self) -> Shared {
        self.0.borrow().reading.clone()
    }

    /// The function that judges the record in memory. (A function is called faster than a method,
    /// and fastest if it gives nothing.)
    #[napi(ts_return_type = "(...texts: string[]) => void")]
    pub fn runner<'env>(&self, env: &'env Env) -> napi::Result<Function<'env, (), ()>> {
        let inner = self.0.clone();
        bare(env, move |lent| inner.borrow_mut().judge(&[], lent))
    }

    /// The same where there are values that are not packed, given with the record before them.
    #[napi]
    pub fn run_with(&self, env: Env, others: Unknown<'_>, texts: Vec<String>) -> napi::Result<()> {
        let lang = self.0.borrow().program.lang();
        guard(lang, || {
            // Values may run code of theirs: they are read before the memory is.
            let others = record::values(Js::new(env), &others)?;
            self.0.borrow_mut().judge(&others, &Lent::of(&texts));
            Ok(())
        })
    }

    /// The last total: its exact text, its stars, its label, as JSON.
    #[napi]
    pub fn describe(&self) -> Option<String> {
        let inner = self.0.borrow();
        let total = inner.judge.as_ref()?.total();
        let score = inner.score.as_ref()?;
        let text = total.normalize().to_string();
        let (stars, label) = (score.stars(total), score.label(total));
        Some(json!({ "totalText": text, "stars": stars, "label": label }).to_string())
    }
}

/// The number nearest to a decimal of at most 15 digits, which says exactly the same; NaN for
/// others.
fn nearest(number: Decimal) -> f64 {
    const LIMIT: u128 = 1_000_000_000_000_000;
    let number = if number.scale() == 0 { number } else { number.normalize() };
    match number.mantissa().to_i64() {
        Some(digits) if number.mantissa().unsigned_abs() < LIMIT => {
            if number.scale() > 22 {
                return f64::NAN;
            }
            // Both are exact in a float, so that the quotient is the nearest to the decimal.
            digits as f64 / 10_f64.powi(number.scale() as i32)
        }
        _ => f64::NAN,
    }
}
