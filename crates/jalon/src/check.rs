//! Documents → checked program: names resolved, types known, splits chosen, constants read.
//!
//! Everything wrong is reported, never only the first finding. Where a declaration has an error
//! the checked program holds a stand-in, so that checking goes on; such a program is not run.

mod aggregate;
mod approval;
mod automation;
mod blueprint;
mod calendars;
mod constant;
mod event;
mod expr;
mod inline;
mod items;
mod kind;
mod leaf;
mod lint;
mod modules;
mod pattern;
mod readings;
mod rule;
mod scope;
mod score;
mod split;
mod template;
#[cfg(test)]
mod tests;
mod window;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::checked::names::{DynamicShape, Names, fold};
use crate::checked::people::Somebody;
use crate::checked::readings::{Meaning, Readings};
use crate::checked::workflow::WebhookId;
use crate::checked::{CheckedProgram, Condition, Domain, Expr, On};
use crate::currency::Currencies;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::lang::Lang;
use crate::schema::{ModuleId, Schema};
use crate::source::{Sources, Span};
use crate::syntax::ast::{self, DeclarationKind};
use crate::syntax::language_of_head;
use crate::template::Format;

use readings::Noted;
use scope::Scope;

/// What a criterion given on its own is checked with.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The texts that its places point into.
    pub sources: &'a Sources,
    /// Whether it may compare a record before and after a change (`CHANGE`, `DEVIENT`).
    pub changes: bool,
    /// The `langue` line of the text, if there is one.
    pub lang: Option<Lang>,
}

/// Checks documents together; names declared in one are known in all.
pub fn check(documents: &[ast::Document], sources: &Sources) -> (CheckedProgram, Vec<Diagnostic>) {
    let (program, diagnostics, _) = noting(documents, sources, Noted::default());
    (program, diagnostics)
}

/// The same as [`check`], with what each name and value was taken for.
pub fn check_with_readings(
    documents: &[ast::Document],
    sources: &Sources,
) -> (CheckedProgram, Vec<Diagnostic>, Readings) {
    noting(documents, sources, Noted::wanted())
}

fn noting(
    documents: &[ast::Document],
    sources: &Sources,
    noted: Noted,
) -> (CheckedProgram, Vec<Diagnostic>, Readings) {
    let mut found = Findings::default();
    let built = modules::build(documents, sources, &mut found);
    let mut names = built.names;
    modules::constants(documents, &mut names, &mut found);
    let scores = score::declare(documents, &mut names, &mut found);
    let webhooks = rule::declare_webhooks(documents, &mut names, &mut found);
    let mut checker = Checker::new(sources, &built.schema, &names);
    checker.found = found;
    checker.noted = noted;
    checker.declarations_read(documents);
    checker.scores = scores;
    checker.webhooks = webhooks;
    checker.broken = modules::heads(sources, "module");
    checker.broken_webhooks = modules::heads(sources, "webhook");
    checker.formulas = built.formulas.into_iter().map(expr::Formula::Written).collect();
    checker.currencies_first(documents);
    checker.all_formulas();
    let mut program = CheckedProgram::default();
    for document in documents {
        checker.lang = document.lang;
        checker.last_lang = None;
        for declaration in &document.declarations {
            checker.declaration(declaration, &mut program);
        }
    }
    checker.all_approvals(documents, &mut program);
    checker.all_blueprints(documents, &mut program);
    checker.file_callers(&program);
    for document in documents {
        checker.lang = document.lang;
        for declaration in &document.declarations {
            checker.callers_known(declaration, &mut program);
        }
    }
    checker.score_cycles();
    program.formulas = checker.formulas.iter().filter_map(|f| f.expr().cloned()).collect();
    program.constants = modules::checked_constants(documents);
    let Checker { found, noted, new_names, shapes, people, .. } = checker;
    program.people = people;
    names.dynamic = new_names;
    names.shapes = shapes;
    program.schema = built.schema;
    program.names = names;
    let mut diagnostics = found.list;
    diagnostics.sort_by_key(|d| (d.span.source, d.span.start, d.span.end));
    (program, diagnostics, noted.finish())
}

/// Checks a criterion on its own against a program. Without a module, that is the only one
/// declared, or none: then its fields have no type.
pub fn criterion(
    program: &CheckedProgram,
    criterion: &ast::Criterion,
    module: Option<ModuleId>,
    context: Context<'_>,
) -> (Condition, Vec<Diagnostic>) {
    let (mut checker, scope) = alone(program, module, context);
    let condition = checker.criterion(&scope, criterion);
    (condition, checker.found.list)
}

/// Checks a text with fields on its own against a program, on the same terms as [`criterion`];
/// nothing comes of a text with errors.
pub fn template(
    program: &CheckedProgram,
    text: &ast::Name,
    format: Format,
    module: Option<ModuleId>,
    context: Context<'_>,
) -> (Option<Expr>, Vec<Diagnostic>) {
    let (mut checker, scope) = alone(program, module, context);
    let expr = checker.template_in(&scope, text, format);
    let mut found = checker.found.list;
    found.sort_by_key(|d| (d.span.start, d.span.end));
    (expr, found)
}

/// What checks something on its own, and what its names belong to.
fn alone<'a>(
    program: &'a CheckedProgram,
    module: Option<ModuleId>,
    context: Context<'a>,
) -> (Checker<'a>, Scope) {
    let mut checker = Checker::new(context.sources, &program.schema, &program.names);
    checker.lang = context.lang;
    checker.money.clone_from(&program.currencies);
    checker.changes = context.changes;
    checker.formulas = program.formulas.iter().map(expr::Formula::known).collect();
    let scope = match module.or_else(|| program.schema.only_module()) {
        Some(module) => Scope::record(module),
        None => Scope::on_module(On::Any),
    };
    (checker, scope)
}

/// The findings so far, and what is left to spend on suggestions.
#[derive(Debug)]
struct Findings {
    list: Vec<Diagnostic>,
    /// Comparisons left for "did you mean": a broken program with thousands of errors over
    /// thousands of names must not take forever.
    budget: usize,
}

impl Default for Findings {
    fn default() -> Findings {
        Findings { list: Vec::new(), budget: 300_000 }
    }
}

impl Findings {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// The declared name nearest to a misspelled one, while the budget lasts.
    fn near<'n>(
        &mut self,
        wrong: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        let length = wrong.chars().count();
        let mut seen = 0;
        let close = names.into_iter().take(self.budget).filter(|name| {
            seen += 1;
            let other = name.chars().count();
            length.abs_diff(other) * 3 <= length.max(other)
        });
        let close: Vec<&str> = close.collect();
        self.budget = self.budget.saturating_sub(close.len() + seen / 16);
        did_you_mean(wrong, close)
    }
}

/// The state of a check.
struct Checker<'a> {
    sources: &'a Sources,
    schema: &'a Schema,
    names: &'a Names,
    found: Findings,
    noted: Noted,
    /// Names of what is not declared, beyond those in `names`.
    new_names: FxHashMap<String, DynamicShape>,
    shapes: u32,
    formulas: Vec<expr::Formula<'a>>,
    scores: Vec<score::Declared>,
    /// The names of the webhooks, in order of declaration.
    webhooks: Vec<String>,
    /// The webhooks whose declaration has a syntax error.
    broken_webhooks: FxHashSet<String>,
    /// Which webhooks are called, and on records of what; each pair once.
    webhook_calls: Vec<(WebhookId, Scope)>,
    /// The same by what tells modules apart.
    called: FxHashSet<(WebhookId, On)>,
    /// The score whose lines are being checked, which may read other scores.
    in_score: Option<usize>,
    /// Whether operators on changes are allowed.
    changes: bool,
    lang: Option<Lang>,
    /// The modules whose declaration has a syntax error: their names are not unknown.
    broken: FxHashSet<String>,
    /// The undeclared modules already reported.
    reported: FxHashSet<String>,
    /// Regular expressions that are known to compile, or why they do not.
    regexes: FxHashMap<String, pattern::Verdict>,
    /// The declared currencies.
    money: Option<Currencies>,
    rules: rule::Rules,
    once: automation::Once,
    /// Whom the program names.
    people: Vec<Somebody>,
    /// The formulas being checked, each inside the one before.
    path: Vec<(u32, &'a ast::Name)>,
    /// How many parts of formulas may still be copied to where they are used.
    to_copy: usize,
    /// The language of the criteria so far, for those written with signs only.
    last_lang: Option<Lang>,
    /// How deep the expression at hand is nested.
    depth: u32,
}

impl<'a> Checker<'a> {
    fn new(sources: &'a Sources, schema: &'a Schema, names: &'a Names) -> Checker<'a> {
        Checker {
            sources,
            schema,
            names,
            found: Findings::default(),
            noted: Noted::default(),
            new_names: FxHashMap::default(),
            shapes: names.shapes,
            formulas: Vec::new(),
            scores: Vec::new(),
            webhooks: Vec::new(),
            broken_webhooks: FxHashSet::default(),
            webhook_calls: Vec::new(),
            called: FxHashSet::default(),
            in_score: None,
            changes: false,
            lang: None,
            broken: FxHashSet::default(),
            reported: FxHashSet::default(),
            regexes: FxHashMap::default(),
            money: None,
            rules: rule::Rules::default(),
            once: automation::Once::default(),
            people: Vec::new(),
            path: Vec::new(),
            to_copy: inline::MAX_COPIED,
            last_lang: None,
            depth: 0,
        }
    }

    /// The language of what is read: as its file says, as the last keyword was, or as most are.
    fn written_in(&self) -> Lang {
        let last = self.lang.or(self.last_lang);
        last.unwrap_or_else(|| Lang::of_texts(self.sources.texts()))
    }

    fn declaration(&mut self, declaration: &ast::Declaration, program: &mut CheckedProgram) {
        self.hear(declaration);
        match &declaration.kind {
            DeclarationKind::Module(_) | DeclarationKind::Constant(_) => {}
            DeclarationKind::Score(score) => {
                let score = self.score(score, program.scores.len());
                program.scores.push(score);
            }
            DeclarationKind::Rule(rule) => {
                let rule = self.rule(rule);
                program.rules.push(rule);
            }
            DeclarationKind::Verbatim(verbatim) => {
                let span = self.first_line(declaration.span);
                let note = Diagnostic::new(&crate::diagnostic::catalogue::KEPT_VERBATIM, span);
                self.found.push(note.arg(
                    "keyword",
                    self.sources.slice(span).split_whitespace().next().unwrap_or(&verbatim.keyword),
                ));
            }
            _ => self.around_rules(declaration, program),
        }
    }

    /// Notes the language of a declaration, where its first line says so.
    fn hear(&mut self, declaration: &ast::Declaration) {
        let head = self.sources.slice(self.first_line(declaration.span));
        self.last_lang = language_of_head(head).or(self.last_lang);
    }

    /// Reports a finding.
    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// A finding of a kind at a place, reported as it is.
    fn error(&mut self, code: &'static Code, span: Span) {
        self.found.push(Diagnostic::new(code, span));
    }

    /// The text of a place as one line.
    fn text(&self, span: Span) -> String {
        let text = self.sources.slice(span);
        if text.contains(['\n', '\t', '\u{a0}', '\u{202f}']) || text.contains("  ") {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            text.trim().to_owned()
        }
    }

    /// The part of a place on its first line.
    fn first_line(&self, span: Span) -> Span {
        let text = self.sources.slice(span);
        let line = text.lines().next().unwrap_or("").trim_end();
        Span { end: span.start + line.len() as u32, ..span }
    }

    /// The scope of a declaration `sur` a module, with the id of that module if it is declared.
    /// `name` and `span` are those of the declaration.
    fn scope_on(&mut self, module: Option<&ast::Name>, name: &ast::Name) -> Scope {
        use crate::diagnostic::catalogue::{
            MODULE_NEEDED, UNKNOWN_MODULE, UNVERIFIED_FIELDS, UNVERIFIED_MODULE,
        };
        let declared = self.schema.declared().next().is_some();
        let Some(written) = module else {
            if let Some(only) = self.schema.only_module() {
                return Scope::record(only);
            }
            if declared {
                let error = Diagnostic::new(&MODULE_NEEDED, name.span).arg("name", &name.text);
                self.report(error.arg("known", self.known_modules()));
                return Scope::on_module(On::Any);
            }
            if self.reported.insert(String::new()) {
                self.error(&UNVERIFIED_FIELDS, name.span);
            }
            return Scope::on_module(On::Any);
        };
        let module = self.names.module(&written.text);
        if let Some(module) = module {
            self.note(written.span, || Meaning::Module(module));
        }
        let open = |id| self.schema.module(id).is_none_or(|m| m.open);
        if let Some(module) = module.filter(|id| !open(*id)) {
            return Scope::record(module);
        }
        let folded = fold(&written.text);
        if self.broken.contains(&folded) {
            return Scope::on_module(On::named(&written.text));
        }
        if declared || !self.broken.is_empty() {
            let known = self.schema.declared();
            let known = known.flat_map(|(_, m)| std::iter::once(&m.name).chain(&m.aliases));
            let near = self.found.near(&written.text, known.map(String::as_str));
            let error = Diagnostic::new(&UNKNOWN_MODULE, written.span).arg("name", &written.text);
            self.report(error.arg("known", self.known_modules()).suggest(near));
            return Scope::on_module(On::Any);
        }
        if self.reported.insert(folded) {
            let note = Diagnostic::new(&UNVERIFIED_MODULE, written.span);
            self.report(note.arg("name", &written.text));
        }
        Scope::on_module(On::named(&written.text))
    }

    fn known_modules(&self) -> String {
        list(self.schema.declared().map(|(_, m)| m.name.as_str()))
    }

    /// The domain of a field, a formula's by its expression.
    fn domain_of(&mut self, field: &crate::schema::Field) -> Domain {
        match field.ty {
            crate::schema::FieldType::Formula(number) => self.formula_domain(number),
            ref ty => ty.domain(field.mode).unwrap_or(Domain::Dynamic),
        }
    }
}

/// Names in backticks, capped at five.
fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut out = String::new();
    for (i, name) in names.into_iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        if i == 5 {
            out.push('…');
            break;
        }
        out.push('`');
        out.push_str(name);
        out.push('`');
    }
    out
}

/// What stands for a criterion with errors: never true, and never run.
fn stand_in() -> Condition {
    Condition::Any(Vec::new())
}
