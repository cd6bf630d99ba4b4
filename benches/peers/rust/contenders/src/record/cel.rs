//! cel: twenty compiled programs, or one that adds; one environment for all leads.

use std::sync::Arc;

use cel::{Context, Env, Program, Value};
use race::job::{CEL, FIELDS, LINES, STRICT, answer, points, version, worth};
use race::worker::Contender;
use serde_json::Value as Json;

use super::Given;

struct Job {
    env: Arc<Env>,
    programs: Vec<Program>,
    /// One program that adds what each condition is worth.
    sum: Program,
    points: [i64; LINES],
}

impl Job {
    fn new() -> Job {
        let env = Arc::new(Env::stdlib());
        let programs = CEL.lines().map(|line| env.compile(line).unwrap()).collect();
        let parts = CEL.lines().zip(worth());
        let parts: Vec<String> =
            parts.map(|(condition, worth)| format!("(({condition}) ? {worth} : 0)")).collect();
        let sum = env.compile(&parts.join(" + ")).unwrap();
        Job { env, programs, sum, points: points() }
    }

    fn context(&self, lead: &Json) -> Context<'static, 'static> {
        let mut context = Context::with_env(self.env.clone());
        for field in FIELDS {
            context.add_variable_from_value(field, value(&lead[field]));
        }
        context
    }

    fn answer(&self, lead: &Context) -> i64 {
        answer(&self.points, |rule| {
            matches!(self.programs[rule].execute(lead), Ok(Value::Bool(true)))
        })
    }

    fn sum(&self, lead: &Context) -> i64 {
        match self.sum.execute(lead) {
            Ok(Value::Int(sum)) => sum,
            _ => i64::MIN,
        }
    }
}

fn value(json: &Json) -> Value {
    match json {
        Json::Bool(b) => Value::Bool(*b),
        Json::Number(n) => Value::Float(n.as_f64().unwrap_or_default()),
        Json::String(text) => Value::from(text.as_str()),
        _ => Value::Null,
    }
}

pub fn contenders(given: &Given) -> Vec<Contender> {
    let count = given.leads.len();
    let version = version("cel");
    let mut all = Vec::new();
    let spellings: [(&str, fn(&Job, &Context) -> i64); 2] =
        [("cel", |job, lead| job.answer(lead)), ("cel, one sum", |job, lead| job.sum(lead))];
    for (name, answer) in spellings {
        let (prepared, converting) = (Job::new(), Job::new());
        let contexts: Vec<_> = given.json.iter().map(|lead| prepared.context(lead)).collect();
        let json = given.json.clone();
        all.push(Contender::by_lead(name, &version, STRICT, "prepared", count, move |i| {
            answer(&prepared, &contexts[i])
        }));
        all.push(Contender::by_lead(name, &version, STRICT, "JSON", count, move |i| {
            answer(&converting, &converting.context(&json[i]))
        }));
    }
    all
}
