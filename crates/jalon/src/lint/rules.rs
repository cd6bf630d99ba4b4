//! What rules are to each other, and to what they wait for: branches never reached, the same rule twice, different values
//! written to one field.

mod clash;
mod coincide;
mod contrary;
mod keys;
mod pairs;
mod reads;
mod shadow;
mod twice;

use super::criterion::Lints;
use super::criterion::sites::Sites;

/// Looks at the rules of a program, and at what else is decided by the first that holds.
pub(super) fn lint(sites: &Sites<'_>, lints: &mut Lints<'_>) {
    contrary::lint(sites, lints);
    shadow::lint(sites, lints);
    twice::lint(lints);
    clash::lint(sites, lints);
}
