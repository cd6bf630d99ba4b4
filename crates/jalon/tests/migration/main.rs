//! Instances under edited blueprints: the shared vectors, the reports, and laws that hold of any
//! edit.
#![allow(clippy::unwrap_used, clippy::panic, clippy::format_push_string, reason = "tests")]

mod laws;
mod reports;
mod vectors;

use jalon::Program;
use jalon::blueprint::Instance;
use serde_json::{Value as Json, json};

/// A program; its errors fail the test.
#[track_caller]
fn program(text: &str) -> Program {
    Program::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// An instance of the first blueprint of a program.
fn instance(program: &Program, state: &str) -> Instance {
    let name = &program.checked().blueprints[0].name;
    let content = program.blueprint_content(name).unwrap();
    from(
        &json!({"blueprint": name, "content": content, "state": state, "since": "2026-06-01T08:00Z"}),
    )
}

#[track_caller]
fn from(json: &Json) -> Instance {
    serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"))
}
