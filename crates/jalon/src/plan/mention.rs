//! Which fields a condition or an expression mentions.

mod workflow;

pub(crate) use workflow::of_workflow;

use crate::checked::{
    ChangeTest, Condition, Expr, ExprKind, FieldRef, Operand, Predicate, ScoreId, Term,
};

/// Adds the fields of the frame `level` frames out (and beyond) that a condition mentions,
/// their depths counted from that frame.
pub(crate) fn of_condition(condition: &Condition, level: u8, fields: &mut Vec<FieldRef>) {
    walk_condition(condition, level, &mut |reading, level| fields.extend(seen(reading, level)));
}

/// Calls `visit` with each field of a condition's own frame and beyond, and its depth from there.
pub(crate) fn each_of_condition<'c>(
    condition: &'c Condition,
    visit: &mut impl FnMut(&'c FieldRef, u8),
) {
    walk_condition(condition, 0, &mut |reading, level| {
        if let Reading::Field(field) = reading
            && field.depth >= level
        {
            visit(field, field.depth - level);
        }
    });
}

/// Likewise of an expression.
pub(crate) fn of_expr(expr: &Expr, level: u8, fields: &mut Vec<FieldRef>) {
    walk_expr(expr, level, &mut |reading, level| fields.extend(seen(reading, level)));
}

/// Adds the scores that a condition reads.
pub(crate) fn scores_of_condition(condition: &Condition, scores: &mut Vec<ScoreId>) {
    walk_condition(condition, 0, &mut |reading, _| scores.extend(score(reading)));
}

/// Adds the scores that an expression reads.
pub(crate) fn scores_of_expr(expr: &Expr, scores: &mut Vec<ScoreId>) {
    walk_expr(expr, 0, &mut |reading, _| scores.extend(score(reading)));
}

/// Something that is read.
#[derive(Clone, Copy)]
enum Reading<'a> {
    Field(&'a FieldRef),
    Score(ScoreId),
}

fn seen(reading: Reading<'_>, level: u8) -> Option<FieldRef> {
    match reading {
        Reading::Field(field) if field.depth >= level => {
            Some(FieldRef { depth: field.depth - level, ..field.clone() })
        }
        _ => None,
    }
}

fn score(reading: Reading<'_>) -> Option<ScoreId> {
    match reading {
        Reading::Score(id) => Some(id),
        Reading::Field(_) => None,
    }
}

fn walk_condition<'c>(condition: &'c Condition, level: u8, see: &mut impl FnMut(Reading<'c>, u8)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                walk_condition(part, level, see);
            }
        }
        Condition::Not(part) => walk_condition(part, level, see),
        Condition::Test(test) => {
            match &test.left {
                Operand::Field(field) => see(Reading::Field(field), level),
                Operand::Expr(expr) => walk_expr(expr, level, see),
            }
            let (from, to) = changes(&test.predicate);
            for term in terms(&test.predicate).iter().chain(from).chain(to) {
                if let Term::Expr(expr) = term {
                    walk_expr(expr, level, see);
                }
            }
        }
        Condition::Related(related) => {
            see(Reading::Field(&related.list), level);
            walk_condition(&related.condition, level.saturating_add(1), see);
        }
    }
}

fn walk_expr<'c>(expr: &'c Expr, level: u8, see: &mut impl FnMut(Reading<'c>, u8)) {
    match &expr.kind {
        ExprKind::Const(_) | ExprKind::Time(_) => {}
        ExprKind::Field(field) => see(Reading::Field(field), level),
        ExprKind::Score(id) => see(Reading::Score(*id), level),
        ExprKind::Negate(part)
        | ExprKind::Escaped(part, _)
        | ExprKind::Shift { base: part, .. } => {
            walk_expr(part, level, see);
        }
        ExprKind::Binary(left, _, right) => {
            walk_expr(left, level, see);
            walk_expr(right, level, see);
        }
        ExprKind::Call(_, parts) | ExprKind::Template(parts) => {
            for part in parts {
                walk_expr(part, level, see);
            }
        }
        ExprKind::Aggregate { list, field, filter, .. } => {
            see(Reading::Field(list), level);
            let inside = level.saturating_add(1);
            if let Some(field) = field {
                walk_expr(field, inside, see);
            }
            if let Some(filter) = filter {
                walk_condition(filter, inside, see);
            }
        }
        ExprKind::If(condition, then, otherwise) => {
            walk_condition(condition, level, see);
            walk_expr(then, level, see);
            walk_expr(otherwise, level, see);
        }
    }
}

/// The terms of a predicate.
pub(crate) fn terms(predicate: &Predicate) -> &[Term] {
    match predicate {
        Predicate::Text(_, terms)
        | Predicate::Number(_, terms)
        | Predicate::Time(_, terms)
        | Predicate::Set(_, terms)
        | Predicate::Dynamic(_, terms) => terms,
        Predicate::Empty
        | Predicate::Ticked(_)
        | Predicate::Regex { .. }
        | Predicate::Mask(_)
        | Predicate::Change(_) => &[],
    }
}

/// The terms of a test on a change: from which values, to which.
fn changes(predicate: &Predicate) -> (&[Term], &[Term]) {
    match predicate {
        Predicate::Change(ChangeTest::Becomes(to)) => (&[], to),
        Predicate::Change(ChangeTest::From(from, to)) => (from, to),
        _ => (&[], &[]),
    }
}
