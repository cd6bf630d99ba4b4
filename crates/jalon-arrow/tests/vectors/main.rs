//! The shared vectors (`tests/vectors`, see its README), run by the columnar executor: each
//! record as a batch of its own and as a row among others, in several Arrow layouts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod layout;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use jalon::program::{Criterion, Program, Score};
use jalon::value::Clock;
use jalon_arrow::{FrameMatcher, FrameScorer, Now, Rows};
use serde_json::Value as Json;

use self::layout::{LAYOUTS, Layout, batch, cell, shape};

/// What was run, and what no frame can hold.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    records: usize,
    without_columns: usize,
}

#[test]
fn criteria() {
    // One list has items of two types, which JSON has and Arrow has not.
    assert_eq!(run("criteria").without_columns, 1);
}

#[test]
fn scores() {
    assert_eq!(run("scores").without_columns, 0);
}

fn run(folder: &str) -> Counts {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(folder);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut counts, mut failures) = (Counts::default(), String::new());
    for path in files {
        let file: Json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let mut programs: HashMap<String, Program> = HashMap::new();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let cases: Vec<&Json> = file["cases"].as_array().unwrap().iter().collect();
        let records: Vec<&Json> =
            cases.iter().map(|case| &case["record"]).filter(|record| record.is_object()).collect();
        for case in cases.iter().filter(|case| case["record"].is_object()) {
            counts.records += 1;
            if shape(&case["record"]).is_none() {
                counts.without_columns += 1;
                continue;
            }
            let text = program_text(&file, case);
            let program =
                programs.entry(text).or_insert_with_key(|text| Program::parse(text).unwrap());
            let subject = Subject::of(program, &file, case);
            for layout in LAYOUTS {
                if let Err(problem) = run_case(&subject, case, &records, program, *layout) {
                    let _ = writeln!(failures, "{name}, {layout:?}: {case}\n    {problem}\n");
                }
            }
        }
    }
    assert!(counts.records > 0, "no case in `{folder}`");
    let failed = failures.matches("\n\n").count();
    assert!(failures.is_empty(), "{failed} of {counts:?} fail\n\n{failures}");
    counts
}

fn program_text(file: &Json, case: &Json) -> String {
    let lines = if case["program"].is_null() { &file["program"] } else { &case["program"] };
    let lines = lines.as_array().map(Vec::as_slice).unwrap_or_default();
    lines.iter().map(|line| line.as_str().unwrap().to_owned() + "\n").collect()
}

/// What a case runs.
enum Subject {
    Score(Score, Clock),
    /// Every spelling of a criterion.
    Criteria(Vec<Criterion>, Clock),
}

impl Subject {
    fn of(program: &Program, file: &Json, case: &Json) -> Subject {
        let setting = |key: &str| case.get(key).or_else(|| file.get(key)).and_then(Json::as_str);
        let clock = match setting("now") {
            Some(now) => Clock::at(now, setting("zone").unwrap_or("UTC")).unwrap(),
            None => Clock::default(),
        };
        if let Some(name) = case["score"].as_str() {
            return Subject::Score(program.score(Some(name)).unwrap(), clock);
        }
        let one = std::slice::from_ref(&case["criterion"]);
        let spellings = case["criterion"].as_array().map_or(one, Vec::as_slice);
        let criterion = |text: &Json| program.criterion(text.as_str().unwrap(), setting("module"));
        Subject::Criteria(spellings.iter().map(|text| criterion(text).unwrap()).collect(), clock)
    }
}

fn run_case(
    subject: &Subject,
    case: &Json,
    records: &[&Json],
    program: &Program,
    layout: Layout,
) -> Result<(), String> {
    let record = &case["record"];
    let alone = batch(&[record], program, layout);
    // Rows of one batch have the same columns.
    let wanted = shape(record);
    let alike: Vec<&Json> =
        records.iter().copied().filter(|other| shape(other) == wanted).collect();
    let among: Vec<&Json> = alike.iter().cycle().take(alike.len().max(70)).copied().collect();
    let place = among.iter().position(|other| *other == record).unwrap();
    let many = batch(&among, program, layout);
    for (rows, place) in [(&alone, 0), (&many, place), (&many.slice(place, 1), 0)] {
        match subject {
            Subject::Score(score, clock) => score_case(score, case, rows, place, clock)?,
            Subject::Criteria(criteria, clock) => {
                criteria_case(criteria, case, rows, place, clock)?;
            }
        }
    }
    Ok(())
}

fn criteria_case(
    criteria: &[Criterion],
    case: &Json,
    batch: &RecordBatch,
    place: usize,
    clock: &Clock,
) -> Result<(), String> {
    let mut matcher =
        FrameMatcher::many(criteria, Now::Fixed(clock.clone())).map_err(|e| e.to_string())?;
    let expected = case["holds"].as_bool().unwrap();
    for (criterion, holds) in matcher.matches_each(batch).unwrap().iter().enumerate() {
        if holds.value(place) != expected {
            return Err(format!("spelling {criterion} holds: {}", holds.value(place)));
        }
    }
    let wants_error = case["error"] == Json::Bool(true);
    let rows = Rows::new(batch);
    for criterion in criteria {
        let mut wrong = false;
        let mut matcher = criterion.columnar(clock).map_err(|e| e.to_string())?;
        matcher.run(&rows, place..place + 1, &mut |matched| wrong = matched.wrong(0)[0] & 1 == 1);
        if wrong != wants_error {
            return Err(format!("error: {wrong}"));
        }
    }
    Ok(())
}

fn score_case(
    score: &Score,
    case: &Json,
    batch: &RecordBatch,
    place: usize,
    clock: &Clock,
) -> Result<(), String> {
    let mut scorer = FrameScorer::new(score, Now::Fixed(clock.clone()))
        .map_err(|e| e.to_string())?
        .contributions(true);
    let lines = scorer.columns().lines.clone();
    let scored = scorer.score(batch).map_err(|e| e.to_string())?;
    let cell = |name: &str| cell(&scored, name, place);
    let same = |name: &str, expected: &Json| match cell(name) {
        found if found == *expected => Ok(()),
        found => Err(format!("{name}: {found}, expected {expected}")),
    };
    // Frames hold four places.
    let total: rust_decimal::Decimal = case["total"].as_str().unwrap().parse().unwrap();
    same(score.name(), &total.round_dp(4).normalize().to_string().into())?;
    if let Some(stars) = case.get("stars") {
        let stars = stars.as_u64().map_or(Json::Null, |stars| Json::from(stars.to_string()));
        same(&format!("{}_stars", score.name()), &stars)?;
    }
    if let Some(label) = case.get("label") {
        same(&format!("{}_label", score.name()), label)?;
    }
    for (text, points) in case["lines"].as_object().into_iter().flatten() {
        let (column, _) = lines.iter().find(|(_, line)| line == text).ok_or("no such line")?;
        same(column, points)?;
    }
    let errors = case["errors"].as_u64().unwrap_or(0);
    let found = cell("errors");
    let named = found.as_str().map_or(0, |errors| errors.split("; ").count());
    if named as u64 == errors { Ok(()) } else { Err(format!("errors: {found}")) }
}
