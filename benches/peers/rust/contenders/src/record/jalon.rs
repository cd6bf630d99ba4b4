//! Jalon: one score and six rules of one program.

use std::rc::Rc;

use jalon::index::IndexMatcher;
use jalon::value::{Date, Value};
use jalon::{Clock, Matcher, Program, Record, Row, Scorer};
use race::job::{FOLDED, LEADS, LEADS_STRICT, RULES, RULES_ONLY, STRICT, version};
use race::leads::Lead;
use race::worker::Contender;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Given;

/// What is kept between leads.
struct Job {
    scorer: Scorer,
    /// The rules one by one, or all at once.
    rules: Rules,
}

enum Rules {
    Matchers(Vec<Matcher>),
    Index(IndexMatcher),
}

impl Job {
    fn new(program: &Program, by_index: bool) -> Job {
        let clock = Clock::default();
        let rule = |name: &&str| program.rule(name).unwrap().matcher(&clock).unwrap();
        let rules = if by_index {
            // the rules are declared in the order of their bits
            Rules::Index(program.index(None).unwrap().matcher(&clock).unwrap())
        } else {
            Rules::Matchers(RULES.iter().map(rule).collect())
        };
        Job { scorer: program.score(None).unwrap().scorer(&clock).unwrap(), rules }
    }

    fn fired(&mut self, record: &impl Record) -> i64 {
        match &mut self.rules {
            Rules::Matchers(rules) => {
                let rules = rules.iter_mut().enumerate();
                rules.map(|(bit, rule)| i64::from(rule.test(record).holds) << bit).sum()
            }
            Rules::Index(index) => index.matches(record).iter().map(|rule| 1_i64 << rule.0).sum(),
        }
    }

    fn answer(&mut self, record: &impl Record) -> i64 {
        let score = self.scorer.total(record).total.to_i64().unwrap_or(i64::MIN / 64);
        score * 64 + self.fired(record)
    }
}

/// A native row of a lead.
pub fn row(lead: &Lead, program: &Program) -> Row {
    let text = |text: &Option<String>| text.as_deref().map_or(Value::Empty, Value::from);
    let day = |day: Option<i32>| day.map_or(Value::Empty, |d| Value::from(Date::from_days(d)));
    let mut row = program.row(None).unwrap();
    row.set("email", text(&lead.email));
    row.set("first_page", text(&lead.first_page));
    row.set("status", text(&lead.status));
    row.set("industry", text(&lead.industry));
    row.set("title", text(&lead.title));
    row.set("opt_out", lead.opt_out.map_or(Value::Empty, Value::from));
    row.set("last_name", text(&lead.last_name));
    row.set("phone", text(&lead.phone));
    row.set("mobile", text(&lead.mobile));
    row.set("country", text(&lead.country));
    row.set("postcode", text(&lead.postcode));
    row.set("town", text(&lead.town));
    row.set("created", day(lead.created));
    row.set("next_push", day(lead.next_push));
    let cents = lead.amount.map(|amount| Decimal::new((amount * 100.0).round() as i64, 2));
    row.set("amount", cents.map_or(Value::Empty, Value::Number));
    row
}

pub fn contenders(given: &Given) -> Vec<Contender> {
    let count = given.leads.len();
    let version = version("jalon");
    let mut all = Vec::new();
    for (question, text) in [(STRICT, LEADS_STRICT), (FOLDED, LEADS)] {
        let program = Program::parse(text).unwrap_or_else(|error| panic!("{error}"));
        let rows: Vec<Row> = given.leads.iter().map(|lead| row(lead, &program)).collect();
        let rows = Rc::new(rows);
        for (name, by_index) in [("Jalon", false), ("Jalon, rules by index", true)] {
            let jalon = |question, input, answer: Box<dyn FnMut(usize) -> i64>| {
                Contender::by_lead(name, &version, question, input, count, answer)
            };
            let job = || Job::new(&program, by_index);
            let (mut of_rows, mut of_json, mut rules) = (job(), job(), job());
            let (leads, json) = (rows.clone(), given.json.clone());
            all.push(jalon(question, "native row", Box::new(move |i| of_rows.answer(&leads[i]))));
            all.push(jalon(question, "JSON", Box::new(move |i| of_json.answer(&json[i]))));
            if question == STRICT {
                let rows = rows.clone();
                let fired = move |i: usize| rules.fired(&rows[i]);
                all.push(jalon(RULES_ONLY, "native row", Box::new(fired)));
            }
        }
    }
    all
}
