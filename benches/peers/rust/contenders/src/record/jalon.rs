//! Jalon: one score and six rules of one program, in one judge, or one by one, or by the index.

use std::rc::Rc;

use jalon::index::IndexMatcher;
use jalon::value::{Date, Value};
use jalon::{Clock, Criterion, Judge, Matcher, Program, Record, Row, Scorer};
use race::job::{FOLDED, LEADS, LEADS_STRICT, RULES, RULES_ONLY, STRICT, version};
use race::leads::Lead;
use race::worker::Contender;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Given;

/// A lead in a struct of the application: its money a decimal, its days dates.
#[derive(Debug, Record)]
struct Held {
    email: Option<String>,
    first_page: Option<String>,
    status: Option<String>,
    industry: Option<String>,
    title: Option<String>,
    opt_out: Option<bool>,
    last_name: Option<String>,
    phone: Option<String>,
    mobile: Option<String>,
    country: Option<String>,
    postcode: Option<String>,
    town: Option<String>,
    created: Option<Date>,
    next_push: Option<Date>,
    amount: Option<Decimal>,
}

impl Held {
    fn of(lead: &Lead) -> Held {
        let lead = lead.clone();
        Held {
            email: lead.email,
            first_page: lead.first_page,
            status: lead.status,
            industry: lead.industry,
            title: lead.title,
            opt_out: lead.opt_out,
            last_name: lead.last_name,
            phone: lead.phone,
            mobile: lead.mobile,
            country: lead.country,
            postcode: lead.postcode,
            town: lead.town,
            created: lead.created.map(Date::from_days),
            next_push: lead.next_push.map(Date::from_days),
            amount: lead.amount.map(cents),
        }
    }
}

/// An amount without its error as a float.
fn cents(amount: f64) -> Decimal {
    Decimal::new((amount * 100.0).round() as i64, 2)
}

/// A native row of a lead.
fn row(lead: &Lead, program: &Program) -> Row {
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
    row.set("amount", lead.amount.map(cents).map_or(Value::Empty, Value::Number));
    row
}

/// What is kept between leads.
enum Job {
    /// All in one.
    Judge(Judge),
    Parts(Scorer, Rules),
}

/// The rules one by one, or all at once.
enum Rules {
    Matchers(Vec<Matcher>),
    Index(IndexMatcher),
}

/// The ways to ask, by the contender's name.
#[derive(Clone, Copy)]
enum Way {
    Judge,
    OneByOne,
    Index,
}

const WAYS: [(&str, Way); 3] = [
    ("Jalon, judge", Way::Judge),
    ("Jalon, scorer and matchers", Way::OneByOne),
    ("Jalon, scorer and index", Way::Index),
];

impl Job {
    /// For the score and the rules, or the rules only.
    fn new(program: &Program, way: Way, scored: bool) -> Job {
        let clock = Clock::default();
        let score = program.score(None).unwrap();
        let rules: Vec<Criterion> = RULES.iter().map(|name| program.rule(name).unwrap()).collect();
        let rules = match way {
            Way::Judge => {
                return Job::Judge(
                    program.judge(scored.then_some(&score), &rules, &clock).unwrap(),
                );
            }
            Way::OneByOne => {
                Rules::Matchers(rules.iter().map(|rule| rule.matcher(&clock).unwrap()).collect())
            }
            // the rules are declared in the order of their bits
            Way::Index => Rules::Index(program.index(None).unwrap().matcher(&clock).unwrap()),
        };
        Job::Parts(score.scorer(&clock).unwrap(), rules)
    }

    fn answer(&mut self, record: &impl Record) -> i64 {
        let (score, fired) = match self {
            Job::Judge(judge) => {
                judge.run(record);
                (judge.total(), bits(judge.held()))
            }
            Job::Parts(scorer, rules) => (scorer.total(record).total, rules.fired(record)),
        };
        score.to_i64().unwrap_or(i64::MIN / 64) * 64 + fired
    }

    fn fired(&mut self, record: &impl Record) -> i64 {
        match self {
            Job::Judge(judge) => {
                judge.run(record);
                bits(judge.held())
            }
            Job::Parts(_, rules) => rules.fired(record),
        }
    }
}

impl Rules {
    fn fired(&mut self, record: &impl Record) -> i64 {
        match self {
            Rules::Matchers(rules) => bits(rules.iter_mut().map(|rule| rule.test(record).holds)),
            Rules::Index(index) => index.matches(record).iter().map(|rule| 1_i64 << rule.0).sum(),
        }
    }
}

fn bits(held: impl Iterator<Item = bool>) -> i64 {
    held.enumerate().map(|(bit, holds)| i64::from(holds) << bit).sum()
}

pub fn contenders(given: &Given) -> Vec<Contender> {
    let count = given.leads.len();
    let version = version("jalon");
    let held: Rc<Vec<Held>> = Rc::new(given.leads.iter().map(Held::of).collect());
    let mut all = Vec::new();
    for (question, text) in [(STRICT, LEADS_STRICT), (FOLDED, LEADS)] {
        let program = Program::parse(text).unwrap_or_else(|error| panic!("{error}"));
        let rows: Rc<Vec<Row>> =
            Rc::new(given.leads.iter().map(|lead| row(lead, &program)).collect());
        for (name, way) in WAYS {
            let mut add = |question, input, answer: Box<dyn FnMut(usize) -> i64>| {
                all.push(Contender::by_lead(name, &version, question, input, count, answer));
            };
            let binding = || program.bind::<Held>(None).unwrap();
            let job = || Job::new(&program, way, true);

            let (mut judged, bound, leads) = (job(), binding(), held.clone());
            add(question, "struct", Box::new(move |i| judged.answer(&bound.record(&leads[i]))));
            let (mut judged, leads) = (job(), rows.clone());
            add(question, "native row", Box::new(move |i| judged.answer(&leads[i])));
            let (mut judged, leads) = (job(), given.json.clone());
            add(question, "JSON", Box::new(move |i| judged.answer(&leads[i])));
            if question == STRICT {
                let mut rules = Job::new(&program, way, false);
                let (bound, leads) = (binding(), held.clone());
                let fired = move |i: usize| rules.fired(&bound.record(&leads[i]));
                add(RULES_ONLY, "struct", Box::new(fired));
            }
        }
    }
    all
}
