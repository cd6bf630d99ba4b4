//! Criteria that say nothing: tests beside `VIDE` on the same field.

use rustc_hash::FxHashSet;

use super::Checker;
use crate::checked::{Condition, FieldRef, Operand, Predicate, Term, Test};
use crate::diagnostic::catalogue::{
    ALWAYS_TRUE_WHEN_EMPTY, LOWER_CONNECTIVE, NEVER_TRUE_WHEN_EMPTY, REPLACE_WITH,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::lexicon::{key, spellings};
use crate::source::Span;
use crate::syntax::ast::Name;

impl Checker<'_> {
    /// Warns of a bare value such as `Dupont et Rappel EST VIDE`.
    pub(super) fn lint_connective(&mut self, name: &Name) {
        let text = self.sources.slice(name.span);
        let found = [" et ", " ou ", " and ", " or "].iter().find_map(|word| {
            let at = text.find(word)?;
            let mut rest = text[at + word.len()..].split_whitespace().skip(1);
            rest.any(is_operator).then_some((at + 1, word.trim()))
        });
        let Some((at, word)) = found else { return };
        let start = name.span.start + at as u32;
        let place = Span { start, end: start + word.len() as u32, ..name.span };
        let warning = Diagnostic::new(&LOWER_CONNECTIVE, place).arg("word", word);
        let warning = warning.arg("value", &name.text);
        self.report(warning.fix(Fix::replace(&REPLACE_WITH, place, &word.to_uppercase())));
    }

    /// Among criteria that must all hold, warns of those that an empty field decides.
    pub(super) fn lint_all(&mut self, parts: &[Condition]) {
        let tests: Vec<(&Test, &FieldRef)> = parts.iter().filter_map(field_test).collect();
        let id = |field: &FieldRef| (field.depth, field.key.shape, field.key.slot);
        let empty: FxHashSet<_> = tests
            .iter()
            .filter(|(test, _)| test.predicate == Predicate::Empty && !test.negated)
            .map(|(_, field)| id(field))
            .collect();
        if empty.is_empty() {
            return;
        }
        for (test, field) in tests {
            if !empty.contains(&id(field)) || reads_empty(&test.predicate) {
                continue;
            }
            let code = match (&test.predicate, test.negated) {
                (Predicate::Empty, false) => continue,
                (Predicate::Empty, true) | (_, false) => &NEVER_TRUE_WHEN_EMPTY,
                (_, true) => &ALWAYS_TRUE_WHEN_EMPTY,
            };
            let name = super::kind::label(field).to_owned();
            self.report(Diagnostic::new(code, test.span).arg("name", name));
        }
    }
}

/// Whether a word is, or begins, an operator in capitals.
fn is_operator(word: &str) -> bool {
    word.len() > 1
        && word.chars().any(char::is_alphabetic)
        && word == word.to_uppercase()
        && !spellings(&key(word)).is_empty()
}

fn field_test(condition: &Condition) -> Option<(&Test, &FieldRef)> {
    match condition {
        Condition::Test(test) => match &test.left {
            Operand::Field(field) => Some((test, field)),
            Operand::Expr(_) => None,
        },
        _ => None,
    }
}

/// Whether a test may hold on an empty field: changes, ticks.
fn reads_empty(predicate: &Predicate) -> bool {
    let tick = |term: &Term| match term {
        Term::Untyped(text) => crate::value::read::tick(text).is_some(),
        Term::Expr(_) => true,
        Term::Const(_) | Term::Time(_) => false,
    };
    match predicate {
        Predicate::Change(_) | Predicate::Ticked(_) => true,
        Predicate::Dynamic(_, terms) => terms.iter().any(tick),
        _ => false,
    }
}
