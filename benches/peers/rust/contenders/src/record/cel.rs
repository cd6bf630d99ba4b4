//! cel: twenty compiled programs, one environment for all leads.

use std::sync::Arc;

use cel::{Context, Env, Program, Value};
use race::job::{CEL, FIELDS, LINES, STRICT, answer, points, version};
use race::worker::Contender;
use serde_json::Value as Json;

use super::Given;

struct Job {
    env: Arc<Env>,
    programs: Vec<Program>,
    points: [i64; LINES],
}

impl Job {
    fn new() -> Job {
        let env = Arc::new(Env::stdlib());
        let programs = CEL.lines().map(|line| env.compile(line).unwrap()).collect();
        Job { env, programs, points: points() }
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
    let (prepared, converting) = (Job::new(), Job::new());
    let contexts: Vec<_> = given.json.iter().map(|lead| prepared.context(lead)).collect();
    let json = given.json.clone();
    vec![
        Contender::by_lead("cel", &version, STRICT, "prepared", count, move |i| {
            prepared.answer(&contexts[i])
        }),
        Contender::by_lead("cel", &version, STRICT, "JSON", count, move |i| {
            converting.answer(&converting.context(&json[i]))
        }),
    ]
}
