//! The shared vectors (`tests/vectors`, see its README), run by the record executor; criteria also by the
//! rule index.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jalon::diagnostic::{Diagnostic, Severity, apply};
use jalon::eval::{Because, Explanation, LeafReason, Node};
use jalon::program::{Criterion, Error, Loader, Program, Template};
use jalon::template::Format;
use jalon::users::Users;
use jalon::value::Clock;
use serde_json::Value as Json;

#[test]
fn criteria() {
    run("criteria");
}

#[test]
fn scores() {
    run("scores");
}

#[test]
fn diagnostics() {
    run("diagnostics");
}

#[test]
fn templates() {
    run("templates");
}

fn run(folder: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(folder);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut cases, mut failures) = (0, String::new());
    for path in files {
        let file: Json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for case in file["cases"].as_array().unwrap() {
            cases += 1;
            if let Err(problem) = run_case(&file, case) {
                let _ = writeln!(failures, "{name}: {case}\n    {problem}\n");
            }
        }
    }
    assert!(cases > 0, "no case in `{folder}`");
    let failed = failures.matches("\n\n").count();
    assert!(failures.is_empty(), "{failed} of {cases} cases fail\n\n{failures}");
}

type Check = Result<(), String>;

fn run_case(file: &Json, case: &Json) -> Check {
    let lines = if case["program"].is_null() { &file["program"] } else { &case["program"] };
    let text: String = lines
        .as_array()
        .map(|lines| lines.iter().map(|l| l.as_str().unwrap().to_owned() + "\n").collect())
        .unwrap_or_default();
    if case["criterion"].is_null() && case["score"].is_null() && case["template"].is_null() {
        let mut loader = Loader::default().source("vector", text);
        if let Some(users) = case.get("users") {
            loader = loader.users(Users::read(users).map_err(|error| error.to_string())?);
        }
        let found = loader.check();
        return same("diagnostics", &codes(&found.list), &case["diagnostics"]);
    }
    let program = Program::parse(&text).map_err(|e| format!("program: {e}"))?;
    let setting = |key: &str| match case.get(key).or_else(|| file.get(key)) {
        Some(Json::String(text)) => Some(text.clone()),
        _ => None,
    };
    let clock = match setting("now") {
        Some(now) => Clock::at(&now, setting("zone").as_deref().unwrap_or("UTC"))
            .map_err(|e| format!("clock: {e}"))?,
        None => Clock::default(),
    };
    let module = setting("module");
    if let Some(template) = case["template"].as_str() {
        let format = setting("format").and_then(|word| Format::from_word(&word)).ok_or("format")?;
        let template = program.template(template, format, module.as_deref());
        return template_case(template, case, &clock);
    }
    if let Some(score) = case["score"].as_str() {
        return score_case(&program, score, case, &clock);
    }
    let complement = file["complement"] == Json::Bool(true) && case["error"].is_null();
    for spelling in spellings(&case["criterion"]) {
        criterion_case(&program, &spelling, module.as_deref(), case, &clock)
            .map_err(|problem| format!("`{spelling}`: {problem}"))?;
        if complement && !case["holds"].is_null() {
            let negation = format!("NON ({spelling})");
            let criterion = program
                .criterion(&negation, module.as_deref())
                .map_err(|e| format!("{negation}: {e}"))?;
            let holds = criterion.matches(&case["record"], &clock).map_err(|e| e.to_string())?;
            same("negation", &holds, &Json::Bool(case["holds"] == Json::Bool(false)))?;
        }
    }
    Ok(())
}

fn spellings(criterion: &Json) -> Vec<String> {
    match criterion {
        Json::String(one) => vec![one.clone()],
        several => several
            .as_array()
            .unwrap()
            .iter()
            .map(|spelling| spelling.as_str().unwrap().to_owned())
            .collect(),
    }
}

fn criterion_case(
    program: &Program,
    text: &str,
    module: Option<&str>,
    case: &Json,
    clock: &Clock,
) -> Check {
    let criterion = program.criterion(text, module);
    if !case["diagnostics"].is_null() || !case["fix"].is_null() {
        let found = match &criterion {
            Err(Error::Diagnostics(found)) => found.list.as_slice(),
            Err(other) => return Err(other.to_string()),
            Ok(_) => &[],
        };
        if let Some(fixed) = case["fix"].as_str() {
            let fix = found.first().and_then(|d| d.fixes.first()).ok_or("no fix")?;
            return same("fix", &apply(text, &fix.edits), &Json::String(fixed.to_owned()));
        }
        return same("diagnostics", &codes(found), &case["diagnostics"]);
    }
    let criterion: Criterion = criterion.map_err(|e| e.to_string())?;
    let record = &case["record"];
    let holds = criterion.matches(record, clock).map_err(|e| e.to_string())?;
    same("holds", &holds, &case["holds"])?;
    let mut rules = program.index_builder();
    rules.add(&criterion);
    let mut rules = rules.finish().matcher(clock).map_err(|e| e.to_string())?;
    same("holds by the index", &!rules.matches(record).is_empty(), &case["holds"])?;
    same(
        "affected",
        &!rules.affected(record).is_empty(),
        &case["error"].as_bool().unwrap_or_default().into(),
    )?;
    let why = criterion.explain(record, clock).map_err(|e| e.to_string())?;
    same("explanation holds", &why.holds, &case["holds"])?;
    let wants_error = case["error"] == Json::Bool(true);
    if why.errors.is_empty() == wants_error {
        return Err(format!("errors: {:?}", why.errors));
    }
    if !case["because"].is_null() {
        let because: Option<Because> = leaf(&why).and_then(|leaf| leaf.because);
        same("because", &because, &case["because"])?;
    }
    if !case["interval"].is_null() {
        let interval = leaf(&why).and_then(|leaf| leaf.interval.clone());
        same("interval", &interval, &case["interval"])?;
    }
    Ok(())
}

/// The only leaf of an explanation.
fn leaf(why: &Explanation) -> Option<&LeafReason> {
    match &why.root {
        Node::Leaf(leaf) => Some(leaf),
        _ => None,
    }
}

fn template_case(template: Result<Template, Error>, case: &Json, clock: &Clock) -> Check {
    let (found, template) = match template {
        Ok(template) => (codes(&template.diagnostics().list), Some(template)),
        Err(Error::Diagnostics(found)) => (codes(&found.list), None),
        Err(other) => return Err(other.to_string()),
    };
    same("diagnostics", &found, case.get("diagnostics").unwrap_or(&Json::Array(Vec::new())))?;
    let Some(template) = template else { return Ok(()) };
    if case["error"] == Json::Bool(true) {
        return match template.render(&case["record"], clock) {
            Err(Error::Record(errors)) if !errors.is_empty() => Ok(()),
            other => Err(format!("{other:?}")),
        };
    }
    let text = template.render(&case["record"], clock).map_err(|e| e.to_string())?;
    same("text", &text, &case["text"])
}

fn score_case(program: &Program, name: &str, case: &Json, clock: &Clock) -> Check {
    let score = program.score(Some(name)).map_err(|e| e.to_string())?;
    let record = &case["record"];
    let result = score.evaluate(record, clock).map_err(|e| e.to_string())?;
    let number = |n: &rust_decimal::Decimal| n.normalize().to_string();
    same("total", &number(&result.total), &case["total"])?;
    let mut scorer = score.scorer(clock).map_err(|e| e.to_string())?;
    let quick = scorer.total(record);
    same("quick total", &number(&quick.total), &case["total"])?;
    let held: Vec<bool> = result.lines.iter().map(|line| line.holds).collect();
    if scorer.lines_held() != held {
        return Err(format!("lines held: {:?}, explained {held:?}", scorer.lines_held()));
    }
    let expected = |key: &str| case.get(key).cloned();
    if let Some(want) = expected("stars") {
        same("stars", &result.stars, &want)?;
    }
    if let Some(want) = expected("label") {
        same("label", &result.label, &want)?;
    }
    if let Some(want) = expected("positive") {
        same("positive", &number(&result.positive), &want)?;
    }
    if let Some(want) = expected("negative") {
        same("negative", &number(&result.negative), &want)?;
    }
    if let Some(want) = expected("touch") {
        let touch = result.touch_points;
        same("touch", &[number(&touch.positive), number(&touch.negative)], &want)?;
    }
    if let Some(want) = expected("next_change") {
        same("next_change", &result.next_change, &want)?;
    }
    if quick.has_errors == result.errors.is_empty() {
        return Err(format!("quick errors {}, errors {:?}", quick.has_errors, result.errors));
    }
    same("errors", &result.errors.len(), &expected("errors").unwrap_or(Json::from(0)))?;
    for (text, points) in case["lines"].as_object().into_iter().flatten() {
        let line = result
            .lines
            .iter()
            .find(|line| line.text == *text)
            .ok_or_else(|| format!("no line `{text}`: {:?}", result.lines))?;
        same(text, &number(&line.points), points)?;
    }
    for (name, points) in case["groups"].as_object().into_iter().flatten() {
        let group =
            result.groups.iter().find(|g| g.name == *name).ok_or(format!("no group `{name}`"))?;
        same(name, &number(&group.points), points)?;
    }
    Ok(())
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().filter(|d| d.severity() != Severity::Note).map(|d| d.code.id).collect()
}

fn same(what: &str, found: &impl serde::Serialize, expected: &Json) -> Check {
    let found = serde_json::to_value(found).unwrap();
    if found == *expected { Ok(()) } else { Err(format!("{what}: {found}, expected {expected}")) }
}
