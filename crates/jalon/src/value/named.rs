//! Finding a field in a collection of named values, whatever the collection.

use crate::value::fold::TextMode;
use crate::value::fold::folds_to;
use crate::value::{Conflict, FieldKey};

/// Values by name: a JSON object, a map, a list of pairs.
pub(crate) trait Named {
    /// What it holds.
    type Value;

    /// The value under exactly this name.
    fn exact(&self, name: &str) -> Option<&Self::Value>;

    /// Every name with its value.
    fn entries(&self) -> impl Iterator<Item = (&str, &Self::Value)>;
}

/// Whether a record's key is one of a field's names: record keys compare as text does.
pub(crate) fn is_name_of(name: &str, key: &FieldKey) -> bool {
    key.folded.iter().any(|folded| folds_to(name, folded, TextMode::default()))
}

/// The value of a field: under one of its names as declared, else under any spelling of one.
pub(crate) fn find<'a, N: Named + ?Sized>(named: &'a N, key: &FieldKey) -> Option<&'a N::Value> {
    key.names
        .iter()
        .find_map(|name| named.exact(name))
        .or_else(|| named.entries().find(|(name, _)| is_name_of(name, key)).map(|(_, value)| value))
}

/// Two names of a field that carry different values.
pub(crate) fn conflict<N: Named + ?Sized>(
    named: &N,
    key: &FieldKey,
    same: impl Fn(&N::Value, &N::Value) -> bool,
) -> Option<Conflict> {
    let mut carried = named.entries().filter(|(name, _)| is_name_of(name, key));
    let (first, value) = carried.next()?;
    let (second, _) = carried.find(|(_, other)| !same(value, other))?;
    Some(Conflict { keys: (first.to_owned(), second.to_owned()) })
}
