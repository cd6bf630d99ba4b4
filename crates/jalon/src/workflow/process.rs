//! Records in their blueprints: entering, moving, leaving.

mod waiting;

use std::borrow::Cow;

use super::cascade::{Cascade, Cause};
use super::decision::{EffectKind, Refusal};
use super::event::EventKind;
use super::trace::Step;
use super::world::Layer;
use crate::blueprint::{Asked, Given, Instance, Move, Obstacle, Offer, Run, checked};
use crate::checked::FieldRef;
use crate::checked::blueprint::Blueprint;
use crate::desk::keep;
use crate::eval::functions::print;
use crate::users::User;
use crate::value::fold::same_name;
use crate::value::{NoClock, Record, Value, ValueRef};

impl<'e> Cascade<'e> {
    /// What blueprints are asked with.
    fn blueprints(&self) -> Run<'e, 'e> {
        Run {
            program: self.program,
            processes: self.automation.processes(),
            clock: self.context.clock,
            users: self.context.users,
            strict: self.strict,
            lang: self.lang,
            reasons: self.tracing,
        }
    }

    /// Where a record stands in its blueprint.
    fn instance(&self, entity: usize) -> Option<&Instance> {
        self.state(entity)?.process.as_ref()
    }

    /// The blueprint of a record that is inside one, also where that has changed since.
    fn inside(&self, entity: usize) -> Option<(&Instance, &'e Blueprint)> {
        let instance = self.instance(entity).filter(|instance| instance.left.is_none())?;
        let named =
            |blueprint: &&Blueprint| !blueprint.inactive && *blueprint.name == *instance.blueprint;
        let blueprint = self.program.blueprints.iter().find(named)?;
        let ended = |state: &crate::checked::blueprint::State| {
            state.is_end() && same_name(&state.name, &instance.state)
        };
        let over = blueprint.states.iter().any(ended);
        (!over).then_some((instance, blueprint))
    }

    /// Makes the transition that the event asks for, or refuses it.
    pub(super) fn make(&mut self) -> Result<(), NoClock> {
        let EventKind::Transition { transition, given, by, .. } = self.event.kind else {
            return Ok(());
        };
        let obstacles = self.pass(transition, given, by, false)?;
        self.refuse_for(obstacles);
        Ok(())
    }

    fn refuse_for(&mut self, obstacles: Vec<Obstacle>) {
        let lang = self.lang;
        self.decision.refusals.extend(obstacles.into_iter().map(|obstacle| {
            let (field, rule) = match &obstacle {
                Obstacle::Missing { field } => (Some(field.clone()), None),
                Obstacle::Invalid { field, rule, .. } => (field.clone(), rule.clone()),
                _ => (None, None),
            };
            let message = obstacle.message(lang);
            Refusal { field, message, rule, obstacle: Some(obstacle) }
        }));
    }

    /// Makes a transition of the event's record; all that stands in its way.
    fn pass(
        &mut self,
        transition: &'e str,
        given: &'e Given,
        by: Option<&'e User>,
        by_itself: bool,
    ) -> Result<Vec<Obstacle>, NoClock> {
        let Some(instance) = self.instance(0).cloned() else {
            return Ok(vec![Obstacle::NotInside]);
        };
        let record = self.event.kind.record();
        let asked = Asked { instance: &instance, transition, given, record, by, by_itself };
        let owned = |fields: &[(&'e FieldRef, ValueRef<'_>)]| -> Vec<(&'e FieldRef, Value)> {
            fields.iter().map(|(field, value)| (*field, keep(*value))).collect()
        };
        let passage = match self.blueprints().fire(asked)? {
            Ok(passage) => passage,
            Err(refused) => {
                // What is given is judged by the module's own validations too.
                self.write_given(owned(&refused.fields), None);
                return Ok(refused.obstacles);
            }
        };
        let made = passage.made.first().map(|which| &*passage.process.plan(*which).name);
        self.write_given(owned(&passage.fields), made);
        let (process, module) = (passage.process, self.world.entities[0].module);
        let blueprint = process.declared(self.program);
        for which in &passage.made {
            let name: &'e str = &process.plan(*which).name;
            if let Some(codes) = self.automation.after(module, process.id, *which) {
                self.first.push((name, &checked(blueprint, *which).after, codes));
            }
        }
        let moved = passage.moves.then(|| passage.instance.state.to_string());
        // As declared, however it was asked for.
        let transition = made.unwrap_or(transition);
        self.trace_process(0, &instance, Some(transition), moved);
        self.keep_given(&instance, transition, given);
        self.remember(0).process = Some(passage.instance);
        self.passed = true;
        Ok(Vec::new())
    }

    fn write_given(&mut self, fields: Vec<(&'e FieldRef, Value)>, transition: Option<&'e str>) {
        for (field, value) in fields {
            self.write(0, Cow::Borrowed(field), value, transition);
        }
        self.world.accept();
    }

    /// What was given with a transition beside fields is to be kept with the record.
    fn keep_given(&mut self, instance: &Instance, transition: &'e str, given: &Given) {
        let draft = instance.draft(transition).map(|draft| &draft.given);
        let both = || std::iter::once(given).chain(draft);
        let all = |of: fn(&Given) -> &Vec<String>| -> Vec<String> {
            let mut all: Vec<String> = Vec::new();
            both().flat_map(of).for_each(|one| {
                if !all.contains(one) {
                    all.push(one.clone());
                }
            });
            all
        };
        let mut records: Vec<(String, String)> = Vec::new();
        both().flat_map(|given| &given.records).for_each(|one| {
            if !records.contains(one) {
                records.push(one.clone());
            }
        });
        let note = both().find_map(|given| given.note.clone());
        let (attachments, ticked) = (all(|given| &given.attachments), all(|given| &given.ticked));
        if note.is_some() || !attachments.is_empty() || !ticked.is_empty() || !records.is_empty() {
            self.effect(transition, 0, EffectKind::Keep { note, attachments, ticked, records });
        }
    }

    fn trace_process(
        &mut self,
        entity: usize,
        from: &Instance,
        transition: Option<&str>,
        to: Option<String>,
    ) {
        if self.tracing {
            self.trace.push(Step::Process {
                record: self.world.entities[entity].key.clone(),
                blueprint: from.blueprint.to_string(),
                transition: transition.map(str::to_owned),
                from: Some(from.state.to_string()),
                to,
            });
        }
    }

    /// Saves what the event gives for a transition.
    pub(super) fn save_draft(&mut self) -> Result<(), NoClock> {
        let EventKind::Draft { transition, given, by, .. } = self.event.kind else {
            return Ok(());
        };
        let saved = match self.instance(0).cloned() {
            Some(instance) => self.blueprints().draft(&instance, transition, given, by)?,
            None => Err(vec![Obstacle::NotInside]),
        };
        match saved {
            Ok(instance) => self.remember(0).process = Some(instance),
            Err(obstacles) => self.refuse_for(obstacles),
        }
        Ok(())
    }

    /// Takes the event's record out of its process: it stays out, and where it was is kept.
    pub(super) fn exit(&mut self) -> Result<(), NoClock> {
        let Some(instance) = self.instance(0).filter(|one| one.left.is_none()).cloned() else {
            return Ok(());
        };
        self.trace_process(0, &instance, None, None);
        let left = Some(self.now()?);
        self.remember(0).process = Some(Instance { left, ..instance });
        Ok(())
    }

    /// Lets the event's record in, also one that was taken out.
    pub(super) fn let_in(&mut self) -> Result<(), NoClock> {
        if self.instance(0).is_some_and(|instance| instance.left.is_some()) {
            self.remember(0).process = None;
        }
        self.blueprint_stage()
    }

    /// A record is in no process any more.
    fn leave(&mut self, entity: usize) {
        if let Some(instance) = self.remember(entity).process.take() {
            self.trace_process(entity, &instance, None, None);
        }
    }

    /// Refuses an update that writes the state of a record in a process.
    pub(super) fn protect(&mut self) {
        let Some((instance, blueprint)) = self.inside(0) else { return };
        let key = &blueprint.field.key;
        if !self.differs(0, key, Layer::Before) {
            return;
        }
        let (field, process) = (key.names.first().cloned().unwrap_or_default(), &blueprint.name);
        let ways: Vec<&str> = match self.blueprints().place(instance) {
            Ok((process, state)) => {
                let leaving = process.state_plan(state).leaving.iter();
                leaving.map(|leaving| &*process.plan(leaving.which).name).collect()
            }
            Err(_) => Vec::new(),
        };
        let ways = ways.join(", ");
        let message = self.lang.pick(
            format!("{field} ne change que par une transition du parcours « {process} » : {ways}"),
            format!("{field} changes by a transition of blueprint “{process}” only: {ways}"),
        );
        self.refuse_with(Some(field), message, None);
    }

    /// Whether a plain write would change the state of a record in a process.
    pub(super) fn is_guarded(&self, entity: usize, field: &FieldRef, value: &Value) -> bool {
        let Some((_, blueprint)) = self.inside(entity) else { return false };
        blueprint.field.key.is(&field.key) && {
            let now = self.world.view(entity, Layer::Now);
            !crate::eval::compare::same(
                now.get(&field.key),
                value.as_ref(),
                self.context.clock.zone,
            )
        }
    }

    /// Lets records follow a forced state, and takes in those that a blueprint waits for.
    pub(super) fn blueprint_stage(&mut self) -> Result<(), NoClock> {
        if self.automation.processes().is_empty()
            || matches!(self.event.kind, EventKind::Deleted { .. })
        {
            return Ok(());
        }
        if !self.first.is_empty() {
            // The pipeline has no workflow.
            self.waves([(0, Cause::Event)])?;
        }
        self.follow()?;
        for entity in 0..self.world.entities.len() {
            self.enter(entity)?;
        }
        let changed = self.end_wave();
        if !changed.is_empty() {
            let causes = changed.into_iter().map(|entity| (entity, Cause::Change));
            self.waves(causes)?;
            self.follow()?;
        }
        Ok(())
    }

    /// A record that was forced into another state goes on from there; out of every state it
    /// leaves its process.
    fn follow(&mut self) -> Result<(), NoClock> {
        for entity in 0..self.world.entities.len() {
            let Some((instance, blueprint)) = self.inside(entity) else { continue };
            let key = &blueprint.field.key;
            if !self.world.was_written(entity, key) {
                continue;
            }
            let mut text = String::new();
            print(self.world.view(entity, Layer::Now).get(key), &mut text);
            if same_name(text.trim(), &instance.state) {
                continue;
            }
            let run = self.blueprints();
            let place = run.place(instance).ok();
            let state = place.and_then(|(process, _)| Some((process, process.state(text.trim())?)));
            let from = instance.clone();
            match state {
                Some((process, state)) => {
                    let (now, to) = (run.now()?, process.state_plan(state).name.clone());
                    self.trace_process(entity, &from, None, Some(to.to_string()));
                    let made = Move {
                        transition: None,
                        from: Some(from.state.clone()),
                        to: to.clone(),
                        at: now,
                        by: None,
                    };
                    self.remember(entity).process = Some(Instance {
                        state: to,
                        since: now,
                        told: Vec::new(),
                        drafts: Vec::new(),
                        progress: Vec::new(),
                        history: from.history.and(made),
                        ..from
                    });
                }
                None => self.leave(entity),
            }
        }
        Ok(())
    }

    fn enter(&mut self, entity: usize) -> Result<(), NoClock> {
        let known = self.world.entities[entity].known;
        let left = self.instance(entity).is_some_and(|instance| instance.left.is_some());
        if !known || left || self.inside(entity).is_some() {
            return Ok(());
        }
        let module = self.world.entities[entity].module;
        let run = self.blueprints();
        let record = self.world.view(entity, Layer::Now);
        let on = self.automation.on(module);
        let Some((process, state)) = run.entry(on, &record)? else { return Ok(()) };
        let blueprint = process.declared(self.program);
        let field = &blueprint.field;
        let value = record.get(&field.key);
        if matches!(value, ValueRef::Absent)
            && !matches!(self.event.kind, EventKind::Created { .. })
        {
            // The record as it was given does not say where it is.
            return Ok(());
        }
        let empty = crate::value::typed::is_empty(value);
        let instance = run.begun(process, state)?;
        let to = instance.state.to_string();
        if self.tracing {
            self.trace.push(Step::Process {
                record: self.world.entities[entity].key.clone(),
                blueprint: instance.blueprint.to_string(),
                transition: None,
                from: None,
                to: Some(to.clone()),
            });
        }
        self.remember(entity).process = Some(instance);
        if empty {
            let by = Some(blueprint.name.as_str());
            self.write(entity, Cow::Borrowed(field), Value::Text(to), by);
        }
        Ok(())
    }

    /// Where the event's record has come to another place of a process that is run through in one
    /// go: what is offered there, so that nobody has to ask again.
    pub(super) fn lead_on(&mut self) -> Result<(), NoClock> {
        let known = self.known(0).and_then(|state| state.process.as_ref());
        let Some(instance) = self.instance(0).filter(|instance| Some(*instance) != known) else {
            return Ok(());
        };
        let run = Run { reasons: true, ..self.blueprints() };
        let Ok((process, _)) = run.place(instance) else { return Ok(()) };
        if !process.declared(self.program).continuous {
            return Ok(());
        }
        let record = self.world.view(0, Layer::Now);
        let by = self.event.kind.by().or(self.context.by);
        if let Ok(offers) = run.offers(instance, &record, by)? {
            self.decision.next = Some(offers.into_iter().map(Offer::owned).collect());
        }
        Ok(())
    }
}
