//! Events, decided.

use std::sync::Arc;

use super::{Criterion, Error, Program, ambiguous, unknown};
use crate::checked::names::fold;
use crate::checked::workflow::{Given, Schedule};
use crate::checked::{Condition, Expr};
use crate::desk::constants;
use crate::plan::entry::Plan;
use crate::value::{Clock, Instant, Lent, Record, Value};
use crate::workflow::{
    Automation, Context, Decision, Due, Event, EventKind, RecordKey, State, decide, due, next_run,
    order, record_id,
};

impl Program {
    /// What an event asks for: new values, effects, timers, what is to be remembered, and why.
    ///
    /// ```
    /// use jalon::workflow::{Context, Event, EventKind, State};
    /// use jalon::{Clock, Program};
    /// use serde_json::json;
    ///
    /// let program = Program::parse("
    /// règle \"CM5\" sur Prospects
    ///   quand créé ou modifié
    ///   si Pays CONTIENT monaco
    ///   alors
    ///     Pays : Monaco
    /// ")?;
    /// let lead = json!({"id": "42", "Pays": "principauté de Monaco"});
    /// let event = Event {
    ///     id: "e1",
    ///     module: Some("Prospects"),
    ///     record: None,
    ///     kind: EventKind::Created { record: &lead },
    /// };
    /// let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
    /// let state = State::new();
    /// let context = Context::new(&clock, &state).trace(true);
    /// let decision = program.decide(&event, &context)?;
    /// assert_eq!(decision.changes[0].new, "Monaco".into());
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    ///
    /// # Errors
    /// A module that is unknown or must be named, a rule that is pressed and not declared,
    /// [`Error::ClockNeeded`].
    pub fn decide(&self, event: &Event<'_>, context: &Context<'_>) -> Result<Decision, Error> {
        let checked = &self.0.checked;
        if matches!(event.kind, EventKind::Tick) {
            let mut state = State::new();
            state.tick(context.clock.now.ok_or(Error::ClockNeeded)?);
            let content = self.content();
            let event = event.id.to_owned();
            return Ok(Decision { event, content, state, ..Decision::default() });
        }
        let module = self.event_module(event.module)?;
        if let EventKind::Manual { rule, .. } = event.kind {
            super::find("rule", rule, || self.rules())?;
        }
        if let Some(approval) = event.kind.approval() {
            super::find("approval", approval, || self.approvals())?;
        }
        let Some(module) = module else {
            return Ok(self.nothing_to_do(event));
        };
        let means = (self.0.strict, self.0.lang);
        let decision = decide(checked, self.automation(), means, module, event, context)?;
        Ok(Decision { content: self.content(), ..decision })
    }

    /// What is decided where no rule is of the event's module: which record it was, and no more.
    fn nothing_to_do(&self, event: &Event<'_>) -> Decision {
        let id = event.record.map(str::to_owned).or_else(|| record_id(event.kind.record()));
        let named = |id| RecordKey { module: fold(event.module.unwrap_or_default()), id };
        Decision {
            event: event.id.to_owned(),
            content: self.content(),
            record: id.map(named),
            ..Decision::default()
        }
    }

    /// What is due: timers up to the clock's present, and runs of schedules since the state was
    /// last [ticked](State::tick); the earliest first.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn due(&self, state: &State, clock: &Clock) -> Result<Vec<Due<'_>>, Error> {
        let now = clock.now.ok_or(Error::ClockNeeded)?;
        Ok(due(&self.0.checked, state, now, clock.zone))
    }

    /// The names of its approvals.
    pub fn approvals(&self) -> impl Iterator<Item = &str> {
        self.0.checked.approvals.iter().map(|approval| approval.name.as_str())
    }

    /// The names of its schedules.
    pub fn schedules(&self) -> impl Iterator<Item = &str> {
        self.0.checked.schedules.iter().map(|schedule| schedule.name.as_str())
    }

    /// When a schedule runs next after the clock's present; `None` when never again.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::ClockNeeded`].
    pub fn next_run(&self, schedule: &str, clock: &Clock) -> Result<Option<Instant>, Error> {
        let now = clock.now.ok_or(Error::ClockNeeded)?;
        Ok(next_run(self.schedule(schedule)?, now, clock.zone))
    }

    /// Which of some records a schedule takes now, by their place, in the order it takes them:
    /// those of which its condition holds, sorted, and no more than it says.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::ClockNeeded`].
    pub fn select(
        &self,
        schedule: &str,
        records: &[&dyn Record],
        clock: &Clock,
    ) -> Result<Vec<usize>, Error> {
        let schedule = self.schedule(schedule)?;
        let mut chosen: Vec<usize> = (0..records.len()).collect();
        if let Some(condition) = &schedule.condition {
            let mut matcher = self.compiled(condition).matcher(clock)?;
            chosen.retain(|index| matcher.test(&Lent(records[*index])).holds);
        }
        chosen.sort_by(|a, b| order(schedule, records[*a], records[*b], clock));
        chosen.truncate(schedule.at_most.map_or(usize::MAX, |most| most as usize));
        Ok(chosen)
    }

    pub(crate) fn schedule(&self, name: &str) -> Result<&Schedule, Error> {
        let schedules = &self.0.checked.schedules;
        Ok(&schedules[super::find("schedule", name, || self.schedules())?])
    }

    /// A condition of the program, compiled to be asked of a record.
    pub(crate) fn compiled(&self, condition: &Condition) -> Criterion {
        Criterion {
            program: self.clone(),
            condition: Some(Arc::new(condition.clone())),
            plan: Arc::new(Plan::of_condition(Some(condition), &self.0.checked)),
            diagnostics: Arc::default(),
            content: Arc::default(),
        }
    }

    /// The values of fields that a test gives.
    pub(crate) fn values(
        &self,
        given: &Given,
        clock: &Clock,
    ) -> Result<Vec<(String, Value)>, Error> {
        let exprs: Vec<&Expr> = given.iter().flat_map(|(_, exprs)| exprs).collect();
        let values = constants(&exprs, &self.0.checked, clock, self.0.strict)?;
        let mut values = values.into_iter();
        let fields = given.iter().map(|(name, exprs)| {
            let mut of: Vec<Value> = values.by_ref().take(exprs.len()).collect();
            let value = match of.len() {
                0 => Value::Empty,
                1 => of.remove(0),
                _ => Value::List(of),
            };
            (name.clone(), value)
        });
        Ok(fields.collect())
    }

    /// What the program does about events, compiled when it is first asked for.
    pub(super) fn automation(&self) -> &Automation {
        self.0.automation.get_or_init(|| Automation::new(&self.0.checked))
    }

    /// The module of an event among those of the automation; `None` where no rule concerns it.
    pub(super) fn event_module(&self, name: Option<&str>) -> Result<Option<usize>, Error> {
        let checked = &self.0.checked;
        let automation = self.automation();
        let Some(name) = name else {
            if let Some(only) = checked.schema.only_module() {
                return Ok(automation.module(Some(only), ""));
            }
            if checked.schema.declared().next().is_some() {
                return Err(ambiguous("module", self.module_names()));
            }
            return Ok(automation.only_open());
        };
        match checked.names.module(name) {
            Some(id) => Ok(automation.module(Some(id), "")),
            None if checked.schema.declared().next().is_none() => {
                Ok(automation.module(None, &fold(name)))
            }
            None => Err(unknown("module", name, self.module_names())),
        }
    }
}
