//! Records in their blueprints: asked one by one, with instances that the host keeps.

use super::{Error, Fired, Program};
use crate::blueprint::{
    Asked, Due, Fields, Form, Given, Instance, Obstacle, Offer, Passage, Process, Run,
};
use crate::users::{User, Users};
use crate::value::{Clock, Record};
use crate::workflow::{Context, Decision, Event, EventKind, RecordKey, RecordState, State, decide};

/// A transition asked for.
#[derive(Clone, Copy, Debug)]
pub struct Firing<'a> {
    /// The host's id of it, as of an [`Event`]; an empty one is made of what is done and of when
    /// the state began.
    pub id: &'a str,
    /// The transition's name.
    pub transition: &'a str,
    /// What is given for it; a draft that was saved stands behind it.
    pub given: &'a Given,
    /// The record now.
    pub record: &'a dyn Record,
    /// The record's id; `None` takes the record's field `id`.
    pub record_id: Option<&'a str>,
    /// Who makes it; where nobody is named, only what belongs to everybody can be made.
    pub by: Option<&'a User>,
}

impl Program {
    /// The names of its blueprints, those that are inactive too.
    pub fn blueprints(&self) -> impl Iterator<Item = &str> {
        self.0.checked.blueprints.iter().map(|blueprint| blueprint.name.as_str())
    }

    /// A blueprint as declared, by name: its name, and the module it governs.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest name.
    pub fn blueprint(&self, name: &str) -> Result<(&str, &str), Error> {
        let index = super::find("blueprint", name, || self.blueprints())?;
        let blueprint = &self.0.checked.blueprints[index];
        let on = blueprint.on.name(&self.0.checked.schema);
        Ok((&blueprint.name, on.unwrap_or_default()))
    }

    /// Lets a record into the blueprint that takes it: the first active one of its module whose
    /// entry holds and that has the record's state, unless that is an end. A record without a
    /// state begins in the default one: the host writes it.
    ///
    /// ```
    /// use jalon::users::User;
    /// use jalon::blueprint::Given;
    /// use jalon::program::Firing;
    /// use jalon::workflow::{Context, State};
    /// use jalon::{Clock, Program};
    /// use serde_json::json;
    ///
    /// let program = Program::parse("
    /// parcours Vente sur Affaires, champ Étape
    ///   états Qualification, Proposition
    ///   gagné Gagnée
    ///   transition Proposer de Qualification vers Proposition
    ///     pendant
    ///       obligatoire Montant
    ///   transition Conclure de Proposition vers Gagnée
    /// ")?;
    /// let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
    /// let (state, alice) = (State::new(), User::named("Alice"));
    /// let context = Context::new(&clock, &state);
    ///
    /// let deal = json!({"id": 7, "Étape": "Qualification"});
    /// let instance = program.enter(Some("Affaires"), &deal, &context)?.unwrap();
    /// let offers = program.available(&instance, &deal, Some(&alice), &context)?;
    /// assert!(offers[0].transition == "Proposer" && offers[0].offered);
    ///
    /// let given = Given::new().with("Montant", 1000);
    /// let firing = Firing {
    ///     id: "e1", transition: "Proposer", given: &given, record: &deal, record_id: None,
    ///     by: Some(&alice),
    /// };
    /// let fired = program.fire(&instance, &firing, &context)?;
    /// assert_eq!(&*fired.instance.state, "Proposition");
    /// assert_eq!(fired.changes().len(), 2);
    ///
    /// let nothing = Given::new();
    /// let firing = Firing { given: &nothing, ..firing };
    /// let refused = program.fire(&instance, &firing, &context).unwrap_err();
    /// assert_eq!(refused.to_string(), "Montant is required");
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    ///
    /// # Errors
    /// A module that is unknown or must be named, [`Error::ClockNeeded`].
    pub fn enter(
        &self,
        module: Option<&str>,
        record: &dyn Record,
        context: &Context<'_>,
    ) -> Result<Option<Instance>, Error> {
        let Some(module) = self.event_module(module)? else { return Ok(None) };
        let run = self.running(context.clock, context.users, context.trace);
        match run.entry(self.automation().on(module), record)? {
            Some((process, state)) => Ok(Some(run.begun(process, state)?)),
            None => Ok(None),
        }
    }

    /// The transitions that leave the state of a record: offered to an actor or not, and with
    /// [`Context::trace`] why not. Automatic ones are not among them: [`Program::steps`] tells.
    ///
    /// # Errors
    /// [`Error::Refused`] where the instance runs under another version of its blueprint or has
    /// left it, [`Error::ClockNeeded`].
    pub fn available(
        &self,
        instance: &Instance,
        record: &dyn Record,
        by: Option<&User>,
        context: &Context<'_>,
    ) -> Result<Vec<Offer<&str>>, Error> {
        let run = self.running(context.clock, context.users, context.trace);
        run.offers(instance, record, by)?.map_err(refused)
    }

    /// Makes a transition: the instance from then on, the changes and what is to be done.
    ///
    /// # Errors
    /// [`Error::Refused`] with all that stands in the way at once, [`Error::ClockNeeded`].
    pub fn fire<'a>(
        &'a self,
        instance: &'a Instance,
        firing: &Firing<'a>,
        context: &Context<'a>,
    ) -> Result<Fired<'a>, Error> {
        let Firing { transition, given, record, by, .. } = *firing;
        let run = self.running(context.clock, context.users, context.trace);
        let (process, _) = run.place(instance).map_err(refused)?;
        let (automation, module) = (self.automation(), self.module_of(process));
        let key = (automation.key(module), firing.record_id);
        let asked = Asked { instance, transition, given, record, by, by_itself: false };
        let simple = !process.declared(&self.0.checked).continuous
            && !automation.concerns(module)
            && !context.trace
            && !given.has_extras(instance, transition);
        if simple {
            let passage = run.fire(asked)?.map_err(|stopped| Error::Refused(stopped.obstacles))?;
            if automation.does_nothing(module, &passage) {
                let Passage { process, made, instance, fields, .. } = passage;
                let transition = made.first().map_or(transition, |made| &process.plan(*made).name);
                return Ok(Fired {
                    instance,
                    key,
                    transition,
                    record,
                    given: fields,
                    content: self.content(),
                    decision: None,
                });
            }
        }
        let kind = EventKind::Transition { transition, given, by, record };
        let (instance, decision) = self.decided(instance, module, firing, kind, context)?;
        let (given, decision) = (Fields::new(), Some(Box::new(decision)));
        let content = self.content();
        Ok(Fired { instance, key, transition, record, given, content, decision })
    }

    /// What a transition tells and asks for, to be shown before it is made.
    ///
    /// # Errors
    /// [`Error::Refused`] where it does not leave the record's state, [`Error::ClockNeeded`].
    pub fn form(
        &self,
        instance: &Instance,
        transition: &str,
        record: &dyn Record,
        clock: &Clock,
    ) -> Result<Form<'_>, Error> {
        self.running(clock, Users::NONE, false).form(instance, transition, record)?.map_err(refused)
    }

    /// An event of a record in its process, decided, and the instance after it.
    fn decided(
        &self,
        instance: &Instance,
        module: usize,
        firing: &Firing<'_>,
        kind: EventKind<'_>,
        context: &Context<'_>,
    ) -> Result<(Instance, Decision), Error> {
        let automation = self.automation();
        let id = firing.record_id.map(str::to_owned);
        let id = id.or_else(|| crate::workflow::record_id(firing.record)).unwrap_or_default();
        let key = RecordKey { module: automation.key(module).to_owned(), id };
        let mut state = State::new();
        let known = context.state.of(&key).unwrap_or_default();
        state.put(&key, &RecordState { process: Some(instance.clone()), ..known });
        let own = if firing.id.is_empty() { own_id(instance, &kind) } else { String::new() };
        let event_id = if firing.id.is_empty() { &own } else { firing.id };
        let event = Event { id: event_id, module: Some(&key.module), record: Some(&key.id), kind };
        let by = context.by.or(firing.by);
        let context = Context { state: &state, by, ..*context };
        let means = (self.0.strict, self.0.lang);
        let checked = &self.0.checked;
        let mut decision = decide(checked, automation, means, module, &event, &context)?;
        if !decision.refusals.is_empty() {
            let obstacles = decision.refusals.drain(..).map(|refusal| {
                refusal.obstacle.unwrap_or(Obstacle::Invalid {
                    field: refusal.field,
                    message: refusal.message,
                    rule: refusal.rule,
                })
            });
            return Err(Error::Refused(obstacles.collect()));
        }
        let after = decision.process.clone().unwrap_or_else(|| instance.clone());
        Ok((after, decision))
    }

    /// Keeps what is given so far for a transition; nothing at all drops the draft.
    ///
    /// # Errors
    /// [`Error::Refused`] where the transition does not leave the record's state or does not ask
    /// for what is given, [`Error::ClockNeeded`].
    pub fn save_draft(
        &self,
        instance: &Instance,
        transition: &str,
        given: &Given,
        by: Option<&User>,
        clock: &Clock,
    ) -> Result<Instance, Error> {
        let run = self.running(clock, Users::NONE, false);
        run.draft(instance, transition, given, by)?.map_err(Error::Refused)
    }

    /// What happens to an instance by itself, the earliest first: automatic transitions,
    /// reminders, escalations. What is not after the clock's present is due: it is done by
    /// [`Program::take_step`].
    pub fn steps(&self, instance: &Instance, clock: &Clock) -> Vec<Due> {
        self.running(clock, Users::NONE, false).due(instance)
    }

    /// Does what has become due: makes an automatic transition, if its criterion holds, or tells
    /// somebody of a deadline. Either way the step has been taken care of; one that the instance
    /// does not wait for does nothing.
    ///
    /// # Errors
    /// [`Error::Refused`] where the instance runs under another version of its blueprint,
    /// [`Error::ClockNeeded`].
    pub fn take_step(
        &self,
        instance: &Instance,
        due: &Due,
        firing: &Firing<'_>,
        context: &Context<'_>,
    ) -> Result<(Instance, Decision), Error> {
        let run = self.running(context.clock, context.users, context.trace);
        let (process, _) = run.place(instance).map_err(refused)?;
        let kind = EventKind::Step { due, record: firing.record };
        self.decided(instance, self.module_of(process), firing, kind, context)
    }

    /// Takes a record out of its process: the instance is history from then on.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn exit(&self, instance: &Instance, clock: &Clock) -> Result<Instance, Error> {
        let left = clock.now.ok_or(Error::ClockNeeded)?;
        Ok(Instance { left: Some(left), ..instance.clone() })
    }

    /// The module of a blueprint among those of the automation.
    fn module_of(&self, process: &Process) -> usize {
        let blueprint = process.declared(&self.0.checked);
        self.automation().module(&blueprint.on).unwrap_or_default()
    }

    pub(super) fn running<'e>(
        &self,
        clock: &'e Clock,
        users: &'e Users,
        reasons: bool,
    ) -> Run<'_, 'e> {
        Run {
            program: &self.0.checked,
            processes: self.automation().processes(),
            clock,
            users,
            strict: self.0.strict,
            lang: self.0.lang,
            reasons,
        }
    }
}

/// The id of an event that the host gives none: the same again for the same instance.
fn own_id(instance: &Instance, kind: &EventKind<'_>) -> String {
    let (blueprint, since) = (&instance.blueprint, instance.since);
    match kind {
        EventKind::Transition { transition, .. } => format!("{blueprint}/{since}/{transition}"),
        EventKind::Step { due, .. } => format!("{blueprint}/{since}/{:?}", due.step),
        _ => format!("{blueprint}/{since}"),
    }
}

pub(super) fn refused(obstacle: Obstacle) -> Error {
    Error::Refused(vec![obstacle])
}
