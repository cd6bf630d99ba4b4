//! Jalon's rule index, and one matcher a rule.

use std::rc::Rc;
use std::time::Instant;

use jalon::{Clock, Loader, Matcher, Program, Record, Row};
use race::job::version;
use race::rules::{Fact, program};
use race::worker::Contender;
use serde_json::json;

use super::{Ask, Given, asked, contender};

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
    let held: Vec<Held> = given.facts.iter().map(Held::of).collect();
    let version = version("jalon");

    let start = Instant::now();
    let index = program.index(None).unwrap();
    let built = start.elapsed();
    let matcher = || index.matcher(&Clock::default()).unwrap();
    let (mut of_structs, mut of_rows) = (matcher(), matcher());
    let (binding, leads) = (program.bind::<Held>(None).unwrap(), rows.clone());
    let ask = |input: &str, ask: Ask| asked(given, "Jalon, index", &version, input, ask);
    let mut all = vec![
        ask(
            "struct",
            Box::new(move |i, found| {
                let matches = of_structs.matches(&binding.record(&held[i]));
                found.extend(matches.iter().map(|rule| rule.0));
            }),
        )
        .figures(json!({
            "built_ms": built.as_secs_f64() * 1e3,
            "fire": given.fire,
            "bytes": index.size() as f64 / given.rules.len() as f64,
            "loaded_ms": loaded.as_secs_f64() * 1e3,
        })),
        ask(
            "native row",
            Box::new(move |i, found| {
                found.extend(of_rows.matches(&leads[i]).iter().map(|rule| rule.0));
            }),
        ),
    ];
    if given.rules.len() <= MATCHERS_AT_MOST {
        let name = "Jalon, rule by rule";
        all.push(contender(given, name, &version, "native row", || one_by_one(&program, rows)));
    }
    all
}

/// A record in a struct of the application.
#[derive(Debug, Record)]
struct Held {
    f0: String,
    f1: String,
    f2: String,
    f3: String,
    f4: String,
    n0: i64,
    n1: i64,
    n2: i64,
    url: String,
}

impl Held {
    fn of(fact: &Fact) -> Held {
        let ([f0, f1, f2, f3, f4], [n0, n1, n2]) = (fact.fields.clone(), fact.numbers);
        Held { f0, f1, f2, f3, f4, n0, n1, n2, url: fact.url.clone() }
    }
}

fn row(fact: &Fact, program: &Program) -> Row {
    let mut row = program.row(None).unwrap();
    for (field, text) in fact.fields.iter().enumerate() {
        row.set(&format!("f{field}"), text.as_str());
    }
    for (field, number) in fact.numbers.iter().enumerate() {
        row.set(&format!("n{field}"), *number);
    }
    row.set("url", fact.url.as_str());
    row
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
