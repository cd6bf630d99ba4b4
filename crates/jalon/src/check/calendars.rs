//! Calendars by name, and the lengths of time that are counted by them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Checker;
use super::modules::heads;
use crate::checked::CheckedProgram;
use crate::checked::names::fold;
use crate::checked::readings::Meaning;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{AT_LEAST_ONE, NO_CALENDAR, UNKNOWN_CALENDAR};
use crate::lexicon::Unit;
use crate::source::Sources;
use crate::syntax::ast::{Lapse, Name};

/// The calendars that deadlines may name.
pub(super) struct Calendars {
    /// The index of each by folded name.
    by_name: FxHashMap<String, u32>,
    /// Those whose declaration has an error: their names are not unknown.
    broken: FxHashSet<String>,
}

impl Calendars {
    pub(super) fn new(sources: &Sources, program: &CheckedProgram) -> Calendars {
        let mut broken = heads(sources, "calendrier");
        broken.extend(heads(sources, "calendar"));
        let mut by_name = FxHashMap::default();
        for (index, calendar) in program.calendars.iter().enumerate() {
            by_name.entry(fold(&calendar.name)).or_insert(index as u32);
        }
        Calendars { by_name, broken }
    }
}

impl Checker<'_> {
    /// Reports lengths of nothing, and of worked time where no calendar says what that is.
    pub(super) fn lengths(
        &mut self,
        lapses: &[Lapse],
        calendar: Option<&Name>,
        calendars: &Calendars,
    ) {
        for lapse in lapses.iter().filter(|lapse| lapse.count == 0) {
            self.error(&AT_LEAST_ONE, lapse.span);
        }
        let business =
            |lapse: &&Lapse| matches!(lapse.unit, Unit::BusinessDay | Unit::BusinessHour);
        if let Some(lapse) = lapses.iter().find(business)
            && calendars.by_name.is_empty()
            && calendar.is_none()
        {
            self.error(&NO_CALENDAR, lapse.span);
        }
    }

    pub(super) fn calendar_named(&mut self, name: &Name, calendars: &Calendars) -> Option<u32> {
        let key = fold(&name.text);
        if let Some(found) = calendars.by_name.get(&key).copied() {
            self.note(name.span, || Meaning::Calendar(found));
            return Some(found);
        }
        if !calendars.broken.contains(&key) {
            let near = calendars.by_name.keys().map(String::as_str);
            let near = self.found.near(&key, near);
            let error = Diagnostic::new(&UNKNOWN_CALENDAR, name.span).arg("name", &name.text);
            self.report(error.suggest(near));
        }
        None
    }
}
