//! Rules: their module, triggers and first condition.

use rustc_hash::FxHashMap;

use super::Checker;
use super::modules::duplicate;
use crate::checked::names::fold;
use crate::checked::workflow::{Branch, Rule};
use crate::diagnostic::catalogue::DUPLICATE_RULE;
use crate::source::Span;
use crate::syntax::ast::{self, TriggerKind};

/// The rules so far, by module and folded name.
pub(super) type Rules = FxHashMap<(String, String), Span>;

impl Checker<'_> {
    pub(super) fn rule(&mut self, rule: &ast::Rule) -> Rule {
        let scope = self.scope_on(rule.module.as_ref(), &rule.name);
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
        self.changes = true;
        for trigger in &rule.triggers {
            match &trigger.kind {
                TriggerKind::Changed(fields) => {
                    for field in fields {
                        if self.resolve(&scope, &field.text).is_none() {
                            self.unknown_field(&scope, field);
                        }
                    }
                }
                TriggerKind::Criterion(criterion) => {
                    self.criterion(&scope, criterion);
                }
                TriggerKind::Created
                | TriggerKind::Updated
                | TriggerKind::CreatedOrUpdated
                | TriggerKind::Deleted
                | TriggerKind::Manual
                | TriggerKind::Date(_)
                | TriggerKind::Score { .. }
                | TriggerKind::Event(_)
                | TriggerKind::Idle(_) => {}
            }
        }
        let condition = rule.criterion().map(|c| self.criterion(&scope, c));
        self.changes = false;
        Rule {
            name: rule.name.text.clone(),
            span: rule.name.span,
            module: scope.module(),
            open_module: None,
            triggers: Vec::new(),
            repetition: ast::Repetition::EveryTime,
            branches: vec![Branch {
                span: rule.name.span,
                condition,
                actions: Vec::new(),
                later: Vec::new(),
            }],
        }
    }
}
