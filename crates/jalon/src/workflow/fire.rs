//! Which rules fire: triggers, conditions, repetition, chaining.

use smallvec::SmallVec;

use super::cascade::{Cascade, Cause};
use super::compile::RulePlan;
use super::event::EventKind;
use super::trace::{Held, Outcome, Step};
use super::world::{Layer, View};
use crate::checked::workflow::{Chaining, Repetition, Rule, TriggerKind};
use crate::desk::Desk;
use crate::eval::compare::same;
use crate::value::Record;

/// A rule that is to act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fire {
    /// Its place among the rules of its module.
    pub(super) rule: usize,
    pub(super) entity: usize,
    pub(super) branch: usize,
}

/// What comes of a rule for a record.
#[derive(Clone, Copy, Debug)]
enum Verdict {
    NotTriggered,
    NotHeld { trigger: usize },
    Held { branch: usize, because: Held },
    Fires { trigger: usize, branch: usize },
}

/// What the triggers of a rule are asked with.
struct Asked<'a> {
    desk: &'a Desk,
    plan: &'a RulePlan,
    record: View<'a>,
    before: View<'a>,
    cause: &'a Cause,
}

impl Cascade<'_> {
    /// The rules that fire for a record, in source order.
    pub(super) fn consider(
        &mut self,
        entity: usize,
        cause: &Cause,
        fires: &mut SmallVec<[Fire; 8]>,
    ) {
        let module = self.world.entities[entity].module;
        let automation = self.automation;
        let Some(plan) = automation.modules.get(module) else { return };
        if plan.rules.is_empty() {
            return;
        }
        let Some(mut desk) = self.take_desk(module) else { return };
        let (record, before) =
            (self.world.view(entity, Layer::Now), self.world.view(entity, Layer::Prior));
        if plan.needs_before && self.is_change(cause) {
            desk.judge_before(&before);
        }
        let (is_alone, ended) = (self.world.entities.len() == 1, self.world.ended);
        if is_alone && desk.judged == Some((entity, ended.wrapping_sub(1))) {
            desk.judge_again(&record, &before, &|key| self.world.is_written(entity, key));
        } else {
            desk.judge(&record, &before);
        }
        desk.judged = Some((entity, ended));
        // Most conditions do not hold; without a trace nothing more is asked then.
        for (index, holds) in plan.holding(&desk, self.tracing) {
            let rule_plan = &plan.rules[index];
            let Some(rule) = self.program.rules.get(rule_plan.id.0 as usize) else { continue };
            if cause.excludes(rule_plan.id) {
                continue;
            }
            let verdict = self.verdict(rule, rule_plan, (entity, cause), holds, &desk);
            if let Verdict::Fires { branch, .. } = verdict {
                fires.push(Fire { rule: index, entity, branch });
            }
            if self.tracing {
                let outcome = self.outcome(rule, rule_plan, entity, verdict, &mut desk);
                self.say(rule, entity, outcome);
            }
        }
        self.put_desk(module, desk);
    }

    fn say(&mut self, rule: &Rule, entity: usize, outcome: Outcome) {
        let record = self.world.entities[entity].key.clone();
        self.trace.push(Step::Rule { rule: rule.name.clone(), record, outcome });
    }

    /// What comes of a rule; the record was judged, and this of its conditions is the first that
    /// holds.
    fn verdict(
        &self,
        rule: &Rule,
        plan: &RulePlan,
        (entity, cause): (usize, &Cause),
        holds: Option<usize>,
        desk: &Desk,
    ) -> Verdict {
        let asked = Asked {
            desk,
            plan,
            record: self.world.view(entity, Layer::Now),
            before: self.world.view(entity, Layer::Prior),
            cause,
        };
        let Some(trigger) = self.triggered(rule, &asked) else { return Verdict::NotTriggered };
        let Some(branch) = holds else { return Verdict::NotHeld { trigger } };
        match self.held(rule, plan, branch, entity, cause, desk) {
            None => Verdict::Fires { trigger, branch },
            Some(because) => Verdict::Held { branch, because },
        }
    }

    /// The same, explained.
    fn outcome(
        &self,
        rule: &Rule,
        plan: &RulePlan,
        entity: usize,
        verdict: Verdict,
        desk: &mut Desk,
    ) -> Outcome {
        let source = |trigger: usize| {
            rule.triggers.get(trigger).map(|trigger| trigger.source.clone()).unwrap_or_default()
        };
        match verdict {
            Verdict::NotTriggered => Outcome::NotTriggered,
            Verdict::NotHeld { trigger } => {
                let why =
                    (0..plan.branches.len()).filter_map(|i| self.why(rule, plan, i, entity, desk));
                Outcome::NotHeld { trigger: source(trigger), why: why.collect() }
            }
            Verdict::Held { branch, because } => {
                let chained = matches!(because, Held::OncePerEvent | Held::Depth);
                let would_change = chained && self.would_change(rule, plan, branch, entity, desk);
                Outcome::Held { because, would_change }
            }
            Verdict::Fires { trigger, branch } => Outcome::Fired {
                trigger: source(trigger),
                branch: branch as u32 + 1,
                why: self.why(rule, plan, branch, entity, desk),
            },
        }
    }

    /// Why one of its conditions holds or does not.
    pub(super) fn why(
        &self,
        rule: &Rule,
        plan: &RulePlan,
        branch: usize,
        entity: usize,
        desk: &mut Desk,
    ) -> Option<crate::eval::Node> {
        let condition = rule.branches.get(branch)?.condition.as_ref();
        let (record, before) =
            (self.world.view(entity, Layer::Now), self.world.view(entity, Layer::Prior));
        desk.explain(
            plan.branches.get(branch)?.root,
            condition,
            &record,
            &before,
            &self.program.names,
        )
    }

    /// Why a rule that holds does not act.
    fn held(
        &self,
        rule: &Rule,
        plan: &RulePlan,
        branch: usize,
        entity: usize,
        cause: &Cause,
        desk: &Desk,
    ) -> Option<Held> {
        let changed = self.is_change(cause);
        match rule.repetition {
            Repetition::OnlyOnce if self.has_fired(entity, &rule.name) => {
                return Some(Held::FiredBefore);
            }
            Repetition::OnEntering
                if changed && plan.branches.get(branch).is_some_and(|b| desk.held(b.root)) =>
            {
                return Some(Held::HeldBefore);
            }
            _ => {}
        }
        let wave = self.wave.saturating_sub(self.settled);
        match self.automation.chaining {
            Chaining::Once => self.world.has_fired(entity, plan.id).then_some(Held::OncePerEvent),
            Chaining::None => (wave > 1).then_some(Held::Depth),
            Chaining::Depth(most) => (wave > most.saturating_add(1)).then_some(Held::Depth),
        }
    }

    fn is_change(&self, cause: &Cause) -> bool {
        match cause {
            Cause::Change => true,
            Cause::Event => matches!(self.event.kind, EventKind::Updated { .. }) || self.passed,
            _ => false,
        }
    }

    /// The first trigger that is set off.
    fn triggered(&self, rule: &Rule, asked: &Asked<'_>) -> Option<usize> {
        let kind = &self.event.kind;
        let first = matches!(asked.cause, Cause::Event);
        let created = first && matches!(kind, EventKind::Created { .. });
        let updated = self.is_change(asked.cause);
        rule.triggers.iter().enumerate().position(|(index, trigger)| match &trigger.kind {
            TriggerKind::Created => created,
            TriggerKind::Updated => updated,
            TriggerKind::CreatedOrUpdated => created || updated,
            TriggerKind::Deleted => first && matches!(kind, EventKind::Deleted { .. }),
            TriggerKind::Changed(fields) => {
                updated
                    && fields.iter().any(|field| {
                        let (now, then) =
                            (asked.record.get(&field.key), asked.before.get(&field.key));
                        !same(now, then, self.context.clock.zone)
                    })
            }
            TriggerKind::Criterion(_) => {
                (created || updated)
                    && asked
                        .plan
                        .triggers
                        .get(index)
                        .copied()
                        .flatten()
                        .is_some_and(|root| asked.desk.holds(root))
            }
            TriggerKind::Event(id) => first && self.activity.as_deref() == Some(id.as_str()),
            TriggerKind::Manual => matches!(asked.cause, Cause::Pressed(_)),
            TriggerKind::Score { score, rising, threshold } => {
                asked.cause.crossed(*score, *rising, *threshold)
            }
            TriggerKind::Date(_) | TriggerKind::Idle(..) => asked.cause.is_due(index),
        })
    }
}
