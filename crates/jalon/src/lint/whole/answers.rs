//! What criteria say of values that rules write: each test is asked of the executor itself.

use rustc_hash::FxHashMap;

use super::fields::{Fields, Place};
use crate::checked::{
    ChangeTest, CheckedProgram, Condition, FieldRef, Operand, Predicate, Term, Test,
};
use crate::desk::Desk;
use crate::plan::candidates::Candidates;
use crate::plan::entry::Plan;
use crate::value::{Clock, Conflict, FieldKey, Record, Value, ValueRef};

/// Whether a criterion holds, where that is known.
pub(super) type Known = Option<bool>;

/// A field and the value that it has been given, both by number; a field without a value has one
/// that is not known.
pub(super) type Given = (u32, Option<u32>);

/// The tests of a program on fields that rules give fixed values, with what they say of these.
#[derive(Debug, Default)]
pub(super) struct Answers<'p> {
    /// The values that each field is given.
    values: FxHashMap<u32, Vec<Value>>,
    /// Their numbers, by field and value as text.
    numbers: FxHashMap<(u32, String), u32>,
    /// The tests on each field.
    tests: FxHashMap<u32, Vec<&'p Test>>,
    /// The field of each test and its place among the tests on it, by the test's address.
    places: FxHashMap<usize, (u32, u32)>,
    /// For a field, by value, the tests that hold of it where they are not turned round, in order.
    said: FxHashMap<u32, Vec<Vec<u32>>>,
}

impl<'p> Answers<'p> {
    /// The number of a value among those that a field is given.
    pub(super) fn value(&mut self, field: u32, value: &Value) -> u32 {
        let values = self.values.entry(field).or_default();
        let next = values.len() as u32;
        let number = *self.numbers.entry((field, format!("{value:?}"))).or_insert(next);
        if number == next {
            values.push(value.clone());
        }
        number
    }

    /// Whether a value that a field is given is none.
    pub(super) fn is_nothing(&self, field: u32, value: u32) -> bool {
        let value = self.values.get(&field).and_then(|values| values.get(value as usize));
        value == Some(&Value::Empty)
    }

    /// Files the tests of a criterion.
    pub(super) fn file(&mut self, place: Place<'p>, condition: &'p Condition, fields: &Fields<'p>) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.file(place, part, fields);
                }
            }
            Condition::Not(part) => self.file(place, part, fields),
            Condition::Related(_) => {}
            Condition::Test(test) => {
                let Some(field) = plain_field(test) else { return };
                let Some(field) = fields.known(place, &field.key) else { return };
                if self.values.contains_key(&field) {
                    let tests = self.tests.entry(field).or_default();
                    self.places.insert(address(test), (field, tests.len() as u32));
                    tests.push(test);
                }
            }
        }
    }

    /// Asks every test about every value that its field is given. Few tests hold of a value, and
    /// these are found without trying each.
    pub(super) fn ask(&mut self, program: &CheckedProgram) {
        for (field, tests) in &self.tests {
            let conditions: Vec<_> =
                tests.iter().map(|test| Condition::Test(Box::new(as_value_test(test)))).collect();
            let roots: Vec<_> = conditions.iter().map(Some).collect();
            let (plan, _) = Plan::of_events(&roots, &[], program);
            let candidates = plan.criterion.as_ref();
            let candidates =
                candidates.map(|block| Candidates::new(block, (0..tests.len()).collect()));
            let Ok(mut desk) = Desk::new(plan.into(), &Clock::default(), false) else { continue };
            let Some(Operand::Field(of)) = tests.first().map(|test| &test.left) else { continue };
            let said = self.values[field].iter().map(|value| {
                // Before it was another value, so that it has changed; whether it has is not known.
                let other = match value {
                    Value::Bool(ticked) => Value::Bool(!ticked),
                    _ => Value::Empty,
                };
                let before = One { key: &of.key, value: &other };
                desk.judge(&One { key: &of.key, value }, &before);
                let mut held = Vec::new();
                if let Some(candidates) = &candidates {
                    desk.each_held(candidates, |test| held.push(test as u32));
                }
                held.sort_unstable();
                held.dedup();
                held
            });
            self.said.insert(*field, said.collect());
        }
    }

    /// What a test says of a value that its field is given.
    fn say(&self, (field, place): (u32, u32), value: u32) -> Known {
        let held = self.said.get(&field)?.get(value as usize)?.binary_search(&place).is_ok();
        let test = self.tests.get(&field)?.get(place as usize)?;
        match &test.predicate {
            Predicate::Change(_) if held || self.is_nothing(field, value) => None,
            _ => Some(held != test.negated),
        }
    }

    /// The tests on a field, not turned round, that hold of a value or may; none where that is
    /// not known.
    pub(super) fn held(&self, field: u32, value: u32) -> Option<&[u32]> {
        // Of nothing it is not known whether it has changed.
        let held = self.said.get(&field).filter(|_| !self.is_nothing(field, value))?;
        held.get(value as usize).map(Vec::as_slice)
    }

    /// Tests on a field one of which holds wherever a criterion does; none where it may hold
    /// without any.
    pub(super) fn needed(&self, field: u32, condition: &Condition) -> Option<Vec<u32>> {
        match condition {
            Condition::Test(test) if !test.negated => {
                let (of, place) = self.places.get(&address(test))?;
                (*of == field).then(|| vec![*place])
            }
            Condition::All(parts) => {
                let each = parts.iter().filter_map(|part| self.needed(field, part));
                each.min_by_key(Vec::len)
            }
            Condition::Any(parts) => {
                let each: Option<Vec<_>> =
                    parts.iter().map(|part| self.needed(field, part)).collect();
                each.map(|tests| tests.concat())
            }
            Condition::Test(_) | Condition::Not(_) | Condition::Related(_) => None,
        }
    }

    /// Whether a criterion holds of a record of which only so much is known; `other` is what is
    /// known of tests on fields that nothing was given.
    pub(super) fn holds(&self, condition: &Condition, given: &[Given]) -> Known {
        match condition {
            Condition::All(parts) => {
                let mut known = Some(true);
                for part in parts {
                    match self.holds(part, given) {
                        Some(false) => return Some(false),
                        None => known = None,
                        Some(true) => {}
                    }
                }
                known
            }
            Condition::Any(parts) => {
                let mut known = Some(false);
                for part in parts {
                    match self.holds(part, given) {
                        Some(true) => return Some(true),
                        None => known = None,
                        Some(false) => {}
                    }
                }
                known
            }
            Condition::Not(part) => self.holds(part, given).map(|holds| !holds),
            Condition::Related(_) => None,
            Condition::Test(test) => {
                let (field, place) = self.places.get(&address(test))?;
                let (_, value) = given.iter().rev().find(|(known, _)| known == field)?;
                self.say((*field, *place), (*value)?)
            }
        }
    }
}

/// The field that a test asks about a fixed value, where that is all it reads.
fn plain_field(test: &Test) -> Option<&FieldRef> {
    let Operand::Field(field) = &test.left else { return None };
    let fixed =
        |terms: &[Term]| terms.iter().all(|term| matches!(term, Term::Const(_) | Term::Untyped(_)));
    let is_plain = match &test.predicate {
        Predicate::Change(ChangeTest::Becomes(to) | ChangeTest::From(_, to)) => {
            !test.negated && fixed(to)
        }
        Predicate::Change(ChangeTest::Changes) => false,
        other => fixed(crate::plan::mention::terms(other)),
    };
    (is_plain && field.depth == 0 && field.key.path.is_none()).then_some(field)
}

/// The same test, not turned round, asked of the value alone: of a change, whether this may be its
/// end.
fn as_value_test(test: &Test) -> Test {
    let test = Test { negated: false, ..test.clone() };
    match &test.predicate {
        Predicate::Change(ChangeTest::From(_, to)) => {
            let predicate = Predicate::Change(ChangeTest::Becomes(to.clone()));
            Test { predicate, ..test }
        }
        _ => test,
    }
}

fn address(test: &Test) -> usize {
    std::ptr::from_ref(test).addr()
}

/// A record of which one field is known.
#[derive(Debug)]
struct One<'r> {
    key: &'r FieldKey,
    value: &'r Value,
}

impl Record for One<'_> {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        if self.key.is(key) { self.value.as_ref() } else { ValueRef::Absent }
    }

    fn conflict(&self, _: &FieldKey) -> Option<Conflict> {
        None
    }

    fn may_conflict(&self) -> bool {
        false
    }
}
