//! A formula where it is used: its expression, with its fields seen from there.

use super::Checker;
use super::expr::stand_in;
use super::scope::Found;
use crate::checked::walk::fields_of_expr;
use crate::checked::{Condition, Expr, ExprKind, FieldRef, Operand};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::EXPRESSION_TOO_LARGE;
use crate::source::Span;
use crate::value::FieldKey;

/// All uses of formulas together may copy so many parts.
pub(super) const MAX_COPIED: usize = 2_000_000;
/// One formula has at most so many parts, those of the formulas in it included.
const MAX_PARTS: usize = 10_000;

/// From where a formula is used.
struct Place<'f> {
    /// How far outward its record is.
    depth: u8,
    /// The references that lead to its record.
    through: &'f [FieldKey],
    personal: bool,
}

impl<'a> Checker<'a> {
    /// The expression of a formula field found by name.
    pub(super) fn inlined(&mut self, number: u32, found: &Found<'a>, span: Span) -> Expr {
        let formula = self.formulas.get(number as usize).and_then(super::expr::Formula::expr);
        let Some(formula) = formula else { return stand_in(span) };
        let limit = MAX_PARTS.min(self.to_copy);
        let parts = size(formula, limit);
        if parts >= limit {
            let error = Diagnostic::new(&EXPRESSION_TOO_LARGE, span);
            self.report(error.arg("limit", MAX_PARTS));
            return stand_in(span);
        }
        self.to_copy -= parts;
        let mut expr = formula.clone();
        let place = Place {
            depth: found.field.depth,
            through: found.through(),
            personal: found.field.personal,
        };
        if place.depth > 0 || place.personal || !place.through.is_empty() {
            // Inside `level` lists of records, the formula's record is so many steps outward.
            fields_of_expr(&mut expr, 0, &mut |field, level| self.move_field(field, level, &place));
        }
        Expr { span, source: self.text(span), ..expr }
    }

    fn move_field(&mut self, field: &mut FieldRef, level: u8, place: &Place<'_>) {
        if field.depth < level {
            return;
        }
        for reference in place.through.iter().rev() {
            let label = |key: &FieldKey| key.names.first().cloned().unwrap_or_default();
            let whole = format!("{}.{}", label(reference), label(&field.key));
            let mut key = self.dynamic_field(&format!("chemin {}", reference.shape), &whole);
            key.path = Some(Box::new((reference.clone(), field.key.clone())));
            field.key = key;
        }
        field.depth = field.depth.saturating_add(place.depth);
        field.personal |= place.personal;
    }
}

/// How many parts an expression has; stops counting at `limit`.
pub(super) fn size(expr: &Expr, limit: usize) -> usize {
    let mut count = 0;
    let mut exprs = vec![expr];
    let mut conditions: Vec<&Condition> = Vec::new();
    loop {
        if count >= limit {
            return count;
        }
        count += 1;
        if let Some(expr) = exprs.pop() {
            match &expr.kind {
                ExprKind::Const(_)
                | ExprKind::Time(_)
                | ExprKind::Score(_)
                | ExprKind::Field(_) => {}
                ExprKind::Negate(inner)
                | ExprKind::Escaped(inner, _)
                | ExprKind::Shift { base: inner, .. } => exprs.push(inner),
                ExprKind::Binary(left, _, right) => exprs.extend([&**left, &**right]),
                ExprKind::Call(_, parts) | ExprKind::Template(parts) => exprs.extend(parts),
                ExprKind::Aggregate { field, filter, .. } => {
                    exprs.extend(field.as_deref());
                    conditions.extend(filter.as_deref());
                }
                ExprKind::If(condition, yes, no) => {
                    conditions.push(condition);
                    exprs.extend([&**yes, &**no]);
                }
            }
        } else if let Some(condition) = conditions.pop() {
            match condition {
                Condition::All(parts) | Condition::Any(parts) => conditions.extend(parts),
                Condition::Not(part) => conditions.push(part),
                Condition::Related(related) => conditions.push(&related.condition),
                Condition::Test(test) => {
                    if let Operand::Expr(expr) = &test.left {
                        exprs.push(expr);
                    }
                }
            }
        } else {
            return count - 1;
        }
    }
}
