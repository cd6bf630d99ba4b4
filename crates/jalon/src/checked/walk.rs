//! Walking the fields of expressions and conditions, frame by frame.

use super::{ChangeTest, Condition, Expr, ExprKind, FieldRef, Operand, Predicate, Term};

/// Calls `visit` with every field that an expression reads and how many frames stand between the
/// field's place and the expression's own frame.
pub(crate) fn fields_of_expr(expr: &mut Expr, level: u8, visit: &mut dyn FnMut(&mut FieldRef, u8)) {
    match &mut expr.kind {
        ExprKind::Const(_) | ExprKind::Time(_) | ExprKind::Score(_) => {}
        ExprKind::Field(field) => visit(field, level),
        ExprKind::Negate(inner)
        | ExprKind::Escaped(inner, _)
        | ExprKind::Shift { base: inner, .. } => {
            fields_of_expr(inner, level, visit);
        }
        ExprKind::Binary(left, _, right) => {
            fields_of_expr(left, level, visit);
            fields_of_expr(right, level, visit);
        }
        ExprKind::Call(_, parts) | ExprKind::Template(parts) => {
            for part in parts {
                fields_of_expr(part, level, visit);
            }
        }
        ExprKind::Aggregate { list, field, filter, .. } => {
            visit(list, level);
            let inside = level.saturating_add(1);
            if let Some(field) = field {
                fields_of_expr(field, inside, visit);
            }
            if let Some(filter) = filter {
                fields_of_condition(filter, inside, visit);
            }
        }
        ExprKind::If(condition, yes, no) => {
            fields_of_condition(condition, level, visit);
            fields_of_expr(yes, level, visit);
            fields_of_expr(no, level, visit);
        }
    }
}

/// Likewise of a condition.
pub(crate) fn fields_of_condition(
    condition: &mut Condition,
    level: u8,
    visit: &mut dyn FnMut(&mut FieldRef, u8),
) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                fields_of_condition(part, level, visit);
            }
        }
        Condition::Not(part) => fields_of_condition(part, level, visit),
        Condition::Related(related) => {
            visit(&mut related.list, level);
            fields_of_condition(&mut related.condition, level.saturating_add(1), visit);
        }
        Condition::Test(test) => {
            match &mut test.left {
                Operand::Field(field) => visit(field, level),
                Operand::Expr(expr) => fields_of_expr(expr, level, visit),
            }
            for term in terms_mut(&mut test.predicate) {
                if let Term::Expr(expr) = term {
                    fields_of_expr(expr, level, visit);
                }
            }
        }
    }
}

fn terms_mut(predicate: &mut Predicate) -> Vec<&mut Term> {
    match predicate {
        Predicate::Text(_, terms)
        | Predicate::Number(_, terms)
        | Predicate::Time(_, terms)
        | Predicate::Set(_, terms)
        | Predicate::Dynamic(_, terms)
        | Predicate::Change(ChangeTest::Becomes(terms)) => terms.iter_mut().collect(),
        Predicate::Change(ChangeTest::From(from, to)) => from.iter_mut().chain(to).collect(),
        Predicate::Empty
        | Predicate::Ticked(_)
        | Predicate::Regex { .. }
        | Predicate::Mask(_)
        | Predicate::Change(ChangeTest::Changes) => Vec::new(),
    }
}
