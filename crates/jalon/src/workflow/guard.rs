//! The consent guard: what must hold before anybody is written to.

use super::act::{At, Fault};
use super::cascade::Cascade;
use super::trace::Step;
use super::world::Layer;
use crate::checked::workflow::{Action, Channel};
use crate::lexicon::Unit;
use crate::value::Instant;

impl<'e> Cascade<'e> {
    /// Whether a guard holds a message back; if none does, it counts as sent.
    pub(super) fn is_held_back(
        &mut self,
        channel: &Channel,
        action: &Action,
        at: &At<'e>,
    ) -> Result<bool, Fault> {
        let module = self.world.entities[at.entity].module;
        let automation = self.automation;
        let plan = &automation.modules[module];
        let program = self.program;
        let guards =
            plan.guards.iter().filter(|(guard, _)| program.guards[*guard].channel == *channel);
        let mut longest: Option<(u32, Unit)> = None;
        for (guard, root) in guards {
            let guard = &program.guards[*guard];
            if guard.condition.is_some() {
                self.open_desk(module)?;
                let Some(mut desk) = self.take_desk(module) else { return Ok(true) };
                let (record, before) = (
                    self.world.view(at.entity, Layer::Now),
                    self.world.view(at.entity, Layer::Prior),
                );
                desk.judge(&record, &before);
                let holds = desk.holds(*root);
                let why = (!holds && self.tracing)
                    .then(|| {
                        let names = &program.names;
                        desk.explain(*root, guard.condition.as_ref(), &record, &before, names)
                    })
                    .flatten();
                self.put_desk(module, desk);
                if !holds {
                    self.guarded(at, action, &guard.source, None, why);
                    return Ok(true);
                }
            }
            if let Some((most, lapse)) = guard.at_most {
                let sent = self.sent_since(channel, at.entity, lapse)?;
                if sent >= most {
                    self.guarded(at, action, &guard.source, Some(sent), None);
                    return Ok(true);
                }
                let from = |(count, unit): (u32, Unit)| self.back(count, unit);
                let longer = match longest {
                    Some(other) => from(lapse)? < from(other)?,
                    None => true,
                };
                if longer {
                    longest = Some(lapse);
                }
            }
        }
        if let Some((count, unit)) = longest {
            let (from, now) = (self.back(count, unit)?, self.now()?);
            let sent = self.remember(at.entity).sent.entry(name(channel, program)).or_default();
            sent.retain(|sent| *sent > from);
            sent.push(now);
        }
        Ok(false)
    }

    /// The instant so long before now.
    fn back(&self, count: u32, unit: Unit) -> Result<Instant, Fault> {
        Ok(self.context.clock.shift_instant(self.now()?, -i64::from(count), unit))
    }

    fn sent_since(
        &self,
        channel: &Channel,
        entity: usize,
        (count, unit): (u32, Unit),
    ) -> Result<u32, Fault> {
        let from = self.back(count, unit)?;
        let sent = self.state(entity).and_then(|s| s.sent.get(&name(channel, self.program)));
        Ok(sent.map_or(0, |sent| sent.iter().filter(|sent| **sent > from).count() as u32))
    }

    fn guarded(
        &mut self,
        at: &At<'e>,
        action: &Action,
        guard: &str,
        sent: Option<u32>,
        why: Option<crate::eval::Node>,
    ) {
        if self.tracing {
            self.trace.push(Step::Guarded {
                rule: at.name.to_owned(),
                action: action.source.clone(),
                guard: guard.to_owned(),
                sent,
                why,
            });
        }
    }
}

/// A channel's name in the state.
fn name(channel: &Channel, program: &crate::checked::CheckedProgram) -> String {
    match channel {
        Channel::Email => "email".to_owned(),
        Channel::Alert => "alert".to_owned(),
        Channel::Webhook(id) => {
            let webhook = program.webhooks.get(id.0 as usize);
            format!("webhook {}", webhook.map_or("", |webhook| webhook.name.as_str()))
        }
    }
}
