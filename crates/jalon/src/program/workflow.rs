//! Events, decided.

use super::{Error, Program, ambiguous, unknown};
use crate::checked::names::fold;
use crate::workflow::{Automation, Context, Decision, Event, EventKind, decide};

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
