//! Criteria that say nothing: tests beside `VIDE` on the same field.

use rustc_hash::FxHashSet;

use super::Checker;
use crate::checked::{Condition, FieldRef, Operand, Predicate, Term, Test};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{ALWAYS_TRUE_WHEN_EMPTY, NEVER_TRUE_WHEN_EMPTY};

impl Checker<'_> {
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
