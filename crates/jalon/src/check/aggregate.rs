//! Aggregates over related records: `SOMME DE Factures.Montant (Statut EST Payée)`.

use super::Checker;
use super::kind::keyword;
use super::scope::Scope;
use crate::checked::{Domain, Expr, ExprKind};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{AGGREGATE_FIELD_NEEDED, EXPECTED_DATE, EXPECTED_NUMBER};
use crate::lexicon::Aggregate;
use crate::syntax::ast::{Criterion, Name};

impl Checker<'_> {
    /// `NOMBRE DE Contacts` without brackets, which the parser takes for a name. Where the names
    /// are declared it is an aggregate, unless a field is called so
    /// (but see [`Checker::aggregate_in_capitals`]).
    pub(super) fn bare_aggregate(&self, scope: &Scope, name: &Name) -> Option<(Aggregate, Name)> {
        if name.quoted || scope.is_dynamic(self) {
            return None;
        }
        let words = Aggregate::WORDS.iter();
        let mut words = words.flat_map(|(a, fr, en)| fr.iter().chain(*en).map(move |w| (*a, *w)));
        words.find_map(|(aggregate, word)| {
            let (head, rest) = name.text.split_at_checked(word.len())?;
            let apart = word.ends_with('\'') || rest.starts_with(' ');
            let same = head.eq_ignore_ascii_case(word) && apart && !rest.trim().is_empty();
            same.then(|| (aggregate, self.part(name, rest, word.len())))
        })
    }

    /// `NOMBRE DE Contacts` where a field is called `Nombre de contacts`: as operators do, the word
    /// in capitals wins over a field that is spelled otherwise, if there are records to count.
    pub(super) fn aggregate_in_capitals(
        &mut self,
        scope: &Scope,
        name: &Name,
    ) -> Option<(Aggregate, Name)> {
        let (aggregate, path) = self.bare_aggregate(scope, name)?;
        let word = name.text.strip_suffix(&path.text)?;
        if word.chars().any(char::is_lowercase) {
            return None;
        }
        let list = match aggregate {
            Aggregate::Count => path.text.as_str(),
            _ => path.text.rsplit_once('.')?.0.trim(),
        };
        let found = self.resolve(scope, &name.text);
        let names = |key: &crate::value::FieldKey| key.names.contains(&name.text);
        if found.is_some_and(|found| found.declared.is_some_and(|field| names(&field.key))) {
            return None;
        }
        let held = self.resolve(scope, list).map(|found| found.field.domain);
        let counts = held == Some(Domain::Records) || self.only_list_of(scope, list).is_some();
        counts.then_some((aggregate, path))
    }

    /// A part of a name, found `from` bytes after its start.
    fn part(&self, whole: &Name, text: &str, from: usize) -> Name {
        let trimmed = text.trim();
        let mut span = whole.span;
        if self.sources.slice(whole.span) == whole.text {
            let before = from + text.len() - text.trim_start().len();
            span.start += before as u32;
            span.end = span.start + trimmed.len() as u32;
        }
        Name { span, text: trimmed.to_owned(), quoted: false }
    }

    pub(super) fn aggregate(
        &mut self,
        scope: &Scope,
        aggregate: Aggregate,
        path: &Name,
        filter: Option<&Criterion>,
    ) -> Option<(Domain, ExprKind)> {
        let (of, field) = if aggregate == Aggregate::Count {
            (path.clone(), None)
        } else {
            let (of, field) = self.list_and_field(scope, path)?;
            (of, Some(field))
        };
        let (list, frame) = self.records(scope, &of)?;
        let inside = scope.with(frame);
        let field = match field {
            Some(name) => Some(Box::new(self.aggregated(&inside, aggregate, &name)?)),
            None => None,
        };
        let filter = filter.map(|filter| Box::new(self.criterion(&inside, filter)));
        let domain = field.as_ref().map_or(Domain::Number, |field| match field.domain {
            Domain::Dynamic if matches!(aggregate, Aggregate::Sum | Aggregate::Average) => {
                Domain::Number
            }
            domain => domain,
        });
        Some((domain, ExprKind::Aggregate { aggregate, list, field, filter }))
    }

    /// Splits a path into the field with the records and the field of each.
    pub(super) fn list_and_field(&mut self, scope: &Scope, path: &Name) -> Option<(Name, Name)> {
        let ends = path.text.match_indices('.').map(|(at, _)| at);
        let splits: Vec<usize> = ends.collect();
        let known = splits.iter().rev().copied().find(|at| {
            let list = path.text[..*at].trim();
            self.resolve(scope, list).is_some_and(|f| f.field.domain == Domain::Records)
        });
        let Some(at) = known.or_else(|| splits.last().copied()) else {
            let error = Diagnostic::new(&AGGREGATE_FIELD_NEEDED, path.span);
            self.report(error.arg("name", &path.text));
            return None;
        };
        let (list, field) = (&path.text[..at], &path.text[at + 1..]);
        Some((self.part(path, list, 0), self.part(path, field, at + 1)))
    }

    /// The field of each record; numbers are added up, numbers and dates compared.
    fn aggregated(&mut self, inside: &Scope, aggregate: Aggregate, name: &Name) -> Option<Expr> {
        let Some(found) = self.field(inside, name) else {
            self.unknown_field(inside, name);
            return None;
        };
        let expr = self.field_expr(found, name.span);
        let sum = matches!(aggregate, Aggregate::Sum | Aggregate::Average);
        let good = match expr.domain {
            Domain::Number | Domain::Dynamic => true,
            Domain::Date | Domain::DateTime => !sum,
            _ => false,
        };
        if good {
            return Some(expr);
        }
        let code = if sum { &EXPECTED_NUMBER } else { &EXPECTED_DATE };
        let found = keyword(expr.domain, self.written_in());
        let error = Diagnostic::new(code, name.span).arg("value", &name.text);
        self.report(error.arg("found", found));
        None
    }
}
