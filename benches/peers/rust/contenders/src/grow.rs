//! Rules that grow: which of many rules hold of a record.

mod atree;
mod by_hand;
mod jalon;

use std::rc::Rc;
use std::time::Instant;

use race::rules::{Fact, Rule, facts, rules};
use race::worker::{Contender, weighted};

/// What a contender is asked: the numbers of the rules that hold, in any order, added to a list.
pub type Ask = Box<dyn FnMut(usize, &mut Vec<u32>)>;

/// The rules and the records they are asked about.
pub struct Given {
    pub rules: Rc<Vec<Rule>>,
    pub facts: Rc<Vec<Fact>>,
}

/// The contenders at so many rules.
pub fn contenders(count: usize) -> Vec<Contender> {
    // a contender that takes milliseconds a record is asked about fewer of them
    let given = Given { rules: Rc::new(rules(count)), facts: Rc::new(facts(2_000)) };
    let mut all = by_hand::contenders(&given);
    all.extend(jalon::contenders(&given));
    all.extend(atree::contenders(&given));
    all
}

/// A contender that is built from the rules, with the time this took.
fn contender(
    given: &Given,
    name: &str,
    version: &str,
    input: &str,
    build: impl FnOnce(&Given) -> Ask,
) -> Contender {
    let start = Instant::now();
    let mut ask = build(given);
    let built = start.elapsed();
    let mut found = Vec::new();
    let question = format!("{} rules", given.rules.len());
    Contender::by_lead(name, version, &question, input, given.facts.len(), move |i| {
        found.clear();
        ask(i, &mut found);
        found.iter().fold(0, |sum, rule| weighted(*rule as usize, i64::from(*rule) + 1) + sum)
    })
    .note(format!("built in {:.1} ms", built.as_secs_f64() * 1e3))
}
