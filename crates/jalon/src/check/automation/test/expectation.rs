//! What a test expects, by declared names.

use rust_decimal::Decimal;

use crate::check::Checker;
use crate::check::constant::three_decimals;
use crate::check::scope::Scope;
use crate::checked::ScoreId;
use crate::checked::names::fold;
use crate::checked::workflow::{Expectation, Rule};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::NOT_A_NUMBER;
use crate::syntax::ast::{ExpectationKind, Name};
use crate::value::read::read_number;

impl Checker<'_> {
    /// Checks an expectation; `None` where it has an error, which is reported.
    pub(super) fn expectation(
        &mut self,
        scope: &Scope,
        kind: &ExpectationKind,
        rules: &[Rule],
    ) -> Option<Expectation> {
        Some(match kind {
            ExpectationKind::Score { score, op, value } => {
                let score = self.known_score(score, &scope.on()).map(ScoreId);
                let value = self.expected_number(value);
                Expectation::Score(score?, *op, value?)
            }
            ExpectationKind::Rule { rule, fires } => {
                Expectation::Rule(self.rule_named(scope, rule, rules)?, *fires)
            }
            ExpectationKind::Criterion(criterion) => {
                Expectation::Criterion(self.criterion(scope, criterion))
            }
            ExpectationKind::Effect { kind, name, present } => {
                if let Some(name) = name.as_ref().filter(|_| kind == "webhook") {
                    self.webhook_id(&name.name)?;
                }
                let name = name.as_ref().map(|item| item.name.text.clone());
                Expectation::Effect { kind: kind.clone(), name, present: *present }
            }
            ExpectationKind::NoEffect => Expectation::NoEffect,
            ExpectationKind::Timer { rule, at, present } => {
                let rule = match rule {
                    Some(name) => Some(self.waiting(scope, name, rules)?),
                    None => None,
                };
                let at = match at {
                    Some(at) => Some(self.date_of_test(at)?.0),
                    None => None,
                };
                Expectation::Timer { rule, at, present: *present }
            }
            ExpectationKind::Refused { message, present } => {
                let message = message.as_ref().map(|item| item.name.text.clone());
                Expectation::Refused { message, present: *present }
            }
            ExpectationKind::State(Some(state)) => {
                Expectation::State(Some(self.tested_state(scope, state)?))
            }
            ExpectationKind::State(None) => Expectation::State(None),
            ExpectationKind::Offered { transition, offered } => {
                let transition = self.tested_transition(scope, transition)?;
                Expectation::Offered { transition, offered: *offered }
            }
        })
    }

    /// What timers belong to: a blueprint of the test's module, or a rule.
    fn waiting(&mut self, scope: &Scope, name: &Name, rules: &[Rule]) -> Option<String> {
        let parts = self.once.blueprints.get(&scope.on());
        let names = parts.map(|parts| parts.names.as_slice()).unwrap_or_default();
        if let Some(blueprint) = names.iter().find(|known| fold(known) == fold(&name.text)) {
            return Some(blueprint.clone());
        }
        let rule = self.rule_named(scope, name, rules)?;
        rules.get(rule.0 as usize).map(|rule| rule.name.clone())
    }

    fn expected_number(&mut self, value: &Name) -> Option<Decimal> {
        let Ok(reading) = read_number(&value.text) else {
            let error = Diagnostic::new(&NOT_A_NUMBER, value.span).arg("value", &value.text);
            self.report(error.arg("name", "score"));
            return None;
        };
        if let Some(warning) = three_decimals(value, &reading) {
            self.report(warning);
        }
        Some(reading.value)
    }
}
