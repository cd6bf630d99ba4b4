//! How many events come out otherwise, and by which rule.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Changed, Difference};

/// Events counted by what changes for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many were compared.
    pub compared: u64,
    /// For how many something changes.
    pub changed: u64,
    rules: BTreeMap<String, u64>,
    outcomes: BTreeMap<(&'static str, String), u64>,
}

/// How many events something concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// `rule`, or the outcome: `field`, `effect`, `timer`, `score`, `refusal`, `error`.
    pub what: &'static str,
    /// Which: the name of the rule, the field or the score, the kind of the effect.
    pub name: String,
    /// For how many events.
    pub count: u64,
}

impl Tally {
    /// Counts an event with what changes for it.
    pub fn add(&mut self, differences: &[Difference]) {
        self.compared += 1;
        self.changed += u64::from(!differences.is_empty());
        self.add_uncounted(differences);
    }

    /// Counts what changes beside the events that are compared: of what was due.
    pub fn add_uncounted(&mut self, differences: &[Difference]) {
        let rules = differences.iter().flat_map(|difference| &difference.rules);
        let rules: BTreeSet<&str> = rules.map(|reason| reason.rule.as_str()).collect();
        for rule in rules {
            *self.rules.entry(rule.to_owned()).or_default() += 1;
        }
        let outcomes: BTreeSet<_> = differences.iter().map(|one| one.what.kind()).collect();
        for (what, name) in outcomes {
            *self.outcomes.entry((what, name.to_owned())).or_default() += 1;
        }
    }

    /// Adds what another counted.
    pub fn merge(&mut self, other: Tally) {
        self.compared += other.compared;
        self.changed += other.changed;
        for (rule, count) in other.rules {
            *self.rules.entry(rule).or_default() += count;
        }
        for (outcome, count) in other.outcomes {
            *self.outcomes.entry(outcome).or_default() += count;
        }
    }

    /// The rules that make a difference, the one with the most events first.
    pub fn by_rule(&self) -> Vec<Count> {
        let counts = self.rules.iter();
        sorted(counts.map(|(rule, count)| ("rule", rule, *count)))
    }

    /// The outcomes that change, the most frequent first.
    pub fn by_outcome(&self) -> Vec<Count> {
        let counts = self.outcomes.iter();
        sorted(counts.map(|((what, name), count)| (*what, name, *count)))
    }
}

fn sorted<'n>(counts: impl Iterator<Item = (&'static str, &'n String, u64)>) -> Vec<Count> {
    let mut counts: Vec<Count> =
        counts.map(|(what, name, count)| Count { what, name: name.clone(), count }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts
}

impl Changed {
    /// Its kind in data, and what it goes by.
    pub fn kind(&self) -> (&'static str, &str) {
        match self {
            Changed::Refusal { .. } => ("refusal", ""),
            Changed::Field { field, .. } => ("field", field),
            Changed::Effect { effect, .. } => ("effect", effect.kind.name()),
            Changed::Timer { timer, .. } => ("timer", timer.change),
            Changed::Score { score, .. } => ("score", score),
            Changed::Error { .. } => ("error", ""),
        }
    }
}
