//! Tests: what happens, in a sensible order, and what is expected, by declared names.

mod expectation;
mod fields;
mod process;

use crate::check::Checker;
use crate::check::modules::FIRST;
use crate::check::scope::Scope;
use crate::checked::names::fold;
use crate::checked::readings::Meaning;
use crate::checked::workflow::{Step, StepKind, Test};
use crate::checked::{CheckedProgram, Rule, RuleId};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    CLOCK_GOES_BACK, CLOCK_SET_LATE, NO_RECORD_YET, NOT_A_FIXED_DATE, NOT_MANUAL, NOTHING_EXPECTED,
    NOTHING_HAPPENED, RECORD_TWICE, TEST_TWICE, UNKNOWN_RULE,
};
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::value::{LocalDateTime, Moment, TimeOfDay, TimeSpec, read};

/// How far a test has come.
#[derive(Default)]
struct Course {
    /// The clock, as local time, and where it was set.
    clock: Option<LocalDateTime>,
    /// Where the record was described.
    record: Option<Span>,
    /// Whether something happened.
    happened: bool,
    expects: bool,
}

impl Checker<'_> {
    pub(super) fn test(&mut self, test: &ast::Test, program: &CheckedProgram) -> Test {
        let scope = self.scope_on(test.module.as_ref(), &test.name);
        let key = (scope.on(), fold(&test.name.text));
        let first = *self.once.tests.entry(key).or_insert(test.name.span);
        self.declared_once(&TEST_TWICE, test.name.span, first);
        let mut course = Course::default();
        let mut steps = Vec::with_capacity(test.steps.len());
        for step in &test.steps {
            self.in_order(&mut course, step);
            let kind = self.step(&scope, &mut course, step, &program.rules);
            steps.extend(kind.map(|kind| {
                let source = self.text(step.span);
                Step { span: step.span, source, kind }
            }));
        }
        if !course.expects {
            let warning = Diagnostic::new(&NOTHING_EXPECTED, test.name.span);
            self.report(warning.arg("name", &test.name.text));
        }
        Test { name: test.name.text.clone(), span: test.name.span, on: scope.on(), steps }
    }

    /// Reports a step that comes too early or too late, and moves the course on.
    fn in_order(&mut self, course: &mut Course, step: &ast::Step) {
        use ast::StepKind;
        let line = self.first_line(step.span);
        match &step.kind {
            StepKind::On(_) if course.happened => self.error(&CLOCK_SET_LATE, line),
            StepKind::Given(_) | StepKind::Before(_) => {
                if let Some(first) = course.record {
                    let error = Diagnostic::new(&RECORD_TWICE, line);
                    self.report(error.label(first, FIRST));
                }
                course.record = Some(line);
                course.happened |= matches!(step.kind, StepKind::Given(_));
            }
            StepKind::After(_)
            | StepKind::Deleted
            | StepKind::Transition(..)
            | StepKind::Draft(..)
            | StepKind::Exit => {
                if course.record.is_none() {
                    let name = self.text(line);
                    self.report(Diagnostic::new(&NO_RECORD_YET, line).arg("name", name));
                }
                course.happened = true;
            }
            StepKind::Event(..) | StepKind::Manual(_) | StepKind::Then(_) => {
                course.happened = true;
            }
            StepKind::Expect(_) => {
                if !course.happened {
                    self.error(&NOTHING_HAPPENED, line);
                }
                course.expects = true;
            }
            StepKind::On(_) | StepKind::As(..) | StepKind::Related(..) => {}
        }
    }

    fn step(
        &mut self,
        scope: &Scope,
        course: &mut Course,
        step: &ast::Step,
        rules: &[Rule],
    ) -> Option<StepKind> {
        use ast::StepKind as Written;
        Some(match &step.kind {
            Written::On(date) => StepKind::On(self.clock(course, date)?),
            Written::Then(date) => StepKind::Then(self.clock(course, date)?),
            Written::As(user, belongs) => StepKind::As(process::who(user, belongs)),
            Written::Given(fields) => StepKind::Given(self.given(scope, fields)),
            Written::Before(fields) => StepKind::Before(self.given(scope, fields)),
            Written::After(fields) => StepKind::After(self.given(scope, fields)),
            Written::Related(name, fields) => {
                let (field, inside) = self.related_record(scope, name)?;
                StepKind::Related(field, self.given(&inside, fields))
            }
            Written::Event(name, fields) => {
                let (id, _) = self.event_id(name);
                let inside = fields::event_scope(scope);
                StepKind::Event(id, self.given(&inside, fields))
            }
            Written::Deleted => StepKind::Deleted,
            Written::Manual(name) => {
                let id = self.rule_named(scope, name, rules)?;
                let manual = rules.get(id.0 as usize).is_none_or(|rule| {
                    let manual = |t: &crate::checked::workflow::Trigger| {
                        matches!(t.kind, crate::checked::workflow::TriggerKind::Manual)
                    };
                    rule.triggers.iter().any(manual)
                });
                if !manual {
                    let error = Diagnostic::new(&NOT_MANUAL, name.span);
                    self.report(error.arg("name", &name.text));
                }
                StepKind::Manual(id)
            }
            Written::Transition(name, given) => {
                let given = self.handed(scope, given);
                StepKind::Transition(self.tested_transition(scope, name)?, given)
            }
            Written::Draft(name, given) => {
                let given = self.handed(scope, given);
                StepKind::Draft(self.tested_transition(scope, name)?, given)
            }
            Written::Exit => StepKind::Exit,
            Written::Expect(expectation) => {
                StepKind::Expect(self.expectation(scope, &expectation.kind, rules)?)
            }
        })
    }

    /// A date with or without a time, later than the one before it.
    fn clock(&mut self, course: &mut Course, date: &Name) -> Option<TimeSpec> {
        let (spec, local) = self.date_of_test(date)?;
        if let (Some(before), Some(now)) = (course.clock, local)
            && now < before
        {
            self.error(&CLOCK_GOES_BACK, date.span);
        }
        course.clock = local.or(course.clock);
        Some(spec)
    }

    /// A date of a test, and its local time where it has no offset.
    fn date_of_test(&mut self, date: &Name) -> Option<(TimeSpec, Option<LocalDateTime>)> {
        let Some(moment) = read::moment(&date.text) else {
            let error = Diagnostic::new(&NOT_A_FIXED_DATE, date.span);
            self.report(error.arg("value", &date.text));
            return None;
        };
        if let Some(warning) = self.slash_warning(date) {
            self.report(warning);
        }
        Some(match moment {
            Moment::Date(date) => {
                (TimeSpec::Day(date), Some(LocalDateTime::new(date, TimeOfDay::MIDNIGHT)))
            }
            Moment::Local(local) => (TimeSpec::Local(local), Some(local)),
            Moment::Instant(instant) => (TimeSpec::Instant(instant), None),
        })
    }

    /// A rule by name: of the test's module, else the only one so named of another.
    fn rule_named(&mut self, scope: &Scope, name: &Name, rules: &[Rule]) -> Option<RuleId> {
        let here =
            |id: &&RuleId| rules.get(id.0 as usize).is_some_and(|rule| rule.on == scope.on());
        let named = self.once.rules.get(&fold(&name.text)).map_or(&[][..], Vec::as_slice);
        if let Some(id) = named.iter().find(here).or(named.first()).copied() {
            self.note(name.span, || Meaning::Rule(id));
            return Some(id);
        }
        let near = self.found.near(&name.text, rules.iter().map(|rule| rule.name.as_str()));
        let near = near.map(|near| super::spelled(&near, name.quoted));
        let error = Diagnostic::new(&UNKNOWN_RULE, name.span).arg("name", &name.text);
        self.report(error.suggest(near));
        None
    }
}
