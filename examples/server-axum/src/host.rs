//! What an application does around Jalon: it says what happened, stores what is decided, and keeps
//! the rules that decide.

mod reload;

use std::fmt;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use jalon::users::Users;
use jalon::value::Instant;
use jalon::workflow::{Context, Decision, Due, Event, EventKind, Incoming, RecordKey, State};
use jalon::{Clock, Lang, Program};
use serde_json::{Value as Json, json};

use crate::problem::Problem;
use crate::store::{Desk, Kept, Store};

/// The score of leads.
const SCORE: &str = "Fit";
/// The module of leads.
pub const LEADS: &str = "Leads";
/// The module of deals.
pub const DEALS: &str = "Deals";

/// What the server is started with.
pub struct Settings {
    /// The folder of rules.
    pub rules: PathBuf,
    /// Who is who, as JSON.
    pub users: PathBuf,
    /// The database; made where there is none.
    pub database: PathBuf,
    /// The present: the engine reads no clock, and tests let time go on.
    pub now: Box<dyn Fn() -> Instant + Send + Sync>,
}

/// A transition that somebody asks for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Its name.
    pub transition: &'a str,
    /// What was filled in, as the events of blueprints have it.
    pub given: Json,
    /// Who acts.
    pub by: Option<&'a str>,
}

/// The application: its rules, its users and its database. Shared by all requests.
pub struct Host {
    settings: Settings,
    users: Users,
    rules: RwLock<Program>,
    store: Mutex<Store>,
}

impl Host {
    /// Loads the rules and opens the database. Records that were left under older rules are taken
    /// along.
    ///
    /// # Errors
    /// What does not load, with everything that is wrong with it.
    pub fn open(settings: Settings) -> Result<Host, Problem> {
        let unread =
            |why: String| Problem::Malformed(format!("{}: {why}", settings.users.display()));
        let users = std::fs::read_to_string(&settings.users).map_err(|e| unread(e.to_string()))?;
        let users = serde_json::from_str(&users).map_err(|e| unread(e.to_string()))?;
        let users = Users::read(&users).map_err(|e| unread(e.to_string()))?;
        let mut store = Store::open(&settings.database)?;
        let program = reload::tested(&settings.rules, &users)?;
        let desk = store.begin()?;
        reload::take_along(&desk, None, &program, (settings.now)())?;
        desk.commit()?;
        Ok(Host { settings, users, rules: RwLock::new(program), store: Mutex::new(store) })
    }

    /// The rules as they are now: a copy of one pointer, which stays what it is during a reload.
    pub fn rules(&self) -> Program {
        self.rules.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A transaction that was under way when a thread panicked has been rolled back.
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clock(&self, program: &Program) -> Clock {
        program.clock(Some((self.settings.now)().into()), None)
    }

    /// Creates a record. An event that was told before is not decided again.
    ///
    /// # Errors
    /// [`Problem::Refused`] where the rules do not let it be saved.
    pub fn create(&self, module: &str, fields: Json, event: Option<&str>) -> Result<Json, Problem> {
        let mut store = self.store();
        let (program, desk) = (self.rules(), store.begin()?);
        if let Some((key, decision)) = event.map(|id| desk.decision(id)).transpose()?.flatten() {
            return self.seen(&program, &key, &found(&desk, &key)?, &decision);
        }
        let id = desk.number(module)?;
        let key = RecordKey { module: module.to_owned(), id: id.to_string() };
        let mut kept = Kept { fields: object(fields)?, remembered: State::new() };
        kept.fields["id"] = json!(id);
        let told = json!({
            "id": event_id(&desk, event)?, "type": "created", "module": module, "record": kept.fields,
        });
        let decision = self.settle(&program, &desk, &key, &mut kept, &told)?;
        let seen = self.seen(&program, &key, &kept, &json!(decision))?;
        desk.commit()?;
        Ok(seen)
    }

    /// Changes fields of a record.
    ///
    /// # Errors
    /// [`Problem::Refused`] where the rules do not let it be saved.
    pub fn change(
        &self,
        key: &RecordKey,
        changes: Json,
        event: Option<&str>,
    ) -> Result<Json, Problem> {
        let changes = object(changes)?;
        self.tell(key, event, |before, id| {
            json!({"id": id, "type": "updated", "module": key.module, "before": before, "after": changes})
        })
    }

    /// Makes a transition.
    ///
    /// # Errors
    /// [`Problem::Refused`] with everything that stands in the way at once.
    pub fn transition(
        &self,
        key: &RecordKey,
        asked: &Asked<'_>,
        event: Option<&str>,
    ) -> Result<Json, Problem> {
        let Asked { transition, given, by } = asked;
        self.tell(key, event, |record, id| {
            json!({
                "id": id, "type": "transition", "module": key.module, "record": record,
                "transition": transition, "given": given, "by": by,
            })
        })
    }

    /// Tells the rules what happened to a record that is there, and stores what they decide.
    fn tell(
        &self,
        key: &RecordKey,
        event: Option<&str>,
        what: impl FnOnce(&Json, &str) -> Json,
    ) -> Result<Json, Problem> {
        let mut store = self.store();
        let (program, desk) = (self.rules(), store.begin()?);
        if let Some((key, decision)) = event.map(|id| desk.decision(id)).transpose()?.flatten() {
            return self.seen(&program, &key, &found(&desk, &key)?, &decision);
        }
        let mut kept = found(&desk, key)?;
        let told = what(&kept.fields, &event_id(&desk, event)?);
        let decision = self.settle(&program, &desk, key, &mut kept, &told)?;
        let seen = self.seen(&program, key, &kept, &json!(decision))?;
        desk.commit()?;
        Ok(seen)
    }

    /// Decides an event that was told as JSON, and keeps what is decided.
    fn settle(
        &self,
        program: &Program,
        desk: &Desk<'_>,
        key: &RecordKey,
        kept: &mut Kept,
        told: &Json,
    ) -> Result<Decision, Problem> {
        let incoming = Incoming::read(told)?;
        // an update is saved as it was told, and then as it was decided
        for (name, value) in told["after"].as_object().into_iter().flatten() {
            program.set(&key.module, &mut kept.fields, name, value.clone());
        }
        self.decide(program, desk, key, kept, &incoming.event(), &self.clock(program))
    }

    /// Decides an event, and keeps the changes, the state and the effects.
    fn decide(
        &self,
        program: &Program,
        desk: &Desk<'_>,
        key: &RecordKey,
        kept: &mut Kept,
        event: &Event<'_>,
        clock: &Clock,
    ) -> Result<Decision, Problem> {
        let context = Context::new(clock, &kept.remembered).users(&self.users).trace(true);
        let decision = program.decide(event, &context)?;
        if !decision.refusals.is_empty() {
            return Err(Problem::Refused(decision.refusals));
        }
        // all of this record, since no related ones were handed in
        for change in &decision.changes {
            program.write(change, &mut kept.fields);
        }
        kept.remembered.apply(&decision.state);
        desk.save(key, kept)?;
        desk.decided(key, &decision)?;
        Ok(decision)
    }

    /// Does what has become due, each at its own time; how many timers that were. One that fails
    /// holds up no other.
    ///
    /// # Errors
    /// The database fails.
    pub fn tick(&self) -> Result<usize, Problem> {
        let now = (self.settings.now)();
        let due = self.store().begin()?.due(now)?;
        let mut fired = 0;
        for key in due {
            loop {
                match self.fire_next(&key, now) {
                    Ok(true) => fired += 1,
                    Ok(false) => break,
                    Err(problem) => {
                        eprintln!("{} {}: {problem}", key.module, key.id);
                        break;
                    }
                }
            }
        }
        Ok(fired)
    }

    /// Fires the first timer of a record that is due; whether there was one.
    fn fire_next(&self, key: &RecordKey, now: Instant) -> Result<bool, Problem> {
        let mut store = self.store();
        let (program, desk) = (self.rules(), store.begin()?);
        let mut kept = found(&desk, key)?;
        let due = program.due(&kept.remembered, &program.clock(Some(now.into()), None))?;
        let timer = due.into_iter().find_map(|due| match due {
            Due::Timer { timer, .. } => Some(timer),
            Due::Schedule { .. } => None,
        });
        let Some(timer) = timer else { return Ok(false) };
        let record = kept.fields.clone();
        let kind = EventKind::Due { timer: &timer.id, record: &record };
        let event = Event { id: &timer.id, module: Some(&key.module), record: Some(&key.id), kind };
        let clock = program.clock(Some(timer.due.into()), None);
        self.decide(&program, &desk, key, &mut kept, &event, &clock)?;
        desk.commit()?;
        Ok(true)
    }

    /// A record after a decision: of a lead with its score and the rules that hold of it.
    fn seen(
        &self,
        program: &Program,
        key: &RecordKey,
        kept: &Kept,
        decision: &Json,
    ) -> Result<Json, Problem> {
        let mut seen = json!({"record": kept.fields, "decision": decision});
        if key.module == LEADS {
            let clock = self.clock(program);
            let score = program.score(Some(SCORE))?.evaluate(&kept.fields, &clock)?;
            seen["score"] =
                json!({"total": score.total, "label": score.label, "errors": score.errors});
            seen["matching"] = json!(program.matching(&kept.fields, &clock, Some(LEADS))?);
        }
        Ok(seen)
    }

    /// Why a lead has its points, and why each rule fired or did not.
    ///
    /// # Errors
    /// [`Problem::NotFound`].
    pub fn why(&self, key: &RecordKey, lang: Lang) -> Result<Json, Problem> {
        let mut store = self.store();
        let (program, desk) = (self.rules(), store.begin()?);
        let kept = found(&desk, key)?;
        let score = program.score(Some(SCORE))?.evaluate(&kept.fields, &self.clock(&program))?;
        Ok(json!({
            "text": score.explain(lang),
            "score": score,
            "decisions": desk.decisions(key)?,
        }))
    }

    /// Which transitions a record is offered, what they lead to, and why not the others.
    ///
    /// # Errors
    /// [`Problem::NotFound`].
    pub fn offers(&self, key: &RecordKey, by: Option<&str>, lang: Lang) -> Result<Json, Problem> {
        let mut store = self.store();
        let (program, desk) = (self.rules(), store.begin()?);
        let kept = found(&desk, key)?;
        let process = kept.remembered.of(key).and_then(|state| state.process);
        let Some(instance) = process.filter(|instance| instance.left.is_none()) else {
            return Ok(json!([]));
        };
        let clock = self.clock(&program);
        let context = Context::new(&clock, &kept.remembered).users(&self.users).trace(true);
        let by = by.and_then(|name| self.users.named(name));
        let offers = program.available(&instance, &kept.fields, by, &context)?;
        let each = offers.iter().map(|offer| {
            let why_not: Vec<String> = offer.why_not.iter().map(|one| one.message(lang)).collect();
            json!({
                "transition": offer.transition, "to": offer.to,
                "offered": offer.offered, "why_not": why_not,
            })
        });
        Ok(each.collect())
    }

    /// The effects that nobody has carried out yet.
    ///
    /// # Errors
    /// The database fails.
    pub fn effects(&self) -> Result<Json, Problem> {
        Ok(self.store().begin()?.open_effects()?.into())
    }

    /// Says that an effect has been carried out.
    ///
    /// # Errors
    /// [`Problem::NotFound`].
    pub fn effect_done(&self, id: &str) -> Result<Json, Problem> {
        let mut store = self.store();
        let desk = store.begin()?;
        if !desk.effect_done(id)? {
            return Err(Problem::NotFound(id.to_owned()));
        }
        desk.commit()?;
        Ok(json!({"done": id}))
    }
}

fn found(desk: &Desk<'_>, key: &RecordKey) -> Result<Kept, Problem> {
    desk.record(key)?.ok_or_else(|| Problem::NotFound(format!("{} {}", key.module, key.id)))
}

/// The host's name of an event: that of who tells it, so that told twice it is noticed, or a number.
fn event_id(desk: &Desk<'_>, given: Option<&str>) -> Result<String, Problem> {
    match given {
        Some(id) => Ok(id.to_owned()),
        None => Ok(format!("e{}", desk.number("events")?)),
    }
}

fn object(json: Json) -> Result<Json, Problem> {
    if json.is_object() {
        Ok(json)
    } else {
        Err(Problem::Malformed("an object is wanted".to_owned()))
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("rules", &self.settings.rules).finish_non_exhaustive()
    }
}
