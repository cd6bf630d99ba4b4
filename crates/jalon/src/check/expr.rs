//! Expressions: what each part is and what it gives.

use super::Checker;
use super::items::quote;
use super::kind::keyword;
use super::modules::Written;
use super::scope::Scope;
use crate::checked::names::fold;
use crate::checked::readings::Meaning;
use crate::checked::{Domain, Expr, ExprKind, On, ScoreId};
use crate::diagnostic::catalogue::{
    ARGUMENT_COUNT, BRANCH_TYPES, DURATION_ADDED, EXPECTED_DATE, EXPECTED_NUMBER, EXPECTED_TEXT,
    EXPRESSION_TOO_LARGE, FORMULA_CYCLE, HOURS_ON_DATE, ONE_VALUE_NEEDED, QUOTE, REPLACE_WITH,
    SCORE_NOT_HERE, SCORE_OF_OTHER_MODULE, UNKNOWN_NAME, UNKNOWN_SCORE,
};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::lexicon::{Arithmetic, Function, Unit};
use crate::schema::TextMode;
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::syntax::print_name;
use crate::value::{TimeSpec, Value, read};

/// Expressions and criteria nest at most so deep, formulas inside formulas counted.
const MAX_DEPTH: u32 = 160;
/// How many levels a formula inside a formula counts for.
const FORMULA_DEPTH: u32 = 4;
/// A chain of additions has at most so many terms.
const MAX_TERMS: usize = 1_000;

/// A formula field on its way from text to checked.
#[derive(Debug)]
pub(super) enum Formula<'a> {
    Written(Written<'a>),
    /// Being checked: reached again, it depends on itself.
    Doing,
    Done(Expr),
    /// Checked before, with the program.
    Known(&'a Expr),
}

impl<'a> Formula<'a> {
    pub(super) fn known(expr: &'a Expr) -> Formula<'a> {
        Formula::Known(expr)
    }

    pub(super) fn expr(&self) -> Option<&Expr> {
        match self {
            Formula::Done(expr) => Some(expr),
            Formula::Known(expr) => Some(expr),
            Formula::Written(_) | Formula::Doing => None,
        }
    }
}

/// What stands for an expression with errors.
pub(super) fn stand_in(span: Span) -> Expr {
    Expr {
        span,
        source: String::new(),
        domain: Domain::Dynamic,
        kind: ExprKind::Const(Value::Empty),
    }
}

impl Checker<'_> {
    /// Checks all formula fields.
    pub(super) fn all_formulas(&mut self) {
        for number in 0..self.formulas.len() {
            self.formula_domain(number as u32);
        }
    }

    /// What a formula gives; checks it when it is met first.
    pub(super) fn formula_domain(&mut self, number: u32) -> Domain {
        let Some(formula) = self.formulas.get_mut(number as usize) else { return Domain::Dynamic };
        let written = match formula {
            Formula::Done(expr) => return expr.domain,
            Formula::Known(expr) => return expr.domain,
            Formula::Doing => {
                self.formula_cycle(number);
                return Domain::Dynamic;
            }
            Formula::Written(written) => *written,
        };
        *formula = Formula::Doing;
        self.path.push((number, written.name));
        let in_score = self.in_score.take();
        self.depth += FORMULA_DEPTH;
        let scope = Scope::record(written.module);
        let expr = self.expr(&scope, written.expr).unwrap_or_else(|| stand_in(written.expr.span));
        self.depth -= FORMULA_DEPTH;
        self.in_score = in_score;
        self.path.pop();
        let domain = expr.domain;
        if let Some(formula) = self.formulas.get_mut(number as usize) {
            *formula = Formula::Done(expr);
        }
        domain
    }

    fn formula_cycle(&mut self, number: u32) {
        let from = self.path.iter().position(|(n, _)| *n == number).unwrap_or(0);
        let circle = self.path.get(from..).unwrap_or_default();
        let Some((_, first)) = circle.first() else { return };
        let names = circle.iter().map(|(_, name)| *name).chain([*first]);
        let path: Vec<String> = names.take(12).map(|name| format!("`{}`", name.text)).collect();
        let error = Diagnostic::new(&FORMULA_CYCLE, first.span).arg("name", &first.text);
        self.report(error.arg("path", path.join(" → ")));
    }

    /// Goes one level deeper, if there is room.
    pub(super) fn nested<T>(
        &mut self,
        span: Span,
        check: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            let error = Diagnostic::new(&EXPRESSION_TOO_LARGE, span);
            self.report(error.arg("limit", MAX_DEPTH));
            return None;
        }
        self.depth += 1;
        let checked = check(self);
        self.depth -= 1;
        checked
    }

    /// Checks an expression; `None` where it has an error, which is reported.
    pub(super) fn expr(&mut self, scope: &Scope, expr: &ast::Expr) -> Option<Expr> {
        self.nested(expr.span, |checker| checker.expr_inside(scope, expr))
    }

    fn expr_inside(&mut self, scope: &Scope, expr: &ast::Expr) -> Option<Expr> {
        let (domain, kind) = match &expr.kind {
            ast::ExprKind::Name(name) => return self.bare(scope, name),
            ast::ExprKind::Score(name) => return self.score_value(name, expr.span),
            ast::ExprKind::Negate(inner) => {
                let inner = self.number(scope, inner)?;
                let kind = match inner.kind {
                    ExprKind::Const(Value::Number(n)) => ExprKind::Const(Value::Number(-n)),
                    _ => ExprKind::Negate(Box::new(inner)),
                };
                (Domain::Number, kind)
            }
            ast::ExprKind::Binary(..) => return self.binary(scope, expr),
            ast::ExprKind::Shift { base, forward, count, unit } => {
                self.shift(scope, base, *forward, *count, *unit, expr.span)?
            }
            ast::ExprKind::Call(function, arguments) => {
                let arguments = self.arguments(scope, *function, arguments, expr.span)?;
                (result(*function), ExprKind::Call(*function, arguments))
            }
            ast::ExprKind::Aggregate { aggregate, path, filter } => {
                self.aggregate(scope, *aggregate, path, filter.as_deref())?
            }
            ast::ExprKind::If(criterion, yes, no) => {
                let condition = self.criterion(scope, criterion);
                let (yes, no) = (self.expr(scope, yes), self.expr(scope, no));
                let (yes, no) = (yes?, no?);
                let domain = self.one_domain(&yes, &no)?;
                (domain, ExprKind::If(Box::new(condition), Box::new(yes), Box::new(no)))
            }
        };
        Some(Expr { span: expr.span, source: self.text(expr.span), domain, kind })
    }

    /// A chain of operations, from the left, without recursion on its length.
    fn binary(&mut self, scope: &Scope, expr: &ast::Expr) -> Option<Expr> {
        let mut steps: Vec<(Arithmetic, &ast::Expr, Span)> = Vec::new();
        let mut first = expr;
        while let ast::ExprKind::Binary(left, sign, right) = &first.kind {
            if let ast::ExprKind::Name(name) = &right.kind
                && matches!(sign, Arithmetic::Add | Arithmetic::Subtract)
                && !name.quoted
                && read::duration(&name.text).is_some()
            {
                let word = if *sign == Arithmetic::Add { "plus" } else { self.minus() };
                let place = Span { start: left.span.end, end: name.span.start, ..name.span };
                let place = self.trimmed(place);
                let error = Diagnostic::new(&DURATION_ADDED, name.span);
                self.report(error.fix(Fix::replace(&REPLACE_WITH, place, word)));
                return None;
            }
            steps.push((*sign, right, first.span));
            first = left;
        }
        if steps.len() > MAX_TERMS {
            let error = Diagnostic::new(&EXPRESSION_TOO_LARGE, expr.span);
            self.report(error.arg("limit", MAX_TERMS));
            return None;
        }
        let mut sum = self.number(scope, first);
        for (sign, right, span) in steps.into_iter().rev() {
            let right = self.number(scope, right);
            sum = sum.zip(right).map(|(left, right)| Expr {
                span,
                source: self.text(span),
                domain: Domain::Number,
                kind: ExprKind::Binary(Box::new(left), sign, Box::new(right)),
            });
        }
        sum
    }

    fn minus(&self) -> &'static str {
        self.written_in().pick("moins", "minus")
    }

    /// A place without the white space around.
    fn trimmed(&self, place: Span) -> Span {
        let text = self.sources.slice(place);
        let start = place.start + (text.len() - text.trim_start().len()) as u32;
        Span { start, end: start + text.trim().len() as u32, ..place }
    }

    /// An expression that must give a number.
    pub(super) fn number(&mut self, scope: &Scope, expr: &ast::Expr) -> Option<Expr> {
        let expr = self.no_text(scope, expr, &EXPECTED_NUMBER)?;
        self.expect(expr, &EXPECTED_NUMBER, |domain| matches!(domain, Domain::Number))
    }

    /// An expression that must give a text.
    pub(super) fn text_expr(&mut self, scope: &Scope, expr: &ast::Expr) -> Option<Expr> {
        let expr = self.expr(scope, expr)?;
        let text = |domain| matches!(domain, Domain::Text(_) | Domain::Reference(_));
        self.expect(expr, &EXPECTED_TEXT, text)
    }

    fn date_expr(&mut self, scope: &Scope, expr: &ast::Expr) -> Option<Expr> {
        let expr = self.no_text(scope, expr, &EXPECTED_DATE)?;
        let date = |domain| matches!(domain, Domain::Date | Domain::DateTime);
        self.expect(expr, &EXPECTED_DATE, date)
    }

    /// An expression that is not to give a text: quotes around an unknown name do not mend it. Words
    /// with an operator among them, which would need quotes to be a name, are no field that no module
    /// declares: that is `code`.
    fn no_text(&mut self, scope: &Scope, expr: &ast::Expr, code: &'static Code) -> Option<Expr> {
        let before = self.found.list.len();
        let read = self.expr(scope, expr);
        for error in self.found.list.get_mut(before..).into_iter().flatten() {
            if error.code == &UNKNOWN_NAME {
                error.fixes.retain(|fix| fix.title != &QUOTE);
            }
        }
        match &expr.kind {
            ast::ExprKind::Name(name)
                if read.as_ref()?.domain == Domain::Dynamic && print_name(name) != name.text =>
            {
                let found = self.written_in().pick("texte", "text");
                let error = Diagnostic::new(code, expr.span).arg("value", &name.text);
                self.report(error.arg("found", found));
                None
            }
            _ => read,
        }
    }

    fn expect(
        &mut self,
        expr: Expr,
        code: &'static Code,
        good: impl Fn(Domain) -> bool,
    ) -> Option<Expr> {
        if expr.domain == Domain::Dynamic || good(expr.domain) {
            return Some(expr);
        }
        let found = keyword(expr.domain, self.written_in());
        let error = Diagnostic::new(code, expr.span).arg("value", &expr.source);
        self.report(error.arg("found", found));
        None
    }

    /// A word: number, date, named constant, field; or a quoted text.
    pub(super) fn bare(&mut self, scope: &Scope, name: &Name) -> Option<Expr> {
        let make =
            |domain, kind| Some(Expr { span: name.span, source: name.text.clone(), domain, kind });
        if name.quoted {
            let Some(constant) = self.without_fields(name) else {
                return self.template(scope, name);
            };
            let text = Value::Text(constant.into_owned().text);
            return make(Domain::Text(TextMode::default()), ExprKind::Const(text));
        }
        if let Some(values) = self.names.constants.get(&fold(&name.text)) {
            self.note(name.span, || Meaning::Constant);
            let [value] = values.as_slice() else {
                let error = Diagnostic::new(&ONE_VALUE_NEEDED, name.span);
                self.report(error.arg("operator", &name.text).arg("count", values.len()));
                return None;
            };
            let value = super::constant::at(&value.name, name.span);
            return self.literal(&value).or_else(|| {
                let text = Value::Text(value.text.clone());
                make(Domain::Text(TextMode::default()), ExprKind::Const(text))
            });
        }
        if let Some(literal) = self.literal(name) {
            return Some(literal);
        }
        let field = self.field(scope, name);
        let aggregate = match &field {
            Some(_) => self.aggregate_in_capitals(scope, name),
            None => self.bare_aggregate(scope, name),
        };
        if let Some((aggregate, path)) = aggregate {
            let (domain, kind) = self.aggregate(scope, aggregate, &path, None)?;
            return make(domain, kind);
        }
        if let Some(found) = field {
            return Some(self.field_expr(found, name.span));
        }
        if let Some(ticked) = super::constant::read_tick(name) {
            self.note(name.span, || Meaning::Tick(ticked));
            return make(Domain::Checkbox, ExprKind::Const(Value::Bool(ticked)));
        }
        let (module, near) = self.nearest_field(scope, &name.text);
        let error = Diagnostic::new(&UNKNOWN_NAME, name.span).arg("name", &name.text);
        let quoted = Fix::replace(&QUOTE, name.span, &quote(&name.text));
        self.report(error.arg("module", module).suggest(near).fix(quoted));
        None
    }

    /// A number or a date.
    fn literal(&mut self, name: &Name) -> Option<Expr> {
        let (domain, kind) = if let Ok(reading) = read::read_number(&name.text) {
            if let Some(warning) = super::constant::three_decimals(name, &reading) {
                self.report(warning);
            }
            (Domain::Number, ExprKind::Const(Value::Number(reading.value)))
        } else {
            let (spec, timed) = Self::time_spec(name)?;
            self.note(name.span, || Meaning::Time);
            if let Some(warning) = self.slash_warning(name) {
                self.report(warning);
            }
            (if timed { Domain::DateTime } else { Domain::Date }, ExprKind::Time(spec))
        };
        Some(Expr { span: name.span, source: name.text.clone(), domain, kind })
    }

    fn shift(
        &mut self,
        scope: &Scope,
        base: &ast::Expr,
        forward: bool,
        count: u32,
        unit: Unit,
        span: Span,
    ) -> Option<(Domain, ExprKind)> {
        let base = self.date_expr(scope, base)?;
        if super::window::in_hours(unit) && base.domain == Domain::Date {
            let lang = self.written_in();
            let error = Diagnostic::new(&HOURS_ON_DATE, span).arg("name", &base.source);
            self.report(error.arg("unit", unit.word(lang)));
            return None;
        }
        let domain = base.domain;
        let kind = match base.kind {
            ExprKind::Time(spec) => {
                ExprKind::Time(TimeSpec::Shift { base: Box::new(spec), forward, count, unit })
            }
            _ => ExprKind::Shift { base: Box::new(base), forward, count, unit },
        };
        Some((domain, kind))
    }

    /// The arguments of a function: how many, and of what type.
    fn arguments(
        &mut self,
        scope: &Scope,
        function: Function,
        written: &[ast::Expr],
        span: Span,
    ) -> Option<Vec<Expr>> {
        let expected = match function {
            Function::Round => 1..=2,
            Function::Left | Function::DaysBetween => 2..=2,
            Function::InCurrency => 2..=3,
            _ => 1..=1,
        };
        if !expected.contains(&written.len()) {
            let lang = self.written_in();
            let (least, most) = (expected.start(), expected.end());
            let shown = if least == most { least.to_string() } else { format!("{least}–{most}") };
            let error = Diagnostic::new(&ARGUMENT_COUNT, span);
            let error = error.arg("function", function.word(lang)).arg("expected", shown);
            self.report(error.arg("count", written.len()));
            return None;
        }
        if function == Function::InCurrency {
            return self.in_currency(scope, written, span);
        }
        let mut arguments = Vec::with_capacity(written.len());
        for (i, argument) in written.iter().enumerate() {
            arguments.push(match function {
                Function::Round => self.number(scope, argument),
                Function::DaysBetween => self.date_expr(scope, argument),
                Function::Left if i == 1 => self.number(scope, argument),
                _ => self.text_expr(scope, argument),
            });
        }
        arguments.into_iter().collect()
    }

    /// The common domain of two branches.
    fn one_domain(&mut self, yes: &Expr, no: &Expr) -> Option<Domain> {
        use Domain::{Date, DateTime, Dynamic, Reference, Text};
        match (yes.domain, no.domain) {
            (Dynamic, other) | (other, Dynamic) => Some(other),
            (one, other) if one == other => Some(one),
            (Text(_) | Reference(_), Text(_) | Reference(_)) => Some(Text(TextMode::default())),
            (Date, DateTime) | (DateTime, Date) => Some(DateTime),
            (one, other) => {
                let lang = self.written_in();
                let error = Diagnostic::new(&BRANCH_TYPES, no.span);
                let error = error.arg("found", keyword(other, lang));
                self.report(error.arg("type", keyword(one, lang)));
                None
            }
        }
    }

    /// The index of a declared score that is on a module, if one is given.
    pub(super) fn known_score(&mut self, name: &Name, on: &On) -> Option<u32> {
        let Some(index) = self.names.score(&name.text) else {
            let near = self.found.near(&name.text, self.scores.iter().map(|s| s.name.as_str()));
            let error = Diagnostic::new(&UNKNOWN_SCORE, name.span).arg("name", &name.text);
            self.report(error.suggest(near));
            return None;
        };
        self.note(name.span, || Meaning::Score(ScoreId(index)));
        let score = self.scores.get(index as usize)?;
        if let Some(other) = &score.module
            && *on != On::Any
            && score.on != *on
        {
            let error = Diagnostic::new(&SCORE_OF_OTHER_MODULE, name.span);
            let error = error.arg("name", &name.text).arg("module", other);
            self.report(error.label(score.span, super::modules::FIRST));
            return None;
        }
        Some(index)
    }

    /// `score Profil`
    fn score_value(&mut self, name: &Name, span: Span) -> Option<Expr> {
        let Some(from) = self.in_score else {
            let error = Diagnostic::new(&SCORE_NOT_HERE, span);
            self.report(error.arg("name", &name.text));
            return None;
        };
        let here = self.scores.get(from).map(|score| score.on.clone()).unwrap_or_default();
        let to = self.known_score(name, &here)?;
        if let Some(here) = self.scores.get_mut(from) {
            here.uses.push((to as usize, span));
        }
        let kind = ExprKind::Score(crate::checked::ScoreId(to));
        Some(Expr { span, source: self.text(span), domain: Domain::Number, kind })
    }
}

/// What a function gives.
fn result(function: Function) -> Domain {
    match function {
        Function::Round | Function::Length | Function::DaysBetween | Function::InCurrency => {
            Domain::Number
        }
        Function::Lower
        | Function::Upper
        | Function::Capitalize
        | Function::WithoutSpaces
        | Function::Left
        | Function::Domain => Domain::Text(TextMode::default()),
    }
}
