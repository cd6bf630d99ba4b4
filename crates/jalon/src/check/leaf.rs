//! Criteria: connectives, related records, and which split of a leaf is meant.

use super::scope::{Frame, Scope};
use super::{Checker, stand_in};
use crate::checked::names::fold;
use crate::checked::readings::{Meaning, Reading};
use crate::checked::{Condition, Domain, FieldRef, Related};
use crate::diagnostic::catalogue::{AMBIGUOUS_SPLIT, NOT_RECORDS};
use crate::diagnostic::{Diagnostic, Severity};
use crate::schema::{Field, FieldType};
use crate::source::Span;
use crate::syntax::ast::{self, Criterion, Leaf, Left, Name, Split};

impl<'a> Checker<'a> {
    /// Checks a criterion; where it has an error a stand-in takes its place.
    pub(super) fn criterion(&mut self, scope: &Scope, criterion: &Criterion) -> Condition {
        let checked = match criterion {
            Criterion::Leaf(leaf) => self.leaf(scope, leaf),
            _ => self.nested(place(criterion), |checker| checker.composed(scope, criterion)),
        };
        checked.unwrap_or_else(stand_in)
    }

    fn composed(&mut self, scope: &Scope, criterion: &Criterion) -> Option<Condition> {
        match criterion {
            Criterion::All(parts) => {
                let before = self.found.list.len();
                let parts: Vec<_> = parts.iter().map(|p| self.criterion(scope, p)).collect();
                if self.no_errors_since(before) {
                    self.lint_all(&parts);
                }
                Some(Condition::All(parts))
            }
            Criterion::Any(parts) => {
                Some(Condition::Any(parts.iter().map(|p| self.criterion(scope, p)).collect()))
            }
            Criterion::Not(not) => {
                Some(Condition::Not(Box::new(self.criterion(scope, &not.criterion))))
            }
            Criterion::Related(related) => self.related(scope, related),
            Criterion::Leaf(leaf) => self.leaf(scope, leaf),
        }
    }

    fn related(&mut self, scope: &Scope, related: &ast::Related) -> Option<Condition> {
        let (list, frame) = self.records(scope, &related.of)?;
        let condition = self.criterion(&scope.with(frame), &related.criterion);
        Some(Condition::Related(Box::new(Related {
            span: related.span,
            source: self.text(related.span),
            quantifier: related.quantifier,
            list,
            condition,
        })))
    }

    /// A field that holds records or events, and the frame of one of them. The name of a module
    /// stands for the only field with its records.
    pub(super) fn records(&mut self, scope: &Scope, name: &Name) -> Option<(FieldRef, Frame)> {
        let named = self.field(scope, name);
        let found = named.or_else(|| {
            let field = self.only_list_of(scope, &name.text)?;
            if let Some(module) = self.names.module(&name.text) {
                self.note(name.span, || Meaning::Module(module));
            }
            self.resolve(scope, field.name())
        });
        let Some(found) = found else {
            self.unknown_field(scope, name);
            return None;
        };
        let frame = match found.declared.map(|field| (&field.ty, &field.key)) {
            Some((FieldType::Records(module), _)) => match self.schema.module(*module) {
                Some(open) if open.open => {
                    Frame::Dynamic { key: fold(&open.name), module: Some(fold(&open.name)) }
                }
                _ => Frame::Record(*module),
            },
            Some((FieldType::Events(_), key)) => Frame::Event((key.shape, key.slot)),
            None => Frame::Dynamic { key: fold(&name.text), module: Some(fold(&name.text)) },
            Some(_) => {
                let error = Diagnostic::new(&NOT_RECORDS, name.span);
                self.report(error.arg("name", &name.text));
                return None;
            }
        };
        Some((FieldRef { domain: Domain::Records, ..found.field }, frame))
    }

    /// The only field of the record at hand that holds records of a module.
    pub(super) fn only_list_of(&self, scope: &Scope, module: &str) -> Option<&'a Field> {
        let module = self.names.module(module)?;
        let here = self.schema.module(scope.innermost()?)?;
        let mut fields = here.fields.iter().filter(|f| f.ty == FieldType::Records(module));
        let field = fields.next()?;
        fields.next().is_none().then_some(field)
    }

    pub(super) fn no_errors_since(&self, before: usize) -> bool {
        let new = self.found.list.get(before..).unwrap_or_default();
        new.iter().all(|d| d.severity() != Severity::Error)
    }

    /// Checks a leaf. Where the names are declared every split whose left side is one of them and
    /// whose right side its type can read is considered; exactly one must be left.
    fn leaf(&mut self, scope: &Scope, leaf: &Leaf) -> Option<Condition> {
        if leaf.others.is_empty() || scope.is_dynamic(self) {
            return self.split(scope, leaf, &leaf.split);
        }
        let (before, noted) = (self.found.list.len(), self.noted.len());
        let mut good: Vec<(&Split, Condition, Vec<Diagnostic>, Vec<Reading>)> = Vec::new();
        for split in std::iter::once(&leaf.split).chain(&leaf.others) {
            if !self.left_is_declared(scope, split) {
                continue;
            }
            let condition = self.split(scope, leaf, split);
            let clean = self.no_errors_since(before);
            let warnings = self.found.list.split_off(before);
            let readings = self.noted.split_off(noted);
            if let Some(condition) = condition.filter(|_| clean) {
                good.push((split, condition, warnings, readings));
            }
        }
        // An operator in capitals wins over one in lower case.
        let capitals =
            |split: &Split| !self.sources.slice(split.op.span).contains(char::is_lowercase);
        if good.len() > 1 && good.iter().filter(|(split, ..)| capitals(split)).count() == 1 {
            good.retain(|(split, ..)| capitals(split));
        }
        if good.len() > 1 {
            let readings = good.iter().map(|(split, ..)| self.reading(leaf, split));
            let readings: Vec<String> = readings.collect();
            let readings = super::list(readings.iter().map(String::as_str));
            let error = Diagnostic::new(&AMBIGUOUS_SPLIT, leaf.span);
            self.report(error.arg("readings", readings));
            return None;
        }
        match good.pop() {
            Some((_, condition, warnings, readings)) => {
                self.found.list.extend(warnings);
                self.noted.extend(readings);
                Some(condition)
            }
            None => self.split(scope, leaf, &leaf.split),
        }
    }

    fn left_is_declared(&mut self, scope: &Scope, split: &Split) -> bool {
        match &split.left {
            Left::Field(name) => {
                self.resolve(scope, &name.text).is_some()
                    || self.bare_aggregate(scope, name).is_some()
            }
            Left::Expr(_) => true,
        }
    }

    /// A reading of a leaf with its field's name in quotes.
    fn reading(&self, leaf: &Leaf, split: &Split) -> String {
        let left = match &split.left {
            Left::Field(name) => super::items::quote(&name.text),
            Left::Expr(expr) => self.text(expr.span),
        };
        let rest = Span { start: split.op.span.start, ..leaf.span };
        format!("{left} {}", self.text(rest))
    }
}

/// Where a criterion begins.
fn place(criterion: &Criterion) -> Span {
    match criterion {
        Criterion::All(parts) | Criterion::Any(parts) => {
            parts.first().map_or_else(Span::default, place)
        }
        Criterion::Not(not) => not.span,
        Criterion::Related(related) => related.span,
        Criterion::Leaf(leaf) => leaf.span,
    }
}
