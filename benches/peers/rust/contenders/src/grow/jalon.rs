//! Jalon's rule index, and one matcher a rule.

use std::rc::Rc;
use std::time::Instant;

use jalon::{Clock, Loader, Matcher, Program, Row};
use race::job::version;
use race::rules::{Fact, program, value};
use race::worker::Contender;

use super::{Ask, Given, contender};

/// One matcher a rule is only asked up to here.
const MATCHERS_AT_MOST: usize = 10_000;

pub fn contenders(given: &Given) -> Vec<Contender> {
    let texts = program(&given.rules);
    let start = Instant::now();
    let sources = texts.into_iter().enumerate();
    let loader = sources.fold(Loader::default(), |loader, (number, text)| {
        loader.source(format!("rules{number}.jalon"), text)
    });
    let program = loader.load().unwrap_or_else(|error| panic!("{error}"));
    let loaded = start.elapsed();
    let rows: Rc<Vec<Row>> = Rc::new(given.facts.iter().map(|fact| row(fact, &program)).collect());
    let version = version("jalon");
    let name = "Jalon, index";
    let mut index =
        contender(given, name, &version, "native row", || index(&program, rows.clone()));
    // the index was built by the contender: this only counts its bytes
    let bytes = program.index(None).unwrap().size() as f64 / given.rules.len() as f64;
    index.figures["bytes"] = bytes.into();
    index.figures["loaded_ms"] = (loaded.as_secs_f64() * 1e3).into();
    let mut all = vec![index];
    if given.rules.len() <= MATCHERS_AT_MOST {
        let name = "Jalon, rule by rule";
        all.push(contender(given, name, &version, "native row", || one_by_one(&program, rows)));
    }
    all
}

fn row(fact: &Fact, program: &Program) -> Row {
    let mut row = program.row(None).unwrap();
    for (field, index) in fact.fields.iter().enumerate() {
        row.set(&format!("f{field}"), value(*index));
    }
    for (field, number) in fact.numbers.iter().enumerate() {
        row.set(&format!("n{field}"), *number);
    }
    row.set("url", fact.url.as_str());
    row
}

fn index(program: &Program, rows: Rc<Vec<Row>>) -> Ask {
    let mut matcher = program.index(None).unwrap().matcher(&Clock::default()).unwrap();
    Box::new(move |i, found| found.extend(matcher.matches(&rows[i]).iter().map(|rule| rule.0)))
}

fn one_by_one(program: &Program, rows: Rc<Vec<Row>>) -> Ask {
    let clock = Clock::default();
    let rule = |name: &str| program.rule(name).unwrap().matcher(&clock).unwrap();
    let mut matchers: Vec<Matcher> = program.rules().map(rule).collect();
    Box::new(move |i, found| {
        for (number, matcher) in (0..).zip(&mut matchers) {
            if matcher.test(&rows[i]).holds {
                found.push(number);
            }
        }
    })
}
