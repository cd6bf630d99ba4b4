//! Writes of the field that holds a state: refused while the record is in the process, unless
//! they say `forcer`.

use super::{Written, same_field};
use crate::check::{Checker, kind};
use crate::checked::blueprint::{Blueprint, StateId, Transition};
use crate::checked::names::fold;
use crate::checked::workflow::{Action, ActionKind, Target, Update};
use crate::checked::{CheckedProgram, Expr, ExprKind, FieldRef};
use crate::diagnostic::catalogue::{INSERT, PLAIN_STATE_WRITE, STATE_WRITTEN};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::Span;
use crate::value::Value;

impl Checker<'_> {
    /// Reports plain writes of a state: an error in the actions of its own blueprint, else a
    /// warning, since a record may be outside the process.
    pub(super) fn blueprint_writes(&mut self, program: &CheckedProgram, written: &[Written]) {
        let mut found = Vec::new();
        for (of, blueprint) in program.blueprints.iter().enumerate() {
            for action in actions_of(blueprint) {
                let Some(update) = plain_update(action) else { continue };
                let own = matches!(update.target, Target::Own(_));
                if own && same_field(field_of(update), &blueprint.field) {
                    found.push((&STATE_WRITTEN, of, action.span));
                }
            }
        }
        for action in rule_actions(program).chain(program.blueprints.iter().flat_map(actions_of)) {
            let Some(update) = plain_update(action) else { continue };
            let governs = |blueprint: &Blueprint| {
                !blueprint.inactive && same_field(field_of(update), &blueprint.field)
            };
            let Some(of) = program.blueprints.iter().position(governs) else { continue };
            if !found.iter().any(|(_, _, span)| *span == action.span) {
                found.push((&PLAIN_STATE_WRITE, of, action.span));
            }
        }
        for (code, of, span) in found {
            let (Some(blueprint), Some(written)) = (program.blueprints.get(of), written.get(of))
            else {
                continue;
            };
            self.plain_write(code, blueprint, written, span);
        }
    }

    fn plain_write(
        &mut self,
        code: &'static Code,
        blueprint: &Blueprint,
        written: &Written,
        span: Span,
    ) {
        let force = written.lang.pick("forcer", "force");
        let at = Span { end: span.start, ..span };
        let mut fix = Fix::replace(&INSERT, at, force);
        fix.edits = vec![Edit { span: at, text: format!("{force} ") }];
        let finding = Diagnostic::new(code, span)
            .arg("name", kind::label(&blueprint.field))
            .arg("blueprint", &blueprint.name);
        self.report(finding.fix(fix));
    }
}

/// Everything that the transitions of a blueprint do.
fn actions_of(blueprint: &Blueprint) -> impl Iterator<Item = &Action> {
    fn own(transition: &Transition) -> impl Iterator<Item = &Action> {
        transition.after.iter()
    }
    let all = blueprint.transitions.iter();
    all.flat_map(|transition| own(transition).chain(transition.children.iter().flat_map(own)))
}

/// Everything that rules and schedules do.
fn rule_actions(program: &CheckedProgram) -> impl Iterator<Item = &Action> {
    let branches = program.rules.iter().flat_map(|rule| &rule.branches);
    let of_rules = branches.flat_map(|branch| {
        branch.actions.iter().chain(branch.later.iter().flat_map(|later| &later.actions))
    });
    of_rules.chain(program.schedules.iter().flat_map(|schedule| &schedule.actions))
}

fn plain_update(action: &Action) -> Option<&Update> {
    match &action.kind {
        ActionKind::Update(update) if !update.forced => Some(update),
        _ => None,
    }
}

/// The field that an update writes, on whichever record.
fn field_of(update: &Update) -> &FieldRef {
    match &update.target {
        Target::Own(field) | Target::Through { field, .. } | Target::Each { field, .. } => field,
    }
}

/// The states that something forces records into.
pub(super) fn forced_into(program: &CheckedProgram, blueprint: &Blueprint) -> Vec<StateId> {
    let all = rule_actions(program).chain(program.blueprints.iter().flat_map(actions_of));
    let forced = all.filter_map(|action| match &action.kind {
        ActionKind::Update(update) if update.forced => Some(update),
        _ => None,
    });
    let values = forced
        .filter(|update| same_field(field_of(update), &blueprint.field))
        .flat_map(|update| &update.values);
    let state = |name: &str| {
        let at = blueprint.states.iter().position(|state| fold(&state.name) == fold(name))?;
        Some(StateId(at as u32))
    };
    let read = |value: &Expr| match &value.kind {
        ExprKind::Const(Value::Text(text)) => state(text),
        _ => None,
    };
    values.filter_map(read).collect()
}
