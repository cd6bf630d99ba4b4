//! A few values of a field at which its tests differ, each with what all the tests say of it.
//!
//! Where [`super::solve`] answers one question exactly, these answer many at a time: a record made
//! of them that fits is an example, and no search is needed.

use super::{Field, date, number, on_empty, set, text};
use crate::checked::Domain;
use crate::plan::atom::ConstantTest;
use crate::schema::{FieldType, NumberKind};
use crate::value::{Clock, Value};

/// Of more values than this the rest is left out.
const MOST_CELLS: usize = 160;

/// A value, and which of the tests hold of it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lint) struct Cell {
    pub(in crate::lint) value: Value,
    /// By the place of the test.
    pub(in crate::lint) holds: u64,
    /// Whether people would expect it: a declared value, a whole number where those are.
    pub(in crate::lint) usual: bool,
}

impl Cell {
    /// A value of which tests are asked.
    pub(super) fn new(
        value: Value,
        tests: &[&ConstantTest],
        mut passes: impl FnMut(&ConstantTest) -> bool,
    ) -> Cell {
        let bits = tests.iter().enumerate().map(|(at, test)| u64::from(passes(test)) << at);
        Cell { value, holds: bits.fold(0, |holds, bit| holds | bit), usual: true }
    }
}

/// Values of a field for at most 64 tests. For each test in `apart` there is one of which it does
/// not hold and as many others as possible do. None where the tests are not of a kind for that.
pub(in crate::lint) fn cells(
    field: &Field<'_>,
    tests: &[&ConstantTest],
    apart: u64,
    clock: &Clock,
) -> Option<Vec<Cell>> {
    if field.computed || tests.len() > 64 {
        return None;
    }
    let tick = |ticked: bool| {
        let passes = |test: &ConstantTest| matches!(test, ConstantTest::Ticked(t) if *t == ticked);
        Cell::new(Value::Bool(ticked), tests, passes)
    };
    if field.domain == Domain::Checkbox {
        let ticks = |test: &&ConstantTest| matches!(test, ConstantTest::Ticked(_));
        return tests.iter().all(ticks).then(|| vec![tick(false), tick(true)]);
    }
    let mut cells = vec![Cell::new(Value::Empty, tests, on_empty)];
    cells[0].usual = !field.declared.is_some_and(|declared| declared.required);
    let declared = field.declared.map(|field| &field.ty);
    match field.domain {
        Domain::Text(mode) | Domain::Reference(mode) => {
            let values: &[String] = match (field.domain, declared) {
                (Domain::Text(_), Some(FieldType::Picklist(values))) => values,
                _ => &[],
            };
            text::cells(tests, apart, values, mode, &mut cells)?;
        }
        Domain::Number => {
            let whole = declared == Some(&FieldType::Number(NumberKind::Integer));
            for value in number::values(tests)? {
                let passes = |test: &ConstantTest| match test {
                    ConstantTest::Number(test) => test.passes(value),
                    _ => false,
                };
                let mut cell = Cell::new(Value::Number(value.normalize()), tests, passes);
                cell.usual = !whole || value.fract().is_zero();
                cells.push(cell);
            }
        }
        Domain::Set(mode) => set::cells(tests, field.declared, mode, &mut cells)?,
        Domain::Date => date::cells(tests, clock, date::Axis::Days, &mut cells)?,
        Domain::DateTime => date::cells(tests, clock, date::Axis::Micros, &mut cells)?,
        Domain::Dynamic | Domain::Checkbox | Domain::Records => return None,
    }
    cells.truncate(MOST_CELLS);
    Some(cells)
}
