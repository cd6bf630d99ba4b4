//! Which columns carry a field: its label, its API names, its synonyms.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::fold_name;
use jalon::value::FieldKey;

/// Shapes and slots below these bounds are found by index, others by search.
const DIRECT_SHAPES: u32 = 64;
const DIRECT_SLOTS: u32 = 4096;

/// The columns of a table by name.
///
/// A field is looked for under each of its names, first as written, then folded as text
/// compares. The answer is remembered, so that reading a field of the next row costs an index.
#[derive(Debug)]
pub struct ColumnNames {
    names: Vec<String>,
    exact: HashMap<String, u32>,
    folded: HashMap<String, Vec<u32>>,
    known: RefCell<Known>,
}

/// Where a field is in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// No column bears one of its names.
    Nowhere,
    /// One column does.
    In(usize),
    /// Several columns do; this one first, [`ColumnNames::all`] gives the others.
    Several(usize),
}

#[derive(Debug, Default)]
struct Known {
    direct: Vec<Vec<Option<Answer>>>,
    others: Vec<Answer>,
}

#[derive(Clone, Debug)]
struct Answer {
    names: Vec<String>,
    found: Found,
}

impl ColumnNames {
    /// The columns in order.
    pub fn new<N: Into<String>>(names: impl IntoIterator<Item = N>) -> ColumnNames {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        let mut exact = HashMap::new();
        let mut folded: HashMap<String, Vec<u32>> = HashMap::new();
        for (index, name) in (0..).zip(&names) {
            exact.entry(name.clone()).or_insert(index);
            folded.entry(fold_name(name)).or_default().push(index);
        }
        ColumnNames { names, exact, folded, known: RefCell::default() }
    }

    /// The columns' names, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The column of exactly this name, or else the first that folds to it.
    pub fn position(&self, name: &str) -> Option<usize> {
        let exact = self.exact.get(name).copied();
        exact.or_else(|| self.folded.get(&fold_name(name))?.first().copied()).map(|i| i as usize)
    }

    /// Where a field is.
    pub fn find(&self, key: &FieldKey) -> Found {
        if let Some(found) = self.known.borrow().get(key) {
            return found;
        }
        let found = match *self.all(key) {
            [] => Found::Nowhere,
            [only] => Found::In(only),
            [first, ..] => Found::Several(first),
        };
        self.known.borrow_mut().insert(key, found);
        found
    }

    /// Every column that bears one of the field's names: those spelled alike first, in the order
    /// of the names.
    pub fn all(&self, key: &FieldKey) -> Vec<usize> {
        let exact = key.names.iter().filter_map(|name| self.exact.get(name));
        let folded = key.folded.iter().filter_map(|name| self.folded.get(name)).flatten();
        let mut columns: Vec<usize> = Vec::new();
        for &index in exact.chain(folded) {
            if !columns.contains(&(index as usize)) {
                columns.push(index as usize);
            }
        }
        columns
    }
}

impl Known {
    fn get(&self, key: &FieldKey) -> Option<Found> {
        if let Some(Some(answer)) =
            self.direct.get(key.shape as usize).and_then(|slots| slots.get(key.slot as usize))
            && answer.names == key.names
        {
            return Some(answer.found);
        }
        self.others.iter().find(|answer| answer.names == key.names).map(|answer| answer.found)
    }

    fn insert(&mut self, key: &FieldKey, found: Found) {
        let answer = Answer { names: key.names.clone(), found };
        if key.shape >= DIRECT_SHAPES || key.slot >= DIRECT_SLOTS {
            self.others.push(answer);
            return;
        }
        let (shape, slot) = (key.shape as usize, key.slot as usize);
        if self.direct.len() <= shape {
            self.direct.resize_with(shape + 1, Vec::new);
        }
        let slots = &mut self.direct[shape];
        if slots.len() <= slot {
            slots.resize(slot + 1, None);
        }
        match &slots[slot] {
            Some(_) => self.others.push(answer), // another program numbers its fields likewise
            None => slots[slot] = Some(answer),
        }
    }
}

#[cfg(test)]
mod tests;
