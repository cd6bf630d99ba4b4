//! How the cases of a suite come out: as the page tells it, and one by one in a snapshot.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::design::Design;
use crate::outside::{Outside, Why};
use crate::page;

/// How a case comes out.
#[derive(Clone, Debug)]
pub enum Verdict {
    Passed,
    /// By design, with both answers.
    Differs {
        why: Design,
        ours: String,
        theirs: String,
    },
    Outside(Outside),
}

/// A case.
#[derive(Debug)]
struct Case {
    part: &'static str,
    theirs: String,
    ours: String,
    verdict: Verdict,
}

/// All cases of a suite.
#[derive(Debug, Default)]
pub struct Tally(Vec<Case>);

impl Tally {
    /// A case of a part of the suite, as they write it and as it is in Jalon.
    pub fn add(&mut self, part: &'static str, theirs: String, ours: String, verdict: Verdict) {
        self.0.push(Case { part, theirs, ours, verdict });
    }

    /// How many cases pass, differ and are out of scope.
    pub fn counts(&self) -> [usize; 3] {
        counts(self.0.iter())
    }

    /// Every case, with both answers where they differ.
    pub fn cases(&self) -> String {
        let mut text = String::new();
        let (mut part, mut before) = ("", "");
        for case in &self.0 {
            if case.part != part {
                part = case.part;
                writeln!(text, "== {part}").unwrap();
            }
            let Case { theirs, ours, .. } = case;
            let same = !ours.is_empty() && ours == before;
            before = ours;
            let ours = if same { "as before" } else { ours };
            match &case.verdict {
                Verdict::Passed => writeln!(text, "{theirs}  →  {ours}"),
                Verdict::Differs { ours: our_answer, theirs: answer, .. } => {
                    writeln!(text, "{theirs}  →  {ours}  ≠  {our_answer}, there {answer}")
                }
                Verdict::Outside(Outside { why, of }) if of.is_empty() => {
                    writeln!(text, "{theirs}  –  {why:?}")
                }
                Verdict::Outside(Outside { why, of }) => {
                    writeln!(text, "{theirs}  –  {why:?}: {of}")
                }
            }
            .unwrap();
        }
        text
    }

    /// Holds the page to this.
    pub fn hold(&self, suite: &str) {
        page::hold(suite, &self.tables());
    }

    fn tables(&self) -> String {
        let mut text = String::from(
            "\n| part | cases | passed | different by design | out of scope |\n|---|---|---|---|---|\n",
        );
        let mut parts: Vec<&str> = Vec::new();
        for case in &self.0 {
            if !parts.contains(&case.part) {
                parts.push(case.part);
            }
        }
        let mut line = |name: &str, [passed, differ, outside]: [usize; 3]| {
            let all = passed + differ + outside;
            writeln!(text, "| {name} | {all} | {passed} | {differ} | {outside} |").unwrap();
        };
        for part in &parts {
            line(part, counts(self.0.iter().filter(|case| case.part == *part)));
        }
        line("**all**", self.counts());
        self.reasons(&mut text);
        text
    }

    fn reasons(&self, text: &mut String) {
        let mut differ: BTreeMap<Design, usize> = BTreeMap::new();
        let mut outside: BTreeMap<Why, BTreeMap<&str, usize>> = BTreeMap::new();
        for case in &self.0 {
            match &case.verdict {
                Verdict::Passed => {}
                Verdict::Differs { why, .. } => *differ.entry(*why).or_default() += 1,
                Verdict::Outside(Outside { why, of }) => {
                    *outside.entry(*why).or_default().entry(of).or_default() += 1;
                }
            }
        }
        text.push_str("\n| different by design | cases |\n|---|---|\n");
        for (why, count) in differ {
            writeln!(text, "| {} | {count} |", why.told()).unwrap();
        }
        text.push_str("\n| out of scope | cases | of them |\n|---|---|---|\n");
        for (why, of) in outside {
            let count: usize = of.values().sum();
            let mut of: Vec<_> = of.into_iter().filter(|(name, _)| !name.is_empty()).collect();
            of.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let of: Vec<String> = of.iter().map(|(name, n)| format!("`{name}` {n}")).collect();
            writeln!(text, "| {} | {count} | {} |", why.told(), of.join(", ")).unwrap();
        }
        text.push('\n');
    }
}

fn counts<'c>(cases: impl Iterator<Item = &'c Case>) -> [usize; 3] {
    let mut counts = [0; 3];
    for case in cases {
        counts[match case.verdict {
            Verdict::Passed => 0,
            Verdict::Differs { .. } => 1,
            Verdict::Outside(_) => 2,
        }] += 1;
    }
    counts
}
