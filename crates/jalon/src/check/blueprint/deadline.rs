//! How long states may last.

use super::{Around, Ground};
use crate::check::Checker;
use crate::check::modules::FIRST;
use crate::checked::blueprint::Deadline;
use crate::checked::names::fold;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    AT_LEAST_ONE, DEADLINE_AT_END, DEADLINE_TWICE, NO_CALENDAR, REMINDER_TOO_EARLY,
    UNKNOWN_CALENDAR,
};
use crate::lexicon::Unit;
use crate::syntax::ast::{self, Lapse, Name};

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
        for lapse in lapses.iter().filter(|lapse| lapse.count == 0) {
            self.error(&AT_LEAST_ONE, lapse.span);
        }
        let business =
            |lapse: &&Lapse| matches!(lapse.unit, Unit::BusinessDay | Unit::BusinessHour);
        if let Some(lapse) = lapses.iter().find(business)
            && around.calendars.is_empty()
            && written.calendar.is_none()
        {
            self.error(&NO_CALENDAR, lapse.span);
        }
        for (before, _) in &written.reminders {
            if before.unit == written.after.unit && before.count > written.after.count {
                self.error(&REMINDER_TOO_EARLY, before.span);
            }
        }
        let calendar = written.calendar.as_ref().and_then(|name| self.calendar_named(name, around));
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

    fn calendar_named(&mut self, name: &Name, around: &Around) -> Option<u32> {
        let key = fold(&name.text);
        if let Some(found) = around.calendars.get(&key) {
            return Some(*found);
        }
        if !around.broken_calendars.contains(&key) {
            let near = around.calendars.keys().map(String::as_str);
            let near = self.found.near(&key, near);
            let error = Diagnostic::new(&UNKNOWN_CALENDAR, name.span).arg("name", &name.text);
            self.report(error.suggest(near));
        }
        None
    }
}
