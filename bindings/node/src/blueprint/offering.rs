//! What is offered at a place of a blueprint: the record in shared memory, the answer a number.

use std::cell::RefCell;
use std::rc::Rc;

use jalon::program::{Guide, Offered};
use napi::bindgen_prelude::{Env, Function};
use napi_derive::napi;
use rustc_hash::FxHashMap;

use super::quick::{FINE, Inner, MOST, SLOW, STALE, Shared};
use crate::js::{Lent, bare};
use crate::packed::{Packed, answer, asked};
use crate::reading::Shared as Reading;

/// What is offered at one place, asked of many records.
#[napi]
#[derive(Debug)]
pub struct Offering(Rc<RefCell<Ready>>);

#[derive(Debug)]
struct Ready {
    shared: Shared,
    place: usize,
    guide: Guide,
    reading: Reading,
    /// The answers that were given, by number.
    numbers: FxHashMap<Offered, u32>,
    answers: Vec<Offered>,
}

impl Offering {
    pub(super) fn new(shared: &Shared, place: u32) -> Option<Offering> {
        let inner = shared.borrow();
        let mut guide = inner.core.guide(&inner.clock);
        let place = place as usize;
        let reading = Reading::new(guide.at(inner.places.get(place)?).ok()?.wanted());
        Some(Offering(Rc::new(RefCell::new(Ready {
            shared: shared.clone(),
            place,
            guide,
            reading,
            numbers: FxHashMap::default(),
            answers: Vec::new(),
        }))))
    }
}

#[napi]
impl Offering {
    /// Whether a record is read at all.
    #[napi(getter)]
    pub fn reads(&self) -> bool {
        !self.0.borrow().reading.get().is_empty()
    }

    /// What is read of records.
    #[napi]
    pub fn reading(&self) -> Reading {
        self.0.borrow().reading.clone()
    }

    /// The names that an answer stands for.
    #[napi]
    pub fn names(&self, answer: u32) -> Vec<String> {
        let ready = self.0.borrow();
        let offered = ready.answers.get(answer as usize);
        offered.map_or_else(Vec::new, |offered| {
            ready.guide.names(offered).map(str::to_owned).collect()
        })
    }

    /// The function that says what the record in memory is offered; who asks is 0, or one more than
    /// the number of who looks at it. What comes of it is a status, and from the third bit on, if
    /// that is fine, the number of an answer.
    #[napi(ts_return_type = "(...texts: string[]) => void")]
    pub fn runner<'env>(&self, env: &'env Env) -> napi::Result<Function<'env, (), ()>> {
        let ready = self.0.clone();
        bare(env, move |lent| {
            let ready = &mut *ready.borrow_mut();
            let status = ready.run(lent).unwrap_or(SLOW);
            answer(&mut ready.shared.borrow_mut().memory.0, status);
        })
    }
}

impl Ready {
    fn run(&mut self, lent: &Lent) -> Option<u32> {
        let inner: &Inner = &self.shared.borrow();
        let (layout, actor) = asked(&inner.memory.0)?;
        let known = self.reading.get();
        let Some(layout) = known.layout(layout) else { return Some(STALE) };
        let by = match actor.checked_sub(1) {
            Some(actor) => Some(inner.actors.get(actor as usize)?),
            None => None,
        };
        let packed = Packed::new(&inner.memory.0, &[], lent, known.known())?;
        let record = known.record(layout, &packed);
        let mut stand = self.guide.at(inner.places.get(self.place)?).ok()?;
        let offered = stand.offered(&record, by, &inner.users);
        if let Some(field) = record.missed() {
            drop(known);
            self.reading.missed(&field);
            return Some(STALE);
        }
        let offered = offered.ok()?;
        let number = match self.numbers.get(&offered) {
            Some(number) => *number,
            None if self.answers.len() >= MOST => return None,
            None => {
                let number = self.answers.len() as u32;
                self.answers.push(offered.clone());
                self.numbers.insert(offered, number);
                number
            }
        };
        Some(number << 2 | FINE)
    }
}
