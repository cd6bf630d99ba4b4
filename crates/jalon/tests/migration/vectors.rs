//! The shared vectors of migrations (`tests/vectors/migrations/states.json`).

use std::fmt::Write as _;

use jalon::Program;
use jalon::blueprint::migration::{Mapping, MappingError, Migration};
use jalon::value::Instant;
use serde_json::{Value as Json, json};

use super::{from, program};

const VECTORS: &str = include_str!("../../../../tests/vectors/migrations/states.json");

#[test]
fn vectors() {
    let file: Json = serde_json::from_str(VECTORS).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let mut failures = String::new();
    for case in cases {
        if let Err(problem) = run(&file, case) {
            let _ = writeln!(failures, "{}\n    {problem}\n", case["name"]);
        }
    }
    assert!(cases.len() >= 20, "{} cases", cases.len());
    assert!(failures.is_empty(), "{failures}");
}

fn run(file: &Json, case: &Json) -> Result<(), String> {
    let text = |key: &str| {
        let lines = case.get(key).unwrap_or(&file[key]).as_array().unwrap();
        lines.iter().map(|line| line.as_str().unwrap().to_owned() + "\n").collect::<String>()
    };
    let (old, new) = (program(&text("old")), program(&text("new")));
    let migration = match migration(case, &old, &new) {
        Ok(migration) => migration,
        Err(error) => {
            let found = kind(&error);
            return if case["error"] == found { Ok(()) } else { Err(format!("{error}")) };
        }
    };
    if !case["error"].is_null() {
        return Err("no error".to_owned());
    }
    let instance = from(&with_content(&case["instance"], &old, &new));
    let step = serde_json::to_value(migration.step(&instance)).unwrap();
    if step != case["step"] {
        return Err(format!("step: {step}\n    expected {}", case["step"]));
    }
    if let Some(expected) = case.get("applied") {
        let now = Instant::parse(file["now"].as_str().unwrap()).unwrap();
        let applied =
            migration.apply(&instance, now, None).map_err(|error| format!("{error:?}"))?;
        let applied = applied.map_or(Json::Null, |applied| serde_json::to_value(applied).unwrap());
        let expected = with_content(expected, &old, &new);
        if applied != expected {
            return Err(format!("applied: {applied}\n    expected {expected}"));
        }
    }
    Ok(())
}

fn migration(case: &Json, old: &Program, new: &Program) -> Result<Migration, MappingError> {
    let mut mapping = Mapping::default();
    if let Some(map) = case.get("map") {
        mapping = mapping.read(map)?;
    }
    for (from, to) in case["renamed"].as_object().into_iter().flatten() {
        mapping = mapping.renamed(from, to.as_str().unwrap());
    }
    new.migration((case["without_old"] != true).then_some(old), mapping)
}

fn kind(error: &MappingError) -> &'static str {
    match error {
        MappingError::UnknownState { .. } => "unknown_state",
        MappingError::UnknownOldState { .. } => "unknown_old_state",
        MappingError::UnknownBlueprint { .. } => "unknown_blueprint",
        MappingError::Twice { .. } => "twice",
        MappingError::NotAMap => "not_a_map",
    }
}

/// `old` and `new` stand for what that program says of the blueprint.
fn with_content(instance: &Json, old: &Program, new: &Program) -> Json {
    let mut instance = instance.clone();
    let of = match instance["content"].as_str() {
        Some("old") => old,
        Some("new") => new,
        _ => return instance,
    };
    let name = &of.checked().blueprints[0].name;
    instance["content"] = json!(of.blueprint_content(name).unwrap());
    instance
}
