//! What is written, run over the vectors by a JSONLogic of our own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jalon::Program;
use jalon::checked::Domain;
use jalon::lang::Lang;
use jalon::schema::TextMode;
use jalon::syntax::print_criterion;
use jalon::value::Clock;
use jalon::value::fold::{fold, is_blank};
use jalon_interop::{FieldNames, Form, Setting, export_criterion, import_criterion};
use rusqlite::types::Value as Cell;
use serde_json::{Map, Value as Json, json};

use super::{database, truth};

/// How the vectors came out: each spelling of a criterion counts, and so does its negation.
#[derive(Debug, Default)]
struct Tally {
    agreed: usize,
    refused: usize,
    no_such_data: usize,
    /// Of the rules that agreed, those that are read again, and hold of the record as they did.
    read_again: usize,
    not_read: BTreeMap<&'static str, BTreeSet<String>>,
    refusals: BTreeMap<&'static str, BTreeSet<String>>,
}

#[test]
fn the_vectors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/criteria");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut tally = Tally::default();
    for path in paths {
        let file: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            if !case["holds"].is_null() {
                run(&file, case, &mut tally);
            }
        }
    }
    insta::assert_debug_snapshot!(tally);
}

fn run(file: &Json, case: &Json, tally: &mut Tally) {
    let lines = if case["program"].is_null() { &file["program"] } else { &case["program"] };
    let lines = lines.as_array().map(Vec::as_slice).unwrap_or_default();
    let text: String = lines.iter().map(|line| line.as_str().unwrap().to_owned() + "\n").collect();
    let program = Program::parse(&text).unwrap();
    let setting = |key: &str| case.get(key).or_else(|| file.get(key)).and_then(Json::as_str);
    let clock = match setting("now") {
        Some(now) => Clock::at(now, setting("zone").unwrap_or("UTC")).unwrap(),
        None => Clock::default(),
    };
    let module = setting("module");
    let record = data(&program, module, &case["record"], &clock);
    let holds = case["holds"] == json!(true);
    let spellings = match &case["criterion"] {
        Json::Array(several) => several.iter().map(|one| one.as_str().unwrap()).collect(),
        one => vec![one.as_str().unwrap()],
    };
    for spelling in spellings {
        for (text, holds) in [(spelling.to_owned(), holds), (format!("NON ({spelling})"), !holds)] {
            let criterion = program.criterion(&text, module).unwrap();
            let condition = criterion.condition().unwrap();
            let rule = match export_criterion(condition, Form::JsonLogic, FieldNames::Label) {
                Ok(rule) => rule,
                Err(left_out) => {
                    tally.refused += 1;
                    for one in left_out {
                        tally.refusals.entry(one.reason.en).or_default().insert(one.at);
                    }
                    continue;
                }
            };
            let Some(record) = &record else {
                tally.no_such_data += 1;
                continue;
            };
            assert_eq!(truth(&eval(&rule, record)), holds, "{text}: {rule} {record}");
            tally.agreed += 1;
            let setting = Setting::for_program(&program, module).unwrap();
            match import_criterion(Form::JsonLogic, &rule, &setting) {
                Ok(again) => {
                    let again = print_criterion(&again, Lang::Fr);
                    let criterion = program.criterion(&again, module).unwrap();
                    let still = criterion.matches(&case["record"], &clock).unwrap();
                    // Of a value of the wrong type neither a test nor its opposite holds.
                    let wrong = case["error"] == json!(true);
                    assert_eq!(still, holds && !wrong, "{text}: {rule}: {again}");
                    tally.read_again += 1;
                }
                Err(left_out) => {
                    for one in left_out {
                        tally.not_read.entry(one.reason.en).or_default().insert(text.clone());
                    }
                }
            }
        }
    }
}

/// A record as typed data: numbers, ISO dates, ticks, lists of texts, related records as given.
fn data(program: &Program, module: Option<&str>, record: &Json, clock: &Clock) -> Option<Json> {
    let columns = database::columns(program, module);
    let mut cells = database::row(&columns, record, clock).ok()?.into_iter();
    let mut data = Map::new();
    for (name, _, domain) in columns {
        let cell = cells.next()?;
        if matches!(domain, Domain::Reference(_)) {
            cells.next();
        }
        let value = match (cell, domain) {
            (Cell::Text(text), Domain::Set(_)) => serde_json::from_str(&text).unwrap_or_default(),
            (Cell::Text(text), Domain::Text(_)) => json!(text),
            (Cell::Text(text), _) if is_blank(&text) => Json::Null,
            (Cell::Text(text), _) => json!(text),
            (Cell::Integer(number), Domain::Checkbox) => json!(number == 1),
            (Cell::Integer(number), _) => json!(number),
            (Cell::Real(number), _) => json!(number),
            _ => Json::Null,
        };
        data.insert(name, value);
    }
    for (name, value) in record.as_object()? {
        let records = value.as_array().is_some_and(|items| items.iter().all(Json::is_object));
        if records || value.is_object() {
            data.insert(name.clone(), value.clone());
        }
    }
    Some(Json::Object(data))
}

/// The part of JSONLogic that is written.
fn eval(rule: &Json, data: &Json) -> Json {
    let Some((operator, given)) = rule.as_object().and_then(|rule| rule.iter().next()) else {
        return rule.clone();
    };
    let all = given.as_array().map_or(std::slice::from_ref(given), Vec::as_slice);
    let arg = |i: usize| eval(&all[i], data);
    match operator.as_str() {
        "var" => match all[0].as_str().unwrap() {
            "" => data.clone(),
            path => path.split('.').fold(data, |data, step| &data[step]).clone(),
        },
        "and" => json!(all.iter().all(|part| truth(&eval(part, data)))),
        "or" => json!(all.iter().any(|part| truth(&eval(part, data)))),
        "!" => json!(!truth(&arg(0))),
        "!!" => json!(truth(&arg(0))),
        "===" => json!(same(&arg(0), &arg(1))),
        "==" => json!(arg(0) == arg(1)),
        "!=" => json!(arg(0) != arg(1)),
        "<" | "<=" | ">" | ">=" => {
            let values: Vec<Json> = (0..all.len()).map(arg).collect();
            json!(values.windows(2).all(|pair| ordered(operator, &pair[0], &pair[1])))
        }
        "in" => json!(match arg(1) {
            Json::Array(items) => items.contains(&arg(0)),
            Json::String(text) => text.contains(arg(0).as_str().unwrap()),
            _ => false,
        }),
        "substr" => {
            let units: Vec<u16> = arg(0).as_str().unwrap_or_default().encode_utf16().collect();
            let start = arg(1).as_i64().unwrap();
            let part = if start < 0 {
                &units[units.len().saturating_sub(start.unsigned_abs() as usize)..]
            } else {
                &units[..units.len().min(arg(2).as_u64().unwrap() as usize)]
            };
            json!(String::from_utf16_lossy(part))
        }
        "some" | "none" => {
            let items = arg(0).as_array().cloned().unwrap_or_default();
            let some = items.iter().any(|item| truth(&eval(&all[1], item)));
            json!(some == (operator == "some"))
        }
        "jalon_fold" => {
            let mode = TextMode {
                case_sensitive: all[1..].contains(&json!("case")),
                ignoring_accents: all[1..].contains(&json!("accents")),
            };
            match arg(0) {
                Json::String(text) if !is_blank(&text) => json!(fold(&text, mode)),
                _ => Json::Null,
            }
        }
        other => panic!("{other} is not written"),
    }
}

fn same(a: &Json, b: &Json) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b).is_eq(),
        _ => a == b,
    }
}

fn ordered(operator: &str, a: &Json, b: &Json) -> bool {
    let order = match (a.as_f64(), b.as_f64(), a.as_str(), b.as_str()) {
        (Some(a), Some(b), ..) => a.total_cmp(&b),
        (_, _, Some(a), Some(b)) => a.cmp(b),
        _ => return false,
    };
    match operator {
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    }
}
