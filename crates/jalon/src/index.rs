//! Which of many rules match a record, without trying each.
//!
//! Each condition becomes a few conjunctions of tests. A conjunction is filed under its rarest
//! positive test (its key): a value, one of several, a pair of values, a range, a prefix, a
//! suffix, a substring, an item, a tick, a date. A record is read once, its keys are looked up,
//! and what they lead to is verified where it stands. The cost follows the candidates, not the
//! rules: what has no positive test that can be looked up (only negations, only expressions) is
//! verified for every record, and counted by [`RuleIndex::residue`].
//!
//! The meaning is that of the record executor.

mod atoms;
mod bounds;
pub(crate) mod build;
mod choose;
mod field;
mod intern;
mod layout;
mod literals;
mod matcher;
mod normal;
mod shared;
mod stab;
mod tests_of;
mod verify;
mod warm;
mod words;

use std::sync::Arc;

use crate::plan::block::Times;
use crate::value::{Clock, FieldKey, NoClock};

use atoms::Atom;
use build::{Mention, Timed};
use field::Field;
use layout::Keys;

pub use build::LoweredRules;
pub use matcher::IndexMatcher;
pub use shared::SharedIndex;

/// The number of a rule in its index: rules are numbered in the order in which they were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleNumber(pub u32);

/// Rules compiled to be asked all at once: immutable, `Send + Sync`, cheap to clone.
///
/// ```
/// use jalon::{Clock, Program, index::RuleNumber};
/// use serde_json::json;
///
/// let program = Program::parse("")?;
/// let mut rules = program.index_builder();
/// for country in ["France", "Monaco", "Italie"] {
///     rules.add(&program.criterion(&format!("Pays EST {country}"), None)?);
/// }
/// rules.add(&program.criterion("Pays EST VIDE OU Ville EST Nice", None)?);
/// let index = rules.finish();
///
/// let mut matcher = index.matcher(&Clock::default())?;
/// let lead = json!({"Pays": "monaco", "Ville": "Nice"});
/// assert_eq!(matcher.matches(&lead), [RuleNumber(1), RuleNumber(3)]);
/// # Ok::<(), jalon::program::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RuleIndex(Arc<Inner>);

/// Shared by all who ask.
#[derive(Debug)]
pub(crate) struct Inner {
    fields: Vec<Field>,
    slots: usize,
    keys: Keys,
    /// Where the entries of each bucket start, and after the last where they end.
    buckets: Vec<u32>,
    /// `rule, words`, then the tests; bucket by bucket.
    entries: Vec<u32>,
    /// The steps of conditions that are no few conjunctions.
    programs: Vec<u32>,
    atoms: Vec<Atom>,
    timed: Vec<Timed>,
    times: Times,
    /// What rules mention, each distinct set once.
    mentions: Vec<Box<[Mention]>>,
    /// For each set whether it is of fields alone.
    plain: Vec<bool>,
    /// For each rule its set.
    rules: Vec<u32>,
    literals: usize,
    strict: bool,
    reads_clock: bool,
}

/// An index crosses threads freely.
const _: () = {
    const fn crosses_threads<T: Send + Sync>() {}
    crosses_threads::<RuleIndex>();
    crosses_threads::<SharedIndex>();
};

impl RuleIndex {
    pub(crate) fn new(inner: Inner) -> RuleIndex {
        RuleIndex(Arc::new(inner))
    }

    /// How many rules it holds.
    pub fn len(&self) -> usize {
        self.0.rules.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.0.rules.is_empty()
    }

    /// Whether a rule reads the clock.
    pub fn reads_clock(&self) -> bool {
        self.0.reads_clock
    }

    /// For records under one clock, on one thread.
    ///
    /// # Errors
    /// A rule reads the clock, and it has no `now`.
    pub fn matcher(&self, clock: &Clock) -> Result<IndexMatcher, NoClock> {
        IndexMatcher::new(self.clone(), clock)
    }

    /// Of rules that mention the same fields and the like, only one.
    pub(crate) fn one_of_each(&self, rules: &[RuleNumber]) -> Vec<RuleNumber> {
        let mut seen = vec![false; self.0.mentions.len()];
        let set = |rule: &RuleNumber| self.0.rules[rule.0 as usize] as usize;
        let first = |rule: &&RuleNumber| !std::mem::replace(&mut seen[set(rule)], true);
        rules.iter().filter(first).copied().collect()
    }

    /// How many conjunctions no key finds: they are verified for every record.
    pub fn residue(&self) -> usize {
        let (mut at, end) = (self.0.buckets[0] as usize, self.0.buckets[1] as usize);
        let mut found = 0;
        while at < end {
            let words = self.0.entries[at + 1];
            at += if words & layout::ELSEWHERE == 0 { 2 + words as usize } else { 2 };
            found += 1;
        }
        found
    }

    /// The fields that are read of each record, each once. (Expressions and criteria on related
    /// records may read others.)
    pub fn fields(&self) -> impl Iterator<Item = &FieldKey> {
        self.0.fields.iter().map(|field| &field.source.key)
    }

    /// How many bytes it takes, without what the record executor keeps for expressions and the
    /// like.
    pub fn size(&self) -> usize {
        let inner = &*self.0;
        let words = inner.entries.capacity() + inner.buckets.capacity();
        let fields: usize = inner.fields.iter().map(Field::size).sum();
        4 * (words + inner.programs.capacity() + inner.rules.capacity())
            + fields
            + inner.keys.size()
            + inner.timed.capacity() * size_of::<Timed>()
    }
}
