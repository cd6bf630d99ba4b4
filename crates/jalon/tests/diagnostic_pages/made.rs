//! What no example of a page can show, and how it comes about.

use std::fmt::Write as _;

use jalon::diagnostic::Diagnostic;
use jalon::program::Loader;

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
        code: "E0101",
        why: "a limit of 16 MiB",
        found: Some(|| check(&" ".repeat((16 << 20) + 1))),
    },
    Made {
        code: "E0118",
        why: "a limit of 64 levels",
        found: Some(|| criterion(&format!("{}A IS 1{}", "(".repeat(70), ")".repeat(70)))),
    },
    Made {
        code: "E0119",
        why: "a limit of 10 000 comparisons",
        found: Some(|| criterion(&vec!["A IS 1"; 10_001].join(" OR "))),
    },
    Made {
        code: "E0120",
        why: "it takes a hundred words that may be operators",
        found: Some(|| criterion(&format!("A {}IS b", "is ".repeat(100)))),
    },
    Made {
        code: "E0139",
        why: "a limit of 256 operations",
        found: Some(|| {
            check(&format!("module M\n  A : number\n  F : formula A{}\n", " + 1".repeat(300)))
        }),
    },
    Made { code: "E0248", why: "it takes dozens of formulas", found: Some(doubling_formulas) },
    Made {
        code: "W0287",
        why: "a character that cannot be seen",
        found: Some(|| {
            check("webhook S on M\n  POST https://example.com\n  body xml \"<a>\u{1}</a>\"\n")
        }),
    },
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

fn check(text: &str) -> Vec<Diagnostic> {
    Loader::default().source("made.jalon", text).check().list
}

fn criterion(criterion: &str) -> Vec<Diagnostic> {
    check(&format!("score S\n  +1 if {criterion}\n"))
}

fn doubling_formulas() -> Vec<Diagnostic> {
    let mut text = "module M\n  F0 : number\n".to_owned();
    for i in 1..64 {
        let _ = writeln!(text, "  F{i} : formula F{0} + F{0}", i - 1);
    }
    check(&text)
}
