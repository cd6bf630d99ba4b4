//! What a field may hold where some tests hold of it and others do not: a value, none, or unknown.
//!
//! Between the constants of the tests nothing changes, so that a few candidates stand for all
//! values. Where they do, none that fits is a proof; elsewhere it is no answer.

mod cells;
mod date;
mod number;
mod set;
mod text;

pub(super) use cells::{Cell, Purpose, cells};

use rust_decimal::Decimal;

use crate::checked::{Domain, DynamicTest, TextTest};
use crate::plan::atom::{ConstantTest, Untyped};
use crate::plan::number::NumberTest;
use crate::plan::text::LiteralTest;
use crate::schema;
use crate::value::{Clock, Value};

/// So many comparisons are spent on one field.
const MOST_COMPARED: usize = 20_000;

/// A field, or something computed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'p> {
    /// How its values are read.
    pub(super) domain: Domain,
    /// Its declaration, if it has one.
    pub(super) declared: Option<&'p schema::Field>,
    /// Whether it is computed: then some of the values of its domain may never come.
    pub(super) computed: bool,
}

/// A test that must hold, or must not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Demand<'a> {
    /// The test.
    pub(super) test: &'a ConstantTest,
    /// Whether it must not hold.
    pub(super) negated: bool,
}

/// Whether a value meets some demands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// None does: proven.
    No,
    /// This one, of those that are declared where some are.
    Yes(Value),
    /// Unknown.
    Perhaps,
}

/// A value that meets all demands.
pub(super) fn solve(field: &Field<'_>, demands: &[Demand<'_>], clock: &Clock) -> Answer {
    let answer = by_domain(field, demands, clock);
    if field.computed && answer != Answer::No { Answer::Perhaps } else { answer }
}

fn by_domain(field: &Field<'_>, demands: &[Demand<'_>], clock: &Clock) -> Answer {
    if field.domain == Domain::Checkbox {
        return ticks(demands);
    }
    let empty = demands.iter().all(|demand| on_empty(demand.test) != demand.negated);
    let required = field.declared.is_some_and(|declared| declared.required);
    if empty && !required {
        return Answer::Yes(Value::Empty);
    }
    let wants_empty = |demand: &Demand<'_>| *demand.test == ConstantTest::Empty && !demand.negated;
    if demands.iter().any(wants_empty) {
        return if empty { Answer::Yes(Value::Empty) } else { Answer::No };
    }
    let answer = match field.domain {
        Domain::Text(mode) => text::solve(demands, field.declared, mode),
        Domain::Reference(mode) => text::solve_reference(demands, mode),
        Domain::Number => number::solve(demands, field.declared),
        Domain::Set(mode) => set::solve(demands, field.declared, mode),
        Domain::Date => date::solve(demands, clock, date::Axis::Days),
        Domain::DateTime => date::solve(demands, clock, date::Axis::Micros),
        Domain::Dynamic => dynamic(demands),
        Domain::Checkbox | Domain::Records => Answer::Perhaps,
    };
    match answer {
        Answer::No | Answer::Perhaps if empty => Answer::Yes(Value::Empty),
        answer => answer,
    }
}

/// Whether a test holds where there is nothing.
fn on_empty(test: &ConstantTest) -> bool {
    match test {
        ConstantTest::Empty | ConstantTest::Ticked(false) => true,
        ConstantTest::Dynamic(DynamicTest::Text(TextTest::Equal), terms) => {
            terms.iter().any(|term| term.tick == Some(false))
        }
        _ => false,
    }
}

/// A box is ticked or not, and never empty.
fn ticks(demands: &[Demand<'_>]) -> Answer {
    let fits = |ticked: bool| {
        demands.iter().all(|demand| match demand.test {
            ConstantTest::Ticked(wanted) => (*wanted == ticked) != demand.negated,
            _ => false,
        })
    };
    if !demands.iter().all(|demand| matches!(demand.test, ConstantTest::Ticked(_))) {
        return Answer::Perhaps;
    }
    [false, true]
        .into_iter()
        .find(|ticked| fits(*ticked))
        .map_or(Answer::No, |ticked| Answer::Yes(Value::Bool(ticked)))
}

/// A field without a declared type: a text or a number is found, but that there is none is only
/// known of numbers, where one test wants a number.
fn dynamic(demands: &[Demand<'_>]) -> Answer {
    let demands = demands.iter().filter(|demand| *demand.test != ConstantTest::Empty);
    let (mut texts, mut numbers) = (Vec::new(), Vec::new());
    for demand in demands {
        let ConstantTest::Dynamic(test, terms) = demand.test else { return Answer::Perhaps };
        match test {
            DynamicTest::Text(test) => {
                let spelled = terms.iter().map(|term| term.text.clone()).collect();
                texts.push((ConstantTest::Text(LiteralTest::of(*test), spelled), demand.negated));
            }
            DynamicTest::Order(order) => {
                let number = |term: &Untyped| term.number;
                let Some(terms) = terms.iter().map(number).collect::<Option<Vec<Decimal>>>() else {
                    return Answer::Perhaps;
                };
                numbers.push((
                    ConstantTest::Number(NumberTest { test: *order, terms }),
                    demand.negated,
                ));
            }
        }
    }
    let demands = |tests: &[(ConstantTest, bool)], solve: &dyn Fn(&[Demand<'_>]) -> Answer| {
        let demands: Vec<_> =
            tests.iter().map(|(test, negated)| Demand { test, negated: *negated }).collect();
        solve(&demands)
    };
    match (texts.is_empty(), numbers.is_empty()) {
        (_, true) => match demands(&texts, &|demands| {
            text::solve(demands, None, schema::TextMode::default())
        }) {
            Answer::No => Answer::Perhaps,
            answer => answer,
        },
        (true, false) => match demands(&numbers, &|demands| number::solve(demands, None)) {
            Answer::No if numbers.iter().all(|(_, negated)| *negated) => Answer::Perhaps,
            answer => answer,
        },
        (false, false) => Answer::Perhaps,
    }
}
