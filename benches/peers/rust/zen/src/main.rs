//! The worker for zen: twenty compiled expressions, or one that adds, and one decision table whose rows are whole
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

use race::job::{LINES, STRICT, ZEN, answer, points, version, worth};
use race::leads::{Lead, leads};
use race::worker::{Contender, serve};

struct Expressions {
    rules: Vec<Expression<Standard>>,
    /// One expression that adds what each condition is worth.
    sum: Expression<Standard>,
    points: [i64; LINES],
    vm: VM,
}

impl Expressions {
    fn new() -> Expressions {
        let rules = ZEN.lines().map(|line| compile_expression(line).unwrap()).collect();
        let parts: Vec<String> = ZEN
            .lines()
            .zip(worth())
            .map(|(condition, worth)| format!("(({condition}) ? {worth} : 0)"))
            .collect();
        let sum = compile_expression(&parts.join(" + ")).unwrap();
        Expressions { rules, sum, points: points(), vm: VM::new() }
    }

    fn answer(&mut self, lead: &Variable) -> i64 {
        answer(&self.points, |rule| {
            let held = self.rules[rule].evaluate_with(lead.clone(), &mut self.vm);
            held.ok().and_then(|held| held.as_bool()).unwrap_or_default()
        })
    }

    fn sum(&mut self, lead: &Variable) -> i64 {
        match self.sum.evaluate_with(lead.clone(), &mut self.vm) {
            Ok(sum @ Variable::Number(_)) => sum.to_value().as_f64().unwrap_or(f64::MIN) as i64,
            _ => i64::MIN,
        }
    }
}

/// The table: every row that holds is collected, with its points and its bit.
fn table() -> Json {
    let rows: Vec<Json> = (0..)
        .zip(ZEN.lines().zip(worth()))
        .map(|(row, (condition, worth)): (usize, _)| {
            json!({ "_id": format!("r{row}"), "when": condition, "then": worth.to_string() })
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
    // its numbers are decimals, which JSON may write as floats
    rows.iter().filter_map(|row| row["v"].as_f64()).sum::<f64>() as i64
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
    let tabled = prepared.clone();
    let json_tabled = json.clone();

    let content: DecisionContent = serde_json::from_value(table()).unwrap();
    let mut decision = DecisionEngine::default().create_decision(Arc::new(content)).unwrap();
    decision.compile();
    let runtime = Builder::new_current_thread().build().unwrap();
    let decide = Rc::new(move |lead: Variable| {
        let result = runtime.block_on(decision.evaluate(lead));
        result.map_or(i64::MIN, |response| collected(&response.result))
    });
    let decide_json = decide.clone();
    let mut all = Vec::new();
    let spellings: [(&str, fn(&mut Expressions, &Variable) -> i64); 2] =
        [("zen-expression", Expressions::answer), ("zen-expression, one sum", Expressions::sum)];
    for (name, answer) in spellings {
        let (leads, json) = (prepared.clone(), json.clone());
        let (mut ready, mut converting) = (Expressions::new(), Expressions::new());
        all.push(Contender::by_lead(name, &expression, STRICT, "prepared", count, move |i| {
            answer(&mut ready, &leads[i])
        }));
        all.push(Contender::by_lead(name, &expression, STRICT, "JSON", count, move |i| {
            answer(&mut converting, &Variable::from(&json[i]))
        }));
    }
    let name = "zen-engine, table";
    all.push(Contender::by_lead(name, &engine, STRICT, "prepared", count, move |i| {
        decide(tabled[i].clone())
    }));
    all.push(Contender::by_lead(name, &engine, STRICT, "JSON", count, move |i| {
        decide_json(Variable::from(&json_tabled[i]))
    }));
    all
}
