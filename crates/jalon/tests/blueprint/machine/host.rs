//! A host that keeps one record and what is remembered of it, and asks both ways.

use jalon::blueprint::{DueStep, Given, Instance, Obstacle};
use jalon::program::{Error, Firing};
use jalon::users::Users;
use jalon::value::Instant;
use jalon::workflow::{Context, Decision, Event, EventKind, RecordKey, State, TimerCause};
use jalon::{Clock, Program, Value};
use serde_json::{Value as Json, json};

use super::model::{Gift, Model, Step, Which};
use super::plan::{Actor, name, state};
use crate::guided;

/// A host.
pub struct Host {
    pub program: Program,
    pub clock: Clock,
    pub start: Instant,
    pub state: State,
    pub record: Json,
    /// How many calls there were: the host's ids of events differ.
    pub calls: usize,
}

pub const HOUR: i64 = 3_600_000_000;

impl Step {
    pub fn due(self) -> DueStep {
        match self {
            Step::Reminder => DueStep::Reminder { number: 0 },
            Step::Escalation(level) => DueStep::Escalation { level: level as u32 },
            Step::Transition(number) => DueStep::Transition { transition: name(number) },
        }
    }
}

fn key() -> RecordKey {
    RecordKey { module: "Affaires".to_owned(), id: "1".to_owned() }
}

impl Host {
    pub fn hours(&self, at: Instant) -> i64 {
        (at.micros() - self.start.micros()) / HOUR
    }

    pub fn id(&self) -> String {
        format!("e{}", self.calls)
    }

    /// Where the record stands, as written and read back.
    pub fn instance(&self) -> Option<Instance> {
        let instance = self.state.of(&key())?.process.filter(|one| one.left.is_none())?;
        let text = serde_json::to_string(&instance).unwrap();
        let read: Instance = serde_json::from_str(&text).unwrap();
        assert_eq!(read, instance);
        Some(read)
    }

    /// What the timers of the process wait for.
    pub fn timers(&self) -> Vec<(i64, DueStep)> {
        let timers = self.state.of(&key()).map(|state| state.timers).unwrap_or_default();
        let timers = timers.into_iter().map(|timer| match timer.cause {
            TimerCause::Process { step, .. } => (self.hours(timer.due), step),
            other => panic!("{other:?}"),
        });
        timers.collect()
    }

    /// Decides an event, twice, and does what is decided.
    pub fn decide(&mut self, kind: EventKind<'_>) -> Decision {
        let id = self.id();
        let event = Event { id: &id, module: Some("Affaires"), record: None, kind };
        let read = State::read(&self.state.write()).unwrap();
        assert_eq!(read, self.state);
        let decided = |state: &State, trace: bool| {
            let context = Context::new(&self.clock, state).trace(trace);
            self.program.decide(&event, &context).unwrap()
        };
        let (decision, mut again) = (decided(&self.state, false), decided(&read, true));
        again.trace = None;
        for refusal in &mut again.refusals {
            if let Some(Obstacle::NotHeld { why }) = &mut refusal.obstacle {
                *why = None;
            }
        }
        let bytes = |decision: &Decision| serde_json::to_string(decision).unwrap();
        assert_eq!(bytes(&decision), bytes(&again));
        self.state.apply(&decision.state);
        for change in &decision.changes {
            self.record[&change.field] = change.new.to_json();
        }
        decision
    }

    pub fn update(
        &mut self,
        amount: Option<i64>,
        chief: Option<&str>,
        to: Option<usize>,
    ) -> Vec<String> {
        let mut after = json!({"id": 1});
        if let Some(amount) = amount {
            after["Montant"] = json!(amount);
        }
        if let Some(chief) = chief {
            after["Chef"] = json!(chief);
        }
        if let Some(to) = to {
            after["Étape"] = json!(state(to));
        }
        let before = self.record.clone();
        for (field, value) in after.as_object().unwrap() {
            self.record[field] = value.clone();
        }
        let decision = self.decide(EventKind::Updated { before: &before, after: &after });
        if decision.refusals.is_empty() {
            return Vec::new();
        }
        self.record = before;
        vec!["protected".to_owned()]
    }

    pub fn fire(&mut self, which: Which, actor: Actor, gift: &Gift) -> Vec<String> {
        let (name, user, given) = (which.name(), actor.user(), gift.given());
        let (by, record, instance) = (user.as_ref(), self.record.clone(), self.instance());
        let alone = instance.as_ref().map(|instance| {
            let context = Context::new(&self.clock, &self.state);
            let firing = Firing {
                id: &self.id(),
                transition: &name,
                given: &given,
                record: &record,
                record_id: None,
                by,
            };
            match self.program.fire(instance, &firing, &context) {
                Ok(fired) => {
                    Ok((fired.instance.clone(), fired.changes(), fired.effects().to_vec()))
                }
                Err(Error::Refused(obstacles)) => Err(obstacles),
                Err(other) => panic!("{other}"),
            }
        });
        let kind = EventKind::Transition { transition: &name, given: &given, by, record: &record };
        let decision = self.decide(kind);
        match alone {
            Some(Ok((instance, changes, effects))) => {
                assert_eq!(Some(instance), self.instance());
                assert_eq!(
                    (changes, effects),
                    (decision.changes.clone(), decision.effects.clone())
                );
            }
            Some(Err(obstacles)) => {
                let told = decision.refusals.iter().filter_map(|refusal| refusal.obstacle.clone());
                assert_eq!(obstacles, told.collect::<Vec<_>>());
            }
            None => {}
        }
        codes(&decision)
    }

    pub fn draft(&mut self, which: Which, actor: Actor, gift: &Gift) -> Vec<String> {
        let (name, user, given) = (which.name(), actor.user(), gift.given());
        let (by, record, instance) = (user.as_ref(), self.record.clone(), self.instance());
        let alone = instance
            .as_ref()
            .map(|one| self.program.save_draft(one, &name, &given, by, &self.clock));
        let kind = EventKind::Draft { transition: &name, given: &given, by, record: &record };
        let decision = self.decide(kind);
        match alone {
            Some(Ok(instance)) => assert_eq!(Some(instance), self.instance()),
            Some(Err(Error::Refused(obstacles))) => {
                let told = decision.refusals.iter().filter_map(|refusal| refusal.obstacle.clone());
                assert_eq!(obstacles, told.collect::<Vec<_>>());
            }
            Some(Err(other)) => panic!("{other}"),
            None => {}
        }
        codes(&decision)
    }

    /// Takes care of what is due first, by its timer and by its step.
    pub fn take(&mut self) -> Vec<String> {
        let Some(instance) = self.instance() else { return Vec::new() };
        let now = self.clock.now.unwrap();
        let steps = self.program.steps(&instance, &self.clock);
        let timers = self.state.due(now);
        let Some(due) = steps.first().filter(|due| due.at <= now) else {
            assert!(timers.is_empty(), "{timers:?}");
            return Vec::new();
        };
        let record = self.record.clone();
        let firing = Firing {
            id: &self.id(),
            transition: "",
            given: Given::NONE,
            record: &record,
            record_id: None,
            by: None,
        };
        let context = Context::new(&self.clock, &self.state);
        let (alone, step) = self.program.take_step(&instance, due, &firing, &context).unwrap();
        let (_, timer) = &timers[0];
        let decision = self.decide(EventKind::Due { timer: &timer.id, record: &record });
        assert_eq!(Some(alone), self.instance());
        assert_eq!((step.changes, step.effects), (decision.changes, decision.effects));
        // Once more does nothing.
        let record = self.record.clone();
        let again = self.decide(EventKind::Due { timer: &timer.id, record: &record });
        assert!(again.changes.is_empty() && again.effects.is_empty(), "{again:?}");
        Vec::new()
    }

    /// What is offered is what may be made, given all that it asks for.
    pub fn look(&self, actor: Actor, model: &Model) -> Vec<String> {
        let Some(instance) = self.instance() else { return Vec::new() };
        let (user, record, text) = (actor.user(), &self.record, model.plan.text());
        let context = Context::new(&self.clock, &self.state);
        let by = user.as_ref();
        let offers = self.program.available(&instance, record, by, &context).unwrap();
        let open = offers.iter().filter(|one| one.offered).map(|one| one.transition.to_owned());
        let guided = guided(&self.program, &instance, record, by, Users::NONE, &self.clock);
        assert_eq!(guided.unwrap(), open.collect::<Vec<_>>(), "{text}");
        let found: Vec<_> =
            offers.iter().map(|one| (one.transition.to_owned(), one.offered)).collect();
        let expected = model.leaving().into_iter().filter(|which| !model.is_automatic(*which));
        let expected = expected.map(|which| (which.name(), model.shut(which, actor).is_empty()));
        assert_eq!(found, expected.collect::<Vec<_>>(), "{text}");
        for offer in offers {
            let transition = offer.transition;
            let form = self.program.form(&instance, transition, record, &self.clock).unwrap();
            let mut given = Given::new();
            for asked in &form.fields {
                let value = if asked.field == "Montant" { Value::from(100) } else { "dit".into() };
                given.fields.push((asked.field.to_owned(), value));
            }
            for asked in &form.extras {
                match asked.kind {
                    "note" => given.note = Some("vu".to_owned()),
                    _ => given.ticked = asked.of.iter().map(|item| (*item).to_owned()).collect(),
                }
            }
            let firing =
                Firing { id: &self.id(), transition, given: &given, record, record_id: None, by };
            let made = self.program.fire(&instance, &firing, &context);
            // An amount that is not asked for may break a validation.
            let low = |why: &Obstacle| matches!(why, Obstacle::Invalid { field, .. } if !form.fields.iter().any(|one| Some(one.field) == field.as_deref()));
            let is_low = matches!(&made, Err(Error::Refused(why)) if why.iter().all(low));
            assert!(
                made.is_ok() == offer.offered || is_low && offer.offered,
                "{offer:?} {made:?}\n{text}"
            );
        }
        Vec::new()
    }
}

/// Why nothing was done, sorted.
pub fn codes(decision: &Decision) -> Vec<String> {
    let told = decision.refusals.iter().map(|refusal| {
        let code = serde_json::to_value(&refusal.obstacle).unwrap()["code"].clone();
        code.as_str().unwrap_or("protected").to_owned()
    });
    let mut codes: Vec<String> = told.collect();
    codes.sort();
    codes
}
