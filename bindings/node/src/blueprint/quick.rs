//! The short way: a record packed into shared memory, an instance that is nothing but a place in
//! its blueprint, and answers that are a few numbers. Whatever needs more takes the long way.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use jalon::blueprint::{Given, History, Instance};
use jalon::program::{BlueprintScope, Error, Fired, Firing, Program};
use jalon::users::{User, Users as Known};
use jalon::value::{Cells, Clock, ValueRef};
use jalon::workflow::{Context, State};
use napi::bindgen_prelude::{Env, Function, Uint8Array};
use napi_derive::napi;
use serde_json::json;

use super::Blueprint;
use super::offering::Offering;
use crate::js::{Lent, bare, write};
use crate::packed::{Memory, Packed, answer, asked};
use crate::reading::Shared as Reading;

/// The answers are in memory.
pub(super) const FINE: u32 = 0;
/// It takes the long way.
pub(super) const SLOW: u32 = 1;
/// The layout is not known, or no longer: the record is to be packed again.
pub(super) const STALE: u32 = 2;
/// The transition is refused; the long way says why.
const REFUSED: u32 = 3;

/// What is not there.
const NONE: u32 = u32::MAX;
/// The most names, places and actors that are known by number.
pub(super) const MOST: usize = 4096;
/// Where the answers start among the words, after what is asked.
const ANSWERS: usize = 8;

/// Where records are moved; JavaScript and the function that it is given share it.
#[napi]
#[derive(Debug)]
pub struct Quick(Shared);

/// What is shared with the functions that are given to JavaScript.
pub(super) type Shared = Rc<RefCell<Inner>>;

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) core: Program,
    scope: BlueprintScope,
    pub(super) clock: Clock,
    pub(super) users: Known,
    nothing: State,
    pub(super) memory: Memory,
    slip: Memory,
    reading: Reading,
    /// Instances that are nothing but where they stand.
    pub(super) places: Vec<Instance>,
    pub(super) actors: Vec<User>,
    /// Names of transitions and of fields.
    names: Vec<String>,
    /// The fields of what is given.
    given: Vec<Vec<String>>,
}

/// What is asked, as words: what, then the numbers of the place, the transition, the actor, and
/// of the names of what is given.
struct Slip([u32; 5]);

impl Quick {
    pub(super) fn new(blueprint: &Blueprint, memory: Uint8Array, slip: Uint8Array) -> Quick {
        let Blueprint { core, scope, clock, users, .. } = blueprint;
        Quick(Rc::new(RefCell::new(Inner {
            core: core.clone(),
            scope: scope.clone(),
            clock: clock.clone(),
            users: users.clone(),
            nothing: State::new(),
            memory: Memory(memory),
            slip: Memory(slip),
            reading: Reading::default(),
            places: Vec::new(),
            actors: Vec::new(),
            names: Vec::new(),
            given: Vec::new(),
        })))
    }
}

#[napi]
impl Quick {
    /// What is read of records.
    #[napi]
    pub fn reading(&self) -> Reading {
        self.0.borrow().reading.clone()
    }

    /// The number of where an instance stands; none where there is more to it, or too many.
    #[napi]
    pub fn place(&self, instance: String) -> Option<u32> {
        let instance: Instance = serde_json::from_str(&instance).ok()?;
        let inner = &mut *self.0.borrow_mut();
        if !inner.scope.has(&instance) || !instance.told.is_empty() {
            return None;
        }
        inner.place(&instance)
    }

    /// A place by its number, as JSON.
    #[napi]
    pub fn about(&self, place: u32) -> String {
        let inner = self.0.borrow();
        inner.places.get(place as usize).map_or_else(String::new, |instance| {
            let Instance { blueprint, content, state, .. } = instance;
            json!({"blueprint": blueprint, "content": content, "state": state}).to_string()
        })
    }

    /// The number of somebody who acts; none for one too many.
    #[napi]
    pub fn actor(&self, name: String) -> Option<u32> {
        let actors = &mut self.0.borrow_mut().actors;
        (actors.len() < MOST).then(|| actors.push(User::named(&name)))?;
        Some(actors.len() as u32 - 1)
    }

    /// The number of a name; none for one too many.
    #[napi]
    pub fn named(&self, name: String) -> Option<u32> {
        self.0.borrow_mut().name(&name)
    }

    /// A name by its number.
    #[napi]
    pub fn name(&self, number: u32) -> Option<String> {
        self.0.borrow().names.get(number as usize).cloned()
    }

    /// The number of the names of what is given; none for one too many.
    #[napi]
    pub fn given(&self, names: Vec<String>) -> Option<u32> {
        let given = &mut self.0.borrow_mut().given;
        (given.len() < MOST).then(|| given.push(names))?;
        Some(given.len() as u32 - 1)
    }

    /// The function that answers what is asked in memory, of the record there.
    #[napi(ts_return_type = "(...texts: string[]) => void")]
    pub fn runner<'env>(&self, env: &'env Env) -> napi::Result<Function<'env, (), ()>> {
        let inner = self.0.clone();
        bare(env, move |lent| {
            let inner = &mut *inner.borrow_mut();
            let status = inner.run(lent).unwrap_or(SLOW);
            answer(&mut inner.memory.0, status);
        })
    }

    /// What is offered at a place; nothing where there is none.
    #[napi]
    pub fn offering(&self, place: u32) -> Option<Offering> {
        Offering::new(&self.0, place)
    }
}

impl Inner {
    /// What is asked of the record in memory; nothing where that takes the long way.
    fn run(&mut self, lent: &Lent) -> Option<u32> {
        let (layout, _) = asked(&self.memory.0)?;
        let known = self.reading.get();
        let Some(layout) = known.layout(layout) else { return Some(STALE) };
        let Slip([what, place, transition, actor, given]) = Slip::read(&self.slip.0)?;
        let packed = Packed::new(&self.memory.0, &[], lent, known.known())?;
        let record = known.record(layout, &packed);
        let context = Context::new(&self.clock, &self.nothing).users(&self.users);
        let by = if actor == NONE { None } else { Some(self.actors.get(actor as usize)?) };
        let answer = if what == 0 {
            let entered = self.scope.enter(None, &record, &context).ok();
            Answer::Entered(entered?)
        } else {
            let from = self.places.get(place as usize)?;
            let names = if given == NONE { &[][..] } else { self.given.get(given as usize)? };
            let cells = names.iter().zip(layout.cells()..);
            let fields = cells.map(|(name, cell)| (name.clone(), packed.to_value(cell)));
            let given = Given { fields: fields.collect(), ..Given::new() };
            let transition = self.names.get(transition as usize)?;
            let firing =
                Firing { id: "", transition, given: &given, record: &record, record_id: None, by };
            match self.core.fire(from, &firing, &context) {
                Ok(fired) => Answer::Fired(Moved::of(fired, &given)),
                Err(Error::Refused(_)) => Answer::Refused,
                Err(_) => Answer::Fired(None),
            }
        };
        if let Some(field) = record.missed() {
            drop(known);
            self.reading.missed(&field);
            return Some(STALE);
        }
        drop(known);
        if matches!(answer, Answer::Refused) {
            return Some(REFUSED);
        }
        let words = self.told(answer)?;
        let bytes = words.iter().flat_map(|word| word.to_ne_bytes());
        write(&mut self.slip.0, 4 * ANSWERS, bytes);
        Some(FINE)
    }

    /// An answer as words.
    fn told(&mut self, answer: Answer) -> Option<Vec<u32>> {
        match answer {
            Answer::Refused => None,
            Answer::Entered(None) => Some(vec![NONE]),
            Answer::Entered(Some(instance)) => Some(vec![self.place(&instance)?]),
            Answer::Fired(moved) => {
                let Moved { instance, transition, written } = moved?;
                let mut words = vec![self.place(&instance)?, self.name(&transition)?];
                words.push(written.len() as u32);
                for (field, source) in written {
                    words.extend([self.name(&field)?, source]);
                }
                Some(words)
            }
        }
        .filter(|words| 4 * (ANSWERS + words.len()) <= self.slip.0.len())
    }

    fn place(&mut self, instance: &Instance) -> Option<u32> {
        let is_more =
            instance.left.is_some() || !instance.drafts.is_empty() || !instance.progress.is_empty();
        if is_more {
            return None;
        }
        let same = |known: &Instance| {
            known.state == instance.state
                && known.blueprint == instance.blueprint
                && known.content == instance.content
        };
        let known = self.places.iter().position(same);
        let place = known.or_else(|| {
            let place =
                Instance { told: Vec::new(), history: History::default(), ..instance.clone() };
            (self.places.len() < MOST).then(|| self.places.push(place))?;
            Some(self.places.len() - 1)
        });
        place.map(|place| place as u32)
    }

    fn name(&mut self, name: &str) -> Option<u32> {
        let known = self.names.iter().position(|known| known == name);
        let place = known.or_else(|| {
            (self.names.len() < MOST).then(|| self.names.push(name.to_owned()))?;
            Some(self.names.len() - 1)
        });
        place.map(|place| place as u32)
    }
}

/// What comes of what is asked.
enum Answer {
    Entered(Option<Instance>),
    Fired(Option<Moved>),
    Refused,
}

/// A transition that was made, with nothing to it but fields.
struct Moved {
    instance: Instance,
    transition: Arc<str>,
    /// The new values: which of those given, or none for the state.
    written: Vec<(String, u32)>,
}

impl Moved {
    /// Nothing where there is more to it.
    fn of(fired: Fired<'_>, given: &Given) -> Option<Moved> {
        let instance = &fired.instance;
        let made = instance.history.last().filter(|_| instance.history.len() == 1)?;
        let mut written = Vec::new();
        for (field, old, new) in fired.written()? {
            if same(old, new) {
                continue;
            }
            let source = given
                .fields
                .iter()
                .position(|(name, value)| name == field && same(value.as_ref(), new));
            let is_state = matches!(new, ValueRef::Text(text) if text == &*instance.state);
            let source = match source {
                Some(source) => source as u32,
                None if is_state => NONE,
                None => return None,
            };
            written.push((field.to_owned(), source));
        }
        let transition = made.transition.clone()?;
        Some(Moved { instance: fired.instance, transition, written })
    }
}

fn same(a: ValueRef<'_>, b: ValueRef<'_>) -> bool {
    match (a, b) {
        (ValueRef::Text(a), ValueRef::Text(b)) => a == b,
        (ValueRef::Bool(a), ValueRef::Bool(b)) => a == b,
        (ValueRef::Number(a), ValueRef::Number(b)) => a == b,
        (ValueRef::Int(a), ValueRef::Int(b)) => a == b,
        (ValueRef::Int(a), ValueRef::Number(b)) | (ValueRef::Number(b), ValueRef::Int(a)) => {
            b == a.into()
        }
        (ValueRef::Empty | ValueRef::Absent, ValueRef::Empty | ValueRef::Absent) => true,
        _ => false,
    }
}

impl Slip {
    fn read(memory: &[u8]) -> Option<Slip> {
        let mut words = [0; 5];
        for (word, bytes) in words.iter_mut().zip(memory.as_chunks().0) {
            *word = u32::from_ne_bytes(*bytes);
        }
        (memory.len() >= 20).then_some(Slip(words))
    }
}
