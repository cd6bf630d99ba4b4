//! What rules and blueprints say, whatever their layout, their language and their place: the hash
//! that timers and instances carry.

mod bare;
pub(crate) mod blueprint;

use std::fmt::{self, Debug, Write};

use super::approval::{Approval, Deadline, Lapsed};
use super::blueprint::Owner;
use super::workflow::{Rule, TriggerKind};
use super::{CheckedProgram, Condition};
use crate::source::Span;
use bare::{Bare, field};

pub(crate) use blueprint::of_blueprint;

/// The content of a rule as sixteen hexadecimal digits. Formatting or translating the rule, or
/// declaring others around it, does not change it. Scores and webhooks count by their names.
pub(crate) fn of_rule(rule: &Rule, program: &CheckedProgram) -> String {
    let mut bare = Bare::by_name(program);
    let mut rule = rule.clone();
    for trigger in &mut rule.triggers {
        trigger.span = Span::default();
        trigger.source.clear();
        match &mut trigger.kind {
            TriggerKind::Criterion(criterion) => bare.condition(criterion),
            TriggerKind::Changed(fields) => fields.iter_mut().for_each(field),
            TriggerKind::Date(date) => field(&mut date.field),
            TriggerKind::Score { score, threshold, .. } => {
                bare.score(score);
                *threshold = threshold.normalize();
            }
            _ => {}
        }
    }
    rule.branches.iter_mut().for_each(|branch| bare.branch(branch));
    Hash::of(&(&rule.triggers, rule.repetition, &rule.branches, bare.named())).digits()
}

/// The content of a criterion, likewise; of the same program only.
pub(crate) fn of_condition(criterion: &Condition) -> String {
    let mut criterion = criterion.clone();
    Bare::alone().condition(&mut criterion);
    Hash::of(&criterion).digits()
}

/// What the levels of an approval say: who is asked, how many must agree, and in what time.
/// Under other levels a request does not go on.
pub(crate) fn of_approval(approval: &Approval, program: &CheckedProgram) -> String {
    let mut bare = Bare::by_name(program);
    let mut levels = approval.levels.clone();
    for level in &mut levels {
        level.span = Span::default();
        level.source.clear();
        level.condition.iter_mut().for_each(|condition| bare.condition(condition));
        let escalated = match &mut level.deadline {
            Some(Deadline { then: Lapsed::Escalate(people), .. }) => people.as_mut_slice(),
            _ => &mut [],
        };
        for owner in level.approvers.iter_mut().chain(escalated) {
            if let Owner::RecordOwner(of) | Owner::OfField(of) = owner {
                field(of);
            }
        }
    }
    Hash::of(&(&levels, approval.delegation, bare.named())).digits()
}

/// A text as sixteen hexadecimal digits.
pub(crate) fn of_text(text: &str) -> String {
    Hash::default().and(text).digits()
}

/// FNV-1a, of 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hash(u64);

impl Default for Hash {
    fn default() -> Hash {
        Hash(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// That of what a value shows of itself, without the text in between.
    fn of(value: &impl Debug) -> Hash {
        let mut hash = Hash::default();
        // A hash takes every text.
        let _ = write!(hash, "{value:?}");
        hash
    }

    fn and(self, text: &str) -> Hash {
        const PRIME: u64 = 0x0100_0000_01b3;
        Hash(text.bytes().fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)))
    }

    fn digits(self) -> String {
        format!("{:016x}", self.0)
    }
}

impl Write for Hash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        *self = self.and(text);
        Ok(())
    }
}
