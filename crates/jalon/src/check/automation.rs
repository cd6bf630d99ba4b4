//! What stands around rules: validation, dependent fields, guards, chaining, the pipeline,
//! calendars, currencies, schedules, webhooks and tests.

mod calendar;
mod currencies;
mod dependency;
mod guard;
mod schedule;
mod settling;
mod test;
mod validation;
mod webhook;

use rustc_hash::FxHashMap;

use super::Checker;
use super::items::quote;
use super::modules::FIRST;
use super::scope::Scope;
use crate::checked::names::fold;
use crate::checked::readings::FieldId;
use crate::checked::workflow::WebhookId;
use crate::checked::{CheckedProgram, RuleId};
use crate::diagnostic::catalogue::{DECLARED_TWICE, NOTHING_SAID};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, DeclarationKind, Name};

/// Where what may be declared once was declared.
#[derive(Debug, Default)]
pub(super) struct Once {
    chaining: Option<Span>,
    pipeline: Option<Span>,
    currencies: Option<Span>,
    calendars: FxHashMap<String, Span>,
    schedules: FxHashMap<String, Span>,
    /// By module and name.
    tests: FxHashMap<(Option<String>, String), Span>,
    /// The rules of each folded name.
    rules: FxHashMap<String, Vec<RuleId>>,
    /// What the blueprints of each module, by its key, are made of.
    pub(super) blueprints: FxHashMap<Option<String>, Parts>,
    /// Whether the text has blueprints that could not be read.
    pub(super) unread_blueprints: bool,
    /// On records of what each webhook is called.
    calls: FxHashMap<WebhookId, Vec<Scope>>,
}

/// The names, the transitions and the states of the blueprints of a module, for the tests that name them.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// How many of them have an error: what they are made of is not known.
    pub(super) broken: u32,
    pub(super) names: Vec<String>,
    pub(super) transitions: Vec<String>,
    pub(super) states: Vec<String>,
    /// The field that holds the state, the first blueprint's.
    pub(super) field: Option<FieldId>,
}

impl Checker<'_> {
    /// Checks a declaration that names no rule and is called by none; what others name is
    /// checked by [`Checker::callers_known`].
    pub(super) fn around_rules(
        &mut self,
        declaration: &ast::Declaration,
        program: &mut CheckedProgram,
    ) {
        let span = declaration.span;
        match &declaration.kind {
            DeclarationKind::Validation(validation) => {
                let validation = self.validation(span, validation);
                program.validations.push(validation);
            }
            DeclarationKind::Dependency(dependency) => {
                program.dependencies.extend(self.dependency(span, dependency));
            }
            DeclarationKind::Guard(guard) => {
                program.guards.extend(self.guard(span, guard));
            }
            DeclarationKind::Chaining(chaining) => {
                self.only_one(span, |once| &mut once.chaining);
                program.chaining.get_or_insert(*chaining);
            }
            DeclarationKind::Pipeline(pipeline) => {
                self.only_one(span, |once| &mut once.pipeline);
                let stages = self.pipeline(span, pipeline);
                program.pipeline.get_or_insert(stages);
            }
            DeclarationKind::Calendar(calendar) => {
                program.calendars.extend(self.calendar(span, calendar));
            }
            DeclarationKind::Currencies(currencies) => {
                let checked = self.currencies(currencies);
                self.only_one(span, |once| &mut once.currencies);
                program.currencies = program.currencies.take().or(checked);
            }
            DeclarationKind::Schedule(schedule) => {
                program.schedules.extend(self.schedule(span, schedule));
            }
            _ => {}
        }
    }

    /// Files the rules by name, for the tests that name them, and the calls by webhook.
    pub(super) fn file_callers(&mut self, program: &CheckedProgram) {
        for (index, rule) in program.rules.iter().enumerate() {
            let named = self.once.rules.entry(fold(&rule.name)).or_default();
            named.push(RuleId(index as u32));
        }
        for (id, scope) in std::mem::take(&mut self.webhook_calls) {
            self.once.calls.entry(id).or_default().push(scope);
        }
    }

    /// Checks what depends on all rules: the texts of webhooks, on the records of the rules that
    /// call them, and tests.
    pub(super) fn callers_known(
        &mut self,
        declaration: &ast::Declaration,
        program: &mut CheckedProgram,
    ) {
        self.hear(declaration);
        match &declaration.kind {
            DeclarationKind::Webhook(webhook) => {
                let webhook = self.webhook(webhook, program.webhooks.len());
                program.webhooks.push(webhook);
            }
            DeclarationKind::Test(test) => {
                let test = self.test(test, program);
                program.tests.push(test);
            }
            _ => {}
        }
    }

    /// Reports a declaration that may stand once and is not the first.
    fn only_one(&mut self, span: Span, kept: impl FnOnce(&mut Once) -> &mut Option<Span>) {
        let line = self.first_line(span);
        let kept = kept(&mut self.once);
        let first = *kept.get_or_insert(line);
        self.declared_once(&DECLARED_TWICE, line, first);
    }

    /// Reports a place that is not the first of its name.
    fn declared_once(&mut self, code: &'static Code, here: Span, first: Span) {
        if here != first {
            let name = self.text(here);
            let name = name.trim_matches(['"', '«', '»']).trim();
            self.report(Diagnostic::new(code, here).arg("name", name).label(first, FIRST));
        }
    }

    /// The keyword of a declaration as the name of what has none.
    fn keyword(&self, span: Span) -> Name {
        let line = self.first_line(span);
        let text = self.sources.slice(line);
        let word = text.split_whitespace().next().unwrap_or(text);
        let span = Span { end: line.start + word.len() as u32, ..line };
        Name { span, text: word.to_owned(), quoted: false }
    }

    /// Warns of a declaration without lines.
    fn says_nothing(&mut self, span: Span) {
        let line = self.first_line(span);
        self.error(&NOTHING_SAID, line);
    }
}

/// A name for a fix, in quotes where it stood in quotes or could be misread without.
pub(super) fn spelled(name: &str, quoted: bool) -> String {
    let special = |c: char| ",:#()\"«»".contains(c);
    if quoted || name.contains(special) { quote(name) } else { name.to_owned() }
}
