//! Which columns carry a field: its label, its API names, its synonyms.

use std::cell::RefCell;
use std::collections::HashMap;
use std::marker::PhantomData;

use jalon::value::FieldKey;
use rustc_hash::FxHashMap;

use crate::fold_name;

/// How many answers are remembered: more than any program has fields.
const MOST_ANSWERS: usize = 1 << 16;

/// The columns of a table by name.
///
/// A field is looked for under each of its names, first as written, then folded as text
/// compares. The answer is remembered, so that reading a field of the next row costs a look-up
/// by the key's address, and a comparison of names that keeps it right.
#[derive(Debug)]
pub struct ColumnNames {
    names: Vec<String>,
    exact: HashMap<String, u32>,
    folded: HashMap<String, Vec<u32>>,
    known: RefCell<FxHashMap<usize, Answer>>,
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

/// Fields looked up beforehand in one table, told by their address.
///
/// The fields are borrowed, so that an address is one field as long as this lives.
#[derive(Clone, Debug, Default)]
pub struct Bound<'k> {
    found: FxHashMap<usize, Found>,
    fields: PhantomData<&'k FieldKey>,
}

impl Bound<'_> {
    /// Where a field is in the table, if it was looked up beforehand.
    #[inline]
    pub fn find(&self, key: &FieldKey) -> Option<Found> {
        self.found.get(&address(key)).copied()
    }
}

fn address(key: &FieldKey) -> usize {
    std::ptr::from_ref(key) as usize
}

#[derive(Clone, Debug)]
struct Answer {
    names: Vec<String>,
    found: Found,
}

impl ColumnNames {
    /// The columns in order.
    pub fn new<N: Into<String>>(names: impl IntoIterator<Item = N>) -> ColumnNames {
        let mut columns = ColumnNames {
            names: Vec::new(),
            exact: HashMap::new(),
            folded: HashMap::new(),
            known: RefCell::default(),
        };
        names.into_iter().for_each(|name| columns.push(name.into()));
        columns
    }

    fn push(&mut self, name: String) {
        let index = self.names.len() as u32;
        self.folded.entry(fold_name(&name)).or_default().push(index);
        self.exact.entry(name.clone()).or_insert(index);
        self.names.push(name);
    }

    /// The column of exactly this name, added at the end if there is none.
    pub fn intern(&mut self, name: &str) -> usize {
        if let Some(&known) = self.exact.get(name) {
            return known as usize;
        }
        self.known.get_mut().clear();
        self.push(name.to_owned());
        self.names.len() - 1
    }

    /// The columns' names, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The column of exactly this name.
    pub fn exact(&self, name: &str) -> Option<usize> {
        self.exact.get(name).map(|index| *index as usize)
    }

    /// The column of exactly this name, or else the first that folds to it.
    pub fn position(&self, name: &str) -> Option<usize> {
        let exact = self.exact.get(name).copied();
        exact.or_else(|| self.folded.get(&fold_name(name))?.first().copied()).map(|i| i as usize)
    }

    /// Where a field is.
    pub fn find(&self, key: &FieldKey) -> Found {
        let address = address(key);
        if let Some(answer) = self.known.borrow().get(&address)
            && answer.names == key.names
        {
            return answer.found;
        }
        let found = match *self.all(key) {
            [] => Found::Nowhere,
            [only] => Found::In(only),
            [first, ..] => Found::Several(first),
        };
        let mut known = self.known.borrow_mut();
        if known.len() >= MOST_ANSWERS {
            known.clear();
        }
        known.insert(address, Answer { names: key.names.clone(), found });
        found
    }

    /// Looks fields up beforehand, such as those that a score reads.
    pub fn bind<'k>(&self, fields: impl IntoIterator<Item = &'k FieldKey>) -> Bound<'k> {
        let found = fields.into_iter().map(|key| (address(key), self.find(key))).collect();
        Bound { found, fields: PhantomData }
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

#[cfg(test)]
mod tests;
