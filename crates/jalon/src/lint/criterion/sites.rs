//! Where criteria stand in a program.

use rustc_hash::FxHashMap;

use super::space::Space;
use crate::checked::blueprint::Transition;
use crate::checked::workflow::{Must, Trigger, TriggerKind};
use crate::checked::{CheckedProgram, Condition, FieldRef, Operand, Predicate, Test};
use crate::lexicon::Op;
use crate::plan::logic::Tree;
use crate::source::Span;

/// A criterion of a program, lowered.
#[derive(Debug)]
pub(in crate::lint) struct Site<'p> {
    pub(in crate::lint) condition: &'p Condition,
    pub(in crate::lint) tree: Tree,
    /// It is only judged where none of these hold.
    pub(super) given: Vec<Tree>,
    /// The same as criteria.
    pub(super) given_conditions: Vec<Condition>,
}

/// All of them.
#[derive(Debug, Default)]
pub(in crate::lint) struct Sites<'p> {
    pub(in crate::lint) list: Vec<Site<'p>>,
    places: FxHashMap<*const Condition, usize>,
}

impl<'p> Sites<'p> {
    /// The criteria of a program, those inside others too.
    pub(in crate::lint) fn of(program: &'p CheckedProgram, space: &mut Space<'p>) -> Sites<'p> {
        let mut sites = Sites::default();
        let mut add = |condition: Option<&'p Condition>, given: &[FieldRef]| {
            if let Some(condition) = condition {
                sites.add(condition, given, space);
            }
        };
        for rule in &program.rules {
            of_triggers(&rule.triggers).for_each(|condition| add(Some(condition), &[]));
            rule.branches.iter().for_each(|branch| add(branch.condition.as_ref(), &[]));
        }
        for score in &program.scores {
            score.lines.iter().for_each(|line| add(line.condition.as_ref(), &[]));
        }
        let musts = program.validations.iter().flat_map(|validation| &validation.lines);
        let mut transitions: Vec<&Transition> = Vec::new();
        for blueprint in &program.blueprints {
            add(blueprint.entry.as_ref(), &[]);
            transitions.extend(&blueprint.transitions);
        }
        let mut of_transitions: Vec<&Must> = Vec::new();
        while let Some(transition) = transitions.pop() {
            add(transition.condition.as_ref(), &[]);
            of_transitions.extend(&transition.musts);
            transitions.extend(&transition.children);
        }
        for must in musts.chain(of_transitions) {
            add(Some(&must.condition), &must.judged_with);
        }
        program.guards.iter().for_each(|guard| add(guard.condition.as_ref(), &[]));
        program.schedules.iter().for_each(|schedule| add(schedule.condition.as_ref(), &[]));
        for approval in &program.approvals {
            of_triggers(&approval.triggers).for_each(|condition| add(Some(condition), &[]));
            add(approval.condition.as_ref(), &[]);
            approval.levels.iter().for_each(|level| add(level.condition.as_ref(), &[]));
        }
        sites
    }

    /// The tree of a criterion of the program.
    pub(in crate::lint) fn tree(&self, condition: &Condition) -> Option<&Tree> {
        let place = self.places.get(&std::ptr::from_ref(condition))?;
        self.list.get(*place).map(|site| &site.tree)
    }

    fn add(&mut self, condition: &'p Condition, given: &[FieldRef], space: &mut Space<'p>) {
        let given_conditions: Vec<Condition> = given.iter().map(is_empty).collect();
        let given = given_conditions.iter().map(|condition| space.lower(condition)).collect();
        let tree = space.lower(condition);
        self.places.insert(std::ptr::from_ref(condition), self.list.len());
        self.list.push(Site { condition, tree, given, given_conditions });
        self.inside(condition, space);
    }

    /// Adds the criteria on related records.
    fn inside(&mut self, condition: &'p Condition, space: &mut Space<'p>) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.inside(part, space);
                }
            }
            Condition::Not(part) => self.inside(part, space),
            Condition::Related(related) => self.add(&related.condition, &[], space),
            Condition::Test(_) => {}
        }
    }
}

fn of_triggers(triggers: &[Trigger]) -> impl Iterator<Item = &Condition> {
    triggers.iter().filter_map(|trigger| match &trigger.kind {
        TriggerKind::Criterion(condition) => Some(condition),
        _ => None,
    })
}

/// `F EST VIDE`.
fn is_empty(field: &FieldRef) -> Condition {
    Condition::Test(Box::new(Test {
        span: Span::default(),
        source: String::new(),
        op: Op::IsEmpty,
        negated: false,
        left: Operand::Field(field.clone()),
        predicate: Predicate::Empty,
    }))
}
