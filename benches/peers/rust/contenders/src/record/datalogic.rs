//! datalogic-rs: twenty compiled rules, or one that adds; an arena that is reset after each lead.

use datalogic_rs::bumpalo::Bump;
use datalogic_rs::{DataValue, Engine, EvalInput, Logic, ParsedData};
use race::job::{LINES, STRICT, answer, json_logic, points, version, worth};
use race::worker::Contender;
use serde_json::json;

use super::Given;

struct Job {
    engine: Engine,
    rules: Vec<Logic>,
    /// One rule that adds what each condition is worth.
    sum: Logic,
    points: [i64; LINES],
    arena: Bump,
}

impl Job {
    fn new() -> Job {
        let engine = Engine::new();
        let conditions = json_logic();
        let rules = conditions.iter().map(|rule| engine.compile(rule).unwrap()).collect();
        let parts = conditions.iter().zip(worth());
        let parts: Vec<_> =
            parts.map(|(condition, worth)| json!({ "if": [condition, worth, 0] })).collect();
        let sum = engine.compile(&json!({ "+": parts })).unwrap();
        Job { engine, rules, sum, points: points(), arena: Bump::new() }
    }

    fn sum<'a>(&'a self, lead: &'a DataValue<'a>) -> i64 {
        let sum = self.engine.evaluate(&self.sum, lead, &self.arena);
        sum.ok().and_then(DataValue::as_i64).unwrap_or(i64::MIN)
    }

    fn answer<'a>(&'a self, lead: &'a DataValue<'a>) -> i64 {
        answer(&self.points, |rule| {
            let held = self.engine.evaluate(&self.rules[rule], lead, &self.arena);
            held.is_ok_and(|held| self.engine.truthy(held))
        })
    }
}

pub fn contenders(given: &Given) -> Vec<Contender> {
    let count = given.leads.len();
    let version = version("datalogic-rs");
    let mut all = Vec::new();
    let spellings: [(&str, fn(&Job, &DataValue) -> i64); 2] = [
        ("datalogic-rs", |job, lead| job.answer(lead)),
        ("datalogic-rs, one sum", |job, lead| job.sum(lead)),
    ];
    for (name, answer) in spellings {
        let parsed: Vec<ParsedData> = given
            .json
            .iter()
            .map(|lead| ParsedData::from_json(&lead.to_string()).unwrap())
            .collect();
        let json = given.json.clone();
        let (mut prepared, mut converting) = (Job::new(), Job::new());
        all.push(Contender::by_lead(name, &version, STRICT, "prepared", count, move |i| {
            let answer = answer(&prepared, parsed[i].value());
            prepared.arena.reset();
            answer
        }));
        all.push(Contender::by_lead(name, &version, STRICT, "JSON", count, move |i| {
            let lead = (&json[i]).into_arena_value(&converting.arena).unwrap();
            let answer = answer(&converting, lead);
            converting.arena.reset();
            answer
        }));
    }
    all
}
