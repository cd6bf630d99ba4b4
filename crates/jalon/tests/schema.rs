//! The published JSON Schema is that of the types, and every program's JSON keeps to it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

use jalon::source::SourceId;
use jalon::syntax::{Limits, parse};
use jalon::{Lang, Program, form, syntax};
use serde_json::{Value, json};

const PUBLISHED: &str = "docs/schema/program.schema.json";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let path = root().join(PUBLISHED);
    let made = format!("{:#}\n", form::schema());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == made,
        "{PUBLISHED} is old: UPDATE_SCHEMA=1 cargo test -p jalon --test schema"
    );
}

/// Every program of the repository.
fn programs() -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let skipped = ["target", "node_modules", ".git", ".venv"];
            if path.is_dir() {
                if path.file_name().is_some_and(|name| !skipped.contains(&&*name.to_string_lossy()))
                {
                    collect(&path, found);
                }
            } else if path.extension().is_some_and(|extension| extension == "jalon") {
                found.push(path);
            }
        }
    }
    let mut files = Vec::new();
    collect(&root(), &mut files);
    files.sort();
    assert!(files.len() > 10, "{files:?}");
    let read = |path: PathBuf| (path.display().to_string(), std::fs::read_to_string(path).unwrap());
    files.into_iter().map(read).collect()
}

#[track_caller]
fn valid(validator: &jsonschema::Validator, json: &Value, name: &str) {
    let wrong: Vec<String> = validator
        .iter_errors(json)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
}

#[test]
fn the_json_of_every_program_keeps_to_it_and_comes_back() {
    let validator = jsonschema::validator_for(&form::schema()).unwrap();
    for (name, text) in programs() {
        let (document, _) = parse(SourceId(0), &text, &Limits::default());
        let json = form::to_json(&document);
        valid(&validator, &json, &name);
        let again = form::from_json(&json.to_string())
            .unwrap_or_else(|error| panic!("{name}: {}", error.message(Lang::En)));
        assert_eq!(form::to_json(&again), json, "{name}");
        for lang in [Lang::Fr, Lang::En] {
            assert_eq!(syntax::print(&again, lang), syntax::print(&document, lang), "{name}");
        }
        // What is loaded from JSON is what was loaded from text.
        if let (Ok(one), Ok(two)) = (Program::parse(&text), Program::from_json(&json.to_string())) {
            assert_eq!(one.contents(), two.contents(), "{name}");
        }
    }
}

#[test]
fn what_no_program_says_is_refused_by_both() {
    let validator = jsonschema::validator_for(&form::schema()).unwrap();
    let wrong = [
        json!({}),
        json!({"version": "1"}),
        json!({"version": 1, "declarations": [{"rules": {}}]}),
        json!({"version": 1, "declarations": [{"constant": {"name": 3, "items": []}}]}),
        json!({"version": 1, "declarations": [{"constant": {"name": "A", "item": []}}]}),
        json!({"version": 1, "declarations": [{"chaining": "twice"}]}),
    ];
    for json in wrong {
        assert!(!validator.is_valid(&json), "{json}");
        assert!(form::from_json(&json.to_string()).is_err(), "{json}");
    }
}
