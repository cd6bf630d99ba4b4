//! The plans of one module's declarations, gathered from the checked program.

use super::{
    AfterPlan, ApprovalPlan, BranchPlan, ModulePlan, MustPlan, RulePlan, SchedulePlan, each_expr,
    judged, score_fields,
};
use crate::blueprint::{Which, each};
use crate::checked::approval::Approval;
use crate::checked::blueprint::BlueprintId;
use crate::checked::workflow::{Action, Repetition, RuleId, Trigger, TriggerKind};
use crate::checked::{CheckedProgram, Condition, Expr, content};
use crate::desk::Desks;
use crate::plan::candidates::Candidates;
use crate::plan::entry::Plan;
use crate::plan::mention::of_condition;
use crate::schema::ModuleId;

/// Numbers conditions and expressions as they are met.
#[derive(Default)]
pub(super) struct Gather<'p> {
    conditions: Vec<Option<&'p Condition>>,
    exprs: Vec<&'p Expr>,
}

impl<'p> Gather<'p> {
    pub(super) fn module(
        mut self,
        program: &'p CheckedProgram,
        id: Option<ModuleId>,
        open: Option<&String>,
        name: String,
    ) -> ModulePlan {
        let here = |module: Option<ModuleId>, other: Option<&String>| module == id && other == open;
        let mut names = content::Names::new(program);
        let mut rules = Vec::new();
        let mut needs_before = false;
        let mut watched = Vec::new();
        let mut timed = Vec::new();
        for (index, rule) in program.rules.iter().enumerate() {
            if !here(rule.module, rule.open_module.as_ref()) {
                continue;
            }
            needs_before |= rule.repetition == Repetition::OnEntering;
            let waits = |trigger: &Trigger| {
                matches!(trigger.kind, TriggerKind::Date(_) | TriggerKind::Idle(..))
            };
            let waiting = rule.triggers.iter().enumerate().filter(|(_, trigger)| waits(trigger));
            timed.extend(waiting.map(|(at, _)| (rules.len(), at)));
            let triggers = rule.triggers.iter().map(|trigger| match &trigger.kind {
                TriggerKind::Criterion(condition) => Some(self.condition(Some(condition))),
                TriggerKind::Score { score, .. } => {
                    if !watched.contains(score) {
                        watched.push(*score);
                    }
                    None
                }
                _ => None,
            });
            let triggers = triggers.collect();
            let mut branches = Vec::new();
            for branch in &rule.branches {
                let root = self.condition(branch.condition.as_ref());
                let actions = self.actions(program, id, &branch.actions);
                let later = branch.later.iter();
                let later = later.map(|later| self.actions(program, id, &later.actions)).collect();
                branches.push(BranchPlan { root, actions, later });
            }
            let hash = names.of_rule(rule).to_string();
            rules.push(RulePlan { id: RuleId(index as u32), hash, triggers, branches });
        }
        let mut musts = Vec::new();
        for (index, validation) in program.validations.iter().enumerate() {
            if !here(validation.module, validation.open_module.as_ref()) {
                continue;
            }
            for (line, must) in validation.lines.iter().enumerate() {
                let root = self.condition(Some(&must.condition));
                let message = must.message.as_ref().map(|message| self.expr(message));
                musts.push(MustPlan { validation: index, line, root, message });
            }
        }
        let mut schedules = Vec::new();
        for (schedule, declared) in program.schedules.iter().enumerate() {
            if here(declared.module, declared.open_module.as_ref()) {
                let root = self.condition(declared.condition.as_ref());
                let actions = self.actions(program, id, &declared.actions);
                schedules.push(SchedulePlan { schedule, root, actions });
            }
        }
        let mut transitions = Vec::new();
        for (index, blueprint) in program.blueprints.iter().enumerate() {
            if !here(blueprint.module, blueprint.open_module.as_ref()) {
                continue;
            }
            let blueprint_id = BlueprintId(index as u32);
            for (index, transition) in blueprint.transitions.iter().enumerate() {
                for (which, one) in each(Which { transition: index, child: None }, transition) {
                    if !one.after.is_empty() {
                        let actions = self.actions(program, id, &one.after);
                        transitions.push(AfterPlan { blueprint: blueprint_id, which, actions });
                    }
                }
            }
        }
        let mut approvals = Vec::new();
        for (approval, declared) in program.approvals.iter().enumerate() {
            if here(declared.module, declared.open_module.as_ref()) {
                approvals.push(self.approval(program, id, approval, declared));
            }
        }
        let mut guards = Vec::new();
        for (index, guard) in program.guards.iter().enumerate() {
            if guard.module.is_none() || guard.module == id {
                guards.push((index, self.condition(guard.condition.as_ref())));
            }
        }
        let dependencies = program.dependencies.iter().enumerate();
        let dependencies = dependencies.filter(|(_, d)| d.module == id).map(|(index, _)| index);
        let dependencies = dependencies.collect();
        let (plan, codes) = Plan::of_events(&self.conditions, &self.exprs, program);
        let branches = |rule: &RulePlan| 0..rule.branches.len();
        let conditions: Vec<(usize, usize)> = rules
            .iter()
            .enumerate()
            .flat_map(|(at, rule)| branches(rule).map(move |branch| (at, branch)))
            .collect();
        let roots = conditions.iter().map(|(rule, branch)| rules[*rule].branches[*branch].root);
        let block = plan.criterion.as_ref();
        let candidates =
            block.map(|block| Candidates::new(block, roots.collect())).unwrap_or_default();
        ModulePlan {
            id,
            name,
            desks: Desks::new(plan),
            codes,
            rules,
            conditions,
            candidates,
            musts,
            schedules,
            approvals,
            transitions,
            guards,
            dependencies,
            needs_before,
            watched,
            score_fields: score_fields(program, id),
            judged: judged(program, id),
            timed,
        }
    }

    fn approval(
        &mut self,
        program: &'p CheckedProgram,
        module: Option<ModuleId>,
        approval: usize,
        declared: &'p Approval,
    ) -> ApprovalPlan {
        let mut reads = Vec::new();
        let mut root = |gather: &mut Self, condition: Option<&'p Condition>| {
            if let Some(condition) = condition {
                of_condition(condition, 0, &mut reads);
            }
            gather.condition(condition)
        };
        let triggers = declared.triggers.iter().map(|trigger| match &trigger.kind {
            TriggerKind::Criterion(condition) => Some(self.condition(Some(condition))),
            _ => None,
        });
        let triggers = triggers.collect();
        let own = root(self, declared.condition.as_ref());
        let levels =
            declared.levels.iter().map(|level| root(self, level.condition.as_ref())).collect();
        let actions = declared.actions().map(|actions| self.actions(program, module, actions));
        let content = content::Names::new(program).of_levels(declared).to_string();
        ApprovalPlan { approval, content, triggers, root: own, levels, actions, reads }
    }

    fn condition(&mut self, condition: Option<&'p Condition>) -> usize {
        self.conditions.push(condition);
        self.conditions.len() - 1
    }

    fn expr(&mut self, expr: &'p Expr) -> usize {
        self.exprs.push(expr);
        self.exprs.len() - 1
    }

    /// The first expression of each action.
    fn actions(
        &mut self,
        program: &'p CheckedProgram,
        module: Option<ModuleId>,
        actions: &'p [Action],
    ) -> Vec<usize> {
        let mut first = Vec::with_capacity(actions.len());
        for action in actions {
            first.push(self.exprs.len());
            each_expr(program, module, &action.kind, &mut |expr| self.exprs.push(expr));
        }
        first
    }
}
