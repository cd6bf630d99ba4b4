//! Which rule makes a difference, and why.

use serde::Serialize;

use super::Played;
use crate::value::fold::same_name;
use crate::workflow::{Outcome, Step};

/// A rule that makes a difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// Its name.
    pub rule: String,
    /// Why.
    #[serde(flatten)]
    pub because: Because,
}

/// Why a rule makes a difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Because {
    /// Only the old program has it.
    Removed,
    /// Only the new program has it.
    Added,
    /// It fires with both, and does something else.
    ActsOtherwise,
    /// It fires with the old program only.
    FiresNoMore {
        /// What comes of it with the new one, where that was traced.
        outcome: Option<Outcome>,
    },
    /// It fires with the new program only.
    FiresNow {
        /// What comes of it with the old one, where that was traced.
        outcome: Option<Outcome>,
    },
}

/// Why some rules make a difference: those that behave as before are left out where another does
/// not.
pub(super) fn reasons(rules: &[&str], old: &Played<'_>, new: &Played<'_>) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for rule in rules.iter().filter(|rule| !rule.is_empty()) {
        if !reasons.iter().any(|reason| reason.rule == **rule) {
            let because = because(rule, old, new);
            reasons.push(Reason { rule: (*rule).to_owned(), because });
        }
    }
    let is_other = |reason: &Reason| reason.because != Because::ActsOtherwise;
    if reasons.iter().any(is_other) {
        reasons.retain(is_other);
    }
    reasons
}

fn because(rule: &str, old: &Played<'_>, new: &Played<'_>) -> Because {
    match (old.fired(rule), new.fired(rule)) {
        _ if !new.has(rule) => Because::Removed,
        _ if !old.has(rule) => Because::Added,
        (true, false) => Because::FiresNoMore { outcome: new.outcome(rule) },
        (false, true) => Because::FiresNow { outcome: old.outcome(rule) },
        _ => Because::ActsOtherwise,
    }
}

impl Played<'_> {
    fn has(&self, rule: &str) -> bool {
        self.program.rules().chain(self.program.schedules()).any(|known| same_name(known, rule))
    }

    fn fired(&self, rule: &str) -> bool {
        self.decisions
            .iter()
            .flat_map(|decision| &decision.fired)
            .any(|fired| same_name(fired, rule))
    }

    /// What came of a rule that did not fire: that it did not hold says more than that it did not
    /// wait for the event.
    fn outcome(&self, name: &str) -> Option<Outcome> {
        let steps = self.decisions.iter().flat_map(|decision| decision.trace.iter().flatten());
        let mut found = None;
        for step in steps {
            match step {
                Step::Rule { rule, outcome, .. } if same_name(rule, name) => {
                    if *outcome != Outcome::NotTriggered {
                        return Some(outcome.clone());
                    }
                    found = Some(outcome.clone());
                }
                _ => {}
            }
        }
        found
    }
}
