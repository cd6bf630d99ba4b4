//! How long states may last.

use super::{Around, Ground};
use crate::check::Checker;
use crate::check::modules::FIRST;
use crate::checked::blueprint::Deadline;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{DEADLINE_AT_END, DEADLINE_TWICE, REMINDER_TOO_EARLY};
use crate::syntax::ast::{self, Lapse};

impl Checker<'_> {
    pub(super) fn deadlines(
        &mut self,
        ground: &mut Ground<'_>,
        deadlines: &[ast::Deadline],
        around: &Around,
    ) {
        for written in deadlines {
            let deadline = self.deadline(ground, written, around);
            let Some(id) = self.state_named(ground, &written.state) else { continue };
            let Some(state) = ground.states.get_mut(id.0 as usize) else { continue };
            if let Some(first) = &state.deadline {
                let error = Diagnostic::new(&DEADLINE_TWICE, written.span);
                self.report(error.arg("name", &state.name).label(first.span, FIRST));
                continue;
            }
            if state.is_end() {
                let warning = Diagnostic::new(&DEADLINE_AT_END, written.span);
                self.report(warning.arg("name", &state.name));
            }
            state.deadline = Some(deadline);
        }
    }

    fn deadline(
        &mut self,
        ground: &Ground<'_>,
        written: &ast::Deadline,
        around: &Around,
    ) -> Deadline {
        let lapses = std::iter::once(&written.after)
            .chain(written.reminders.iter().map(|(before, _)| before))
            .chain(written.escalations.iter().filter_map(|(after, _)| after.as_ref()));
        let lapses: Vec<Lapse> = lapses.copied().collect();
        self.lengths(&lapses, written.calendar.as_ref(), &around.calendars);
        for (before, _) in &written.reminders {
            if before.unit == written.after.unit && before.count > written.after.count {
                self.error(&REMINDER_TOO_EARLY, before.span);
            }
        }
        let calendar = written.calendar.as_ref();
        let calendar = calendar.and_then(|name| self.calendar_named(name, &around.calendars));
        let of = |lapse: &Lapse| (lapse.count, lapse.unit);
        let mut reminders = Vec::with_capacity(written.reminders.len());
        for (before, people) in &written.reminders {
            reminders.push((of(before), self.actors(&ground.scope, people)));
        }
        let mut escalations = Vec::with_capacity(written.escalations.len());
        for (after, people) in &written.escalations {
            escalations.push((after.as_ref().map(of), self.actors(&ground.scope, people)));
        }
        let after = of(&written.after);
        Deadline { span: written.span, after, calendar, reminders, escalations }
    }
}
