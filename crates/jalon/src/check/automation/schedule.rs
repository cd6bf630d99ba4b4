//! Schedules: when, which records in which order, and what is done to each.

use crate::check::Checker;
use crate::check::scope::Scope;
use crate::checked::names::fold;
use crate::checked::workflow::Schedule;
use crate::checked::{Domain, FieldRef};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{AT_LEAST_ONE, NOT_SORTABLE, SCHEDULE_TWICE};
use crate::source::Span;
use crate::syntax::ast::{self, Name};

impl Checker<'_> {
    pub(super) fn schedule(&mut self, span: Span, schedule: &ast::Schedule) -> Schedule {
        let key = fold(&schedule.name.text);
        let known = self.once.schedules.iter().find(|(name, _)| *name == key).map(|(_, at)| *at);
        match known {
            Some(first) => self.declared_twice(&SCHEDULE_TWICE, schedule.name.span, first),
            None => self.once.schedules.push((key, schedule.name.span)),
        }
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
        Schedule {
            name: schedule.name.text.clone(),
            span: schedule.name.span,
            when: schedule.when.text.clone(),
            at_most: schedule.at_most,
            module: scope.module(),
            open_module: scope.open_module().map(str::to_owned),
            sort,
            condition,
            actions,
        }
    }

    /// A field that records can be put in order by.
    fn sortable(&mut self, scope: &Scope, name: &Name) -> Option<FieldRef> {
        let Some(found) = self.resolve(scope, &name.text) else {
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
