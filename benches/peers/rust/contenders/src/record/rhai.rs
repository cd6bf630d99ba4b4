//! rhai: one compiled script that adds the points.

use race::job::{FIELDS, RHAI, STRICT, version};
use race::worker::Contender;
use rhai::{AST, Dynamic, Engine, OptimizationLevel, Scope};
use serde_json::Value as Json;

use super::Given;

fn engine() -> (Engine, AST) {
    let mut engine = Engine::new();
    engine.set_optimization_level(OptimizationLevel::Full);
    let ast = engine.compile(RHAI).unwrap();
    (engine, ast)
}

fn scope(lead: &Json) -> Scope<'static> {
    let mut scope = Scope::new();
    for field in FIELDS {
        scope.push_dynamic(field, value(&lead[field]));
    }
    scope
}

fn value(json: &Json) -> Dynamic {
    match json {
        Json::Bool(b) => (*b).into(),
        Json::Number(n) => n.as_f64().unwrap_or_default().into(),
        Json::String(text) => text.as_str().into(),
        _ => Dynamic::UNIT,
    }
}

pub fn contenders(given: &Given) -> Vec<Contender> {
    let count = given.leads.len();
    let version = version("rhai");
    let mut scopes: Vec<Scope> = given.json.iter().map(scope).collect();
    let json = given.json.clone();
    let (ready, ready_ast) = engine();
    let (converting, ast) = engine();
    vec![
        Contender::by_lead("rhai", &version, STRICT, "prepared", count, move |i| {
            let scope = &mut scopes[i];
            let answer = ready.eval_ast_with_scope(scope, &ready_ast).unwrap_or(i64::MIN);
            scope.rewind(FIELDS.len());
            answer
        }),
        Contender::by_lead("rhai", &version, STRICT, "JSON", count, move |i| {
            converting.eval_ast_with_scope(&mut scope(&json[i]), &ast).unwrap_or(i64::MIN)
        }),
    ]
}
