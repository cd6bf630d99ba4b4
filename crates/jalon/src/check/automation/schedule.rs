//! Schedules: when, which records in which order, and what is done to each.

use crate::check::Checker;
use crate::check::scope::Scope;
use crate::checked::names::fold;
use crate::checked::workflow::Schedule;
use crate::checked::{Domain, FieldRef};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{AT_LEAST_ONE, BAD_RECURRENCE, NOT_SORTABLE, SCHEDULE_TWICE};
use crate::lang::Lang;
use crate::recurrence::Recurrence;
use crate::source::Span;
use crate::syntax::ast::{self, Name};

impl Checker<'_> {
    /// Checks a schedule; `None` where its recurrence cannot be read, which is reported.
    pub(super) fn schedule(&mut self, span: Span, schedule: &ast::Schedule) -> Option<Schedule> {
        let key = fold(&schedule.name.text);
        let first = *self.once.schedules.entry(key).or_insert(schedule.name.span);
        self.declared_once(&SCHEDULE_TWICE, schedule.name.span, first);
        let recurrence = self.recurrence(&schedule.when);
        let scope = self.scope_on(schedule.module.as_ref(), &schedule.name);
        if schedule.at_most == Some(0) {
            let line = self.first_line(schedule.module.as_ref().map_or(span, |m| m.span));
            self.error(&AT_LEAST_ONE, line);
        }
        let mut sort = Vec::with_capacity(schedule.sort.len());
        for key in &schedule.sort {
            let field = self.sortable(&scope, &key.field);
            sort.extend(field.map(|field| (field, key.descending)));
        }
        let condition = schedule.criterion.as_ref().map(|c| self.criterion(&scope, c));
        let actions = self.actions(&scope, &schedule.actions);
        if condition.is_none() {
            self.guard_deletes(&actions);
        }
        if schedule.actions.is_empty() {
            self.says_nothing(span);
        }
        Some(Schedule {
            name: schedule.name.text.clone(),
            span: schedule.name.span,
            when: schedule.when.text.clone(),
            recurrence: recurrence?,
            at_most: schedule.at_most,
            on: scope.on(),
            sort,
            condition,
            actions,
        })
    }

    /// `chaque jour à 19:00 sauf samedi, dimanche`; what is wrong stands inside the sentence.
    fn recurrence(&mut self, when: &Name) -> Option<Recurrence> {
        let error = match Recurrence::from_sentence(&when.text) {
            Ok(recurrence) => return Some(recurrence),
            Err(error) => error,
        };
        let range = error.range.start as u32..error.range.end as u32;
        let whole = self.sources.slice(when.span) != when.text || range.is_empty();
        let place = Span {
            start: when.span.start + range.start,
            end: when.span.start + range.end,
            ..when.span
        };
        let finding = Diagnostic::new(&BAD_RECURRENCE, if whole { when.span } else { place })
            .arg("why_fr", error.problem.message(Lang::Fr))
            .arg("why_en", error.problem.message(Lang::En));
        self.report(finding.suggest(error.suggestion.filter(|_| !whole)));
        None
    }

    /// A field that records can be put in order by.
    fn sortable(&mut self, scope: &Scope, name: &Name) -> Option<FieldRef> {
        let Some(found) = self.field(scope, name) else {
            self.unknown_field(scope, name);
            return None;
        };
        let computed = found.formula.is_some();
        if !computed && !matches!(found.field.domain, Domain::Records | Domain::Set(_)) {
            return Some(found.field);
        }
        let target = self.target(name, found.field.domain, found.declared);
        let ty = found.declared.map_or(target.keyword(), |field| field.ty.keyword(target.lang));
        let error = Diagnostic::new(&NOT_SORTABLE, name.span).arg("name", &name.text);
        self.report(error.arg("type", ty));
        None
    }
}
