//! One event, settled stage by stage and wave by wave.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::act::At;
use super::compile::{Automation, SchedulePlan};
use super::decision::{ApprovalChange, Decision, FieldChange, ScoreChange};
use super::event::{Context, Event, EventKind};
use super::fire::Fire;
use super::state::{RecordKey, RecordState, State};
use super::trace::Step;
use super::world::{Entity, Layer, World, id_of};
use crate::checked::workflow::{Action, Rule, RuleId, Stage};
use crate::checked::{CheckedProgram, ScoreId};
use crate::desk::{Desk, keep};
use crate::lang::Lang;
use crate::value::fold::same_name;
use crate::value::merged::{Merged, Nothing};
use crate::value::{FieldKey, Instant, NoClock, Record};

/// The records to be considered in a wave, and for what.
type Pending = SmallVec<[(usize, Cause); 2]>;

/// What a record is considered for.
#[derive(Clone, Debug)]
pub(super) enum Cause {
    /// The event itself.
    Event,
    /// The net changes of the wave before.
    Change,
    /// Somebody pressed the button of this rule.
    Pressed(RuleId),
    /// A timer of this rule is due, armed by this trigger.
    Due(RuleId, usize),
    /// Scores as they were and as they are.
    Scores(Vec<(ScoreId, Option<Decimal>, Decimal)>),
}

impl Cause {
    /// Whether it does not concern a rule.
    pub(super) fn excludes(&self, rule: RuleId) -> bool {
        matches!(self, Cause::Pressed(only) | Cause::Due(only, _) if *only != rule)
    }

    /// Whether a timer armed by this trigger is due.
    pub(super) fn is_due(&self, trigger: usize) -> bool {
        matches!(self, Cause::Due(_, due) if *due == trigger)
    }

    /// Whether a score rose to a threshold from below it, or fell below it. A score that was not
    /// known before was below.
    pub(super) fn crossed(&self, score: ScoreId, rising: bool, threshold: Decimal) -> bool {
        let Cause::Scores(scores) = self else { return false };
        scores.iter().filter(|(id, ..)| *id == score).any(|(_, old, new)| {
            let was_there = old.is_some_and(|old| old >= threshold);
            if rising { !was_there && *new >= threshold } else { was_there && *new < threshold }
        })
    }
}

/// One event on its way to a decision.
#[derive(Debug)]
pub(super) struct Cascade<'e> {
    pub(super) program: &'e CheckedProgram,
    pub(super) automation: &'e Automation,
    pub(super) event: Event<'e>,
    pub(super) context: Context<'e>,
    pub(super) strict: bool,
    pub(super) lang: Lang,
    /// The id of the activity's type.
    pub(super) activity: Option<String>,
    pub(super) world: World<'e>,
    desks: SmallVec<[Option<Box<Desk>>; 4]>,
    pub(super) tracing: bool,
    pub(super) trace: Vec<Step>,
    pub(super) decision: Decision,
    /// From 1.
    pub(super) wave: u32,
    /// The last wave before the stage at hand: chaining is counted from there.
    pub(super) settled: u32,
    /// What is remembered, where it has changed.
    states: BTreeMap<usize, RecordState>,
    /// Records to be deleted at the end, with the rule and its branch, if it still holds.
    pub(super) deletions: Vec<(Fire, usize)>,
    /// What transitions do in the first wave: their names, their actions and the first expression
    /// of each.
    pub(super) first: Vec<(&'e str, &'e [Action], &'e [usize])>,
    /// Whether a transition was made.
    pub(super) passed: bool,
    /// The approvals whose request has changed, by record.
    pub(super) answered: FxHashSet<(usize, usize)>,
    /// How many effects a rule has had for a record.
    pub(super) ordinals: FxHashMap<(&'e str, usize), usize>,
}

/// Decides what an event asks for; `module` is that of its record.
pub(crate) fn decide(
    program: &CheckedProgram,
    automation: &Automation,
    (strict, lang): (bool, Lang),
    module: usize,
    event: &Event<'_>,
    context: &Context<'_>,
) -> Result<Decision, NoClock> {
    let merged;
    let (record, before): (&dyn Record, &dyn Record) = match event.kind {
        EventKind::Created { record } => (record, &Nothing),
        EventKind::Updated { before, after } => {
            merged = Merged { base: before, changes: after };
            (&merged, before)
        }
        other => (other.record(), other.record()),
    };
    let id = event.record.map(str::to_owned).or_else(|| record_id(record));
    let has_id = id.is_some();
    let key = RecordKey { module: automation.key(module).to_owned(), id: id.unwrap_or_default() };
    let mut world = World::new(program, automation, context.related, context.clock.zone);
    world.add(module, key, record, before);
    let activity = match event.kind {
        EventKind::Activity { kind, .. } => {
            Some(crate::lexicon::event_type(kind).map_or_else(|| kind.to_owned(), str::to_owned))
        }
        _ => None,
    };
    let mut cascade = Cascade {
        program,
        automation,
        event: *event,
        context: *context,
        strict,
        lang,
        activity,
        world,
        desks: automation.modules.iter().map(|_| None).collect(),
        tracing: context.trace,
        trace: Vec::new(),
        decision: Decision {
            event: event.id.to_owned(),
            state: State::new(),
            ..Decision::default()
        },
        wave: 0,
        settled: 0,
        states: BTreeMap::new(),
        deletions: Vec::new(),
        answered: FxHashSet::default(),
        first: Vec::new(),
        passed: false,
        ordinals: FxHashMap::default(),
    };
    let result = cascade.run().and_then(|()| cascade.lead_on());
    cascade.clear_desks();
    result.map(|()| cascade.finish(has_id))
}

/// What a record says its id is.
pub(crate) fn record_id(record: &dyn Record) -> Option<String> {
    static ID: LazyLock<FieldKey> = LazyLock::new(|| FieldKey::named(["id"]));
    id_of(record.get(&ID))
}

impl<'e> Cascade<'e> {
    fn run(&mut self) -> Result<(), NoClock> {
        self.open_desk(self.world.entities[0].module)?;
        match self.event.kind {
            EventKind::Arm { .. } => return self.rearm(),
            EventKind::Draft { .. } => return self.save_draft(),
            EventKind::Enter { .. } => {
                self.let_in()?;
                return self.rearm();
            }
            EventKind::Exit { .. } => {
                self.exit()?;
                return self.rearm();
            }
            EventKind::Transition { .. } => self.make()?,
            EventKind::Step { due, .. } if !self.waits_for(due) => return Ok(()),
            EventKind::Step { due, .. } => self.step(due)?,
            EventKind::Updated { .. } => {
                self.protect();
                self.judge_locks();
            }
            EventKind::Deleted { .. } => self.judge_locks(),
            _ if self.event.kind.approval().is_some() => self.answer()?,
            _ => {}
        }
        let stages = &self.automation.stages;
        if self.tracing {
            self.trace.push(Step::Pipeline { stages: stages.clone() });
        }
        for stage in stages {
            if self.tracing {
                self.trace.push(Step::Stage { stage: *stage });
            }
            self.settled = self.wave;
            match stage {
                Stage::Validation => self.validate()?,
                _ if !self.decision.refusals.is_empty() => break,
                Stage::Workflow => self.workflow()?,
                Stage::Score => self.score_stage()?,
                Stage::Blueprint => self.blueprint_stage()?,
                Stage::Approval => self.approval_stage()?,
                Stage::Assignment => {}
            }
        }
        if !self.decision.refusals.is_empty() {
            self.refuse();
            return Ok(());
        }
        self.delete()?;
        self.rearm()
    }

    /// A change that is refused does nothing.
    fn refuse(&mut self) {
        self.world.undo();
        let Decision { effects, timers, scores, errors, fired, .. } = &mut self.decision;
        effects.clear();
        timers.clear();
        scores.clear();
        errors.clear();
        fired.clear();
        self.states.clear();
        self.deletions.clear();
    }

    fn workflow(&mut self) -> Result<(), NoClock> {
        match self.event.kind {
            EventKind::Due { timer, .. } => self.due(timer),
            EventKind::Scheduled { schedule, .. } => self.scheduled(schedule),
            EventKind::Manual { rule, .. } => match self.rule_named(rule, 0) {
                Some(id) => self.waves([(0, Cause::Pressed(id))]),
                None => Ok(()),
            },
            EventKind::Step { .. } => Ok(()),
            _ if self.event.kind.approval().is_some() => Ok(()),
            _ => self.waves([(0, Cause::Event)]),
        }
    }

    /// A rule of a record's module, by name.
    pub(super) fn rule_named(&self, name: &str, entity: usize) -> Option<RuleId> {
        let plan = self.automation.modules.get(self.world.entities.get(entity)?.module)?;
        let named = |id: &RuleId| {
            let rule = self.program.rules.get(id.0 as usize);
            rule.is_some_and(|rule| same_name(&rule.name, name))
        };
        plan.rules.iter().map(|rule| rule.id).find(named)
    }

    /// Does what a schedule says for the event's record, if its condition holds.
    fn scheduled(&mut self, name: &str) -> Result<(), NoClock> {
        let module = self.world.entities[0].module;
        let automation = self.automation;
        let program = self.program;
        let Some(modules) = automation.modules.get(module) else { return Ok(()) };
        let named = |plan: &&SchedulePlan| {
            program.schedules.get(plan.schedule).is_some_and(|s| same_name(&s.name, name))
        };
        let Some(plan) = modules.schedules.iter().find(named) else { return Ok(()) };
        let schedule = &program.schedules[plan.schedule];
        self.wave += 1;
        let Some(mut desk) = self.take_desk(module) else { return Ok(()) };
        let (record, before) = (self.world.view(0, Layer::Now), self.world.view(0, Layer::Prior));
        desk.judge(&record, &before);
        let holds = desk.holds(plan.root);
        self.put_desk(module, desk);
        if !holds {
            return Ok(());
        }
        self.decision.fired.push(schedule.name.clone());
        for (action, code) in schedule.actions.iter().zip(&plan.actions) {
            let at = At { name: &schedule.name, entity: 0, code: *code };
            self.perform(action, at)?;
        }
        let changed = self.end_wave();
        self.waves(changed.into_iter().map(|entity| (entity, Cause::Change)))
    }

    /// Settles waves until nothing changes any more.
    pub(super) fn waves(
        &mut self,
        first: impl IntoIterator<Item = (usize, Cause)>,
    ) -> Result<(), NoClock> {
        /// With chaining by depth, rules may go round; then this many waves are all.
        const MOST: u32 = 1000;
        let mut pending: Pending = first.into_iter().collect();
        while !pending.is_empty() && self.wave < MOST {
            self.wave += 1;
            if self.tracing {
                let records = pending.iter().map(|(at, _)| self.world.entities[*at].key.clone());
                self.trace.push(Step::Wave { number: self.wave, records: records.collect() });
            }
            let mut fires = SmallVec::new();
            for (entity, cause) in &pending {
                self.open_desk(self.world.entities[*entity].module)?;
                if self.world.entities[*entity].known {
                    self.consider(*entity, cause, &mut fires);
                } else if self.tracing {
                    let record = self.world.entities[*entity].key.clone();
                    self.trace.push(Step::Unknown { record });
                }
            }
            fires.sort_by_key(|fire| (self.rule_id(fire).0, fire.entity));
            for (name, actions, codes) in std::mem::take(&mut self.first) {
                for (action, code) in actions.iter().zip(codes) {
                    self.perform(action, At { name, entity: 0, code: *code })?;
                }
            }
            for fire in fires {
                self.fire(fire)?;
            }
            let changed = self.end_wave();
            pending = changed.into_iter().map(|entity| (entity, Cause::Change)).collect();
        }
        Ok(())
    }

    /// The id of the rule that fires.
    pub(super) fn rule_id(&self, fire: &Fire) -> RuleId {
        let module = self.world.entities[fire.entity].module;
        self.automation.modules[module].rules[fire.rule].id
    }

    /// The rule that fires.
    pub(super) fn rule(&self, fire: &Fire) -> &'e Rule {
        &self.program.rules[self.rule_id(fire).0 as usize]
    }

    /// Computes the scores that rules wait for, and lets them fire.
    fn score_stage(&mut self) -> Result<(), NoClock> {
        if matches!(self.event.kind, EventKind::Deleted { .. }) {
            return Ok(());
        }
        let mut pending = Pending::new();
        for entity in 0..self.world.entities.len() {
            let Some(plan) = self.automation.modules.get(self.world.entities[entity].module) else {
                continue;
            };
            if plan.watched.is_empty() || !self.world.entities[entity].known {
                continue;
            }
            let mut scores = Vec::new();
            for id in &plan.watched {
                let new = self.total(entity, *id, Layer::Now)?;
                let name = self.score_name(*id);
                let known = self.state(entity).and_then(|state| state.scores.get(&name).copied());
                let old = match (known, self.event.kind) {
                    (Some(known), _) => Some(known),
                    // Nothing was known of what an activity adds to.
                    (None, EventKind::Created { .. } | EventKind::Activity { .. }) => None,
                    (None, _) => Some(self.total(entity, *id, Layer::Before)?),
                };
                if known != Some(new) {
                    self.remember(entity).scores.insert(name, new);
                }
                scores.push((*id, old, new));
                self.show_score(entity, *id, old, new);
            }
            pending.push((entity, Cause::Scores(scores)));
        }
        if pending.is_empty() { Ok(()) } else { self.waves(pending) }
    }

    fn score_name(&self, id: ScoreId) -> String {
        self.program.scores.get(id.0 as usize).map(|score| score.name.clone()).unwrap_or_default()
    }

    /// Tells of a score that was computed.
    pub(super) fn show_score(
        &mut self,
        entity: usize,
        id: ScoreId,
        old: Option<Decimal>,
        new: Decimal,
    ) {
        let (record, score) = (self.world.entities[entity].key.clone(), self.score_name(id));
        let scores = &mut self.decision.scores;
        match scores.iter_mut().find(|known| known.record == record && known.score == score) {
            Some(known) => (known.old, known.new) = (known.old.or(old), new),
            None => scores.push(ScoreChange { record, score, old, new }),
        }
    }

    /// A score of a record.
    pub(super) fn total(
        &self,
        entity: usize,
        id: ScoreId,
        layer: Layer,
    ) -> Result<Decimal, NoClock> {
        let record = self.world.view(entity, layer);
        self.automation.total(self.program, id, &record, self.context.clock, self.strict)
    }

    /// Now, if the clock says.
    pub(super) fn now(&self) -> Result<Instant, NoClock> {
        self.context.clock.now.ok_or(NoClock)
    }

    /// Makes room to run the rules of a module.
    pub(super) fn open_desk(&mut self, module: usize) -> Result<(), NoClock> {
        if let (Some(desk @ None), Some(plan)) =
            (self.desks.get_mut(module), self.automation.modules.get(module))
        {
            *desk = Some(plan.desks.take(self.context.clock, self.strict)?);
        }
        Ok(())
    }

    /// The room of a module, to be put back.
    pub(super) fn take_desk(&mut self, module: usize) -> Option<Box<Desk>> {
        self.desks.get_mut(module).and_then(Option::take)
    }

    pub(super) fn put_desk(&mut self, module: usize, desk: Box<Desk>) {
        if let Some(place) = self.desks.get_mut(module) {
            *place = Some(desk);
        }
    }

    fn clear_desks(&mut self) {
        for (desk, plan) in self.desks.iter_mut().zip(&self.automation.modules) {
            if let Some(desk) = desk.take() {
                plan.desks.give_back(desk);
            }
        }
    }

    /// What is remembered of a record.
    pub(super) fn state(&self, entity: usize) -> Option<&RecordState> {
        self.states.get(&entity).or_else(|| self.known(entity))
    }

    /// What was remembered of it before the event.
    pub(super) fn known(&self, entity: usize) -> Option<&RecordState> {
        let Entity { key, memory, .. } = self.world.entities.get(entity)?;
        memory.get_or_init(|| self.context.state.of(key)).as_ref()
    }

    /// What is remembered of a record, to be changed.
    pub(super) fn remember(&mut self, entity: usize) -> &mut RecordState {
        if !self.states.contains_key(&entity) {
            let known = self.known(entity).cloned().unwrap_or_default();
            self.states.insert(entity, known);
        }
        self.states.entry(entity).or_default()
    }

    /// Whether a rule `une seule fois` has fired for a record.
    pub(super) fn has_fired(&self, entity: usize, rule: &str) -> bool {
        self.state(entity).is_some_and(|state| state.fired.contains(rule))
    }

    /// The decision.
    fn finish(mut self, has_id: bool) -> Decision {
        for entity in 0..self.world.entities.len() {
            let record = &self.world.entities[entity].key;
            for (write, old) in self.world.changes(entity) {
                self.decision.changes.push(FieldChange {
                    record: record.clone(),
                    field: write.field.key.names.first().cloned().unwrap_or_default(),
                    old: keep(old),
                    new: write.value.clone(),
                    rule: write.rule.unwrap_or_default().to_owned(),
                    personal: write.field.personal,
                });
            }
        }
        for (entity, state) in std::mem::take(&mut self.states) {
            let nothing = RecordState::default();
            let known = self.known(entity).unwrap_or(&nothing);
            if *known != state {
                let record = &self.world.entities[entity].key;
                let new = state.approvals.iter().filter(|one| !known.approvals.contains(one));
                let new = new.cloned().map(|request| (record.clone(), request));
                let new: Vec<_> =
                    new.map(|(record, request)| ApprovalChange { record, request }).collect();
                if entity == 0 && known.process != state.process {
                    self.decision.process.clone_from(&state.process);
                }
                self.decision.approvals.extend(new);
                self.decision.state.change(&self.world.entities[entity].key, &state);
            }
        }
        if has_id {
            self.decision.record = self.world.entities.into_iter().next().map(|first| first.key);
        }
        self.decision.trace = self.tracing.then_some(self.trace);
        self.decision
    }
}
