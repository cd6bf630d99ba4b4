//! The effects that actions ask for, made from a record.

use super::act::{At, Fault};
use super::cascade::Cascade;
use super::decision::EffectKind;
use super::people::Say;
use crate::checked::workflow::{Due, Meeting, Message, Task, WebhookId};
use crate::eval::value::Failure;
use crate::lexicon::Unit;
use crate::value::Value;

impl<'e> Cascade<'e> {
    pub(super) fn task(&mut self, task: &'e Task, at: &mut At<'e>) -> Result<EffectKind, Fault> {
        let subject = self.next_text(at)?;
        let due = match &task.due {
            Some(due) => self.due_value(due, at)?,
            None => Value::Empty,
        };
        let fields = self.settings(&task.settings, at)?;
        Ok(EffectKind::Task {
            subject,
            due,
            priority: task.priority,
            to: match &task.to {
                Some(to) => self.person(to, at)?,
                None => None,
            },
            done: task.done,
            fields,
        })
    }

    pub(super) fn meeting(
        &mut self,
        meeting: &'e Meeting,
        at: &mut At<'e>,
    ) -> Result<EffectKind, Fault> {
        let title = self.next_text(at)?;
        let start = self.due_value(&meeting.start, at)?;
        let fields = self.settings(&meeting.settings, at)?;
        let minutes = meeting.length.map(|(count, unit)| match unit {
            Unit::Minute => count,
            Unit::Hour | Unit::BusinessHour => count.saturating_mul(60),
            _ => count.saturating_mul(24 * 60),
        });
        let with = self.people(&meeting.with, Say::Name, at);
        Ok(EffectKind::Meeting { title, start, minutes, with, fields })
    }

    #[allow(clippy::type_complexity, reason = "the three parts of a message")]
    pub(super) fn message(
        &mut self,
        message: &'e Message,
        say: Say,
        at: &mut At<'e>,
    ) -> Result<(String, Vec<String>, Vec<(String, String)>), Fault> {
        let text = self.next_text(at)?;
        let fields = self.settings(&message.settings, at)?;
        let to = self.people(&message.to, say, at);
        if to.is_empty() && !message.to.is_empty() {
            return Err(Fault::NoRecipient);
        }
        Ok((text, to, fields))
    }

    fn settings(
        &mut self,
        settings: &'e [(String, crate::checked::Expr)],
        at: &mut At<'e>,
    ) -> Result<Vec<(String, String)>, Fault> {
        let mut texts = Vec::with_capacity(settings.len());
        for (key, _) in settings {
            texts.push((key.clone(), self.next_text(at)?));
        }
        Ok(texts)
    }

    pub(super) fn webhook(&mut self, id: WebhookId, at: &mut At<'e>) -> Result<EffectKind, Fault> {
        let webhook = &self.program.webhooks[id.0 as usize];
        let module = self.automation.on(self.world.entities[at.entity].module).module();
        let request = webhook.request(module).ok_or(Fault::Value(Failure::Wrong))?;
        let url = self.next_text(at)?;
        let headers = self.settings(&request.headers, at)?;
        let parameters = self.settings(&request.parameters, at)?;
        let body = request.body.as_ref().map(|_| self.next_text(at)).transpose()?;
        Ok(EffectKind::Webhook {
            name: webhook.name.clone(),
            method: webhook.method.as_str().to_owned(),
            url,
            headers,
            parameters,
            body,
        })
    }

    /// When something is due: a date for days, an instant for hours.
    fn due_value(&mut self, due: &'e Due, at: &mut At<'e>) -> Result<Value, Fault> {
        match due {
            Due::At(_) => Ok(self.next_value(at)?),
            Due::In(count, unit) => {
                let (clock, now) = (self.context.clock, self.now()?);
                let count = i64::from(*count);
                Ok(match unit {
                    Unit::Minute | Unit::Hour | Unit::BusinessHour => {
                        Value::Instant(clock.shift_instant(now, count, *unit))
                    }
                    _ => Value::Date(clock.shift_date(clock.zone.date_at(now), count, *unit)),
                })
            }
        }
    }
}
