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
        passes: impl FnMut(&ConstantTest) -> bool,
    ) -> Cell {
        Cell { value, holds: holding(tests, passes), usual: true }
    }
}

/// A bit for each test, set where it holds.
pub(super) fn holding(
    tests: &[&ConstantTest],
    mut passes: impl FnMut(&ConstantTest) -> bool,
) -> u64 {
    let bits = tests.iter().enumerate().map(|(at, test)| u64::from(passes(test)) << at);
    bits.fold(0, |holds, bit| holds | bit)
}

/// What values are made for.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Purpose {
    /// For each of these tests there is one of which it does not hold and as many others as
    /// possible do.
    pub(in crate::lint) apart: u64,
    /// Whether people may see them.
    pub(in crate::lint) shown: bool,
}

/// Values of a field for at most 64 tests, in place of what is there. None where the tests are not
/// of a kind for that.
pub(in crate::lint) fn cells(
    field: &Field<'_>,
    tests: &[&ConstantTest],
    purpose: Purpose,
    clock: &Clock,
    cells: &mut Vec<Cell>,
) -> Option<()> {
    cells.clear();
    if field.computed || tests.len() > 64 {
        return None;
    }
    let tick = |ticked: bool| {
        let passes = |test: &ConstantTest| matches!(test, ConstantTest::Ticked(t) if *t == ticked);
        Cell::new(Value::Bool(ticked), tests, passes)
    };
    if field.domain == Domain::Checkbox {
        let ticks = |test: &&ConstantTest| matches!(test, ConstantTest::Ticked(_));
        return tests.iter().all(ticks).then(|| cells.extend([tick(false), tick(true)]));
    }
    cells.push(Cell::new(Value::Empty, tests, on_empty));
    cells[0].usual = !field.declared.is_some_and(|declared| declared.required);
    let declared = field.declared.map(|field| &field.ty);
    match field.domain {
        Domain::Text(mode) | Domain::Reference(mode) => {
            let values: &[String] = match (field.domain, declared) {
                (Domain::Text(_), Some(FieldType::Picklist(values))) => values,
                _ => &[],
            };
            text::cells(tests, purpose, values, mode, cells)?;
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
        Domain::Set(mode) => set::cells(tests, field.declared, mode, cells)?,
        Domain::Date => date::cells(tests, clock, date::Axis::Days, cells)?,
        Domain::DateTime => date::cells(tests, clock, date::Axis::Micros, cells)?,
        Domain::Dynamic | Domain::Checkbox | Domain::Records => return None,
    }
    cells.truncate(MOST_CELLS);
    Some(())
}
