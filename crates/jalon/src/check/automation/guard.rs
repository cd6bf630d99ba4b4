//! The consent guard.

use crate::check::Checker;
use crate::check::scope::Scope;
use crate::checked::workflow::{Channel, Guard, WebhookId};
use crate::diagnostic::catalogue::AT_LEAST_ONE;
use crate::source::Span;
use crate::syntax::ast::{self, Name};

impl Checker<'_> {
    /// Checks a guard; `None` where its channel is none, which is reported.
    pub(super) fn guard(&mut self, span: Span, guard: &ast::Guard) -> Option<Guard> {
        let channel = match &guard.channel {
            ast::Channel::Email => Some(Channel::Email),
            ast::Channel::Alert => Some(Channel::Alert),
            ast::Channel::Webhook(name) => {
                self.webhook_id(name).map(|id| Channel::Webhook(WebhookId(id)))
            }
        };
        let name = Name { span: guard.span, text: self.text(guard.span), quoted: false };
        // Without a module and a criterion it is of every record.
        let scope = (guard.module.is_some() || guard.criterion.is_some())
            .then(|| self.scope_on(guard.module.as_ref(), &name));
        let condition =
            scope.as_ref().and_then(|scope| Some(self.criterion(scope, guard.criterion.as_ref()?)));
        if let Some((_, within)) = guard.at_most
            && within.count == 0
        {
            self.error(&AT_LEAST_ONE, within.span);
        }
        Some(Guard {
            span,
            source: self.text(span),
            channel: channel?,
            on: scope.as_ref().map(Scope::on).unwrap_or_default(),
            at_most: guard.at_most.map(|(count, within)| (count, (within.count, within.unit))),
            condition,
        })
    }
}
