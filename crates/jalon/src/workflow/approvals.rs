//! Approvals in a cascade: records submitted, votes, deadlines, and what is done then.

use smallvec::SmallVec;

use super::act::At;
use super::cascade::{Cascade, Cause};
use super::compile::ApprovalPlan;
use super::decision::{ActionError, EffectKind};
use super::event::EventKind;
use super::state::{Timer, TimerCause};
use super::trace::{Outcome, Step};
use super::world::Layer;
use crate::approval::{Approval, Ground, Notice, NoticeKind, Obstacle, Status};
use crate::checked::approval as checked;
use crate::checked::workflow::TriggerKind;
use crate::eval::compare::same;
use crate::lang::{colon, quoted};
use crate::schema::FieldType;
use crate::users::User;
use crate::value::fold::same_name;
use crate::value::{FieldKey, NoClock, Record, Value};

/// Which of a record's approvals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'e> {
    entity: usize,
    plan: &'e ApprovalPlan,
    declared: &'e checked::Approval,
}

/// In [`checked::Approval::actions`].
const SUBMITTED: usize = 0;

impl<'e> Cascade<'e> {
    /// The active approvals of a record's module.
    fn approvals_of(&self, entity: usize) -> impl Iterator<Item = Asked<'e>> + use<'e> {
        let (automation, program) = (self.automation, self.program);
        let module = self.world.entities.get(entity).map(|entity| entity.module);
        let module = module.and_then(|module| automation.modules.get(module));
        module.into_iter().flat_map(|module| &module.approvals).filter_map(move |plan| {
            let declared = program.approvals.get(plan.approval)?;
            Some(Asked { entity, plan, declared })
        })
    }

    /// The request of a record for an approval: the pending one, or the last.
    fn request(&self, entity: usize, name: &str) -> Option<&Approval> {
        let state = self.state(entity)?;
        state.approvals.iter().find(|request| same_name(&request.approval, name))
    }

    /// Submits every record that needs an approval and has none.
    pub(super) fn approval_stage(&mut self) -> Result<(), NoClock> {
        if matches!(self.event.kind, EventKind::Deleted { .. }) {
            return Ok(());
        }
        for entity in 0..self.world.entities.len() {
            if !self.world.entities[entity].known {
                continue;
            }
            for asked in self.approvals_of(entity) {
                if self.needs(asked)? {
                    self.submit(asked, None)?;
                }
            }
        }
        Ok(())
    }

    /// Whether a record is to be submitted by itself.
    fn needs(&mut self, asked: Asked<'e>) -> Result<bool, NoClock> {
        let Asked { entity, plan, declared } = asked;
        let answered = self.answered.contains(&(entity, plan.approval));
        if declared.inactive || declared.triggers.is_empty() || answered {
            return Ok(false);
        }
        let changed = self.world.changes(entity).next().is_some();
        let first = entity == 0;
        let created = first && matches!(self.event.kind, EventKind::Created { .. });
        let updated = (first && matches!(self.event.kind, EventKind::Updated { .. }))
            || (changed && !created);
        if !created && !updated {
            return Ok(false);
        }
        match self.request(entity, &declared.name) {
            Some(request) if request.is_pending() => return Ok(false),
            // Asked and answered: again only where something has changed that it is about.
            Some(_) if !plan.reads.iter().any(|field| self.differs_from(entity, &field.key)) => {
                return Ok(false);
            }
            _ => {}
        }
        let module = self.world.entities[entity].module;
        self.open_desk(module)?;
        let Some(mut desk) = self.take_desk(module) else { return Ok(false) };
        let (record, before) =
            (self.world.view(entity, Layer::Now), self.world.view(entity, Layer::Before));
        desk.judge(&record, &before);
        let trigger =
            declared.triggers.iter().enumerate().position(|(index, trigger)| match &trigger.kind {
                TriggerKind::Created => created,
                TriggerKind::Updated => updated,
                TriggerKind::CreatedOrUpdated => true,
                TriggerKind::Changed(fields) => {
                    updated && fields.iter().any(|field| self.differs_from(entity, &field.key))
                }
                TriggerKind::Criterion(_) => {
                    plan.triggers.get(index).copied().flatten().is_some_and(|root| desk.holds(root))
                }
                _ => false,
            });
        let holds = desk.holds(plan.root);
        if self.tracing {
            let condition = declared.condition.as_ref();
            let names = &self.program.names;
            let why = desk.explain(plan.root, condition, &record, &before, names);
            let source = trigger.and_then(|index| declared.triggers.get(index));
            let trigger = source.map(|trigger| trigger.source.clone()).unwrap_or_default();
            let outcome = match (source, holds) {
                (None, _) => Outcome::NotTriggered,
                (_, true) => Outcome::Fired { trigger, branch: 1, why },
                (_, false) => Outcome::NotHeld { trigger, why: why.into_iter().collect() },
            };
            let record = self.world.entities[entity].key.clone();
            self.trace.push(Step::Rule { rule: declared.name.clone(), record, outcome });
        }
        self.put_desk(module, desk);
        Ok(trigger.is_some() && holds)
    }

    /// Whether a field is not as it was before the event.
    fn differs_from(&self, entity: usize, key: &FieldKey) -> bool {
        let view = |layer| self.world.view(entity, layer);
        let (now, then) = (view(Layer::Now), view(Layer::Before));
        !same(now.get(key), then.get(key), self.context.clock.zone)
    }

    /// Submits a record: what is done on submission, then the first level is asked.
    fn submit(&mut self, asked: Asked<'e>, by: Option<&User>) -> Result<(), NoClock> {
        let before = self.request(asked.entity, &asked.declared.name).cloned();
        let mut request = self.on_ground(asked, |ground| ground.submit(by, before.as_ref()))?;
        self.wave += 1;
        let told = request.history.len().saturating_sub(1);
        self.act_on(asked, SUBMITTED)?;
        let notice = self.on_ground(asked, |ground| ground.next_level(&mut request))?;
        self.go_on(asked, request, notice, told)
    }

    /// Judges the conditions of an approval's levels on the record as it is now.
    fn on_ground<T>(
        &mut self,
        asked: Asked<'e>,
        ask: impl FnOnce(&Ground<'_>) -> T,
    ) -> Result<T, NoClock> {
        let Asked { entity, plan, declared } = asked;
        let now = self.now()?;
        let module = self.world.entities[entity].module;
        self.open_desk(module)?;
        let mut holds: SmallVec<[bool; 8]> = SmallVec::new();
        if let Some(mut desk) = self.take_desk(module) {
            desk.judge(
                &self.world.view(entity, Layer::Now),
                &self.world.view(entity, Layer::Before),
            );
            holds.extend(plan.levels.iter().map(|root| desk.holds(*root)));
            self.put_desk(module, desk);
        }
        let record = self.world.view(entity, Layer::Now);
        Ok(ask(&Ground {
            program: self.program,
            declared,
            content: &plan.content,
            holds: &holds,
            record: &record,
            users: self.context.users,
            clock: self.context.clock,
            now,
            lang: self.lang,
        }))
    }

    /// Keeps a request as it is now, tells whom it concerns, and where it has ended does what is
    /// done then. The rules see what that changes. `told` entries of its history are known.
    fn go_on(
        &mut self,
        asked: Asked<'e>,
        request: Approval,
        notice: Option<Notice>,
        told: usize,
    ) -> Result<(), NoClock> {
        let Asked { entity, plan, declared } = asked;
        self.answered.insert((entity, plan.approval));
        if !self.decision.fired.contains(&declared.name) {
            self.decision.fired.push(declared.name.clone());
        }
        if self.tracing {
            for entry in request.history.iter().skip(told) {
                let record = self.world.entities[entity].key.clone();
                let (approval, entry) = (declared.name.clone(), entry.clone());
                self.trace.push(Step::Approval { record, approval, entry });
            }
        }
        let status = request.status;
        if request.is_pending() && request.awaited().is_empty() {
            self.nobody_asked(asked, &request);
        }
        self.wait(asked, &request)?;
        if let Some(notice) = notice {
            self.notify(asked, &request, &notice);
        }
        self.keep(entity, request);
        match status {
            Status::Pending => {}
            Status::Approved => self.act_on(asked, 1)?,
            Status::Rejected => self.act_on(asked, 2)?,
            Status::Recalled => self.act_on(asked, 3)?,
        }
        let changed = self.end_wave();
        self.waves(changed.into_iter().map(|entity| (entity, Cause::Change)))
    }

    fn keep(&mut self, entity: usize, request: Approval) {
        let known = &mut self.remember(entity).approvals;
        let same = |known: &&mut Approval| same_name(&known.approval, &request.approval);
        match known.iter_mut().find(same) {
            Some(place) => *place = request,
            None => known.push(request),
        }
    }

    /// Says that a level asks nobody: the fields that name who approves are empty.
    fn nobody_asked(&mut self, asked: Asked<'e>, request: &Approval) {
        let level = (request.level as usize).checked_sub(1);
        let level = level.and_then(|index| asked.declared.levels.get(index));
        self.decision.errors.push(ActionError {
            rule: asked.declared.name.clone(),
            action: level.map(|level| level.source.clone()).unwrap_or_default(),
            reason: "no_recipient",
            values: Vec::new(),
        });
    }

    /// Does what an approval does on submission, approval, refusal or recall.
    fn act_on(&mut self, asked: Asked<'e>, section: usize) -> Result<(), NoClock> {
        let Asked { entity, plan, declared } = asked;
        let actions = declared.actions().into_iter().nth(section).unwrap_or_default();
        let codes = plan.actions.get(section).map_or(&[][..], Vec::as_slice);
        for (action, code) in actions.iter().zip(codes) {
            self.perform(action, At { name: &declared.name, entity, code: *code })?;
        }
        Ok(())
    }

    /// Tells those who are asked, reminded, or asked because others did not answer; not those of
    /// a role or a group who handed their vote to others.
    fn notify(&mut self, asked: Asked<'e>, request: &Approval, notice: &Notice) {
        let mut to = self.each_of(&notice.to);
        let users = self.context.users;
        to.retain(|name| users.named(name).is_none_or(|user| !request.seats_of(user).is_empty()));
        if to.is_empty() {
            return;
        }
        let (name, zone) = (&asked.declared.name, self.context.clock.zone);
        let mut text = match notice.kind {
            NoticeKind::Asked => self.lang.pick(
                format!("{name} : votre approbation est attendue"),
                format!("{name}: your approval is awaited"),
            ),
            NoticeKind::Reminded => self.lang.pick(
                format!("{name} : rappel, votre approbation est attendue"),
                format!("{name}: reminder, your approval is awaited"),
            ),
            NoticeKind::Escalated => self.lang.pick(
                format!("{name} : le délai est passé, à vous d'approuver"),
                format!("{name}: the deadline has passed, it is up to you to approve"),
            ),
        };
        let due = request.due.filter(|due| self.context.clock.now.is_some_and(|now| *due > now));
        if let Some(due) = due {
            let due = super::report::value(&Value::Instant(due), self.lang, zone);
            text += &self.lang.pick(format!(" avant le {due}"), format!(" before {due}"));
        }
        let kind = EffectKind::Alert { text, to, fields: Vec::new() };
        self.effect(&asked.declared.name, asked.entity, kind);
    }

    /// Those who are meant, each once: of a role, a group or a profile the users that are known.
    fn each_of(&self, to: &[String]) -> Vec<String> {
        let users = self.context.users;
        let mut all: Vec<String> = Vec::new();
        for who in to {
            let of = |has: &dyn Fn(&User) -> bool| -> Vec<String> {
                users.iter().filter(|user| has(user)).map(|user| user.name.to_string()).collect()
            };
            let members = match who.split_once(':') {
                Some(("role", role)) => of(&|user| user.has_role(role)),
                Some(("group", group)) => of(&|user| user.is_in(group)),
                Some(("profile", profile)) => of(&|user| user.has_profile(profile)),
                _ => Vec::new(),
            };
            let members = if members.is_empty() { vec![who.clone()] } else { members };
            for member in members {
                if !all.iter().any(|known| same_name(known, &member)) {
                    all.push(member);
                }
            }
        }
        all
    }

    /// Arms the timers of the level at hand, and cancels those of the levels before it.
    fn wait(&mut self, asked: Asked<'e>, request: &Approval) -> Result<(), NoClock> {
        let Asked { entity, plan, declared } = asked;
        let (level, since) = (request.level, request.since);
        let same =
            |known: &Approval| known.is_pending() && (known.level, known.since) == (level, since);
        if request.is_pending() && self.request(entity, &declared.name).is_some_and(same) {
            return Ok(());
        }
        let of_this = |timer: &&Timer| {
            matches!(timer.cause, TimerCause::Approval { .. })
                && same_name(&timer.rule, &declared.name)
        };
        let timers = self.state(entity).map_or(&[][..], |state| state.timers.as_slice());
        for timer in timers.iter().filter(of_this).cloned().collect::<Vec<Timer>>() {
            self.disarm(entity, timer);
        }
        let waiting = self.on_ground(asked, |ground| ground.waiting(request))?;
        for (number, waits) in waiting.into_iter().enumerate() {
            let id = self.stamp(&declared.name, entity, &format!("a{level}.{}", number + 1));
            let cause = TimerCause::Approval { level, since, lapse: waits.lapse };
            let (rule, rule_hash) = (declared.name.clone(), plan.content.clone());
            self.arm(entity, Timer { id, due: waits.at, rule, rule_hash, cause });
        }
        Ok(())
    }

    /// Something that a level of the event's record waited for is due.
    pub(super) fn approval_due(&mut self, timer: Timer) -> Result<(), NoClock> {
        let TimerCause::Approval { level, since, lapse } = timer.cause else { return Ok(()) };
        let asked = self.approvals_of(0).find(|asked| same_name(&asked.declared.name, &timer.rule));
        let request = self.request(0, &timer.rule).cloned();
        let request = request.filter(|request| {
            request.is_pending() && (request.level, request.since) == (level, since)
        });
        let (Some(asked), Some(mut request)) = (asked, request) else {
            self.disarm(0, timer);
            return Ok(());
        };
        self.remember(0).timers.retain(|known| known.id != timer.id);
        self.tell(0, "done", timer);
        let known = request.history.len();
        self.wave += 1;
        let notice = self.on_ground(asked, |ground| ground.lapse(&mut request, lapse))?;
        // Under levels that have changed since, nothing comes of it.
        if request.history.len() > known {
            self.go_on(asked, request, notice, known)
        } else {
            Ok(())
        }
    }

    /// Does what somebody wants of a request, or says everything that stands in the way.
    pub(super) fn answer(&mut self) -> Result<(), NoClock> {
        let (EventKind::Submit { approval: name, by, .. }
        | EventKind::Vote { approval: name, by, .. }
        | EventKind::Delegate { approval: name, by, .. }
        | EventKind::Recall { approval: name, by, .. }) = self.event.kind
        else {
            return Ok(());
        };
        let by = by.map(|by| self.context.users.named(&by.name).unwrap_or(by));
        let named = |asked: &Asked<'_>| same_name(&asked.declared.name, name);
        let Some(asked) = self.approvals_of(0).find(named) else { return Ok(()) };
        let request = self.request(0, name).cloned();
        if let EventKind::Submit { .. } = self.event.kind {
            return self.submit_by_hand(asked, request.as_ref(), by);
        }
        let Some(mut request) = request else {
            self.hinder(asked, &[Obstacle::NotPending { status: None }]);
            return Ok(());
        };
        let known = request.history.len();
        let kind = self.event.kind;
        let done = self.on_ground(asked, |ground| match kind {
            EventKind::Vote { verdict, comment, .. } => {
                ground.vote(&mut request, by, verdict, comment)
            }
            EventKind::Delegate { to, comment, .. } => {
                ground.delegate(&mut request, by, to, comment)
            }
            EventKind::Recall { comment, .. } => {
                ground.recall(&mut request, by, comment).map(|()| None)
            }
            _ => Ok(None),
        })?;
        match done {
            Ok(notice) => {
                self.wave += 1;
                self.go_on(asked, request, notice, known)
            }
            Err(obstacles) => {
                self.hinder(asked, &obstacles);
                Ok(())
            }
        }
    }

    fn submit_by_hand(
        &mut self,
        asked: Asked<'e>,
        request: Option<&Approval>,
        by: Option<&User>,
    ) -> Result<(), NoClock> {
        let mut obstacles = Vec::new();
        if asked.declared.inactive {
            obstacles.push(Obstacle::Inactive);
        }
        if request.is_some_and(Approval::is_pending) {
            obstacles.push(Obstacle::Pending);
        }
        let module = self.world.entities[0].module;
        self.open_desk(module)?;
        if let Some(mut desk) = self.take_desk(module) {
            desk.judge(&self.world.view(0, Layer::Now), &self.world.view(0, Layer::Before));
            if !desk.holds(asked.plan.root) {
                obstacles.push(Obstacle::NotNeeded);
            }
            self.put_desk(module, desk);
        }
        if obstacles.is_empty() {
            return self.submit(asked, by);
        }
        self.hinder(asked, &obstacles);
        Ok(())
    }

    /// Refuses the event, and says everything that stands in the way.
    fn hinder(&mut self, asked: Asked<'e>, obstacles: &[Obstacle]) {
        let name = quoted(&asked.declared.name, self.lang);
        for obstacle in obstacles {
            let message = obstacle.message(self.lang);
            let colon = colon(self.lang);
            self.refuse_with(None, format!("{name}{colon}{message}"), None);
        }
    }

    /// Refuses what the event changes of a record that is locked while a request is pending.
    pub(super) fn judge_locks(&mut self) {
        let deleted = matches!(self.event.kind, EventKind::Deleted { .. });
        for asked in self.approvals_of(0) {
            let Some(open) = &asked.declared.lock else { continue };
            let pending = self.request(0, &asked.declared.name);
            if pending.is_none_or(|request| !request.is_pending()) {
                continue;
            }
            let name = quoted(&asked.declared.name, self.lang);
            if deleted {
                let message = self.lang.pick(
                    format!("la fiche est verrouillée : {name} est en attente"),
                    format!("the record is locked: {name} is pending"),
                );
                self.refuse_with(None, message, None);
                continue;
            }
            for key in self.changed_fields() {
                if open.iter().any(|field| field.key.is(&key)) {
                    continue;
                }
                let field = key.names.first().cloned().unwrap_or_default();
                let message = self.lang.pick(
                    format!("{field} est verrouillé : {name} est en attente"),
                    format!("{field} is locked: {name} is pending"),
                );
                self.refuse_with(Some(field), message, None);
            }
        }
    }

    /// The fields of its record that the event changes, as far as they are declared or the
    /// program names them.
    fn changed_fields(&self) -> Vec<FieldKey> {
        let on = self.automation.on(self.world.entities[0].module);
        let declared = on.declared(&self.program.schema);
        let fields = declared.iter().flat_map(|module| &module.fields);
        let stored = fields.filter(|field| !matches!(field.ty, FieldType::Formula(_)));
        let mut keys: Vec<FieldKey> = stored.map(|field| field.key.clone()).collect();
        if declared.is_none() {
            let names = self.program.names.dynamic.get(on.open());
            let names = names.iter().flat_map(|shape| shape.slots.keys());
            keys.extend(names.map(|name| FieldKey::named([name.as_str()])));
        }
        keys.retain(|key| self.differs_from(0, key));
        keys
    }
}
