//! Values on their way into a field: read by its type, checked against what it can hold.

use crate::check::Checker;
use crate::check::items::{Use, is_empty_word, quote};
use crate::check::kind::Target;
use crate::check::scope::Scope;
use crate::checked::{Domain, Expr, ExprKind, Term};
use crate::diagnostic::catalogue::{
    CHECKBOX_NEVER_EMPTY, EMPTIES_REQUIRED, NOT_ONE_DAY, NOT_WHOLE, ONE_VALUE_HELD, QUOTE,
    REPLACE_WITH, TEXT_TOO_LONG,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::lexicon::{Period, UNTICKED};
use crate::schema::{FieldType, NumberKind, TextMode};
use crate::source::Span;
use crate::syntax::ast::{self, Change, Item, Name};
use crate::value::fold::fold;
use crate::value::{TimeSpec, Value, read};

/// How deep `si (…) alors si (…) alors …` may nest as a value.
const MAX_CHOICES: u32 = 64;

impl Checker<'_> {
    /// Reads the values that are written into a field; none where it is emptied, and `None`
    /// where one has an error, which is reported.
    pub(in crate::check) fn written(
        &mut self,
        scope: &Scope,
        target: &Target<'_>,
        change: Change,
        items: &[Item],
    ) -> Option<Vec<Expr>> {
        if let [item] = items
            && change == Change::Set
            && is_empty_word(&item.name)
        {
            return self.emptied(target, item.name.span).then(Vec::new);
        }
        let mut values = Vec::with_capacity(items.len());
        let mut good = true;
        for item in items {
            match self.values_of(scope, target, change, item, 0) {
                Some(more) => values.extend(more),
                None => good = false,
            }
        }
        if good && values.len() > 1 && !matches!(target.domain, Domain::Set(_) | Domain::Dynamic) {
            self.several(target, items, values.len());
            return None;
        }
        good.then_some(values)
    }

    /// One value that is written into a field.
    pub(in crate::check) fn written_one(
        &mut self,
        scope: &Scope,
        target: &Target<'_>,
        item: &Item,
    ) -> Option<Expr> {
        let mut values = self.written(scope, target, Change::Set, std::slice::from_ref(item))?;
        match values.len() {
            0 => Some(empty(item.name.span, &item.name.text)),
            1 => values.pop(),
            count => {
                self.several(target, std::slice::from_ref(item), count);
                None
            }
        }
    }

    /// A text, with the fields in it: a subject, a title, a setting.
    pub(in crate::check) fn text_item(
        &mut self,
        scope: &Scope,
        what: &str,
        item: &Item,
    ) -> Option<Expr> {
        let target = Target {
            name: what.to_owned(),
            domain: Domain::Text(TextMode::default()),
            field: None,
            lang: self.written_in(),
        };
        self.written_one(scope, &target, item)
    }

    fn several(&mut self, target: &Target<'_>, items: &[Item], count: usize) {
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return };
        let span = first.name.span.to(last.name.span);
        let error = Diagnostic::new(&ONE_VALUE_HELD, span).arg("name", &target.name);
        let mut error = error.arg("count", count);
        if matches!(target.domain, Domain::Text(_) | Domain::Reference(_)) && items.len() > 1 {
            error = error.fix(Fix::replace(&QUOTE, span, &quote(&self.text(span))));
        }
        self.report(error);
    }

    /// Whether a field may be emptied.
    fn emptied(&mut self, target: &Target<'_>, span: Span) -> bool {
        if target.domain == Domain::Checkbox {
            let tick = target.lang.pick(UNTICKED[0], UNTICKED[1]);
            let error = Diagnostic::new(&CHECKBOX_NEVER_EMPTY, span).arg("name", &target.name);
            self.report(error.fix(Fix::replace(&REPLACE_WITH, span, tick)));
            return false;
        }
        if target.field.is_some_and(|field| field.required) {
            let error = Diagnostic::new(&EMPTIES_REQUIRED, span);
            self.report(error.arg("name", &target.name));
            return false;
        }
        true
    }

    /// The values that one item stands for: several where it is a named constant.
    fn values_of(
        &mut self,
        scope: &Scope,
        target: &Target<'_>,
        change: Change,
        item: &Item,
        depth: u32,
    ) -> Option<Vec<Expr>> {
        if let Some(ast::ExprKind::If(criterion, yes, no)) = item.expr.as_ref().map(|e| &e.kind)
            && !item.name.quoted
            && depth < MAX_CHOICES
        {
            let condition = self.criterion(scope, criterion);
            let yes = self.choice(scope, target, yes, depth + 1);
            let no = self.choice(scope, target, no, depth + 1);
            let kind = ExprKind::If(Box::new(condition), Box::new(yes?), Box::new(no?));
            let span = item.name.span;
            return Some(vec![Expr { span, source: self.text(span), domain: target.domain, kind }]);
        }
        let mut terms = Vec::new();
        let usage = if depth == 0 { Use::Written } else { Use::Chosen };
        if !self.term(scope, target, item, usage, &mut terms) {
            return None;
        }
        let values: Vec<Expr> =
            terms.into_iter().map(|term| value(term, target, change, &item.name)).collect();
        values.iter().all(|value| self.fits(target, value)).then_some(values)
    }

    /// One branch of a conditional value; `vide` stands for nothing.
    fn choice(
        &mut self,
        scope: &Scope,
        target: &Target<'_>,
        branch: &ast::Expr,
        depth: u32,
    ) -> Option<Expr> {
        let item = if let ast::ExprKind::Name(name) = &branch.kind {
            Item { name: name.clone(), expr: None }
        } else {
            let text = self.text(branch.span);
            let name = Name { span: branch.span, text, quoted: false };
            Item { name, expr: Some(Box::new(branch.clone())) }
        };
        if is_empty_word(&item.name) {
            let span = item.name.span;
            return self.emptied(target, span).then(|| empty(span, &item.name.text));
        }
        let mut values = self.values_of(scope, target, Change::Set, &item, depth)?;
        if values.len() == 1 {
            return values.pop();
        }
        self.several(target, std::slice::from_ref(&item), values.len());
        None
    }

    /// Whether a constant is one that the field can hold: its length, its decimals, one day.
    fn fits(&mut self, target: &Target<'_>, value: &Expr) -> bool {
        match &value.kind {
            ExprKind::Const(Value::Text(text)) => {
                let limit = target.field.and_then(|field| field.max_length);
                let Some(limit) = limit else { return true };
                let count = text.chars().count();
                if count <= limit as usize {
                    return true;
                }
                let error = Diagnostic::new(&TEXT_TOO_LONG, value.span).arg("name", &target.name);
                self.report(error.arg("count", count).arg("limit", limit));
                false
            }
            ExprKind::Const(Value::Number(number)) => {
                let whole = matches!(
                    target.field.map(|field| &field.ty),
                    Some(FieldType::Number(NumberKind::Integer))
                );
                if !whole || number.fract().is_zero() {
                    return true;
                }
                let error = Diagnostic::new(&NOT_WHOLE, value.span).arg("value", &value.source);
                self.report(error.arg("name", &target.name).arg("type", target.keyword()));
                false
            }
            ExprKind::Time(spec) => self.one_day(spec, value.span),
            _ => true,
        }
    }

    /// A week or a month is no day: where it begins is not said.
    fn one_day(&mut self, spec: &TimeSpec, span: Span) -> bool {
        match spec {
            TimeSpec::Shift { base, .. } => self.one_day(base, span),
            TimeSpec::Relative(relative) if relative.period != Period::Day => {
                let error = Diagnostic::new(&NOT_ONE_DAY, span);
                self.report(error.arg("value", self.text(span)));
                false
            }
            _ => true,
        }
    }
}

fn empty(span: Span, source: &str) -> Expr {
    let kind = ExprKind::Const(Value::Empty);
    Expr { span, source: source.to_owned(), domain: Domain::Dynamic, kind }
}

/// What a term writes. A list keeps the spelling that it declares. Where nothing is declared, a
/// bare `✓` is a tick, a date word a date, a number that is added a number; other bare words stay
/// as they are written, of no type, and quoted ones are text.
fn value(term: Term, target: &Target<'_>, change: Change, name: &Name) -> Expr {
    let dynamic = target.domain == Domain::Dynamic;
    let (domain, kind) = match term {
        Term::Expr(expr) => return expr,
        Term::Time(spec) => (target.domain, ExprKind::Time(spec)),
        Term::Const(Value::Text(text)) if dynamic => {
            (Domain::Text(TextMode::default()), ExprKind::Const(Value::Text(text)))
        }
        Term::Const(Value::Text(text)) => {
            let text = declared_spelling(target, text);
            (target.domain, ExprKind::Const(Value::Text(text)))
        }
        Term::Const(value) => (target.domain, ExprKind::Const(value)),
        Term::Untyped(text) => untyped(text, change, name.span),
    };
    Expr { span: name.span, source: name.text.clone(), domain, kind }
}

fn untyped(text: String, change: Change, span: Span) -> (Domain, ExprKind) {
    if text == "✓" {
        return (Domain::Checkbox, ExprKind::Const(Value::Bool(true)));
    }
    if change != Change::Set
        && let Some(number) = read::number(&text)
    {
        return (Domain::Number, ExprKind::Const(Value::Number(number)));
    }
    let word = Name { span, text, quoted: false };
    match Checker::time_spec(&word) {
        Some((spec @ TimeSpec::Now, _)) => (Domain::DateTime, ExprKind::Time(spec)),
        Some((TimeSpec::Relative(relative), _)) if relative.period == Period::Day => {
            (Domain::Date, ExprKind::Time(TimeSpec::Relative(relative)))
        }
        _ => (Domain::Dynamic, ExprKind::Const(Value::Text(word.text))),
    }
}

/// A value of a list as the list declares it.
fn declared_spelling(target: &Target<'_>, text: String) -> String {
    let (Domain::Text(mode) | Domain::Set(mode)) = target.domain else { return text };
    let folded = fold(&text, mode);
    let declared = target.values().unwrap_or_default();
    let same = declared.iter().find(|value| fold(value, mode) == folded).cloned();
    same.unwrap_or(text)
}
