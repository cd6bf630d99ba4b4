//! What a rule says, whatever its layout, its language and its place: the hash that its timers
//! carry.

use super::walk::{fields_of_condition, fields_of_expr};
use super::workflow::{Action, ActionKind, Branch, Due, Rule, Target, TriggerKind};
use super::{ChangeTest, Condition, Expr, ExprKind, FieldRef, Operand, Predicate, Term};
use crate::source::Span;

/// The content of a rule as sixteen hexadecimal digits. Formatting or translating the rule, or
/// declaring others around it, does not change it.
pub(crate) fn of_rule(rule: &Rule) -> String {
    let mut rule = rule.clone();
    rule.span = Span::default();
    rule.module = None;
    for trigger in &mut rule.triggers {
        trigger.span = Span::default();
        trigger.source.clear();
        match &mut trigger.kind {
            TriggerKind::Criterion(bare) => condition(bare),
            TriggerKind::Changed(fields) => fields.iter_mut().for_each(field),
            TriggerKind::Date(date) => field(&mut date.field),
            _ => {}
        }
    }
    rule.branches.iter_mut().for_each(branch);
    of_text(&format!("{:?}", (&rule.triggers, rule.repetition, &rule.branches)))
}

/// A text as sixteen hexadecimal digits.
pub(crate) fn of_text(text: &str) -> String {
    format!("{:016x}", fnv(text))
}

/// The content of a criterion, likewise.
pub(crate) fn of_condition(criterion: &Condition) -> String {
    let mut criterion = criterion.clone();
    condition(&mut criterion);
    format!("{:016x}", fnv(&format!("{criterion:?}")))
}

/// FNV-1a, of 64 bits.
fn fnv(text: &str) -> u64 {
    const PRIME: u64 = 0x0100_0000_01b3;
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

fn branch(branch: &mut Branch) {
    branch.span = Span::default();
    branch.condition.iter_mut().for_each(condition);
    branch.actions.iter_mut().for_each(action);
    for later in &mut branch.later {
        later.span = Span::default();
        later.actions.iter_mut().for_each(action);
    }
}

fn action(action: &mut Action) {
    action.span = Span::default();
    action.source.clear();
    let due = |due: &mut Due| {
        if let Due::At(at) = due {
            expr(at);
        }
    };
    match &mut action.kind {
        ActionKind::Update(update) => {
            update.values.iter_mut().for_each(expr);
            match &mut update.target {
                Target::Own(own) => field(own),
                Target::Through { reference: list, field: of, module }
                | Target::Each { list, field: of, module } => {
                    field(list);
                    field(of);
                    module.0 = 0;
                }
            }
        }
        ActionKind::Task(task) => {
            expr(&mut task.subject);
            task.due.iter_mut().for_each(due);
            task.settings.iter_mut().for_each(|(_, value)| expr(value));
        }
        ActionKind::Email(message) | ActionKind::Alert(message) => {
            expr(&mut message.template);
            message.settings.iter_mut().for_each(|(_, value)| expr(value));
        }
        ActionKind::Function { arguments, .. } => arguments.iter_mut().for_each(expr),
        ActionKind::Create { fields, .. } => fields.iter_mut().for_each(|(_, value)| expr(value)),
        ActionKind::Meeting(meeting) => {
            expr(&mut meeting.title);
            due(&mut meeting.start);
            meeting.settings.iter_mut().for_each(|(_, value)| expr(value));
        }
        _ => {}
    }
}

/// Leaves of a field its declared name only.
fn field(field: &mut FieldRef) {
    let key = &mut field.key;
    (key.shape, key.slot) = (0, 0);
    key.names.truncate(1);
    key.folded.clear();
    key.path = None;
}

fn condition(bare: &mut Condition) {
    fields_of_condition(bare, 0, &mut |of, _| field(of));
    places(bare);
}

fn expr(bare: &mut Expr) {
    fields_of_expr(bare, 0, &mut |of, _| field(of));
    places_of_expr(bare);
}

/// Takes places and the texts as written away.
fn places(bare: &mut Condition) {
    match bare {
        Condition::All(parts) | Condition::Any(parts) => parts.iter_mut().for_each(places),
        Condition::Not(part) => places(part),
        Condition::Related(related) => {
            related.span = Span::default();
            related.source.clear();
            places(&mut related.condition);
        }
        Condition::Test(test) => {
            test.span = Span::default();
            test.source.clear();
            if let Operand::Expr(left) = &mut test.left {
                places_of_expr(left);
            }
            let terms = match &mut test.predicate {
                Predicate::Text(_, terms)
                | Predicate::Number(_, terms)
                | Predicate::Time(_, terms)
                | Predicate::Set(_, terms)
                | Predicate::Dynamic(_, terms)
                | Predicate::Change(ChangeTest::Becomes(terms)) => terms.as_mut_slice(),
                _ => &mut [],
            };
            for term in terms {
                if let Term::Expr(term) = term {
                    places_of_expr(term);
                }
            }
        }
    }
}

fn places_of_expr(bare: &mut Expr) {
    bare.span = Span::default();
    bare.source.clear();
    match &mut bare.kind {
        ExprKind::Const(_) | ExprKind::Time(_) | ExprKind::Field(_) | ExprKind::Score(_) => {}
        ExprKind::Negate(inner)
        | ExprKind::Escaped(inner, _)
        | ExprKind::Shift { base: inner, .. } => places_of_expr(inner),
        ExprKind::Binary(left, _, right) => {
            places_of_expr(left);
            places_of_expr(right);
        }
        ExprKind::Call(_, parts) | ExprKind::Template(parts) => {
            parts.iter_mut().for_each(places_of_expr);
        }
        ExprKind::Aggregate { field, filter, .. } => {
            if let Some(field) = field {
                places_of_expr(field);
            }
            if let Some(filter) = filter {
                places(filter);
            }
        }
        ExprKind::If(condition, yes, no) => {
            places(condition);
            places_of_expr(yes);
            places_of_expr(no);
        }
    }
}

/// The content of a blueprint, likewise.
pub(crate) fn of_blueprint(blueprint: &super::blueprint::Blueprint) -> String {
    of_text(&format!("{blueprint:?}"))
}
