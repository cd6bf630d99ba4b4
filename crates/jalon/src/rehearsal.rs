//! Rehearsing a program: records in memory, events sent to it, the clock let go on. For dry runs,
//! replays and the tests beside the rules; nothing leaves the machine.

pub mod compare;
mod relations;
pub mod test;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value as Json;

use crate::blueprint::{Instance, Obstacle, Offer};
use crate::program::{Error, Program};
use crate::users::{User, Users};
use crate::value::fold::{TextMode, fold, same_name};
use crate::value::{Clock, Instant, Record, Value};
use crate::workflow::{
    Context, Decision, EffectKind, Event, EventKind, Incoming, RecordKey, Related, State,
};

/// A host in memory: it keeps records and what the engine remembers, does to the records what
/// decisions say, and fires timers as its clock goes on.
///
/// ```
/// use jalon::rehearsal::Rehearsal;
/// use jalon::workflow::Incoming;
/// use jalon::{Clock, Program};
/// use serde_json::json;
///
/// let program = Program::parse("
/// règle \"Relance\" sur Prospects
///   quand créé
///   si Pays EST France
///   alors
///     Statut : à appeler
///   puis 3 jours après
///     tâche \"Relancer ${Nom}\"
/// ")?;
/// let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
/// let mut stage = Rehearsal::new(&program, clock);
/// let created = Incoming::read(&json!({"id": "e1", "type": "created", "module": "Prospects",
///     "record": {"id": 1, "Nom": "Ferrand", "Pays": "France"}})).unwrap();
/// let decision = stage.send(&created)?;
/// assert_eq!(decision.timers.len(), 1);
/// let fired = stage.advance(jalon::value::Instant::parse("2026-07-03T08:30Z").unwrap())?;
/// assert_eq!(fired[0].decision.effects.len(), 1);
/// # Ok::<(), jalon::program::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rehearsal {
    program: Program,
    clock: Clock,
    records: BTreeMap<RecordKey, Json>,
    /// Which records refer to a record.
    holders: BTreeMap<RecordKey, BTreeSet<RecordKey>>,
    state: State,
    users: Arc<Users>,
    trace: bool,
}

/// What a timer, or a schedule for one record, gave.
#[derive(Clone, Debug)]
pub struct Fired {
    /// When it was due.
    pub at: Instant,
    /// Of which rule, or which schedule.
    pub by: FiredBy,
    /// What was decided.
    pub decision: Decision,
}

/// What was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FiredBy {
    /// A timer of this rule.
    Timer(String),
    /// The schedule of this name.
    Schedule(String),
}

impl Rehearsal {
    /// An empty stage under a clock.
    pub fn new(program: &Program, clock: Clock) -> Rehearsal {
        Rehearsal {
            program: program.clone(),
            clock,
            records: BTreeMap::new(),
            holders: BTreeMap::new(),
            state: State::new(),
            users: Arc::default(),
            trace: false,
        }
    }

    /// Decisions say why each rule fired or did not.
    #[must_use]
    pub fn tracing(mut self) -> Rehearsal {
        self.trace = true;
        self
    }

    /// With the host's users: roles and groups of effects are told as the users in them.
    #[must_use]
    pub fn with_users(mut self, users: Users) -> Rehearsal {
        self.users = Arc::new(users);
        self
    }

    /// What is remembered.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Goes on from what was remembered and the records of then.
    #[must_use]
    pub fn resume(mut self, state: State, records: BTreeMap<RecordKey, Json>) -> Rehearsal {
        self.state = state;
        (self.records, self.holders) = (BTreeMap::new(), BTreeMap::new());
        for (key, record) in records {
            self.place(key, record);
        }
        self
    }

    /// The records as they are now.
    pub fn records(&self) -> &BTreeMap<RecordKey, Json> {
        &self.records
    }

    /// A record as it is now.
    pub fn record(&self, key: &RecordKey) -> Option<&Json> {
        self.records.get(key)
    }

    /// Puts a record on the stage, without an event.
    pub fn put(&mut self, key: RecordKey, record: Json) {
        let module = self.module_label(&key.module);
        self.place(RecordKey { module, ..key }, record);
    }

    /// Where a record stands in its process; `None` where it is in none, or was taken out.
    pub fn process(&self, key: &RecordKey) -> Option<Instance> {
        self.state.of(key)?.process.filter(|instance| instance.left.is_none())
    }

    /// The transitions that leave the state of a record: offered to an actor or not, and why not.
    ///
    /// # Errors
    /// As [`Program::available`]; [`Error::Refused`] where the record is in no process.
    pub fn available(&self, key: &RecordKey, by: Option<&User>) -> Result<Vec<Offer<&str>>, Error> {
        let outside = || Error::Refused(vec![Obstacle::NotInside]);
        let instance = self.process(key).ok_or_else(outside)?;
        let record = self.resolved(key, self.records.get(key).unwrap_or(&Json::Null));
        let context = Context::new(&self.clock, &self.state).users(&self.users).trace(true);
        self.program.available(&instance, &record, by, &context)
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Sets the clock, and fires nothing.
    pub fn set_now(&mut self, now: Instant) {
        self.clock.now = Some(now);
    }

    /// Sends an event; if it says when it happened, the clock is set to that first, and timers due
    /// before are left as they are ([`Rehearsal::advance`] fires them).
    ///
    /// # Errors
    /// As [`Program::decide`].
    pub fn send(&mut self, incoming: &Incoming) -> Result<Decision, Error> {
        if let Some(now) = incoming.now(self.clock.zone) {
            self.clock.now = Some(now);
        }
        let incoming = &self.completed(incoming);
        let module = self.module_label(incoming.module().unwrap_or_default());
        let key = RecordKey { module, id: incoming.record_id().unwrap_or_default() };
        let saved = self.records.get(&key).cloned();
        self.store(incoming, &key);
        let mut resolved = incoming.clone();
        resolved.replace(|r| self.resolved(&key, r), |changes| self.refreshed(&key, changes));
        let (record, before) = resolved.records();
        let states: Vec<&Json> = std::iter::once(record).chain(before).collect();
        let with = (incoming.by(), &resolved.related()[..]);
        let decision = self.decide(&resolved.event(), with, &key, &states);
        match &decision {
            Ok(decision) if decision.refusals.is_empty() => self.apply(decision),
            _ => {
                self.take(&key);
                if let Some(saved) = saved {
                    self.place(key, saved);
                }
            }
        }
        decision
    }

    /// The event with what the stage knows of its record beyond what it says.
    fn completed(&self, incoming: &Incoming) -> Incoming {
        let mut incoming = incoming.clone();
        let label = self.module_label(incoming.module().unwrap_or_default());
        let module = label.clone();
        let known = incoming.record_id().and_then(|id| self.records.get(&RecordKey { module, id }));
        if let Some(known) = known {
            incoming.complete(|given| {
                let mut whole = known.clone();
                for (name, value) in given.as_object().into_iter().flatten() {
                    self.program.set(&label, &mut whole, name, value.clone());
                }
                whole
            });
        }
        incoming
    }

    /// Decides an event, with who is there, the related records that are given and those on the
    /// stage.
    /// The event's record has this key, and these states.
    fn decide(
        &self,
        event: &Event<'_>,
        (by, given): (Option<&User>, &[Related<'_>]),
        key: &RecordKey,
        states: &[&Json],
    ) -> Result<Decision, Error> {
        let known = self.related(key, states);
        let mut related = given.to_vec();
        related.extend(known.iter().map(|(key, record)| Related {
            module: &key.module,
            id: &key.id,
            record,
        }));
        let context = Context::new(&self.clock, &self.state).related(&related).by(by);
        self.program.decide(event, &context.users(&self.users).trace(self.trace))
    }

    /// Lets the clock go on to an instant and fires what is due on the way, in order.
    ///
    /// # Errors
    /// As [`Program::decide`].
    pub fn advance(&mut self, until: Instant) -> Result<Vec<Fired>, Error> {
        /// A timer that arms another at once does so at most this often in one advance.
        const MOST: usize = 1_000_000;
        let mut all = Vec::new();
        while all.len() < MOST {
            let Some(fired) = self.step(until)? else { break };
            all.extend(fired);
        }
        Ok(all)
    }

    /// Lets the clock go on to the next thing that is due up to an instant, and fires it: a timer,
    /// or the schedules of one time. `None` when nothing is left; the clock is then there.
    ///
    /// # Errors
    /// As [`Program::decide`].
    pub fn step(&mut self, until: Instant) -> Result<Option<Vec<Fired>>, Error> {
        if let (None, Some(now)) = (self.state.ticked, self.clock.now) {
            self.state.tick(now);
        }
        let timers = self.state.next_due().filter(|due| *due <= until);
        let runs = self.next_runs(until)?;
        match (timers, runs) {
            (Some(at), runs) if runs.as_ref().is_none_or(|(run, _)| at <= *run) => {
                self.fire(at).map(Some)
            }
            (_, Some((at, schedules))) => {
                self.reach(at);
                self.state.tick(at);
                let mut fired = Vec::new();
                for name in &schedules {
                    self.run_schedule(name, at, &mut fired)?;
                }
                Ok(Some(fired))
            }
            (_, None) => {
                self.reach(until);
                self.state.tick(until);
                Ok(None)
            }
        }
    }

    /// Fires the timers of an instant that no other of them cancels or moves.
    fn fire(&mut self, at: Instant) -> Result<Vec<Fired>, Error> {
        self.reach(at);
        let mut fired = Vec::new();
        for (key, timer) in self.state.due(at) {
            let state = self.state.of(&key);
            if state.is_none_or(|state| state.timer(&timer.id).is_none_or(|now| now.due != at)) {
                continue;
            }
            let record = self.resolved(&key, self.records.get(&key).unwrap_or(&Json::Null));
            let kind = EventKind::Due { timer: &timer.id, record: &record };
            let decision = self.run(&timer.id, &key, kind, &record)?;
            fired.push(Fired { at, by: FiredBy::Timer(timer.rule), decision });
        }
        Ok(fired)
    }

    /// When schedules run next up to an instant, and which, in source order.
    fn next_runs(&self, until: Instant) -> Result<Option<(Instant, Vec<String>)>, Error> {
        let mut next: Option<(Instant, Vec<String>)> = None;
        let clock = Clock { now: self.state.ticked, ..self.clock.clone() };
        for name in self.program.schedules().filter(|_| clock.now.is_some()) {
            let Some(at) = self.program.next_run(name, &clock)?.filter(|at| *at <= until) else {
                continue;
            };
            match &mut next {
                Some((earliest, names)) if *earliest == at => names.push(name.to_owned()),
                Some((earliest, _)) if *earliest < at => {}
                _ => next = Some((at, vec![name.to_owned()])),
            }
        }
        Ok(next)
    }

    /// Sets the clock on to an instant, never back.
    fn reach(&mut self, at: Instant) {
        self.clock.now = Some(self.clock.now.map_or(at, |now| now.max(at)));
    }

    /// Sends the records that a schedule takes to it.
    fn run_schedule(
        &mut self,
        name: &str,
        at: Instant,
        fired: &mut Vec<Fired>,
    ) -> Result<(), Error> {
        let program = self.program.clone();
        let schedule = program.schedule(name)?;
        let checked = program.checked();
        let module = schedule.on.key(&checked.schema);
        let of_module = |(key, _): &(&RecordKey, &Json)| same_name(&key.module, module);
        let records: Vec<(RecordKey, Json)> = self
            .records
            .iter()
            .filter(of_module)
            .map(|(key, record)| (key.clone(), self.resolved(key, record)))
            .collect();
        let lent: Vec<&dyn Record> = records.iter().map(|(_, r)| r as &dyn Record).collect();
        for index in program.select(name, &lent, &self.clock)? {
            let (key, record) = &records[index];
            let id = format!("{name}@{at}");
            let kind = EventKind::Scheduled { schedule: name, record };
            let decision = self.run(&id, key, kind, record)?;
            fired.push(Fired { at, by: FiredBy::Schedule(name.to_owned()), decision });
        }
        Ok(())
    }

    /// Decides what happens to a record of the stage, and does to the records what is decided.
    fn run(
        &mut self,
        id: &str,
        key: &RecordKey,
        kind: EventKind<'_>,
        record: &Json,
    ) -> Result<Decision, Error> {
        let module = (!key.module.is_empty()).then_some(key.module.as_str());
        let event = Event { id, module, record: Some(&key.id), kind };
        let decision = self.decide(&event, (None, &[]), key, &[record])?;
        self.apply(&decision);
        Ok(decision)
    }

    /// Saves the record of an event, and keeps those given beside it and those it holds.
    fn store(&mut self, incoming: &Incoming, key: &RecordKey) {
        for (module, id, record) in incoming.given() {
            let key = RecordKey { module: self.module_label(module), id: id.to_owned() };
            if !self.records.contains_key(&key) {
                self.place(key, record.clone());
            }
        }
        let (record, before) = incoming.records();
        for record in before.into_iter().chain([record]) {
            self.keep_held(&key.module, record);
        }
        if key.id.is_empty() {
            return;
        }
        let known = self.take(key);
        if incoming.deletes() {
            return;
        }
        let saved = match before {
            Some(before) => {
                let mut merged = known.unwrap_or_else(|| before.clone());
                for (name, value) in record.as_object().into_iter().flatten() {
                    self.program.set(&key.module, &mut merged, name, value.clone());
                }
                merged
            }
            None => record.clone(),
        };
        self.place(key.clone(), saved);
    }

    /// Does to the records what a decision says.
    fn apply(&mut self, decision: &Decision) {
        for change in &decision.changes {
            if let Some(mut record) = self.take(&change.record) {
                self.program.write(change, &mut record);
                self.place(change.record.clone(), record);
            }
        }
        for effect in &decision.effects {
            if effect.kind == EffectKind::Delete {
                self.take(&effect.record);
            }
        }
        self.state.apply(&decision.state);
    }

    /// The value of a field of a record as it is now; `None` where the record is not known.
    fn value(&self, key: &RecordKey, field: &str) -> Option<Value> {
        let fields = self.records.get(key)?.as_object()?;
        let carried =
            fields.get(self.program.name_in(&key.module, fields.keys().map(String::as_str), field));
        Some(carried.map_or(Value::Empty, Value::from))
    }

    /// A module as it is declared, or as it is written; without a name the only one.
    fn module_label(&self, name: &str) -> String {
        let checked = self.program.checked();
        let id = match name {
            "" => checked.schema.only_module(),
            name => checked.names.module(name),
        };
        let declared = id.and_then(|id| checked.schema.module(id));
        // As the engine names what is not declared.
        declared.map_or_else(|| folded(name), |module| module.name.clone())
    }
}

fn folded(name: &str) -> String {
    fold(name, TextMode::default()).into_owned()
}
