//! Events, decided.

use std::sync::Arc;

use super::{Criterion, Error, Program, ambiguous, unknown};
use crate::checked::names::fold;
use crate::checked::workflow::Given;
use crate::checked::{Condition, Expr};
use crate::plan::entry::Plan;
use crate::value::{Clock, Value};
use crate::workflow::{Automation, Context, Decision, Event, EventKind, constants, decide};

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
    /// let context = Context { clock: &clock, state: &state, related: &[], trace: true };
    /// let decision = program.decide(&event, &context)?;
    /// assert_eq!(decision.changes[0].new, "Monaco".into());
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    ///
    /// # Errors
    /// A module that is unknown or must be named, a rule that is pressed and not declared,
    /// [`Error::ClockNeeded`].
    pub fn decide(&self, event: &Event<'_>, context: &Context<'_>) -> Result<Decision, Error> {
        let module = self.event_module(event.module)?;
        let checked = &self.0.checked;
        if let EventKind::Manual { rule, .. } = event.kind {
            super::find("rule", rule, || self.rules())?;
        }
        let Some(module) = module else {
            return Ok(Decision { event: event.id.to_owned(), ..Decision::default() });
        };
        let means = (self.0.strict, self.0.lang);
        Ok(decide(checked, self.automation(), means, module, event, context)?)
    }

    /// A condition of the program, compiled to be asked of a record.
    pub(crate) fn compiled(&self, condition: &Condition) -> Criterion {
        Criterion {
            program: self.clone(),
            condition: Some(Arc::new(condition.clone())),
            plan: Arc::new(Plan::of_condition(Some(condition), &self.0.checked)),
            diagnostics: Arc::default(),
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
    fn event_module(&self, name: Option<&str>) -> Result<Option<usize>, Error> {
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
