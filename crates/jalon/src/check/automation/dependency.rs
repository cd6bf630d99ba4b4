//! Dependent fields: which values of the one go with which of the other.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::modules::FIRST;
use crate::check::scope::{Found, Scope};
use crate::check::{Checker, kind, list};
use crate::checked::workflow::Dependency;
use crate::checked::{Domain, Term};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    DEPENDS_ON_ITSELF, NEVER_ALLOWED, NOT_A_LIST, OTHER_RECORD_CHILD, PARENT_VALUE_TWICE,
};
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::value::Value;
use crate::value::fold::fold;

impl<'a> Checker<'a> {
    /// Checks a dependency; `None` where one of its fields is none, which is reported.
    pub(super) fn dependency(
        &mut self,
        span: Span,
        dependency: &ast::Dependency,
    ) -> Option<Dependency> {
        let scope = self.scope_on(dependency.module.as_ref(), &dependency.child);
        if dependency.lines.is_empty() {
            self.says_nothing(span);
        }
        let child = self.listed(&scope, &dependency.child);
        let parent = self.listed(&scope, &dependency.parent);
        let (child, parent) = (child?, parent?);
        if child.is_far() && !scope.is_dynamic(self) {
            let error = Diagnostic::new(&OTHER_RECORD_CHILD, dependency.child.span);
            self.report(error.arg("name", &dependency.child.text));
            return None;
        }
        if child.field == parent.field {
            let error = Diagnostic::new(&DEPENDS_ON_ITSELF, dependency.parent.span);
            self.report(error.arg("name", &dependency.parent.text));
            return None;
        }
        let child_target = self.target(&dependency.child, child.field.domain, child.declared);
        let parent_target = self.target(&dependency.parent, parent.field.domain, parent.declared);
        let (parents, children) = (spellings(&parent_target), spellings(&child_target));
        let before = self.found.list.len();
        let mut lines = Vec::with_capacity(dependency.lines.len());
        let mut seen: FxHashMap<String, Span> = FxHashMap::default();
        for line in &dependency.lines {
            let when = self.listed_values(&parent_target, &parents, &line.when);
            let allowed = self.listed_values(&child_target, &children, &line.allowed);
            for (name, value) in line.when.iter().zip(&when) {
                let key = folded(value, parent.field.domain);
                if let Some(first) = seen.get(&key) {
                    let error = Diagnostic::new(&PARENT_VALUE_TWICE, name.span);
                    self.report(error.arg("value", &name.text).label(*first, FIRST));
                } else {
                    seen.insert(key, name.span);
                }
            }
            lines.push((when, allowed));
        }
        if self.no_errors_since(before) {
            self.never_allowed(dependency, &child_target, &lines);
        }
        Some(Dependency {
            span,
            module: scope.module(),
            open_module: scope.open_module().map(str::to_owned),
            child: child.field,
            parent: parent.field,
            lines,
        })
    }

    /// A field that is a list, or not declared.
    fn listed(&mut self, scope: &Scope, name: &Name) -> Option<Found<'a>> {
        let Some(found) = self.field(scope, name) else {
            self.unknown_field(scope, name);
            return None;
        };
        let target = self.target(name, found.field.domain, found.declared);
        if target.values().is_some() || found.field.domain == Domain::Dynamic {
            return Some(found);
        }
        let error = Diagnostic::new(&NOT_A_LIST, name.span).arg("name", &name.text);
        self.report(error.arg("type", target.keyword()));
        None
    }

    /// Values of a list as it declares them; those that are none are reported and kept.
    fn listed_values(
        &mut self,
        target: &kind::Target<'_>,
        spellings: &Spellings<'_>,
        names: &[Name],
    ) -> Vec<String> {
        let mut values = Vec::with_capacity(names.len());
        for name in names {
            let text = match self.constant(target, name, true) {
                Ok((term @ (Term::Const(Value::Text(_)) | Term::Untyped(_)), _)) => {
                    self.note_constant(name.span, target, &term);
                    match term {
                        Term::Const(Value::Text(text)) | Term::Untyped(text) => text,
                        _ => name.text.clone(),
                    }
                }
                Ok(_) => name.text.clone(),
                Err(error) => {
                    self.report(*error);
                    name.text.clone()
                }
            };
            let same = spellings.get(&folded(&text, target.domain));
            values.push(same.map_or(text, |declared| (*declared).clone()));
        }
        values
    }

    /// Warns of declared values of the child that no value of the parent allows.
    fn never_allowed(
        &mut self,
        dependency: &ast::Dependency,
        target: &kind::Target<'_>,
        lines: &[(Vec<String>, Vec<String>)],
    ) {
        let allowed: FxHashSet<&String> = lines.iter().flat_map(|(_, allowed)| allowed).collect();
        let values = target.values().unwrap_or_default();
        let never: Vec<&str> =
            values.iter().filter(|v| !allowed.contains(v)).map(String::as_str).collect();
        if never.is_empty() || lines.is_empty() {
            return;
        }
        let (child, parent) = (&dependency.child, &dependency.parent);
        let warning = Diagnostic::new(&NEVER_ALLOWED, child.span).arg("name", &child.text);
        self.report(warning.arg("parent", &parent.text).arg("values", list(never)));
    }
}

/// The declared values of a list, by their folded text.
type Spellings<'v> = FxHashMap<String, &'v String>;

fn spellings<'v>(target: &'v kind::Target<'_>) -> Spellings<'v> {
    let values = target.values().unwrap_or_default().iter();
    values.map(|value| (folded(value, target.domain), value)).collect()
}

fn folded(text: &str, domain: Domain) -> String {
    match domain {
        Domain::Text(mode) | Domain::Set(mode) => fold(text, mode).into_owned(),
        _ => text.to_owned(),
    }
}
