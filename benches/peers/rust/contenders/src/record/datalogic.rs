//! datalogic-rs: twenty compiled rules, an arena that is reset after each lead.

use datalogic_rs::bumpalo::Bump;
use datalogic_rs::{DataValue, Engine, EvalInput, Logic, ParsedData};
use race::job::{LINES, STRICT, answer, json_logic, points, version};
use race::worker::Contender;

use super::Given;

struct Job {
    engine: Engine,
    rules: Vec<Logic>,
    points: [i64; LINES],
    arena: Bump,
}

impl Job {
    fn new() -> Job {
        let engine = Engine::new();
        let rules = json_logic().iter().map(|rule| engine.compile(rule).unwrap()).collect();
        Job { engine, rules, points: points(), arena: Bump::new() }
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
    let parsed: Vec<ParsedData> =
        given.json.iter().map(|lead| ParsedData::from_json(&lead.to_string()).unwrap()).collect();
    let json = given.json.clone();
    let (mut prepared, mut converting) = (Job::new(), Job::new());
    vec![
        Contender::by_lead("datalogic-rs", &version, STRICT, "prepared", count, move |i| {
            let answer = prepared.answer(parsed[i].value());
            prepared.arena.reset();
            answer
        }),
        Contender::by_lead("datalogic-rs", &version, STRICT, "JSON", count, move |i| {
            let lead = (&json[i]).into_arena_value(&converting.arena).unwrap();
            let answer = converting.answer(lead);
            converting.arena.reset();
            answer
        }),
    ]
}
