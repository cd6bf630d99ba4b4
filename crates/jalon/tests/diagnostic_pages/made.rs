//! What no example of a page can show, and how it comes about.

use jalon::diagnostic::Diagnostic;

use crate::check;

/// A code that comes from no short program: why, and what gives it.
pub struct Made {
    /// The code.
    pub code: &'static str,
    /// Why its section has no example.
    #[expect(dead_code, reason = "said for those who read this table")]
    pub why: &'static str,
    /// What is found where it comes about; `None` where another test shows it.
    pub found: Option<fn() -> Vec<Diagnostic>>,
}

/// All of them.
pub const MADE: &[Made] = &[
    Made {
        code: "E0658",
        why: "it takes two hundred states",
        found: Some(|| {
            let states: Vec<String> = (0..201).map(|number| format!("S{number}")).collect();
            check(&format!("blueprint B on M, field F\n  states {}\n", states.join(", ")))
        }),
    },
    Made {
        code: "N0836",
        why: "it takes hundreds of rules; `lint_program/cycles.rs` shows it",
        found: None,
    },
];
