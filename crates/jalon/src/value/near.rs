//! The names that may have been meant by one that is unknown.

use std::borrow::Cow;

use crate::lexicon::key;

/// The most names that are suggested.
const MOST: usize = 5;

/// What the spellings nearest to a text stand for, if they are near enough: at most five, all of
/// them equally near.
pub(crate) fn nearest<'s, T: Copy + Ord>(
    text: &str,
    spellings: impl IntoIterator<Item = (&'s str, T)>,
) -> Vec<T> {
    let wanted = key(text);
    if wanted.is_empty() || wanted.len() > 40 {
        return Vec::new();
    }
    let allowed = 1 + wanted.len() / 5;
    let mut near: Vec<(usize, T)> = spellings
        .into_iter()
        .filter_map(|(spelling, meaning)| {
            let spelling: Cow<str> = key(spelling);
            if spelling.len().abs_diff(wanted.len()) > allowed {
                return None;
            }
            let distance = distance(&wanted, &spelling);
            (distance <= allowed && distance < wanted.len()).then_some((distance, meaning))
        })
        .collect();
    near.sort_unstable();
    near.dedup_by_key(|(_, meaning)| *meaning);
    let least = near.first().map(|(distance, _)| *distance);
    near.retain(|(distance, _)| Some(*distance) == least);
    near.truncate(MOST);
    near.into_iter().map(|(_, meaning)| meaning).collect()
}

/// The number of characters to insert, drop or change to make one text of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
