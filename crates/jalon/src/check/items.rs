//! The right side: named constants, constants of the type, fields, expressions.

use super::Checker;
use super::constant::at;
use super::kind::{self, Target, comparable};
use super::scope::{Found, Scope};
use crate::checked::names::fold;
use crate::checked::readings::Meaning;
use crate::checked::{Domain, Expr, ExprKind, Operand, Term};
use crate::diagnostic::catalogue::{
    AMBIGUOUS_NAME, CANNOT_HOLD, NOT_COMPARABLE, QUALIFY, QUOTE, REPLACE_WITH, SEPARATE,
    TEXT_FITS_NO_VALUE, Text, UNKNOWN_FIELD,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::Span;
use crate::syntax::ast::{self, Item, Name};
use crate::value::{Value, fold as folding};

/// How the values on the right are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Compared as a whole: `EST`, `DEVIENT`.
    Whole,
    /// Looked for inside: `CONTIENT`, `COMMENCE PAR`.
    Part,
    /// Compared by order: `<`, `ENTRE`.
    Order,
    /// Written into the field.
    Written,
    /// The same, in one branch of a choice: there the field's own name leaves it as it is.
    Chosen,
}

impl Use {
    /// Whether the value stands for a whole one, so that a list must declare it.
    fn is_whole(self) -> bool {
        self == Use::Whole || self.is_written()
    }

    /// Whether the value is written into the field.
    fn is_written(self) -> bool {
        matches!(self, Use::Written | Use::Chosen)
    }
}

/// Where a named constant gets the value at hand.
const IN_CONSTANT: Text = Text { fr: "la valeur vient d'ici", en: "the value comes from here" };

impl<'a> Checker<'a> {
    /// Reads the values on the right; `None` where one has an error, which is reported.
    pub(super) fn terms(
        &mut self,
        scope: &Scope,
        target: &Target<'_>,
        items: &[Item],
        usage: Use,
    ) -> Option<Vec<Term>> {
        let mut terms = Vec::with_capacity(items.len());
        let mut good = true;
        for item in items {
            good &= self.term(scope, target, item, usage, &mut terms);
        }
        good.then_some(terms)
    }

    /// Reads one value; of a named constant there may be several.
    pub(super) fn term(
        &mut self,
        scope: &Scope,
        target: &Target<'_>,
        item: &Item,
        usage: Use,
        terms: &mut Vec<Term>,
    ) -> bool {
        let name = &item.name;
        if let Some(path) = alone(name).filter(|_| !matches!(target.domain, Domain::Text(_))) {
            let bare = Name { text: path.to_owned(), ..name.clone() };
            if let Some(found) = self.field(scope, &bare) {
                return self.push_field(target, &bare, found, usage, terms);
            }
            return self.term(scope, target, &Item { name: bare, expr: None }, usage, terms);
        }
        if name.quoted || holds_field(name) {
            return match self.without_fields(name) {
                Some(name) => self.push_constant(target, &name, usage, None, terms),
                None => {
                    self.push_expr(target, name.span, usage, terms, |c| c.template(scope, name))
                }
            };
        }
        if let Some(expr) = &item.expr
            && self.is_expression(target, expr, name, usage)
        {
            return self.push_expr(target, name.span, usage, terms, |c| c.expr(scope, expr));
        }
        if let Some(values) = self.names.constants.get(&fold(&name.text)) {
            self.note(name.span, || Meaning::Constant);
            return values.iter().fold(true, |good, value| {
                let place = at(&value.name, name.span);
                let source = Some(value.name.span);
                self.push_constant(target, &place, usage, source, terms) && good
            });
        }
        if scope.is_dynamic(self) && !name.text.contains('.') {
            return self.push_constant(target, name, usage, None, terms);
        }
        if let Some(found) = self.declared_qualified(scope, &name.text) {
            self.note_field(name.span, &found);
            return self.push_field(target, name, found, usage, terms);
        }
        let field = if scope.is_dynamic(self) { None } else { self.field(scope, name) };
        let unknown = field.is_none();
        // A field is not compared with itself: `Nom EST nom` has a constant on the right.
        let other = field.filter(|found| {
            usage == Use::Chosen
                || !matches!((found.declared, target.field), (Some(a), Some(b)) if std::ptr::eq(a, b))
        });
        let other = other.filter(|_| self.aggregate_in_capitals(scope, name).is_none());
        let Some(found) = other else {
            if matches!(target.domain, Domain::Number | Domain::Date | Domain::DateTime)
                && self.bare_aggregate(scope, name).is_some()
            {
                return self.push_expr(target, name.span, usage, terms, |c| c.bare(scope, name));
            }
            if unknown && target.values().is_none() && self.names_module(scope, &name.text) {
                let (module, near) = self.nearest_field(scope, &name.text);
                let error = Diagnostic::new(&UNKNOWN_FIELD, name.span).arg("name", &name.text);
                let error = error.arg("module", module).suggest(near);
                self.report(error.fix(Fix::replace(&QUOTE, name.span, &quote(&name.text))));
                return false;
            }
            return self.push_constant(target, name, usage, None, terms);
        };
        if self.constant(target, name, usage.is_whole()).is_err() {
            return self.push_field(target, name, found, usage, terms);
        }
        let error = Diagnostic::new(&AMBIGUOUS_NAME, name.span).arg("name", &name.text);
        let mut error = error.fix(Fix::replace(&QUOTE, name.span, &quote(&name.text)));
        if let Some(module) = scope.module().and_then(|m| self.schema.module(m)) {
            let qualified = format!("{}.{}", module.name, name.text);
            error = error.fix(Fix::replace(&QUALIFY, name.span, &qualified));
        }
        self.report(error);
        false
    }

    /// Whether a value that spells an expression is meant as one: never where the target is text
    /// (function calls excepted), and not where it spells a constant.
    fn is_expression(
        &mut self,
        target: &Target<'_>,
        expr: &ast::Expr,
        name: &Name,
        usage: Use,
    ) -> bool {
        use ast::ExprKind::{Aggregate, Call, If, Name as Bare, Score, Shift};
        let computed = matches!(expr.kind, Call(..) | Aggregate { .. } | If(..));
        match target.domain {
            _ if computed => true,
            _ if matches!(expr.kind, Bare(_)) => false,
            Domain::Number | Domain::Date | Domain::DateTime | Domain::Checkbox => {
                self.constant(target, name, usage.is_whole()).is_err()
            }
            Domain::Dynamic => {
                matches!(expr.kind, Shift { .. } | Score(_))
                    || (usage == Use::Order && !is_constant(name))
            }
            Domain::Text(_) | Domain::Set(_) | Domain::Reference(_) | Domain::Records => false,
        }
    }

    /// A field that the name of a declared module qualifies.
    fn declared_qualified(&mut self, scope: &Scope, name: &str) -> Option<Found<'a>> {
        let (module, _) = name.split_once('.')?;
        self.names.module(module.trim())?;
        self.qualified(scope, name)
    }

    /// Whether a name begins with that of a declared module, so that it cannot be a constant.
    fn names_module(&self, scope: &Scope, name: &str) -> bool {
        let module = name.split_once('.').and_then(|(module, _)| self.names.module(module.trim()));
        let declared = |id| self.schema.module(id).is_some_and(|module| !module.open);
        !scope.is_dynamic(self) && module.is_some_and(declared)
    }

    fn push_constant(
        &mut self,
        target: &Target<'_>,
        name: &Name,
        usage: Use,
        from: Option<Span>,
        terms: &mut Vec<Term>,
    ) -> bool {
        let declared = |d: Diagnostic| match from {
            Some(span) => Diagnostic { fixes: Vec::new(), ..d }.label(span, IN_CONSTANT),
            None => d,
        };
        match self.constant(target, name, usage.is_whole()) {
            Ok((term, warning)) => {
                if let Some(warning) = warning {
                    self.report(declared(warning));
                }
                if usage == Use::Part {
                    self.fits_some_value(target, name);
                }
                if from.is_none() {
                    self.note_constant(name.span, target, &term);
                    if !usage.is_written() && !name.quoted {
                        self.lint_connective(name);
                    }
                }
                terms.push(term);
                true
            }
            Err(mut error) => {
                if usage.is_written() && !matches!(target.domain, Domain::Set(_)) {
                    error.fixes.retain(|fix| fix.title != &SEPARATE);
                }
                self.report(declared(*error));
                false
            }
        }
    }

    /// Warns of a text that is in no declared value of a list.
    fn fits_some_value(&mut self, target: &Target<'_>, name: &Name) {
        let (Domain::Text(mode), Some(values)) = (target.domain, target.values()) else { return };
        if self.found.budget < values.len() {
            return;
        }
        self.found.budget -= values.len() / 8;
        let text = folding::fold(&name.text, mode);
        if !values.iter().any(|value| folding::fold(value, mode).contains(text.as_ref())) {
            let known = super::list(values.iter().map(String::as_str));
            let warning = Diagnostic::new(&TEXT_FITS_NO_VALUE, name.span);
            let warning = warning.arg("value", &name.text).arg("name", &target.name);
            self.report(warning.arg("known", known));
        }
    }

    fn push_field(
        &mut self,
        target: &Target<'_>,
        name: &Name,
        found: Found<'a>,
        usage: Use,
        terms: &mut Vec<Term>,
    ) -> bool {
        self.push_expr(target, name.span, usage, terms, |checker| {
            Some(checker.field_expr(found, name.span))
        })
    }

    /// Adds what is computed for each record, if it can be compared with the target.
    fn push_expr(
        &mut self,
        target: &Target<'_>,
        span: Span,
        usage: Use,
        terms: &mut Vec<Term>,
        check: impl FnOnce(&mut Self) -> Option<Expr>,
    ) -> bool {
        let Some(expr) = check(self) else { return false };
        if !comparable(target.domain, expr.domain) {
            let written = usage.is_written();
            let code = if written { &CANNOT_HOLD } else { &NOT_COMPARABLE };
            let error = Diagnostic::new(code, span).arg("name", &target.name);
            let error = error.arg("other", &expr.source).arg("type", target.keyword());
            let mut error = error.arg("found", kind::keyword(expr.domain, target.lang));
            if written && matches!(target.domain, Domain::Text(_)) {
                let template = format!("\"${{{}}}\"", expr.source);
                error = error.fix(Fix::replace(&REPLACE_WITH, span, &template));
            }
            self.report(error);
            return false;
        }
        if target.domain == Domain::Date
            && let ExprKind::Time(spec) = &expr.kind
            && !self.on_date(target, spec, span)
        {
            return false;
        }
        terms.push(match expr.kind {
            ExprKind::Time(spec) => Term::Time(spec),
            ExprKind::Const(value @ (Value::Number(_) | Value::Text(_)))
                if target.domain != Domain::Dynamic =>
            {
                Term::Const(value)
            }
            _ => Term::Expr(expr),
        });
        true
    }

    /// A field as an expression; a formula's field is its formula.
    pub(super) fn field_expr(&mut self, found: Found<'a>, span: Span) -> Expr {
        match self.operand(found, span) {
            Operand::Expr(expr) => expr,
            Operand::Field(field) => Expr {
                span,
                source: self.text(span),
                domain: field.domain,
                kind: ExprKind::Field(field),
            },
        }
    }
}

/// Whether a name is the word `VIDE` or `EMPTY`, which stands for nothing.
pub(super) fn is_empty_word(name: &Name) -> bool {
    !name.quoted && matches!(name.text.to_lowercase().as_str(), "vide" | "empty")
}

/// Whether a bare text holds a `${…}`: a template that needs no quotes.
fn holds_field(name: &Name) -> bool {
    !name.quoted && name.text.split_once("${").is_some_and(|(_, rest)| rest.contains('}'))
}

/// The field of a bare `${Prospects.Montant}` that stands alone.
fn alone(name: &Name) -> Option<&str> {
    let inside = name.text.strip_prefix("${")?.strip_suffix('}')?;
    (!name.quoted && !inside.contains(['{', '}', '"'])).then_some(inside.trim())
}

/// Whether a text spells a number or a date.
pub(super) fn is_constant(name: &Name) -> bool {
    crate::value::read::number(&name.text).is_some()
        || crate::value::read::moment(&name.text).is_some()
}

/// A text in quotes.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
