//! Access keys: values one of which a field has wherever a criterion holds, so that rules that
//! ask for others need not be compared.

use rustc_hash::FxHashMap;

use crate::checked::OrderTest;
use crate::lint::criterion::space::Space;
use crate::plan::atom::ConstantTest;
use crate::plan::logic::Tree;
use crate::plan::pool::SourceId;
use crate::plan::text::LiteralTest;

/// A value of a field, as tests compare it.
pub(super) type Key = String;

/// The values that fields must have, from the parts that must all hold.
pub(super) fn keys(trees: &[&Tree], space: &Space<'_>) -> FxHashMap<SourceId, Vec<Key>> {
    let mut found: FxHashMap<SourceId, Vec<Key>> = FxHashMap::default();
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
                let values: Vec<Key> = match test {
                    ConstantTest::Text(LiteralTest::Equal, texts) => texts.clone(),
                    ConstantTest::Number(test) if test.test == OrderTest::Equal => {
                        test.terms.iter().map(|term| term.normalize().to_string()).collect()
                    }
                    ConstantTest::Ticked(ticked) => vec![ticked.to_string()],
                    _ => continue,
                };
                let known = found.entry(source).or_insert_with(|| values.clone());
                if values.len() < known.len() {
                    *known = values;
                }
            }
            Tree::Any(_) | Tree::Not(_) => {}
        }
    }
    found
}

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

    /// At most so many of those filed that may hold together with one of these values, the
    /// earliest first, and whether there were more.
    pub(super) fn beside(&self, values: Option<&Vec<Key>>, most: usize) -> (Vec<usize>, bool) {
        let Some(values) = values else {
            return (self.all.iter().copied().take(most).collect(), self.all.len() > most);
        };
        let mut found: Vec<usize> = self.others.iter().copied().take(most).collect();
        let mut more = self.others.len() > most;
        for value in values.iter().take(most) {
            if let Some(filed) = self.by_value.get(value) {
                found.extend(filed.iter().take(most));
                more |= filed.len() > most;
            }
        }
        found.sort_unstable();
        found.dedup();
        more |= found.len() > most || values.len() > most;
        found.truncate(most);
        (found, more)
    }
}
