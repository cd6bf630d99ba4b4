//! Rules whose number grows while about as many of them fire, and the records they are for.

use std::fmt::Write;

use crate::leads::Random;

/// Fields compared for equality, each with this many values.
pub const FIELDS: usize = 5;
pub const VALUES: usize = 1_000;
/// Fields compared with ranges, from 0 to this bound.
pub const NUMBERS: usize = 3;
pub const BOUND: i64 = 100_000;
/// Words of six letters that a URL may hold, and how many it does.
const WORDS: usize = 20_000;
const WORDS_IN_URL: usize = 3;

/// A condition of a rule.
#[derive(Clone, Debug)]
pub enum Condition {
    /// A field is a value.
    Equal(usize, usize),
    /// A number is in a range, both ends included.
    Between(usize, i64, i64),
    /// The URL contains a word.
    Contains(String),
}

/// One to three conditions, all of which must hold.
pub type Rule = Vec<Condition>;

/// A record: an index of value a field, the numbers, the URL.
#[derive(Clone, Debug)]
pub struct Fact {
    pub fields: [usize; FIELDS],
    pub numbers: [i64; NUMBERS],
    pub url: String,
}

/// A value's text.
pub fn value(index: usize) -> String {
    format!("value {index}")
}

/// Six letters for a number, spread so that neighbours share no beginning.
fn word(number: usize) -> String {
    let mut rest = (number * 7_919 + 12_345) % 308_915_776;
    (0..6)
        .map(|_| {
            let letter = char::from(b'a' + (rest % 26) as u8);
            rest /= 26;
            letter
        })
        .collect()
}

/// So many records.
pub fn facts(count: usize) -> Vec<Fact> {
    let mut random = Random(7);
    (0..count)
        .map(|_| {
            let mut url = "https://www.example.com".to_owned();
            for _ in 0..WORDS_IN_URL {
                let _ = write!(url, "/{}", word(random.below(WORDS)));
            }
            Fact {
                fields: std::array::from_fn(|_| random.below(VALUES)),
                numbers: std::array::from_fn(|_| random.below(BOUND as usize) as i64),
                url,
            }
        })
        .collect()
}

/// Five rules that fire often and, up to so many in all, ever rarer ones: the number that fires
/// stays about constant.
pub fn rules(count: usize) -> Vec<Rule> {
    let mut random = Random(11);
    let mut rules = Vec::with_capacity(count);
    for number in 0..count {
        if number < 5 {
            rules.push(vec![range(&mut random, BOUND * 8 / 10)]);
            continue;
        }
        let mut rule = vec![rare(&mut random)];
        if random.below(count) >= 3_000 {
            let Condition::Equal(taken, _) = rule[0] else {
                let (field, value) = (random.below(FIELDS), random.below(VALUES));
                rule.push(Condition::Equal(field, value));
                rules.push(rule);
                continue;
            };
            let field = (taken + 1 + random.below(FIELDS - 1)) % FIELDS;
            rule.push(Condition::Equal(field, random.below(VALUES)));
        }
        if random.below(2) == 0 {
            rule.push(range(&mut random, BOUND / 2));
        }
        rules.push(rule);
    }
    rules
}

/// A condition that holds for about one record in a thousand or fewer.
fn rare(random: &mut Random) -> Condition {
    match random.below(10) {
        0..6 => Condition::Equal(random.below(FIELDS), random.below(VALUES)),
        6..8 => range(random, BOUND / 1_000),
        _ => Condition::Contains(word(random.below(WORDS))),
    }
}

fn range(random: &mut Random, width: i64) -> Condition {
    let low = random.below((BOUND - width) as usize) as i64;
    Condition::Between(random.below(NUMBERS), low, low + width)
}

/// How many rules stand in one text: a text has at most 16 MiB.
const RULES_IN_TEXT: usize = 50_000;

/// The texts of a program of these rules in Jalon's language: the module, then the rules.
pub fn program(rules: &[Rule]) -> Vec<String> {
    let mut module = "language en\n\nmodule Facts\n".to_owned();
    for field in 0..FIELDS {
        let _ = writeln!(module, "  f{field} : text, case-sensitive");
    }
    for number in 0..NUMBERS {
        let _ = writeln!(module, "  n{number} : integer");
    }
    module.push_str("  url : url, case-sensitive\n");
    let mut texts = vec![module];
    for (part, rules) in rules.chunks(RULES_IN_TEXT).enumerate() {
        let mut text = "language en\n\n".to_owned();
        for (place, rule) in rules.iter().enumerate() {
            let number = part * RULES_IN_TEXT + place;
            let conditions: Vec<String> = rule.iter().map(spelled).collect();
            let conditions = conditions.join(" AND ");
            let _ = writeln!(
                text,
                "rule \"R{number}\" on Facts\n  when created or updated\n  if {conditions}\n  then\n    task \"T\"\n"
            );
        }
        texts.push(text);
    }
    texts
}

fn spelled(condition: &Condition) -> String {
    match condition {
        Condition::Equal(field, index) => format!("f{field} IS {}", value(*index)),
        Condition::Between(number, low, high) => format!("n{number} BETWEEN {low} AND {high}"),
        Condition::Contains(word) => format!("url CONTAINS {word}"),
    }
}

impl Condition {
    /// Whether it holds, on indexes of values.
    pub fn holds(&self, fact: &Fact) -> bool {
        match self {
            Condition::Equal(field, value) => fact.fields[*field] == *value,
            Condition::Between(number, low, high) => {
                (*low..=*high).contains(&fact.numbers[*number])
            }
            Condition::Contains(word) => fact.url.contains(word.as_str()),
        }
    }
}
