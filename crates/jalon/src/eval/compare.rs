//! Tests against computed values.

use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;

use super::value::{Failure, Val};
use crate::checked::{OrderTest, SetTest};
use crate::plan::atom::CompareTest;
use crate::plan::number::ordered;
use crate::plan::text::LiteralTest;
use crate::plan::time::passes;
use crate::schema::TextMode;
use crate::value::fold::fold_into;
use crate::value::typed::{self, Typed};
use crate::value::{Clock, Interval, Moment, TimeSpec, ValueRef, Zone};

/// The buffers of a comparison: the texts made, and two for folding.
#[derive(Debug)]
pub(crate) struct Folds<'b> {
    /// Texts made by expressions.
    pub(crate) arena: &'b str,
    /// For one text.
    pub(crate) left: &'b mut String,
    /// For the other.
    pub(crate) right: &'b mut String,
}

/// Whether a value passes a test against others; false where either side is empty.
pub(crate) fn compare(
    test: CompareTest,
    left: Val<'_>,
    right: &[Val<'_>],
    clock: &Clock,
    folds: &mut Folds<'_>,
) -> Result<bool, Failure> {
    let value = left.lend(folds.arena);
    if test == CompareTest::Same {
        return Ok(right.iter().any(|val| same(value, val.lend(folds.arena), clock.zone)));
    }
    if typed::is_empty(value) {
        return Ok(false);
    }
    match test {
        CompareTest::Same => Ok(false),
        CompareTest::Set(test, mode) => {
            let lent = right.iter().map(|val| val.lend(folds.arena));
            let items: SmallVec<[ValueRef<'_>; 4]> = lent.collect();
            Ok(sets(test, mode, value, &items, folds))
        }
        CompareTest::Text(test, mode) => {
            for val in right {
                if text(test, mode, left, *val, clock, folds)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        CompareTest::Order(test) => {
            for val in right {
                if order(test, left, *val, clock, folds.arena)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// Whether two values are exactly the same, after NFC: what is not the same has changed. Nothing
/// is the same as nothing and as an unticked box; sets are the same in any order.
pub(crate) fn same(a: ValueRef<'_>, b: ValueRef<'_>, zone: Zone) -> bool {
    match (a, b) {
        (ValueRef::Bool(a), b) => typed::checkbox(b).value().unwrap_or(false) == a,
        (a, ValueRef::Bool(b)) => typed::checkbox(a).value().unwrap_or(false) == b,
        _ if typed::is_empty(a) || typed::is_empty(b) => typed::is_empty(a) && typed::is_empty(b),
        (ValueRef::Text(a), ValueRef::Text(b)) => a == b || a.chars().nfc().eq(b.chars().nfc()),
        (ValueRef::List(_), _) | (_, ValueRef::List(_)) => same_items(a, b, zone),
        (ValueRef::Record(_), _) | (_, ValueRef::Record(_)) => same_reference(a, b),
        (ValueRef::Int(_) | ValueRef::Number(_), _)
        | (_, ValueRef::Int(_) | ValueRef::Number(_)) => {
            match (typed::number(a), typed::number(b)) {
                (Typed::Value(a), Typed::Value(b)) => a == b,
                _ => false,
            }
        }
        _ => match (typed::moment(a), typed::moment(b)) {
            (Typed::Value(a), Typed::Value(b)) => {
                a == b || zone.instant_of(a) == zone.instant_of(b) && is_date(a) == is_date(b)
            }
            _ => false,
        },
    }
}

fn is_date(moment: Moment) -> bool {
    matches!(moment, Moment::Date(_))
}

/// Lists of records in order, other lists in any order.
fn same_items(a: ValueRef<'_>, b: ValueRef<'_>, zone: Zone) -> bool {
    if let (Typed::Value(a), Typed::Value(b)) = (typed::records(a), typed::records(b)) {
        return a.len() == b.len() && (0..a.len()).all(|i| same(a.at(i), b.at(i), zone));
    }
    let (Typed::Value(a), Typed::Value(b)) = (typed::set(a), typed::set(b)) else { return false };
    let within = |some: &typed::Items<'_>, all: &typed::Items<'_>| {
        !some.any(|item| !all.any(|other| item.chars().nfc().eq(other.chars().nfc())))
    };
    within(&a, &b) && within(&b, &a)
}

/// References by id, or by name where either has no id; a text alone may be either.
fn same_reference(a: ValueRef<'_>, b: ValueRef<'_>) -> bool {
    let records = matches!((a, b), (ValueRef::Record(_), ValueRef::Record(_)));
    let (Typed::Value(a), Typed::Value(b)) = (typed::reference(a), typed::reference(b)) else {
        return false;
    };
    let equal = |text: &str, other: &str| text.nfc().eq(other.nfc());
    let by_id = || a.with_id(|id| b.with_id(|other| equal(id, other))).flatten();
    match by_id().filter(|_| records) {
        Some(same) => same,
        None => a.any(|text| b.any(|other| equal(text, other))),
    }
}

/// Calls `visit` with each text of a value, until it gives `true`: the text, the items of a set,
/// the id and the name of a reference. `None` of a value that has none.
fn any_text(value: ValueRef<'_>, mut visit: impl FnMut(&str) -> bool) -> Option<bool> {
    match value {
        ValueRef::Text(text) => Some(visit(text)),
        ValueRef::List(_) => Some(typed::set(value).value()?.any(visit)),
        ValueRef::Record(_) => Some(typed::reference(value).value()?.any(visit)),
        _ => {
            let mut digits = crate::value::read::NumberText::default();
            typed::text(value, &mut digits).value().map(visit)
        }
    }
}

fn text(
    test: LiteralTest,
    mode: TextMode,
    left: Val<'_>,
    right: Val<'_>,
    clock: &Clock,
    folds: &mut Folds<'_>,
) -> Result<bool, Failure> {
    let (value, other) = (left.lend(folds.arena), right.lend(folds.arena));
    if typed::is_empty(other) {
        return Ok(false);
    }
    let texts =
        |value| matches!(value, ValueRef::Text(_) | ValueRef::List(_) | ValueRef::Record(_));
    if test == LiteralTest::Equal && !(texts(value) && texts(other)) {
        // Of two types the stricter leads: what cannot be read as it is not equal to it.
        return Ok(order(OrderTest::Equal, left, right, clock, folds.arena).unwrap_or(false));
    }
    let Folds { left: folded, right: buffer, .. } = folds;
    let result = any_text(value, |text| {
        fold_into(text, mode, folded);
        any_text(other, |literal| {
            fold_into(literal, mode, buffer);
            test.passes(folded, buffer)
        })
        .unwrap_or(false)
    });
    result.ok_or(Failure::Wrong)
}

/// Compares numbers with numbers, dates with dates, ticks with ticks. A text is read as what the
/// other side is.
fn order(
    test: OrderTest,
    left: Val<'_>,
    right: Val<'_>,
    clock: &Clock,
    arena: &str,
) -> Result<bool, Failure> {
    let (value, other) = (left.lend(arena), right.lend(arena));
    if typed::is_empty(other) {
        return Ok(false);
    }
    if let (ValueRef::Bool(value), ValueRef::Bool(other)) = (value, other) {
        return if test == OrderTest::Equal { Ok(value == other) } else { Err(Failure::Wrong) };
    }
    if let (Typed::Value(value), Typed::Value(other)) = (typed::number(value), typed::number(other))
    {
        return Ok(ordered(test, value, other));
    }
    let (Typed::Value(at), Some(interval)) = (typed::moment(value), interval(right, other)) else {
        return Err(Failure::Wrong);
    };
    let (at, interval) = match (at, interval) {
        (Moment::Date(date), Place::Moment(spec)) => {
            (i64::from(date.days()), spec.date_interval(clock))
        }
        (other, Place::Moment(spec)) => {
            (clock.zone.instant_of(other).micros(), spec.instant_interval(clock))
        }
        (Moment::Date(date), Place::Days(interval)) => (i64::from(date.days()), Ok(interval)),
        (other, Place::Days(interval)) => {
            (i64::from(clock.zone.date_of(other).days()), Ok(interval))
        }
        (other, Place::Micros(interval)) => (clock.zone.instant_of(other).micros(), Ok(interval)),
    };
    let interval = interval.map_err(|_| Failure::Wrong)?;
    Ok(passes(test, at, &[interval]))
}

/// What a moment is compared with.
enum Place {
    Moment(TimeSpec),
    Days(Interval),
    Micros(Interval),
}

fn interval(val: Val<'_>, lent: ValueRef<'_>) -> Option<Place> {
    if let Val::Span(axis, interval) = val {
        return Some(match axis {
            crate::plan::time::Axis::Days => Place::Days(interval),
            crate::plan::time::Axis::Micros => Place::Micros(interval),
        });
    }
    Some(Place::Moment(match typed::moment(lent).value()? {
        Moment::Date(date) => TimeSpec::Day(date),
        Moment::Local(local) => TimeSpec::Local(local),
        Moment::Instant(instant) => TimeSpec::Instant(instant),
    }))
}

/// Compares the items of a set with those of others, taken together.
fn sets(
    test: SetTest,
    mode: TextMode,
    value: ValueRef<'_>,
    others: &[ValueRef<'_>],
    folds: &mut Folds<'_>,
) -> bool {
    let Folds { left, right, .. } = folds;
    let mut same = |a: &str, b: &str| {
        fold_into(a, mode, left);
        fold_into(b, mode, right);
        left == right
    };
    let wanted = || others.iter().filter_map(|other| typed::set(*other).value());
    let Some(items) = typed::set(value).value() else { return false };
    let mut none = true;
    let mut each = true;
    let mut some = false;
    for wanted in wanted() {
        wanted.for_each(|text| {
            let found = items.any(|item| same(item, text));
            none = false;
            each &= found;
            some |= found;
        });
    }
    match test {
        _ if none => false,
        SetTest::ContainsAny => some,
        SetTest::ContainsAll => each,
        SetTest::Equal => {
            let mut known = |item: &str| wanted().any(|set| set.any(|text| same(item, text)));
            each && !items.any(|item| !known(item))
        }
    }
}

#[cfg(test)]
mod tests;
