//! Rules that grow: which of many rules hold of a record, about as many or ever more of them.

mod atree;
mod by_hand;
mod jalon;
pub mod many;

use std::rc::Rc;
use std::time::Instant;

use race::rules::{Fact, Rule, facts, rules};
use race::worker::{Contender, group, weighted};
use serde_json::json;

/// What a contender is asked: the numbers of the rules that hold, in any order, added to a list.
pub type Ask = Box<dyn FnMut(usize, &mut Vec<u32>)>;

/// The rules and the records they are asked about.
pub struct Given {
    pub rules: Rc<Vec<Rule>>,
    pub facts: Rc<Vec<Fact>>,
    /// How many rules hold of a record, on average.
    pub fire: f64,
}

/// The contenders at so many rules.
pub fn contenders(count: usize) -> Vec<Contender> {
    // a contender that takes milliseconds a record is asked about fewer of them
    let (rules, facts) = (rules(count), facts(2_000));
    let given = Given { fire: fire(&rules, &facts), rules: Rc::new(rules), facts: Rc::new(facts) };
    let mut all = by_hand::contenders(&given);
    all.extend(group("Jalon", || jalon::contenders(&given)));
    all.extend(group("a-tree", || atree::contenders(&given)));
    all
}

/// How many rules hold of a record, on average: of the first hundred.
fn fire(rules: &[Rule], facts: &[Fact]) -> f64 {
    let facts = &facts[..100];
    let holds =
        |fact: &Fact| rules.iter().filter(|rule| rule.iter().all(|c| c.holds(fact))).count();
    facts.iter().map(holds).sum::<usize>() as f64 / facts.len() as f64
}

/// A contender that is built from the rules, with the time this took.
fn contender(
    given: &Given,
    name: &str,
    version: &str,
    input: &str,
    build: impl FnOnce() -> Ask,
) -> Contender {
    let start = Instant::now();
    let ask = build();
    let built = start.elapsed();
    asked(given, name, version, input, ask)
        .figures(json!({ "built_ms": built.as_secs_f64() * 1e3, "fire": given.fire }))
}

/// A contender that was built.
fn asked(given: &Given, name: &str, version: &str, input: &str, mut ask: Ask) -> Contender {
    let mut found = Vec::new();
    let question = format!("{} rules", given.rules.len());
    Contender::by_lead(name, version, &question, input, given.facts.len(), move |i| {
        found.clear();
        ask(i, &mut found);
        checksum(found.iter().copied())
    })
}

/// In any order, the same number for the same rules.
fn checksum(found: impl Iterator<Item = u32>) -> i64 {
    found.fold(0, |sum, rule| weighted(rule as usize, i64::from(rule) + 1) + sum)
}
