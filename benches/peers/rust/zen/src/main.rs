//! The worker for zen: twenty compiled expressions, and one decision table whose rows are whole
//! conditions. It is a program of its own because it takes longest to build.

#![allow(clippy::unwrap_used, reason = "a contender that cannot start says why")]

use std::rc::Rc;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use tokio::runtime::Builder;
use zen_engine::DecisionEngine;
use zen_engine::model::DecisionContent;
use zen_expression::expression::Standard;
use zen_expression::variable::Variable;
use zen_expression::vm::VM;
use zen_expression::{Expression, compile_expression};

use race::job::{LINES, STRICT, ZEN, answer, points, version};
use race::leads::{Lead, leads};
use race::worker::{Contender, serve};

struct Expressions {
    rules: Vec<Expression<Standard>>,
    points: [i64; LINES],
    vm: VM,
}

impl Expressions {
    fn new() -> Expressions {
        let rules = ZEN.lines().map(|line| compile_expression(line).unwrap()).collect();
        Expressions { rules, points: points(), vm: VM::new() }
    }

    fn answer(&mut self, lead: &Variable) -> i64 {
        answer(&self.points, |rule| {
            let held = self.rules[rule].evaluate_with(lead.clone(), &mut self.vm);
            held.ok().and_then(|held| held.as_bool()).unwrap_or_default()
        })
    }
}

/// The table: every row that holds is collected, with its points and its bit.
fn table() -> Json {
    let points = points();
    let rows: Vec<Json> = (0..)
        .zip(ZEN.lines())
        .map(|(row, condition): (usize, &str)| {
            let points = points.get(row).copied().unwrap_or_default() * 64;
            let bit = if row < LINES { 0 } else { 1 << (row - LINES) };
            json!({ "_id": format!("r{row}"), "when": condition, "then": (points + bit).to_string() })
        })
        .collect();
    json!({
        "nodes": [
            { "id": "in", "name": "request", "type": "inputNode", "content": {} },
            { "id": "table", "name": "table", "type": "decisionTableNode", "content": {
                "hitPolicy": "collect",
                "inputs": [{ "id": "when", "name": "when" }],
                "outputs": [{ "id": "then", "name": "then", "field": "v" }],
                "rules": rows,
            } },
            { "id": "out", "name": "response", "type": "outputNode", "content": {} },
        ],
        "edges": [
            { "id": "e1", "type": "edge", "sourceId": "in", "targetId": "table" },
            { "id": "e2", "type": "edge", "sourceId": "table", "targetId": "out" },
        ],
    })
}

/// The collected rows added up.
fn collected(result: &Variable) -> i64 {
    let Json::Array(rows) = result.to_value() else { return i64::MIN };
    rows.iter().filter_map(|row| row["v"].as_i64()).sum()
}

fn main() {
    let count = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(10_000);
    let json: Vec<Json> = leads(count).iter().map(Lead::json).collect();
    serve(contenders(Rc::new(json)));
}

fn contenders(json: Rc<Vec<Json>>) -> Vec<Contender> {
    let count = json.len();
    let (engine, expression) = (version("zen-engine"), version("zen-expression"));
    let prepared: Rc<Vec<Variable>> = Rc::new(json.iter().map(Variable::from).collect());
    let (leads, tabled) = (prepared.clone(), prepared);
    let json_tabled = json.clone();
    let (mut ready, mut converting) = (Expressions::new(), Expressions::new());

    let content: DecisionContent = serde_json::from_value(table()).unwrap();
    let mut decision = DecisionEngine::default().create_decision(Arc::new(content)).unwrap();
    decision.compile();
    let runtime = Builder::new_current_thread().build().unwrap();
    let decide = Rc::new(move |lead: Variable| {
        let result = runtime.block_on(decision.evaluate(lead));
        result.map_or(i64::MIN, |response| collected(&response.result))
    });
    let decide_json = decide.clone();
    vec![
        Contender::by_lead("zen-expression", &expression, STRICT, "prepared", count, move |i| {
            ready.answer(&leads[i])
        }),
        Contender::by_lead("zen-expression", &expression, STRICT, "JSON", count, move |i| {
            converting.answer(&Variable::from(&json[i]))
        }),
        Contender::by_lead("zen-engine, table", &engine, STRICT, "prepared", count, move |i| {
            decide(tabled[i].clone())
        }),
        Contender::by_lead("zen-engine, table", &engine, STRICT, "JSON", count, move |i| {
            decide_json(Variable::from(&json_tabled[i]))
        }),
    ]
}
