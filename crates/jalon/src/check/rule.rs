//! Rules: their module, triggers, conditions and actions.

pub(super) mod action;
mod actor;
mod trigger;
mod update;
mod value;

use rustc_hash::FxHashMap;

use super::modules::duplicate;
use super::scope::Scope;
use super::{Checker, Findings};
use crate::checked::names::{Names, fold};
use crate::checked::workflow::{Branch, Later, Rule, Trigger, TriggerKind};
use crate::checked::{Condition, Predicate};
use crate::diagnostic::catalogue::{
    DUPLICATE_RULE, DUPLICATE_WEBHOOK, INSERT, NEVER_CHANGES, NEVER_ENTERS, NEVER_FIRES,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::Span;
use crate::syntax::ast::{self, DeclarationKind, Repetition};

/// The rules so far, by module and folded name.
pub(super) type Rules = FxHashMap<(String, String), Span>;

/// Registers the names of all webhooks, which rules call before they are checked; their names in
/// order of declaration.
pub(super) fn declare_webhooks(
    documents: &[ast::Document],
    names: &mut Names,
    found: &mut Findings,
) -> Vec<String> {
    let mut spans: Vec<Span> = Vec::new();
    let mut declared = Vec::new();
    for declaration in documents.iter().flat_map(|d| &d.declarations) {
        let DeclarationKind::Webhook(webhook) = &declaration.kind else { continue };
        let key = fold(&webhook.name.text);
        if let Some(first) = names.webhooks.get(&key).and_then(|i| spans.get(*i as usize)) {
            duplicate(found, &DUPLICATE_WEBHOOK, &webhook.name, "", *first);
        } else {
            names.webhooks.insert(key, spans.len() as u32);
        }
        spans.push(webhook.name.span);
        declared.push(webhook.name.text.clone());
    }
    declared
}

impl Checker<'_> {
    pub(super) fn rule(&mut self, rule: &ast::Rule) -> Rule {
        let scope = self.scope_on(rule.module.as_ref(), &rule.name);
        self.one_of_its_name(&scope, rule);
        self.changes = true;
        let written = &rule.triggers;
        let triggers: Vec<Trigger> =
            written.iter().filter_map(|trigger| self.trigger(&scope, trigger)).collect();
        let conditions: Vec<Option<Condition>> = rule
            .branches
            .iter()
            .map(|branch| branch.criterion.as_ref().map(|c| self.criterion(&scope, c)))
            .collect();
        self.changes = false;
        let changing = triggers.len() < written.len() || triggers.iter().any(is_change);
        if !changing && !triggers.is_empty() {
            conditions.iter().flatten().for_each(|condition| self.never_changes(condition));
        }
        // Without actions it is a criterion with a name.
        let acts = |branch: &ast::Branch| !branch.actions.is_empty() || !branch.later.is_empty();
        if written.is_empty() && rule.branches.iter().any(acts) {
            let head = rule.module.as_ref().map_or(rule.name.span, |module| module.span);
            let at = Span { start: head.end, ..head };
            let lang = self.last_lang.unwrap_or_default();
            let line = lang.pick("\n  quand créé ou modifié", "\n  when created or updated");
            let warning = Diagnostic::new(&NEVER_FIRES, rule.name.span);
            let warning = warning.arg("name", &rule.name.text);
            let mut fix = Fix::replace(&INSERT, at, line);
            fix.args.insert("new", line.trim().to_owned());
            self.report(warning.fix(fix));
        }
        let repetition = rule.repetition.map_or(Repetition::EveryTime, |(_, how)| how);
        if let Some((span, Repetition::OnEntering)) = rule.repetition
            && (!changing || rule.criterion().is_none())
        {
            self.error(&NEVER_ENTERS, span);
        }
        let unguarded = rule.criterion().is_none();
        let mut branches = Vec::with_capacity(rule.branches.len());
        for (branch, condition) in rule.branches.iter().zip(conditions) {
            branches.push(self.branch(&scope, branch, condition));
        }
        let gone = !written.is_empty()
            && written.iter().all(|t| matches!(t.kind, ast::TriggerKind::Deleted));
        for branch in &branches {
            let later = branch.later.iter().map(|later| &later.actions);
            for actions in std::iter::once(&branch.actions).chain(later) {
                if unguarded {
                    self.guard_deletes(actions);
                }
                if gone {
                    self.on_gone_record(actions);
                }
            }
        }
        Rule {
            name: rule.name.text.clone(),
            span: rule.name.span,
            module: scope.module(),
            open_module: scope.open_module().map(str::to_owned),
            triggers,
            repetition,
            branches,
        }
    }

    /// Reports a second rule of one name on one module.
    fn one_of_its_name(&mut self, scope: &Scope, rule: &ast::Rule) {
        let on = match (scope.module(), &rule.module) {
            (Some(module), _) => module.0.to_string(),
            (None, Some(module)) => fold(&module.text),
            (None, None) => String::new(),
        };
        let key = (on, fold(&rule.name.text));
        if let Some(first) = self.rules.get(&key) {
            duplicate(&mut self.found, &DUPLICATE_RULE, &rule.name, "", *first);
        } else {
            self.rules.insert(key, rule.name.span);
        }
    }

    fn branch(
        &mut self,
        scope: &Scope,
        branch: &ast::Branch,
        condition: Option<Condition>,
    ) -> Branch {
        let actions = self.actions(scope, &branch.actions);
        let mut later = Vec::with_capacity(branch.later.len());
        for written in &branch.later {
            later.push(Later {
                span: written.span,
                after: (written.after.count, written.after.unit),
                at: written.at.as_ref().and_then(|at| self.time_of_day(at)),
                recheck: !written.unchecked,
                actions: self.actions(scope, &written.actions),
            });
        }
        Branch { span: branch.span, condition, actions, later }
    }

    /// Warns of tests on changes where nothing has just changed.
    fn never_changes(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.never_changes(part);
                }
            }
            Condition::Not(part) => self.never_changes(part),
            Condition::Related(related) => self.never_changes(&related.condition),
            Condition::Test(test) => {
                if matches!(test.predicate, Predicate::Change(_)) {
                    let warning = Diagnostic::new(&NEVER_CHANGES, test.span);
                    self.report(warning.arg("name", &test.source));
                }
            }
        }
    }
}

/// Whether a trigger is a change of the record, so that there is one before and one after.
fn is_change(trigger: &Trigger) -> bool {
    match trigger.kind {
        TriggerKind::Created
        | TriggerKind::Updated
        | TriggerKind::CreatedOrUpdated
        | TriggerKind::Deleted
        | TriggerKind::Changed(_)
        | TriggerKind::Criterion(_)
        | TriggerKind::Score { .. } => true,
        TriggerKind::Manual
        | TriggerKind::Date(_)
        | TriggerKind::Event(_)
        | TriggerKind::Idle(..) => false,
    }
}
