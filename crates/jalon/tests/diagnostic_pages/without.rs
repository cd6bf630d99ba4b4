//! Codes whose section is still to be written. This list only ever gets shorter.

/// Of workflow, automation, blueprints and approvals.
pub const OF_PROCESSES: &[&str] = &[];
