//! Access keys: values one of which a field has wherever a criterion holds, or a range in which it
//! lies, so that rules that ask for others need not be compared.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::checked::OrderTest;
use crate::lint::criterion::space::Space;
use crate::plan::atom::ConstantTest;
use crate::plan::logic::Tree;
use crate::plan::number::NumberTest;
use crate::plan::pool::SourceId;
use crate::plan::text::LiteralTest;

/// A value of a field, as tests compare it.
pub(super) type Key = String;

/// What fields must be where a criterion holds, from the parts that must all hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    /// One of these values.
    pub(super) values: FxHashMap<SourceId, Vec<Key>>,
    /// A number within these ends.
    pub(super) ranges: FxHashMap<SourceId, Range>,
}

/// From a number to a number, both included; none is without an end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range {
    from: Option<Decimal>,
    to: Option<Decimal>,
}

impl Range {
    /// All numbers of which a test may hold.
    fn of(test: &NumberTest) -> Range {
        let (least, most) = (test.terms.iter().min().copied(), test.terms.iter().max().copied());
        match test.test {
            OrderTest::Equal | OrderTest::Between => Range { from: least, to: most },
            OrderTest::Less | OrderTest::LessOrEqual => Range { from: None, to: most },
            OrderTest::Greater | OrderTest::GreaterOrEqual => Range { from: least, to: None },
        }
    }

    fn narrow(&mut self, other: Range) {
        self.from = self.from.max(other.from);
        self.to = self.to.into_iter().chain(other.to).min();
    }
}

/// The numbers of a field in stretches, so that ranges that have a number in common have a
/// stretch in common.
#[derive(Debug)]
pub(super) struct Grid(Vec<Decimal>);

/// So many ends are in one stretch.
const ENDS: usize = 8;

/// A range of more stretches is not filed by them.
const MOST_STRETCHES: usize = 16;

impl Grid {
    /// For some ranges.
    pub(super) fn of<'r>(ranges: impl Iterator<Item = &'r Range>) -> Grid {
        let mut ends: Vec<Decimal> = ranges.flat_map(|r| [r.from, r.to]).flatten().collect();
        ends.sort_unstable();
        ends.dedup();
        Grid(ends)
    }

    /// The stretches of a range; none where they are many.
    pub(super) fn stretches(&self, range: &Range) -> Option<Vec<Key>> {
        let place = |number: Decimal| self.0.partition_point(|end| *end < number) / ENDS;
        let (from, to) = (range.from.map_or(0, place), range.to.map_or(self.0.len() / ENDS, place));
        let few = to.saturating_sub(from) < MOST_STRETCHES;
        few.then(|| (from..=to).map(|stretch| stretch.to_string()).collect())
    }
}

/// What fields must be, from the parts that must all hold.
pub(super) fn keys(trees: &[&Tree], space: &Space<'_>) -> Keys {
    let mut keys = Keys::default();
    let mut todo: Vec<&Tree> = trees.to_vec();
    while let Some(tree) = todo.pop() {
        match tree {
            Tree::All(parts) => todo.extend(parts),
            Tree::Any(parts) if parts.len() == 1 => todo.extend(parts),
            Tree::Bit(atom) => {
                let Some((source, test)) = space.test(*atom) else { continue };
                // A reference may have two texts.
                if !space.has_one_value(source) {
                    continue;
                }
                if let ConstantTest::Number(test) = test {
                    keys.ranges.entry(source).or_default().narrow(Range::of(test));
                }
                let values: Vec<Key> = match test {
                    ConstantTest::Text(LiteralTest::Equal, texts) => texts.clone(),
                    ConstantTest::Number(test) if test.test == OrderTest::Equal => {
                        test.terms.iter().map(|term| term.normalize().to_string()).collect()
                    }
                    ConstantTest::Ticked(ticked) => vec![ticked.to_string()],
                    _ => continue,
                };
                let known = keys.values.entry(source).or_insert_with(|| values.clone());
                if values.len() < known.len() {
                    *known = values;
                }
            }
            Tree::Any(_) | Tree::Not(_) => {}
        }
    }
    keys
}

/// Of more things with one value the rest is not seen.
const MOST_SEEN: usize = 1024;

/// Things filed by the values of one field, those that ask for none apart.
#[derive(Debug, Default)]
pub(super) struct Filed {
    by_value: FxHashMap<Key, Vec<usize>>,
    others: Vec<usize>,
    all: Vec<usize>,
}

impl Filed {
    /// Files a thing; none is whatever the value.
    pub(super) fn add(&mut self, thing: usize, values: Option<&Vec<Key>>) {
        match values {
            Some(values) => {
                for value in values {
                    self.by_value.entry(value.clone()).or_default().push(thing);
                }
            }
            None => self.others.push(thing),
        }
        self.all.push(thing);
    }

    /// At most so many of those filed that may hold together with one of these values and that
    /// count, the earliest first, and whether there were more.
    pub(super) fn beside(
        &self,
        values: Option<&Vec<Key>>,
        most: usize,
        counts: impl Fn(usize) -> bool,
    ) -> (Vec<usize>, bool) {
        let mut more = false;
        let mut first = |filed: &[usize]| {
            more |= filed.len() > MOST_SEEN;
            let seen = filed.iter().take(MOST_SEEN).copied();
            let found: Vec<usize> = seen.filter(|thing| counts(*thing)).take(most + 1).collect();
            found
        };
        let mut found = match values {
            None => first(&self.all),
            Some(values) => {
                let mut found = first(&self.others);
                for value in values {
                    found.extend(self.by_value.get(value).into_iter().flat_map(|f| first(f)));
                }
                found
            }
        };
        found.sort_unstable();
        found.dedup();
        more |= found.len() > most;
        found.truncate(most);
        (found, more)
    }
}

#[cfg(test)]
mod tests;
