//! The criteria, expressions and actions of a program, wherever they stand.

use crate::checked::blueprint::Transition;
use crate::checked::workflow::{Action, ActionKind, Due, Expectation, Rule, StepKind, TriggerKind};
use crate::checked::{CheckedProgram, Condition, Expr};

/// Actions that are done in one go, with what holds of the record then.
pub(super) struct Step<'p> {
    /// What must hold first.
    pub(super) condition: Option<&'p Condition>,
    /// In their order.
    pub(super) actions: &'p [Action],
}

/// Calls `visit` with all actions that are done in one go.
pub(super) fn each_step<'p>(program: &'p CheckedProgram, visit: &mut dyn FnMut(Step<'p>)) {
    for rule in &program.rules {
        for branch in &rule.branches {
            let condition = branch.condition.as_ref();
            visit(Step { condition, actions: &branch.actions });
            for later in &branch.later {
                // Without asking again the criterion may no longer hold.
                let condition = condition.filter(|_| later.recheck);
                visit(Step { condition, actions: &later.actions });
            }
        }
    }
    for schedule in &program.schedules {
        let condition = schedule.condition.as_ref();
        visit(Step { condition, actions: &schedule.actions });
    }
    for approval in &program.approvals {
        for actions in approval.actions() {
            visit(Step { condition: None, actions });
        }
    }
    for blueprint in &program.blueprints {
        let transitions = blueprint.transitions.iter();
        for one in transitions.flat_map(|t| std::iter::once(t).chain(&t.children)) {
            visit(Step { condition: None, actions: &one.after });
        }
    }
}

/// Calls `visit` with each criterion of a program that stands on its own.
pub(super) fn each_condition<'p>(
    program: &'p CheckedProgram,
    visit: &mut dyn FnMut(&'p Condition),
) {
    for rule in &program.rules {
        of_rule(rule, visit);
    }
    program.scores.iter().flat_map(|s| &s.lines).flat_map(|l| &l.condition).for_each(&mut *visit);
    let musts = program.validations.iter().flat_map(|validation| &validation.lines);
    musts.for_each(|must| visit(&must.condition));
    program.guards.iter().flat_map(|guard| &guard.condition).for_each(&mut *visit);
    program.schedules.iter().flat_map(|schedule| &schedule.condition).for_each(&mut *visit);
    for approval in &program.approvals {
        triggers(approval.triggers.iter().map(|trigger| &trigger.kind), visit);
        approval.condition.iter().for_each(&mut *visit);
        approval.levels.iter().flat_map(|level| &level.condition).for_each(&mut *visit);
    }
    for blueprint in &program.blueprints {
        blueprint.entry.iter().for_each(&mut *visit);
        let transitions = blueprint.transitions.iter();
        for one in transitions.flat_map(|t| std::iter::once(t).chain(&t.children)) {
            of_transition(one, visit);
        }
    }
    for step in program.tests.iter().flat_map(|test| &test.steps) {
        if let StepKind::Expect(Expectation::Criterion(condition)) = &step.kind {
            visit(condition);
        }
    }
}

fn of_rule<'p>(rule: &'p Rule, visit: &mut dyn FnMut(&'p Condition)) {
    triggers(rule.triggers.iter().map(|trigger| &trigger.kind), visit);
    rule.branches.iter().flat_map(|branch| &branch.condition).for_each(visit);
}

fn of_transition<'p>(transition: &'p Transition, visit: &mut dyn FnMut(&'p Condition)) {
    transition.condition.iter().for_each(&mut *visit);
    transition.musts.iter().for_each(|must| visit(&must.condition));
}

fn triggers<'p>(
    kinds: impl Iterator<Item = &'p TriggerKind>,
    visit: &mut dyn FnMut(&'p Condition),
) {
    for kind in kinds {
        if let TriggerKind::Criterion(condition) = kind {
            visit(condition);
        }
    }
}

/// Calls `visit` with the expressions that stand outside criteria, but for the values that updates
/// and created records get.
pub(super) fn each_expr<'p>(program: &'p CheckedProgram, visit: &mut dyn FnMut(&'p Expr)) {
    program.formulas.iter().for_each(&mut *visit);
    let lines = program.scores.iter().flat_map(|score| &score.lines);
    lines.for_each(|line| visit(&line.points));
    let musts = program.validations.iter().flat_map(|validation| &validation.lines);
    musts.flat_map(|must| &must.message).for_each(&mut *visit);
    for (_, request) in program.webhooks.iter().flat_map(|webhook| &webhook.requests) {
        visit(&request.url);
        request.headers.iter().chain(&request.parameters).for_each(|(_, value)| visit(value));
        request.body.iter().for_each(|(_, body)| visit(body));
    }
    for blueprint in &program.blueprints {
        let transitions = blueprint.transitions.iter();
        for one in transitions.flat_map(|t| std::iter::once(t).chain(&t.children)) {
            one.messages.iter().for_each(&mut *visit);
            one.musts.iter().flat_map(|must| &must.message).for_each(&mut *visit);
        }
    }
    each_step(program, &mut |step| step.actions.iter().for_each(|a| of_action(a, visit)));
}

fn of_action<'p>(action: &'p Action, visit: &mut dyn FnMut(&'p Expr)) {
    let due = |due: &'p Due, visit: &mut dyn FnMut(&'p Expr)| {
        if let Due::At(expr) = due {
            visit(expr);
        }
    };
    match &action.kind {
        ActionKind::Task(task) => {
            visit(&task.subject);
            task.due.iter().for_each(|at| due(at, visit));
            task.settings.iter().for_each(|(_, expr)| visit(expr));
        }
        ActionKind::Email(message) | ActionKind::Alert(message) => {
            visit(&message.template);
            message.settings.iter().for_each(|(_, expr)| visit(expr));
        }
        ActionKind::Function { arguments, .. } => arguments.iter().for_each(visit),
        ActionKind::Meeting(meeting) => {
            visit(&meeting.title);
            due(&meeting.start, visit);
            meeting.settings.iter().for_each(|(_, expr)| visit(expr));
        }
        _ => {}
    }
}
