//! What rules are to each other: branches never reached, the same rule twice, different values
//! written to one field.

mod clash;
mod coincide;
mod keys;
mod reads;
mod shadow;
mod twice;

use super::criterion::Lints;
use super::criterion::sites::Sites;

/// Looks at the rules of a program, and at what else is decided by the first that holds.
pub(super) fn lint(sites: &Sites<'_>, lints: &mut Lints<'_>) {
    shadow::lint(sites, lints);
    twice::lint(lints);
    clash::lint(sites, lints);
}
