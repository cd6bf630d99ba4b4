//! Criteria and expressions with what has no order put in one: parts of `ET` and `OU`, values of a
//! list.

use crate::checked::{
    ChangeTest, Condition, DynamicTest, Expr, ExprKind, Operand, OrderTest, Predicate, Term,
};
use crate::sentence::Speech;

/// Puts what has no order in one.
pub(super) struct Canonical<'p>(Speech<'p>);

impl<'p> Canonical<'p> {
    pub(super) fn new(french: Speech<'p>) -> Canonical<'p> {
        Canonical(french)
    }

    /// What a criterion says, whatever the order in which it was written.
    pub(super) fn text(&self, condition: &Condition) -> String {
        let mut condition = condition.clone();
        self.condition(&mut condition);
        self.0.criterion(Some(&condition))
    }

    pub(super) fn condition(&self, condition: &mut Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts.iter_mut() {
                    self.condition(part);
                }
                parts.sort_by_cached_key(|part| self.0.criterion(Some(part)));
            }
            Condition::Not(part) => self.condition(part),
            Condition::Related(related) => self.condition(&mut related.condition),
            Condition::Test(test) => {
                if let Operand::Expr(expr) = &mut test.left {
                    self.expr(expr);
                }
                self.predicate(&mut test.predicate);
            }
        }
    }

    fn predicate(&self, predicate: &mut Predicate) {
        match predicate {
            Predicate::Text(_, terms)
            | Predicate::Set(_, terms)
            | Predicate::Number(OrderTest::Equal, terms)
            | Predicate::Time(OrderTest::Equal, terms)
            | Predicate::Dynamic(
                DynamicTest::Text(_) | DynamicTest::Order(OrderTest::Equal),
                terms,
            )
            | Predicate::Change(ChangeTest::Becomes(terms)) => self.terms(terms),
            Predicate::Change(ChangeTest::From(from, to)) => {
                self.terms(from);
                self.terms(to);
            }
            Predicate::Number(_, terms)
            | Predicate::Time(_, terms)
            | Predicate::Dynamic(_, terms) => self.inside(terms),
            Predicate::Empty
            | Predicate::Ticked(_)
            | Predicate::Regex { .. }
            | Predicate::Mask(_)
            | Predicate::Change(ChangeTest::Changes) => {}
        }
    }

    fn terms(&self, terms: &mut [Term]) {
        self.inside(terms);
        terms.sort_by_cached_key(|term| self.0.term(term));
    }

    fn inside(&self, terms: &mut [Term]) {
        for term in terms {
            if let Term::Expr(expr) = term {
                self.expr(expr);
            }
        }
    }

    pub(super) fn expr(&self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::Const(_) | ExprKind::Time(_) | ExprKind::Field(_) | ExprKind::Score(_) => {}
            ExprKind::Negate(inner)
            | ExprKind::Escaped(inner, _)
            | ExprKind::Shift { base: inner, .. } => self.expr(inner),
            ExprKind::Binary(left, _, right) => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::Call(_, parts) | ExprKind::Template(parts) => {
                for part in parts {
                    self.expr(part);
                }
            }
            ExprKind::Aggregate { field, filter, .. } => {
                if let Some(field) = field {
                    self.expr(field);
                }
                if let Some(filter) = filter {
                    self.condition(filter);
                }
            }
            ExprKind::If(condition, yes, no) => {
                self.condition(condition);
                self.expr(yes);
                self.expr(no);
            }
        }
    }
}
