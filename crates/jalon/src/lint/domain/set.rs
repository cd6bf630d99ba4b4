//! Sets of texts: every set of the items that tests name, with and without one that none names.

use super::{Answer, Cell, Demand};
use crate::plan::atom::ConstantTest;
use crate::schema::{self, FieldType, TextMode};
use crate::value::Value;
use crate::value::fold::fold;

/// Of more items not every set is tried.
const MOST_ITEMS: usize = 8;

/// Stands for the items that no test names.
const OTHER: &str = "…";

/// A set that is not empty.
pub(super) fn solve(
    demands: &[Demand<'_>],
    declared: Option<&schema::Field>,
    mode: TextMode,
) -> Answer {
    let mut items: Vec<&str> = Vec::new();
    for demand in demands {
        match demand.test {
            ConstantTest::Empty => {}
            ConstantTest::Has(of) | ConstantTest::Within(of) => {
                items.extend(of.iter().map(String::as_str));
            }
            _ => return Answer::Perhaps,
        }
    }
    items.sort_unstable();
    items.dedup();
    if items.len() > MOST_ITEMS || items.contains(&OTHER) {
        return Answer::Perhaps;
    }
    items.push(OTHER);
    let met_by = |set: u32| {
        let has = |item: &String| {
            let place = items.iter().position(|other| other == item);
            place.is_some_and(|place| set >> place & 1 == 1)
        };
        let within = |of: &[String]| {
            items
                .iter()
                .enumerate()
                .all(|(place, item)| set >> place & 1 == 0 || of.iter().any(|o| o == item))
        };
        demands.iter().all(|demand| {
            demand.negated
                != match demand.test {
                    ConstantTest::Has(of) => of.iter().any(has),
                    ConstantTest::Within(of) => within(of),
                    _ => false,
                }
        })
    };
    let mut sets: Vec<u32> = (1..1_u32 << items.len()).filter(|set| met_by(*set)).collect();
    if sets.is_empty() {
        return Answer::No;
    }
    sets.sort_by_key(|set| set.count_ones());
    let names = shown(&items, declared, mode);
    let chosen = |set: &u32| {
        let chosen = names.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
        chosen.map(|(_, name)| name.clone()).collect::<Option<Vec<Value>>>()
    };
    sets.iter().find_map(chosen).map_or(Answer::Perhaps, |items| Answer::Yes(Value::List(items)))
}

/// The items as they are declared, `OTHER` as the first declared one that no test names.
fn shown(items: &[&str], declared: Option<&schema::Field>, mode: TextMode) -> Vec<Option<Value>> {
    let values: &[String] = match declared.map(|field| &field.ty) {
        Some(FieldType::MultiPicklist(values)) => values,
        _ => &[],
    };
    let folded: Vec<_> = values.iter().map(|value| fold(value, mode)).collect();
    let other = folded.iter().position(|value| !items.contains(&value.as_ref()));
    let shown = items.iter().map(|item| {
        let place = folded.iter().position(|value| value == item);
        place
            .or(if *item == OTHER { other } else { None })
            .map(|place| Value::Text(values[place].clone()))
    });
    shown.collect()
}

/// Adds sets: all of few items; of many each item alone, all, and all but each.
pub(super) fn cells(
    tests: &[&ConstantTest],
    declared: Option<&schema::Field>,
    mode: TextMode,
    out: &mut Vec<Cell>,
) -> Option<()> {
    let mut items: Vec<&str> = Vec::new();
    for test in tests {
        match test {
            ConstantTest::Empty => {}
            ConstantTest::Has(of) | ConstantTest::Within(of) => {
                items.extend(of.iter().map(String::as_str));
            }
            _ => return None,
        }
    }
    items.sort_unstable();
    items.dedup();
    items.push(OTHER);
    let count = items.len();
    if count > 64 {
        return None;
    }
    let names = shown(&items, declared, mode);
    let all = u64::MAX >> (64 - count);
    let sets: Vec<u64> = if count <= 5 {
        (1..=all).collect()
    } else {
        let each = (0..count).flat_map(|item| [1 << item, all & !(1 << item)]);
        std::iter::once(all).chain(each).collect()
    };
    for set in sets {
        let chosen = || (0..count).filter(move |item| set >> item & 1 == 1);
        let holds = |test: &ConstantTest| match test {
            ConstantTest::Has(of) => chosen().any(|item| of.iter().any(|o| o == items[item])),
            ConstantTest::Within(of) => chosen().all(|item| of.iter().any(|o| o == items[item])),
            _ => false,
        };
        let usual = chosen().all(|item| names[item].is_some());
        let text = |item: usize| names[item].clone().unwrap_or(Value::Text(items[item].to_owned()));
        let value = Value::List(chosen().map(text).collect());
        out.push(Cell { usual, ..Cell::new(value, tests, holds) });
    }
    Some(())
}
