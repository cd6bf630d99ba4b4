//! What records must satisfy.

use rustc_hash::FxHashSet;

use crate::check::Checker;
use crate::check::scope::Scope;
use crate::checked::workflow::{Must, Validation};
use crate::checked::{Condition, Expr, ExprKind, FieldRef, Operand, Predicate};
use crate::source::Span;
use crate::syntax::ast;

impl Checker<'_> {
    pub(super) fn validation(&mut self, span: Span, validation: &ast::Validation) -> Validation {
        let name = validation.name.clone().unwrap_or_else(|| self.keyword(span));
        let scope = self.scope_on(validation.module.as_ref(), &name);
        if validation.lines.is_empty() {
            self.says_nothing(span);
        }
        let mut lines = Vec::with_capacity(validation.lines.len());
        self.changes = true;
        for line in &validation.lines {
            lines.push(self.must(&scope, line));
        }
        self.changes = false;
        Validation { on: scope.on(), lines }
    }

    /// Checks what must hold of a record.
    pub(in crate::check) fn must(&mut self, scope: &Scope, line: &ast::Must) -> Must {
        let condition = self.criterion(scope, &line.criterion);
        let message = line.message.as_ref();
        let message = message.and_then(|item| self.text_item(scope, "message", item));
        let mut leaves = Leaves::default();
        leaves.of_condition(&condition);
        Must {
            span: line.span,
            source: self.without_message(line),
            judged_with: if leaves.tests_empty { Vec::new() } else { leaves.fields },
            condition,
            message,
        }
    }

    /// The text of a line up to its message.
    fn without_message(&self, line: &ast::Must) -> String {
        let Some(message) = &line.message else { return self.text(line.span) };
        let before = Span { end: message.name.span.start, ..line.span };
        let text = self.text(before);
        text.rsplit_once(',').map_or(text.clone(), |(criterion, _)| criterion.trim_end().to_owned())
    }
}

/// The fields on the left of the leaves of a criterion, each once.
#[derive(Default)]
struct Leaves {
    fields: Vec<FieldRef>,
    /// By shape and slot.
    seen: FxHashSet<(u32, u32)>,
    /// Whether a leaf tests `VIDE`.
    tests_empty: bool,
}

impl Leaves {
    fn of_condition(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.of_condition(part);
                }
            }
            Condition::Not(part) => self.of_condition(part),
            // Of no related record it holds or not by its quantifier.
            Condition::Related(_) => {}
            Condition::Test(test) => {
                self.tests_empty |= test.predicate == Predicate::Empty;
                match &test.left {
                    Operand::Field(field) => self.add(field),
                    Operand::Expr(expr) => self.of_expr(expr),
                }
            }
        }
    }

    /// The fields that a computed left side needs; aggregates and choices need none.
    fn of_expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Field(field) => self.add(field),
            ExprKind::Negate(part) | ExprKind::Shift { base: part, .. } => self.of_expr(part),
            ExprKind::Binary(left, _, right) => {
                self.of_expr(left);
                self.of_expr(right);
            }
            ExprKind::Call(_, parts) => {
                for part in parts {
                    self.of_expr(part);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, field: &FieldRef) {
        if self.seen.insert((field.key.shape, field.key.slot)) {
            self.fields.push(field.clone());
        }
    }
}
