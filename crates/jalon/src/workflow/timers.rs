//! Timers: armed, moved, cancelled, due.

use super::act::At;
use super::cascade::{Cascade, Cause};
use super::compile::RulePlan;
use super::decision::TimerChange;
use super::event::EventKind;
use super::state::{Timer, TimerCause};
use super::trace::{Outcome, Step};
use super::world::Layer;
use crate::checked::workflow::{DateTrigger, Later, Rule, RuleId, TriggerKind};
use crate::eval::compare::same;
use crate::eval::functions::print;
use crate::lexicon::Unit;
use crate::value::fold::same_name;
use crate::value::typed::{self, Typed};
use crate::value::{
    Clock, Date, Instant, LocalDateTime, Moment, NoClock, Record, TimeOfDay, ValueRef,
};

impl<'e> Cascade<'e> {
    /// Fires a timer of the event's record, unless it has fired or was cancelled.
    pub(super) fn due(&mut self, id: &str) -> Result<(), NoClock> {
        let Some(timer) = self.state(0).and_then(|state| state.timer(id)).cloned() else {
            return Ok(());
        };
        if let TimerCause::Process { since, step } = &timer.cause {
            let (since, step) = (*since, step.clone());
            return self.step_due(timer, since, &step);
        }
        if let TimerCause::Approval { .. } = timer.cause {
            return self.approval_due(timer);
        }
        let rule = self.rule_named(&timer.rule, 0);
        let Some(rule) = rule.filter(|rule| self.still_waits(*rule, &timer.cause)) else {
            self.disarm(0, timer);
            return Ok(());
        };
        if self.has_moved(&timer.cause, rule) {
            // At the end of the cascade it is armed anew, or cancelled.
            return Ok(());
        }
        self.remember(0).timers.retain(|known| known.id != timer.id);
        self.tell(0, "done", timer.clone());
        match timer.cause {
            TimerCause::Date { trigger, .. } | TimerCause::Idle { trigger, .. } => {
                self.waves([(0, Cause::Due(rule, trigger as usize))])
            }
            TimerCause::Process { .. } | TimerCause::Approval { .. } => Ok(()),
            TimerCause::Later { branch, later, .. } => {
                self.do_later(rule, branch as usize, later as usize)?;
                let changed = self.end_wave();
                self.waves(changed.into_iter().map(|entity| (entity, Cause::Change)))
            }
        }
    }

    /// Whether a rule still has what one of its timers was armed for: it may have been edited since.
    fn still_waits(&self, rule: RuleId, cause: &TimerCause) -> bool {
        let rule = &self.program.rules[rule.0 as usize];
        let trigger = |index: u32| rule.triggers.get(index as usize).map(|trigger| &trigger.kind);
        match cause {
            TimerCause::Date { trigger: index, field, .. } => match trigger(*index) {
                Some(TriggerKind::Date(date)) => {
                    date.field.key.names.iter().any(|name| same_name(name, field))
                }
                _ => false,
            },
            TimerCause::Idle { trigger: index, .. } => {
                matches!(trigger(*index), Some(TriggerKind::Idle(..)))
            }
            TimerCause::Later { branch, later, .. } => {
                let branch = rule.branches.get(*branch as usize);
                branch.is_some_and(|branch| branch.later.len() > *later as usize)
            }
            TimerCause::Process { .. } | TimerCause::Approval { .. } => false,
        }
    }

    /// Whether the date that a timer waited for is another by now.
    fn has_moved(&self, cause: &TimerCause, rule: RuleId) -> bool {
        let TimerCause::Date { trigger, value, .. } = cause else { return false };
        let trigger = self.program.rules[rule.0 as usize].triggers.get(*trigger as usize);
        let Some(TriggerKind::Date(date)) = trigger.map(|trigger| &trigger.kind) else {
            return false;
        };
        let record = self.world.view(0, Layer::Now);
        let now = record.get(&date.field.key);
        let mut shown = String::new();
        print(now, &mut shown);
        !matches!(now, ValueRef::Absent) && shown != *value
    }

    /// Does the scheduled actions of a rule, if its condition still holds.
    fn do_later(&mut self, id: RuleId, branch: usize, index: usize) -> Result<(), NoClock> {
        let rule: &'e Rule = &self.program.rules[id.0 as usize];
        let module = self.world.entities[0].module;
        let plan = self.automation.modules[module].rules.iter().find(|plan| plan.id == id);
        let later = rule.branches.get(branch).and_then(|branch| branch.later.get(index));
        let (Some(plan), Some(later)) = (plan, later) else { return Ok(()) };
        self.wave += 1;
        self.open_desk(module)?;
        if later.recheck {
            let Some(mut desk) = self.take_desk(module) else { return Ok(()) };
            let holds = self.still_holds(&mut desk, plan, branch, 0);
            let why = (self.tracing && !holds)
                .then(|| self.why(rule, plan, branch, 0, &mut desk))
                .flatten();
            self.put_desk(module, desk);
            if !holds {
                if self.tracing {
                    let record = self.world.entities[0].key.clone();
                    let outcome = Outcome::Dropped { why };
                    self.trace.push(Step::Rule { rule: rule.name.clone(), record, outcome });
                }
                return Ok(());
            }
        }
        self.decision.fired.push(rule.name.clone());
        self.world.note_fired(0, id);
        for (action, code) in later.actions.iter().zip(&plan.branches[branch].later[index]) {
            self.perform(action, At { name: &rule.name, entity: 0, code: *code })?;
        }
        Ok(())
    }

    /// Arms the timer of `puis 3 jours après`.
    pub(super) fn arm_later(
        &mut self,
        entity: usize,
        (rule, plan): (&Rule, &RulePlan),
        branch: usize,
        index: usize,
        later: &Later,
    ) -> Result<(), NoClock> {
        let now = self.now()?;
        let due = moved(self.context.clock, Moment::Instant(now), later.after, later.at);
        let cause = TimerCause::Later { branch: branch as u32, later: index as u32, fired: now };
        let id = self.stamp(&rule.name, entity, &format!("t{}.{}", branch + 1, index + 1));
        self.arm(
            entity,
            Timer { id, due, rule: rule.name.clone(), rule_hash: plan.hash.clone(), cause },
        );
        Ok(())
    }

    /// Arms a timer, or moves the one of that id; one that stays as it is stays.
    pub(super) fn arm(&mut self, entity: usize, timer: Timer) {
        let known = self.state(entity).and_then(|state| state.timer(&timer.id));
        if known == Some(&timer) {
            return;
        }
        let change = if known.is_some() { "move" } else { "arm" };
        let timers = &mut self.remember(entity).timers;
        timers.retain(|known| known.id != timer.id);
        let place = timers.partition_point(|known| (known.due, &known.id) < (timer.due, &timer.id));
        timers.insert(place, timer.clone());
        self.tell(entity, change, timer);
    }

    pub(super) fn tell(&mut self, entity: usize, change: &'static str, timer: Timer) {
        let record = self.world.entities[entity].key.clone();
        self.decision.timers.push(TimerChange { record, change, timer });
    }

    /// Arms, moves and cancels the timers of date fields and of inactivity, at the end of a cascade.
    pub(super) fn rearm(&mut self) -> Result<(), NoClock> {
        if matches!(self.event.kind, EventKind::Deleted { .. }) {
            let timers = std::mem::take(&mut self.remember(0).timers);
            for timer in timers {
                self.tell(0, "cancel", timer);
            }
            *self.remember(0) = super::state::RecordState::default();
            return Ok(());
        }
        for entity in 0..self.world.entities.len() {
            let module = self.world.entities[entity].module;
            let automation = self.automation;
            let Some(plan) = automation.modules.get(module) else { continue };
            self.rearm_process(entity);
            if !self.world.entities[entity].known {
                continue;
            }
            for (rule, index) in &plan.timed {
                let plan = &plan.rules[*rule];
                let rule = &self.program.rules[plan.id.0 as usize];
                match &rule.triggers[*index].kind {
                    TriggerKind::Date(date) => {
                        self.rearm_date(entity, (rule, plan), *index, date)?;
                    }
                    TriggerKind::Idle(count, unit) => {
                        self.rearm_idle(entity, (rule, plan), *index, (*count, *unit))?;
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// The timer of a rule's trigger, if one is armed.
    fn armed(&self, entity: usize, rule: &Rule, index: usize) -> Option<Timer> {
        let of = |timer: &&Timer| {
            timer.rule == rule.name
                && matches!(
                    timer.cause,
                    TimerCause::Date { trigger, .. } | TimerCause::Idle { trigger, .. }
                        if trigger as usize == index
                )
        };
        self.state(entity)?.timers.iter().find(of).cloned()
    }

    fn rearm_date(
        &mut self,
        entity: usize,
        (rule, plan): (&Rule, &RulePlan),
        index: usize,
        trigger: &DateTrigger,
    ) -> Result<(), NoClock> {
        let armed = self.armed(entity, rule, index);
        let record = self.world.view(entity, Layer::Now);
        let now = self.now()?;
        let value = record.get(&trigger.field.key);
        if matches!(value, ValueRef::Absent) {
            // The record as it was given does not say: nothing is known to have changed.
            return Ok(());
        }
        let mut shown = String::new();
        print(value, &mut shown);
        let Typed::Value(moment) = typed::moment(value) else {
            if let Some(timer) = armed {
                self.disarm(entity, timer);
            }
            return Ok(());
        };
        let first = matches!(self.event.kind, EventKind::Created { .. });
        let before = self.world.view(entity, Layer::Before);
        let moved_now = first && entity == 0
            || !same(before.get(&trigger.field.key), value, self.context.clock.zone)
            || self.world.changes(entity).any(|(write, _)| write.field.key.is(&trigger.field.key));
        let due = due_of(self.context.clock, trigger, moment, now);
        if rule.repetition == crate::checked::workflow::Repetition::OnlyOnce
            && self.has_fired(entity, &rule.name)
        {
            return Ok(());
        }
        let cause = TimerCause::Date {
            trigger: index as u32,
            field: trigger.field.key.names.first().cloned().unwrap_or_default(),
            value: shown,
        };
        let rule_hash = plan.hash.clone();
        match armed {
            Some(timer) if timer.due == due && timer.cause == cause => {}
            // Due, and about to be fired: what comes back is armed then.
            Some(timer)
                if timer.due <= now && timer.cause == cause && timer.rule_hash == rule_hash => {}
            Some(timer) if due <= now => {
                let past = Timer { due, rule_hash, cause, ..timer.clone() };
                self.disarm(entity, timer);
                self.tell(entity, "past", past);
            }
            Some(timer) => {
                self.arm(entity, Timer { due, rule_hash, cause, ..timer });
            }
            None if due > now => {
                let id = self.stamp(&rule.name, entity, &format!("d{}", index + 1));
                self.arm(entity, Timer { id, due, rule: rule.name.clone(), rule_hash, cause });
            }
            None if moved_now => {
                let id = self.stamp(&rule.name, entity, &format!("d{}", index + 1));
                let timer = Timer { id, due, rule: rule.name.clone(), rule_hash, cause };
                self.tell(entity, "past", timer);
            }
            None => {}
        }
        Ok(())
    }

    pub(super) fn disarm(&mut self, entity: usize, timer: Timer) {
        self.remember(entity).timers.retain(|known| known.id != timer.id);
        self.tell(entity, "cancel", timer);
    }

    fn rearm_idle(
        &mut self,
        entity: usize,
        (rule, plan): (&Rule, &RulePlan),
        index: usize,
        after: (u32, Unit),
    ) -> Result<(), NoClock> {
        let touched = match self.event.kind {
            EventKind::Created { .. } | EventKind::Updated { .. } => entity == 0,
            _ => false,
        };
        if !touched && self.world.changes(entity).next().is_none() {
            return Ok(());
        }
        let now = self.now()?;
        let armed = self.armed(entity, rule, index);
        let due = moved(self.context.clock, Moment::Instant(now), after, None);
        let id = match armed {
            Some(timer) => timer.id,
            None => self.stamp(&rule.name, entity, &format!("i{}", index + 1)),
        };
        let cause = TimerCause::Idle { trigger: index as u32, since: now };
        self.arm(
            entity,
            Timer { id, due, rule: rule.name.clone(), rule_hash: plan.hash.clone(), cause },
        );
        Ok(())
    }
}

/// So long after a moment; at a time of day, if one is given.
fn moved(clock: &Clock, from: Moment, after: (u32, Unit), at: Option<TimeOfDay>) -> Instant {
    shifted(clock, from, i64::from(after.0), after.1, at)
}

fn shifted(clock: &Clock, from: Moment, count: i64, unit: Unit, at: Option<TimeOfDay>) -> Instant {
    let exact = matches!(unit, Unit::Minute | Unit::Hour | Unit::BusinessHour);
    let instant = match from {
        Moment::Date(date) if !exact => {
            let date = clock.shift_date(date, count, unit);
            return at_time(clock, date, at.unwrap_or(TimeOfDay::MIDNIGHT));
        }
        Moment::Date(date) => {
            let start = at_time(clock, date, at.unwrap_or(TimeOfDay::MIDNIGHT));
            return clock.shift_instant(start, count, unit);
        }
        other => clock.shift_instant(clock.zone.instant_of(other), count, unit),
    };
    match at {
        Some(at) => at_time(clock, clock.zone.date_at(instant), at),
        None => instant,
    }
}

fn at_time(clock: &Clock, date: Date, time: TimeOfDay) -> Instant {
    clock.zone.instant(LocalDateTime::new(date, time))
}

/// When a date trigger is due; one that comes back, the first time after now.
fn due_of(clock: &Clock, trigger: &DateTrigger, moment: Moment, now: Instant) -> Instant {
    let (count, unit) = trigger.offset.unwrap_or((0, Unit::Day));
    let due = |moment| shifted(clock, moment, count, unit, trigger.at);
    let first = due(moment);
    let months = match trigger.every {
        Some(Unit::Month) => 1,
        Some(Unit::Year) => 12,
        _ => return first,
    };
    if first > now {
        return first;
    }
    let (start, today) = (clock.zone.date_of(moment), clock.zone.date_at(now));
    let passed = i64::from(today.year() - start.year()) * 12 + i64::from(today.month())
        - i64::from(start.month());
    // From one period before today's: month ends, offsets and times of day move a date by less.
    let offset_months = match unit {
        Unit::Month => count,
        Unit::Year => count.saturating_mul(12),
        _ => 0,
    };
    let mut turn = ((passed - offset_months) / months - 2).max(1);
    loop {
        let Some(date) = start.plus_months(turn.saturating_mul(months)) else { return first };
        let again = match moment {
            Moment::Date(_) => Moment::Date(date),
            other => {
                let local = clock.zone.local(clock.zone.instant_of(other));
                Moment::Local(LocalDateTime::new(date, local.time()))
            }
        };
        let due = due(again);
        if due > now {
            return due;
        }
        turn += 1;
    }
}
