//! Doing what a rule says, action by action.

use std::borrow::Cow;

use super::cascade::Cascade;
use super::compile::RulePlan;
use super::decision::{ActionError, Effect, EffectKind};
use super::event::EventKind;
use super::fire::Fire;
use super::people::Say;
use super::trace::{Outcome, Step};
use super::world::Layer;
use crate::checked::ScoreId;
use crate::checked::workflow::{Action, ActionKind, Channel};
use crate::desk::{Desk, keep};
use crate::eval::functions::print;
use crate::eval::value::Failure;
use crate::value::{NoClock, Value, ValueRef};

/// Why an action cannot be done.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// An expression has no value.
    Value(Failure),
    /// A fraction for a field of whole numbers.
    NotWhole,
    /// A reference names no record.
    NoRecord,
    /// Nobody is meant: the fields that say who are empty, or nobody has the role.
    NoRecipient,
    /// The state of a record in a process, written plainly.
    InProcess,
    /// Something reads the clock and there is none.
    NoClock,
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Fault {
        Fault::Value(failure)
    }
}

impl From<NoClock> for Fault {
    fn from(_: NoClock) -> Fault {
        Fault::NoClock
    }
}

/// The rule at work, and the next of its expressions.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'e> {
    /// Of the rule or the schedule.
    pub(super) name: &'e str,
    pub(super) entity: usize,
    pub(super) code: usize,
}

impl<'e> Cascade<'e> {
    /// Does what a rule says for a record.
    pub(super) fn fire(&mut self, fire: Fire) -> Result<(), NoClock> {
        let (rule, id) = (self.rule(&fire), self.rule_id(&fire));
        let module = self.world.entities[fire.entity].module;
        let plan = &self.automation.modules[module].rules[fire.rule];
        self.world.note_fired(fire.entity, id);
        self.decision.fired.push(rule.name.clone());
        if rule.repetition == crate::checked::workflow::Repetition::OnlyOnce {
            self.remember(fire.entity).fired.insert(rule.name.clone());
        }
        let (branch, codes) = (&rule.branches[fire.branch], &plan.branches[fire.branch]);
        for (action, code) in branch.actions.iter().zip(&codes.actions) {
            let at = At { name: &rule.name, entity: fire.entity, code: *code };
            if matches!(action.kind, ActionKind::Delete) {
                self.deletions.push((fire, fire.branch));
                continue;
            }
            self.perform(action, at)?;
        }
        for (index, later) in branch.later.iter().enumerate() {
            self.arm_later(fire.entity, (rule, plan), fire.branch, index, later)?;
        }
        Ok(())
    }

    /// Does one action, or says why it cannot be done.
    pub(super) fn perform(&mut self, action: &'e Action, at: At<'e>) -> Result<(), NoClock> {
        match self.try_perform(action, at) {
            Ok(()) => Ok(()),
            Err(Fault::NoClock) => Err(NoClock),
            Err(fault) => {
                let values = match fault {
                    Fault::Value(Failure::Wrong) => self.wrong_values(action, at.entity),
                    _ => Vec::new(),
                };
                self.decision.errors.push(ActionError {
                    rule: at.name.to_owned(),
                    action: action.source.clone(),
                    reason: match fault {
                        Fault::Value(Failure::Arithmetic) => "arithmetic",
                        Fault::NotWhole => "not_whole",
                        Fault::NoRecord => "no_record",
                        Fault::NoRecipient => "no_recipient",
                        Fault::InProcess => "in_process",
                        Fault::Value(Failure::Wrong) | Fault::NoClock => "wrong_type",
                    },
                    values,
                });
                Ok(())
            }
        }
    }

    fn try_perform(&mut self, action: &'e Action, mut at: At<'e>) -> Result<(), Fault> {
        let kind = match &action.kind {
            ActionKind::Update(update) => return self.update(update, &mut at),
            ActionKind::Score(score) => return self.score(*score, &at),
            ActionKind::Task(task) => self.task(task, &mut at)?,
            ActionKind::Email(message) => {
                let (template, to, fields) = self.message(message, Say::Address, &mut at)?;
                if self.is_held_back(&Channel::Email, action, &at)? {
                    return Ok(());
                }
                EffectKind::Email { template, to, fields }
            }
            ActionKind::Alert(message) => {
                let (text, to, fields) = self.message(message, Say::Name, &mut at)?;
                if self.is_held_back(&Channel::Alert, action, &at)? {
                    return Ok(());
                }
                EffectKind::Alert { text, to, fields }
            }
            ActionKind::Webhook(id) => {
                if self.is_held_back(&Channel::Webhook(*id), action, &at)? {
                    return Ok(());
                }
                self.webhook(*id, &mut at)?
            }
            ActionKind::Function { name, arguments } => {
                let arguments = arguments.iter().map(|_| self.next_value(&mut at));
                let arguments = arguments.collect::<Result<_, _>>()?;
                EffectKind::Function { name: name.clone(), arguments }
            }
            ActionKind::Convert(modules) => EffectKind::Convert { modules: modules.clone() },
            ActionKind::Create { module, fields } => {
                let mut values = Vec::with_capacity(fields.len());
                for (name, _) in fields {
                    values.push((name.clone(), self.next_value(&mut at)?));
                }
                EffectKind::Create { into: module.clone(), fields: values }
            }
            ActionKind::Tag(tags) => EffectKind::Tag { tags: tags.clone() },
            ActionKind::Untag(tags) => EffectKind::Untag { tags: tags.clone() },
            ActionKind::Assign(actor) => {
                let to = self.person(actor, &at)?.ok_or(Fault::NoRecipient)?;
                EffectKind::Assign { to }
            }
            ActionKind::Meeting(meeting) => self.meeting(meeting, &mut at)?,
            ActionKind::Delete => EffectKind::Delete,
        };
        self.effect(at.name, at.entity, kind);
        Ok(())
    }

    /// Adds an effect.
    pub(super) fn effect(&mut self, rule: &'e str, entity: usize, kind: EffectKind) {
        let record = self.world.entities[entity].key.clone();
        let next = self.ordinals.entry((rule, entity)).or_default();
        let ordinal = std::mem::replace(next, *next + 1);
        let id = self.stamp(rule, entity, &ordinal.to_string());
        self.decision.effects.push(Effect { id, rule: rule.to_owned(), record, kind });
    }

    /// An id that is the same for the same event, rule and record. A host may name the event of a
    /// timer by the timer's id: those of timers that arm the next do not grow.
    pub(super) fn stamp(&self, rule: &str, entity: usize, ordinal: &str) -> String {
        let key = &self.world.entities[entity].key;
        let parts = [rule, &key.module, &key.id];
        let length = parts.map(str::len).iter().sum::<usize>() + self.event.id.len();
        let mut id = String::with_capacity(length + ordinal.len() + parts.len() + 1);
        match self.event.kind {
            EventKind::Due { timer, .. } if timer == self.event.id => {
                id.push_str(&descendant(timer));
            }
            _ => escape_part(self.event.id, &mut id),
        }
        for part in parts {
            id.push('/');
            escape_part(part, &mut id);
        }
        id.push('/');
        id.push_str(ordinal);
        id
    }

    /// Lends the value of the next expression.
    fn next<T>(
        &mut self,
        at: &mut At<'e>,
        take: impl FnOnce(ValueRef<'_>) -> T,
    ) -> Result<T, Failure> {
        let module = self.world.entities[at.entity].module;
        let automation = self.automation;
        let code = &automation.modules[module].codes[at.code];
        at.code += 1;
        let Some(mut desk) = self.take_desk(module) else { return Err(Failure::Wrong) };
        let (record, before) =
            (self.world.view(at.entity, Layer::Now), self.world.view(at.entity, Layer::Prior));
        let value = desk.value(code, &record, &before, take);
        self.put_desk(module, desk);
        value
    }

    pub(super) fn next_value(&mut self, at: &mut At<'e>) -> Result<Value, Failure> {
        self.next(at, keep)
    }

    pub(super) fn next_text(&mut self, at: &mut At<'e>) -> Result<String, Failure> {
        self.next(at, |value| {
            let mut text = String::new();
            print(value, &mut text);
            text
        })
    }

    /// `score N`: the field of that name, if there is one, gets the total.
    fn score(&mut self, id: ScoreId, at: &At<'e>) -> Result<(), Fault> {
        let total = self.total(at.entity, id, Layer::Now)?;
        self.show_score(at.entity, id, None, total);
        let module = self.world.entities[at.entity].module;
        if let Some(field) = self.automation.modules[module].score_field(id) {
            self.write(at.entity, Cow::Borrowed(field), Value::Number(total), Some(at.name));
        }
        Ok(())
    }

    /// Deletes the records that rules have asked to delete, where the rule still holds at the end.
    pub(super) fn delete(&mut self) -> Result<(), NoClock> {
        for (fire, branch) in std::mem::take(&mut self.deletions) {
            let rule = self.rule(&fire);
            let module = self.world.entities[fire.entity].module;
            let plan: &RulePlan = &self.automation.modules[module].rules[fire.rule];
            self.open_desk(module)?;
            let Some(mut desk) = self.take_desk(module) else { continue };
            let still = self.still_holds(&mut desk, plan, branch, fire.entity);
            if still {
                self.effect(&rule.name, fire.entity, EffectKind::Delete);
            } else if self.tracing {
                let why = self.why(rule, plan, branch, fire.entity, &mut desk);
                let record = self.world.entities[fire.entity].key.clone();
                let outcome = Outcome::Dropped { why };
                self.trace.push(Step::Rule { rule: rule.name.clone(), record, outcome });
            }
            self.put_desk(module, desk);
        }
        Ok(())
    }

    /// Whether a condition holds of a record as it is now.
    pub(super) fn still_holds(
        &self,
        desk: &mut Desk,
        plan: &RulePlan,
        branch: usize,
        entity: usize,
    ) -> bool {
        let (record, before) =
            (self.world.view(entity, Layer::Now), self.world.view(entity, Layer::Prior));
        desk.judge(&record, &before);
        plan.branches.get(branch).is_some_and(|branch| desk.holds(branch.root))
    }
}

/// A part of an id, so that `/` and `~` stand between parts only.
fn escape_part(part: &str, id: &mut String) {
    if !part.bytes().any(|byte| matches!(byte, b'%' | b'/' | b'~')) {
        return id.push_str(part);
    }
    for c in part.chars() {
        match c {
            '%' => id.push_str("%25"),
            '/' => id.push_str("%2F"),
            '~' => id.push_str("%7E"),
            c => id.push(c),
        }
    }
}

/// What a timer's own event is called in the ids that it gives: the event that began it all and a
/// hash of the timer's id, so that timers which arm timers do not grow longer and longer ids.
fn descendant(timer: &str) -> String {
    let first = timer.split('/').next().unwrap_or(timer);
    let origin = first.split('~').next().unwrap_or(first);
    // FNV-1a, of 64 bits.
    let hash = timer.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{origin}~{hash:016x}")
}
