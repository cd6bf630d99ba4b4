//! a-tree. It has no test on parts of texts: the words that rules look for are found in the URL
//! by Aho-Corasick, and handed as a list.

use std::rc::Rc;

use a_tree::{ATree, AttributeDefinition, Event};
use aho_corasick::AhoCorasick;
use race::job::version;
use race::rules::{Condition, FIELDS, Fact, NUMBERS, Rule};
use race::worker::Contender;

use super::{Given, contender};

/// Building its tree takes most of a minute at so many, and is done once.
const AT_MOST: usize = 100_000;
/// Up to here it is asked in both ways.
const BOTH_WAYS: usize = 10_000;

pub fn contenders(given: &Given) -> Vec<Contender> {
    if given.rules.len() > AT_MOST {
        return Vec::new();
    }
    let version = version("a-tree");
    let mut all = vec![contender(given, "a-tree", &version, "prepared", || {
        let search = Search::new(&given.rules);
        let events: Vec<Event> = given.facts.iter().map(|fact| search.event(fact)).collect();
        Box::new(move |i, found| search.fired(&events[i], found))
    })];
    if given.rules.len() <= BOTH_WAYS {
        all.push(contender(given, "a-tree", &version, "struct", || {
            let (search, facts) = (Search::new(&given.rules), Rc::clone(&given.facts));
            Box::new(move |i, found| search.fired(&search.event(&facts[i]), found))
        }));
    }
    all
}

struct Search {
    tree: ATree<u32>,
    words: Vec<String>,
    searcher: AhoCorasick,
}

impl Search {
    fn new(rules: &[Rule]) -> Search {
        let mut attributes: Vec<AttributeDefinition> = Vec::new();
        attributes.extend((0..FIELDS).map(|i| AttributeDefinition::string(&format!("f{i}"))));
        attributes.extend((0..NUMBERS).map(|i| AttributeDefinition::integer(&format!("n{i}"))));
        attributes.push(AttributeDefinition::string_list("words"));
        let mut tree = ATree::new(&attributes).unwrap();
        let mut words = Vec::new();
        for (number, rule) in (0_u32..).zip(rules) {
            let text: Vec<String> = rule.iter().map(|c| spelled(c, &mut words)).collect();
            tree.insert(&number, &text.join(" and ")).unwrap();
        }
        words.sort();
        words.dedup();
        let searcher = AhoCorasick::new(&words).unwrap();
        Search { tree, words, searcher }
    }

    fn event(&self, fact: &Fact) -> Event {
        let mut event = self.tree.make_event();
        for (field, text) in fact.fields.iter().enumerate() {
            event.with_string(&format!("f{field}"), text).unwrap();
        }
        for (field, number) in fact.numbers.iter().enumerate() {
            event.with_integer(&format!("n{field}"), *number).unwrap();
        }
        let found = self.searcher.find_overlapping_iter(&fact.url);
        let words: Vec<&str> = found.map(|hit| self.words[hit.pattern()].as_str()).collect();
        event.with_string_list("words", &words).unwrap();
        event.build().unwrap()
    }

    fn fired(&self, event: &Event, found: &mut Vec<u32>) {
        if let Ok(report) = self.tree.search(event) {
            found.extend(report.matches().iter().map(|number| **number));
        }
    }
}

fn spelled(condition: &Condition, words: &mut Vec<String>) -> String {
    match condition {
        Condition::Equal(field, value) => format!("f{field} = '{value}'"),
        Condition::Between(field, low, high) => {
            format!("(n{field} >= {low} and n{field} <= {high})")
        }
        Condition::Contains(word) => {
            words.push(word.clone());
            format!("words one of ['{word}']")
        }
    }
}
