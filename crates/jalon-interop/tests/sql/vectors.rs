//! The shared vectors of criteria: what SQLite selects is what they expect.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use jalon::Program;
use jalon::value::Clock;
use jalon_interop::sql::where_clause;
use serde_json::Value as Json;

use crate::database::{self, Unstorable};

/// How the vectors came out: each spelling of a criterion counts, and so does its negation. What
/// was not run is named, with the reason.
#[derive(Debug, Default)]
struct Tally {
    agreed: usize,
    refused: usize,
    unstorable: usize,
    refusals: BTreeMap<String, BTreeSet<String>>,
    records_that_no_row_holds: BTreeMap<Unstorable, BTreeSet<String>>,
}

#[test]
fn sqlite_agrees_with_the_vectors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/criteria");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut tally, mut problems) = (Tally::default(), String::new());
    let connection = database::open();
    for path in paths {
        let file: Json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            if case["holds"].is_null() {
                continue;
            }
            if let Err(problem) = run(&connection, &file, case, &mut tally) {
                let _ = writeln!(problems, "{}: {case}\n    {problem}", path.display());
            }
        }
    }
    assert!(problems.is_empty(), "{problems}");
    insta::assert_debug_snapshot!(tally);
}

fn run(
    connection: &rusqlite::Connection,
    file: &Json,
    case: &Json,
    tally: &mut Tally,
) -> Result<(), String> {
    let lines = if case["program"].is_null() { &file["program"] } else { &case["program"] };
    let lines = lines.as_array().map(Vec::as_slice).unwrap_or_default();
    let text: String = lines.iter().map(|line| line.as_str().unwrap().to_owned() + "\n").collect();
    let program = Program::parse(&text).map_err(|error| error.to_string())?;
    let setting = |key: &str| case.get(key).or_else(|| file.get(key)).and_then(Json::as_str);
    let clock = match setting("now") {
        Some(now) => Clock::at(now, setting("zone").unwrap_or("UTC")).unwrap(),
        None => Clock::default(),
    };
    let module = setting("module");
    let columns = database::columns(&program, module);
    let row = database::row(&columns, &case["record"], &clock);
    database::create(connection, &columns);
    if let Ok(row) = &row {
        database::insert(connection, 1, row.clone());
    }
    let holds = case["holds"] == Json::Bool(true);
    let spellings = match &case["criterion"] {
        Json::Array(several) => several.iter().map(|one| one.as_str().unwrap()).collect(),
        one => vec![one.as_str().unwrap()],
    };
    for spelling in spellings {
        for (criterion, holds) in
            [(spelling.to_owned(), holds), (format!("NON ({spelling})"), !holds)]
        {
            let criterion =
                program.criterion(&criterion, module).map_err(|error| error.to_string())?;
            let clause = match where_clause(&criterion, &clock, &database::options(&columns)) {
                Ok(clause) => clause,
                Err(refusals) => {
                    tally.refused += 1;
                    for left_out in refusals {
                        let reason = left_out.reason.en.to_owned();
                        tally.refusals.entry(reason).or_default().insert(left_out.at);
                    }
                    continue;
                }
            };
            if let Err(unstorable) = row {
                tally.unstorable += 1;
                let records = tally.records_that_no_row_holds.entry(unstorable).or_default();
                records.insert(case["record"].to_string());
                continue;
            }
            let found = database::select(connection, &clause)
                .map_err(|error| format!("{error}\n    {}", clause.sql))?;
            if found.is_empty() == holds {
                return Err(format!("{} {:?}", clause.sql, clause.params));
            }
            tally.agreed += 1;
        }
    }
    Ok(())
}
