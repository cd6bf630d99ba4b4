//! The content of a rule as a short text, the same however it is laid out.

use crate::checked::workflow::Rule;

/// The hash of a rule's triggers, conditions and actions as they are written.
pub(super) fn of(rule: &Rule) -> String {
    /// FNV-1a, of 64 bits.
    const PRIME: u64 = 0x0100_0000_01b3;
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut eat = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    };
    rule.triggers.iter().for_each(|trigger| eat(&trigger.source));
    for branch in &rule.branches {
        eat(&format!("{:?}", branch.condition.as_ref().map(|_| branch.actions.len())));
        branch.actions.iter().for_each(|action| eat(&action.source));
        for later in &branch.later {
            eat(&format!("{:?} {:?}", later.after, later.at));
            later.actions.iter().for_each(|action| eat(&action.source));
        }
    }
    format!("{hash:016x}")
}
