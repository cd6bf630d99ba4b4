//! JSONLogic's own suites as the judge of what is read, and a small JSONLogic of what is written.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jalon::syntax::print_criterion;
use jalon::{Clock, Criterion, Lang, Program};
use jalon_interop::{Form, Setting, import_criterion, reasons};
use serde_json::{Value as Json, json};

#[path = "sql/database.rs"]
#[allow(dead_code, reason = "rows as values only")]
mod database;
#[path = "../../../tests/suites/page.rs"]
mod page;
#[path = "jsonlogic/written.rs"]
mod written;

/// How the suites came out.
#[derive(Debug, Default)]
struct Tally {
    /// Rules that are criteria, and hold where JSONLogic's result is true.
    agreed: usize,
    /// Rules that are criteria and differ, by design: each with its criterion.
    differ: BTreeMap<&'static str, Vec<String>>,
    /// Rules that are no criteria, by reason.
    left_out: BTreeMap<String, usize>,
}

impl Tally {
    /// Holds the page of suites to this.
    fn hold(&self, suite: &str) {
        let mut outside: Vec<(String, usize)> = Vec::new();
        let mut unknown: Vec<(&str, usize)> = Vec::new();
        for (reason, count) in &self.left_out {
            let operator = reason.strip_prefix("the operator ");
            match operator.and_then(|rest| rest.strip_suffix(" is not known")) {
                Some(operator) => unknown.push((operator, *count)),
                None => outside.push((reason.clone(), *count)),
            }
        }
        if !unknown.is_empty() {
            let names: Vec<String> =
                unknown.iter().map(|(name, count)| format!("{name} {count}")).collect();
            let count = unknown.iter().map(|(_, count)| count).sum();
            outside.push((format!("no operator of criteria: {}", names.join(", ")), count));
        }
        outside.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let differ = self.differ.values().map(Vec::len).sum();
        let mut text = page::counts(self.agreed, differ, &outside);
        if differ > 0 {
            text.push_str("| different by design | cases |\n|---|---|\n");
            for (why, cases) in &self.differ {
                text.extend(["| ", why, " | ", &cases.len().to_string(), " |\n"]);
            }
            text.push('\n');
        }
        page::hold(suite, &text);
    }
}

#[test]
fn the_suites() {
    let mut tally = Tally::default();
    for (rule, data, result) in cases() {
        judge(&rule, &data, result.as_ref(), &mut tally);
    }
    let left_out: usize = tally.left_out.values().sum();
    let differ: usize = tally.differ.values().map(Vec::len).sum();
    assert_eq!(tally.agreed + differ + left_out, 1138);
    tally.hold("jsonlogic");
    insta::assert_debug_snapshot!(tally);
}

/// The comparisons of two constants, the first of which becomes a field.
#[test]
fn the_comparisons_of_constants_with_a_field_in_place_of_the_first() {
    let mut tally = Tally::default();
    for (rule, _, result) in cases() {
        let Some((operator, arguments)) = rule.as_object().and_then(|rule| rule.iter().next())
        else {
            continue;
        };
        let compares = ["==", "===", "!=", "!==", "<", "<=", ">", ">="];
        let plain = |value: &Json| !value.is_object();
        if let Some([first, second]) = arguments.as_array().map(Vec::as_slice)
            && compares.contains(&operator.as_str())
            && plain(first)
            && plain(second)
        {
            let rule = json!({operator: [{"var": "x"}, second]});
            judge(&rule, &json!({"x": first}), result.as_ref(), &mut tally);
        }
    }
    tally.hold("jsonlogic-comparisons");
    insta::assert_debug_snapshot!(tally);
}

fn judge(rule: &Json, data: &Json, result: Option<&Json>, tally: &mut Tally) {
    let criterion = match import_criterion(Form::JsonLogic, rule, &Setting::default()) {
        Ok(criterion) => print_criterion(&criterion, Lang::En),
        Err(left_out) => {
            if left_out[0].reason == &reasons::UNTYPED_TRUTH
                && let Some((program, criterion)) = typed(rule, data)
            {
                let read = program.criterion(&criterion, None).unwrap();
                return compare(rule, data, result, &read, &criterion, tally);
            }
            let reason = match left_out[0].args.get("operator") {
                Some(operator) => left_out[0].reason.en.replace("{operator}", operator),
                None => left_out[0].reason.en.to_owned(),
            };
            let reason = reason.split("; known").next().unwrap().to_owned();
            *tally.left_out.entry(reason).or_default() += 1;
            return;
        }
    };
    let read = Criterion::parse(&criterion).unwrap();
    compare(rule, data, result, &read, &criterion, tally);
}

/// The rule for a module that declares what the data hold.
fn typed(rule: &Json, data: &Json) -> Option<(Program, String)> {
    let mut module = "module Data\n".to_owned();
    for (name, value) in data.as_object()? {
        let ty = match value {
            Json::Bool(_) => "checkbox",
            Json::Number(_) => "number",
            Json::String(_) => "text",
            _ => continue,
        };
        module.extend(["  ", name, " : ", ty, "\n"]);
    }
    let program = Program::parse(&module).ok()?;
    let setting = Setting::of(program.checked(), None);
    let criterion = import_criterion(Form::JsonLogic, rule, &setting).ok()?;
    let text = print_criterion(&criterion, Lang::En);
    program.criterion(&text, None).ok()?;
    Some((program, text))
}

fn compare(
    rule: &Json,
    data: &Json,
    result: Option<&Json>,
    read: &Criterion,
    criterion: &str,
    tally: &mut Tally,
) {
    let nothing = json!({});
    let record = if data.is_object() { data } else { &nothing };
    let holds = read.matches(record, &Clock::default()).unwrap();
    if result.is_some_and(|result| truth(result) == holds) {
        tally.agreed += 1;
        return;
    }
    let why = why_it_differs(rule, record, result);
    let shown = result.map_or("an error".to_owned(), Json::to_string);
    let line = format!("{criterion} | {record} | {holds}, there {shown}");
    tally.differ.entry(why).or_default().push(line);
}

/// Which of the differences of meaning (docs/en/guides/interop.md) a case shows.
fn why_it_differs(rule: &Json, record: &Json, result: Option<&Json>) -> &'static str {
    if result.is_none() {
        return "an error there, which the criterion answers";
    }
    let text = rule.to_string();
    let value = |name: &str| record.get(name).cloned().unwrap_or(Json::Null);
    if text.contains("===") || text.contains("!==") {
        return "=== tells a text from a number or a tick, a criterion reads one as the other";
    }
    if value("x").is_null() {
        return "nothing is equal to nothing only";
    }
    if value("x").is_string() {
        return "a text that is no date stands nowhere among dates";
    }
    "a tick is no number"
}

fn truth(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(truth) => *truth,
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(items) => !items.is_empty(),
        Json::Object(_) => true,
    }
}

/// Rule, data and result (none: an error) of every case.
fn cases() -> Vec<(Json, Json, Option<Json>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/jsonlogic-compat/suites");
    let mut folders = vec![root];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let suite: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for case in suite.as_array().into_iter().flatten().filter(|case| case.is_object()) {
            let data = case.get("data").cloned().unwrap_or(Json::Null);
            cases.push((case["rule"].clone(), data, case.get("result").cloned()));
        }
    }
    cases
}
