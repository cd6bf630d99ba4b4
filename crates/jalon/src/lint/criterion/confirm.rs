//! Findings held against the executor: what it contradicts is not reported.

use std::sync::Arc;

use super::sites::Site;
use super::solve::Witness;
use super::space::Space;
use crate::checked::{Condition, FieldRef, Operand};
use crate::eval::value::Frame;
use crate::lint::domain::{Answer, Demand};
use crate::plan::entry::Plan;
use crate::plan::logic::Tree;
use crate::plan::pool::SourceId;
use crate::score::runner::Runner;
use crate::value::{Conflict, FieldKey, Record, Value, ValueRef};

/// So many records are made up for one claim.
const RECORDS: usize = 24;

/// A record made up for a criterion.
#[derive(Clone, Debug, Default)]
struct MadeUp(Vec<(FieldKey, Value)>);

impl Record for MadeUp {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        self.0
            .iter()
            .find(|(own, _)| own.is(key))
            .map_or(ValueRef::Absent, |(_, value)| value.as_ref())
    }

    fn conflict(&self, _: &FieldKey) -> Option<Conflict> {
        None
    }
}

/// What the executor says of conditions on a record and the one around it.
fn run(conditions: &[&Condition], space: &Space<'_>) -> Option<Runner> {
    let conditions: Vec<Option<&Condition>> = conditions.iter().map(|c| Some(*c)).collect();
    let (plan, _) = Plan::of_events(&conditions, &[], space.program);
    Runner::new(Arc::new(plan), &space.clock, false).ok()
}

/// Likewise of conditions that are lowered already.
fn run_lowered(lowered: &[(&Condition, &Tree)], space: &Space<'_>) -> Option<Runner> {
    let runner = Runner::new(Arc::new(space.plan(lowered)), &space.clock, false);
    runner.ok()
}

fn verdicts(runner: &mut Runner, record: &MadeUp, around: &MadeUp) -> Vec<bool> {
    let outer = Frame::new(around);
    runner.run_on(&Frame { record, outer: Some(&outer) });
    match (&runner.plan.criterion, &runner.criterion) {
        (Some(block), Some(state)) => {
            block.roots.iter().map(|root| root.holds(&state.bits)).collect()
        }
        _ => Vec::new(),
    }
}

/// A record that a witness names. What it says of the record around is of the record before;
/// there, other fields are empty.
#[derive(Clone, Debug)]
pub(in crate::lint) struct Shown {
    record: MadeUp,
    around: MadeUp,
    pub(in crate::lint) witness: Witness,
}

impl Shown {
    /// None where a value is not that of a field.
    pub(in crate::lint) fn new(witness: Witness, space: &Space<'_>) -> Option<Shown> {
        let (mut record, mut around) = (MadeUp::default(), MadeUp::default());
        for (source, value) in &witness {
            let Operand::Field(field) = space.source(*source) else { return None };
            let side = if field.depth == 0 { &mut record } else { &mut around };
            side.0.push((field.key.clone(), value.clone()));
        }
        Some(Shown { record, around, witness })
    }
}

/// The executor, made ready to say again and again which of some criteria hold.
#[derive(Debug)]
pub(in crate::lint) struct Judge<'p> {
    conditions: Vec<&'p Condition>,
    runner: Option<Runner>,
}

impl<'p> Judge<'p> {
    pub(in crate::lint) fn new(lowered: &[(&'p Condition, &Tree)], space: &Space<'_>) -> Judge<'p> {
        let conditions = lowered.iter().map(|(condition, _)| *condition).collect();
        Judge { conditions, runner: run_lowered(lowered, space) }
    }

    /// The criteria that hold of a record; none where it cannot be told.
    pub(in crate::lint) fn held(&mut self, shown: &Shown) -> Option<Vec<&'p Condition>> {
        let found = verdicts(self.runner.as_mut()?, &shown.record, &shown.around);
        let holding = self.conditions.iter().zip(&found).filter(|(_, holds)| **holds);
        (found.len() == self.conditions.len())
            .then(|| holding.map(|(condition, _)| *condition).collect())
    }
}

/// Whether no made-up record reaches a criterion (none is all records) past those before it.
pub(in crate::lint) fn unreached(
    condition: Option<&Condition>,
    before: &[&Condition],
    trees: &[&Tree],
    space: &Space<'_>,
) -> bool {
    let mut all = before.to_vec();
    all.extend(condition);
    let Some(mut runner) = run(&all, space) else { return false };
    records(trees, space).iter().all(|(record, around)| {
        let found = verdicts(&mut runner, record, around);
        let taken = found.iter().take(before.len()).any(|holds| *holds);
        taken || found.get(before.len()).is_some_and(|holds| !holds)
    })
}

/// Whether no made-up record satisfies both of two criteria.
pub(in crate::lint) fn separate(
    one: &Condition,
    other: &Condition,
    trees: &[&Tree],
    space: &Space<'_>,
) -> bool {
    let Some(mut runner) = run(&[one, other], space) else { return false };
    records(trees, space)
        .iter()
        .all(|(record, around)| verdicts(&mut runner, record, around) != [true, true])
}

/// Records made up for a criterion, by which claims about it are held against the executor.
#[derive(Debug)]
pub(in crate::lint) struct Sampled<'s> {
    site: &'s Site<'s>,
    space: &'s Space<'s>,
    records: Option<Vec<(MadeUp, MadeUp)>>,
}

impl<'s> Sampled<'s> {
    pub(super) fn new(site: &'s Site<'s>, space: &'s Space<'s>) -> Sampled<'s> {
        Sampled { site, space, records: None }
    }

    /// Whether no record makes the executor say other than a verdict.
    pub(super) fn constant(&mut self, verdict: bool) -> bool {
        self.all(&[self.site.condition], |found| found[0] == verdict)
    }

    /// Whether on every record the executor says the same without a part.
    pub(super) fn same_without(&mut self, path: &[usize]) -> bool {
        let Some(changed) = without(self.site.condition, path) else { return false };
        self.all(&[self.site.condition, &changed], |found| found[0] == found[1])
    }

    fn all(&mut self, conditions: &[&Condition], agrees: impl Fn(&[bool]) -> bool) -> bool {
        let mut all = conditions.to_vec();
        all.extend(&self.site.given_conditions);
        let Some(mut runner) = run(&all, self.space) else { return false };
        let (site, space) = (self.site, self.space);
        let records = self.records.get_or_insert_with(|| {
            let trees: Vec<&Tree> = site.given.iter().chain([&site.tree]).collect();
            records(&trees, space)
        });
        records.iter().all(|(record, around)| {
            let found = verdicts(&mut runner, record, around);
            let Some((found, given)) = found.split_at_checked(conditions.len()) else {
                return false;
            };
            given.iter().any(|empty| *empty) || agrees(found)
        })
    }
}

/// Records whose fields take values at which the tests of a criterion tell values apart.
fn records(trees: &[&Tree], space: &Space<'_>) -> Vec<(MadeUp, MadeUp)> {
    let mut fields: Vec<(SourceId, &FieldRef, Vec<Value>)> = Vec::new();
    let mut add = |atom: u32| {
        let Some((source, test)) = space.test(atom) else { return };
        let Operand::Field(field) = space.source(source) else { return };
        let known = fields.iter().position(|(other, ..)| *other == source);
        let place = known.unwrap_or_else(|| {
            fields.push((source, field, vec![Value::Empty]));
            fields.len() - 1
        });
        let values = &mut fields[place].2;
        for negated in [false, true] {
            if values.len() < RECORDS
                && let Answer::Yes(value) = space.solve(source, &[Demand { test, negated }])
                && !values.contains(&value)
            {
                values.push(value);
            }
        }
    };
    for tree in trees {
        tree.each_bit(&mut add);
    }
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut any = |below: usize| {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        (state >> 33) as usize % below.max(1)
    };
    (0..RECORDS)
        .map(|_| {
            let (mut record, mut around) = (MadeUp::default(), MadeUp::default());
            for (_, field, values) in &fields {
                let side = if field.depth == 0 { &mut record } else { &mut around };
                side.0.push((field.key.clone(), values[any(values.len())].clone()));
            }
            (record, around)
        })
        .collect()
}

/// A criterion without one of its parts.
fn without(condition: &Condition, path: &[usize]) -> Option<Condition> {
    let (first, rest) = path.split_first()?;
    let changed = |parts: &[Condition]| {
        let mut parts = parts.to_vec();
        if rest.is_empty() {
            parts.get(*first)?;
            parts.remove(*first);
        } else {
            let part = without(parts.get(*first)?, rest)?;
            parts[*first] = part;
        }
        Some(parts)
    };
    match condition {
        Condition::All(parts) => changed(parts).map(Condition::All),
        Condition::Any(parts) => changed(parts).map(Condition::Any),
        Condition::Not(part) => without(part, rest).map(|part| Condition::Not(Box::new(part))),
        Condition::Test(_) | Condition::Related(_) => None,
    }
}
