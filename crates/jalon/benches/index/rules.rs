//! Synthetic rules and records, the same for every side.

use jalon::checked::{
    Condition, Domain, FieldRef, Operand, OrderTest, Predicate, Term, Test, TextTest,
};
use jalon::lexicon::Op;
use jalon::source::Span;
use jalon::{Program, Row, Value};

/// The fields of all rule sets.
pub const MODULE: &str = "
module Leads
  t0 : texte
  t1 : texte
  t2 : texte
  t3 : texte
  t4 : texte
  url : texte
  n0 : nombre
  n1 : nombre
  n2 : nombre
";

/// How many texts a lead has, the URL last.
pub const TEXTS: usize = 6;
/// The place of the URL.
pub const URL: usize = 5;
/// Numbers go up to here.
pub const SPAN: i64 = 100_000;

/// Which rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Four texts and three numbers, 2 to 7 tests a conjunction, 15 % of two conjunctions,
    /// negations, open and closed ranges; one text of as many values as it takes for about one
    /// match, and 1.3 % of two ranges alone.
    OneMatch,
    /// Likewise with as many values for any number of rules, so that matches grow.
    Growing,
    /// One to three conditions: equality on five texts of 1 000 values, narrow ranges on three
    /// numbers, six letters in a URL.
    Peers,
}

/// One test.
#[derive(Clone, Debug)]
pub enum Check {
    /// The text at a place is one of these (or none of them).
    Text(usize, Vec<String>, bool),
    /// The number at a place stands from the one to the other.
    Number(usize, i64, i64),
    /// The URL contains this.
    Url(String),
}

/// Conjunctions of tests.
#[derive(Clone, Debug)]
pub struct Rule(pub Vec<Vec<Check>>);

/// A record as one would write it by hand.
#[derive(Clone, Debug)]
pub struct Lead {
    /// The texts.
    pub texts: [String; TEXTS],
    /// The numbers.
    pub numbers: [i64; 3],
}

/// Where rules and records come from.
pub struct Rules {
    kind: Kind,
    count: u64,
    state: u64,
    fields: Vec<FieldRef>,
}

impl Kind {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Kind::OneMatch => "about one match",
            Kind::Growing => "matches grow with the rules",
            Kind::Peers => "one to three conditions",
        }
    }
}

impl Check {
    /// Whether a lead passes.
    pub fn holds(&self, lead: &Lead) -> bool {
        match self {
            Check::Text(place, values, negated) => values.contains(&lead.texts[*place]) != *negated,
            Check::Number(place, low, high) => (*low..=*high).contains(&lead.numbers[*place]),
            Check::Url(part) => lead.texts[URL].contains(part.as_str()),
        }
    }
}

impl Rule {
    /// Whether it holds of a lead.
    pub fn holds(&self, lead: &Lead) -> bool {
        self.0.iter().any(|checks| checks.iter().all(|check| check.holds(lead)))
    }
}

impl Lead {
    /// As a row of the program.
    pub fn row(&self, program: &Program) -> Row {
        let mut row = program.row(None).unwrap();
        for (place, text) in self.texts.iter().enumerate() {
            row.set_slot(place as u32, text.as_str());
        }
        for (place, number) in self.numbers.iter().enumerate() {
            row.set_slot((TEXTS + place) as u32, *number);
        }
        row
    }
}

impl Rules {
    /// Rules of a kind, `count` of them.
    pub fn new(kind: Kind, count: usize, program: &Program) -> Rules {
        let field = |field: &jalon::schema::Field| FieldRef {
            depth: 0,
            key: field.key.clone(),
            domain: field.ty.domain(field.mode).unwrap(),
            personal: false,
        };
        let fields = program.checked().schema.modules[0].fields.iter().map(field).collect();
        Rules { kind, count: count as u64, state: 0x9E37_79B9_7F4A_7C15, fields }
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) % bound
    }

    /// How many values a text has.
    fn values(&self, place: usize) -> u64 {
        match self.kind {
            Kind::Peers => 1000,
            Kind::Growing => [60, 40, 25, 12, 1, 1][place],
            Kind::OneMatch => [self.count / 4, self.count / 5, 200, 40, 1, 1][place].max(2),
        }
    }

    fn text(&mut self, place: usize) -> String {
        let values = self.values(place);
        format!("value {place} {}", self.below(values))
    }

    fn letters(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'a' + self.below(26) as u8)).collect()
    }

    /// The next rule.
    pub fn rule(&mut self) -> Rule {
        if self.kind == Kind::Peers {
            let checks = (0..=self.below(3)).map(|_| self.peers_check()).collect();
            return Rule(vec![checks]);
        }
        let terms = if self.below(100) < 15 { 2 } else { 1 };
        Rule((0..terms).map(|_| self.conjunction()).collect())
    }

    fn peers_check(&mut self) -> Check {
        match self.below(9) {
            place @ 0..5 => Check::Text(place as usize, vec![self.text(place as usize)], false),
            number @ 5..8 => {
                let low = self.below(SPAN as u64) as i64;
                Check::Number(number as usize - 5, low, low + SPAN / 1000)
            }
            _ => Check::Url(self.letters(6)),
        }
    }

    fn conjunction(&mut self) -> Vec<Check> {
        let mut places: Vec<u64> = (0..7).collect();
        let tests = 2 + self.below(6) as usize;
        let mut checks = Vec::with_capacity(tests);
        if self.kind == Kind::OneMatch {
            if self.below(1000) < 13 {
                return self.two_ranges();
            }
            let place = places.swap_remove(self.below(2) as usize) as usize;
            checks.push(Check::Text(place, vec![self.text(place)], false));
        }
        for _ in checks.len()..tests {
            let place = places.swap_remove(self.below(places.len() as u64) as usize);
            checks.push(self.check(place as usize));
        }
        checks
    }

    /// No text at all, as few records as it takes.
    fn two_ranges(&mut self) -> Vec<Check> {
        let width = (SPAN as f64 * (15.0 / self.count as f64).sqrt()) as i64;
        let range = |place, low: u64| Check::Number(place, low as i64, low as i64 + width);
        vec![range(0, self.below(SPAN as u64)), range(1, self.below(SPAN as u64))]
    }

    fn check(&mut self, place: usize) -> Check {
        if place < 4 {
            let some = [1, 1, 1, 1, 1, 1, 2, 3][self.below(8) as usize];
            let values = (0..some).map(|_| self.text(place)).collect();
            let negated = self.below(10) == 0;
            return Check::Text(place, values, negated);
        }
        let (a, b) = (self.below(SPAN as u64) as i64, self.below(SPAN as u64) as i64);
        let (low, high) = match self.below(3) {
            0 => (a.min(b), a.max(b)),
            1 => (i64::MIN, a.max(b)),
            _ => (a.min(b), i64::MAX),
        };
        Check::Number(place - 4, low, high)
    }

    /// The next record.
    pub fn lead(&mut self) -> Lead {
        let mut texts: [String; TEXTS] = std::array::from_fn(|place| self.text(place));
        texts[URL] = format!("https://{}.example/{}", self.letters(12), self.letters(10));
        Lead { texts, numbers: std::array::from_fn(|_| self.below(SPAN as u64) as i64) }
    }

    /// A rule as a checked condition.
    pub fn condition(&self, rule: &Rule) -> Condition {
        let terms = rule
            .0
            .iter()
            .map(|checks| Condition::All(checks.iter().map(|check| self.test(check)).collect()));
        Condition::Any(terms.collect())
    }

    fn test(&self, check: &Check) -> Condition {
        let text = |text: &String| Term::Const(Value::Text(text.clone()));
        let number = |number: &i64| Term::Const(Value::from(*number));
        let (place, predicate, negated) = match check {
            Check::Text(place, values, negated) => (
                *place,
                Predicate::Text(TextTest::Equal, values.iter().map(text).collect()),
                *negated,
            ),
            Check::Url(part) => (URL, Predicate::Text(TextTest::Contains, vec![text(part)]), false),
            Check::Number(place, low, high) => {
                let (test, terms) = match (*low, *high) {
                    (i64::MIN, high) => (OrderTest::LessOrEqual, vec![number(&high)]),
                    (low, i64::MAX) => (OrderTest::GreaterOrEqual, vec![number(&low)]),
                    (low, high) => (OrderTest::Between, vec![number(&low), number(&high)]),
                };
                (TEXTS + place, Predicate::Number(test, terms), false)
            }
        };
        debug_assert!(self.fields[place].domain != Domain::Dynamic);
        Condition::Test(Box::new(Test {
            span: Span::default(),
            source: String::new(),
            op: Op::Is,
            negated,
            left: Operand::Field(self.fields[place].clone()),
            predicate,
        }))
    }
}
