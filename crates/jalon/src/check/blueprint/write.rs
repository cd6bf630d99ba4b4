//! Writes of the field that holds a state: refused while the record is in the process, unless
//! they say `forcer`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{FieldId, Written, id, same_field};
use crate::check::{Checker, kind};
use crate::checked::approval::Approval;
use crate::checked::blueprint::{Blueprint, Transition};
use crate::checked::names::fold;
use crate::checked::workflow::{Action, ActionKind, Target, Update};
use crate::checked::{CheckedProgram, ExprKind, FieldRef};
use crate::diagnostic::catalogue::{INSERT, PLAIN_STATE_WRITE, STATE_WRITTEN};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::Span;
use crate::value::Value;

impl Checker<'_> {
    /// Reports plain writes of a state: an error in the actions of its own blueprint, else a
    /// warning, since a record may be outside the process.
    pub(super) fn blueprint_writes(&mut self, program: &CheckedProgram, written: &[Written]) {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut governing: FxHashMap<FieldId, usize> = FxHashMap::default();
        for (of, blueprint) in program.blueprints.iter().enumerate().filter(|(_, b)| !b.inactive) {
            governing.entry(id(&blueprint.field)).or_insert(of);
        }
        for (of, blueprint) in program.blueprints.iter().enumerate() {
            for action in actions_of(blueprint) {
                let Some(update) = plain_update(action) else { continue };
                let own = matches!(update.target, Target::Own(_));
                if own && same_field(field_of(update), &blueprint.field) {
                    found.push((&STATE_WRITTEN, of, action.span));
                    seen.insert(action.span);
                }
            }
        }
        for action in rule_actions(program).chain(program.blueprints.iter().flat_map(actions_of)) {
            let Some(update) = plain_update(action) else { continue };
            let Some(of) = governing.get(&id(field_of(update))) else { continue };
            if seen.insert(action.span) {
                found.push((&PLAIN_STATE_WRITE, *of, action.span));
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

/// Everything that rules, schedules and approvals do.
fn rule_actions(program: &CheckedProgram) -> impl Iterator<Item = &Action> {
    let branches = program.rules.iter().flat_map(|rule| &rule.branches);
    let of_rules = branches.flat_map(|branch| {
        branch.actions.iter().chain(branch.later.iter().flat_map(|later| &later.actions))
    });
    let of_approvals = program.approvals.iter().flat_map(Approval::actions).flatten();
    of_rules
        .chain(program.schedules.iter().flat_map(|schedule| &schedule.actions))
        .chain(of_approvals)
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

/// The folded values that something forces into each field.
pub(super) fn forced(program: &CheckedProgram) -> FxHashMap<FieldId, FxHashSet<String>> {
    let all = rule_actions(program).chain(program.blueprints.iter().flat_map(actions_of));
    let mut found: FxHashMap<FieldId, FxHashSet<String>> = FxHashMap::default();
    for action in all {
        let ActionKind::Update(update) = &action.kind else { continue };
        for value in update.values.iter().filter(|_| update.forced) {
            if let ExprKind::Const(Value::Text(text)) = &value.kind {
                found.entry(id(field_of(update))).or_default().insert(fold(text));
            }
        }
    }
    found
}
