//! Triggers: what a rule waits for.

use crate::check::Checker;
use crate::check::event::labels;
use crate::check::items::quote;
use crate::check::kind::keyword;
use crate::check::scope::{Found, Scope};
use crate::check::window::in_hours;
use crate::checked::workflow::{DateTrigger, Trigger, TriggerKind};
use crate::checked::{Domain, FieldRef, ScoreId};
use crate::diagnostic::catalogue::{
    AMBIGUOUS_TRIGGER, AT_LEAST_ONE, FORMULA_TRIGGER, HOURS_ON_DATE, LIST_TRIGGER, LISTEN,
    NOT_A_DATE_FIELD, NOT_A_NUMBER, OTHER_RECORD_TRIGGER, QUALIFY, QUOTE, SCHEDULE_AS_TRIGGER,
    UNKNOWN_TRIGGER, UNREADABLE_TIME,
};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::lexicon::{EVENT_TYPES, event_type};
use crate::recurrence::Recurrence;
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::value::{TimeOfDay, read};

impl<'a> Checker<'a> {
    /// Checks a trigger; `None` where it has an error, which is reported.
    pub(in crate::check) fn trigger(
        &mut self,
        scope: &Scope,
        trigger: &ast::Trigger,
    ) -> Option<Trigger> {
        use ast::TriggerKind as Written;
        let kind = match &trigger.kind {
            Written::Created => TriggerKind::Created,
            Written::Updated => TriggerKind::Updated,
            Written::CreatedOrUpdated => TriggerKind::CreatedOrUpdated,
            Written::Deleted => TriggerKind::Deleted,
            Written::Manual => TriggerKind::Manual,
            Written::Changed(fields) => {
                let fields: Vec<Option<FieldRef>> =
                    fields.iter().map(|name| self.changed(scope, name)).collect();
                TriggerKind::Changed(fields.into_iter().collect::<Option<_>>()?)
            }
            Written::Criterion(criterion) => {
                TriggerKind::Criterion(self.criterion(scope, criterion))
            }
            Written::Date(date) => self.date_or_event(scope, trigger.span, date)?,
            Written::Score { score, rising, threshold } => {
                let module = scope.module_key();
                let score = self.known_score(score, module.as_deref()).map(ScoreId);
                let threshold = self.threshold(threshold);
                TriggerKind::Score { score: score?, rising: *rising, threshold: threshold? }
            }
            Written::Event(name) if name.quoted => TriggerKind::Event(self.event_id(name).0),
            Written::Event(name) => {
                let date =
                    ast::DateTrigger { field: name.clone(), offset: None, at: None, every: None };
                self.date_or_event(scope, trigger.span, &date)?
            }
            Written::Idle(lapse) => {
                if lapse.count == 0 {
                    self.error(&AT_LEAST_ONE, lapse.span);
                }
                TriggerKind::Idle(lapse.count, lapse.unit)
            }
        };
        Some(Trigger { span: trigger.span, source: self.text(trigger.span), kind })
    }

    /// A field whose changes are listened to.
    fn changed(&mut self, scope: &Scope, name: &Name) -> Option<FieldRef> {
        let Some(found) = self.field(scope, name) else {
            self.unknown_field(scope, name);
            return None;
        };
        self.waited_for(scope, name, found).map(|found| found.field)
    }

    /// A field that is saved with the record: what is computed is not, nor are other records.
    fn waited_for(&mut self, scope: &Scope, name: &Name, found: Found<'a>) -> Option<Found<'a>> {
        let code = if found.formula.is_some() {
            &FORMULA_TRIGGER
        } else if found.field.domain == Domain::Records {
            &LIST_TRIGGER
        } else if found.is_far() && !scope.is_dynamic(self) {
            &OTHER_RECORD_TRIGGER
        } else {
            return Some(found);
        };
        self.trigger_error(code, name, &found)
    }

    fn trigger_error<T>(
        &mut self,
        code: &'static Code,
        name: &Name,
        found: &Found<'a>,
    ) -> Option<T> {
        let lang = self.written_in();
        let ty = match found.declared {
            Some(field) => field.ty.keyword(lang),
            None => keyword(found.field.domain, lang),
        };
        let error = Diagnostic::new(code, name.span).arg("name", &name.text).arg("type", ty);
        let error = if code == &NOT_A_DATE_FIELD {
            let words = lang.pick("modifié", "changed");
            let text = format!("{} {words}", self.text(name.span));
            error.fix(Fix::replace(&LISTEN, name.span, &text))
        } else {
            error
        };
        self.report(error);
        None
    }

    /// A date of the record, or an event whose bare name stands alone.
    fn date_or_event(
        &mut self,
        scope: &Scope,
        clause: Span,
        date: &ast::DateTrigger,
    ) -> Option<TriggerKind> {
        let name = &date.field;
        let alone = date.offset.is_none() && date.at.is_none() && date.every.is_none();
        let event = event_type(&name.text).filter(|_| alone && !name.quoted);
        let dynamic = scope.is_dynamic(self);
        let field = if dynamic { None } else { self.field(scope, name) };
        match (event, field) {
            (None, None) if self.is_schedule(clause) => None,
            (Some(_), Some(_)) => {
                self.ambiguous_trigger(scope, name);
                None
            }
            (Some(event), None) => Some(TriggerKind::Event(event.to_owned())),
            (None, Some(found)) => self.date(scope, date, found).map(TriggerKind::Date),
            (None, None) if dynamic => {
                let found = self.field(scope, name)?;
                self.date(scope, date, found).map(TriggerKind::Date)
            }
            (None, None) if alone => {
                self.unknown_trigger(scope, name);
                None
            }
            (None, None) => {
                self.unknown_field(scope, name);
                None
            }
        }
    }

    /// Reports a time at which schedules run.
    fn is_schedule(&mut self, clause: Span) -> bool {
        let text = self.text(clause);
        let recurs = Recurrence::from_sentence(&text).is_ok();
        if recurs {
            self.report(Diagnostic::new(&SCHEDULE_AS_TRIGGER, clause).arg("name", text));
        }
        recurs
    }

    fn ambiguous_trigger(&mut self, scope: &Scope, name: &Name) {
        let error = Diagnostic::new(&AMBIGUOUS_TRIGGER, name.span).arg("name", &name.text);
        let mut error = error.fix(Fix::replace(&QUOTE, name.span, &quote(&name.text)));
        if let Some(module) = scope.module().and_then(|module| self.schema.module(module)) {
            let qualified = format!("{}.{}", module.name, name.text);
            error = error.fix(Fix::replace(&QUALIFY, name.span, &qualified));
        }
        self.report(error);
    }

    fn unknown_trigger(&mut self, scope: &Scope, name: &Name) {
        let (module, field) = self.nearest_field(scope, &name.text);
        let events =
            EVENT_TYPES.iter().flat_map(|event| std::iter::once(event.id).chain(labels(event)));
        let near = match field {
            Some(field) => Some(field),
            None => self.found.near(&name.text, events),
        };
        let error = Diagnostic::new(&UNKNOWN_TRIGGER, name.span).arg("name", &name.text);
        let error = error.arg("module", module).suggest(near);
        self.report(error.fix(Fix::replace(&QUOTE, name.span, &quote(&name.text))));
    }

    fn date(
        &mut self,
        scope: &Scope,
        date: &ast::DateTrigger,
        found: Found<'a>,
    ) -> Option<DateTrigger> {
        let name = &date.field;
        let found = self.waited_for(scope, name, found)?;
        if !matches!(found.field.domain, Domain::Date | Domain::DateTime | Domain::Dynamic) {
            return self.trigger_error(&NOT_A_DATE_FIELD, name, &found);
        }
        let field = found.field;
        let at = match &date.at {
            Some(at) => Some(self.time_of_day(at)?),
            None => None,
        };
        let offset = match &date.offset {
            Some(offset) => {
                let lapse = offset.lapse;
                if field.domain == Domain::Date && at.is_none() && in_hours(lapse.unit) {
                    let lang = self.written_in();
                    let error = Diagnostic::new(&HOURS_ON_DATE, lapse.span);
                    let error = error.arg("name", &name.text);
                    self.report(error.arg("unit", lapse.unit.word(lang)));
                    return None;
                }
                let count = i64::from(lapse.count);
                Some((if offset.after { count } else { -count }, lapse.unit))
            }
            None => None,
        };
        Some(DateTrigger { field, offset, at, every: date.every })
    }

    /// A time of day as written.
    pub(in crate::check) fn time_of_day(&mut self, name: &Name) -> Option<TimeOfDay> {
        let time = read::time_of_day(&name.text);
        if time.is_none() {
            let error = Diagnostic::new(&UNREADABLE_TIME, name.span);
            self.report(error.arg("name", &name.text));
        }
        time
    }

    fn threshold(&mut self, name: &Name) -> Option<rust_decimal::Decimal> {
        let Ok(reading) = read::read_number(&name.text) else {
            let error = Diagnostic::new(&NOT_A_NUMBER, name.span).arg("value", &name.text);
            self.report(error.arg("name", "score"));
            return None;
        };
        if let Some(warning) = crate::check::constant::three_decimals(name, &reading) {
            self.report(warning);
        }
        Some(reading.value)
    }
}
