//! Criteria that cannot hold together.

use rust_decimal::Decimal;

use crate::checked::{Domain, FieldRef, Operand, OrderTest, Predicate, Term, Test, TextTest};
use crate::schema::TextMode;
use crate::value::Value;
use crate::value::fold::fold;

/// Whether two tests, both on the same field, cannot hold together on any record.
pub(super) fn contrary(a: &Test, b: &Test) -> bool {
    let (Some(field), Some(other)) = (own_field(a), own_field(b)) else { return false };
    if !super::same_field(field, other) {
        return false;
    }
    if a.predicate == b.predicate && a.negated != b.negated {
        // A test is the exact complement of its negation.
        return true;
    }
    match (&a.predicate, &b.predicate) {
        (Predicate::Ticked(one), Predicate::Ticked(two)) => {
            (one != two) == (a.negated == b.negated)
        }
        (Predicate::Text(TextTest::Equal, one), Predicate::Text(TextTest::Equal, two)) => {
            let Domain::Text(mode) = field.domain else { return false };
            match (texts(one, mode), texts(two, mode)) {
                (Some(one), Some(two)) => no_text(&one, a.negated, &two, b.negated),
                _ => false,
            }
        }
        (Predicate::Number(one, first), Predicate::Number(two, second)) => {
            let ranges = (ranges(*one, first), ranges(*two, second));
            let (false, false, (Some(first), Some(second))) = (a.negated, b.negated, ranges) else {
                return false;
            };
            first.iter().all(|one| second.iter().all(|two| one.misses(two)))
        }
        _ => false,
    }
}

fn own_field(test: &Test) -> Option<&FieldRef> {
    match &test.left {
        Operand::Field(field) if field.depth == 0 => Some(field),
        _ => None,
    }
}

/// The constants as the field compares them; `None` where one is something else.
fn texts(terms: &[Term], mode: TextMode) -> Option<Vec<String>> {
    let text = |term: &Term| match term {
        Term::Const(Value::Text(text)) => Some(fold(text, mode).into_owned()),
        _ => None,
    };
    terms.iter().map(text).collect()
}

/// Whether no text is among the ones (or, negated, is none of them) and among the others likewise.
fn no_text(one: &[String], not_one: bool, two: &[String], not_two: bool) -> bool {
    let all_in = |some: &[String], others: &[String]| some.iter().all(|text| others.contains(text));
    match (not_one, not_two) {
        (false, false) => !one.iter().any(|text| two.contains(text)),
        (false, true) => all_in(one, two),
        (true, false) => all_in(two, one),
        (true, true) => false,
    }
}

/// Numbers between two bounds; without one, all up or down.
#[derive(Clone, Copy, Debug, Default)]
struct Range {
    from: Option<Bound>,
    to: Option<Bound>,
}

/// A bound, and whether it is inside.
#[derive(Clone, Copy, Debug)]
struct Bound(Decimal, bool);

impl Range {
    /// Whether no number is in both.
    fn misses(&self, other: &Range) -> bool {
        let below = |to: Option<Bound>, from: Option<Bound>| match (to, from) {
            (Some(Bound(to, with_to)), Some(Bound(from, with_from))) => {
                to < from || (to == from && !(with_to && with_from))
            }
            _ => false,
        };
        below(self.to, other.from) || below(other.to, self.from)
    }
}

/// Where a test on numbers holds; `None` where a term is no constant.
fn ranges(test: OrderTest, terms: &[Term]) -> Option<Vec<Range>> {
    let number = |term: &Term| match term {
        Term::Const(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let numbers = terms.iter().map(number).collect::<Option<Vec<Decimal>>>()?;
    let first = numbers.first().copied()?;
    let from = |inside| Range { from: Some(Bound(first, inside)), to: None };
    let to = |inside| Range { from: None, to: Some(Bound(first, inside)) };
    Some(match test {
        OrderTest::Equal => {
            let only = |number| Some(Bound(number, true));
            numbers.iter().map(|one| Range { from: only(*one), to: only(*one) }).collect()
        }
        OrderTest::Less => vec![to(false)],
        OrderTest::LessOrEqual => vec![to(true)],
        OrderTest::Greater => vec![from(false)],
        OrderTest::GreaterOrEqual => vec![from(true)],
        OrderTest::Between => {
            let last = numbers.get(1).copied()?;
            vec![Range { from: Some(Bound(first, true)), to: Some(Bound(last, true)) }]
        }
    })
}
