//! Numbers: the constants, and a number between each two neighbours and beyond the ends.

use rust_decimal::Decimal;

use super::{Answer, Demand, MOST_COMPARED};
use crate::checked::OrderTest;
use crate::plan::atom::ConstantTest;
use crate::plan::number::NumberTest;
use crate::schema::{self, FieldType, NumberKind};
use crate::value::Value;

/// A number.
pub(super) fn solve(demands: &[Demand<'_>], declared: Option<&schema::Field>) -> Answer {
    let mut tests: Vec<(&NumberTest, bool)> = Vec::with_capacity(demands.len());
    for demand in demands {
        match demand.test {
            ConstantTest::Empty => {}
            ConstantTest::Number(test) => tests.push((test, demand.negated)),
            _ => return Answer::Perhaps,
        }
    }
    let met_by =
        |number: Decimal| tests.iter().all(|(test, negated)| test.passes(number) != *negated);
    let equal = tests.iter().filter(|(test, negated)| test.test == OrderTest::Equal && !negated);
    let size: usize = tests.iter().map(|(test, _)| test.terms.len()).sum();
    let (candidates, complete) = match equal.min_by_key(|(test, _)| test.terms.len()) {
        Some((test, _)) => (test.terms.clone(), true),
        None => candidates(&tests),
    };
    if candidates.len() * size > MOST_COMPARED {
        return Answer::Perhaps;
    }
    let whole = declared.is_some_and(|field| field.ty == FieldType::Number(NumberKind::Integer));
    let mut met = candidates.into_iter().filter(|number| met_by(*number));
    let Some(first) = met.next() else {
        return if complete { Answer::No } else { Answer::Perhaps };
    };
    let usual = std::iter::once(first).chain(met).find(|number| !whole || number.fract().is_zero());
    usual.map_or(Answer::Perhaps, |number| Answer::Yes(Value::Number(number.normalize())))
}

/// Numbers at which tests differ.
pub(super) fn values(tests: &[&ConstantTest]) -> Option<Vec<Decimal>> {
    let mut numbers = Vec::with_capacity(tests.len());
    for test in tests {
        match test {
            ConstantTest::Empty => {}
            ConstantTest::Number(test) => numbers.push((test, false)),
            _ => return None,
        }
    }
    Some(candidates(&numbers).0)
}

/// A number for each stretch between constants, and whether none is missing.
fn candidates(tests: &[(&NumberTest, bool)]) -> (Vec<Decimal>, bool) {
    let mut constants: Vec<Decimal> =
        tests.iter().flat_map(|(test, _)| test.terms.iter().copied()).collect();
    constants.sort_unstable();
    constants.dedup();
    let mut complete = true;
    let mut found = Vec::with_capacity(constants.len() * 2 + 1);
    let mut add = |number: Option<Decimal>| match number {
        Some(number) => found.push(number),
        None => complete = false,
    };
    let (Some(first), Some(last)) = (constants.first(), constants.last()) else {
        return (vec![Decimal::ONE], true);
    };
    for constant in &constants {
        add(Some(*constant));
    }
    add(last.checked_add(Decimal::ONE).filter(|number| number > last));
    add(first.checked_sub(Decimal::ONE).filter(|number| number < first));
    for pair in constants.windows(2) {
        add(between(pair[0], pair[1]));
    }
    (found, complete)
}

/// A number between two, a whole one where there is one.
fn between(low: Decimal, high: Decimal) -> Option<Decimal> {
    let inside = |number: &Decimal| low < *number && *number < high;
    let whole = low.floor().checked_add(Decimal::ONE).filter(inside);
    whole.or_else(|| {
        let half = high.checked_sub(low)?.checked_div(Decimal::TWO)?;
        low.checked_add(half).filter(inside)
    })
}
