//! What a process waits for: armed, and done when it is due.

use crate::blueprint::{Due, DueStep, Given, Instance, deadline, told};
use crate::eval::functions::print;
use crate::schema::{Field, FieldType};
use crate::value::{Instant, NoClock, Record};
use crate::workflow::act::At;
use crate::workflow::cascade::{Cascade, Cause};
use crate::workflow::decision::{ActionError, EffectKind};
use crate::workflow::people::Say;
use crate::workflow::state::{Timer, TimerCause};
use crate::workflow::trace::Step;
use crate::workflow::world::Layer;

impl<'e> Cascade<'e> {
    /// Arms what the process of a record waits for, and cancels what it waits for no more.
    pub(in crate::workflow) fn rearm_process(&mut self, entity: usize) {
        let Some(state) = self.state(entity) else { return };
        let of_process = |timer: &&Timer| matches!(timer.cause, TimerCause::Process { .. });
        let armed: Vec<Timer> = state.timers.iter().filter(of_process).cloned().collect();
        let run = self.blueprints();
        let instance = state.process.clone();
        let waits = instance.as_ref().map(|instance| run.due(instance)).unwrap_or_default();
        let since = instance.as_ref().map_or(Instant::MIN, |instance| instance.since);
        let cause = |step: &DueStep| TimerCause::Process { since, step: step.clone() };
        let awaited = |timer: &&Timer| {
            waits.iter().any(|due| due.at == timer.due && cause(&due.step) == timer.cause)
        };
        let mut kept: Vec<&Timer> = armed.iter().filter(awaited).collect();
        // Timers of one time go off in the order of their ids: all of them are of one event.
        let waiting = waits.iter().map(|due| (due.at, cause(&due.step)));
        if !kept.iter().map(|timer| (timer.due, timer.cause.clone())).eq(waiting) {
            kept.clear();
        }
        for timer in &armed {
            if !kept.contains(&timer) {
                self.disarm(entity, timer.clone());
            }
        }
        let Some(instance) = instance.filter(|_| kept.is_empty()) else { return };
        for (index, due) in waits.iter().enumerate() {
            let id = self.stamp(&instance.blueprint, entity, &format!("p{:04}", index + 1));
            let (rule, rule_hash) = (instance.blueprint.to_string(), instance.content.to_string());
            let cause = cause(&due.step);
            self.arm(entity, Timer { id, due: due.at, rule, rule_hash, cause });
        }
    }

    /// Does what the process of the event's record waited for.
    pub(in crate::workflow) fn step_due(
        &mut self,
        timer: Timer,
        since: Instant,
        step: &DueStep,
    ) -> Result<(), NoClock> {
        let run = self.blueprints();
        let Some(instance) = self.instance(0).filter(|instance| instance.since == since).cloned()
        else {
            self.disarm(0, timer);
            return Ok(());
        };
        if run.place(&instance).is_err() {
            self.decision.errors.push(ActionError {
                rule: timer.rule.clone(),
                action: timer.rule.clone(),
                reason: "other_version",
                values: Vec::new(),
            });
            self.disarm(0, timer);
            return Ok(());
        }
        self.remember(0).timers.retain(|known| known.id != timer.id);
        if let Some(process) = &mut self.remember(0).process {
            process.told.push(step.clone());
        }
        self.tell(0, "done", timer);
        self.take_step(&instance, step)
    }

    /// Whether the process of the event's record waits for a step.
    pub(in crate::workflow) fn waits_for(&self, due: &Due) -> bool {
        self.instance(0).is_some_and(|instance| self.blueprints().due(instance).contains(due))
    }

    /// Does a step that the host says is due.
    pub(in crate::workflow) fn step(&mut self, due: &Due) -> Result<(), NoClock> {
        let Some(instance) = self.instance(0).cloned() else { return Ok(()) };
        if let Some(process) = &mut self.remember(0).process {
            process.told.push(due.step.clone());
        }
        self.take_step(&instance, &due.step)
    }

    /// Makes an automatic transition, or tells somebody of a deadline.
    pub(in crate::workflow) fn take_step(
        &mut self,
        instance: &Instance,
        step: &DueStep,
    ) -> Result<(), NoClock> {
        let run = self.blueprints();
        if let DueStep::Transition { transition } = step {
            let Ok((process, state)) = run.place(instance) else { return Ok(()) };
            let leaving = process.state_plan(state).leaving.iter();
            let mut names = leaving.map(|leaving| &*process.plan(leaving.which).name);
            let Some(name) = names.find(|name| *name == transition) else { return Ok(()) };
            let because = self.pass(name, Given::NONE, None, true)?;
            if !because.is_empty() {
                self.world.undo();
                if self.tracing {
                    let record = self.world.entities[0].key.clone();
                    let transition = transition.clone();
                    self.trace.push(Step::NotMade { record, transition, because });
                }
                return Ok(());
            }
            return self.waves([(0, Cause::Event)]);
        }
        let who = told(&run, instance, step).unwrap_or_default();
        let name = self.program.blueprints.iter().find(|one| *one.name == *instance.blueprint);
        let name = name.map_or("", |blueprint| blueprint.name.as_str());
        let at = At { name, entity: 0, code: 0 };
        let mut to = self.people(who, Say::Name, &at);
        if to.is_empty()
            && let Some(field) = self.owner_field()
        {
            let mut owner = String::new();
            print(self.world.view(0, Layer::Now).get(&field.key), &mut owner);
            to.extend((!owner.trim().is_empty()).then_some(owner));
        }
        let (state, end) = (&instance.state, deadline(&run, instance));
        let end = end.map(|end| self.context.clock.zone.local(end).to_string()).unwrap_or_default();
        let text = match step {
            DueStep::Reminder { .. } => self.lang.pick(
                format!("« {state} » est à quitter avant le {end}"),
                format!("“{state}” is to be left by {end}"),
            ),
            _ => self.lang.pick(
                format!("« {state} » était à quitter avant le {end}"),
                format!("“{state}” was to be left by {end}"),
            ),
        };
        self.effect(name, 0, EffectKind::Alert { text, to, fields: Vec::new() });
        Ok(())
    }

    /// The only user field of the event's record.
    fn owner_field(&self) -> Option<&'e Field> {
        let on = self.automation.on(self.world.entities[0].module);
        let fields = on.declared(&self.program.schema)?.fields.iter();
        let mut users = fields.filter(|field| matches!(field.ty, FieldType::User));
        users.next().filter(|_| users.next().is_none())
    }
}
