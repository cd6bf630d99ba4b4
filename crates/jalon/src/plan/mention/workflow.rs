//! Which fields rules and what stands around them mention.

use super::{of_condition, of_expr};
use crate::checked::approval::{Approval, Deadline, Lapsed};
use crate::checked::blueprint::Owner;
use crate::checked::workflow::{
    Action, ActionKind, Actor, Due, Expectation, Meeting, Message, Request, Rule, StepKind, Target,
    Task, Trigger, TriggerKind, Update,
};
use crate::checked::{CheckedProgram, Condition, Expr, FieldRef};

/// Adds the fields that the workflow of a program reads or writes, on a record and on those
/// around it.
pub(crate) fn of_workflow(program: &CheckedProgram, fields: &mut Vec<FieldRef>) {
    program.rules.iter().for_each(|rule| of_rule(rule, fields));
    for must in program.validations.iter().flat_map(|validation| &validation.lines) {
        of_conditions(Some(&must.condition), fields);
        of_exprs(&must.message, fields);
    }
    for dependency in &program.dependencies {
        fields.extend([dependency.child.clone(), dependency.parent.clone()]);
    }
    for (_, request) in program.webhooks.iter().flat_map(|webhook| &webhook.requests) {
        of_request(request, fields);
    }
    program.guards.iter().for_each(|guard| of_conditions(&guard.condition, fields));
    for schedule in &program.schedules {
        fields.extend(schedule.sort.iter().map(|(field, _)| field.clone()));
        of_conditions(&schedule.condition, fields);
        of_actions(&schedule.actions, fields);
    }
    program.approvals.iter().for_each(|approval| of_approval(approval, fields));
    for step in program.tests.iter().flat_map(|test| &test.steps) {
        match &step.kind {
            StepKind::Related(field, _) => fields.push(field.clone()),
            StepKind::Expect(Expectation::Criterion(condition)) => {
                of_condition(condition, 0, fields);
            }
            _ => {}
        }
    }
}

fn of_approval(approval: &Approval, fields: &mut Vec<FieldRef>) {
    of_triggers(&approval.triggers, fields);
    of_conditions(&approval.condition, fields);
    fields.extend(approval.lock.iter().flatten().cloned());
    for level in &approval.levels {
        of_conditions(&level.condition, fields);
        let escalated = match &level.deadline {
            Some(Deadline { then: Lapsed::Escalate(people), .. }) => people.as_slice(),
            _ => &[],
        };
        for owner in level.approvers.iter().chain(escalated) {
            if let Owner::RecordOwner(field) | Owner::OfField(field) = owner {
                fields.push(field.clone());
            }
        }
    }
    for actions in approval.actions() {
        of_actions(actions, fields);
    }
}

fn of_triggers(triggers: &[Trigger], fields: &mut Vec<FieldRef>) {
    for trigger in triggers {
        match &trigger.kind {
            TriggerKind::Changed(changed) => fields.extend(changed.iter().cloned()),
            TriggerKind::Criterion(condition) => of_condition(condition, 0, fields),
            TriggerKind::Date(date) => fields.push(date.field.clone()),
            TriggerKind::Created
            | TriggerKind::Updated
            | TriggerKind::CreatedOrUpdated
            | TriggerKind::Deleted
            | TriggerKind::Manual
            | TriggerKind::Score { .. }
            | TriggerKind::Event(_)
            | TriggerKind::Idle(..) => {}
        }
    }
}

fn of_rule(rule: &Rule, fields: &mut Vec<FieldRef>) {
    of_triggers(&rule.triggers, fields);
    for branch in &rule.branches {
        of_conditions(&branch.condition, fields);
        of_actions(&branch.actions, fields);
        branch.later.iter().for_each(|later| of_actions(&later.actions, fields));
    }
}

fn of_actions(actions: &[Action], fields: &mut Vec<FieldRef>) {
    for action in actions {
        match &action.kind {
            ActionKind::Update(update) => of_update(update, fields),
            ActionKind::Task(task) => of_task(task, fields),
            ActionKind::Email(message) | ActionKind::Alert(message) => of_message(message, fields),
            ActionKind::Meeting(meeting) => of_meeting(meeting, fields),
            ActionKind::Function { arguments, .. } => of_exprs(arguments, fields),
            ActionKind::Create { fields: given, .. } => {
                of_exprs(given.iter().map(|(_, value)| value), fields);
            }
            ActionKind::Assign(actor) => of_actors([actor], fields),
            ActionKind::Webhook(_)
            | ActionKind::Score(_)
            | ActionKind::Convert(_)
            | ActionKind::Tag(_)
            | ActionKind::Untag(_)
            | ActionKind::Delete => {}
        }
    }
}

fn of_update(update: &Update, fields: &mut Vec<FieldRef>) {
    match &update.target {
        Target::Own(field) => fields.push(field.clone()),
        Target::Through { reference: by, field, .. } | Target::Each { list: by, field, .. } => {
            fields.extend([by.clone(), field.clone()]);
        }
    }
    of_exprs(&update.values, fields);
}

fn of_task(task: &Task, fields: &mut Vec<FieldRef>) {
    of_expr(&task.subject, 0, fields);
    task.due.iter().for_each(|due| of_due(due, fields));
    of_actors(&task.to, fields);
    of_exprs(task.settings.iter().map(|(_, value)| value), fields);
}

fn of_message(message: &Message, fields: &mut Vec<FieldRef>) {
    of_expr(&message.template, 0, fields);
    of_actors(&message.to, fields);
    of_exprs(message.settings.iter().map(|(_, value)| value), fields);
}

fn of_meeting(meeting: &Meeting, fields: &mut Vec<FieldRef>) {
    of_expr(&meeting.title, 0, fields);
    of_due(&meeting.start, fields);
    of_actors(&meeting.with, fields);
    of_exprs(meeting.settings.iter().map(|(_, value)| value), fields);
}

fn of_due(due: &Due, fields: &mut Vec<FieldRef>) {
    if let Due::At(at) = due {
        of_expr(at, 0, fields);
    }
}

fn of_request(request: &Request, fields: &mut Vec<FieldRef>) {
    of_expr(&request.url, 0, fields);
    let parts = request.headers.iter().chain(&request.parameters);
    of_exprs(parts.map(|(_, value)| value), fields);
    of_exprs(request.body.iter().map(|(_, body)| body), fields);
}

fn of_conditions<'a>(
    conditions: impl IntoIterator<Item = &'a Condition>,
    fields: &mut Vec<FieldRef>,
) {
    conditions.into_iter().for_each(|condition| of_condition(condition, 0, fields));
}

fn of_exprs<'a>(exprs: impl IntoIterator<Item = &'a Expr>, fields: &mut Vec<FieldRef>) {
    exprs.into_iter().for_each(|expr| of_expr(expr, 0, fields));
}

fn of_actors<'a>(actors: impl IntoIterator<Item = &'a Actor>, fields: &mut Vec<FieldRef>) {
    for actor in actors {
        if let Actor::Field(field) = actor {
            fields.push(field.clone());
        }
    }
}
