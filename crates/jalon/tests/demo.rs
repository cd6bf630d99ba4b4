//! The demo's real leads: the French and the English program are one, and their totals are those
//! that the same points give when they are added up by hand.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::path::Path;

use jalon::{Clock, Loader, Scorer, Value};

fn example(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/bank-marketing");
    std::fs::read_to_string(folder.join(file)).unwrap()
}

fn scorer(file: &str) -> Scorer {
    let program = Loader::default().source(file, example(file)).load().unwrap();
    assert!(program.diagnostics().list.is_empty(), "{file}");
    program.score(None).unwrap().scorer(&Clock::default()).unwrap()
}

/// The points of the program, once more, by hand.
fn by_hand(lead: &BTreeMap<String, Value>) -> i64 {
    let text = |field: &str| match &lead[field] {
        Value::Text(text) => text.as_str(),
        _ => "",
    };
    let number = |field: &str| text(field).parse::<i64>().unwrap();
    let points = |points: i64, holds: bool| if holds { points } else { 0 };
    points(30, text("poutcome") == "success")
        + points(5, text("poutcome") == "other")
        + points(10, ["student", "retired"].contains(&text("job")))
        - points(5, ["blue-collar", "entrepreneur", "housemaid"].contains(&text("job")))
        + points(5, text("education") == "tertiary")
        + points(10, number("age") >= 60)
        + points(5, number("age") < 25)
        + points(5, number("balance") >= 1500)
        - points(5, number("balance") < 0)
        + points(5, text("housing") == "no")
        - points(5, text("loan") == "yes")
        + points(10, text("contact") != "unknown")
        + points(10, ["mar", "sep", "oct", "dec"].contains(&text("month")))
        - points(5, text("month") == "may")
        - points(5, number("campaign") >= 4)
        + points(5, (1..=4).contains(&number("previous")))
}

#[test]
fn french_and_english_agree_on_45_211_real_leads() {
    let (mut french, mut english) = (scorer("score.jalon"), scorer("score.en.jalon"));
    let file = example("leads.csv");
    let mut lines = file.lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut leads = 0;
    for line in lines {
        let cells = line.split(',').map(|cell| Value::Text(cell.to_owned()));
        let lead: BTreeMap<String, Value> =
            columns.iter().map(|name| (*name).to_owned()).zip(cells).collect();
        let total = french.total(&lead);
        assert!(!total.has_errors, "{line}");
        assert_eq!(total, english.total(&lead), "{line}");
        assert_eq!(total.total, by_hand(&lead).into(), "{line}");
        leads += 1;
    }
    assert_eq!(leads, 45_211);
}
